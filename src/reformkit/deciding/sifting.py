"""Many cases through one compiled table: by masks where they settle it, each remaining state walked once."""

from __future__ import annotations

import os
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from threading import Lock
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from reformkit.deciding.coding import Column
from reformkit.deciding.folding import Folded, as_mask, as_words, fold, gather
from reformkit.deciding.meaning import Open, Opens
from reformkit.deciding.table import Table
from reformkit.deciding.unknown import Cells
from reformkit.model.columns import Numbers, Words
from reformkit.model.decision import CONFLICT, UNCOVERED, Answer, Status

CHUNK = 32_768
MOST_WORDS = 1 << 20
"""Words of masks that a chunk may hold at a time."""

Verdicts = NDArray[np.int32]


class Verdict(NamedTuple):
    """What a decision came to, as far as columns tell it. `open`: what an undetermined one leaves possible, for
    the decisions that build on it."""

    status: Status
    outcomes: tuple[str, ...] = ()
    rule: str | None = None
    open: Open | None = None


class State(NamedTuple):
    """What the result of a case with unknown facts hangs on: the boxes alive, and what is unknown or partly
    known."""

    alive: int
    unknown: tuple[str, ...]
    opens: tuple[tuple[str, Open], ...]


class Sieve:
    """One compiled table over coded columns. `passes_on`: another decision builds on this one, so what an
    undetermined result leaves possible is wanted as well."""

    def __init__(self, table: Table, columns: Mapping[str, Column], passes_on: bool) -> None:
        self.table = table
        self.folded: Folded = fold(table, columns)
        self.count = len(table.masks.rule_of)
        self.verdicts: list[Verdict] = [_verdict(table.plain[0])]
        """What the numbers of verdicts stand for; under `first` 0 is that of no box, `p + 1` that of box `p`."""
        if table.hit == "first":
            self.verdicts += [_verdict(answer) for answer in reversed(table.plain[1:])]
        self.states: dict[int, State] = {}
        """The state behind each verdict that was walked for."""
        self._passes_on = passes_on
        self._lock = Lock()
        self._remembered: dict[bytes, int] = {}
        self._same: dict[Verdict, int] = {}
        self._variables: dict[bytes, tuple[tuple[str, ...], Opens, Cells]] = {}

    def settle(self, height: int, apart: bool) -> Verdicts:
        """The number of each row's verdict; `apart`: a number of its own for each undetermined state."""
        self._apart = apart
        found = np.zeros(height, dtype=np.int32)
        if not self.folded.folds:  # no rule tests anything
            found[:] = self._whole(np.zeros((1, self.folded.words), dtype=np.uint64) | self._every)[0]
            return found
        size = max(1024, min(CHUNK, MOST_WORDS // self.folded.words))
        chunks = [slice(start, min(start + size, height)) for start in range(0, height, size)]
        work = self._first if self.table.hit == "first" else self._several

        def sift(rows: slice) -> None:
            found[rows] = work(rows)

        if len(chunks) < 2:
            list(map(sift, chunks))
        else:
            with ThreadPoolExecutor(workers()) as pool:
                list(pool.map(sift, chunks))
        return found

    # --- by masks --------------------------------------------------------------------------------------

    def _first(self, rows: slice) -> Verdicts:
        """Word by word, only the rows still undecided going on."""
        folds, certain = self.folded.folds, self.folded.certain
        cells = [f.cells(rows).astype(np.intp) for f in folds]
        height = len(cells[0])
        found = np.zeros(height, dtype=np.int32)
        left: Numbers | None = None
        gathering = np.zeros(height, dtype=np.bool_)
        alive = None if certain else np.zeros((height, self.folded.words), dtype=np.uint64)
        for word in range(self.folded.words):
            may = gather([f.may[word] for f in folds], cells)
            lowest = may & -may
            if certain:
                done = may != 0
            else:
                must = gather([f.must[word] for f in folds], cells)
                sure = must & -must
                waiting = gathering if left is None else gathering[left]
                done = (lowest == sure) & (may != 0) & ~waiting
                alive[slice(None) if left is None else left, word] = np.where(  # type: ignore[index]
                    sure != 0, may & (sure | (sure - np.uint64(1))), may
                )
                waiting = (waiting | (may != 0)) & ~done
                gathering[slice(None) if left is None else left] = waiting
            places = np.bitwise_count(lowest - np.uint64(1)).astype(np.int32) + (64 * word + 1)
            if left is None:
                found[done] = places[done]
            else:
                found[left[done]] = places[done]
            on = ~done if certain else ~done & ((sure == 0) | ~waiting)
            if not on.any():
                break
            left = np.flatnonzero(on) if left is None else left[on]
            cells = [c[on] for c in cells]
        if alive is not None and gathering.any():
            open_rows = np.flatnonzero(gathering)
            found[open_rows] = self._walked(alive[open_rows], rows, open_rows)
        return found

    def _several(self, rows: slice) -> Verdicts:
        """The verdicts under `unique`, `any` and `collect`: every word counts."""
        folds = self.folded.folds
        cells = [f.cells(rows).astype(np.intp) for f in folds]
        words = range(self.folded.words)
        may = np.stack([gather([f.may[w] for f in folds], cells) for w in words], axis=1)
        if self.folded.certain:
            return self._whole(may)
        must = np.stack([gather([f.must[w] for f in folds], cells) for w in words], axis=1)
        if self.table.hit == "collect":
            possible, sure = self._outcomes(may), self._outcomes(must)
            clear = (possible == sure).all(axis=1)
        else:
            clear = (may == must).all(axis=1)
        found = np.empty(len(may), dtype=np.int32)
        found[clear] = self._whole(must[clear])
        open_rows = np.flatnonzero(~clear)
        if len(open_rows):
            found[open_rows] = self._walked(may[open_rows], rows, open_rows)
        return found

    def _whole(self, alive: Words) -> Verdicts:
        """The verdicts of rows whose boxes alive are those that hold."""
        if self.table.hit == "first":
            place = np.argmax(alive != 0, axis=1)
            lowest = alive[np.arange(len(alive)), place]
            lowest = lowest & -lowest
            box = np.bitwise_count(lowest - np.uint64(1)).astype(np.int32) + 64 * place.astype(np.int32) + 1
            return np.where(lowest != 0, box, 0).astype(np.int32)
        if self.table.hit == "collect":
            return self._by_key(self._outcomes(alive), self._collected)
        word = np.argmax(alive != 0, axis=1)
        lowest = alive[np.arange(len(alive)), word]
        place = np.where(lowest != 0, np.bitwise_count((lowest & -lowest) - np.uint64(1)) + 64 * word, 0)
        group = np.array(self.table.masks.rule_of if self.table.hit == "unique" else self.table.masks.outcome_of)
        group = group[::-1].copy() if len(group) else np.zeros(1, dtype=np.intp)
        of_group = self.table.masks.of_rule if self.table.hit == "unique" else self.table.masks.of_outcome
        boxes = as_words(of_group or (0,), self.count, self.folded.words)
        clash = np.zeros(len(alive), dtype=np.bool_)
        for w in range(self.folded.words):
            clash |= alive[:, w] & ~boxes[:, w][group[place]] != 0
        key = np.where(clash, -1, np.where(lowest != 0, place + 1, 0))
        return self._by_key(key[:, None].astype(np.int64).view(np.uint64), self._alone)

    def _alone(self, key: NDArray[np.uint64]) -> Verdict:
        number = int(key.view(np.int64)[0])
        if number < 0:
            return Verdict("conflict")
        return _verdict(self.table.plain[0 if number == 0 else self.count - number + 1])

    def _collected(self, key: NDArray[np.uint64]) -> Verdict:
        bits = [int(word) for word in key]
        return Verdict("decided", tuple(o for i, o in enumerate(self.table.outcomes) if bits[i // 64] >> i % 64 & 1))

    def _outcomes(self, alive: Words) -> Words:
        """The outcomes of the boxes, as bits."""
        outcomes = as_words(self.table.masks.of_outcome or (0,), self.count, self.folded.words)
        found = np.zeros((len(alive), max(1, -(-len(outcomes) // 64))), dtype=np.uint64)
        for number, boxes in enumerate(outcomes):
            holds = np.zeros(len(alive), dtype=np.bool_)
            for word in np.flatnonzero(boxes):
                holds |= alive[:, word] & boxes[word] != 0
            found[:, number // 64] |= holds.astype(np.uint64) << np.uint64(number % 64)
        return found

    def _by_key(self, keys: Words, make: Any) -> Verdicts:
        """A verdict made once for each different key."""
        first, inverse = distinct(keys)
        numbers = [self._number(make(keys[i])) for i in first.tolist()]
        return np.array(numbers, dtype=np.int32)[inverse]

    @cached_property
    def _every(self) -> Words:
        return as_words([self.table.masks.every], self.count, self.folded.words)

    # --- by walking ------------------------------------------------------------------------------------

    def _walked(self, alive: Words, rows: slice, chosen: Numbers) -> Verdicts:
        """The verdicts of rows that masks do not settle: one walk for each different state."""
        loose = self._loose(rows, chosen)
        keys = np.concatenate((loose, alive), axis=1)
        first, inverse = distinct(keys)
        width = loose.shape[1]
        numbers = np.empty(len(first), dtype=np.int32)
        for place, i in enumerate(first.tolist()):
            key = keys[i].tobytes().rstrip(b"\0")
            number = self._remembered.get(key)
            if number is None:
                number = self._remembered[key] = self._walk(keys[i, width:], keys[i, :width])
            numbers[place] = number
        return numbers[inverse]

    def _loose(self, rows: slice, chosen: Numbers) -> Words:
        """How each fact is unknown, 32 bits a fact."""
        loose = self.folded.loose
        words = np.zeros((len(chosen), max(1, -(-len(loose) // 2))), dtype=np.uint64)
        for place, fact in enumerate(loose):
            numbers = fact.of_code[fact.codes[rows][chosen]]
            words[:, place // 2] |= numbers << np.uint64(32 * (place % 2))
        return words

    def _walk(self, alive: NDArray[np.uint64], loose: NDArray[np.uint64]) -> int:
        key = loose.tobytes()
        found = self._variables.get(key)
        if found is None:
            found = self._variables[key] = self._unknown(loose)
        unknown, opens, variables = found
        mask = as_mask(alive, self.count)
        if self._passes_on or self.table.hit == "collect":
            verdict = _verdict(self.table.unknown.weigh(mask, unknown, opens))
        else:
            status, outcome, rule = self.table.unknown.agreed(mask, variables)
            verdict = Verdict(status, () if outcome is None else (outcome,), rule)
        if verdict.status == "undetermined" and self._apart:
            with self._lock:
                self.verdicts.append(verdict)
                number = len(self.verdicts) - 1
                self.states[number] = State(mask, unknown, tuple(opens.items()))
                return number
        return self._number(verdict)

    def _unknown(self, loose: NDArray[np.uint64]) -> tuple[tuple[str, ...], Opens, Cells]:
        unknown, opens = [], {}
        for place, fact in enumerate(self.folded.loose):
            number = int(loose[place // 2]) >> 32 * (place % 2) & 0xFFFFFFFF
            if number:
                unknown.append(fact.fact)
                kind = fact.kinds[number - 1]
                if kind is not None:
                    opens[fact.fact] = kind
        return tuple(unknown), opens, self.table.unknown.cells(tuple(unknown), opens)

    def _number(self, verdict: Verdict) -> int:
        with self._lock:
            number = self._same.get(verdict)
            if number is None:
                number = self._same[verdict] = len(self.verdicts)
                self.verdicts.append(verdict)
            return number


def _verdict(answer: Answer) -> Verdict:
    """An answer as columns tell it."""
    settlement = answer.settlement
    left = None
    if answer.status == "undetermined" and not {CONFLICT, UNCOVERED} & set(settlement.possible):
        left = Open(frozenset(settlement.outcomes), frozenset(settlement.possible))
    return Verdict(answer.status, settlement.outcomes, settlement.rule, left)


def distinct(keys: Words) -> tuple[Numbers, Numbers]:
    """The first row of each different key, and for every row the number of its key."""
    if keys.shape[1] == 1:
        _, first, inverse = np.unique(keys[:, 0], return_index=True, return_inverse=True)
        return first, inverse
    mixed = np.zeros(len(keys), dtype=np.uint64)
    for column in keys.T:
        mixed = (mixed ^ column) * _PRIME
        mixed ^= mixed >> np.uint64(29)
    _, first, inverse = np.unique(mixed, return_index=True, return_inverse=True)
    if (keys == keys[first[inverse]]).all():
        return first, inverse
    _, first, inverse = np.unique(keys, axis=0, return_index=True, return_inverse=True)  # two keys mixed alike
    return first, inverse.reshape(-1)


_PRIME = np.uint64(0x9E3779B97F4A7C15)


def workers() -> int:
    """How many threads work at once."""
    return max(1, len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1)
