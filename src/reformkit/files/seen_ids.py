"""Which ids were met before, among millions, in a bounded room."""

from __future__ import annotations

import os
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
import polars as pl
from numpy.typing import NDArray

from reformkit.columns.keys import keyed
from reformkit.intake.identifying import clash, id_problem
from reformkit.parsing.report import line_said
from reformkit.problem import Place, Problem
from reformkit.text import Text

_IN_FILE = Text(" {file} {first}", "{first} of {file}")

MOST = 1 << 21
"""Ids that are remembered: 32 MB with their places."""

_FILE = 40  # bits below the number of a file
_PARTS = 16
_EDGES = np.arange(1, _PARTS, dtype=np.uint64) << np.uint64(60)
_ENTRY = np.dtype([("hash", np.uint64), ("place", np.uint64)])


class Met(NamedTuple):
    """An id that was met before: its row now, the file and line where it was first, and how it was written there."""

    row: int
    file: int
    line: int
    id: str


def repeated_id(id: str, place: Place, met: Met, file: str | os.PathLike[str] | None) -> Problem:
    """What is wrong with a case whose id was met before, in another `file` if one is named."""
    first = line_said(met.line)
    if file is not None:
        first = _IN_FILE.fill(file=os.fspath(file), first=first)
    return id_problem(clash(id, met.id, first), place)


class SeenIds:
    """Remembers ids, as they are compared, by 64-bit hashes with the place of each, until `MOST` are held; later ones are then only looked up.

    Hashes are kept apart by their first bits, so that little is moved at a time. Those of one part lie sorted in arrays
    each more than twice as long as the next, so that taking ids in costs little.
    """

    def __init__(self) -> None:
        self._parts: list[list[NDArray[Any]]] = [[] for _ in range(_PARTS)]
        self._odd: dict[str, str] = {}  # those that were first written otherwise than they are compared
        self.held = 0

    @property
    def is_full(self) -> bool:
        """Whether no more ids are taken in."""
        return self.held >= MOST

    def repeated(self, ids: pl.Series, lines: NDArray[np.int64], file: int) -> list[Met]:
        """Of some ids (null: no id) with their lines in a file those that were met before; the others are taken in."""
        rows = np.flatnonzero(ids.is_not_null().to_numpy())
        entries = np.empty(len(rows), dtype=_ENTRY)
        keys = keyed(ids)
        entries["hash"] = keys.hash(seed=1).to_numpy()[rows]
        entries["place"] = (np.uint64(file) << np.uint64(_FILE)) | lines[rows].astype(np.uint64)
        order = np.argsort(entries["hash"], kind="stable")
        entries, rows = entries[order], rows[order]
        ends = [*np.searchsorted(entries["hash"], _EDGES).tolist(), len(rows)]
        mask = (1 << _FILE) - 1
        found = []
        for part, (start, end) in zip(self._parts, pairwise([0, *ends]), strict=True):
            again, first = self._look(part, entries[start:end])
            for row, place in zip(rows[start:end][again].tolist(), first[again].tolist(), strict=True):
                found.append(Met(row, place >> _FILE, place & mask, keys[row]))
        if keys is not ids or self._odd:
            repeated = {met.row for met in found}
            for row in rows.tolist():
                if not self.is_full and row not in repeated and ids[row] != keys[row]:
                    self._odd[keys[row]] = ids[row]
            found = [met._replace(id=self._odd.get(met.id, met.id)) for met in found]
        return sorted(found)

    def _look(self, part: list[NDArray[Any]], entries: NDArray[Any]) -> tuple[NDArray[np.bool_], NDArray[np.uint64]]:
        """Which of some sorted entries were met before, and the place where each was first; the others are taken in."""
        hashes, places = entries["hash"], entries["place"]
        is_first = np.ones(len(entries), dtype=np.bool_)
        is_first[1:] = hashes[1:] != hashes[:-1]
        first = places[is_first][np.cumsum(is_first) - 1]
        is_new = is_first.copy()
        for array in part:
            at = np.minimum(np.searchsorted(array["hash"], hashes), len(array) - 1)
            known = array["hash"][at] == hashes
            first[known] = array["place"][at[known]]
            is_new &= ~known
        self._take_in(part, entries[is_new][: MOST - self.held])
        return ~is_new, first

    def _take_in(self, part: list[NDArray[Any]], new: NDArray[Any]) -> None:
        if not len(new):
            return
        self.held += len(new)
        while part and len(part[-1]) <= 2 * len(new):
            both = np.concatenate((part.pop(), new))
            new = both[np.argsort(both["hash"], kind="stable")]
        part.append(new)
