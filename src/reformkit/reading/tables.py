"""Cases from tables: a header of ids or labels, then a case a row."""

from __future__ import annotations

import csv
import os
import re
from collections import deque
from collections.abc import Callable, Iterator
from functools import cached_property, partial
from typing import Any

from reformkit.model.case import Case, FrozenFacts
from reformkit.model.vocabulary import Field, Value
from reformkit.problem import NOWHERE, Place
from reformkit.reading import keywords
from reformkit.reading.form import quoted, words_of
from reformkit.reading.lines import Lines, is_clean, open_lines
from reformkit.reading.report import Report
from reformkit.reading.tree import Scalar
from reformkit.reading.values import Lexicon
from reformkit.reading.words import Words
from reformkit.text import Text

_CASE, _ID = Text("案件表", "a table of cases"), quoted("编号", "id")
_OWN_COLUMNS = Words({**keywords.with_chinese(("id",)), **keywords.OF_FIXTURES})
_MOST_LINES = 200  # of one row; a quote that is open for longer was never closed
_MOST_CACHED = 10_000
_MARK = re.compile('\r\n|[\r\n,"]')
_TAGS = re.compile("[;；]")


def read_csv(path: str | os.PathLike[str], lexicon: Lexicon, report: Report) -> Iterator[Case]:
    """The cases of a CSV file in UTF-8 or GB18030; a faulty row is reported and left out."""
    lines = open_lines(path, report, also_gb18030=True)
    if lines is None:
        return
    rows = _rows(lines, report)
    header = next(rows, None)
    if header is None:
        if not report.errors:
            report.add("RK113", Place(lines.path))
        return
    columns = _columns(header, lexicon, report)
    if columns is None:
        return
    reader = _RowReader(columns, lexicon, report)
    for row in rows:
        case = reader.case(row)
        if case is not None:
            yield case


class _Row:
    """The cells of a row, with the lines that it was written on."""

    def __init__(self, path: str, number: int, cells: list[str], lines: list[str]) -> None:
        self.path = path
        self.number = number
        self.cells = cells
        self._lines = lines

    def place(self, index: int = 0) -> Place:
        """Where a cell begins."""
        return self._places[index]

    @cached_property
    def _places(self) -> list[Place]:
        places, line, start = [Place(self.path, self.number)], self.number, 0
        cell, quotable, quoted = 0, False, False  # as csv has it, only a quote that begins a cell quotes
        for mark in _MARK.finditer("".join(self._lines)):
            if mark.group() == '"':
                quotable |= mark.start() == cell
                quoted ^= quotable
            elif mark.group() != ",":
                line, start = line + 1, mark.end()
            elif not quoted:
                cell, quotable = mark.end(), False
                places.append(Place(self.path, line, cell - start + 1))
        return places


def _rows(lines: Lines, report: Report) -> Iterator[_Row]:
    """Each row that is not blank; after one that cannot be read, the next line begins a row."""
    source, ahead = iter(lines), deque[tuple[int, str]]()
    taken: list[tuple[int, str]] = []

    def feed() -> Iterator[str]:
        while len(taken) < _MOST_LINES and (pair := ahead.popleft() if ahead else next(source, None)):
            taken.append(pair)
            yield pair[1]

    while True:
        taken.clear()
        try:
            cells = next(csv.reader(feed(), strict=True), None)
        except csv.Error as error:
            ahead.extendleft(reversed(taken[1:]))
            number, line = taken[0]
            if is_clean(number, line, lines, report):
                _report_row(Place(lines.path, number, line.find('"') + 1 or 1), error, report)
            continue
        if cells is None:
            return
        clean = sum(not is_clean(number, line, lines, report) for number, line in taken) == 0
        if clean and any(cell.strip() for cell in cells):
            yield _Row(lines.path, taken[0][0], cells, [line for _, line in taken])


def _report_row(place: Place, error: csv.Error, report: Report) -> None:
    if "field limit" in str(error):
        report.add("RK125", place, most=csv.field_size_limit())
    else:
        report.add("RK126", place)


def _columns(header: _Row, lexicon: Lexicon, report: Report) -> list[Field | str | None] | None:
    """What each column holds: a fact, `id`, or nothing; None if there is no column of ids."""
    columns: list[Field | str | None] = []
    first: set[str] = set()
    errors = report.errors
    cells = [cell.strip() for cell in header.cells]
    while not cells[-1]:
        cells.pop()  # commas that a spreadsheet left at the end
    for index, cell in enumerate(cells):
        word = Scalar(cell, True, header.place(index))
        if not cell:
            report.add("RK128", word.place, number=index + 1)
        column = (_OWN_COLUMNS.find(cell) or lexicon.field(word)) if cell else None
        name = column.name if isinstance(column, Field) else column
        if name in first:
            report.add("RK110", word.place, key=word.text, first=header.number)
            column = None
        first.update({name} if name else ())
        columns.append(column if column not in keywords.OF_FIXTURES else None)
    if "id" in columns:
        return columns
    if report.errors == errors:
        report.add("RK121", header.place(), what=_CASE, key=_ID)
    return None


class _RowReader:
    """Turns row after row into cases; a cell that was read once is not read again."""

    def __init__(self, columns: list[Field | str | None], lexicon: Lexicon, report: Report) -> None:
        self._width = len(columns)
        self._id = columns.index("id")
        self._facts = [(index, column) for index, column in enumerate(columns) if isinstance(column, Field)]
        self._seen: dict[str, dict[str, Value]] = {column.name: {} for _, column in self._facts}
        self._lexicon = lexicon
        self._report = report
        self._tried = Report()  # takes the problems of a first try, before places are worked out

    def case(self, row: _Row) -> Case | None:
        """The case of a row, or None and its problems."""
        report, cells, width = self._report, row.cells, self._width
        if len(cells) != width and (len(cells) < width or any(cell.strip() for cell in cells[width:])):
            report.add("RK127", row.place(), found=len(cells), want=width)
            return None
        errors = report.errors
        id = self._take(row, self._id, _id_of)
        facts: dict[str, Value] = {}
        for index, field in self._facts:
            cell, seen = cells[index].strip(), self._seen[field.name]
            if not cell:
                continue
            value = seen.get(cell)
            if value is None:
                value = self._take(row, index, partial(self._value, field))
                if value is not None and len(seen) < _MOST_CACHED:
                    seen[cell] = value
            if value is not None:
                facts[field.name] = value
        if id is None or report.errors > errors:
            return None
        case = Case(id=id, facts=FrozenFacts(facts))
        case._place = Place(row.path, row.number)
        return case

    def _take(self, row: _Row, index: int, read: Callable[[Scalar, Report], Any]) -> Any:
        """What a cell says; where it stands is worked out only if it has to be reported."""
        cell = row.cells[index].strip()
        value = read(Scalar(cell, True, NOWHERE), self._tried)
        return read(Scalar(cell, True, row.place(index)), self._report) if value is None else value

    def _value(self, field: Field, cell: Scalar, report: Report) -> Value | None:
        if field.type != "tags":
            return self._lexicon.value(cell, field, report)
        if cell.text == keywords.EMPTY_SET:
            return frozenset()
        words = [word.strip() for word in _TAGS.split(cell.text) if word.strip()]
        tags = [self._lexicon.value(Scalar(word, True, cell.place), field, report) for word in words or [cell.text]]
        return None if None in tags else frozenset(str(tag) for tag in tags)


def _id_of(cell: Scalar, report: Report) -> str | None:
    return words_of(cell, _ID, report)
