"""Assessments in full, a page a case: the study memo, and on request why."""

from __future__ import annotations

from collections.abc import Iterable

from reformkit.assessment import Assessment
from reformkit.printing.paper import Paper
from reformkit.reporting.lengths import Length, page
from reformkit.reporting.why import why
from reformkit.text import Text
from reformkit.wording.section import Section

_LONGER = Text(
    "以上为送阅版。研判意见：--length memo；工作底稿：--length annex；写成文件：-o 意见.docx（.html、.txt）。",
    "This is the brief. The memo: --length memo; the working paper: --length annex; into a file: -o memo.docx (.html, .txt).",
)
_WHY = Text("规则经过 · {decision}", "Rules · {decision}")


def print_pages(assessments: Iterable[Assessment], why_too: bool, console: Paper, length: Length = "memo") -> None:
    """One page after another, a rule between them."""
    for number, assessment in enumerate(assessments):
        if number:
            console.print()
            console.across()
            console.print()
        print_page(assessment, why_too, console, length)


def print_page(assessment: Assessment, why_too: bool, console: Paper, length: Length = "memo") -> None:
    """One case in one of the three lengths, then, if wanted, how every rule fared."""
    said = page(assessment, length)
    console.say(said.title, "bold")
    for section in said.sections:
        print_section(section, console)
    if why_too and length != "annex":
        for decision, lines in why(assessment):
            print_section(Section(_WHY.fill(decision=decision), lines), console)
    if length == "short":
        console.print()
        console.say(_LONGER, "dim")


def print_section(section: Section, console: Paper) -> None:
    """A head and its lines; a line with details under it stands out, a line in brackets stands back."""
    head, lines = section.say(console.lang)
    console.print()
    console.say(head, "bold cyan")
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        leads = not line.startswith(" ") and following.startswith(" ")
        aside = line.lstrip().startswith(("（", "("))
        console.say(line, "bold" if leads else "dim" if aside else "")
