"""What becomes of stored cases under another rulebook, in words."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from reformkit.model.rulebook import Rulebook
from reformkit.text import COMMA, NONE, Text
from reformkit.wording.decisions import say_outcome

if TYPE_CHECKING:
    from reformkit.assessing.tally import Tally
    from reformkit.comparing.diff import Diff

_UNDETERMINED = Text("尚不能确定", "undetermined")
_RATES = Text(
    "促改率：原 {before}，现 {after}（第一关研判的案件中确定启动的；只作展示，不作目标，不排名）。",
    "Start rate: {before} before, {after} after (of the cases studied at the first gate; shown only, not a target, "
    "not a ranking).",
)
_RATE = Text("{passed}/{judged}＝{share:.1f}%", "{passed}/{judged} = {share:.1f}%")
_NO_RATE = Text.same("—")

_IN_BRACKETS = re.compile("（[^（）]*）| \\([^()]*\\)")


def say_came(book: Rulebook, decision: str, result: Iterable[str]) -> Text:
    """A result as stored cases are told of: the outcomes, or the status."""
    table = book.decisions[decision]
    words = [_UNDETERMINED if each == "undetermined" else brief(say_outcome(table, each)) for each in result]
    return COMMA.join(words) if words else NONE


def brief(label: Text) -> Text:
    """A label, or several in one sentence, without what stands in brackets.

    >>> brief(Text("点（新办理个案促改）", "Point (reform of the single case)"))
    Text(zh='点', en='Point')
    >>> brief(Text("可能为：点（个案）、线（行业）", "possibly: point (one case), line (a sector)"))
    Text(zh='可能为：点、线', en='possibly: point, line')
    """
    return label.each(lambda words: _IN_BRACKETS.sub("", words))


def say_rates(diff: Diff) -> Text:
    """The start rate before and after, as the report counts it: of the cases studied at the first gate."""
    assert diff.cases is not None
    return _RATES.fill(before=_rate(diff.cases.before), after=_rate(diff.cases.after))


def _rate(tally: Tally) -> Text:
    if not tally.judged:
        return _NO_RATE
    return _RATE.fill(passed=tally.passed, judged=tally.judged, share=100 * tally.passed / tally.judged)
