"""A workbook's parts, as far as cases need them: which sheets there are, their shared texts, their number formats.

What a workbook holds beside (fonts, fills, names, authors, drawings) is never looked at, so none of it can be wrong.
WorkbookParts are read by expat, in pieces; no entity is ever expanded, and what is held has bounds.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from itertools import count
from posixpath import basename, dirname, join, normpath
from typing import IO, NamedTuple
from xml.parsers import expat
from zipfile import ZipFile

from reformkit.workbook.number_formats import PLAIN, NumberFormat, format_of

MOST_IN_CELL = 1 << 17
"""Characters of a cell, as in a CSV; Excel writes a quarter of it at most."""

MOST_HELD = 512 << 20
"""Bytes of texts and styles, unpacked."""

_PIECE = 1 << 17
_MOST_TOKEN = 1 << 22  # bytes of one tag; Excel's have some hundred
_MOST_DEEP = 100
_MOST_FORMATS = 1 << 17  # Excel has 64,000
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")

Start = Callable[[str, dict[str, str]], object]
End = Callable[[str], object]
Data = Callable[[str], object]


class Sheet(NamedTuple):
    """A sheet of cells: its title, whether it is shown, and its part."""

    title: str
    shown: bool
    part: str


class TooLarge(ValueError):
    """What would have to be held is larger than any workbook needs; `bytes` says how large."""

    def __init__(self, size: int) -> None:
        super().__init__(f"{size} bytes")
        self.bytes = size


class WorkbookParts:
    """A workbook that is open. Raises any error of zip or XML where it is damaged, `TooLarge` where it is too large."""

    def __init__(self, path: str) -> None:
        self._zip = ZipFile(path)
        try:
            self._names = {_plain(info.filename): info for info in self._zip.infolist()}
            main = next(iter(self._related("", "/officeDocument")), "xl/workbook.xml")
            self.sheets: list[Sheet] = []
            self.from_1904 = False
            self._read_main(main)
            self._texts = self._one(main, "/sharedStrings", "xl/sharedStrings.xml")
            self._styles = self._one(main, "/styles", "xl/styles.xml")
            held = sum(self.size(part) for part in (main, self._texts, self._styles) if part is not None)
            if held > MOST_HELD:
                raise TooLarge(held)
        except BaseException:
            self._zip.close()
            raise

    def close(self) -> None:
        """Let go of the file."""
        self._zip.close()

    def open(self, part: str) -> IO[bytes]:
        """A part, to be read piece by piece."""
        return self._zip.open(self._names[_plain(part)])

    def texts(self) -> list[str]:
        """The texts that cells share, in order."""
        texts: list[str] = []
        held: list[str] = []
        length = 0
        inside = {"t": 0, "rPh": 0}  # readings above Chinese characters are no text of the cell

        def start(name: str, _: Mapping[str, str]) -> None:
            nonlocal length
            if name == "si":
                held.clear()
                length = 0
            elif name in inside:
                inside[name] += 1

        def end(name: str) -> None:
            if name == "si":
                texts.append(unescaped("".join(held)))
            elif name in inside:
                inside[name] -= 1

        def data(text: str) -> None:
            nonlocal length
            if inside["t"] and not inside["rPh"] and length <= MOST_IN_CELL:
                held.append(text)
                length += len(text)

        if self._texts is not None:
            self._parse(self._texts, start, end, data)
        return texts

    def formats(self) -> list[NumberFormat]:
        """What the number format of each style makes of a number."""
        codes: dict[str, str] = {}
        formats: list[str] = []
        within: list[str] = []

        def start(name: str, attributes: Mapping[str, str]) -> None:
            if name == "numFmt":
                codes[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")
            elif name == "xf" and within[-1:] == ["cellXfs"]:
                formats.append(attributes.get("numFmtId", "0"))
            within.append(name)
            if len(formats) > _MOST_FORMATS or len(codes) > _MOST_FORMATS:
                raise ValueError("more styles than any workbook has")

        def end(_: str) -> None:
            within.pop()

        if self._styles is not None:
            self._parse(self._styles, start, end)
        known: dict[str, NumberFormat] = {}
        for number in dict.fromkeys(formats):
            known[number] = format_of(int(number) if number.isdecimal() else 0, codes.get(number))
        return [known.get(number, PLAIN) for number in formats]

    def _read_main(self, main: str) -> None:
        parts = {key: self._at(main, target) for key, (kind, target) in self._relations(main).items() if kind.endswith("/worksheet")}  # fmt: skip

        def start(name: str, attributes: Mapping[str, str]) -> None:
            if name == "sheet":
                key = next((value for label, value in attributes.items() if label.endswith(":id")), "")
                if key in parts:  # else a sheet of charts or macros
                    shown = attributes.get("state", "visible") == "visible"
                    self.sheets.append(Sheet(attributes["name"], shown, parts[key]))
            elif name == "workbookPr":
                self.from_1904 = attributes.get("date1904") in ("1", "true", "on")

        self._parse(main, start)
        if not self.sheets:
            raise ValueError("no sheet")

    def _one(self, main: str, kind: str, usual: str) -> str | None:
        found = next(iter(self._related(main, kind)), usual)
        return found if _plain(found) in self._names else None

    def _related(self, part: str, kind: str) -> list[str]:
        return [self._at(part, target) for found, target in self._relations(part).values() if found.endswith(kind)]

    def _relations(self, part: str) -> dict[str, tuple[str, str]]:
        """Kind and target of what a part (or, with no name, the workbook) names, by the keys by which it is named."""
        by_id: dict[str, tuple[str, str]] = {}
        numbers = count()

        def start(name: str, attributes: Mapping[str, str]) -> None:
            if name == "Relationship" and "Target" in attributes:
                key = attributes.get("Id", str(next(numbers)))
                by_id[key] = attributes.get("Type", ""), attributes["Target"]

        beside = join(dirname(part), "_rels", f"{basename(part)}.rels")
        if _plain(beside) in self._names:
            self._parse(beside, start)
        return by_id

    def _at(self, part: str, target: str) -> str:
        return target.lstrip("/") if target.startswith("/") else normpath(join(dirname(part), target))

    def size(self, part: str) -> int:
        """The bytes of a part once it is unpacked, of which no more are given."""
        return self._names[_plain(part)].file_size

    def _parse(self, part: str, start: Start, end: End | None = None, data: Data | None = None) -> None:
        if self.size(part) > MOST_HELD:
            raise TooLarge(self.size(part))
        parser = Parser(start, end, data)
        with self.open(part) as file:
            while piece := file.read(_PIECE):
                parser.feed(piece)
        parser.close()


class Parser:
    """Parses a part piece by piece, calling back with local names.

    Raises ValueError for a document type (with it would come entities), for tags too large or too deep.
    """

    def __init__(self, start: Start, end: End | None = None, data: Data | None = None) -> None:
        self._expat = expat.ParserCreate()
        self._expat.buffer_text = True
        self._expat.StartElementHandler, self._expat.EndElementHandler = self._begin, self._finish
        self._expat.StartDoctypeDeclHandler = _refuse
        self._expat.XmlDeclHandler = self._declared
        if data is not None:
            self._expat.CharacterDataHandler = data
        self._start, self._end = start, end
        self._depth = self._fed = 0
        self.is_utf8 = True

    def feed(self, piece: bytes) -> None:
        """Parse what comes next."""
        self._expat.Parse(piece, False)
        self._fed += len(piece)
        if self._fed - self._expat.CurrentByteIndex > _MOST_TOKEN:
            raise ValueError("a tag too large")

    def close(self) -> None:
        """Say that this was all. Raises ExpatError where something is still open."""
        self._expat.Parse(b"", True)

    def _begin(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > _MOST_DEEP:
            raise ValueError("nested too deeply")
        self._start(name.rpartition(":")[2] if ":" in name else name, attributes)

    def _finish(self, name: str) -> None:
        self._depth -= 1
        if self._end is not None:
            self._end(name.rpartition(":")[2] if ":" in name else name)

    def _declared(self, version: str, encoding: str | None, standalone: int) -> None:
        self.is_utf8 = encoding is None or encoding.lower() == "utf-8"


def unescaped(text: str) -> str:
    """A text as it was typed: what XML cannot hold stands in it as `_x000D_`."""
    if "_x" in text:
        text = _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)
    return text.replace("\r\n", "\n") if "\r" in text else text


def _refuse(*_: object) -> None:
    raise ValueError("a document type, which no workbook has")


def _plain(name: str) -> str:
    """The name of a part as others write it: with other slashes, or in other case."""
    return name.replace("\\", "/").lstrip("/").lower()
