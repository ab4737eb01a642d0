"""Cases of a file of any size and kind, batch by batch in columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol

import numpy as np
import polars as pl
from numpy.typing import NDArray

from reformkit.frames.checking import Fault
from reformkit.model.case import Unread
from reformkit.model.vocabulary import Field
from reformkit.problem import Place, Problem

Lines = NDArray[np.int64]


class BadValue(NamedTuple):
    """A value that keeps a case from being assessed: in which column, what it says, and what is wrong with it."""

    column: str
    value: str
    problem: Problem


@dataclass
class Batch:
    """Cases in columns, by canonical names and values, and the line (or row) on which each begins.

    Of text files what could not be taken is not in the frame: `bad` says what was wrong, `unread` which
    cases that were.
    """

    frame: pl.DataFrame
    lines: Lines
    bad: list[BadValue] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)


def joined(parts: Sequence[Batch]) -> Batch:
    """Some batches, at least one, as one."""
    return Batch(
        pl.concat([part.frame for part in parts], how="diagonal"),
        np.concatenate([part.lines for part in parts]),
        [bad for part in parts for bad in part.bad],
        [case for part in parts for case in part.unread],
    )


PART = 1 << 13
"""Cases that are held as objects before they are laid in columns."""


class Batches(Protocol):
    """A file of cases that is open. `problems` are those of the file itself; it can be read once.

    Where it `keeps_rows`, cases that could not be assessed come out too, marked; otherwise they are left out.
    """

    @property
    def path(self) -> str: ...

    @property
    def keeps_rows(self) -> bool: ...

    @property
    def problems(self) -> Sequence[Problem]: ...

    @property
    def names(self) -> list[str]: ...

    @property
    def carried(self) -> Sequence[str]: ...

    @property
    def share_read(self) -> float: ...

    def nothing(self) -> pl.DataFrame:
        """A frame of no rows with the columns of every batch, at most; one that a batch lacks is all null there."""
        ...

    def batches(self, rows: int, only: list[str] | None = None) -> Iterator[Batch]: ...

    def told(self, fault: Fault, row: int) -> Problem: ...

    def place(self, line: int) -> Place: ...


_COLUMN_TYPES: dict[str, pl.DataType] = {
    "choice": pl.String(),
    "flag": pl.Boolean(),
    "count": pl.Int64(),
    "date": pl.Date(),
    "text": pl.String(),
    "tags": pl.List(pl.String),
}


def column_type(field: Field) -> pl.DataType:
    """What a column of a fact that is read from text is made of."""
    return pl.Decimal(38, field.places) if field.places is not None else _COLUMN_TYPES[field.type]
