"""The boxes that may still hold, of many cases: only the words of masks in which there are any."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from reformkit.columns.cases import Flags, Numbers, Words

Boxes = NDArray[np.int32]
"""A box of each row, counted from 1 in the order of the rules; 0: none."""


@dataclass(frozen=True)
class Living:
    """The boxes alive of `height` rows: row `row[i]` has those of `bits[i]` in word `word[i]` of its masks.

    Entries are sorted by row, then by word.
    """

    height: int
    row: Numbers
    word: Numbers
    bits: NDArray[np.uint64]

    @classmethod
    def of(cls, words: Words) -> Living:
        """From all words of each row."""
        row, word = np.nonzero(words)
        return cls(len(words), row, word, words[row, word])

    @classmethod
    def one_after_another(cls, parts: Sequence[Living]) -> Living:
        """The rows of several."""
        starts = np.cumsum([0, *(part.height for part in parts)])
        return cls(
            int(starts[-1]),
            np.concatenate([part.row + start for part, start in zip(parts, starts, strict=False)]),
            np.concatenate([part.word for part in parts]),
            np.concatenate([part.bits for part in parts]),
        )

    def whole(self, width: int) -> Words:
        """All words of each row, of which there are `width`."""
        words = np.zeros((self.height, width), dtype=np.uint64)
        words[self.row, self.word] = self.bits
        return words

    def take(self, rows: Numbers) -> Living:
        """Some rows, in ascending order."""
        number = np.full(self.height, -1, dtype=np.intp)
        number[rows] = np.arange(len(rows))
        row = number[self.row]
        kept = row >= 0
        return Living(len(rows), row[kept], self.word[kept], self.bits[kept])

    def only(self, bits: NDArray[np.uint64]) -> Living:
        """The same entries with other boxes."""
        return Living(self.height, self.row, self.word, bits)

    def first(self, bits: NDArray[np.uint64]) -> Boxes:
        """The first box of each row among those that `bits` says for each entry."""
        entries = np.flatnonzero(bits)
        rows = self.row[entries]
        begins = np.ones(len(rows), dtype=np.bool_)
        np.not_equal(rows[1:], rows[:-1], out=begins[1:])
        entries = entries[begins]
        lowest = bits[entries]
        places = np.zeros(self.height, dtype=np.int32)
        place = np.bitwise_count((lowest & -lowest) - np.uint64(1)).astype(np.int32)
        places[rows[begins]] = place + (64 * self.word[entries] + 1).astype(np.int32)
        return places

    @cached_property
    def firsts(self) -> Boxes:
        """The first box alive of each row."""
        return self.first(self.bits)

    def any(self, bits: NDArray[np.uint64]) -> Flags:
        """The rows with a bit in some entry."""
        alive = np.zeros(self.height, dtype=np.bool_)
        alive[self.row[bits != 0]] = True
        return alive

    def count(self, bits: NDArray[np.uint64]) -> Numbers:
        """How many bits the entries of each row have."""
        counts = np.bincount(self.row, weights=np.bitwise_count(bits), minlength=self.height)
        return counts.astype(np.intp)
