"""Signals counted over a history that does not change: what is asked of a case is asked once, for all signals."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import partial

from reformkit.deciding.late_counts import LateCounts
from reformkit.deciding.prepared_signal import PreparedSignals
from reformkit.deciding.signals import Count, Reading
from reformkit.deciding.still_index import Seen, StillIndex
from reformkit.model.vocabulary import Facts


class Counter:
    """Counts a rulebook's signals for one case after another over the same history.

    `history` holds the facts of each case, derived ones included, by its id. The case that asks counts as it is given,
    whatever the history says of it. Threads may share a counter.
    """

    def __init__(self, signals: PreparedSignals, history: Mapping[str, Facts]) -> None:
        self._own, self._met = signals.dates.own, signals.met
        self._seen = {case_id: Seen(facts, self._own(facts), self._met(facts)) for case_id, facts in history.items()}
        in_order = sorted(self._seen.items(), key=_by_day)
        self._names = tuple(signals)
        self._indexes = [
            StillIndex(signal, number, history, in_order) for number, signal in enumerate(signals.values())
        ]

    def _see(self, case_id: str, facts: Facts) -> tuple[Seen, Seen | None]:
        """A case as it is given, and as the history has it."""
        had = self._seen.get(case_id)
        return had if had is not None and had.facts is facts else Seen(facts, self._own(facts), self._met(facts)), had

    def count(self, case_id: str, facts: Facts) -> dict[str, Count]:
        """Every signal of a case."""
        seen, had = self._see(case_id, facts)
        return {n: index.named(case_id, seen, had) for n, index in zip(self._names, self._indexes, strict=True)}

    def count_later(self, case_id: str, facts: Facts) -> LateCounts:
        """The same, worked out when one of them is read."""
        return LateCounts(self._names, partial(self.count, case_id, facts))

    def in_short(self, case_id: str, facts: Facts) -> dict[str, Count]:
        """The same without the names of what was counted: `value`, `missing` and `possible`, at a few lookups each."""
        seen, had = self._see(case_id, facts)
        return {n: index.unnamed(seen, had) for n, index in zip(self._names, self._indexes, strict=True)}

    def readings(self, case_id: str, facts: Facts) -> dict[str, Reading]:
        """What every signal says of a case: `value` and `possible` of its count."""
        seen, had = self._see(case_id, facts)
        return {n: index.says(seen, had) for n, index in zip(self._names, self._indexes, strict=True)}


def _by_day(entry: tuple[str, Seen]) -> tuple[date, str]:
    case_id, seen = entry
    return seen.day or date.min, case_id
