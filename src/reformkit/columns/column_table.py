"""Many cases through one compiled table: word after word of its masks, until each case is settled."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from reformkit.columns.at_once import at_once
from reformkit.columns.cases import Flags, Numbers, Words
from reformkit.columns.coding import Column
from reformkit.columns.distinct import distinct
from reformkit.columns.folding import Folded, fold, gather
from reformkit.columns.labels import CLASH, Labels
from reformkit.columns.living import Living
from reformkit.columns.open_cases import OpenCases, Remembered, outcomes_in
from reformkit.columns.verdicts import Verdict, VerdictNumbers, Verdicts, verdict_of
from reformkit.deciding.table import CompiledTable

CHUNK = 32_768
BATCH = 1 << 17
"""Rows that chunks left open and that are settled together."""

MOST_WORDS = 1 << 20
"""Words of masks that a chunk may hold at a time, where all of them are needed."""


class ColumnTable:
    """One compiled table over coded columns.

    `passes_on`: another decision builds on this one, so what an undetermined result leaves possible is wanted as
    well. `apart`: a number of its own for each undetermined state. `remembered`: what is kept from other frames.
    """

    def __init__(
        self, table: CompiledTable, columns: Mapping[str, Column], remembered: Remembered, passes_on: bool, apart: bool
    ) -> None:
        self.table = table
        self.folded: Folded = fold(table, columns)
        self.labels = Labels(table, self.folded.words)
        self.register = VerdictNumbers(table)
        """What the numbers of verdicts stand for."""
        self._open_cases = OpenCases(self.labels, self.folded, self.register, remembered, passes_on, apart)

    def settle(self, height: int) -> Verdicts:
        """The number of each row's verdict."""
        verdicts = np.zeros(height, dtype=np.int32)
        if not self.folded.folds:  # no rule tests anything
            verdicts[:] = self._whole(self.labels.every)[0]
            return verdicts
        first = self.table.hit == "first"
        size = CHUNK if first else max(1024, min(CHUNK, MOST_WORDS // self.folded.words))
        chunks = [slice(start, min(start + size, height)) for start in range(0, height, size)]
        left: dict[int, _Left] = {}

        def narrow(rows: slice) -> None:
            if not first:
                verdicts[rows] = self._several(rows)
                return
            cells = [f.cells(rows).astype(np.intp) for f in self.folded.folds]
            if self.folded.certain:
                verdicts[rows] = self._first_certain(cells)
            else:
                verdicts[rows], left[rows.start] = self._first_open(cells, rows)

        at_once(narrow, dict(enumerate(chunks)))
        for batch in _batches([left[start] for start in sorted(left)]):
            told = self._open_cases.by_pairs(batch.living, batch.closed, batch.unknown, few=False)
            verdicts[batch.rows] = told
            rest = batch.take(np.flatnonzero(told < 0))
            if len(rest.rows):
                every = slice(0, height)
                verdicts[rest.rows] = self._open_cases.settle(rest.living, rest.closed, every, rest.rows)
        return verdicts

    def _first_certain(self, cells: list[Numbers]) -> Verdicts:
        """Where nothing is unknown: the first box that holds."""
        folds = self.folded.folds
        verdicts = np.zeros(len(cells[0]), dtype=np.int32)
        left: Numbers | None = None
        for word in range(self.folded.words):
            may = gather([f.may[word] for f in folds], cells)
            done = may != 0
            places = _place(may & -may, word)
            if left is None:
                verdicts[done] = places[done]
            else:
                verdicts[left[done]] = places[done]
            on = np.flatnonzero(~done)
            if not len(on):
                break
            left = on if left is None else left[on]
            cells = [c[on] for c in cells]
        return verdicts

    def _first_open(self, cells: list[Numbers], rows: slice) -> tuple[Verdicts, _Left]:
        """Where facts are unknown: the first box that may hold, if it is sure; else all up to the first sure one
        stay open. What pairs of these do not settle is left."""
        folds, whole = self.folded.folds, cells
        height = len(cells[0])
        verdicts = np.zeros(height, dtype=np.int32)
        left = np.arange(height)
        open_ = np.zeros(height, dtype=np.bool_)  # of the rows left: some box may hold, none surely
        closed = np.zeros(height, dtype=np.bool_)
        entries: list[tuple[Numbers, int, NDArray[np.uint64]]] = []
        for word in range(self.folded.words):
            may = gather([f.may[word] for f in folds], cells)
            must = gather([f.must[word] for f in folds], cells)
            lowest, sure = may & -may, must & -must
            done = (lowest == sure) & (may != 0) & ~open_
            verdicts[left[done]] = _place(lowest[done], word)
            unsettled = np.flatnonzero((may != 0) & ~done)
            upto = sure[unsettled]
            bits = np.where(upto != 0, may[unsettled] & (upto | (upto - np.uint64(1))), may[unsettled])
            entries.append((left[unsettled], word, bits))
            closed[left[unsettled[upto != 0]]] = True
            open_[unsettled] = True
            on = np.flatnonzero((sure == 0) & ~done)
            if not len(on):
                break
            left, open_ = left[on], open_[on]
            cells = [c[on] for c in cells]
        living, chosen = _joined(entries, height)
        closed = closed[chosen]
        unknown = np.zeros(len(chosen), dtype=np.uint64)
        for fold_, places in zip(folds, whole, strict=True):
            unknown |= fold_.open[places[chosen]]
        if not self._open_cases.pairs:
            verdicts[chosen] = self._open_cases.settle(living, closed, rows, chosen)
            return verdicts, _Left(living, closed, unknown, chosen).take(chosen[:0])
        told = self._open_cases.by_pairs(living, closed, unknown, few=True)
        verdicts[chosen] = told
        return verdicts, _Left(living, closed, unknown, chosen + rows.start).take(np.flatnonzero(told < 0))

    def _several(self, rows: slice) -> Verdicts:
        """The verdicts under `unique`, `any` and `collect`: every word counts."""
        folds = self.folded.folds
        cells = [f.cells(rows).astype(np.intp) for f in folds]
        words = range(self.folded.words)
        may = np.stack([gather([f.may[w] for f in folds], cells) for w in words], axis=1)
        if self.folded.certain:
            return self._whole(may)
        must = np.stack([gather([f.must[w] for f in folds], cells) for w in words], axis=1)
        clear = (may == must).all(axis=1)
        verdicts = np.empty(len(may), dtype=np.int32)
        verdicts[clear] = self._whole(must[clear])
        left = np.flatnonzero(~clear)
        if not len(left):
            return verdicts
        surely = Living.of(must[left])
        if self.table.hit != "collect":
            clash = self.labels.clashing(surely, surely.bits, surely.firsts)
            verdicts[left[clash]] = self.register.number(Verdict("conflict"))
            left = left[~clash]
            closed: Flags = (must[left] != 0).any(axis=1)
            verdicts[left] = self._open_cases.settle(Living.of(may[left]), closed, rows, left)
            return verdicts
        living = Living.of(may[left])
        possible = self.labels.collected(living, living.bits)
        sure = self.labels.collected(surely, surely.bits)
        if self.labels.given_otherwise is not None:
            possible[(must[left] == 0).all(axis=1)] |= self.labels.given_otherwise
        open_ = (possible != sure).any(axis=1)
        verdicts[left[~open_]] = self._by_key(sure[~open_], self._collected)
        places = np.flatnonzero(open_)
        if len(places):
            verdicts[left[places]] = self._open_cases.collect(
                living.take(places), possible[places], sure[places], rows, left[places]
            )
        return verdicts

    def _whole(self, words: Words) -> Verdicts:
        """The verdicts of rows whose boxes alive are those that hold."""
        living = Living.of(words)
        if self.table.hit == "collect":
            return self._by_key(self.labels.come_to(living, living.bits), self._collected)
        boxes = self.labels.holding(living, living.bits)
        return boxes if self.table.hit == "first" else self._by_key(boxes[:, None].astype(np.uint64), self._alone)

    def _alone(self, key: NDArray[np.uint64]) -> Verdict:
        number = int(key[0])
        if number == CLASH:
            return Verdict("conflict")
        return verdict_of(self.table.plain[0 if number == 0 else self.labels.count - number + 1])

    def _collected(self, key: NDArray[np.uint64]) -> Verdict:
        return Verdict("decided", outcomes_in(self.table, key))

    def _by_key(self, keys: Words, make: Any) -> Verdicts:
        """A verdict made once for each different key."""
        first, inverse = distinct(keys)
        numbers = [self.register.number(make(keys[i])) for i in first.tolist()]
        return np.array(numbers, dtype=np.int32)[inverse]


@dataclass(frozen=True)
class _Left:
    """Rows left open: their boxes alive, whether the last of these is sure, and the variables that are unknown."""

    living: Living
    closed: Flags
    unknown: NDArray[np.uint64]
    rows: Numbers

    def take(self, places: Numbers) -> _Left:
        """Some of them, in ascending order."""
        return _Left(self.living.take(places), self.closed[places], self.unknown[places], self.rows[places])


def _batches(lefts: Sequence[_Left]) -> Iterator[_Left]:
    """What chunks left, in batches."""
    batch: list[_Left] = []
    size = 0
    for left in lefts:
        batch.append(left)
        size += len(left.rows)
        if size >= BATCH or (left is lefts[-1] and size):
            yield _Left(
                Living.one_after_another([left.living for left in batch]),
                np.concatenate([left.closed for left in batch]),
                np.concatenate([left.unknown for left in batch]),
                np.concatenate([left.rows for left in batch]),
            )
            batch, size = [], 0


def _place(lowest: NDArray[np.uint64], word: int) -> Verdicts:
    """The box of a lowest bit, counted from 1."""
    places: Verdicts = np.bitwise_count(lowest - np.uint64(1)).astype(np.int32) + (64 * word + 1)
    return places


def _joined(entries: list[tuple[Numbers, int, NDArray[np.uint64]]], height: int) -> tuple[Living, Numbers]:
    """Rows with boxes of several words as one, and which rows they are."""
    rows = np.concatenate([rows for rows, _, _ in entries])
    words = np.repeat([word for _, word, _ in entries], [len(rows) for rows, _, _ in entries])
    bits = np.concatenate([bits for _, _, bits in entries])
    order = np.argsort(rows.astype(np.uint16 if height <= 1 << 16 else np.uint32), kind="stable")
    rows = rows[order]
    begins = np.ones(len(rows), dtype=np.bool_)
    np.not_equal(rows[1:], rows[:-1], out=begins[1:])
    return Living(int(begins.sum()), np.cumsum(begins) - 1, words[order], bits[order]), rows[begins]
