"""What each box of a table gives, as arrays: the rule and the outcome of a box, the boxes of a rule or an outcome."""

from __future__ import annotations

from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from reformkit.columns.cases import Flags, Numbers, Words
from reformkit.columns.folding import as_words
from reformkit.columns.living import Boxes, Living
from reformkit.deciding.table import CompiledTable

CLASH = (1 << 31) - 1
"""In place of a box: the boxes that hold are in conflict."""

MOST_RESULTS = 62
"""Outcomes that fit in one number beside the two reserved results."""

NONE_BIT, CLASH_BIT = np.uint64(MOST_RESULTS), np.uint64(MOST_RESULTS + 1)


class Labels:
    """The boxes of one table, counted from 1 in the order of the rules; 0 is none of them."""

    def __init__(self, table: CompiledTable, words: int) -> None:
        self.table = table
        self.hit = table.hit
        self.count = len(table.masks.rule_of)
        self.words = words
        self.results = len(table.outcomes) <= MOST_RESULTS
        """Whether sets of results can be told as one number."""

    def of_rule(self, rule: Numbers, word: Numbers) -> NDArray[np.uint64]:
        """The boxes of rules in words of the masks."""
        begins = np.searchsorted(self.rule_of[1:], np.arange(len(self.table.rules) + 1))  # they stand together
        return below(begins[rule + 1] - 64 * word) & ~below(begins[rule] - 64 * word)

    @cached_property
    def outcomes(self) -> Words:
        """The boxes of each outcome."""
        return as_words(self.table.masks.of_outcome or (0,), self.count, self.words)

    @cached_property
    def rule_of(self) -> Numbers:
        """The rule of each box."""
        return np.array([0, *reversed(self.table.masks.rule_of)], dtype=np.intp)

    @cached_property
    def outcome_of(self) -> Numbers:
        """The outcome of each box."""
        return np.array([0, *reversed(self.table.masks.outcome_of)], dtype=np.intp)

    @cached_property
    def otherwise(self) -> int:
        """The outcome when no box holds; -1: uncovered (and under `collect`, where there may be several)."""
        otherwise = self.table.table.otherwise
        none = otherwise is None or self.hit == "collect"
        return -1 if otherwise is None or none else self.table.outcomes.index(otherwise.then)

    @cached_property
    def given_otherwise(self) -> Words | None:
        """Under `collect`, the outcomes of `otherwise` as bits in words; None where there is none."""
        otherwise = self.table.table.otherwise
        if otherwise is None or self.hit != "collect":
            return None
        words = np.zeros(self.collected_words, dtype=np.uint64)
        for number in map(self.table.outcomes.index, otherwise.outcomes):
            words[number // 64] |= np.uint64(1) << np.uint64(number % 64)
        return words

    def come_to(self, living: Living, bits: NDArray[np.uint64]) -> Words:
        """The outcomes that are given where just these boxes hold: those of `otherwise` where there are none."""
        found = self.collected(living, bits)
        if self.given_otherwise is not None:
            found[~living.any(bits)] = self.given_otherwise
        return found

    @cached_property
    def every(self) -> Words:
        """All boxes, as one row."""
        return as_words([self.table.masks.every], self.count, self.words)

    @cached_property
    def _bit_of(self) -> NDArray[np.uint64]:
        """The result of each box alone, as a bit."""
        none = NONE_BIT if self.otherwise < 0 else np.uint64(self.otherwise)
        return np.uint64(1) << np.concatenate(([none], self.outcome_of[1:].astype(np.uint64)))

    def clashing(self, living: Living, bits: NDArray[np.uint64], boxes: Boxes) -> Flags:
        """The rows in which a box is not of the rule (under `unique`; else of the outcome) of the first one."""
        row, word = living.row, living.word
        if self.hit == "unique":
            return living.any(bits & ~self.of_rule(self.rule_of[boxes][row], word))
        return living.any(bits & ~self.outcomes[self.outcome_of[boxes][row], word])

    def holding(self, living: Living, bits: NDArray[np.uint64]) -> Boxes:
        """The first of the boxes that hold; `CLASH` where they conflict."""
        boxes = living.first(bits)
        if self.hit in ("unique", "any"):
            boxes[self.clashing(living, bits, boxes)] = CLASH
        return boxes

    def result(self, living: Living, bits: NDArray[np.uint64]) -> NDArray[np.uint64]:
        """What the boxes that hold come to, as a bit: of the outcome, or of the reserved results."""
        boxes = self.holding(living, bits)
        clash = boxes == CLASH
        boxes[clash] = 0
        outcome_bits = self._bit_of[boxes]
        outcome_bits[clash] = np.uint64(1) << CLASH_BIT
        return outcome_bits

    def possible(self, living: Living, closed: Flags) -> NDArray[np.uint64]:
        """The results, as bits, that masks leave possible: more than those that completions give, never fewer.

        `closed`: some box holds whatever is unknown.
        """
        outcome_bits = np.where(closed, np.uint64(0), self._bit_of[0])
        for number, boxes in enumerate(self.outcomes):
            outcome_bits[living.any(living.bits & boxes[living.word])] |= np.uint64(1) << np.uint64(number)
        if self.hit != "first":
            outcome_bits[self.clashing(living, living.bits, living.firsts)] |= np.uint64(1) << CLASH_BIT
        return outcome_bits

    def collected(self, living: Living, bits: NDArray[np.uint64]) -> Words:
        """The outcomes of the boxes that hold, as bits in words."""
        outcome_bits = np.zeros((living.height, self.collected_words), dtype=np.uint64)
        for number, boxes in enumerate(self.outcomes):
            holds = living.any(bits & boxes[living.word])
            outcome_bits[holds, number // 64] |= np.uint64(1) << np.uint64(number % 64)
        return outcome_bits

    @property
    def collected_words(self) -> int:
        """How many words `collected` gives for a row."""
        return max(1, -(-len(self.table.outcomes) // 64))


def below(places: Numbers) -> NDArray[np.uint64]:
    """The bits of a word below each place: none below 0, all from 64 on."""
    room = np.clip(places, 0, 64).astype(np.uint64)
    bits: NDArray[np.uint64] = np.where(
        room == 64, ~np.uint64(0), (np.uint64(1) << (room & np.uint64(63))) - np.uint64(1)
    )
    return bits
