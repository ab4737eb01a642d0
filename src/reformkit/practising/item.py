"""What the acts of one item have come to, as plain data. `fold` makes it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from reformkit.model import act as acts
from reformkit.model.act import Criterion, Exhibit, Issue, Opened, Suggestion
from reformkit.model.procedure import Procedure
from reformkit.practising.units import each_once, is_among


@dataclass(slots=True)
class SentLetter:
    """A letter as it stands: when it was issued, who has received it when, and whether its number is void."""

    issued: acts.Issued
    on: date
    seq: int
    received: dict[str, date] = field(default_factory=dict)
    void: bool = False

    @property
    def unreceived(self) -> tuple[str, ...]:
        """The recipients that have not received it."""
        return () if self.void else tuple(unit for unit in self.issued.to if not is_among(unit, self.received))


@dataclass(frozen=True, slots=True)
class MadeSuggestion:
    """A suggestion that was made to a unit, and on which day."""

    suggestion: Suggestion
    on: date
    number: str | None


@dataclass(frozen=True, slots=True)
class Judgement:
    """What was judged of a criterion, with the evidence for it."""

    met: bool
    evidence: tuple[Exhibit, ...]
    on: date
    body: str


@dataclass(frozen=True, slots=True)
class Reported:
    """Results that a unit reported."""

    what: str
    count: int
    on: date
    unit: str
    suggestion: str | None
    evidence: tuple[Exhibit, ...]


@dataclass(frozen=True, slots=True)
class LateEntry:
    """An act that was written late, and why."""

    seq: int
    kind: str
    on: date
    reason: str


@dataclass(frozen=True, slots=True)
class Changed:
    """A decision that comes out otherwise than when the item was opened or last moved (复核)."""

    decision: str
    was: str | None
    now: str | None
    seq: int
    on: date


@dataclass(slots=True)
class ItemState:
    """An item as its acts have made it; `fold` makes it, nothing else changes it."""

    id: str
    procedure: Procedure
    opened: Opened
    opened_on: date
    n: int = 0
    seq: int = 0
    last_on: date = date.min
    cases: dict[str, dict[str, Any]] = field(default_factory=dict)
    issues: tuple[Issue, ...] = ()
    suspected: tuple[str, ...] = ()
    decisions: dict[str, str | None] = field(default_factory=dict)
    settled: dict[str, str | None] = field(default_factory=dict)
    changed_at: dict[str, tuple[int, date]] = field(default_factory=dict)
    opinions: dict[str, str] = field(default_factory=dict)
    days: dict[str, date] = field(default_factory=dict)
    unit_days: dict[str, dict[str, date]] = field(default_factory=dict)
    papers: dict[str, tuple[str, ...]] = field(default_factory=dict)
    letters: list[SentLetter] = field(default_factory=list)
    demands: dict[str, MadeSuggestion] = field(default_factory=dict)
    judged: dict[str, Judgement] = field(default_factory=dict)
    results: list[Reported] = field(default_factory=list)
    evidence: dict[str, Exhibit] = field(default_factory=dict)
    acted: set[tuple[str, str]] = field(default_factory=set)
    extended: dict[str, list[acts.Extended]] = field(default_factory=dict)
    again: dict[str, tuple[date, bool]] = field(default_factory=dict)
    failures: dict[str, int] = field(default_factory=dict)
    marks: list[tuple[str, date]] = field(default_factory=list)
    pauses: list[tuple[date, date | None]] = field(default_factory=list)
    pressed: list[tuple[str, date]] = field(default_factory=list)
    escalated: date | None = None
    into: str | None = None
    ended: str | None = None
    ended_on: date | None = None
    consent: bool = False
    late: list[LateEntry] = field(default_factory=list)
    corrected: dict[int, int] = field(default_factory=dict)

    @property
    def suspended(self) -> bool:
        """Whether its clock stands still."""
        return bool(self.pauses) and self.pauses[-1][1] is None

    @property
    def units(self) -> tuple[str, ...]:
        """The units that reform: those of its letters, else the responsible unit, each once."""
        sent = [
            unit for letter in self.letters if not letter.void for unit in letter.issued.to if self._is_unit(letter)
        ]
        return each_once(sent) or (self.opened.responsible_unit,)

    def _is_unit(self, letter: SentLetter) -> bool:
        step = self.procedure.steps.get(letter.issued.step or "")
        return step is not None and step.to == "responsible"

    @property
    def facts(self) -> dict[str, Any]:
        """The facts of its own case, with what the opening says of units and places."""
        own = {
            name: value
            for name in ("unit", "responsible_unit", "region", "township", "industry")
            if (value := getattr(self.opened, name)) is not None
        }
        case = self.opened.case
        return own | ({} if case is None else {k: v for k, v in self.cases[case["id"]].items() if v is not None})

    @property
    def criteria(self) -> dict[str, Criterion]:
        """Every criterion of every suggestion, by its id."""
        return {c.id: c for demand in self.demands.values() for c in demand.suggestion.criteria}

    @property
    def changed(self) -> tuple[Changed, ...]:
        """The decisions to be looked at again (复核)."""
        asked = self.procedure.review.asks if self.procedure.review else tuple(self.settled)
        return tuple(
            Changed(name, self.settled[name], self.decisions.get(name), *self.changed_at[name])
            for name in asked
            if self.settled.get(name) is not None and self.settled[name] != self.decisions.get(name)
        )
