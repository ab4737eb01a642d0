"""Which cases of a history each case's signal reaches: by key, window and common tags."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from reformkit.columns.asking import Cases, SignalQuery
from reformkit.columns.cases import Flags, Numbers
from reformkit.columns.distinct import distinct, together
from reformkit.columns.windows import Timeline, windows_of
from reformkit.model.rulebook import Signal

Ints = NDArray[np.int64]


class Sides:
    """A history and the cases that are counted for; equal facts of both have equal numbers.

    `kept`: where the history is the cases themselves, the rows of those that count (None: all of them).
    """

    def __init__(self, history: Cases, cases: Cases, itself: bool = False, kept: Numbers | None = None) -> None:
        self.history = history
        self.cases = cases
        self._itself = itself
        self._kept = kept
        self._numbers: dict[str, tuple[Numbers, Numbers]] = {}
        self._groups: dict[tuple[str, ...], tuple[Numbers, Numbers]] = {}
        self._orders: dict[tuple[str, ...], tuple[Numbers, Numbers]] = {}

    def numbers(self, name: str) -> tuple[Numbers, Numbers]:
        """One fact of the history and of the cases as numbers; what is unknown has some number too."""
        if name not in self._numbers:
            self._numbers[name] = self._of_both(lambda side: side.key(name).values)
        return self._numbers[name]

    def groups(self, names: Sequence[str]) -> tuple[Numbers, Numbers]:
        """Several facts together."""
        key = tuple(names)
        if key not in self._groups:
            self._groups[key] = self._grouped(key)
        return self._groups[key]

    def orders(self, names: Sequence[str]) -> tuple[Numbers, Numbers]:
        """The history and the cases by some facts and by day: what is looked up in this order lies close together."""
        key = tuple(names)
        if key not in self._orders:
            groups = self.groups(key)
            cases = _by_group_and_day(groups[1], self.cases.days[0])
            alike = self.history is self.cases
            self._orders[key] = cases if alike else _by_group_and_day(groups[0], self.history.days[0]), cases
        return self._orders[key]

    def themselves(self, own: Numbers) -> Flags:
        """The cases that stand in the history where `own` says, as they are given."""
        if not self._itself:
            return np.zeros(len(own), dtype=np.bool_)
        place = own if self._kept is None else self._kept[np.maximum(own, 0)]
        is_itself: Flags = (own >= 0) & (place == np.arange(len(own)))
        return is_itself

    def _grouped(self, names: tuple[str, ...]) -> tuple[Numbers, Numbers]:
        if not names:
            return np.zeros(self.history.height, dtype=np.intp), np.zeros(self.cases.height, dtype=np.intp)
        if len(names) == 1:
            return self.numbers(names[0])
        history, cases = zip(*(self.numbers(name) for name in names), strict=True)
        of_cases = np.column_stack(cases).astype(np.uint64)
        if self._itself:
            numbers = distinct(of_cases)[1]
            return numbers if self._kept is None else numbers[self._kept], numbers
        both = distinct(np.concatenate((np.column_stack(history).astype(np.uint64), of_cases)))[1]
        return both[: self.history.height], both[self.history.height :]

    def _of_both(self, values: Callable[[Cases], Any]) -> tuple[Numbers, Numbers]:
        if self._itself:
            numbers = together([values(self.cases)])
            return numbers if self._kept is None else numbers[self._kept], numbers
        both = together([values(self.history), values(self.cases)])
        return both[: self.history.height], both[self.history.height :]


class Reach:
    """The cases of a history over which one signal counts for each case.

    `own`: where in the history each case itself is; -1: nowhere.
    """

    def __init__(self, signal: Signal, sides: Sides, own: Numbers) -> None:
        self.signal = signal
        self.sides = sides
        self.own = own
        self.cases = SignalQuery(signal, sides.cases)
        self.history = self.cases if sides.history is sides.cases else SignalQuery(signal, sides.history)
        self.group_of_history, self.group_of_case = sides.groups(signal.same)
        self._sure = self.history.stands & (self.history.where == 1)
        history_order, order = sides.orders(signal.same)
        self.members = history_order[self._sure[history_order]]
        """The cases of the history that are counted when key, window and tags agree."""
        self.start, self.end = windows_of(self.cases.day, signal.within, signal.side)
        self.can_be_said = self.cases.stands
        """Whether the case itself has all that the count asks of it."""
        self.rows = order[self.can_be_said[order]]
        """The cases whose count can be said."""
        self.belongs = self._itself(1)
        """The cases that belong to their own count."""

    def _itself(self, where: int) -> Flags:
        is_counted: Flags = (self.cases.where == where) & self.cases.stands & (self.start < self.cases.day)
        if self.signal.sharing is not None:
            is_counted &= self.cases.tag_count > 0
        return is_counted

    @cached_property
    def perhaps_itself(self) -> Flags:
        """The cases that may or may not belong to their own count."""
        return self._itself(-1)

    @cached_property
    def leaves_open(self) -> Flags:
        """The cases for which it is unknown whether or how they count themselves."""
        unclear: Flags = self.perhaps_itself | (self.belongs & ~self.cases.gives)
        return unclear

    @cached_property
    def unchanged(self) -> Flags:
        """The cases that are their own entry in the history, so that giving way to themselves changes nothing."""
        return self.sides.themselves(self.own) & self.counted_itself

    @cached_property
    def place(self) -> Numbers:
        """Where in the history each case is; 0 where it is not."""
        return np.where(self.own < 0, 0, self.own)

    @cached_property
    def counted_itself(self) -> Flags:
        """The cases of which the history's entry of the same id lies in their window (it then gives way)."""
        place = self.place
        if not self.history.height:
            return np.zeros(len(place), dtype=np.bool_)
        day = self.history.day[place]
        is_counted: Flags = (self.own >= 0) & self.cases.stands & self._sure[place]
        is_counted &= self.group_of_history[place] == self.group_of_case
        is_counted &= (self.start < day) & (day <= self.end)
        if self.signal.sharing is not None:
            is_counted &= (self.history.tag_bits[place] & self.cases.tag_bits).any(axis=1)
        return is_counted

    @cached_property
    def timeline(self) -> tuple[Timeline, tuple[Numbers, Numbers]]:
        """The members by group and day, and the window of each row that can be counted."""
        line = Timeline(self.group_of_history[self.members], self.history.day[self.members])
        return line, self.windows(line, self.rows)

    def windows(self, line: Timeline, rows: Numbers) -> tuple[Numbers, Numbers]:
        """The windows of some cases over a line of cases of the history."""
        return line.ranges(self.group_of_case[rows], self.start[rows], self.end[rows])

    def pairs(self, rows: Numbers, members: Numbers) -> Iterable[tuple[Numbers, Numbers]]:
        """Every pair of a case and a member of the history in its window that shares a tag with it if it has to."""
        if not len(rows) or not len(members):
            return
        line = Timeline(self.group_of_history[members], self.history.day[members])
        for window, entry in line.pairs(self.windows(line, rows)):
            row, other = rows[window], members[entry]
            if self.signal.sharing is not None:
                share = (self.cases.tag_bits[row] & self.history.tag_bits[other]).any(axis=1)
                row, other = row[share], other[share]
            yield row, other


def _by_group_and_day(group: Numbers, day: Ints) -> Numbers:
    low, high = int(day.min(initial=0)), int(day.max(initial=0))
    return np.argsort(group * (high - low + 1) + (day - low), kind="stable")
