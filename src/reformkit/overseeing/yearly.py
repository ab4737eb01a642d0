"""What became of items in a year: those that it began with, that were opened, accepted, ended, and that go on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from reformkit.practising.item import ItemState
from reformkit.practising.progress import done_on
from reformkit.practising.states import State


@dataclass
class ItemCount:
    """Items of a procedure: in hand when the year began, opened in it, ended in it by the state, in hand at its end.

    INVARIANT: what was in hand and what was opened is what has ended and what is in hand.
    """

    carried: int = 0
    opened: int = 0
    ended: Counter[State] = field(default_factory=Counter)
    in_hand: int = 0
    accepted: int = 0


@dataclass
class SectorCount:
    """Items of a sector that were opened in the year: by layer, by weak points and causes found, by causes suspected."""

    opened: int = 0
    layers: Counter[str | None] = field(default_factory=Counter)
    points: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    suspected: Counter[str] = field(default_factory=Counter)

    def add(self, layer: str | None, found: Iterable[str], suspected: Iterable[str], points: Iterable[str]) -> None:
        """Count one more item; each cause and weak point once."""
        self.opened += 1
        self.layers[layer] += 1
        self.found.update(set(found))
        self.suspected.update(set(suspected) - set(found))
        self.points.update(set(points))


@dataclass
class ItemYear:
    """The items of a year from its `first` to its `last` day that is looked at.

    `procedures` has a count for each procedure, `sectors` for each sector (None where it is not said), `measures` how
    many suggestions rest on each measure; `late_entries` are acts of the year that were written late.
    """

    first: date
    last: date
    procedures: dict[str, ItemCount] = field(default_factory=dict)
    sectors: dict[str | None, SectorCount] = field(default_factory=dict)
    whole: SectorCount = field(default_factory=SectorCount)
    measures: Counter[str] = field(default_factory=Counter)
    late_entries: int = 0
    in_hand: list[tuple[str, str, dict[str, Any]]] = field(default_factory=list)
    """Of each item in hand with a case of its own: its id, that of the case, and the facts that are known of it."""

    def begin(self, state: ItemState) -> None:
        """Count an item as it stood when the year began."""
        if state.ended is None:
            self._of(state).carried += 1

    def end(self, state: ItemState, layer: str | None, point_of: Callable[[str], str | None]) -> None:
        """Count an item as it stands at the end; `point_of` says of a cause which weak point it belongs to."""
        count = self._of(state)
        opened = self._within(state.opened_on)
        count.opened += opened
        count.accepted += self._within(_accepted_on(state))
        if state.ended is None:
            count.in_hand += 1
            if (case := state.opened.case) is not None:
                known = {name: value for name, value in state.cases[case["id"]].items() if value is not None}
                self.in_hand.append((state.id, case["id"], known))
        elif self._within(state.ended_on):
            count.ended[State(state.ended)] += 1
        if opened and state.into is None:
            found = {issue.cause for issue in state.issues if issue.cause}
            points = {point for cause in found if (point := point_of(cause)) is not None}
            for sector in (self.sectors.setdefault(state.facts.get("industry"), SectorCount()), self.whole):
                sector.add(layer, found, state.suspected, points)
        for made in state.demands.values():
            if made.suggestion.measure is not None and self._within(made.on):
                self.measures[made.suggestion.measure] += 1
        self.late_entries += sum(self._within(entry.on) for entry in state.late)

    def _of(self, state: ItemState) -> ItemCount:
        return self.procedures.setdefault(state.procedure.id, ItemCount())

    def _within(self, day: date | None) -> bool:
        return day is not None and self.first <= day <= self.last


def item_year(
    first: date,
    last: date,
    before: Iterable[ItemState],
    stood: Iterable[ItemState],
    layer_of: Callable[[str], str | None],
    point_of: Callable[[str], str | None],
) -> ItemYear:
    """The items of a year: `before` as they stood the day before it began, `stood` at the end of its last day."""
    year = ItemYear(first, last)
    for state in before:
        year.begin(state)
    for state in stood:
        year.end(state, layer_of(state.procedure.id) or state.opened.layer, point_of)
    return year


def _accepted_on(state: ItemState) -> date | None:
    """The day on which the reform was accepted, where that still holds."""
    days: Sequence[date | None] = [
        done_on(state, step) for step in state.procedure.steps.values() if step.doing == "acceptance"
    ]
    known = [day for day in days if day is not None]
    return max(known) if known and len(known) == len(days) else None
