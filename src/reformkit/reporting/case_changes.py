"""What becomes of stored cases under another rulebook, in words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from reformkit.model.rulebook import Rulebook
from reformkit.text import Lang, Text
from reformkit.wording.decisions import say_outcome

if TYPE_CHECKING:
    from reformkit.comparing.diff import Diff


def say_came(book: Rulebook, decision: str, result: Iterable[str], lang: Lang = "zh") -> str:
    """A result as stored cases are told of: the outcomes, or the status."""
    table = book.decisions[decision]
    statuses = {"undetermined": Text("尚不能确定", "undetermined")}
    said = [statuses[r].say(lang) if r in statuses else _brief(say_outcome(table, r, lang)) for r in result]
    return ("、" if lang == "zh" else ", ").join(said) or ("无" if lang == "zh" else "none")


def _brief(label: str) -> str:
    return label.partition("（")[0].partition(" (")[0]


def say_rates(diff: Diff, lang: Lang = "zh") -> str:
    """The start rate before and after, as the report counts it: of the cases studied at the first gate."""
    assert diff.cases is not None
    before, after = (
        f"{t.passed}/{t.judged}{'＝' if lang == 'zh' else ' = '}{100 * t.passed / t.judged:.1f}%" if t.judged else "—"
        for t in (diff.cases.before, diff.cases.after)
    )
    if lang == "zh":
        return f"促改率：原 {before}，现 {after}（第一关研判的案件中确定启动的；只作展示，不作目标，不排名）。"
    return f"Start rate: {before} before, {after} after (of the cases studied at the first gate; shown only, not a target, not a ranking)."
