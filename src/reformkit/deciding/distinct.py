"""Telling rows of numbers, and words, apart."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from reformkit.model.columns import Numbers, Words

SPARSE = 4
"""How many numbers there may be for each row before rows are told apart by sorting, not by a table."""


def distinct(keys: Words) -> tuple[Numbers, Numbers]:
    """The first row of each different key, and for every row the number of its key."""
    packed = _packed([keys[:, place] for place in range(keys.shape[1])])
    if packed is not None:
        return _apart(*packed)
    mixed = np.zeros(len(keys), dtype=np.uint64)
    for column in keys.T:
        mixed = (mixed ^ column) * _PRIME
        mixed ^= mixed >> np.uint64(29)
    _, first, inverse = np.unique(mixed, return_index=True, return_inverse=True)
    if (keys == keys[first[inverse]]).all():
        return first, inverse
    _, first, inverse = np.unique(keys, axis=0, return_index=True, return_inverse=True)  # two keys mixed alike
    return first, inverse.reshape(-1)


def _packed(columns: Sequence[NDArray[np.uint64]]) -> tuple[NDArray[np.uint64], int] | None:
    """Each row as one number below a size; None where 64 bits do not hold it."""
    if not len(columns[0]):
        return np.zeros(0, dtype=np.uint64), 1
    size, packed = 1, np.zeros(len(columns[0]), dtype=np.uint64)
    for column in columns:
        width = int(column.max()) + 1
        size *= width
        if size > 1 << 64:
            return None
        packed = packed * np.uint64(width) + column if width < 1 << 64 else column
    return packed, size


def _apart(numbers: NDArray[np.uint64], size: int) -> tuple[Numbers, Numbers]:
    """`distinct` of single numbers below a size."""
    if size > SPARSE * len(numbers) + (1 << 12):
        _, first, inverse = np.unique(numbers, return_index=True, return_inverse=True)
        return first, inverse
    places = numbers.astype(np.intp)
    first_of = np.full(size, -1, dtype=np.intp)
    first_of[places[::-1]] = np.arange(len(places) - 1, -1, -1)
    found = np.flatnonzero(first_of >= 0)
    number_of = np.zeros(size, dtype=np.intp)
    number_of[found] = np.arange(len(found))
    return first_of[found], number_of[places]


def numbered_words(words: pl.Series) -> Numbers:
    """Words as numbers that are equal where the words are; null is a word of its own."""
    groups = pl.DataFrame({"word": words}).with_row_index("row").group_by("word").agg("row")
    rows = groups.with_row_index("number").select("number", "row").explode("row")
    numbers = np.zeros(len(words), dtype=np.intp)
    numbers[rows["row"].to_numpy()] = rows["number"].to_numpy()
    return numbers


def together(values: Sequence[Any]) -> Numbers:
    """Values of several frames (numbers, words, or sets of tags as bits), one after another, as numbers that are
    equal where they are. Where one has words the others have words, or nothing that is known."""
    if any(isinstance(one, pl.Series) for one in values):
        return numbered_words(pl.concat([_as_words(one) for one in values]))
    width = max(1 if one.ndim == 1 else one.shape[1] for one in values)
    rows = np.zeros((sum(map(len, values)), width), dtype=np.uint64)
    start = 0
    for one in values:
        columns = (one[:, None] if one.ndim == 1 else one).astype(np.uint64)
        rows[start : start + len(one), : columns.shape[1]] = columns
        start += len(one)
    return distinct(rows)[1]


def _as_words(values: Any) -> pl.Series:
    nothing = pl.Series([None], dtype=pl.String)
    return values if isinstance(values, pl.Series) else nothing.new_from_index(0, len(values))


_PRIME = np.uint64(0x9E3779B97F4A7C15)
