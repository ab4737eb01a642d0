"""Tables of cases in workbooks (.xlsx): the cells as Excel stores them, as the texts that a CSV would hold."""

from __future__ import annotations

import os
from collections.abc import Callable, Container, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from itertools import takewhile

from reformkit.parsing.report import Report
from reformkit.parsing.source import is_there
from reformkit.problem import Place
from reformkit.text import Text
from reformkit.workbook.hidden import HiddenParts
from reformkit.workbook.merged import MergedCells
from reformkit.workbook.no_workbooks import DAMAGED, no_workbook, too_large
from reformkit.workbook.own_sheets import HIDDEN, OWN
from reformkit.workbook.parts import Sheet, TooLarge, WorkbookParts
from reformkit.workbook.saying import Saying, Wrong
from reformkit.workbook.sheet_rows import MOST_ROWS, sheet_rows

_HIDDEN = Text("有{what}的“{zh}”是隐藏的", "{en}, which has one, is hidden")
_NO_HEADER = Text("“{zh}”的前{most}行都不是表头", "none of the first {most} rows of {en} is a header")
_DAMAGED_AFTER = Text("第 {last} 行之后{damaged}", "after row {last} {damaged}")

HEADER_WITHIN = 20
"""The header is looked for in so many rows: titles may stand above it."""


@dataclass(frozen=True)
class Sought:
    """A table that is looked for in a workbook: by its header, and first on sheets of these names.

    `what` is what it is called, `heads` what its header names; `is_other` knows the header of a table that is read apart,
    by the title of its sheet.
    """

    is_header: Callable[[list[str]], bool]
    what: Text
    heads: Text
    sheets: tuple[str, ...] = ()
    is_other: Callable[[str, list[str]], bool] = field(default=lambda title, cells: False)


@dataclass
class SheetRow:
    """A row of a sheet; cells without a usable value are `wrong`."""

    path: str
    sheet: str
    number: int
    cells: list[str]
    wrong: dict[int, Wrong]
    is_hidden: bool = False

    def place(self, index: int = 0) -> Place:
        """Where a cell stands."""
        return Place(self.path, self.number, index + 1, self.sheet)


@dataclass(frozen=True)
class OpenSheet:
    """A table that was found in a workbook: its header, and its rows, which can be read once."""

    header: SheetRow
    _reading: _Reading

    def rows(
        self, words: Container[int], width: int, report: Report, used: Container[int] | None = None
    ) -> Iterator[SheetRow]:
        """The rows under the header, each with `width` cells at least; in columns among `words` numbers as they are
        shown. Cells that say nothing certain are `wrong`; a workbook that cannot be read to its end is reported, and so
        are rows, and columns that are `used` (None: all), that are not shown."""
        yield from _rows(self._reading, self.header, words, range(width) if used is None else used, width, report)

    def beside(self, title: str, is_header: Callable[[list[str]], bool]) -> SheetBeside | None:
        """Another sheet of the workbook; raises an error of zip or XML where it is damaged."""
        sheet = next((sheet for sheet in self._reading.sheets if sheet.title == title), None)
        if sheet is None:
            return None
        with closing(WorkbookParts(self.header.path)) as book:
            rows = list(_first_rows(self._reading, book, sheet))
        header = next((row for row in rows if is_header(row.cells)), None)
        return SheetBeside(rows, sheet.shown, None if header is None else OpenSheet(header, self._reading))


@dataclass(frozen=True)
class SheetBeside:
    """A sheet of a workbook of which another is read: its first rows, and its table, where it has a header."""

    rows: list[SheetRow]
    shown: bool
    table: OpenSheet | None


def open_sheet(
    path: str | os.PathLike[str], sought: Sought, report: Report, *, percentages: bool = False
) -> OpenSheet | None:
    """A table in a workbook, or None and problems. `percentages`: a number that is shown as one is said as one."""
    name = os.fspath(path)
    if not is_there(name, report):
        return None
    said = no_workbook(name)
    if said is not None:
        report.add("RK194", Place(name), reason=said)
        return None
    try:
        book = WorkbookParts(name)
    except TooLarge as error:
        report.add("RK194", Place(name), reason=too_large(error.bytes))
        return None
    except Exception:  # the parsers of zip and XML each have their own
        report.add("RK194", Place(name), reason=DAMAGED)
        return None
    with closing(book):
        try:
            reading = _Reading(name, book, percentages)
            header = _header(reading, book, sought, report)
        except Exception:
            report.add("RK194", Place(name), reason=DAMAGED)
            return None
    return None if header is None else OpenSheet(header, reading)


class _Reading:
    """A workbook that is read: its sheets, and what its cells say."""

    def __init__(self, path: str, book: WorkbookParts, percentages: bool) -> None:
        self.path = path
        self.sheets = book.sheets
        self.saying = Saying(book.texts(), book.formats(), book.from_1904, percentages)

    def sheet(self, title: str) -> Sheet:
        """The sheet of a title."""
        return next(sheet for sheet in self.sheets if sheet.title == title)

    def rows(
        self,
        sheet: Sheet,
        book: WorkbookParts,
        words: Container[int] | None = None,
        hidden_columns: list[range] | None = None,
    ) -> Iterator[SheetRow]:
        """The rows of a sheet that say anything; of the columns among `words` (None: all) numbers as they are shown."""
        with book.open(sheet.part) as file:
            for number, stored, is_hidden in sheet_rows(file, hidden_columns):
                cells, wrong = self.saying.row(stored, words)
                if number > MOST_ROWS or wrong or any(cell and not cell.isspace() for cell in cells):
                    yield SheetRow(self.path, sheet.title, number, cells, wrong, is_hidden)


def _header(reading: _Reading, book: WorkbookParts, sought: Sought, report: Report) -> SheetRow | None:
    """The header of the table that is sought; what else might be one is reported."""
    headers: dict[str, SheetRow] = {}
    shown = [sheet.title for sheet in reading.sheets if sheet.shown]
    is_ours = any(sheet.title == HIDDEN for sheet in reading.sheets)
    for sheet in reading.sheets:
        if is_ours and sheet.title in OWN:
            continue  # lists for drop-downs, and an example: no table that people fill in
        rows = _first_rows(reading, book, sheet)  # no further than the header: what is damaged below is said there
        header = next(
            (row for row in rows if sought.is_other(row.sheet, row.cells) or sought.is_header(row.cells)), None
        )
        if header is not None and sought.is_other(header.sheet, header.cells):
            continue
        if header is not None:
            headers.setdefault(sheet.title, header)
    named = [title for title in sought.sheets if title in shown]
    chosen = next((title for title in [*named, *shown] if title in headers or title in named), None)
    others = [title for title in headers if title != chosen]
    if chosen is None:
        hidden = "、".join(others), ", ".join(f"`{title}`" for title in others)
        seen = "、".join(shown), ", ".join(f"`{title}`" for title in shown)
        report.add(
            "RK195",
            Place(reading.path),
            what=sought.what,
            heads=sought.heads,
            seen=_HIDDEN.fill(what=sought.what, zh=hidden[0], en=hidden[1])
            if others
            else _NO_HEADER.fill(zh=seen[0], most=HEADER_WITHIN, en=seen[1]),
        )
        return None
    for title in others:
        hidden_said = Text("", "") if title in shown else Text("（隐藏的）", " (hidden)")
        report.add("RK196", headers[title].place(), what=sought.what, read=chosen, other=title, hidden=hidden_said)
    if chosen in headers:
        return headers[chosen]
    first = next(iter(_first_rows(reading, book, reading.sheet(chosen))), None)
    if first is None:
        report.add("RK113", Place(reading.path, 1, 1, chosen))
    return first


def _first_rows(reading: _Reading, book: WorkbookParts, sheet: Sheet) -> Iterator[SheetRow]:
    return takewhile(lambda row: row.number <= HEADER_WITHIN, reading.rows(sheet, book))


def _rows(
    reading: _Reading, header: SheetRow, words: Container[int], used: Container[int], width: int, report: Report
) -> Iterator[SheetRow]:
    """The rows under a header; blank ones are passed over and, if others follow, reported."""
    sheet = reading.sheet(header.sheet)
    passed = first = 0
    last = header.number
    hidden = HiddenParts(header.path, header.sheet)
    try:
        with closing(WorkbookParts(header.path)) as book:
            with book.open(sheet.part) as file:
                merged = MergedCells.read(file)
            for row in reading.rows(sheet, book, words, hidden.columns):
                number = row.number
                if number <= header.number:
                    continue
                if number > MOST_ROWS:
                    last = number
                    raise ValueError(number)
                if number > last + 1:
                    passed, first = passed + number - last - 1, first or last + 1
                last = number
                hidden.met(number, row.is_hidden)
                row.cells += [""] * (width - len(row.cells))
                for area in merged.covering(number, width):
                    row.wrong.update((i, ("RK197", area.said)) for i in area.covered(number, width))
                yield row
    except Exception:
        said = _DAMAGED_AFTER.fill(last=last, damaged=DAMAGED)
        report.add("RK194", Place(header.path, last, 1, header.sheet), reason=said)
    hidden.report(report, {i: head for i, head in enumerate(header.cells) if i in used and head.strip()})
    if passed:
        report.add("RK199", Place(header.path, first, 1, header.sheet), rows=passed, first=first)
