"""Many cases at a glance: what they come to together, what asks for a decision, then a row a case."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial

from reformkit.assessing.prepared import Prepared
from reformkit.assessing.tally import Tally, counted_decisions
from reformkit.assessing.yearly import YearCount
from reformkit.assessment import Assessment
from reformkit.book import Book
from reformkit.model.case import Unread
from reformkit.model.decision import Decision
from reformkit.printing.paper import WIDTH, Paper
from reformkit.printing.problems import counted
from reformkit.printing.records import NOT_READ, name_of
from reformkit.printing.setting import Cell, plain_table
from reformkit.printing.tally import print_tally
from reformkit.problem import Problem
from reformkit.reporting.case_changes import brief
from reformkit.reporting.year_of_cases import TO_DECIDE, asking_lines
from reformkit.text import COMMA, Text
from reformkit.wording.decisions import STATUSES, say_outcome
from reformkit.wording.values import say_value

SECTOR, STARTUP = Text("系统", "Sector"), Text("启动", "Startup")
HEADS = (
    Text("编号", "Id"),
    Text("案发单位", "Unit"),
    SECTOR,
    STARTUP,
    Text("层次", "Layer"),
    Text("症结", "Causes"),
    Text("主要措施", "Measures"),
    Text("待明确", "To be asked"),
)
"""The columns of the table; the sector gives way where there is no room for all."""

OPEN = Text("待定", "open")
FEW_MEASURES = 3

_LIST = Text("案件清单", "Cases")

_PROBLEMS = Text("案件文件中的问题：{counts}。", "Problems in the case files: {counts}.")
_LEFT_OUT = Text(
    "未能读入、没有研判的案件{number}件：{names}。",
    "Left out for errors and not assessed: {number} ({names}).",
)
_AND_MORE = Text("{names}等", "{names}, …")
MOST_NAMED = 20
"""Up to so many cases that could not be read are named in a sentence."""

_ASKED = Text.same("{fact}{more}")
_POINT = Text("{label}{number}", "{id}×{number}")
_BETWEEN = Text.same(" ")
_SUSPECTED = Text("疑似 {points}", "suspected: {points}")


def print_year(
    assessments: Iterable[Assessment],
    book: Book,
    unread: Sequence[Unread],
    problems: Sequence[Problem],
    console: Paper,
) -> None:
    """The summary with how many problems the files have, what asks for a decision, then the table of the cases, last those
    that could not be read."""
    count = YearCount(Tally(left_out=len(unread)))
    columns = dict(_columns(book))
    shown = [head for head in columns if console.width >= WIDTH or head != SECTOR]
    table = plain_table(map(console.words, shown))
    for assessment in assessments:
        count.add(assessment, assessment.needs)
        table.add_row(*(Cell(console.words(columns[head](assessment))) for head in shown))
    print_tally(count.whole, book, console)
    if problems:
        console.say(_PROBLEMS.fill(counts=counted(problems)))
    if count.to_decide:
        console.print()
        console.say(TO_DECIDE, "bold cyan")
    for line in asking_lines(count, book):
        console.say(line)
    console.print()
    console.say(_LIST, "bold cyan")
    for case in unread:
        of_unread: dict[Text, Text | str] = {
            HEADS[0]: name_of(case),
            STARTUP if STARTUP in columns else shown[-1]: NOT_READ,
        }
        table.add_row(*(Cell(console.words(of_unread.get(head, ""))) for head in shown))
    console.print(table)


def print_left_out(unread: Sequence[Unread], console: Paper) -> None:
    """How many cases could not be read, and which, where there are any."""
    if unread:
        console.print()
        names = COMMA.join(name_of(case) for case in unread[:MOST_NAMED])
        names = _AND_MORE.fill(names=names) if len(unread) > MOST_NAMED else names
        console.say(_LEFT_OUT.fill(number=len(unread), names=names), "red")


def _columns(book: Book) -> Iterator[tuple[Text, Callable[[Assessment], Text | str]]]:
    """The columns with what each says of a case; a rulebook of another field has its own decisions among them."""
    rulebook = book.rulebook
    of_reform = "startup" in rulebook.decisions
    id_, unit, sector, startup, layer, causes, measures, asked = HEADS
    yield id_, lambda a: a.case.id
    if of_reform or "unit" in rulebook.fields:
        yield unit if of_reform else rulebook.fields["unit"].label, lambda a: str(a.case.facts.get("unit", ""))
    if of_reform:
        yield sector, _sector
        yield startup, lambda a: _outcome(a, "startup")
        yield layer, lambda a: _outcome(a, "layer")
    else:
        for name in counted_decisions(book):
            yield rulebook.decisions[name].title, partial(_outcome, name=name)
    if of_reform or book.library is not None:
        yield causes, _weak_points
        yield measures, _measures
    yield asked, _asked


def _sector(a: Assessment) -> Text | str:
    fields, industry = a.book.rulebook.fields, a.case.facts.get("industry")
    return say_value(fields["industry"], industry) if industry is not None and "industry" in fields else ""


def _measures(a: Assessment) -> str:
    measures = [r.measure.id for r in a.recommendations]
    more = f" +{len(measures) - FEW_MEASURES}" if len(measures) > FEW_MEASURES else ""
    return " ".join(measures[:FEW_MEASURES]) + more


def _asked(a: Assessment) -> Text | str:
    """The first question, and how many more there are."""
    fields, needs = a.book.rulebook.fields, a.needs
    fact: Text | str = fields[needs[0].fact].label if needs and needs[0].fact in fields else ""
    return _ASKED.fill(fact=fact, more=f" +{len(needs) - 1}" if len(needs) > 1 else "")


def _outcome(a: Assessment, name: str) -> Text | str:
    """An outcome's label without what stands in brackets: `点（新办理个案促改）` is `点`."""
    decision = a.decisions.get(name)
    return "" if decision is None else brief(_label(a.book, name, decision))


def _label(book: Prepared, name: str, decision: Decision) -> Text:
    if decision.outcome is None:
        return OPEN if decision.status == "undetermined" else STATUSES[decision.status]
    return say_outcome(book.rulebook.decisions[name], decision.outcome)


def _weak_points(a: Assessment) -> Text | str:
    """How many causes were found under each weak point; suspected ones only where none was found."""
    if a.book.library is None:
        return ""
    certainty = "found" if any(c.certainty == "found" for c in a.causes) else "suspected"
    counts = Counter(c.weak_point for c in a.causes if c.certainty == certainty)
    points = [
        _POINT.fill(id=id, label=point.label.each(lambda words: words[:2]), number=counts[id])
        for id, point in a.book.library.weak_points.items()
        if counts[id]
    ]
    listed = _BETWEEN.join(points)
    return _SUSPECTED.fill(points=listed) if points and certainty == "suspected" else listed
