"""Which ids were met before, among millions, in a bounded room."""

from __future__ import annotations

import os
from typing import Any, NamedTuple

import numpy as np
import polars as pl
from numpy.typing import NDArray

from reformkit.problem import Place, Problem
from reformkit.reading.report import line_said
from reformkit.text import Text

MOST = 1 << 22
"""Ids that are remembered: 64 MB with their places."""

_FILE = 40  # bits below the number of a file


class Met(NamedTuple):
    """An id that was met before: its row now, and the file and line where it was first."""

    row: int
    file: int
    line: int


def repeated_id(id: str, place: Place, met: Met, file: str | os.PathLike[str] | None) -> Problem:
    """What is wrong with a case whose id was met before, in another `file` if one is named."""
    first = line_said(met.line)
    if file is not None:
        first = Text(f" {os.fspath(file)} {first.zh}", f"{first.en} of {os.fspath(file)}")
    return Problem("RK172", place, {"word": id, "first": first})


class SeenIds:
    """Remembers ids by 64-bit hashes with the place of each, until `MOST` are held; later ones are then only looked up.

    Hashes lie sorted in arrays each more than twice as long as the next, so that taking ids in costs little.
    """

    def __init__(self) -> None:
        self._arrays: list[NDArray[Any]] = []
        self.held = 0

    @property
    def is_full(self) -> bool:
        """Whether no more ids are taken in."""
        return self.held >= MOST

    def repeated(self, ids: pl.Series, lines: NDArray[np.int64], file: int) -> list[Met]:
        """Of some ids (null: no id) with their lines in a file those that were met before; the others are taken in."""
        rows = np.flatnonzero(ids.is_not_null().to_numpy())
        hashes = ids.hash(seed=1).to_numpy()[rows]
        places = (np.uint64(file) << np.uint64(_FILE)) | lines[rows].astype(np.uint64)
        order = np.argsort(hashes, kind="stable")
        hashes, places, rows = hashes[order], places[order], rows[order]
        is_first = np.ones(len(rows), dtype=np.bool_)
        is_first[1:] = hashes[1:] != hashes[:-1]
        first = places[is_first][np.cumsum(is_first) - 1]
        is_new = np.ones(len(rows), dtype=np.bool_)
        for array in self._arrays:
            at = np.minimum(np.searchsorted(array["hash"], hashes), len(array) - 1)
            known = array["hash"][at] == hashes
            first[known] = array["place"][at[known]]
            is_new &= ~known
        self._take_in(hashes[is_new & is_first], places[is_new & is_first])
        again = np.flatnonzero(~(is_new & is_first))
        mask = (1 << _FILE) - 1
        found = [Met(int(rows[i]), int(first[i]) >> _FILE, int(first[i]) & mask) for i in again]
        return sorted(found)

    def _take_in(self, hashes: NDArray[np.uint64], places: NDArray[np.uint64]) -> None:
        room = MOST - self.held
        new = np.empty(min(len(hashes), room), dtype=[("hash", np.uint64), ("place", np.uint64)])
        if not len(new):
            return
        new["hash"], new["place"] = hashes[: len(new)], places[: len(new)]
        self.held += len(new)
        while self._arrays and len(self._arrays[-1]) <= 2 * len(new):
            both = np.concatenate((self._arrays.pop(), new))
            new = both[np.argsort(both["hash"], kind="stable")]
        self._arrays.append(new)
