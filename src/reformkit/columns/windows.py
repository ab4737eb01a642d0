"""Cases sorted by group and day, and what lies in a window of time: near-linear however skewed the groups."""

from __future__ import annotations

from datetime import date
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from reformkit.columns.cases import Numbers, day_number
from reformkit.columns.distinct import SPARSE
from reformkit.deciding.window import span_of_window
from reformkit.model.rulebook import Side, Window

Days = NDArray[np.int64]

MOST_PAIRS = 1 << 22
"""Pairs of a case and one that it counts that are looked at together."""


class Timeline:
    """Entries by group and day; a window is a range of their order."""

    def __init__(self, group: Numbers, day: Days) -> None:
        self._low = int(day.min()) if len(day) else 0
        self._span = int(day.max()) - self._low + 3 if len(day) else 3
        self._place = group * self._span + (day - self._low + 1)
        self._upto = _Upto(self._place)

    @cached_property
    def order(self) -> Numbers:
        """The entries, group by group and in each by day."""
        return np.argsort(self._place, kind="stable")

    def ranges(self, group: Numbers, start: Days, day: Days) -> tuple[Numbers, Numbers]:
        """For each window (start, day] of a group: where its entries begin and end in the order."""
        return self._after(group, start), self._after(group, day)

    def _after(self, group: Numbers, day: Days) -> Numbers:
        within = np.clip(day - self._low + 1, 0, self._span - 1)
        return self._upto.count(group * self._span + within)

    def sums(self, weights: NDArray[Any], ranges: tuple[Numbers, Numbers]) -> NDArray[np.int64]:
        """The sum of the entries' weights in each range."""
        if (weights == 1).all():
            return ranges[1] - ranges[0]
        total = np.concatenate(([0], np.cumsum(weights[self.order], dtype=np.int64)))
        return total[ranges[1]] - total[ranges[0]]

    def pairs(self, ranges: tuple[Numbers, Numbers]) -> Any:
        """Every pair of a window and an entry in it, some windows at a time."""
        lengths = ranges[1] - ranges[0]
        ends = np.cumsum(lengths)
        first = 0
        while first < len(lengths):
            done = ends[first - 1] if first else 0
            last = max(first + 1, int(np.searchsorted(ends, done + MOST_PAIRS, "right")))
            windows = np.arange(first, last)
            own = lengths[first:last]
            places = np.repeat(ranges[0][first:last] - np.cumsum(own) + own, own) + np.arange(own.sum())
            yield np.repeat(windows, own), self.order[places]
            first = last


def windows_of(day: Days, window: Window | None, side: Side) -> tuple[Days, Days]:
    """The day before the window of each day, and its last day; without a window, before and after all days."""
    if window is None:
        return np.full(len(day), -1, dtype=np.int64), day
    different, inverse = np.unique(day, return_inverse=True)
    spans = [span_of_window(date.fromordinal(d - _EPOCH), window, side) for d in different.tolist()]
    starts = np.array([day_number(first) - 1 for first, _ in spans], dtype=np.int64)[inverse]
    return starts, day if side == "before" else np.array([day_number(last) for _, last in spans], dtype=np.int64)[
        inverse
    ]


_EPOCH = day_number(date.min) - 1


def distinct_in(
    group: Numbers,
    day: Days,
    value: Numbers,
    asked_group: Numbers,
    asked_day: Days,
    window: tuple[Days, Days],
) -> NDArray[np.int64]:
    """How many different values the entries of a group have in each window (start, end].

    A value is counted by its last entry in the window: it lives from the first window that reaches that entry
    until the one that reaches the next entry with the value, or until the window has passed it. Neither start nor
    end falls as `asked_day` rises.
    """
    days, at = np.unique(asked_day, return_index=True)
    starts, lasts = window[0][at], window[1][at]
    order = _by_group_value_day(group, value, day)
    group, day, value = group[order], day[order], value[order]
    follows = np.zeros(len(day), dtype=np.bool_)
    follows[:-1] = (group[1:] == group[:-1]) & (value[1:] == value[:-1])
    begins = np.searchsorted(lasts, day, "left")
    ends = np.searchsorted(starts, day, "left")
    ends[follows] = np.minimum(ends[follows], begins[1:][follows[:-1]])
    lives = ends > begins
    width = len(days) + 1
    place = np.searchsorted(days, asked_day)

    def until(moments: Numbers) -> NDArray[np.int64]:
        upto = _Upto(group[lives] * width + moments[lives])
        return upto.count(asked_group * width + place) - upto.count(asked_group * width - 1)

    return until(begins) - until(ends)


def _by_group_value_day(group: Numbers, value: Numbers, day: Days) -> Numbers:
    """The order of entries by group, value and day."""
    low, high = int(day.min(initial=0)), int(day.max(initial=0))
    span, values = high - low + 1, int(value.max(initial=0)) + 1
    if (int(group.max(initial=0)) + 1) * values * span < 1 << 62:
        return np.argsort((group * values + value) * span + (day - low), kind="stable")
    return np.lexsort((day, value, group))


class _Upto:
    """How many of some numbers are not above others: by a table where they are close together, else by search."""

    def __init__(self, numbers: NDArray[np.int64]) -> None:
        self._size = int(numbers.max(initial=-1)) + 1
        self._table = None
        if self._size <= SPARSE * len(numbers) + (1 << 16):
            self._table = np.concatenate(([0], np.cumsum(np.bincount(numbers, minlength=self._size))))
        else:
            self._sorted = np.sort(numbers)

    def count(self, numbers: NDArray[np.int64]) -> NDArray[np.int64]:
        """For each number (from -1 on) how many are not above it."""
        if self._table is None:
            return np.searchsorted(self._sorted, numbers, "right")
        counts: NDArray[np.int64] = self._table[np.minimum(numbers + 1, self._size)]
        return counts
