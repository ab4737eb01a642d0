"""Merged cells of a sheet: only the first of a range holds anything."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator
from typing import IO, Any, NamedTuple

from reformkit.workbook.sheet_rows import column_of

_CHUNK, _OVERLAP = 1 << 20, 256
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell [^>]{0,80}?ref="([A-Z]{1,3})([0-9]{1,7}):([A-Z]{1,3})([0-9]{1,7})"')

MOST_RANGES = 1 << 18
"""Ranges of a sheet that are held."""


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


class MergedCells:
    """The merged ranges of a sheet, asked for row after row."""

    def __init__(self, ranges: set[Range]) -> None:
        self._coming = deque(sorted(ranges))
        self._here: list[Range] = []

    @property
    def all(self) -> tuple[Range, ...]:
        """The ranges not yet passed, from the top."""
        return tuple(self._coming)

    @classmethod
    def read(cls, file: IO[bytes]) -> MergedCells:
        """The ranges of a sheet.

        They stand behind all rows and are wanted before the first, so the part is looked through for them.
        """
        ranges: set[Range] = set()
        for chunk in contents(file):
            if b"mergeCell " in chunk:
                ranges |= {_range(*match.groups()) for match in _MERGED.finditer(chunk)}
                if len(ranges) > MOST_RANGES:
                    raise ValueError("more merged ranges than any sheet has")
        return cls(ranges)

    def covering(self, row: int, width: int) -> list[Range]:
        """The ranges in the first `width` columns that a row lies in; rows are asked for from the top.

        Raises ValueError where two overlap, as they do in no sheet.
        """
        self._here = [area for area in self._here if area.bottom >= row]
        while self._coming and self._coming[0].top <= row:
            coming = self._coming.popleft()
            if coming.bottom < row or coming.left > width:
                continue
            if any(coming.left <= other.right and other.left <= coming.right for other in self._here):
                raise ValueError("merged ranges overlap")
            self._here.append(coming)
        return self._here


def contents(file: IO[bytes]) -> Iterator[bytes]:
    """What a file holds, piece by piece; each begins with the end of the one before."""
    before = b""
    while chunk := file.read(_CHUNK):
        yield before + chunk
        before = (before + chunk)[-_OVERLAP:]


def _range(left: bytes, top: bytes, right: bytes, bottom: bytes) -> Range:
    name = b"%s%s:%s%s" % (left, top, right, bottom)
    return Range(int(top), column_of(left.decode()), int(bottom), column_of(right.decode()), name.decode())
