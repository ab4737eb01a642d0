"""Cases from tables: a header of ids or labels, then a case a row."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, Protocol

from reformkit.intake.csv_rows import csv_rows
from reformkit.intake.identifying import ID, case_id
from reformkit.intake.lines import open_lines
from reformkit.intake.spellings import Spellings
from reformkit.model.case import Case, FrozenFacts
from reformkit.model.vocabulary import Field, Value
from reformkit.problem import NOWHERE, Place
from reformkit.reading import keywords
from reformkit.reading.report import Report
from reformkit.reading.tree import Scalar
from reformkit.reading.values import Lexicon
from reformkit.reading.words import Words
from reformkit.text import Text

_CASE = Text("案件表", "a table of cases")
_OWN_COLUMNS = Words({**keywords.with_chinese(("id",)), **keywords.OF_FIXTURES})
MOST_CACHED = 10_000
"""Different cells of a column that are remembered."""

_TAGS = re.compile("[;；]")

Column = Field | str | None
"""What a column holds: a fact, `id`, or nothing."""


class Row(Protocol):
    """The cells of a row as text. `wrong` says of cells that have none why, as the code and values of a problem."""

    @property
    def path(self) -> str: ...

    @property
    def number(self) -> int: ...

    @property
    def cells(self) -> list[str]: ...

    @property
    def wrong(self) -> Mapping[int, tuple[str, Mapping[str, Any]]]: ...

    def place(self, index: int = 0) -> Place: ...


@dataclass(frozen=True)
class CaseTable:
    """A table that is open: its columns, and its rows, which can be read once (None: one that cannot be read).

    `sheet` is the sheet that it stands on, if it stands on one.
    """

    path: str
    sheet: str
    columns: list[Column]
    rows: Iterator[Row | None]


def open_csv(path: str | os.PathLike[str], lexicon: Lexicon, report: Report) -> CaseTable | None:
    """A CSV file in UTF-8 or GB18030, or None and problems."""
    lines = open_lines(path, report, also_gb18030=True)
    if lines is None:
        return None
    rows = csv_rows(lines, report)
    header = next((row for row in rows if row is not None), None)
    if header is None:
        if not report.errors:
            report.add("RK113", Place(lines.path))
        return None
    columns = columns_of(header, lexicon, report)
    return None if columns is None else CaseTable(lines.path, "", columns, rows)


def cases_of(table: CaseTable, lexicon: Lexicon, report: Report) -> Iterator[Case | None]:
    """The cases of a table; None for a faulty row, which is reported."""
    reader = RowReader(table.columns, lexicon, report)
    for row in table.rows:
        yield None if row is None else reader.case(row)


def _own_column(word: str, lexicon: Lexicon) -> str | None:
    """The key of a case or fixture that heads a column, if it does; the day of judging may be a fact instead."""
    own = _OWN_COLUMNS.find(word)
    return None if own == keywords.AS_OF and lexicon.find(word) is not None else own


def columns_of(header: Row, lexicon: Lexicon, report: Report) -> list[Column] | None:
    """What each column holds: a fact, `id`, or nothing; None if there is no column of ids."""
    columns: list[Column] = []
    first: set[str] = set()
    errors = report.errors
    cells = [cell.strip() for cell in header.cells]
    while not cells[-1]:
        cells.pop()  # commas that a spreadsheet left at the end
    for index, cell in enumerate(cells):
        word = Scalar(cell, True, header.place(index))
        if not cell:
            report.add("RK128", word.place, number=index + 1)
        column = (_own_column(cell, lexicon) or lexicon.field(word)) if cell else None
        name = column.name if isinstance(column, Field) else column
        if name in first:
            report.add("RK110", word.place, key=word.text, first=header.number)
            column = None
        first.update({name} if name else ())
        columns.append(column if column not in keywords.OF_FIXTURES else None)
    if "id" in columns:
        return columns
    if report.errors == errors:
        report.add("RK121", header.place(), what=_CASE, key=ID)
    return None


def names_facts(cells: list[str], lexicon: Lexicon) -> bool:
    """Whether cells look like a header: the column of ids is among them, or several facts are."""
    words = [cell.strip() for cell in cells]
    return any(_OWN_COLUMNS.find(word) == "id" for word in words) or sum(map(bool, map(lexicon.find, words))) > 1


class RowReader:
    """Turns row after row into cases; a cell that was read once is not read again."""

    def __init__(self, columns: list[Column], lexicon: Lexicon, report: Report) -> None:
        self.id = columns.index("id")
        self.facts = [(index, column) for index, column in enumerate(columns) if isinstance(column, Field)]
        self.width = len(columns)
        self._used = {self.id, *(index for index, _ in self.facts)}
        self._about = dict(self.facts)
        self._seen: dict[str, dict[str, Value]] = {column.name: {} for _, column in self.facts}
        self._spellings = Spellings()
        self._lexicon = lexicon
        self._report = report
        self._tried = Report()  # takes the problems of a first try, before places are worked out

    def case(self, row: Row) -> Case | None:
        """The case of a row, or None and its problems."""
        if not self.is_usable(row):
            return None
        errors = self._report.errors
        self._report.warnings()  # those before are another's
        id = self._take(row, self.id, case_id)
        facts: dict[str, Value] = {}
        for index, field in self.facts:
            cell, seen = row.cells[index].strip(), self._seen[field.name]
            if not cell:
                continue
            value = seen.get(cell)
            if value is None:
                value = self._take(row, index, partial(self.value, field), seen)
                if field.type == "text" and value is not None:
                    self._spellings.report(field, value, row.place(index), self._report)
            if value is not None:
                facts[field.name] = value
        if id is None or self._report.errors > errors:
            return None
        case = Case(id=id, facts=FrozenFacts(facts))
        case._place = row.place()
        case._problems = self._report.warnings()
        return case

    def is_usable(self, row: Row) -> bool:
        """Whether a row has a cell for each column and a value, or none, in each that is used; if not, problems."""
        report, cells, width = self._report, row.cells, self.width
        if len(cells) != width and (len(cells) < width or any(cell.strip() for cell in cells[width:])):
            report.add("RK127", row.place(), found=len(cells), want=width)
            return False
        errors = report.errors
        for index, (code, values) in row.wrong.items():
            if index in self._used:
                report.add(code, row.place(index), fact=self._about.get(index), **values)
        return report.errors == errors

    def value(self, field: Field, cell: Scalar, report: Report) -> Value | None:
        """What a cell that is not blank says of a fact, or None and problems."""
        if field.type != "tags":
            return self._lexicon.value(cell, field, report)
        if cell.text == keywords.EMPTY_SET:
            return frozenset()
        words = [word.strip() for word in _TAGS.split(cell.text) if word.strip()]
        tags = [self._lexicon.value(Scalar(word, True, cell.place), field, report) for word in words or [cell.text]]
        return None if None in tags else frozenset(str(tag) for tag in tags)

    def _take(
        self, row: Row, index: int, read: Callable[[Scalar, Report], Any], seen: dict[str, Any] | None = None
    ) -> Any:
        """What a cell says; where it stands is worked out only if there is something to report."""
        cell = row.cells[index].strip()
        value = read(Scalar(cell, True, NOWHERE), self._tried)
        if self._tried.take():
            return read(Scalar(cell, True, row.place(index)), self._report)
        if seen is not None and len(seen) < MOST_CACHED:
            seen[cell] = value
        return value
