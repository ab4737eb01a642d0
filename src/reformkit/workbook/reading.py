"""Tables of cases in workbooks (.xlsx): the cells as Excel stores them, as the texts that a CSV would hold."""

from __future__ import annotations

import os
from collections.abc import Container, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import takewhile
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from reformkit.intake.tables import CarriedColumn, CaseTable, Column, columns_of, names_facts
from reformkit.model.vocabulary import Field
from reformkit.parsing.report import Report
from reformkit.parsing.source import is_there, reason
from reformkit.problem import Place
from reformkit.reading.values import Lexicon
from reformkit.text import Text
from reformkit.workbook.merged import MergedCells, contents
from reformkit.workbook.parts import MOST_HELD, Sheet, TooLarge, WorkbookParts
from reformkit.workbook.saying import Saying, Wrong
from reformkit.workbook.sheet_rows import MOST_ROWS, sheet_rows

_TOO_MUCH = Text(
    "文字和样式展开后有 {mb} MB，超过 {most} MB 的上限；案件多的，分成几个工作簿",
    "its texts and styles are {mb} MB unpacked, more than the limit of {most} MB; split it into several workbooks",
)
_HIDDEN = Text("有案件表的“{zh}”是隐藏的", "{en}, which has one, is hidden")
_NO_HEADER = Text("“{zh}”的前{most}行都不是表头", "none of the first {most} rows of {en} is a header")
_DAMAGED_AFTER = Text("第 {last} 行之后{damaged}", "after row {last} {damaged}")

SHEETS = ("案件", "cases")
"""What the sheet of cases may be called; else it is the first whose header names facts."""

HEADER_WITHIN = 20
"""The header is looked for in so many rows: titles may stand above it."""

_OLD, _ENCRYPTED = b"\xd0\xcf\x11\xe0", "EncryptedPackage".encode("utf-16-le")
_DAMAGED = Text("内容已损坏，或不是工作簿", "it is damaged, or no workbook")
_OF_WORDS = ("choice", "text", "tags")
"""Of such facts a number is what its cell shows; of others it is the number."""


@dataclass
class SheetRow:
    """A row of a sheet; cells without a usable value are `wrong`."""

    path: str
    sheet: str
    number: int
    cells: list[str]
    wrong: dict[int, Wrong]

    def place(self, index: int = 0) -> Place:
        """Where a cell stands."""
        return Place(self.path, self.number, index + 1, self.sheet)


def open_workbook(path: str | os.PathLike[str], lexicon: Lexicon, report: Report) -> CaseTable | None:
    """The table of cases in a workbook, or None and problems.

    It is on the sheet `案件` (or `cases`), else on the first visible one with a header that names facts.
    """
    name = os.fspath(path)
    if not is_there(name, report):
        return None
    said = _no_workbook(name)
    if said is not None:
        report.add("RK194", Place(name), reason=said)
        return None
    try:
        book = WorkbookParts(name)
    except TooLarge as error:
        report.add("RK194", Place(name), reason=_too_large(error.bytes))
        return None
    except Exception:  # the parsers of zip and XML each have their own
        report.add("RK194", Place(name), reason=_DAMAGED)
        return None
    with closing(book):
        try:
            reading = _Reading(name, book)
            header = _header(reading, book, lexicon, report)
        except Exception:
            report.add("RK194", Place(name), reason=_DAMAGED)
            return None
    columns = None if header is None else columns_of(header, lexicon, report)
    if header is None or columns is None:
        return None
    return CaseTable(name, header.sheet, columns, _rows(reading, header, columns, report), header.cells)


def first_sheet(path: str | os.PathLike[str], report: Report) -> Iterator[SheetRow]:
    """The rows that are not blank of the first sheet which is shown and has any; a workbook of any table."""
    name = os.fspath(path)
    if not is_there(name, report):
        return
    why_not = _no_workbook(name)
    if why_not is not None:
        report.add("RK194", Place(name), reason=why_not)
        return
    try:
        with closing(WorkbookParts(name)) as book:
            reading = _Reading(name, book)
            for sheet in (sheet for sheet in reading.sheets if sheet.shown):
                is_empty = True
                for row in reading.rows(sheet, book):
                    is_empty = False
                    yield row
                if not is_empty:
                    return
    except Exception:
        report.add("RK194", Place(name), reason=_DAMAGED)


def _no_workbook(path: str) -> Text | None:
    """Why a file is no workbook of this kind, by what it begins with."""
    try:
        with Path(path).open("rb") as file:
            begin = file.read(4)
            if begin == _OLD and any(_ENCRYPTED in part for part in contents(file)):
                return Text("设有密码", "it is encrypted")
    except OSError as error:
        return reason(error)
    if begin == _OLD:
        return Text("这是旧的 .xls 或 .et 格式", "it is in the old format of .xls or .et")
    return _held_at_once(path) if begin == b"PK\x03\x04" else _DAMAGED


def _held_at_once(path: str) -> Text | None:
    """Why a workbook is not opened whose texts and styles, which are held (sheets are streamed), would fill the memory."""
    try:
        with ZipFile(path) as archive:
            names = {part.filename: part.file_size for part in archive.infolist() if part.filename.endswith(".xml")}
            size = sum(size for name, size in names.items() if not name.startswith("xl/worksheets/"))
    except (BadZipFile, OSError):
        return _DAMAGED
    if size <= MOST_HELD:
        return None
    return _too_large(size)


def _too_large(size: int) -> Text:
    mb, most = size >> 20, MOST_HELD >> 20
    return _TOO_MUCH.fill(mb=mb, most=most)


class _Reading:
    """A workbook that is read: its sheets, and what its cells say."""

    def __init__(self, path: str, book: WorkbookParts) -> None:
        self.path = path
        self.sheets = book.sheets
        self.saying = Saying(book.texts(), book.formats(), book.from_1904)

    def sheet(self, title: str) -> Sheet:
        """The sheet of a title."""
        return next(sheet for sheet in self.sheets if sheet.title == title)

    def rows(self, sheet: Sheet, book: WorkbookParts, words: Container[int] | None = None) -> Iterator[SheetRow]:
        """The rows of a sheet that say anything; of the columns among `words` (None: all) numbers as they are shown."""
        with book.open(sheet.part) as file:
            for number, stored in sheet_rows(file):
                cells, wrong = self.saying.row(stored, words)
                if number > MOST_ROWS or wrong or any(cell and not cell.isspace() for cell in cells):
                    yield SheetRow(self.path, sheet.title, number, cells, wrong)


def _header(reading: _Reading, book: WorkbookParts, lexicon: Lexicon, report: Report) -> SheetRow | None:
    """The header of the table of cases; what else might be one is reported."""
    headers: dict[str, SheetRow] = {}
    shown = [sheet.title for sheet in reading.sheets if sheet.shown]
    for sheet in reading.sheets:
        rows = _first_rows(reading, book, sheet)
        header = next((row for row in rows if names_facts(row.cells, lexicon)), None)
        if header is not None:
            headers.setdefault(sheet.title, header)
    named = [title for title in SHEETS if title in shown]
    chosen = next((title for title in [*named, *shown] if title in headers or title in named), None)
    others = [title for title in headers if title != chosen]
    if chosen is None:
        hidden = "、".join(others), ", ".join(f"`{title}`" for title in others)
        seen = "、".join(shown), ", ".join(f"`{title}`" for title in shown)
        report.add(
            "RK195",
            Place(reading.path),
            seen=_HIDDEN.fill(zh=hidden[0], en=hidden[1])
            if others
            else _NO_HEADER.fill(zh=seen[0], most=HEADER_WITHIN, en=seen[1]),
        )
        return None
    for title in others:
        hidden_said = Text("", "") if title in shown else Text("（隐藏的）", " (hidden)")
        report.add("RK196", headers[title].place(), read=chosen, other=title, hidden=hidden_said)
    if chosen in headers:
        return headers[chosen]
    first = next(iter(_first_rows(reading, book, reading.sheet(chosen))), None)
    if first is None:
        report.add("RK113", Place(reading.path, 1, 1, chosen))
    return first


def _first_rows(reading: _Reading, book: WorkbookParts, sheet: Sheet) -> Iterator[SheetRow]:
    return takewhile(lambda row: row.number <= HEADER_WITHIN, reading.rows(sheet, book))


def _rows(reading: _Reading, header: SheetRow, columns: Sequence[Column], report: Report) -> Iterator[SheetRow]:
    """The rows under a header; blank ones are passed over and, if others follow, reported."""
    words = {i for i, column in enumerate(columns) if column == "id" or isinstance(column, CarriedColumn) or (isinstance(column, Field) and column.type in _OF_WORDS)}  # fmt: skip
    sheet, width = reading.sheet(header.sheet), len(columns)
    passed = first = 0
    last = header.number
    try:
        with closing(WorkbookParts(header.path)) as book:
            with book.open(sheet.part) as file:
                merged = MergedCells.read(file)
            for row in reading.rows(sheet, book, words):
                number = row.number
                if number <= header.number:
                    continue
                if number > MOST_ROWS:
                    last = number
                    raise ValueError(number)
                if number > last + 1:
                    passed, first = passed + number - last - 1, first or last + 1
                last = number
                row.cells += [""] * (width - len(row.cells))
                for area in merged.covering(number, width):
                    row.wrong.update((i, ("RK197", area.said)) for i in area.covered(number, width))
                yield row
    except Exception:
        said = _DAMAGED_AFTER.fill(last=last, damaged=_DAMAGED)
        report.add("RK194", Place(header.path, last, 1, header.sheet), reason=said)
    if passed:
        report.add("RK199", Place(header.path, first, 1, header.sheet), rows=passed, first=first)
