"""What unknown facts may turn out to be, tried out: two completions that differ prove a case undetermined."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from reformkit.columns.cases import Numbers
from reformkit.columns.folding import Folded, Looseness, as_words
from reformkit.columns.living import Boxes, Living
from reformkit.deciding.meaning import Open, Opens
from reformkit.deciding.table import CompiledTable

MOST_VALUES = 256
"""Values of one unknown fact among which a completion is drawn."""

MOST_SETS = 64
"""Sets drawn for an unknown set of tags."""

Random = np.random.Generator


@dataclass(frozen=True)
class _Values:
    """The values that a fact may turn out to have, as the boxes that accept each: by word, then by value.

    Value 0 accepts every box: the fact is known. Those of kind `q` begin at `first[q]`.
    """

    fact: Looseness
    count_of_boxes: int
    boxes: NDArray[np.uint64]
    first: NDArray[np.int64]
    count: NDArray[np.int64]

    def drawn(self, kinds: Numbers, random: Random) -> Numbers:
        """A value of each kind."""
        return self.first[kinds] + (random.random(len(kinds), dtype=np.float32) * self.count[kinds]).astype(np.intp)

    def drawn_for(self, kinds: Numbers, towards: Boxes, random: Random) -> Numbers:
        """A value of each kind that a box accepts (0: any box); any value where none that it accepts is at hand."""
        starts, counts, values = self._accepted
        counted = counts[kinds, towards]
        place = (random.random(len(kinds), dtype=np.float32) * counted).astype(np.intp)
        drawn: Numbers = values[np.minimum(starts[kinds, towards] + place, len(values) - 1)].astype(np.intp)
        none = np.flatnonzero(counted == 0)
        drawn[none] = self.drawn(kinds[none], random)
        return drawn

    @cached_property
    def _accepted(self) -> tuple[NDArray[np.int64], NDArray[np.int32], NDArray[np.int32]]:
        """The values that each box accepts: where those of a kind and a box begin in the list of values, and how
        many they are."""
        bits = np.unpackbits(self.boxes.T.copy().astype("<u8").view(np.uint8), axis=1, bitorder="little")
        accepts = np.ones((len(bits), self.count_of_boxes + 1), dtype=np.bool_)
        accepts[:, 1:] = bits[:, : self.count_of_boxes]
        counts = np.add.reduceat(accepts, self.first, axis=0, dtype=np.int32)
        values = [
            np.nonzero(accepts[first : first + count].T)[1].astype(np.int32) + np.int32(first)
            for first, count in zip(self.first.tolist(), self.count.tolist(), strict=True)
        ]
        ends = np.cumsum(counts, dtype=np.int64).reshape(counts.shape)
        return ends - counts, counts, np.concatenate(values)


class DrawnCompletions:
    """Draws completions for the unknown facts of one table. What is drawn changes how much has to be walked,
    never a result."""

    def __init__(self, table: CompiledTable, folded: Folded) -> None:
        random = np.random.default_rng(0)
        self._values = [_values(table, fact, folded.words, random) for fact in folded.loose]

    def kinds(self, rows: slice, chosen: Numbers) -> list[Numbers]:
        """For each fact how it is unknown of some rows (0: it is known)."""
        return [values.fact.of_code[values.fact.codes[rows][chosen]].astype(np.intp) for values in self._values]

    def draw(
        self, living: Living, kinds: Sequence[Numbers], random: Random, towards: Boxes | None = None
    ) -> NDArray[np.uint64]:
        """The boxes of each entry that hold once a value is drawn for everything unknown.

        `towards`: a box of each row that is to hold among them (0: no matter which).
        """
        bits = living.bits.copy()
        for values, kind in zip(self._values, kinds, strict=True):
            rows = np.flatnonzero(kind)
            if not len(rows):
                continue
            chosen = np.zeros(living.height, dtype=np.intp)
            if towards is None:
                chosen[rows] = values.drawn(kind[rows], random)
            else:
                chosen[rows] = values.drawn_for(kind[rows], towards[rows], random)
            value = chosen[living.row]
            entries = np.flatnonzero(value)
            bits[entries] &= values.boxes[living.word[entries], value[entries]]
        return bits


def _values(table: CompiledTable, fact: Looseness, words: int, random: Random) -> _Values:
    count = len(table.masks.rule_of)
    rows: list[Sequence[int]] = [[table.masks.every]]
    for kind in fact.kinds:
        opens: Opens = {fact.fact: kind} if isinstance(kind, Open) else {}
        variables = table.unknown.cells((fact.fact,), opens)
        if len(variables) == 1:
            masks = list(variables[0][0])
            rows.append(
                masks if len(masks) <= MOST_VALUES else [masks[i] for i in random.integers(0, len(masks), MOST_VALUES)]
            )
        else:
            rows.append([_drawn(table.masks.every, variables, random) for _ in range(MOST_SETS)])
    lengths = np.array([len(masks) for masks in rows])
    boxes = np.concatenate([as_words(masks, count, words) for masks in rows])
    return _Values(fact, count, np.ascontiguousarray(boxes.T), np.cumsum(lengths) - lengths, lengths)


def _drawn(every: int, variables: Sequence[tuple[Sequence[int], int]], random: Random) -> int:
    """The boxes that accept a set of tags drawn at random."""
    for masks, _ in variables:
        every &= masks[int(random.integers(len(masks)))]
    return every
