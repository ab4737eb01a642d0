"""Cases from tables: a header of ids or labels, then a case a row."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from reformkit.intake.csv_rows import csv_rows
from reformkit.intake.identifying import ID, id_as_written
from reformkit.intake.lines import open_lines
from reformkit.intake.personal import names_person
from reformkit.intake.rows import Row
from reformkit.intake.separators import report_separator
from reformkit.intake.sheet_findings import SheetFindings
from reformkit.intake.spellings import Spellings
from reformkit.model.case import Case, Finding, FrozenFacts, Unread
from reformkit.model.vocabulary import Field, Value
from reformkit.parsing.identity import masked
from reformkit.parsing.lookalikes import NOTHING
from reformkit.parsing.report import Report, content_of, damage_among
from reformkit.parsing.tree import Scalar
from reformkit.problem import NOWHERE, Place
from reformkit.reading import as_written, keywords
from reformkit.reading.as_written import heading
from reformkit.reading.values import Lexicon
from reformkit.reading.words import Words
from reformkit.text import Text

_CASE = Text("案件表", "a table of cases")
_IDS = Words(keywords.with_chinese(("id",)))
_OWN_COLUMNS = Words({**keywords.with_chinese(("id",)), **keywords.OF_FIXTURES})

MOST_CACHED = 10_000
"""Different cells of a column that are remembered."""


@dataclass(frozen=True)
class CarriedColumn:
    """A column that is no fact and goes through to the output, by its heading."""

    name: str


@dataclass(frozen=True)
class RepeatedColumn:
    """A column of what an earlier one, `first`, holds too: a row is taken where both say the same."""

    first: int


Column = Field | CarriedColumn | RepeatedColumn | str | None
"""What a column holds: a fact, `id`, what is carried, what another one holds too, or nothing."""


@dataclass(frozen=True)
class CaseTable:
    """A table that is open: its columns, and its rows, which can be read once.

    `headings` are the words over the columns, `sheet` the sheet that it stands on, if it stands on one; `findings` what a
    table beside it says of the findings of its cases.
    """

    path: str
    sheet: str
    columns: list[Column]
    rows: Iterator[Row | Unread]
    headings: Sequence[str]
    findings: SheetFindings | None = None


def open_csv(path: str | os.PathLike[str], lexicon: Lexicon, report: Report) -> CaseTable | None:
    """A CSV file in UTF-8 or GB18030, or None and problems."""
    lines = open_lines(path, report, also_gb18030=True)
    if lines is None:
        return None
    rows = csv_rows(lines, report)
    header = next((row for row in rows if not isinstance(row, Unread)), None)
    if header is None:
        if not report.errors:
            report.add("RK113", Place(lines.path))
        return None
    if len(header.cells) == 1 and report_separator(header, partial(names_facts, lexicon=lexicon), report):
        return None
    columns = columns_of(header, lexicon, report)
    return None if columns is None else CaseTable(lines.path, "", columns, rows, header.cells)


def cases_of(table: CaseTable, lexicon: Lexicon, report: Report) -> Iterator[Case | Unread]:
    """The cases of a table; what is wrong with a faulty row is reported."""
    reader = RowReader(table, lexicon, report)
    for row in table.rows:
        yield row if isinstance(row, Unread) else reader.case(row)
    if table.findings is not None and not damage_among(report.problems()):
        table.findings.end()


def _own_column(word: str, lexicon: Lexicon) -> str | None:
    """The key of a case or fixture that heads a column, if it does; the day of judging may be a fact instead."""
    own = "id" if word in lexicon.ids else _OWN_COLUMNS.find(word)
    return None if own == keywords.AS_OF and lexicon.find(word) is not None else own


def heads_ids(word: str, head: str) -> bool:
    """Whether the cell of an id is a heading, as in a header that is printed on each page; `head` is what the table has."""
    return bool(word) and (word == head or _OWN_COLUMNS.find(heading(word)) == "id")


def columns_of(header: Row, lexicon: Lexicon, report: Report) -> list[Column] | None:
    """What each column holds: a fact, `id`, or nothing; None if there is no column of ids."""
    columns: list[Column] = []
    first: dict[str, int] = {}
    errors = report.errors
    cells = [cell.strip() for cell in header.cells]
    while not cells[-1]:
        cells.pop()  # commas that a spreadsheet left at the end
    lacks_id = not any(_own_column(said, lexicon) == "id" for cell in cells for said in (cell, heading(cell)))
    for index, cell in enumerate(cells):
        word = Scalar(cell, True, header.place(index))
        if not cell:
            report.add("RK128", word.place, number=index + 1)
        with report.about(heading=cell):
            column = _column_of(word, lacks_id, lexicon, report) if cell else None
            if isinstance(column, CarriedColumn):
                column = _told_apart(column, columns)
            named = column.name if isinstance(column, Field | CarriedColumn) else None
            name = column if isinstance(column, str) else named
            if name in first:
                report.add("RK110", word.place, key=word.text, first=header.number)
                column = None if columns[first[name]] is None else RepeatedColumn(first[name])
            elif name:
                first[name] = index
        columns.append(column if column not in keywords.OF_FIXTURES else None)
    if "id" in columns:
        return columns
    if report.errors == errors:
        report.add("RK121", header.place(), what=_CASE, key=ID)
    return None


def _told_apart(column: CarriedColumn, before: list[Column]) -> CarriedColumn:
    """A carried column under a name that no other has: the second 备注 is 备注2."""
    names, number = {other.name for other in before if isinstance(other, CarriedColumn)}, 1
    while (name := f"{column.name}{number if number > 1 else ''}") in names:
        number += 1
    return CarriedColumn(name)


def carried_of(columns: Sequence[Column]) -> list[str]:
    """The headings of the columns that are carried, in order."""
    return [column.name for column in columns if isinstance(column, CarriedColumn)]


def _column_of(word: Scalar, lacks_id: bool, lexicon: Lexicon, report: Report) -> Column:
    """What the column under a heading holds. One that is no fact is carried where the vocabulary says so, else passed
    over: with a warning, and with an error where a person is named, or a fact or the lacking id may be meant."""
    for said in (word.text, heading(word.text)):
        own, name = _own_column(said, lexicon), lexicon.find(said)
        if own is not None or name is not None:
            return own if name is None or own is not None else lexicon.fields[name]
    if names_person(word.text):
        report.add("RK808", word.place, column=word.text)
    elif heading(word.text) in lexicon.carried:
        return CarriedColumn(heading(word.text))
    elif lacks_id and (hint := _IDS.hint(heading(word.text))) != NOTHING:
        report.add("RK129", word.place, word=word.text, hint=hint)
    elif lexicon.is_near(heading(word.text)):
        lexicon.field(word)
    else:
        report.add("RK809", word.place, column=word.text, hint=lexicon.hint(heading(word.text)))
    return None


def names_facts(cells: list[str], lexicon: Lexicon) -> bool:
    """Whether cells look like a header: the column of ids is among them, or several facts are."""
    words = [heading(cell) for cell in cells]
    return any(_OWN_COLUMNS.find(word) == "id" for word in words) or sum(map(bool, map(lexicon.find, words))) > 1


class RowReader:
    """Turns row after row into cases; a cell that was read once is not read again."""

    def __init__(self, table: CaseTable, lexicon: Lexicon, report: Report) -> None:
        columns, self._headings = table.columns, table.headings
        self.id = columns.index("id")
        self.facts = [(index, column) for index, column in enumerate(columns) if isinstance(column, Field)]
        self.carried = [
            (index, column.name) for index, column in enumerate(columns) if isinstance(column, CarriedColumn)
        ]
        self._carried = dict(self.carried)
        self._repeated = [
            (index, column.first) for index, column in enumerate(columns) if isinstance(column, RepeatedColumn)
        ]
        self.width = len(columns)
        self._used = {self.id, *(index for index, _ in self.facts)}
        self._fields = dict(self.facts)
        self._seen: dict[str, dict[str, Value]] = {column.name: {} for _, column in self.facts}
        self._spellings = Spellings()
        self._findings = table.findings
        self._lexicon = lexicon
        self._report = report
        self.read_id = partial(id_as_written, lexicon.is_no_id)
        self._tried = Report()  # takes the problems of a first try, before places are worked out

    def case(self, row: Row) -> Case | Unread:
        """The case of a row; where it cannot be taken, its problems are reported."""
        self._report.warnings()  # those before are another's
        if not self.is_usable(row):
            self.findings(row)
            return self.unread(row)
        errors = self._report.errors
        id = self._take(row, self.id, self.read_id)
        facts: dict[str, Value] = {}
        for index, field in self.facts:
            cell, seen = row.cells[index].strip(), self._seen[field.name]
            if not cell:
                continue
            value = seen.get(cell)
            if value is None:
                value = self._take(row, index, partial(self.value, field), seen)
                if field.type == "text" and value is not None:
                    with self._report.about(**self.about(row, index)):
                        self._spellings.report(field, value, row.place(index), self._report)
            if value is not None:
                facts[field.name] = value
        findings, is_whole = self.findings(row)
        if id is None or not is_whole or self._report.errors > errors:
            return self.unread(row)
        carried = {name: masked(row.cells[index].strip()) for index, name in self.carried}
        return Case._made(id, FrozenFacts(facts), findings, row.place(), self._report.warnings(), carried)

    def findings(self, row: Row) -> tuple[tuple[Finding, ...] | None, bool]:
        """What the table beside says of the findings of a row's case, and whether that could be read; if not, problems."""
        if self._findings is None or len(row.cells) <= self.id:
            return None, True
        return self._findings.of(self._findings.id_of(row.cells[self.id]))

    def is_usable(self, row: Row) -> bool:
        """Whether a row has a cell for each column and a value, or none, in each that is used; if not, problems."""
        report, cells, width = self._report, row.cells, self.width
        if len(cells) != width and (len(cells) < width or any(cell.strip() for cell in cells[width:])):
            with report.about(**self.about(row)):
                report.add("RK127", row.place(), found=len(cells), want=width)
            return False
        errors = report.errors
        for index, (code, values) in row.wrong.items():
            if index in self._used:
                with report.about(**self.about(row, index)):
                    report.add(code, row.place(index), fact=self._fields.get(index), **values)
            elif index in self._carried:
                with report.about(**self.about(row, index)):
                    report.add("RK823", row.place(index), column=self._carried[index])
        for index, first in self._repeated:
            said, other = cells[index].strip(), cells[first].strip()
            if said != other:
                with report.about(**self.about(row, index)):
                    heading = " ".join(self._headings[index].split())
                    report.add("RK839", row.place(index), column=heading, word=masked(said), other=masked(other))
        return report.errors == errors

    def unread(self, row: Row) -> Unread:
        """That the case of a row cannot be taken."""
        return Unread(row.place(), content_of(self.about(row).get("case", "")) or "")

    def about(self, row: Row, index: int | None = None) -> dict[str, str]:
        """The id of a row's case, and of one of its cells what stands over it and in it, as problems name them."""
        id = row.cells[self.id].strip() if len(row.cells) > self.id else ""
        said = {"case": as_written.id_as_text(id) or id} if id else {}
        if index is not None:
            said["heading"] = " ".join(self._headings[index].split())
            said |= {"content": cell} if (cell := row.cells[index].strip()) else {}
        return said

    def value(self, field: Field, cell: Scalar, report: Report) -> Value | None:
        """What a cell that is not blank says of a fact, or None and problems."""
        return self._lexicon.as_written(cell, field, report)

    def _take(
        self, row: Row, index: int, read: Callable[[Scalar, Report], Any], seen: dict[str, Any] | None = None
    ) -> Any:
        """What a cell says; where it stands is worked out only if there is something to report."""
        cell = row.cells[index].strip()
        value = read(Scalar(cell, True, NOWHERE), self._tried)
        if self._tried.take():
            with self._report.about(**self.about(row, index)):
                return read(Scalar(cell, True, row.place(index)), self._report)
        if seen is not None and len(seen) < MOST_CACHED:
            seen[cell] = value
        return value
