"""Problems as a person reads them: place, message, the offending line with a caret, and how to mend it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from rich.cells import cell_len, set_cell_size

from reformkit.printing.paper import Paper, brief
from reformkit.problem import NOWHERE, Place, Problem, Severity
from reformkit.text import COMMA, Text


class Look(NamedTuple):
    """How problems of one severity are named and coloured."""

    name: Text
    one: Text
    several: Text
    style: str


SEVERITIES: dict[Severity, Look] = {
    "error": Look(Text("错误", "error"), Text("{n} 个错误", "{n} error"), Text("{n} 个错误", "{n} errors"), "bold red"),
    "warning": Look(
        Text("提醒", "warning"), Text("{n} 个提醒", "{n} warning"), Text("{n} 个提醒", "{n} warnings"), "bold yellow"
    ),
    "note": Look(Text("说明", "note"), Text("{n} 个说明", "{n} note"), Text("{n} 个说明", "{n} notes"), "bold cyan"),
}
_HEAD = Text.same("{severity} {code}{place}")
_FIX = Text("  修改：{fix}", "  fix: {fix}")
_CASE = Text(
    "  这样的案件（可粘贴到 *.cases.yaml 文件，用 reformkit test 运行，改好之前通不过）：",
    "  such a case (paste it into a *.cases.yaml file; `reformkit test` fails on it until the problem is mended):",
)
_TAB = "    "
_BEFORE_CARET = 60
"""Columns of a long line that are kept before the caret."""


def show_problems(
    problems: Sequence[Problem],
    console: Paper,
    case_of: Callable[[Problem], str | None] = lambda problem: None,
    *,
    in_all: bool = True,
) -> None:
    """Print problems in the order of their places, with a count at the end unless `in_all` is False.

    `case_of` gives the case that shows a problem, as a fixture.
    """
    for problem in sorted(problems, key=lambda p: p.place):
        _show(problem, console, case_of(problem))
    if problems and in_all:
        console.say(counted(problems))


def counted(problems: Sequence[Problem]) -> Text:
    """How many problems of each severity there are: `2 个错误、1 个提醒`."""
    return say_counts(Counter(problem.severity for problem in problems))


def say_counts(counts: Mapping[Severity, int]) -> Text:
    """How many there are of each severity, in words."""
    looks = [(look, counts[severity]) for severity, look in SEVERITIES.items() if counts.get(severity)]
    return COMMA.join((look.one if number == 1 else look.several).fill(n=number) for look, number in looks)


def _show(problem: Problem, console: Paper, case: str | None) -> None:
    look = SEVERITIES[problem.severity]
    place = "" if problem.place == NOWHERE else f"  {brief(str(problem.place))}"
    head = _HEAD.fill(severity=look.name, code=problem.code, place=place)
    console.print(console.words(head), style=look.style, soft_wrap=True)
    console.say(f"  {problem.message(console.lang)}")
    if problem.excerpt is not None:
        gutter = f"  {problem.line} │ "
        line, caret = underlined(problem.excerpt, problem.place, console.width - cell_len(gutter))
        console.print(gutter + line, soft_wrap=True)
        console.print(" " * (cell_len(gutter) - 2) + "│ " + caret, soft_wrap=True)
    console.say(_FIX.fill(fix=problem.fix(console.lang)), "dim")
    if case is not None:
        console.say(_CASE, "dim")
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
