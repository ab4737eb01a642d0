"""Rows of a CSV text: what each cell says, and where it begins."""

from __future__ import annotations

import csv
import re
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from reformkit.intake.lines import KEPT, Lines, is_clean
from reformkit.model.case import Unread
from reformkit.parsing.report import Report
from reformkit.parsing.source import CONTROL
from reformkit.problem import Place

_MOST_LINES = 200  # of one row; a quote that is open for longer was never closed
_BLOCK = KEPT // 2  # lines that are tried at once; a problem still finds its line among those kept
_MARK = re.compile('\r\n|[\r\n,"]')


class CsvRow:
    """The cells of a row, with the lines that it was written on."""

    __slots__ = ("_lines", "cells", "number", "path")

    wrong: Mapping[int, tuple[str, Mapping[str, Any]]] = {}

    def __init__(self, path: str, number: int, cells: list[str], lines: list[str]) -> None:
        self.path = path
        self.number = number
        self.cells = cells
        self._lines = lines

    @property
    def last(self) -> int:
        """The number of the last line that it was written on."""
        return self.number + len(self._lines) - 1

    def place(self, index: int = 0) -> Place:
        """Where a cell begins."""
        line, start = self.number, 0
        cell, quotable, quoted = 0, False, False  # as csv has it, only a quote that begins a cell quotes
        for mark in _MARK.finditer("".join(self._lines)) if index else ():
            if mark.group() == '"':
                quotable |= mark.start() == cell
                quoted ^= quotable
            elif mark.group() != ",":
                line, start = line + 1, mark.end()
            elif not quoted:
                cell, quotable = mark.end(), False
                index -= 1
                if not index:
                    break
        return Place(self.path, line, cell - start + 1)


def csv_rows(lines: Lines, report: Report) -> Iterator[CsvRow | Unread]:
    """Each row that is not blank, or that it could not be read; blank lines between two rows are said in the end."""
    blank = first = 0
    last: int | None = None  # the line on which the row before ended, where that is known
    for row in _rows(lines, report):
        number = row.place.line if isinstance(row, Unread) else row.number
        if last is not None and number > last + 1:
            blank, first = blank + number - last - 1, first or last + 1
        last = None if isinstance(row, Unread) else row.last
        yield row
    if blank:
        report.add("RK199", Place(lines.path, first), rows=blank, first=first)


def _rows(lines: Lines, report: Report) -> Iterator[CsvRow | Unread]:
    """The rows; after one that could not be read the next line begins a row."""
    source, ahead = iter(lines), deque[tuple[int, str]]()
    while True:
        if not ahead:
            block = list(islice(source, _BLOCK))
            rows = _plain_rows(lines, block)
            if rows is not None:
                yield from rows
                continue
            ahead.extend(block)
        if not ahead:
            return
        yield from _row(source, ahead, lines, report)


def _plain_rows(lines: Lines, block: Sequence[tuple[int, str]]) -> list[CsvRow] | None:
    """The rows of some lines where each is a row that can be read; else None, and they are read one by one."""
    texts = [line for _, line in block]
    if not block or CONTROL.search("".join(texts)):
        return None
    if lines.others and not lines.others.isdisjoint(number for number, _ in block):
        return None
    try:
        rows = list(csv.reader(texts, strict=True))
    except csv.Error:
        return None
    if len(rows) != len(block):
        return None
    return [
        CsvRow(lines.path, number, cells, [line])
        for (number, line), cells in zip(block, rows, strict=True)
        if any(cells) and any(cell.strip() for cell in cells)
    ]


def _row(
    source: Iterator[tuple[int, str]], ahead: deque[tuple[int, str]], lines: Lines, report: Report
) -> Iterator[CsvRow | Unread]:
    """The row that begins with the next line: of those that were taken ahead, then of the source."""
    taken: list[tuple[int, str]] = []

    def feed() -> Iterator[str]:
        while len(taken) < _MOST_LINES and (pair := ahead.popleft() if ahead else next(source, None)):
            taken.append(pair)
            yield pair[1]

    try:
        cells = next(csv.reader(feed(), strict=True), None)
    except csv.Error as error:
        ahead.extendleft(reversed(taken[1:]))
        number, line = taken[0]
        if is_clean(number, line, lines, report):
            _report_row(Place(lines.path, number, line.find('"') + 1 or 1), error, report)
        yield Unread(Place(lines.path, number))
        return
    if sum(not is_clean(number, line, lines, report) for number, line in taken):
        yield Unread(Place(lines.path, taken[0][0]))
    elif cells is not None and any(cell.strip() for cell in cells):
        yield CsvRow(lines.path, taken[0][0], cells, [line for _, line in taken])


def _report_row(place: Place, error: csv.Error, report: Report) -> None:
    if "field limit" in str(error):
        report.add("RK125", place, most=csv.field_size_limit())
    else:
        report.add("RK126", place)
