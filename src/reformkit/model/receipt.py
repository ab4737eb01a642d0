"""What an assessment was made from and came to, so that it can be made again."""

from __future__ import annotations

from datetime import date
from typing import Any

from pydantic import BaseModel, ConfigDict

from reformkit.model.decision import Status

FORMAT = 2
"""The form of the receipts that are written; those of reformkit 0.1 name none, and are read as form 1."""


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class CountedSignal(_Part):
    """A signal as it was counted, with the ids of the cases, and where the case itself leaves it open, what it may be."""

    value: int | None
    counted: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    possible: tuple[int, ...] = ()
    later: tuple[str, ...] = ()


class UsedRulebook(_Part):
    """The rulebook and library that were used, by name, version and digest; `digests` has one for each part."""

    name: str
    version: str
    sha256: str
    digests: dict[str, str] = {}


class Came(_Part):
    """What one decision came to, by which rule or, of a collection, which rules (form 1 says neither).

    `gives`: the named values that came with it, where its outcomes have any.
    """

    status: Status
    outcome: str | None
    outcomes: tuple[str, ...]
    possible: tuple[str, ...]
    rule: str | None = None
    rules: tuple[str, ...] = ()
    gives: dict[str, Any] | list[dict[str, Any]] | None = None

    @property
    def result(self) -> tuple[Status, tuple[str, ...], tuple[str, ...], object]:
        """What it came to, whatever rules gave it."""
        return self.status, self.outcomes, self.possible, self.gives


class Receipt(_Part):
    """Facts, day, counted signals, rulebook and results of one assessment.

    `day` is the day whose rules applied; None says that nothing dated the case and the last state was used.
    `order` names the order of recommendations that the caller brought; None is that of the library.
    `letter_on` is the day whose law a demand cites, where one was given. `reformkit` is the version that wrote it.
    A receipt is not signed: it shows that an answer can be had again, not who gave it, and its counts are its own.
    """

    format: int = 1
    reformkit: str | None = None
    case: dict[str, Any]
    as_of: date | None
    letter_on: date | None = None
    day: date | None = None
    history: bool = False
    signals: dict[str, CountedSignal]
    rulebook: UsedRulebook
    outcomes: dict[str, Came]
    measures: tuple[str, ...]
    order: str | None = None
