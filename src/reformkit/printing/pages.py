"""Assessments in full, a page a case: the study memo, and on request why."""

from __future__ import annotations

from collections.abc import Iterable

from reformkit.assessment import Assessment
from reformkit.printing.paper import Paper
from reformkit.reporting import memo
from reformkit.reporting.why import why
from reformkit.text import Text
from reformkit.wording.section import Section

_WHY = Text("规则经过 · {decision}", "Rules · {decision}")


def print_pages(assessments: Iterable[Assessment], why_too: bool, console: Paper) -> None:
    """One page after another, a rule between them."""
    for number, assessment in enumerate(assessments):
        if number:
            console.print()
            console.rule(style="dim")
            console.print()
        print_page(assessment, why_too, console)


def print_page(assessment: Assessment, why_too: bool, console: Paper) -> None:
    """One case: its memo, then, if wanted, how every rule fared."""
    console.say(memo.title(assessment), "bold")
    for section in memo.sections(assessment):
        print_section(section, console)
    if why_too:
        for decision, lines in why(assessment):
            print_section(Section(_WHY.fill(decision=decision), lines), console)


def print_section(section: Section, console: Paper) -> None:
    """A head and its lines; a line with details under it stands out, a line in brackets stands back."""
    head, lines = section.say(console.lang)
    console.print()
    console.say(head, "bold cyan")
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        leads = not line.startswith(" ") and following.startswith(" ")
        aside = line.lstrip().startswith(("（", "("))
        console.say(line, "bold" if leads else "dim" if aside else "")
