"""The rows of a sheet, as it stands in its part: what each cell that is not blank holds.

Most rows of most sheets are written in one way, by Excel, WPS and every library. A row that is written so to the last
character is read by one regular expression; expat is given all else, the frame of the sheet included, so that what is
no XML is still found. Cells that have a format only are left out before: there may be millions, and they say nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import IO

from reformkit.workbook.parts import MOST_IN_CELL, Parser

MOST_ROWS = 1_048_576
"""No sheet has more rows; where one claims to, its numbers are damaged."""

Stored = tuple[str, str, str, str | None, str | None]
"""A cell as it is stored: the letters of its column, style, kind, formula and value.

Kind and style are empty where they are not said. Formula and value are None where there is none; but an empty text
where the cell is written plainly. A text too long for any cell is cut after a character too many.
"""

SheetCells = tuple[int, list[Stored], bool]
"""A row: its number, its cells, and whether it is hidden, by hand or by a filter."""

_PIECE = 1 << 17
_MOST_AHEAD = 8 * _PIECE  # bytes without a whole row
_FORMAT_ONLY = re.compile('<c r="[A-Z]{1,3}[0-9]{1,7}"(?: s="[0-9]{1,7}")?(?: t="[a-zA-Z]{1,9}")? ?(?:/>|></c>)')
_ATTRIBUTES = r'(?: [A-Za-z][A-Za-z0-9:]{0,30}="[^"<>&\x00-\x1f]*")* ?'
_NO_CELLS = re.compile(rf'(?<=</row>)(?:<row r="[0-9]{{1,7}}"{_ATTRIBUTES}(?:/>|>\s*</row>))+')
_COUNTED = re.compile('<(?:c|row)(?! r=")[ />]')  # without a place of its own: it follows the one before
_TEXT = r"[^<>&\x00-\x08\x0b-\x1f]"
_CELL = (
    '<c r="{0}[A-Z]{{1,3}}{1}[0-9]{{1,7}}"(?: s="{0}[0-9]{{1,7}}{1}")?(?: t="{0}(?:s|n|b|e|str|d){1}")?>'
    f"(?:<f[^<>&]*>{{0}}{_TEXT}+{{1}}</f>)?<v>{{0}}{_TEXT}*{{1}}</v></c>"
)
_CELLS = re.compile(_CELL.format("(", ")"))
_ROW = re.compile(rf'<row r="([0-9]{{1,7}})"({_ATTRIBUTES})>((?:{_CELL.format("", "")})*)</row>')
_HIDDEN = re.compile(r'\shidden="(?:1|true)"')
_PLACE = re.compile("([A-Z]{1,3})([0-9]{1,7})")


def sheet_rows(file: IO[bytes], hidden_columns: list[range] | None = None) -> Iterator[SheetCells]:
    """Each row that has cells with a value or formula, from the top; the columns (from 0) that are hidden are put into
    `hidden_columns` before the first.

    Raises ValueError, or an error of zip or XML, where the sheet is damaged: rows or columns that stand twice, go
    back, or lie beyond what any sheet has.
    """
    reader = _SheetReader([] if hidden_columns is None else hidden_columns)
    parser = Parser(reader.start, reader.end, reader.data)
    kept, is_plain = b"", True
    while piece := file.read(_PIECE):
        data = kept + piece
        is_plain = is_plain and b"<!" not in data  # in a comment may stand what only looks like a row
        end = data.rfind(b"</row>") + len("</row>")
        if end < len("</row>"):
            end = 0 if is_plain and len(data) < _MOST_AHEAD else len(data)
        data, kept = data[:end], data[end:]
        if is_plain and parser.is_utf8:
            _read_plain(data.decode(), reader, parser)
        else:
            parser.feed(data)
        yield from reader.rows
        reader.rows.clear()
    parser.feed(kept)
    parser.close()
    yield from reader.rows


def _read_plain(text: str, reader: _SheetReader, parser: Parser) -> None:
    """Read whole rows: those that are plain at once, what stands between by expat."""
    if ("/>" in text or "></c>" in text) and _COUNTED.search(text) is None:
        text = _NO_CELLS.sub("", _FORMAT_ONLY.sub("", text))
    at = 0
    while at < len(text):
        row = _ROW.match(text, at) if reader.is_between_rows else None
        if row is not None:
            reader.take(row)
            at = row.end()
        else:
            following = text.find("<row ", at + 1)
            following = len(text) if following < 0 else following
            parser.feed(text[at:following].encode())
            at = following


class _SheetReader:
    """Takes what expat finds in a sheet; whole rows are put into `rows`."""

    def __init__(self, hidden_columns: list[range]) -> None:
        self.rows: list[SheetCells] = []
        self._hidden_columns = hidden_columns
        self._is_hidden = False
        self.is_between_rows = False
        self._number = 0
        self._cells: list[Stored] = []
        self._column = 0
        self._kind, self._style = "n", ""
        self._text: str | None = None
        self._formula: str | None = None
        self._into = ""  # of which element text is taken: v, t, f
        self._readings = 0
        self._letters = ""

    def take(self, row: re.Match[str]) -> None:
        """A row that is written plainly."""
        self._number_row(int(row[1]))
        if cells := _CELLS.findall(row[3]):
            self.rows.append((self._number, cells, "hidden" in row[2] and _HIDDEN.search(row[2]) is not None))

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "c":
            self._begin_cell(attributes)
        elif name in ("v", "t"):
            self._into, self._text = "v", self._text or ""
        elif name == "f":
            self._into, self._formula = "f", ""
        elif name == "row":
            if not self.is_between_rows:
                raise ValueError("a row within a row, or beside the sheet's data")
            self.is_between_rows = False
            self._number_row(int(attributes["r"]) if "r" in attributes else self._number + 1)
            self._is_hidden = _is_yes(attributes.get("hidden"))
            self._column = 0
        elif name == "col" and _is_yes(attributes.get("hidden")):
            self._hide(attributes)
        elif name == "sheetData":
            self.is_between_rows = True
        elif name == "rPh":
            self._readings += 1

    def data(self, text: str) -> None:
        if self._into == "v":
            if not self._readings:
                self._text = _longer(self._text, text)
        elif self._into:
            self._formula = _longer(self._formula, text)

    def end(self, name: str) -> None:
        if name in ("v", "t", "f"):
            self._into = ""
        elif name == "c":
            if self._text is not None or self._formula is not None:
                formula = None if self._formula is None else self._formula or "…"  # a formula may be another cell's
                self._cells.append((self._letters, self._style, self._kind, formula, self._text))
        elif name == "row":
            self.is_between_rows = True
            if self._cells:
                self.rows.append((self._number, self._cells, self._is_hidden))
                self._cells = []
        elif name == "sheetData":
            self.is_between_rows = False
        elif name == "rPh":
            self._readings -= 1

    def _number_row(self, number: int) -> None:
        if number <= self._number:
            raise ValueError("rows go back")
        self._number = min(number, MOST_ROWS + 1)
        if number > MOST_ROWS:
            self.rows.append((self._number, [], False))

    def _hide(self, attributes: Mapping[str, str]) -> None:
        """Note columns that are not shown."""
        first, last = attributes.get("min", ""), attributes.get("max", "")
        if first.isdecimal() and last.isdecimal() and len(first + last) < 12:
            self._hidden_columns.append(range(int(first) - 1, int(last)))

    def _begin_cell(self, attributes: Mapping[str, str]) -> None:
        place = attributes.get("r")
        if place is None:
            self._column += 1
            self._letters = letters_of(self._column)
        else:
            match = _PLACE.fullmatch(place)
            if match is None:
                raise ValueError("no place of a cell")
            self._letters = match[1]
            self._column = column_of(self._letters)
        self._kind, self._style = attributes.get("t", ""), attributes.get("s", "")
        self._text = self._formula = None


def _is_yes(said: str | None) -> bool:
    return said in ("1", "true")


def letters_of(column: int) -> str:
    """The letters of a column that is counted from 1."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def column_of(letters: str) -> int:
    """The number of a column, counted from 1."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def _longer(held: str | None, more: str) -> str:
    held = held or ""
    return held + more[: MOST_IN_CELL + 1 - len(held)] if len(held) <= MOST_IN_CELL else held
