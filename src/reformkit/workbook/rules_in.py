"""The sheets of a workbook as texts with their places: every cell, what is merged, hidden or a formula."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from typing import IO

from reformkit.parsing.report import Report
from reformkit.parsing.source import is_there
from reformkit.problem import Place
from reformkit.text import Text
from reformkit.workbook.merged import MergedCells
from reformkit.workbook.no_workbooks import DAMAGED, is_text_table, no_workbook, too_large
from reformkit.workbook.parts import Sheet, TooLarge, WorkbookParts
from reformkit.workbook.saying import Saying, Wrong
from reformkit.workbook.sheet_rows import column_of, sheet_rows

_NO_SHEETS = Text(
    "它是文本（如 .csv、.yaml），不是工作簿，没有导出时的底稿",
    "it is text such as .csv or .yaml, and no workbook with a base",
)
_TOO_LONG = Text("工作表“{sheet}”超过 {most:,} 行", "the sheet `{sheet}` has more than {most:,} rows")
_UNPACKED = Text(
    "各工作表展开后共 {mb} MB，多于 {most} MB", "its sheets unpack to {mb} MB, which is more than {most} MB"
)
MOST_ROWS, MOST_SHEETS = 50_000, 300
"""Of a workbook of rules; no rulebook comes near."""
MOST_UNPACKED = 256 << 20
"""Bytes of all its sheets: a small file may unpack to very many."""


@dataclass(slots=True)
class TextRow:
    """A row of a sheet: its number, what its cells say by column (from 0), and the cells that say nothing certain."""

    number: int
    cells: dict[int, str]
    wrong: dict[int, Wrong] = field(default_factory=dict)
    formulas: dict[int, str] = field(default_factory=dict)
    is_hidden: bool = False


@dataclass(slots=True)
class TextSheet:
    """A sheet: its rows that say anything; and the ranges that are merged."""

    path: str
    title: str
    shown: bool
    rows: list[TextRow]
    merged: list[str] = field(default_factory=list)

    def place(self, row: int = 1, column: int = 0) -> Place:
        """Where a cell stands; columns count from 0."""
        return Place(self.path, row, column + 1, self.title)


def read_sheets(path: str | os.PathLike[str], report: Report, shown: str | None = None) -> list[TextSheet] | None:
    """Every sheet of a workbook, hidden ones too; None, and a problem, where it cannot be read to its end.

    `shown` is what the workbook is called in what is said.
    """
    file = os.fspath(path)
    name = file if shown is None else shown
    if not is_there(file, report):
        return None
    if is_text_table(file):
        report.add("RK872", Place(name), reason=_NO_SHEETS)
        return None
    why_not = no_workbook(file)
    if why_not is None:
        try:
            with closing(WorkbookParts(file)) as book:
                unpacked = sum(book.size(sheet.part) for sheet in book.sheets[:MOST_SHEETS])
                if unpacked > MOST_UNPACKED:
                    raise _TooLongError(_UNPACKED.fill(mb=unpacked >> 20, most=MOST_UNPACKED >> 20))
                saying = Saying(book.texts(), book.formats(), book.from_1904, False)
                return [_read(name, sheet, book, saying) for sheet in book.sheets[:MOST_SHEETS]]
        except TooLarge as error:
            why_not = too_large(error.bytes)
        except _TooLongError as error:
            why_not = error.said
        except Exception:  # the parsers of zip and XML each have their own
            why_not = DAMAGED
    report.add("RK194", Place(name), reason=why_not)
    return None


class _TooLongError(Exception):
    """There is more in a workbook than in any of rules; `said` says of what."""

    def __init__(self, said: Text) -> None:
        super().__init__(said)
        self.said = said


def _read(path: str, sheet: Sheet, book: WorkbookParts, saying: Saying) -> TextSheet:
    with book.open(sheet.part) as file:
        merged = [area.name for area in MergedCells.read(file).all]
    with book.open(sheet.part) as file:
        return TextSheet(path, sheet.title, sheet.shown, list(_rows(file, saying, sheet.title)), merged)


def _rows(file: IO[bytes], saying: Saying, title: str) -> Iterator[TextRow]:
    taken = 0
    for number, stored, is_hidden in sheet_rows(file):
        words, wrong = saying.row(stored, None)
        cells = {column: word for column, word in enumerate(words) if word.strip()}
        formulas = {column_of(letters) - 1: formula for letters, _, _, formula, _ in stored if formula}
        if cells or wrong:
            taken += 1
            if taken > MOST_ROWS:
                raise _TooLongError(_TOO_LONG.fill(sheet=title, most=MOST_ROWS))
            of_cells = {column: said for column, said in formulas.items() if column in cells}
            yield TextRow(number, cells, wrong, of_cells, is_hidden)
