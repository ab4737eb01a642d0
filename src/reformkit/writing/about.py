"""What a letter is about, as plain data: whoever holds an item fills it, and a letter is drafted from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any


@dataclass(frozen=True, slots=True)
class Found:
    """One problem that was found in a unit: the fact, its cause, and the direction in which the cause lies."""

    cause: str
    direction: str | None = None
    finding: str | None = None


@dataclass(frozen=True, slots=True)
class Demand:
    """One thing that a letter asks for and that can be accepted by itself.

    `due` says in words by when; `evidence` and `judged` are what acceptance saw and found.
    """

    id: str
    text: str
    measure: str | None = None
    responsible: str | None = None
    due: str | None = None
    criteria: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()
    judged: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterAbout:
    """Everything that a letter may say of an item. None is not known and is asked for; an empty tuple is none.

    `codes` are the office's codes (代字) by the name that letters go out in; `source` is where the item comes from
    (case, special, feedback, inspection), `source_name` what that is called; `day` is the day whose law is cited;
    `more` holds what fills other sources of placeholders.
    """

    item: str | None
    office: str | None
    codes: Mapping[str, str] = field(default_factory=dict)
    source: str = "case"
    source_name: str | None = None
    case: str | None = None
    unit: str | None = None
    recipients: tuple[str, ...] = ()
    copies: tuple[str, ...] | None = None
    matter: str | None = None
    reason: str | None = None
    issues: tuple[Found, ...] = ()
    suggestions: tuple[Demand, ...] = ()
    reply_by: date | None = None
    body: str | None = None
    contact: str | None = None
    signed_by: str | None = None
    enclosures: tuple[str, ...] | None = None
    seal: str | None = None
    summary: str | None = None
    opinion: str | None = None
    opinion_reason: str | None = None
    layer: str | None = None
    overdue: str | None = None
    served: tuple[str, ...] = ()
    received_on: date | None = None
    checked_on: date | None = None
    result: str | None = None
    day: date | None = None
    more: Mapping[str, Any] = field(default_factory=dict)
