"""What masks do not settle, of many cases at once: completions tried out, and each remaining state walked once."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from reformkit.columns.cases import Flags, Numbers, Words
from reformkit.columns.completing import DrawnCompletions
from reformkit.columns.distinct import distinct
from reformkit.columns.folding import Folded, as_mask
from reformkit.columns.labels import NONE_BIT, Labels
from reformkit.columns.living import Living
from reformkit.columns.pairing import UNDETERMINED, WITHOUT_RULE, BoxPairs
from reformkit.columns.verdicts import Verdict, VerdictNumbers, Verdicts, VerdictState, verdict_of
from reformkit.deciding.meaning import Open, Opens
from reformkit.deciding.table import CompiledTable
from reformkit.deciding.unknown import Cells

MOST_TRIED = 16
"""Completions tried for a case."""

MOST_TRIED_BLINDLY = 6
"""Of these, how many are drawn before any is drawn towards a result that was not seen yet."""

MOST_REMEMBERED = 50_000
"""States of one table whose verdicts are kept from frame to frame; past it the memory starts afresh."""

Results = NDArray[np.uint64]
Walked = dict[tuple[VerdictState, bool], Verdict]
"""The exact verdicts of states; the flag tells those that say what is left possible."""


@dataclass
class Remembered:
    """What is kept of one table from frame to frame: verdicts of states, and its boxes held against each other."""

    walked: Walked = field(default_factory=dict)
    pairs: BoxPairs | None = None


class OpenCases:
    """Settles the cases of one compiled table that masks leave open.

    `passes_on`: another decision builds on this one, so what an undetermined result leaves possible is wanted as
    well. `apart`: a number of its own for each undetermined state. `remembered`: what is kept from other frames.
    """

    def __init__(
        self,
        labels: Labels,
        folded: Folded,
        register: VerdictNumbers,
        remembered: Remembered,
        passes_on: bool,
        apart: bool,
    ) -> None:
        self.table: CompiledTable = labels.table
        self.labels = labels
        self.folded = folded
        self.register = register
        self._passes_on = passes_on
        self._apart = apart
        self._known = remembered.walked
        self._pairs: BoxPairs | None = None
        if labels.hit == "first" and not (passes_on or apart or folded.certain):
            pairs = remembered.pairs = remembered.pairs or BoxPairs(labels)
            self._pairs = pairs if pairs.usable else None
        self._numbers: dict[bytes, int] = {}
        self._variables: dict[bytes, tuple[tuple[str, ...], Opens, Cells]] = {}

    @cached_property
    def _completions(self) -> DrawnCompletions:
        return DrawnCompletions(self.table, self.folded)

    @property
    def pairs(self) -> bool:
        """Whether pairs of boxes settle rows."""
        return self._pairs is not None

    def by_pairs(self, living: Living, closed: Flags, unknown: NDArray[np.uint64], few: bool) -> Verdicts:
        """The verdicts (under `first`) of rows that pairs of boxes settle, -1 for the others.

        `unknown`: the variables that are unknown of each row, as `open_variables` counts them. `few`: only those are
        looked for that a few boxes settle.
        """
        assert self._pairs is not None
        told = self._pairs.settle(living, closed, unknown, few)
        verdicts = told.copy()
        verdicts[told == UNDETERMINED] = self.register.number(Verdict("undetermined"))
        by_none = told <= WITHOUT_RULE
        for number in np.unique(told[by_none]).tolist():
            verdict = Verdict("decided", (self.table.outcomes[WITHOUT_RULE - number],))
            verdicts[told == number] = self.register.number(verdict)
        return verdicts

    def settle(self, living: Living, closed: Flags, rows: slice, chosen: Numbers) -> Verdicts:
        """The verdicts of rows (`chosen` of `rows`; not under `collect`) that masks do not settle.

        `closed`: some box holds whatever is unknown; under `first` no box alive is after it.
        """
        verdicts = np.full(living.height, -1, dtype=np.int32)
        if self.table.hit == "first":
            self._agreeing(living, closed, verdicts)
        if not self._apart and self.labels.results:
            self._differing(living, closed, rows, chosen, verdicts)
        return self._walked(verdicts, living, rows, chosen)

    def collect(self, living: Living, possible: Words, sure: Words, rows: slice, chosen: Numbers) -> Verdicts:
        """The verdicts (under `collect`) of rows in which masks leave outcomes possible but not sure."""
        verdicts = np.full(living.height, -1, dtype=np.int32)
        if not self._apart and self.labels.given_otherwise is None:  # what no box gives is not drawn
            self._disproved(living, possible, sure, rows, chosen, verdicts)
        return self._walked(verdicts, living, rows, chosen)

    # --- by trying -------------------------------------------------------------------------------------

    def _agreeing(self, living: Living, closed: Flags, verdicts: Verdicts) -> None:
        """Settle the rows (under `first`) whose boxes alive all give one outcome, if nothing else is possible."""
        labels, boxes = self.labels, living.firsts
        outcome, rule = labels.outcome_of[boxes], labels.rule_of[boxes]
        only = closed | (outcome == labels.otherwise)
        only &= ~living.any(living.bits & ~labels.outcomes[outcome[living.row], living.word])
        own = living.bits & labels.of_rule(rule[living.row], living.word)
        by_rule = only & closed & ~living.any(living.bits & ~own)
        verdicts[by_rule] = boxes[by_rule]
        # The first box alive fails in some completion; a rule with no other box then leaves it to another.
        by_none = only & ~by_rule & (living.count(own) == 1)
        for number in np.unique(outcome[by_none]).tolist():
            verdict = Verdict("decided", (self.table.outcomes[number],))
            verdicts[by_none & (outcome == number)] = self.register.number(verdict)

    def _differing(self, living: Living, closed: Flags, rows: slice, chosen: Numbers, verdicts: Verdicts) -> None:
        """Settle the rows whose completions differ: they are undetermined.

        Where it matters what is possible, they settle it when they give every result that masks leave possible.
        """
        random = np.random.default_rng(rows.start)
        left = np.flatnonzero(verdicts < 0)
        living = living.take(left)
        kinds = self._completions.kinds(rows, chosen[left])
        possible = self.labels.possible(living, closed[left]) if self._passes_on else None
        seen = np.zeros(len(left), dtype=np.uint64)
        if self.table.hit == "first":  # the first box alive gives the result of some completion
            seen = self.labels.result(living, living.bits)
        for turn in range(MOST_TRIED):
            towards = None if turn < MOST_TRIED_BLINDLY else self._unseen(living, seen, turn, random)
            seen |= self.labels.result(living, self._completions.draw(living, kinds, random, towards))
            done = np.bitwise_count(seen) > 1 if possible is None else (seen == possible) & (np.bitwise_count(seen) > 1)
            verdicts[left[done]] = self._undetermined(seen[done])
            on = np.flatnonzero(~done)
            left, seen, kinds = left[on], seen[on], [kind[on] for kind in kinds]
            living = living.take(on)
            possible = None if possible is None else possible[on]
            if not len(left):
                break

    def _undetermined(self, seen: Results) -> Verdicts:
        """The verdicts of rows whose possible results are all seen."""
        if not self._passes_on:
            return np.full(len(seen), self.register.number(Verdict("undetermined")), dtype=np.int32)
        different, inverse = np.unique(seen, return_inverse=True)
        numbers = [self.register.number(Verdict("undetermined", open=self._open(int(bits)))) for bits in different]
        return np.array(numbers, dtype=np.int32)[inverse]

    def _open(self, seen: int) -> Open | None:
        if seen >> int(NONE_BIT):  # uncovered, or a conflict
            return None
        return Open(frozenset(), frozenset(o for i, o in enumerate(self.table.outcomes) if seen >> i & 1))

    def _unseen(self, living: Living, seen: Results, turn: int, random: np.random.Generator) -> NDArray[np.int32]:
        """A box alive of each row that gives a result not seen yet; 0: there is none."""
        known = np.zeros((living.height, self.labels.words), dtype=np.uint64)
        for number, boxes in enumerate(self.labels.outcomes):
            known[(seen >> np.uint64(number) & np.uint64(1)) != 0] |= boxes
        others = living.bits & ~known[living.row, living.word]
        if turn % 2 == 0:  # any of them, or the first one
            some = others & random.integers(0, 1 << 64, len(others), dtype=np.uint64)
            boxes = living.first(some)
            return np.where(boxes, boxes, living.first(others))
        return living.first(others)

    def _disproved(
        self, living: Living, possible: Words, sure: Words, rows: slice, chosen: Numbers, verdicts: Verdicts
    ) -> None:
        """Settle the rows whose completions show that masks already say all that is sure."""
        random = np.random.default_rng(rows.start)
        left = np.arange(living.height)
        doubtful = possible & ~sure
        kinds = self._completions.kinds(rows, chosen)
        for _ in range(MOST_TRIED):
            doubtful[left] &= self.labels.collected(living, self._completions.draw(living, kinds, random))
            on = np.flatnonzero(doubtful[left].any(axis=1))
            left, kinds, living = left[on], [kind[on] for kind in kinds], living.take(on)
            if not len(left):
                break
        clear = np.flatnonzero(~doubtful.any(axis=1))
        first, inverse = distinct(np.concatenate((sure, possible), axis=1)[clear])
        numbers = [self._collected(sure[i], possible[i]) for i in clear[first].tolist()]
        verdicts[clear] = np.array(numbers, dtype=np.int32)[inverse]

    def _collected(self, sure: NDArray[np.uint64], possible: NDArray[np.uint64]) -> int:
        return self.register.number(_collecting(outcomes_in(self.table, sure), outcomes_in(self.table, possible)))

    # --- by walking ------------------------------------------------------------------------------------

    def _walked(self, verdicts: Verdicts, living: Living, rows: slice, chosen: Numbers) -> Verdicts:
        """What is left, walked once for each different state."""
        left = np.flatnonzero(verdicts < 0)
        if not len(left):
            return verdicts
        living = living.take(left)
        loose = self._loose(living, rows, chosen[left])
        keys = np.concatenate((loose, living.whole(self.labels.words)), axis=1)
        first, inverse = distinct(keys)
        width = loose.shape[1]
        numbers = np.empty(len(first), dtype=np.int32)
        for place, i in enumerate(first.tolist()):
            key = keys[i].tobytes().rstrip(b"\0")
            number = self._numbers.get(key)
            if number is None:
                mask = as_mask(keys[i, width:], self.labels.count)
                number = self._numbers[key] = self._walk(mask, *self._unknown(keys[i, :width]))
            numbers[place] = number
        verdicts[left] = numbers[inverse]
        return verdicts

    def _loose(self, living: Living, rows: slice, chosen: Numbers) -> Words:
        """How each fact that a box alive tests is unknown, 32 bits a fact."""
        words = np.zeros((living.height, max(1, -(-len(self.folded.loose) // 2))), dtype=np.uint64)
        for place, fact in enumerate(self.folded.loose):
            numbers = fact.of_code[fact.codes[rows][chosen]]
            matters = living.any(living.bits & fact.tested_by[living.word])
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

    def _walk(self, alive: int, unknown: tuple[str, ...], opens: Opens, variables: Cells) -> int:
        """The number of the exact verdict of one state."""
        state = VerdictState(alive, unknown, tuple(opens.items()))
        verdict = self._known.get((state, self._passes_on))
        if verdict is None:
            if len(self._known) >= MOST_REMEMBERED:
                self._known.clear()
            verdict = self._known[state, self._passes_on] = self._exactly(alive, unknown, opens, variables)
        if verdict.status == "undetermined" and self._apart:
            return self.register.apart(verdict, state)
        return self.register.number(verdict)

    def _exactly(self, alive: int, unknown: tuple[str, ...], opens: Opens, variables: Cells) -> Verdict:
        unknown_facts = self.table.unknown
        if self.table.hit == "collect":
            sure, possible, _ = unknown_facts.collected(unknown_facts.restrict(alive, unknown, opens), variables)
            return Verdict("decided", sure) if sure == possible else _collecting(sure, possible)
        if self._passes_on:
            return verdict_of(unknown_facts.answer(alive, unknown, opens))
        status, outcome, rule = unknown_facts.agreed(alive, variables)
        return Verdict(status, () if outcome is None else (outcome,), rule)


def _collecting(sure: tuple[str, ...], possible: tuple[str, ...]) -> Verdict:
    return Verdict("undetermined", sure, None, Open(frozenset(sure), frozenset(possible)))


def outcomes_in(table: CompiledTable, words: NDArray[np.uint64]) -> tuple[str, ...]:
    """The outcomes whose bits are set."""
    bits = [int(word) for word in words]
    return tuple(o for i, o in enumerate(table.outcomes) if bits[i // 64] >> i % 64 & 1)
