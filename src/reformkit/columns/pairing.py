"""Whether unknown facts leave a case a second result, told from pairs of its boxes (docs/adr/0077).

Under `first` the first box alive holds in some completion, so its outcome is one result. A box of another outcome (or
no box, where none is sure) gives a second one if it can hold while every box of the first outcome before it fails. Such
a box fails by a variable whose cells it does not all accept of those that the other box accepts. One box fails if there
is such a variable; several do if they can be put into blocks, each with a variable of its own of which one cell is left
out by the whole block. A box that cannot hold without one of the first outcome never speaks and is passed over. Cases in
which more boxes have to be looked at are left to be tried out and walked.
"""

from __future__ import annotations

from dataclasses import dataclass
from threading import Lock
from typing import Any

import numpy as np
from numpy.typing import NDArray

from reformkit.columns.blocks import MOST_BEFORE, PARTITIONS, Bits, Block, have_their_own
from reformkit.columns.cases import Flags, Numbers
from reformkit.columns.folding import MOST_VARIABLES, PARTLY, as_words
from reformkit.columns.labels import Labels
from reformkit.columns.living import Living
from reformkit.columns.verdicts import Verdicts

MOST_LOOKED_AT = 12
"""Boxes of a case that are looked at beside the first: so few that the walk does not give up where these settle it."""

FEW_BEFORE, FEW_LOOKED_AT = 2, 2
"""The same in a first go, chunk by chunk: it settles most."""

MOST_PAIRED = 1_024
"""Boxes, the first of a table, of which every pair is compared beforehand, once that is worth it."""

WORTH = 4
"""Pairs compared beforehand for each that was asked for."""

OPEN, UNDETERMINED, WITHOUT_RULE = -1, -2, -3
"""What is told of a case: nothing; that it has several results; `WITHOUT_RULE - o`: outcome `o`, given by no one rule.
A number from 1 on is the box whose rule gives the outcome."""


@dataclass
class _Cases:
    """The cases still looked at: their place, the entries of boxes to come and what is left of the first of them.

    `before`: the boxes of the first outcome, as many as `count`; `alike`: all of them are of the first one's rule;
    `again`: some other one is.
    """

    row: Numbers
    at: Numbers
    end: Numbers
    rest: NDArray[np.uint64]
    closed: Flags
    unknown: Bits
    before: Numbers
    count: Numbers
    alike: Flags
    again: Flags

    def take(self, places: Numbers) -> _Cases:
        """Some of them."""
        return _Cases(
            self.row[places],
            self.at[places],
            self.end[places],
            self.rest[places],
            self.closed[places],
            self.unknown[places],
            self.before[:, places],
            self.count[places],
            self.alike[places],
            self.again[places],
        )

    def next_boxes(self, living: Living) -> Numbers:
        """The next box of each; 0: there is none."""
        lowest = self.rest & -self.rest
        boxes: Numbers = np.bitwise_count(lowest - np.uint64(1)) + 64 * living.word[self.at] + 1
        boxes[lowest == 0] = 0
        self.rest ^= lowest
        on = np.flatnonzero((self.rest == 0) & (self.at + 1 < self.end))
        self.at[on] += 1
        self.rest[on] = living.bits[self.at[on]]
        return boxes


class BoxPairs:
    """The boxes of one table under `first`, held against each other; kept from frame to frame."""

    def __init__(self, labels: Labels) -> None:
        masks = labels.table.masks
        self._rule_of = labels.rule_of
        self._outcome_of = labels.outcome_of.copy()
        self._outcome_of[0] = OPEN  # no box is of the outcome of one
        self._otherwise = labels.otherwise
        numbers = [
            i for fact in labels.table.facts for i in labels.table.numbers[fact] if masks.variables[i].aspect != "known"
        ]
        self.usable = len(numbers) <= MOST_VARIABLES
        """Whether the variables can be told apart."""
        self._type: Any = np.uint16 if len(numbers) <= 16 else np.uint64
        everywhere = masks.every  # no box after the first that tests nothing is ever alive
        for free in masks.free:
            everywhere &= free
        self._boxes = labels.count - everywhere.bit_length() + 1 if everywhere else labels.count
        self._cells = [_cells_of(masks.masks[i], labels.count, self._boxes) for i in numbers if self.usable]
        self._lock = Lock()
        self._asked = 0
        self._pairs: Bits | None = None

    def settle(self, living: Living, closed: Flags, unknown: NDArray[np.uint64], few: bool) -> Verdicts:
        """What pairs tell of rows of boxes alive. `closed`: the last box of a row is sure. `unknown`: the variables.

        `few`: only a few boxes of each are looked at.
        """
        told = np.full(living.height, OPEN, dtype=np.int32)
        begins = np.flatnonzero(np.diff(living.row, prepend=-1))
        row = np.flatnonzero(unknown < np.uint64(PARTLY))
        at = begins[row]
        before = np.zeros((FEW_BEFORE if few else MOST_BEFORE, len(row)), dtype=np.intp)
        cases = _Cases(
            row,
            at,
            np.append(begins[1:], len(living.row))[row],
            living.bits[at],
            closed[row],
            unknown[row].astype(self._type),
            before,
            np.ones(len(row), dtype=np.intp),
            np.ones(len(row), dtype=np.bool_),
            np.zeros(len(row), dtype=np.bool_),
        )
        before[0] = cases.next_boxes(living)
        for _ in range(FEW_LOOKED_AT if few else MOST_LOOKED_AT):
            if not len(cases.row):
                break
            cases = self._next(cases, living, told)
        return told

    def _next(self, cases: _Cases, living: Living, told: Verdicts) -> _Cases:
        """Look at one more box of each case; those of which it says nothing yet."""
        box = cases.next_boxes(living)
        first = cases.before[0]
        own = self._outcome_of[first]
        none = box == 0
        same = self._outcome_of[box] == own
        ends = none & (cases.closed | (own == self._otherwise))
        other = np.flatnonzero(~(same | ends))
        differs, never = self._held_against(cases, box, other)
        told[cases.row[other[differs]]] = UNDETERMINED
        covered = other[never]
        always = covered[none[covered]]  # some box of the first outcome holds whatever is unknown
        ends[always] = True
        cases.closed[always] = True
        ended = np.flatnonzero(ends)
        told[cases.row[ended]] = self._ended(cases.take(ended))
        added = np.flatnonzero(same & (cases.count < len(cases.before)))
        cases.before[cases.count[added], added] = box[added]
        cases.count[added] += 1
        of_rule = self._rule_of[box[added]] == self._rule_of[first[added]]
        cases.alike[added] &= of_rule
        cases.again[added] |= of_rule
        on = np.zeros(len(box), dtype=np.bool_)
        on[added] = True
        on[covered[~none[covered]]] = True
        return cases.take(np.flatnonzero(on))

    def _ended(self, cases: _Cases) -> Verdicts:
        """The verdicts of cases without a second result: whose rule gives the outcome, if it is one's."""
        first = cases.before[0]
        by_rule = cases.closed & cases.alike
        outcome = WITHOUT_RULE - self._outcome_of[first]  # the first box fails in some completion
        verdicts: Verdicts = np.where(by_rule, first, np.where(cases.again, OPEN, outcome)).astype(np.int32)
        return verdicts

    def _held_against(self, cases: _Cases, box: Numbers, other: Numbers) -> tuple[Flags, Flags]:
        """Of some cases whether their next box gives a second result, and whether it never does."""
        box, unknown, count = box[other], cases.unknown[other], cases.count[other]
        fails = self._escapes(cases.before[0, other], box, unknown)
        covered = fails == 0
        differs = ~covered & (count == 1)
        several = np.flatnonzero(~covered & (count > 1))
        if not len(several):
            return differs, covered
        for number in range(2, int(count[several].max()) + 1):
            rows = several[count[several] == number]
            if len(rows):
                before = cases.before[:number, other[rows]]
                differs[rows] = self._fail_together(before, box[rows], unknown[rows])
                covered[rows] = ~differs[rows]
        return differs, covered

    def _fail_together(self, before: Numbers, other: Numbers, unknown: Bits) -> Flags:
        """Whether several boxes can all fail while another holds: each by a variable of its own, or some by one
        cell of the same."""
        ways: dict[Block, Bits] = {(place,): self._escapes(one, other, unknown) for place, one in enumerate(before)}
        fail = have_their_own(list(ways.values()))
        left = np.flatnonzero(~fail & np.all([way != 0 for way in ways.values()], axis=0))
        if not len(left):
            return fail
        before, other = before[:, left], other[left]
        ways = {block: way[left] for block, way in ways.items()}
        for partition in PARTITIONS[len(before)]:
            for block in partition:
                if block not in ways:
                    by_each = np.bitwise_and.reduce([ways[place,] for place in block])
                    ways[block] = self._left_out(before[list(block)], other, by_each)
            fail[left] |= have_their_own([ways[block] for block in partition])
        return fail

    def _escapes(self, one: Numbers, other: Numbers, unknown: Bits) -> Bits:
        """The unknown variables of which a box leaves out a cell that another accepts (0: no box, which accepts all)."""
        pairs = self._pairs
        if pairs is None and self._boxes <= MOST_PAIRED:
            with self._lock:
                self._asked += len(one)
                if self._pairs is None and self._asked * WORTH > self._boxes**2:
                    self._pairs = self._compared()
                pairs = self._pairs
        if pairs is not None:
            escapes: Bits = pairs.take(one * (self._boxes + 1) + other) & unknown
            return escapes
        return self._left_out(one[None], other, unknown)

    def _left_out(self, boxes: Numbers, other: Numbers, unknown: Bits) -> Bits:
        """The unknown variables of which some cell that another box accepts is left out by all of several boxes."""
        ways = np.zeros(len(other), dtype=self._type)
        for place, cells in enumerate(self._cells):
            bit = self._type(1 << place)
            rows = np.flatnonzero(unknown & bit)
            left_out = np.zeros(len(rows), dtype=np.bool_)
            for word in cells if len(rows) else ():
                accepted = word[other[rows]]
                for one in boxes:
                    accepted &= ~word[one[rows]]
                left_out |= accepted != 0
            ways[rows[left_out]] |= bit
        return ways

    def _compared(self) -> Bits:
        """`_escapes` of every pair, all variables unknown."""
        size = self._boxes + 1
        pairs = np.zeros((size, size), dtype=self._type)
        for place, cells in enumerate(self._cells):
            for word in cells:
                pairs |= ((word[None, :] & ~word[:, None]) != 0) * self._type(1 << place)
        return pairs.ravel()


def _cells_of(masks: tuple[int, ...], count: int, boxes: int) -> list[NDArray[np.uint64]]:
    """The cells of a variable that each of the first boxes accepts, 64 in a word; no box (at 0) accepts all."""
    words = []
    for start in range(0, len(masks), 64):
        rows = as_words(masks[start : start + 64], count, max(1, -(-count // 64)))
        word = np.zeros(boxes + 1, dtype=np.uint64)
        for place, row in enumerate(rows):
            bits = np.unpackbits(row.astype("<u8").view(np.uint8), bitorder="little")[:boxes]
            word[1:] |= bits.astype(np.uint64) << np.uint64(place)
        word[0] = (1 << len(rows)) - 1
        words.append(word)
    return words
