"""Blocks of boxes that are to fail together, and whether each of them has a variable of its own to fail by."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from typing import Any

import numpy as np
from numpy.typing import NDArray

from reformkit.columns.cases import Flags

MOST_BEFORE = 5
"""Boxes of the first outcome that are held against a box of another."""

Block = tuple[int, ...]
"""Boxes, by their places, that are to fail by one cell."""

Bits = NDArray[Any]
"""Variables as bits, in the smallest type that holds all of a table."""


def have_their_own(ways: Sequence[Bits]) -> Flags:
    """Whether each set of variables has one of its own: any so many of them hold as many (the theorem of Hall)."""
    own: Flags = np.ones(len(ways[0]), dtype=np.bool_)
    for size in range(1, len(ways) + 1):
        for chosen in combinations(ways, size):
            own &= np.bitwise_count(np.bitwise_or.reduce(chosen)) >= size
    return own


def _partitions(count: int) -> list[list[Block]]:
    """The ways to put so many boxes into blocks."""
    if not count:
        return [[]]
    return [
        changed
        for partition in _partitions(count - 1)
        for changed in (
            [*partition, (count - 1,)],
            *([*partition[:i], (*block, count - 1), *partition[i + 1 :]] for i, block in enumerate(partition)),
        )
    ]


PARTITIONS = {count: [p for p in _partitions(count) if len(p) < count] for count in range(2, MOST_BEFORE + 1)}
"""The same where some block holds more than one."""
