"""What a workbook of assessments holds: the summary, cases, reforms to start, measures, problems, a sheet each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from reformkit.assessment import Assessment
from reformkit.book import Book
from reformkit.model.case import Unread
from reformkit.model.vocabulary import Value
from reformkit.printing.problem_file import HEADS, problem_row
from reformkit.printing.records import carried_cells, row_heads, row_of, row_of_unread
from reformkit.problem import Problem
from reformkit.reporting.tally import SUMMARY_SHEET
from reformkit.text import Lang, Text
from reformkit.wording.suggestion import START
from reformkit.wording.values import say_value
from reformkit.workbook.cells import Cell

CASES, REFORMS, MEASURES, PROBLEMS = (
    Text("案件", "cases"),
    Text("拟启动的促改", "reforms to start"),
    Text("措施", "measures"),
    Text("问题", "problems"),
)
"""The names of the sheets after the first, which is the year at a glance."""

_OWN = 2
"""The id and the unit stand first on each sheet but the summary."""
_PLACES = ("industry", "township")
"""What an office sorts its cases by, beside their days."""

_REFORM = (
    Text("层次", "layer"),
    Text("启动理由", "reason for starting"),
    Text("启动规则", "rule"),
    Text("已查明症结", "causes"),
    Text("待核实症结", "causes to verify"),
    Text("措施数", "number of measures"),
    Text("尚待明确", "needs"),
)
_MEASURE = (
    Text("措施编号", "measure"),
    Text("措施", "title"),
    Text("针对症结", "causes answered"),
    Text("症结是否查明", "certainty"),
    Text("建议对象", "addressed to"),
    Text("牵头", "lead"),
    Text("期限（日）", "days"),
    Text("起算日", "counted from"),
    Text("建议", "suggestion"),
)
_CERTAINTY = {"found": Text("已查明", "found"), "suspected": Text("待核实", "to be verified")}


class Sheets:
    """The heads and rows of each sheet, in one language."""

    def __init__(self, book: Book, lang: Lang, carried: Sequence[str]) -> None:
        self.lang = lang
        self._carried = carried
        self._book = book
        self._dates = [name for name in reversed(book.rulebook.vocabulary.dates.case) if name in book.fields]
        self._places = [name for name in _PLACES if name in book.fields]
        self._layer = "layer" in book.rulebook.decisions

    def heads(self) -> dict[Text, list[str]]:
        """The heads of every sheet."""
        lang, heads = self.lang, row_heads(self._book, self.lang)
        dates = [self._book.fields[name].label.say(lang) for name in (*self._places, *self._dates)]
        return {
            SUMMARY_SHEET: [SUMMARY_SHEET.say(lang)],
            CASES: [*heads[:_OWN], *dates, *heads[_OWN:], *self._carried],
            REFORMS: [*heads[:_OWN], *dates, *(head.say(lang) for head in _REFORM)],
            MEASURES: [*heads[:_OWN], *(head.say(lang) for head in _MEASURE)],
            PROBLEMS: [head.say(lang) for head in HEADS],
        }

    def rows(self, a: Assessment) -> Iterator[tuple[Text, list[Cell]]]:
        """The rows that an assessment makes, with the sheet of each."""
        row = row_of(a, self.lang)
        own, facts = row[:_OWN], a.case.facts
        places = [self._said(name, facts.get(name)) for name in self._places]
        dates = [*places, *(facts.get(name) for name in self._dates)]
        yield CASES, [*own, *dates, *row[_OWN:], *carried_cells(a.case, self._carried)]
        if "startup" in a.decisions and a.decisions["startup"].outcome == "start":
            yield REFORMS, [*own, *dates, *self._reform(a, row)]
        for measure in self._measures(a):
            yield MEASURES, [*own, *measure]

    def of_unread(self, case: Unread) -> list[Cell]:
        """A case that could not be read as a row of the sheet of cases."""
        row = row_of_unread(case, self._book, self.lang)
        return [*row[:_OWN], *[None] * len((*self._places, *self._dates)), *row[_OWN:], *[""] * len(self._carried)]

    def _said(self, name: str, value: Value | None) -> Cell:
        return None if value is None else say_value(self._book.fields[name], value).say(self.lang)

    def of_problem(self, problem: Problem, value: str = "") -> list[Cell]:
        """A problem as a row of its sheet."""
        place, _, *rest = problem_row(problem, value, self.lang)
        return [place, problem.line, *rest]

    def _reform(self, a: Assessment, row: list[str]) -> Iterable[Cell]:
        startup = a.decisions["startup"]
        heads = dict(zip(row_heads(self._book, self.lang), row, strict=True))
        title = self._book.rulebook.decisions["layer"].title.say(self.lang) if self._layer else ""
        because = "" if startup.because is None else startup.because.say(self.lang)
        needs, found, suspected, _ = row[-4:]
        return heads.get(title, ""), because, startup.rule, found, suspected, len(a.recommendations), needs

    def _measures(self, a: Assessment) -> Iterator[list[Cell]]:
        lang, library = self.lang, self._book.library
        if library is None:
            return
        given = {r.measure.id for r in a.recommendations}
        for r in (*a.recommendations, *(r for r in a.suspected if r.measure.id not in given)):
            measure = r.measure
            causes = "；".join(library.causes[cause].label.say(lang) for cause in r.covers)
            start = START[measure.due_from].say(lang)
            certainty = _CERTAINTY[r.certainty].say(lang)
            own = [text.say(lang) for text in (r.addressee, r.lead)]
            yield [measure.id, measure.title.say(lang), causes, certainty, *own, measure.due_days, start, r.say(lang)]
