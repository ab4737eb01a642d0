"""A table's masks as 64-bit words, several facts folded into one lookup (docs/adr/0002).

Box `p` in the order of the rules is bit `p % 64` of word `p // 64`: the first box that holds is the lowest bit
of the first word that is not zero.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from reformkit.columns.cases import Words
from reformkit.columns.coding import Coded, CodedTags, Codes, Column, piece_tags, smallest
from reformkit.deciding.meaning import Open
from reformkit.deciding.table import CompiledTable
from reformkit.model.vocabulary import Value

MOST_CELLS = 4096
"""Cells of one fold: its lookup then stays in the nearest memory."""

MOST_VARIABLES = 63
"""Variables of a table that are told apart where they are unknown."""

PARTLY = 1 << MOST_VARIABLES
"""In place of the variables: a fact is only partly known, or there are too many variables."""


@dataclass(frozen=True)
class _Part:
    """One coded column as a table sees it: for each cell the boxes that *may* and that *must* hold, and the
    cell of each code; `open`: the variables that are unknown in each cell."""

    codes: Codes
    cell_of: NDArray[np.intp]
    may: Words
    must: Words
    open: NDArray[np.uint64]


@dataclass(frozen=True)
class Fold:
    """Some columns looked up together. `certain`: nothing in them is unknown."""

    codes: tuple[Codes, ...]
    shares: tuple[Codes, ...]
    """What each column's code adds to the number of the cell."""
    may: tuple[Words, ...]
    must: tuple[Words, ...]
    """By word, then by cell."""
    open: NDArray[np.uint64]
    """The variables that are unknown, by cell: as `open_variables` counts them."""
    certain: bool

    def cells(self, rows: slice) -> Codes:
        """The cell of each row."""
        cells: Codes = self.shares[0][self.codes[0][rows]]
        for share, codes in zip(self.shares[1:], self.codes[1:], strict=True):
            cells = cells + share[codes[rows]]
        return cells


@dataclass(frozen=True)
class Looseness:
    """How a fact may be unknown: by code, 0 for known, else the place in `kinds` from 1 on.

    `tested_by`: the boxes that test the fact's value.
    """

    fact: str
    codes: Codes
    of_code: NDArray[np.uint64]
    kinds: tuple[Open | None, ...]
    tested_by: NDArray[np.uint64]


@dataclass(frozen=True)
class Folded:
    """A table over coded columns."""

    words: int
    folds: tuple[Fold, ...]
    loose: tuple[Looseness, ...]

    @property
    def certain(self) -> bool:
        """Whether no tested fact is unknown of any case."""
        return all(fold.certain for fold in self.folds)


def fold(table: CompiledTable, columns: Mapping[str, Column]) -> Folded:
    """The masks of a table for the columns of the facts that it tests."""
    words = max(1, -(-len(table.masks.rule_of) // 64))
    parts: list[_Part] = []
    loose: list[Looseness] = []
    variables = open_variables(table)
    for fact in table.facts:
        column = columns[fact]
        if isinstance(column, Coded):
            part, looseness = _part(table, fact, column, words, variables[fact])
            parts.append(part)
        else:
            parts += _tag_parts(table, fact, column, words, variables[fact])
            looseness = _tag_looseness(table, fact, column, words)
        if looseness is not None:
            loose.append(looseness)
    return Folded(words, tuple(_fold(group) for group in _groups(parts)), tuple(loose))


def open_variables(table: CompiledTable) -> dict[str, int]:
    """What is unknown where a fact is, as bits: its variables, counted in the order of the facts."""
    bits: dict[str, int] = {}
    count = 0
    for fact in table.facts:
        own = sum(table.masks.variables[i].aspect != "known" for i in table.numbers[fact])
        bits[fact] = (1 << own) - 1 << count
        count += own
    return bits if count <= MOST_VARIABLES else dict.fromkeys(bits, PARTLY)


def _part(table: CompiledTable, fact: str, column: Coded, words: int, variables: int) -> tuple[_Part, Looseness | None]:
    pairs = [_may_must(table, fact, value) for value in column.values]
    loose = [value is None or isinstance(value, Open) for value in column.values]
    kinds = [value for value, is_loose in zip(column.values, loose, strict=True) if is_loose]
    cells: dict[object, int] = {}
    cell_of = [
        cells.setdefault(("loose", i) if is_loose else pair, len(cells))
        for i, (pair, is_loose) in enumerate(zip(pairs, loose, strict=True))
    ]
    firsts = [cell_of.index(cell) for cell in range(len(cells))]
    count = len(table.masks.rule_of)
    part = _Part(
        column.codes,
        np.array(cell_of, dtype=np.intp),
        as_words([pairs[i][0] for i in firsts], count, words),
        as_words([pairs[i][1] for i in firsts], count, words),
        np.array([_open(column.values[i], variables) for i in firsts], dtype=np.uint64),
    )
    if not kinds:
        return part, None
    numbers = np.cumsum(loose).astype(np.uint64) * np.array(loose, dtype=np.uint64)
    return part, Looseness(fact, column.codes, numbers, tuple(kinds), _tested_by(table, fact, words))  # type: ignore[arg-type]


def _open(value: Value | Open | None, variables: int) -> int:
    return variables if value is None else PARTLY if isinstance(value, Open) else 0


def _may_must(table: CompiledTable, fact: str, value: Value | Open | None) -> tuple[int, int]:
    """The boxes that accept some and every value that a fact may have."""
    known = None if isinstance(value, Open) else value
    may = must = table.lookups[fact][known] >> len(table.facts)
    if known is None:
        opens = {fact: value} if isinstance(value, Open) else {}
        may = table.unknown.restrict(may, (fact,), opens)
        for _, free in table.unknown.cells((fact,), opens):
            must &= free
    return may, must & may


def _tag_parts(table: CompiledTable, fact: str, column: CodedTags, words: int, variables: int) -> list[_Part]:
    """The pieces of a set of tags, each looked up by itself; the first tells known from unknown."""
    masks, count = table.masks, len(table.masks.rule_of)
    by_tag = {v.tag: i for i, v in enumerate(masks.variables) if v.fact == fact and v.aspect == "tag"}
    states = [masks.masks[i] for i, v in enumerate(masks.variables) if v.fact == fact and v.aspect == "known"]
    parts = []
    for place, (tags, codes) in enumerate(zip(piece_tags(column.tested), column.pieces, strict=True)):
        may = as_words([masks.every], count, words)
        free = masks.every
        for tag in tags:  # the cells of one more tag: first those without it, then those with it
            rows = masks.masks[by_tag[tag]] if tag in by_tag else (masks.every, masks.every)
            absent, present = as_words(rows, count, words)
            may = np.concatenate((may & absent, may & present))
            free &= masks.free[by_tag[tag]] if tag in by_tag else masks.every
        unknown = as_words([masks.every, free], count, words)
        for row in states if place == 0 else ():
            is_unknown, is_known = as_words(row, count, words)
            may, unknown = may & is_known, unknown & is_unknown
        open_ = np.zeros(len(may) + 1, dtype=np.uint64)
        open_[-1] = variables
        parts.append(
            _Part(
                codes,
                np.arange(len(may) + 1),
                np.concatenate((may, unknown[:1])),
                np.concatenate((may, unknown[1:])),
                open_,
            )
        )
    return parts


def _tag_looseness(table: CompiledTable, fact: str, column: CodedTags, words: int) -> Looseness | None:
    width = min(len(column.tested), len(piece_tags(column.tested)[0]))
    of_code = np.zeros((1 << width) + 1, dtype=np.uint64)
    of_code[-1] = 1
    return Looseness(fact, column.pieces[0], of_code, (None,), _tested_by(table, fact, words))


def _tested_by(table: CompiledTable, fact: str, words: int) -> NDArray[np.uint64]:
    free = table.masks.every
    for _, boxes in table.unknown.cells((fact,), {}):
        free &= boxes
    row: NDArray[np.uint64] = as_words([table.masks.every & ~free], len(table.masks.rule_of), words)[0]
    return row


def as_words(masks: Sequence[int], count: int, words: int) -> Words:
    """Masks (the first box the highest bit) as rows of words (the first box the lowest bit)."""
    size = 8 * words
    joined = b"".join((mask << 8 * size - count).to_bytes(size, "big") for mask in masks)
    bits = np.unpackbits(np.frombuffer(joined, dtype=np.uint8))
    return np.packbits(bits, bitorder="little").view("<u8").astype(np.uint64).reshape(len(masks), words)


def as_mask(row: NDArray[np.uint64], count: int) -> int:
    """One row of words as a mask."""
    bits = np.unpackbits(np.ascontiguousarray(row).astype("<u8").view(np.uint8), bitorder="little")
    return int.from_bytes(np.packbits(bits).tobytes(), "big") >> 64 * len(row) - count


def _groups(parts: list[_Part]) -> list[list[_Part]]:
    """Parts that are looked up together: as many as fit into one fold, the smallest first."""
    groups: list[list[_Part]] = []
    size = 1
    for part in sorted(parts, key=lambda part: len(part.may)):
        if not groups or size * len(part.may) > MOST_CELLS:
            groups.append([])
            size = 1
        groups[-1].append(part)
        size *= len(part.may)
    return groups


def _fold(parts: list[_Part]) -> Fold:
    may, must, open_ = parts[0].may, parts[0].must, parts[0].open
    stride, shares = len(may), [parts[0].cell_of]
    for part in parts[1:]:
        shares.append(part.cell_of * stride)
        stride *= len(part.may)
        may = (part.may[:, None, :] & may[None, :, :]).reshape(stride, -1)
        must = (part.must[:, None, :] & must[None, :, :]).reshape(stride, -1)
        open_ = (part.open[:, None] | open_[None, :]).reshape(stride)
    return Fold(
        tuple(part.codes for part in parts),
        tuple(smallest(share, stride) for share in shares),
        tuple(np.ascontiguousarray(may.T)),
        tuple(np.ascontiguousarray(must.T)),
        open_,
        bool((may == must).all()),
    )


def gather(words: Sequence[NDArray[np.uint64]], cells: Sequence[Any]) -> NDArray[np.uint64]:
    """The boxes that hold in every fold, for each row."""
    gathered: NDArray[np.uint64] = words[0].take(cells[0], mode="clip")
    for table, chosen in zip(words[1:], cells[1:], strict=True):
        gathered &= table.take(chosen, mode="clip")
    return gathered
