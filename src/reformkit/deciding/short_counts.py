"""Signals of many cases over one history without naming what was counted: their values, at the cost of a few lookups each."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter as Tally
from collections.abc import Mapping
from datetime import date

from reformkit.deciding.counter import Gift, StillIndex
from reformkit.deciding.signals import Count
from reformkit.deciding.standing import Standing
from reformkit.model.vocabulary import Facts


class ShortCounts:
    """Counts as a history does, but that its counts name no case: `value`, `missing` and `possible` are those of `count`."""

    # INVARIANT: value, missing and possible are those of `StillIndex.count`.

    def __init__(self, indexes: Mapping[str, StillIndex]) -> None:
        self._signals = {name: _ShortSignal(index) for name, index in indexes.items()}

    def count(self, case_id: str, facts: Facts) -> dict[str, Count]:
        """Every signal of a case, which counts as it is given here, whatever the history says of it."""
        return {name: signal.count(case_id, facts) for name, signal in self._signals.items()}


class _ByDay:
    """What cases that are alike and have a tag in common with a case give, added up day after day."""

    def __init__(self, given: list[tuple[date, Gift]]) -> None:
        self.days: list[date] = []
        self._sums: list[Tally[object]] = [Tally()]
        for day, gift in given:
            if not self.days or self.days[-1] != day:
                self.days.append(day)
                self._sums.append(Tally(self._sums[-1]))
            self._sums[-1].update(gift or ())

    def between(self, first: date | None, last: date | None) -> Tally[object]:
        """What those of some days give; of all days where none bounds them."""
        start = 0 if first is None else bisect_left(self.days, first)
        end = len(self.days) if last is None else bisect_right(self.days, last, start)
        return self._sums[end] - self._sums[start]


class _ShortSignal:
    """One signal over one history."""

    def __init__(self, index: StillIndex) -> None:
        self._index = index
        self._by_day: dict[tuple[object, frozenset[str]], _ByDay] = {}

    def count(self, case_id: str, facts: Facts) -> Count:
        """The signal of a case."""
        index = self._index
        known = index.known(case_id, facts)
        standing = known.standing
        if standing is None:
            return index.lacking(facts)
        tally = self._others(case_id, standing)
        own = known.meets if index.signal.sharing is None or standing.tags else False
        if own:
            tally.update(known.gift or ())
        return index.in_short(tally, facts, own is None or (own and known.gift is None))

    def _others(self, case_id: str, standing: Standing) -> Tally[object]:
        """What the other cases give that surely belong to a count."""
        index = self._index
        first, last = index.window(standing.day)
        alike = (standing.key, standing.tags)
        by_day = self._by_day.get(alike)
        if by_day is None:
            group = index.alike(standing.key)
            shared = index.signal.sharing is None
            by_day = self._by_day[alike] = _ByDay(
                [(day, gift) for day, tags, gift in group if shared or not standing.tags.isdisjoint(tags)]
            )
        tally = by_day.between(first, last)
        itself = index.counted(case_id)
        if itself is not None and itself.standing is not None and itself.standing.key == standing.key:
            day, tags = itself.standing.day, itself.standing.tags
            within = (first is None or first <= day) and (last is None or day <= last)
            if within and (index.signal.sharing is None or not standing.tags.isdisjoint(tags)):
                tally -= Tally(itself.gift or ())
        return tally
