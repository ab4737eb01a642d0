"""Assessments in full, a page a case: the study memo, and on request why."""

from __future__ import annotations

from collections.abc import Iterable

from reformkit.assessment import Assessment
from reformkit.printing.paper import Paper
from reformkit.reporting import memo
from reformkit.reporting.why import why
from reformkit.text import Lang


def print_pages(assessments: Iterable[Assessment], why_too: bool, lang: Lang, console: Paper) -> None:
    """One page after another, a rule between them."""
    for number, assessment in enumerate(assessments):
        if number:
            console.print()
            console.rule(style="dim")
            console.print()
        print_page(assessment, why_too, lang, console)


def print_page(assessment: Assessment, why_too: bool, lang: Lang, console: Paper) -> None:
    """One case: its memo, then, if wanted, how every rule fared."""
    console.say(memo.title(assessment, lang), "bold")
    for head, lines in memo.sections(assessment, lang):
        print_section(head, lines, console)
    if why_too:
        for title, lines in why(assessment, lang):
            print_section(f"规则经过 · {title}" if lang == "zh" else f"Rules · {title}", lines, console)


def print_section(head: str, lines: list[str], console: Paper) -> None:
    """A head and its lines; a line with details under it stands out, a line in brackets stands back."""
    console.print()
    console.say(head, "bold cyan")
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        leads = not line.startswith(" ") and following.startswith(" ")
        aside = line.lstrip().startswith(("（", "("))
        console.say(line, "bold" if leads else "dim" if aside else "")
