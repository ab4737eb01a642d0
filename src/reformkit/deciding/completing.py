"""What unknown facts may turn out to be, tried out: two completions that differ prove a case undetermined."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from reformkit.deciding.folding import Folded, Looseness, as_words
from reformkit.deciding.meaning import Open, Opens
from reformkit.deciding.table import Table
from reformkit.model.columns import Numbers, Words

MOST_TRIED = 12
"""Completions tried for a case."""

MOST_VALUES = 256
"""Values of one unknown fact among which a completion is drawn."""


@dataclass(frozen=True)
class _Values:
    """The values that a fact may turn out to have, as the boxes that accept each: by word, then by value.

    Value 0 accepts every box: the fact is known. Those of kind `q` begin at `first[q]`.
    """

    fact: Looseness
    boxes: tuple[NDArray[np.uint64], ...]
    first: NDArray[np.int64]
    count: NDArray[np.int64]


class Completions:
    """Draws completions for the unknown facts of one table. What is drawn changes how much has to be walked,
    never a result."""

    def __init__(self, table: Table, folded: Folded) -> None:
        self._random = np.random.default_rng(0)
        self._values = [_values(table, fact, folded.words, self._random) for fact in folded.loose]

    def kinds(self, rows: slice, chosen: Numbers) -> list[Numbers]:
        """For each fact how it is unknown of some rows (0: it is known)."""
        return [values.fact.of_code[values.fact.codes[rows][chosen]].astype(np.intp) for values in self._values]

    def draw(self, alive: Words, kinds: Sequence[Numbers]) -> Words:
        """The boxes that hold once a value is drawn for everything unknown."""
        holding = alive.copy()
        for values, kind in zip(self._values, kinds, strict=True):
            drawn = self._random.integers(0, MOST_VALUES, len(kind)) % values.count[kind]
            places = np.where(kind > 0, values.first[kind] + drawn, 0)
            for word, boxes in enumerate(values.boxes):
                holding[:, word] &= boxes.take(places, mode="clip")
        return holding


def _values(table: Table, fact: Looseness, words: int, random: np.random.Generator) -> _Values:
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
            rows.append([_drawn(table.masks.every, variables, random) for _ in range(64)])
    lengths = np.array([len(masks) for masks in rows])
    boxes = np.concatenate([as_words(masks, count, words) for masks in rows])
    return _Values(fact, tuple(np.ascontiguousarray(boxes.T)), np.cumsum(lengths) - lengths, lengths)


def _drawn(every: int, variables: Sequence[tuple[Sequence[int], int]], random: np.random.Generator) -> int:
    """The boxes that accept a set of tags drawn at random."""
    for masks, _ in variables:
        every &= masks[int(random.integers(len(masks)))]
    return every
