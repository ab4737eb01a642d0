"""Many cases through one compiled table: by masks where they settle it, each remaining state walked once."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from threading import Lock
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from reformkit.deciding.coding import Column
from reformkit.deciding.completing import MOST_TRIED, Completions
from reformkit.deciding.cover import covered
from reformkit.deciding.distinct import distinct
from reformkit.deciding.folding import Folded, as_mask, as_words, fold, gather
from reformkit.deciding.meaning import Open, Opens
from reformkit.deciding.table import Table
from reformkit.deciding.unknown import Cells
from reformkit.model.columns import Flags, Numbers, Words
from reformkit.model.decision import CONFLICT, UNCOVERED, Answer, Status

CHUNK = 32_768
MOST_WORDS = 1 << 20
"""Words of masks that a chunk may hold at a time."""

Verdicts = NDArray[np.int32]

_CLASH = (1 << 31) - 1
"""In place of a box: the boxes that hold are in conflict."""


class Verdict(NamedTuple):
    """What a decision came to, as far as columns tell it. `open`: what an undetermined one leaves possible, for
    the decisions that build on it."""

    status: Status
    outcomes: tuple[str, ...] = ()
    rule: str | None = None
    open: Open | None = None


Settle = Callable[[int, tuple[str, ...], Opens, Cells], int]


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
        self._remembered: dict[str, dict[bytes, int]] = {}
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
        closed = np.zeros(height, dtype=np.bool_)  # some box holds whatever is unknown
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
                closed[slice(None) if left is None else left] |= sure != 0
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
            found[open_rows] = self._weighed(alive[open_rows], closed[open_rows], rows, open_rows)
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
        collects = self.table.hit == "collect"
        if collects:
            possible, sure = self._outcomes(may), self._outcomes(must)
            clear = (possible == sure).all(axis=1)
        else:
            clear = (may == must).all(axis=1)
        found = np.empty(len(may), dtype=np.int32)
        found[clear] = self._whole(must[clear])
        left = np.flatnonzero(~clear)
        if not len(left):
            return found
        if collects and not self._apart:
            settled = self._disproved(possible[left], sure[left], may[left], rows, left)
            found[left] = self._rest_walked(settled, may[left], rows, left)
        elif collects:
            found[left] = self._by_state(may[left], rows, left, self._walk)
        else:
            found[left] = self._weighed(may[left], np.zeros(len(left), dtype=np.bool_), rows, left)
        return found

    def _whole(self, alive: Words) -> Verdicts:
        """The verdicts of rows whose boxes alive are those that hold."""
        if self.table.hit == "collect":
            return self._by_key(self._outcomes(alive), self._collected)
        boxes = self._boxes(alive)
        return boxes if self.table.hit == "first" else self._by_key(boxes[:, None].astype(np.uint64), self._alone)

    def _boxes(self, alive: Words) -> Verdicts:
        """The first of the boxes that hold, counted from 1 (0: none); `_CLASH` where they conflict."""
        word = np.argmax(alive != 0, axis=1).astype(np.int32)
        lowest = alive[np.arange(len(alive)), word]
        place = np.bitwise_count((lowest & -lowest) - np.uint64(1)).astype(np.int32) + 64 * word
        boxes = np.where(lowest != 0, place + 1, 0).astype(np.int32)
        if self.table.hit in ("unique", "any"):
            of_rule = self.table.hit == "unique"
            group = self._rules if of_rule else self._outcomes_words
            number = (self._rule_of if of_rule else self._outcome_of)[boxes]
            boxes[(alive & ~group[number]).any(axis=1)] = _CLASH
        return boxes

    def _alone(self, key: NDArray[np.uint64]) -> Verdict:
        number = int(key[0])
        if number == _CLASH:
            return Verdict("conflict")
        return _verdict(self.table.plain[0 if number == 0 else self.count - number + 1])

    def _collected(self, key: NDArray[np.uint64]) -> Verdict:
        bits = [int(word) for word in key]
        return Verdict("decided", tuple(o for i, o in enumerate(self.table.outcomes) if bits[i // 64] >> i % 64 & 1))

    def _outcomes(self, alive: Words) -> Words:
        """The outcomes of the boxes, as bits."""
        outcomes = self._outcomes_words
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
    def _rules(self) -> Words:
        """The boxes of each rule."""
        return as_words(self.table.masks.of_rule or (0,), self.count, self.folded.words)

    @cached_property
    def _outcomes_words(self) -> Words:
        """The boxes of each outcome."""
        return as_words(self.table.masks.of_outcome or (0,), self.count, self.folded.words)

    @cached_property
    def _rule_of(self) -> Numbers:
        """The rule of each box; boxes count from 1."""
        return np.array([0, *reversed(self.table.masks.rule_of)], dtype=np.intp)

    @cached_property
    def _outcome_of(self) -> Numbers:
        """The outcome of each box; boxes count from 1."""
        return np.array([0, *reversed(self.table.masks.outcome_of)], dtype=np.intp)

    @cached_property
    def _otherwise(self) -> int:
        """The outcome when no box holds; -1: uncovered."""
        otherwise = self.table.table.otherwise
        return -1 if otherwise is None else self.table.outcomes.index(otherwise.then)

    @cached_property
    def _every(self) -> Words:
        return as_words([self.table.masks.every], self.count, self.folded.words)

    # --- what masks do not settle ----------------------------------------------------------------------

    def _weighed(self, alive: Words, closed: Flags, rows: slice, chosen: Numbers) -> Verdicts:
        """The verdicts of rows that masks do not settle. Under `first` no box is after one that is sure, and it is
        `closed` where there is one."""
        found = np.full(len(alive), -1, dtype=np.int32)
        if self.table.hit == "first":
            self._agreeing(alive, closed, found)
        if not self._apart and not self._passes_on:
            self._differing(alive, rows, chosen, found)
        if self.table.hit == "first":
            left = np.flatnonzero(found < 0)
            found[left] = self._by_state(self._beginnings(alive[left]), rows, chosen[left], self._cover)
        return self._rest_walked(found, alive, rows, chosen)

    def _rest_walked(self, found: Verdicts, alive: Words, rows: slice, chosen: Numbers) -> Verdicts:
        left = np.flatnonzero(found < 0)
        if len(left):
            found[left] = self._by_state(alive[left], rows, chosen[left], self._walk)
        return found

    def _agreeing(self, alive: Words, closed: Flags, found: Verdicts) -> None:
        """Settle the rows (under `first`) whose boxes alive all give one outcome, if nothing else is possible."""
        boxes = self._boxes(alive)
        outcome, rule = self._outcome_of[boxes], self._rule_of[boxes]
        only = closed | (outcome == self._otherwise)
        only &= ~(alive & ~self._outcomes_words[outcome]).any(axis=1)
        own = alive & self._rules[rule]
        by_rule = only & closed & (own == alive).all(axis=1)
        # The first box alive fails in some completion; a rule with no other box then leaves it to another.
        by_none = only & (np.bitwise_count(own).sum(axis=1) == 1)
        for number in np.unique(boxes[by_rule]).tolist():
            found[by_rule & (boxes == number)] = number
        for number in np.unique(outcome[by_none]).tolist():
            verdict = Verdict("decided", (self.table.outcomes[number],))
            found[by_none & (outcome == number)] = self._number(verdict)

    def _differing(self, alive: Words, rows: slice, chosen: Numbers, found: Verdicts) -> None:
        """Settle the rows of which two completions differ: they are undetermined."""
        left = np.flatnonzero(found < 0)
        kinds = self._completions.kinds(rows, chosen[left])
        undetermined = self._number(Verdict("undetermined"))
        # Under `first` the first box alive gives the result of some completion.
        seen = self._labels(alive[left]) if self.table.hit == "first" else None
        for _ in range(MOST_TRIED):
            labels = self._labels(self._completions.draw(alive[left], kinds))
            if seen is None:
                seen = labels
                continue
            found[left[labels != seen]] = undetermined
            on = labels == seen
            left, seen, kinds = left[on], seen[on], [kind[on] for kind in kinds]

    def _labels(self, holding: Words) -> Numbers:
        """The outcome that boxes which hold come to, counted from 1; 0: none, -1: a conflict."""
        boxes = self._boxes(holding)
        clash = boxes == _CLASH
        outcomes = self._outcome_of + 1
        outcomes[0] = self._otherwise + 1
        return np.where(clash, -1, outcomes[np.where(clash, 0, boxes)])

    def _disproved(self, possible: Words, sure: Words, alive: Words, rows: slice, chosen: Numbers) -> Verdicts:
        """The verdicts (under `collect`) of rows of which completions show that no more is sure than masks say;
        -1 for the others."""
        found = np.full(len(alive), -1, dtype=np.int32)
        left = np.arange(len(alive))
        doubtful = possible & ~sure
        kinds = self._completions.kinds(rows, chosen)
        for _ in range(MOST_TRIED):
            doubtful[left] &= self._outcomes(self._completions.draw(alive[left], kinds))
            on = doubtful[left].any(axis=1)
            left, kinds = left[on], [kind[on] for kind in kinds]
        clear = ~doubtful.any(axis=1)
        found[clear] = self._by_key(np.concatenate((sure, possible), axis=1)[clear], self._undetermined)
        return found

    def _undetermined(self, key: NDArray[np.uint64]) -> Verdict:
        half = len(key) // 2
        sure, possible = self._collected(key[:half]).outcomes, self._collected(key[half:]).outcomes
        return Verdict("undetermined", sure, None, Open(frozenset(sure), frozenset(possible)))

    @cached_property
    def _completions(self) -> Completions:
        return Completions(self.table, self.folded)

    def _beginnings(self, alive: Words) -> Words:
        """The first boxes alive, as far as they give one outcome."""
        other = alive & ~self._outcomes_words[self._outcome_of[self._boxes(alive)]]
        kept = alive.copy()
        ended = np.zeros(len(alive), dtype=np.bool_)
        for word in range(alive.shape[1]):
            lowest = other[:, word] & -other[:, word]
            kept[:, word] &= lowest - np.uint64(1)  # every bit where there is no other
            kept[ended, word] = 0
            ended |= lowest != 0
        return kept

    def _by_state(self, alive: Words, rows: slice, chosen: Numbers, settle: Settle) -> Verdicts:
        """What is found out once for each different state; -1 where nothing is."""
        loose = self._loose(alive, rows, chosen)
        keys = np.concatenate((loose, alive), axis=1)
        first, inverse = distinct(keys)
        width = loose.shape[1]
        numbers = np.empty(len(first), dtype=np.int32)
        remembered = self._remembered.setdefault(settle.__name__, {})
        for place, i in enumerate(first.tolist()):
            key = keys[i].tobytes().rstrip(b"\0")
            number = remembered.get(key)
            if number is None:
                mask = as_mask(keys[i, width:], self.count)
                number = remembered[key] = settle(mask, *self._unknown(keys[i, :width]))
            numbers[place] = number
        return numbers[inverse]

    def _loose(self, alive: Words, rows: slice, chosen: Numbers) -> Words:
        """How each fact that a box alive tests is unknown, 32 bits a fact."""
        words = np.zeros((len(chosen), max(1, -(-len(self.folded.loose) // 2))), dtype=np.uint64)
        for place, fact in enumerate(self.folded.loose):
            numbers = fact.of_code[fact.codes[rows][chosen]]
            matters = (alive & fact.tested_by).any(axis=1)
            words[:, place // 2] |= np.where(matters, numbers, np.uint64(0)) << np.uint64(32 * (place % 2))
        return words

    def _unknown(self, loose: NDArray[np.uint64]) -> tuple[tuple[str, ...], Opens, Cells]:
        """The unknown facts, those partly known, and their variables."""
        key = loose.tobytes()
        found = self._variables.get(key)
        if found is None:
            unknown, opens = [], {}
            for place, fact in enumerate(self.folded.loose):
                number = int(loose[place // 2]) >> 32 * (place % 2) & 0xFFFFFFFF
                if number:
                    unknown.append(fact.fact)
                    kind = fact.kinds[number - 1]
                    if kind is not None:
                        opens[fact.fact] = kind
            variables = self.table.unknown.cells(tuple(unknown), opens)
            found = self._variables[key] = (tuple(unknown), opens, variables)
        return found

    def _cover(self, alive: int, unknown: tuple[str, ...], opens: Opens, variables: Cells) -> int:
        """The verdict where boxes of one outcome cover whatever is unknown; -1 where they do not."""
        if covered(alive, variables) is not True:
            return -1
        status, outcome, rule = self.table.unknown.agreed(alive, variables)
        return self._number(Verdict(status, () if outcome is None else (outcome,), rule))

    def _walk(self, alive: int, unknown: tuple[str, ...], opens: Opens, variables: Cells) -> int:
        """The exact verdict of one state."""
        if self._passes_on or self.table.hit == "collect":
            verdict = _verdict(self.table.unknown.weigh(alive, unknown, opens))
        else:
            status, outcome, rule = self.table.unknown.agreed(alive, variables)
            verdict = Verdict(status, () if outcome is None else (outcome,), rule)
        if verdict.status == "undetermined" and self._apart:
            with self._lock:
                self.verdicts.append(verdict)
                number = len(self.verdicts) - 1
                self.states[number] = State(alive, unknown, tuple(opens.items()))
                return number
        return self._number(verdict)

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


def workers() -> int:
    """How many threads work at once."""
    return max(1, len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1)
