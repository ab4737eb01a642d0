"""Problems as a person reads them: place, message, the offending line with a caret, and how to mend it."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Mapping, Sequence

from rich.cells import cell_len, set_cell_size

from reformkit.printing.paper import Paper, brief, paper
from reformkit.problem import NOWHERE, Place, Problem, Severity
from reformkit.text import Lang, Text

SEVERITIES: dict[Severity, tuple[Text, str]] = {
    "error": (Text("错误", "error"), "bold red"),
    "warning": (Text("提醒", "warning"), "bold yellow"),
    "note": (Text("说明", "note"), "bold cyan"),
}
_CASE = Text(
    "这样的案件（可粘贴到 *.cases.yaml 文件，用 reformkit test 运行，改好之前通不过）：",
    "such a case (paste it into a *.cases.yaml file; `reformkit test` fails on it until the problem is mended):",
)
_TAB = "    "
_BEFORE_CARET = 60
"""Columns of a long line that are kept before the caret."""


def show_problems(
    problems: Sequence[Problem],
    lang: Lang,
    console: Paper | None = None,
    case_of: Callable[[Problem], str | None] = lambda problem: None,
    *,
    in_all: bool = True,
) -> None:
    """Print problems in the order of their places (to stderr), with a count at the end unless `in_all` is False.

    `case_of` gives the case that shows a problem, as a fixture.
    """
    console = console or paper(sys.stderr)
    for problem in sorted(problems, key=lambda p: p.place):
        _show(problem, lang, console, case_of(problem))
    if problems and in_all:
        console.say(counted(problems, lang))


def counted(problems: Sequence[Problem], lang: Lang) -> str:
    """How many problems of each severity there are: `2 个错误、1 个提醒`."""
    return counts_said(Counter(problem.severity for problem in problems), lang)


def counts_said(counts: Mapping[Severity, int], lang: Lang) -> str:
    """How many there are of each severity, in words."""
    parts = []
    for severity, (name, _) in SEVERITIES.items():
        number = counts.get(severity, 0)
        if number:
            plural = "" if number == 1 else "s"
            parts.append(f"{number} 个{name.zh}" if lang == "zh" else f"{number} {name.en}{plural}")
    return ("、" if lang == "zh" else ", ").join(parts)


def _show(problem: Problem, lang: Lang, console: Paper, case: str | None) -> None:
    name, style = SEVERITIES[problem.severity]
    head = f"{name.say(lang)} {problem.code}"
    if problem.place != NOWHERE:
        head += f"  {brief(str(problem.place))}"
    console.print(head, style=style, soft_wrap=True)
    console.say(f"  {problem.message(lang)}")
    if problem.excerpt is not None:
        gutter = f"  {problem.line} │ "
        line, caret = underlined(problem.excerpt, problem.place, console.width - cell_len(gutter))
        console.print(gutter + line, soft_wrap=True)
        console.print(" " * (cell_len(gutter) - 2) + "│ " + caret, soft_wrap=True)
    console.say(f"  {'修改：' if lang == 'zh' else 'fix: '}{problem.fix(lang)}", "dim")
    if case is not None:
        console.say(f"  {_CASE.say(lang)}", "dim")
        for line in case.splitlines():
            console.print(f"    {line}", soft_wrap=True)
    console.print()


def underlined(excerpt: str, place: Place, width: int) -> tuple[str, str]:
    """A line cut to a width, and the caret that stands under its column; wide characters count as two.

    >>> underlined("机关层级: 县纪", Place("a.yaml", 1, 7), 40)
    ('机关层级: 县纪', '          ^')
    """
    before, after = (_printable(part) for part in (excerpt[: place.column - 1], excerpt[place.column - 1 :]))
    if cell_len(before) > _BEFORE_CARET:
        kept = before[::-1]
        before = "…" + set_cell_size(kept, _BEFORE_CARET)[::-1].lstrip()
    room = max(1, width - cell_len(before))
    if cell_len(after) > room:
        after = set_cell_size(after, room - 1).rstrip() + "…"
    return before + after, " " * cell_len(before) + "^"


def _printable(text: str) -> str:
    """A text in which every character takes its columns and shows itself: tabs widened, hidden ones named."""
    return "".join(_TAB if c == "\t" else c if c.isprintable() else f"‹{ord(c):04X}›" for c in text)
