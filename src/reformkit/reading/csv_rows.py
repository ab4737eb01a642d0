"""Rows of a CSV text: what each cell says, and where it begins."""

from __future__ import annotations

import csv
import re
from collections import deque
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any

from reformkit.problem import Place
from reformkit.reading.lines import Lines, is_clean
from reformkit.reading.report import Report

_MOST_LINES = 200  # of one row; a quote that is open for longer was never closed
_MARK = re.compile('\r\n|[\r\n,"]')


class CsvRow:
    """The cells of a row, with the lines that it was written on."""

    wrong: Mapping[int, tuple[str, Mapping[str, Any]]] = {}

    def __init__(self, path: str, number: int, cells: list[str], lines: list[str]) -> None:
        self.path = path
        self.number = number
        self.cells = cells
        self._lines = lines

    def place(self, index: int = 0) -> Place:
        """Where a cell begins."""
        return self._places[index] if index else Place(self.path, self.number)

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


def csv_rows(lines: Lines, report: Report) -> Iterator[CsvRow]:
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
            yield CsvRow(lines.path, taken[0][0], cells, [line for _, line in taken])


def _report_row(place: Place, error: csv.Error, report: Report) -> None:
    if "field limit" in str(error):
        report.add("RK125", place, most=csv.field_size_limit())
    else:
        report.add("RK126", place)
