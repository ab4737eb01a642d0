"""Workbooks written row by row: real dates and numbers, and text that stays text."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from datetime import date
from tempfile import TemporaryDirectory
from typing import Any, BinaryIO

from xlsxwriter import Workbook  # type: ignore[import-untyped]
from xlsxwriter.exceptions import XlsxWriterException  # type: ignore[import-untyped]

from reformkit.problem import WrongUse
from reformkit.text import Text, width_of
from reformkit.workbook.cells import FIRST_DAY, Cell

_TOO_MANY_ROWS = Text(
    "工作表“{name}”超过 Excel 的上限 {most:,} 行；改写为 .csv 或 .parquet，或分几次研判",
    "the sheet `{name}` would have more than the {most:,} rows that Excel can hold; write .csv or .parquet, or assess the cases in parts",
)
_CELL_OF = Text("“{id}”的“{head}”", "`{head}` of `{id}`")
_CELL_TOO_LONG = Text(
    "工作表“{sheet}”中{cell}超过 Excel 一格 {most:,} 个字符的上限；改写为 .csv 或 .jsonl",
    "on the sheet `{sheet}`, {cell} has more than the {most:,} characters that a cell of Excel can hold; write .csv or .jsonl",
)

MOST_ROWS, MOST_CHARACTERS = 1_048_576, 32_767
"""What Excel can hold: rows of a sheet, the header among them, and characters of a cell."""

_NARROWEST, _WIDEST = 8, 60
_BESIDE = 20
"""The widest column beside the first of a sheet without heads: it holds the numbers of several tables."""
_A4 = 9
_LINE, _LOST = 15, 3
"""Points of a line, and columns that are lost at its end because a character does not fit."""


class WorkbookFile:
    """A workbook with a sheet for each mapping of heads; whole when the `with` block ends well.

    A sheet that is `free` has a title instead of heads, rows of any length and no filter.
    Rows go to disk as they come (to the folder for temporary files) and are packed at the end.
    """

    def __init__(self, file: BinaryIO, heads: Mapping[str, Sequence[str]], free: Collection[str] = ()) -> None:
        self._folder = TemporaryDirectory()
        self._file = _Until(file)
        self._book = Workbook(
            self._file,
            {
                "constant_memory": True,
                "tmpdir": self._folder.name,
                "strings_to_formulas": False,
                "strings_to_numbers": False,
                "strings_to_urls": False,
            },
        )
        self._free = frozenset(free)
        self._head = head = self._book.add_format(
            {"bold": True, "bg_color": "#DDEBF7", "text_wrap": True, "valign": "top"}
        )
        self._text = self._book.add_format({"text_wrap": True, "valign": "top"})
        self._beside = self._book.add_format({"align": "left", "valign": "top"})
        self._day = self._book.add_format({"num_format": "yyyy-mm-dd", "align": "left", "valign": "top"})
        self._sheets = {name: _Sheet(self._book.add_worksheet(name), list(row)) for name, row in heads.items()}
        for sheet in self._sheets.values():
            for column, words in enumerate(sheet.heads):
                sheet.page.write_string(0, column, words, head)

    def add(self, name: str, row: Sequence[Cell], *, head: bool = False) -> None:
        """Add a row to a sheet, as heads if it is a `head`. Raises `WrongUse` where Excel could not hold it."""
        sheet = self._sheets[name]
        check_rows(name, sheet.rows + 1)
        if name in self._free:
            sheet.make_room(len(row))
            sheet.page.set_row(
                sheet.rows, _LINE * max((_lines(cell, column) for column, cell in enumerate(row)), default=1)
            )
        for column, cell in enumerate(row):
            if cell is None or cell == "":
                continue
            if isinstance(cell, date) and cell >= FIRST_DAY:
                sheet.page.write_datetime(sheet.rows, column, cell, self._day)
                sheet.widen(column, 10)
            elif isinstance(cell, int):
                sheet.page.write_number(sheet.rows, column, cell, self._beside if name in self._free else self._text)
            else:
                words = str(cell)
                _check_length(words, name, str(row[0]), sheet.heads[column])
                sheet.page.write_string(sheet.rows, column, words, self._head if head else self._text)
                sheet.widen(column, max(map(width_of, words.splitlines()), default=0))
        sheet.rows += 1

    def __enter__(self) -> WorkbookFile:
        return self

    def __exit__(self, kind: type[BaseException] | None, *error: object) -> None:
        try:
            if kind is None:
                self._finish()
            else:
                with suppress(Exception):  # what is written now is thrown away
                    self._book.close()
        finally:
            self._file.over = True
            self._folder.cleanup()

    def _finish(self) -> None:
        for name, sheet in self._sheets.items():
            if name in self._free:
                sheet.page.freeze_panes(1, 0)
            else:
                sheet.page.freeze_panes(1, 1)
                sheet.page.autofilter(0, 0, max(1, sheet.rows - 1), len(sheet.heads) - 1)
            sheet.page.set_landscape()
            sheet.page.set_paper(_A4)
            sheet.page.fit_to_pages(1, 0)  # as wide as the paper, as long as it needs
            sheet.page.repeat_rows(0)
            sheet.page.set_footer("&C&P / &N")
            for column, width in enumerate(sheet.widths):
                widest = _BESIDE if column and name in self._free else _WIDEST
                sheet.page.set_column(column, column, min(max(width + 2, _NARROWEST), widest))
        try:
            self._book.close()
        except XlsxWriterException as error:
            cause = error.args[0] if error.args else error
            raise cause if isinstance(cause, OSError) else error from error


def _lines(cell: Cell, column: int) -> int:
    """How many lines the words of a cell take on a sheet without heads."""
    return -(-width_of(str(cell)) // ((_BESIDE if column else _WIDEST) - _LOST)) or 1


class _Until:
    """A file until it is over: what is left of an archive that could not be packed would write to it when forgotten."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.over = False
        self._place = 0

    def write(self, data: bytes) -> int:
        self._place += len(data)
        return len(data) if self.over else self._file.write(data)

    def seek(self, place: int, whence: int = 0) -> int:
        self._place = place if self.over else self._file.seek(place, whence)
        return self._place

    def tell(self) -> int:
        return self._place

    def flush(self) -> None:
        if not self.over:
            self._file.flush()


class _Sheet:
    def __init__(self, page: Any, heads: list[str]) -> None:
        self.page = page
        self.heads = heads
        self.rows = 1
        self.widths = [width_of(head) + 2 for head in heads]  # the arrow of the filter stands in it

    def make_room(self, columns: int) -> None:
        """Let the sheet have so many columns."""
        more = columns - len(self.heads)
        self.heads += [""] * more
        self.widths += [0] * more

    def widen(self, column: int, width: int) -> None:
        self.widths[column] = max(self.widths[column], width)


def check_rows(name: str, rows: int) -> None:
    """Raise `WrongUse` for a sheet that would have more rows, the header among them, than Excel can hold."""
    if rows > MOST_ROWS:
        raise WrongUse(_TOO_MANY_ROWS.fill(name=name, most=MOST_ROWS))


def _check_length(words: str, sheet: str, id: str, head: str) -> None:
    if len(words.encode("utf-16-le")) > 2 * MOST_CHARACTERS:
        said = _CELL_OF.fill(id=id, head=head)
        raise WrongUse(_CELL_TOO_LONG.fill(sheet=sheet, cell=said, most=MOST_CHARACTERS))
