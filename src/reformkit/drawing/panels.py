"""What a picture of shares beside numbers shows: a panel each, the same rows in each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Dot:
    """A share from 0 to 1 with its interval and its words; `few`: hollow, for it is of too few."""

    value: float
    low: float
    high: float
    words: str
    few: bool


@dataclass(frozen=True, slots=True)
class Dots:
    """A panel of shares, a dot a row; None where there is none."""

    title: str
    rows: list[Dot | None]


@dataclass(frozen=True, slots=True)
class Bar:
    """A number and its words."""

    value: float
    words: str


@dataclass(frozen=True, slots=True)
class Bars:
    """A panel of numbers, a bar a row; None where none is stated. `most`: where the scale ends, else by its own rows."""

    title: str
    rows: list[Bar | None]
    most: float | None = None


@dataclass(frozen=True, slots=True)
class MonthLine:
    """A line over months: its name, and a number a month."""

    title: str
    numbers: list[int]


Panel: TypeAlias = Dots | Bars
