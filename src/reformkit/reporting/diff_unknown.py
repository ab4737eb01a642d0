"""What a diff does not look at, in words: cases of which a fact that a rule now asks for is unknown."""

from __future__ import annotations

from collections.abc import Iterator

from reformkit.comparing.diff import Diff
from reformkit.text import COMMA, Text

_SCOPE = Text(
    "比较的是相关事实都已知的情形。事实未知时结论是否不同，没有比较；已有案件可用 --cases 逐件对照。",
    "What is compared are cases of which the facts concerned are known. Whether one with an unknown fact comes out "
    "otherwise is not looked at; with --cases, stored cases are assessed by both.",
)
_ASKED = Text(
    "{title}：现在还取决于{facts}，未填这些事实的案件，结论可能由已定变为尚不能确定。",
    "{title}: now hangs on {facts}, too; a case without them may be undetermined where it was decided.",
)
_QUOTED = Text("“{label}”", "“{label}”")


def say_unknown(diff: Diff) -> Iterator[Text]:
    """That unknown facts are not compared, and which facts a decision now asks for; nothing where nothing differs."""
    if not diff:
        return
    yield _SCOPE
    fields = {**diff.old.fields, **diff.new.fields}
    for name, asked in diff.newly_asked.items():
        facts = COMMA.join(_QUOTED.fill(label=fields[fact].label) for fact in asked)
        yield _ASKED.fill(title=diff.new.decisions[name].title, facts=facts)
