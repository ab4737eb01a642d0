"""Many cases at a glance: a row a case, then what they come to together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from reformkit.assessing.prepared import Prepared
from reformkit.assessing.tally import Tally
from reformkit.assessment import Assessment
from reformkit.book import Book
from reformkit.model.decision import Decision
from reformkit.printing.paper import WIDTH, Paper
from reformkit.printing.problems import counted
from reformkit.printing.records import STATUSES
from reformkit.printing.setting import Cell, plain_table
from reformkit.printing.tally import print_tally, short
from reformkit.problem import Problem
from reformkit.text import Lang, Text
from reformkit.wording.decisions import say_outcome
from reformkit.wording.values import say_value

SECTOR = Text("系统", "Sector")
HEADS = (
    Text("编号", "Id"),
    Text("案发单位", "Unit"),
    SECTOR,
    Text("启动", "Startup"),
    Text("层次", "Layer"),
    Text("症结", "Causes"),
    Text("主要措施", "Measures"),
    Text("待明确", "To be asked"),
)
"""The columns of the table; the sector gives way where there is no room for all."""

OPEN = Text("待定", "open")
FEW_MEASURES = 3


def print_year(
    assessments: Iterable[Assessment], book: Book, problems: Sequence[Problem], lang: Lang, console: Paper
) -> None:
    """The table of the cases and the summary under it, with how many problems their files have."""
    tally = Tally()
    table = plain_table(*(head.say(lang) for head in HEADS if console.width >= WIDTH or head != SECTOR))
    for assessment in assessments:
        tally.add(assessment)
        cells = dict(zip(HEADS, _row(assessment, lang), strict=True))
        table.add_row(*(Cell(text) for head, text in cells.items() if console.width >= WIDTH or head != SECTOR))
    console.print(table)
    print_tally(tally, book, lang, console)
    if problems:
        said = counted(problems, lang)
        console.say(
            f"案件文件中的问题：{said}，有错误的案件未计入。"
            if lang == "zh"
            else f"Problems in the case files: {said}; cases with errors are not counted."
        )


def _row(a: Assessment, lang: Lang) -> list[str]:
    fields = a.book.rulebook.fields
    industry = a.case.facts.get("industry")
    measures = [r.measure.id for r in a.recommendations]
    more = f" +{len(measures) - FEW_MEASURES}" if len(measures) > FEW_MEASURES else ""
    asked = fields[a.needs[0].fact].label.say(lang) if a.needs and a.needs[0].fact in fields else ""
    return [
        a.case.id,
        str(a.case.facts.get("unit", "")),
        say_value(fields["industry"], industry, lang) if industry is not None and "industry" in fields else "",
        _short(a, "startup", lang),
        _short(a, "layer", lang),
        _weak_points(a, lang),
        " ".join(measures[:FEW_MEASURES]) + more,
        asked + (f" +{len(a.needs) - 1}" if len(a.needs) > 1 else ""),
    ]


def _short(a: Assessment, name: str, lang: Lang) -> str:
    """An outcome's label without what stands in brackets: `点（新办理个案促改）` is `点`."""
    decision = a.decisions.get(name)
    if decision is None:
        return ""
    return short(_said(a.book, name, decision, lang))


def _said(book: Prepared, name: str, decision: Decision, lang: Lang) -> str:
    if decision.outcome is None:
        return (OPEN if decision.status == "undetermined" else STATUSES[decision.status]).say(lang)
    return say_outcome(book.rulebook.decisions[name], decision.outcome, lang)


def _weak_points(a: Assessment, lang: Lang) -> str:
    """How many causes were found under each weak point; suspected ones only where none was found."""
    if a.book.library is None:
        return ""
    certainty = "found" if any(c.certainty == "found" for c in a.causes) else "suspected"
    counts = Counter(c.weak_point for c in a.causes if c.certainty == certainty)
    names = {id: point.label.zh[:2] if lang == "zh" else f"{id}×" for id, point in a.book.library.weak_points.items()}
    said = " ".join(f"{name}{counts[id]}" for id, name in names.items() if counts[id])
    if not said or certainty == "found":
        return said
    return f"疑似 {said}" if lang == "zh" else f"suspected: {said}"
