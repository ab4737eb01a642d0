"""Columns as small numbers: for each fact the class of its value that no test in use tells apart."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from reformkit.columns.cases import CaseColumns, TagColumn, Words, day_number
from reformkit.columns.distinct import distinct
from reformkit.deciding.cells import starts
from reformkit.deciding.meaning import Open, operands
from reformkit.model.condition import Test
from reformkit.model.own_words import ANY_TEXT
from reformkit.model.vocabulary import MOST_COUNT, Field, Value

Codes = NDArray[np.unsignedinteger[Any]]

MOST_SETS = 4096
"""Different sets of tags that are kept as sets; where there are more, tags are coded twelve at a time."""

PIECE = 12
"""Tags in one piece of a set."""

WIDEST = 1 << 20
"""The widest range of counts (numbers, days) that is coded by a table instead of a search."""


@dataclass(frozen=True)
class Coded:
    """One fact of many cases: `codes[i]` is the number of row `i`'s value in `values` (None: unknown)."""

    codes: Codes
    values: Sequence[Value | Open | None]

    def take(self, rows: Any) -> Coded:
        """The column of some rows."""
        return Coded(self.codes[rows], self.values)


@dataclass(frozen=True)
class CodedTags:
    """A tags fact of many cases, in pieces of at most twelve of its tested tags.

    A piece's code is the set of its tags as bits, or `2 ** width` for unknown.
    """

    tested: tuple[str, ...]
    pieces: tuple[Codes, ...]

    def take(self, rows: Any) -> CodedTags:
        """The column of some rows."""
        return CodedTags(self.tested, tuple(piece[rows] for piece in self.pieces))


Column = Coded | CodedTags


def coded(field: Field, tests: Iterable[Test], columns: CaseColumns) -> Column:
    """A fact of many cases as its tests see it."""
    tests = list(tests)
    if not columns.height:
        return unknown(0)
    if field.type == "tags":
        column = columns.tags.get(field.name)
        return unknown(columns.height) if column is None else _code_tags(field, tests, column)
    series = columns.plain.get(field.name)
    if field.name in columns.opens and series is not None:
        return _code_partly(field, tests, series, *columns.opens[field.name])
    if series is None or series.null_count() == len(series):
        return unknown(columns.height)
    match field.type:
        case "choice":
            return _with_nulls(series.to_physical(), list(field.values))
        case "flag":
            return _with_nulls(series.cast(pl.UInt8), [False, True])
        case "text":
            return _code_text(tests, columns.words(field.name))
        case "count" | "number" | "date":
            return _code_ordered(field, tests, series)


def unknown(height: int) -> Coded:
    """A fact that is unknown of every case."""
    return Coded(np.zeros(height, dtype=np.uint8), [None])


def smallest(codes: NDArray[Any], count: int) -> Codes:
    """Codes below a count in the fewest bytes."""
    return codes.astype(np.uint8 if count <= 1 << 8 else np.uint16 if count <= 1 << 16 else np.uint32, copy=False)


def _with_nulls(numbers: pl.Series, values: Sequence[Any]) -> Coded:
    if numbers.null_count():
        kind = pl.UInt8 if len(values) < 256 else pl.UInt32
        return Coded(numbers.cast(kind).fill_null(len(values)).to_numpy(), [*values, None])
    return Coded(numbers.to_numpy(), values)


def _code_text(tests: Iterable[Test], words: pl.Series) -> Coded:
    named = sorted({str(x) for test in tests for x in operands(test)})
    other = "".join(named) + ANY_TEXT  # a text that no test names
    numbers = words.cast(pl.Enum([*named, other]), strict=False).to_physical().cast(pl.UInt32)
    numbers = pl.select(pl.when(pl.lit(words).is_not_null()).then(pl.lit(numbers).fill_null(len(named)))).to_series()
    return _with_nulls(numbers, [*named, other])


def _code_ordered(field: Field, tests: Iterable[Test], series: pl.Series) -> Coded:
    """Counts, numbers and dates by the intervals between the thresholds of the tests."""
    values: list[Any] = starts(field, tests)
    firsts = np.array(
        [day_number(v) if isinstance(v, date) else min(field.ordinal(v), MOST_COUNT) for v in values], dtype=np.int64
    )
    physical = series.to_physical().cast(pl.Int64)
    low, high = physical.min(), physical.max()
    assert isinstance(low, int) and isinstance(high, int)
    numbers = physical.fill_null(low).to_numpy()
    if high - low < WIDEST:
        table = np.searchsorted(firsts, np.arange(low, high + 1), "right") - 1
        codes = smallest(table, len(values) + 1)[numbers - low]
    else:
        codes = smallest(np.searchsorted(firsts, numbers, "right") - 1, len(values) + 1)
    if physical.null_count():
        codes[physical.is_null().to_numpy()] = len(values)
        values = [*values, None]
    return Coded(codes, values)


def _code_partly(
    field: Field, tests: Iterable[Test], series: pl.Series, open_: NDArray[np.intp], possible: Sequence[tuple[int, ...]]
) -> Coded:
    """A count with values that are only partly known; these are null in the series."""
    firsts = starts(field, tests)
    known = series.null_count() < len(series)
    column = _code_ordered(field, tests, series) if known else unknown(len(series))
    classes = [frozenset(firsts[bisect_right(firsts, value) - 1] for value in values) for values in possible]
    values = [*column.values, *(Open(frozenset(), found) for found in classes)]
    codes = np.where(open_ > 0, open_ + len(column.values), column.codes)
    return Coded(smallest(codes, len(values)), values)


# --- tags ----------------------------------------------------------------------------------------------


def _code_tags(field: Field, tests: Iterable[Test], column: TagColumn) -> Column:
    named = {str(x) for test in tests for x in operands(test)}
    tested = tuple(tag for tag in field.values if tag in named)
    bits = column.bits(tested)
    if bits.shape[1] == 1:
        patterns, codes = _few_patterns(bits[:, 0])
        if patterns is not None:
            values: list[Any] = [_set_of(int(p), tested) for p in patterns]
            codes = smallest(codes, len(values) + 1)
            if not column.known.all():
                codes = np.where(column.known, codes, np.array(len(values), dtype=codes.dtype))
                values.append(None)
            return Coded(codes, values)
    return CodedTags(tested, tuple(_pieces(bits, column.known, len(tested))))


def _few_patterns(bits: NDArray[np.uint64]) -> tuple[Any, Any]:
    """The different sets and their numbers, unless there are too many."""
    sample = bits[:: max(1, len(bits) // (2 * MOST_SETS))]
    if len(np.unique(sample)) > MOST_SETS // 2:
        return None, None
    patterns, codes = np.unique(bits, return_inverse=True)
    return (None, None) if len(patterns) > MOST_SETS else (patterns, codes)


def _set_of(bits: int, tags: Sequence[str]) -> frozenset[str]:
    return frozenset(tag for i, tag in enumerate(tags) if bits >> i & 1)


def _pieces(bits: Words, known: NDArray[np.bool_], count: int) -> Iterable[Codes]:
    """The sets cut into codes of at most twelve tags."""
    for first in range(0, count, PIECE):
        width = min(PIECE, count - first)
        word, shift = divmod(first, 64)
        piece = bits[:, word] >> np.uint64(shift)
        if shift + width > 64:
            piece = piece | bits[:, word + 1] << np.uint64(64 - shift)
        codes = (piece & np.uint64((1 << width) - 1)).astype(np.uint16)
        yield np.where(known, codes, np.uint16(1 << width))


def piece_tags(tested: Sequence[str]) -> list[Sequence[str]]:
    """The tags of each piece."""
    return [tested[first : first + PIECE] for first in range(0, len(tested), PIECE)]


def tests_in_use(tables: Iterable[Mapping[str, Sequence[Test]]]) -> dict[str, list[Test]]:
    """For each fact every test that some table asks of its value."""
    asked: dict[str, dict[Test, None]] = {}
    for table in tables:
        for fact, tests in table.items():
            asked.setdefault(fact, {}).update(dict.fromkeys(tests))
    return {fact: list(tests) for fact, tests in asked.items()}


def as_sets(column: CodedTags) -> Coded:
    """Sets of tags in pieces as one number each."""
    keys = np.stack(column.pieces, axis=1).astype(np.uint64)
    first, inverse = distinct(keys)
    values: list[Any] = []
    for i in first.tolist():
        tags = piece_tags(column.tested)
        if int(keys[i, 0]) >> len(tags[0]) & 1:
            values.append(None)
        else:
            values.append(
                frozenset(
                    tag
                    for piece, own in zip(tags, keys[i].tolist(), strict=True)
                    for k, tag in enumerate(piece)
                    if own >> k & 1
                )
            )
    return Coded(inverse.astype(np.uint32), values)
