"""What many cases give to a count, added up day after day, so that the sum of any span of days costs two lookups."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter as Tally
from collections.abc import Iterable
from datetime import date

Gift = frozenset[object] | None
"""What a case gives to a count; None where that is unknown of it."""


class DaySums:
    """Sums of gifts that come in the order of their days."""

    def __init__(self, given: Iterable[tuple[date, Gift]]) -> None:
        self._days: list[date] = []
        self._sums: list[Tally[object]] = [Tally()]
        for day, gift in given:
            if not self._days or self._days[-1] != day:
                self._days.append(day)
                self._sums.append(Tally(self._sums[-1]))
            self._sums[-1].update(gift or ())

    def between(self, first: date | None, last: date | None) -> Tally[object]:
        """What is given on some days; on all where none bounds them. The caller may change it."""
        start = 0 if first is None else bisect_left(self._days, first)
        end = len(self._days) if last is None else bisect_right(self._days, last, start)
        return self._sums[end] - self._sums[start]
