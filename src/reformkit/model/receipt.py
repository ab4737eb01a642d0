"""What an assessment was made from and came to, so that it can be made again."""

from __future__ import annotations

from datetime import date
from typing import Any

from pydantic import BaseModel, ConfigDict


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class CountedSignal(_Part):
    """A signal as it was counted, with the ids of the cases, and where the case itself leaves it open, what it may be."""

    value: int | None
    counted: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    possible: tuple[int, ...] = ()


class UsedRulebook(_Part):
    """The rulebook and library that were used, by name, version and digest."""

    name: str
    version: str
    sha256: str


class Came(_Part):
    """What one decision came to."""

    status: str
    outcome: str | None
    outcomes: tuple[str, ...]
    possible: tuple[str, ...]


class Receipt(_Part):
    """Facts, day, counted signals, rulebook and results of one assessment.

    `day` is the day whose rules applied; None says that nothing dated the case and the last state was used.
    """

    case: dict[str, Any]
    as_of: date | None
    day: date | None = None
    history: bool = False
    signals: dict[str, CountedSignal]
    rulebook: UsedRulebook
    outcomes: dict[str, Came]
    measures: tuple[str, ...]
