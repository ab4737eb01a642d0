"""Merged cells of a sheet: only the first of a range holds anything."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator
from typing import IO, Any, NamedTuple
from zipfile import ZipFile

_CHUNK, _OVERLAP = 1 << 20, 256
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell [^>]{0,80}?ref="([A-Z]{1,3})([0-9]{1,7}):([A-Z]{1,3})([0-9]{1,7})"')
_FORMULA = re.compile(rb"<(?:\w+:)?f[ >]")


class Range(NamedTuple):
    """A merged range; rows and columns count from 1."""

    top: int
    left: int
    bottom: int
    right: int
    name: str

    def covered(self, row: int, width: int) -> range:
        """The cells of a row (from 0, of the first `width`) that hold nothing because they are merged."""
        return range(self.left if row == self.top else self.left - 1, min(self.right, width))

    @property
    def said(self) -> dict[str, Any]:
        """The range and its first cell, as a problem names them."""
        return {"range": self.name, "first": self.name.partition(":")[0]}


class Merged:
    """The merged ranges of a sheet, asked for row after row."""

    def __init__(self, ranges: set[Range]) -> None:
        self._coming = deque(sorted(ranges))
        self._here: list[Range] = []

    @classmethod
    def read(cls, archive: ZipFile, part: str) -> tuple[Merged, bool]:
        """The ranges of the sheet that is a part of a workbook, and whether it has formulas.

        Ranges stand behind all rows and are wanted before the first, so the part is looked through for both.
        """
        ranges: set[Range] = set()
        formulas = False
        with archive.open(part) as file:
            for chunk in contents(file):
                formulas = formulas or _FORMULA.search(chunk) is not None
                if b"mergeCell " in chunk:
                    ranges |= {_range(*found.groups()) for found in _MERGED.finditer(chunk)}
        return cls(ranges), formulas

    def covering(self, row: int) -> list[Range]:
        """The ranges that a row lies in; rows are asked for from the top."""
        while self._coming and self._coming[0].top <= row:
            self._here.append(self._coming.popleft())
        self._here = [found for found in self._here if found.bottom >= row]
        return self._here


def contents(file: IO[bytes]) -> Iterator[bytes]:
    """What a file holds, piece by piece; each begins with the end of the one before."""
    before = b""
    while chunk := file.read(_CHUNK):
        yield before + chunk
        before = (before + chunk)[-_OVERLAP:]


def _range(left: bytes, top: bytes, right: bytes, bottom: bytes) -> Range:
    name = b"%s%s:%s%s" % (left, top, right, bottom)
    return Range(int(top), _column(left), int(bottom), _column(right), name.decode())


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
