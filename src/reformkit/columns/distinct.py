"""Telling rows of numbers, and words, apart."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from reformkit.columns.cases import Numbers, Words

SPARSE = 4
"""How many numbers there may be for each row before rows are told apart by sorting, not by a table."""

WIDE = 1 << 32
"""Numbers from here on are bits, not small numbers: keys of such columns are mixed into one."""


def distinct(keys: Words) -> tuple[Numbers, Numbers]:
    """The first row of each different key, and for every row the number of its key."""
    return distinct_in([keys[:, place] for place in range(keys.shape[1])])


def distinct_in(columns: Sequence[NDArray[Any]]) -> tuple[Numbers, Numbers]:
    """The same of keys that are given column by column, as numbers that are not negative."""
    if not len(columns[0]):
        return np.zeros(0, dtype=np.intp), np.zeros(0, dtype=np.intp)
    widths = [int(column.max()) + 1 for column in columns]
    if len(widths) > 1 and max(widths) > WIDE:
        return _mixed(np.stack([column.astype(np.uint64) for column in columns], axis=1))
    numbers, size, few = columns[0].astype(np.uint64), widths[0], _few(len(columns[0]))
    for column, width in zip(columns[1:], widths[1:], strict=True):
        if width == 1:
            continue
        if size * width > few >= size or size * width >= 1 << 64:  # those seen are fewer than those there may be
            first_places, inverse = _apart(numbers, size)
            numbers, size = inverse.astype(np.uint64), len(first_places)
        numbers, size = numbers * np.uint64(width) + column.astype(np.uint64), size * width
    return _apart(numbers, size)


def _few(height: int) -> int:
    """The size of a table that so many rows are worth."""
    return SPARSE * height + (1 << 12)


def _mixed(keys: Words) -> tuple[Numbers, Numbers]:
    """`distinct` of keys of any width."""
    mixed = np.zeros(len(keys), dtype=np.uint64)
    for column in keys.T:
        mixed = (mixed ^ column) * _PRIME
        mixed ^= mixed >> np.uint64(29)
    _, first, inverse = np.unique(mixed, return_index=True, return_inverse=True)
    if (keys == keys[first[inverse]]).all():
        return first, inverse
    _, first, inverse = np.unique(keys, axis=0, return_index=True, return_inverse=True)  # two keys mixed alike
    return first, inverse.reshape(-1)


def _apart(numbers: NDArray[np.uint64], size: int) -> tuple[Numbers, Numbers]:
    """`distinct` of single numbers below a size."""
    if size > _few(len(numbers)):
        _, first, inverse = np.unique(numbers, return_index=True, return_inverse=True)
        return first, inverse
    places = numbers.astype(np.intp)
    first_of = np.full(size, -1, dtype=np.intp)
    first_of[places[::-1]] = np.arange(len(places) - 1, -1, -1)
    present = np.flatnonzero(first_of >= 0)
    number_of = np.zeros(size, dtype=np.intp)
    number_of[present] = np.arange(len(present))
    return first_of[present], number_of[places]


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
