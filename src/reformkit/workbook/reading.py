"""Tables of cases in workbooks (.xlsx): the cells as Excel stores them, as the texts that a CSV would hold."""

from __future__ import annotations

import os
import re
import warnings
from collections.abc import Iterator, Mapping
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, ZipFile

from openpyxl import load_workbook  # type: ignore[import-untyped]

from reformkit.intake.tables import CaseTable, columns_of, names_facts
from reformkit.problem import Place
from reformkit.reading.report import Report
from reformkit.reading.source import CONTROL, is_there, reason
from reformkit.reading.values import Lexicon
from reformkit.text import Text
from reformkit.workbook.merged import Merged, contents

SHEETS = ("案件", "cases")
"""What the sheet of cases may be called; else it is the first whose header names facts."""

HEADER_WITHIN = 20
"""The header is looked for in so many rows: titles may stand above it."""

MOST_ROWS = 1_048_576
"""No sheet has more rows; where one claims to, its numbers are damaged."""

MOST_HELD = 512 << 20
"""Bytes of texts and styles, unpacked."""

_AT_A_TIME = 1000
_MOST_DIGITS = 10**15  # of more, Excel keeps zeros only
_OLD, _ENCRYPTED = b"\xd0\xcf\x11\xe0", "EncryptedPackage".encode("utf-16-le")
_DAMAGED = Text("内容已损坏，或不是工作簿", "it is damaged, or no workbook")
_ZEROS = re.compile("0{2,}")

Wrong = tuple[str, Mapping[str, Any]]


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
        with warnings.catch_warnings(action="ignore"):
            book = _Book(name)
        with closing(book):
            header = _header(book, lexicon, report)
    except Exception:  # the parsers of zip, XML and styles each have their own
        report.add("RK194", Place(name), reason=_DAMAGED)
        return None
    columns = None if header is None else columns_of(header, lexicon, report)
    if header is None or columns is None:
        return None
    return CaseTable(name, header.sheet, columns, _rows(header, len(columns), report))


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
    mb, most = size >> 20, MOST_HELD >> 20
    return Text(
        f"文字和样式展开后有 {mb} MB，超过 {most} MB 的上限；案件多的，分成几个工作簿",
        f"its texts and styles are {mb} MB unpacked, more than the limit of {most} MB; split it into several workbooks",
    )


class _Book:
    """A workbook that is open, with its formulas where there are any."""

    def __init__(self, path: str) -> None:
        self.path = path
        self._values = load_workbook(path, read_only=True, data_only=True, keep_links=False)
        self._formulas: Any = None

    @property
    def sheets(self) -> list[Any]:
        return list(self._values.worksheets)

    def rows(self, title: str, first: int = 1, last: int | None = None) -> Iterator[tuple[int, Any]]:
        """Number and cells of the rows of a sheet; a formula whose value was not stored is the formula."""
        rows = self._read(self._values, title, first, last)
        if self._formulas is None:
            return rows
        return map(_with_formulas, rows, self._read(self._formulas, title, first, last))

    def merged(self, title: str) -> Merged:
        """The merged ranges of a sheet; from now on its formulas are looked at, if there are any."""
        with ZipFile(self.path) as archive:
            merged, formulas = Merged.read(archive, self._values[title]._worksheet_path)
        if formulas:
            self._formulas = load_workbook(self.path, read_only=True, keep_links=False)
        return merged

    def close(self) -> None:
        for book in (self._values, self._formulas):
            with suppress(AttributeError):
                book.close()

    @staticmethod
    def _read(book: Any, title: str, first: int, last: int | None) -> Iterator[tuple[int, Any]]:
        sheet = book[title]
        sheet.reset_dimensions()  # what is written there need not be so
        rows = enumerate(sheet.iter_rows(min_row=first, max_row=last), first)
        while True:
            with warnings.catch_warnings(action="ignore"):
                some = list(islice(rows, _AT_A_TIME))
            if not some:
                return
            yield from some


def _with_formulas(values: tuple[int, Any], formulas: tuple[int, Any]) -> tuple[int, Any]:
    # Where a formula gave an empty text, the kind of its value is `str`.
    return values[0], [
        f if v.value is None and f.data_type == "f" and v.data_type == "n" else v
        for v, f in zip(values[1], formulas[1], strict=True)
    ]


def _header(book: _Book, lexicon: Lexicon, report: Report) -> SheetRow | None:
    """The header of the table of cases; what else might be one is reported."""
    found: dict[str, SheetRow] = {}
    shown = [sheet.title for sheet in book.sheets if sheet.sheet_state == "visible"]
    for sheet in book.sheets:
        header = _header_of(book, sheet.title, lexicon)
        if header is not None:
            found[sheet.title] = header
    named = [title for title in SHEETS if title in shown]
    chosen = next((title for title in [*named, *shown] if title in found or title in named), None)
    others = [title for title in found if title != chosen]
    if chosen is None:
        hidden = "、".join(others), ", ".join(f"`{title}`" for title in others)
        seen = "、".join(shown), ", ".join(f"`{title}`" for title in shown)
        report.add(
            "RK195",
            Place(book.path),
            seen=Text(f"有案件表的“{hidden[0]}”是隐藏的", f"{hidden[1]}, which has one, is hidden")
            if others
            else Text(
                f"“{seen[0]}”的前{HEADER_WITHIN}行都不是表头",
                f"none of the first {HEADER_WITHIN} rows of {seen[1]} is a header",
            ),
        )
        return None
    for title in others:
        hidden_said = Text("", "") if title in shown else Text("（隐藏的）", " (hidden)")
        report.add("RK196", found[title].place(), read=chosen, other=title, hidden=hidden_said)
    if chosen in found:
        return found[chosen]
    first = next((row for row in _texts(book, chosen, HEADER_WITHIN) if any(row.cells)), None)
    if first is None:
        report.add("RK113", Place(book.path, 1, 1, chosen))
    return first


def _header_of(book: _Book, title: str, lexicon: Lexicon) -> SheetRow | None:
    return next((row for row in _texts(book, title, HEADER_WITHIN) if names_facts(row.cells, lexicon)), None)


def _texts(book: _Book, title: str, last: int) -> Iterator[SheetRow]:
    for number, cells in book.rows(title, 1, last):
        yield SheetRow(book.path, title, number, *_cells(cells))


def _rows(header: SheetRow, width: int, report: Report) -> Iterator[SheetRow]:
    """The rows under a header; blank ones are passed over and, if others follow, reported."""
    book = _Book(header.path)
    blanks: list[int] = []
    passed: list[int] = []
    number = header.number
    try:
        with closing(book):
            merged = book.merged(header.sheet)
            for number, found in book.rows(header.sheet, header.number + 1):
                if number > MOST_ROWS:
                    raise ValueError(number)
                cells, wrong = _cells(found)
                if not (wrong or any(cell.strip() for cell in cells)):
                    blanks.append(number)
                    continue
                passed += blanks
                blanks.clear()
                cells += [""] * (width - len(cells))
                covered = merged.covering(number)
                wrong |= {i: ("RK197", r.said) for r in covered for i in r.covered(number, width)}
                yield SheetRow(header.path, header.sheet, number, cells, wrong)
    except Exception:
        said = Text(f"第 {number} 行之后{_DAMAGED.zh}", f"after row {number} {_DAMAGED.en}")
        report.add("RK194", Place(header.path, number, 1, header.sheet), reason=said)
    if passed:
        place = Place(header.path, passed[0], 1, header.sheet)
        report.add("RK199", place, rows=len(passed), first=passed[0])


def _cells(found: Any) -> tuple[list[str], dict[int, Wrong]]:
    """What cells say, and what is wrong with some."""
    cells: list[str] = []
    wrong: dict[int, Wrong] = {}
    for index, cell in enumerate(found):
        said = _said(cell)
        if isinstance(said, str):
            cells.append(said)
        else:
            cells.append("")
            wrong[index] = said
    return cells, wrong


def _said(cell: Any) -> str | Wrong:
    """What one cell says."""
    value = cell.value
    if value is None:
        return ""
    if cell.data_type == "f":
        return _no_result(value)
    if isinstance(value, str):
        return _of_text(value, cell.data_type)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return _of_number(value, cell.number_format)
    if isinstance(value, datetime) and value.time() == datetime.min.time():
        value = value.date()
    return str(value)


def _of_text(text: str, kind: str) -> str | Wrong:
    if kind == "e":
        return "RK198", {"reason": Text(f"是错误值 {text}", f"it is the error {text}")}
    found = CONTROL.search(text)
    return text if found is None else ("RK107", {"char": f"U+{ord(found.group()):04X}"})


def _of_number(number: float, shape: str) -> str | Wrong:
    if abs(number) >= _MOST_DIGITS:
        said = Text(
            "数字超过 15 位，Excel 已丢失末尾几位", "it has more than 15 digits, of which Excel has lost the last"
        )
        return "RK198", {"reason": said}
    if number != int(number):
        return str(number)
    whole = str(int(number))
    return whole.zfill(len(shape)) if _ZEROS.fullmatch(shape) else whole


def _no_result(formula: object) -> Wrong:
    word = formula if isinstance(formula, str) else "="
    return "RK198", {
        "reason": Text(f"公式 {word[:40]} 的结果没有存在文件中", f"the result of the formula {word[:40]} is not stored")
    }
