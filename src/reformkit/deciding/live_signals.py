"""Signals over cases that change: told, corrected, retracted, forgotten, in any order of their dates."""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections import Counter as Tally
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager
from datetime import date
from functools import partial
from operator import itemgetter
from typing import Any
from weakref import WeakSet

from reformkit.deciding.prepared_signal import PreparedSignal, prepared_signals
from reformkit.deciding.signals import Count, Index, Reading, Standing, with_readings
from reformkit.deciding.window import span_of_window
from reformkit.model.condition import Condition, tests
from reformkit.model.rulebook import Rulebook, Signal
from reformkit.model.vocabulary import Dates, Facts

_UNKNOWN = Reading(None)

Lock = AbstractContextManager[object]

Recounts = dict[str, dict[str, tuple[int | None, int | None]]]
"""For each case and signal, the value before and after; only where it, or what is possible, has changed."""


class LiveSignals:
    """The rulebook's signals of every case, kept up to date as cases change.

    It says what `Counter` says of all cases as they stand; a change costs what it touches.
    """

    def __init__(self, rulebook: Rulebook) -> None:
        self._facts: dict[str, Facts] = {}
        signals = prepared_signals(rulebook)
        self._live = {name: _LiveSignal(signal, self._facts) for name, signal in signals.items()}
        self.reads = {name: live.reads for name, live in self._live.items()}
        """The facts of a case that each signal looks at."""
        self._late: WeakSet[LateCounts] = WeakSet()

    def put(self, case_id: str, facts: Facts | None) -> Recounts:
        """Let a case stand with these facts (derived ones included), or be gone for None; what that changes."""
        for late in list(self._late):
            late.read()
        self._late.clear()
        before = self._facts.pop(case_id, None)
        if facts is not None:
            self._facts[case_id] = facts
        moved = None if before is None or facts is None else {fact for fact, _ in before.items() ^ facts.items()}
        changed: Recounts = {}
        for name, live in self._live.items():
            if moved is None or not moved.isdisjoint(live.reads):
                for other, was, now in live.put(case_id, before, facts):
                    changed.setdefault(other, {})[name] = (was.value, now.value)
        return changed

    def facts(self, case_id: str, stated: Facts) -> Facts:
        """The stated facts of a case with its signals as they are; what is stated wins."""
        return with_readings(stated, {name: live.reading(case_id) for name, live in self._live.items()})

    def count(self, case_id: str) -> dict[str, Count]:
        """Every signal of a case in full, with the cases that it counted."""
        return {name: live.index.count(case_id, self._facts[case_id]) for name, live in self._live.items()}

    def count_later(self, case_id: str, lock: Lock) -> LateCounts:
        """Every signal of a case in full, as it is now, worked out under a lock when one is read."""
        late = LateCounts(tuple(self._live), partial(self.count, case_id), lock)
        self._late.add(late)
        return late

    def in_short(self, case_id: str) -> dict[str, Count]:
        """Every signal of a case without the cases that it counted or left out, whose number costs nothing here."""
        return {name: live.in_short(case_id) for name, live in self._live.items()}


class LateCounts(Mapping[str, Count]):
    """The signals of a case as they were when this was made, counted when one of them is first read.

    To name every case that a signal counted or left out takes longer than all the rest; few ask for it.
    """

    # INVARIANT: `LiveSignals` has what was not read yet counted before it changes anything.

    def __init__(self, names: tuple[str, ...], count: Callable[[], dict[str, Count]], lock: Lock) -> None:
        self._names = names
        self._count = count
        self._lock = lock
        self._found: dict[str, Count] | None = None

    def read(self) -> dict[str, Count]:
        """The counts, worked out if they are not yet."""
        with self._lock:
            if self._found is None:
                self._found = self._count()
            return self._found

    def __getitem__(self, name: str) -> Count:
        return self.read()[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)

    def __hash__(self) -> int:
        return id(self)

    def __repr__(self) -> str:
        return repr(self.read())

    def __reduce__(self) -> tuple[Any, ...]:
        return dict, (self.read(),)


class _LiveSignal:
    """One signal: who is counted, who asks, and for each that asks what it was given so far."""

    def __init__(self, prepared: PreparedSignal, facts: Mapping[str, Facts]) -> None:
        self.index = Index(prepared, facts)
        signal = prepared.signal
        self.reads = _reads(signal, prepared.dates)
        self._window = signal.within
        self._side = signal.side
        self._shares = signal.sharing is not None
        self._asking: dict[tuple[object, ...], list[tuple[date, str, frozenset[str]]]] = {}
        self._tallies: dict[str, Tally[object]] = {}
        self._readings: dict[str, Reading] = {}
        self._leaves_open: set[str] = set()  # cases of which it is unknown whether or how they count themselves
        self._facts = facts

    def reading(self, case_id: str) -> Reading:
        """What the signal says of a case."""
        return self._readings.get(case_id, _UNKNOWN)

    def in_short(self, case_id: str) -> Count:
        """What the signal says of a case, and what it lacks."""
        tally, facts = self._tallies.get(case_id), self._facts[case_id]
        if tally is None:
            return self.index.lacking(facts)
        return self.index.in_short(tally, facts, case_id in self._leaves_open)

    def put(self, case_id: str, before: Facts | None, after: Facts | None) -> Iterator[tuple[str, Reading, Reading]]:
        """Let a case that stood so stand otherwise; of whom the signal says something else then, before and after."""
        touched = {case_id: None}
        if before is not None:
            touched |= dict.fromkeys(self._leave(case_id, before))
        if after is not None:
            touched |= dict.fromkeys(self._join(case_id, after))
        for other in touched:
            was, tally = self.reading(other), self._tallies.get(other)
            if tally is None:
                now = _UNKNOWN
                self._readings.pop(other, None)
            else:
                now = self.index.reading(tally, self._facts[other], other in self._leaves_open)
                self._readings[other] = now
            if was != now:
                yield other, was, now

    def _leave(self, case_id: str, facts: Facts) -> list[str]:
        """Take a case out; who counted it."""
        standing = self.index.standing(facts)
        if standing is not None:
            del self._tallies[case_id]
            self._leaves_open.discard(case_id)
            group = self._asking[standing.key]
            del group[bisect_left(group, (standing.day, case_id), key=_in_order)]
            if not group:
                del self._asking[standing.key]
        member = self.index.member(facts)
        self.index.remove(case_id, facts)
        gift = self.index.gives(facts)
        if not member or not gift:
            return []
        counting = list(self._counting(member))
        for other in counting:
            tally = self._tallies[other]
            for thing in gift:
                tally[thing] -= 1
                if not tally[thing]:
                    del tally[thing]
        return counting

    def _join(self, case_id: str, facts: Facts) -> list[str]:
        """Take a case up; who counts it."""
        member = self.index.member(facts)
        gift = self.index.gives(facts)
        self.index.add(case_id, facts)
        counting = list(self._counting(member)) if member and gift else []
        for other in counting:
            tally = self._tallies[other]
            for thing in gift or ():
                tally[thing] += 1
        standing = self.index.standing(facts)
        if standing is not None:
            entry = (standing.day, case_id, standing.tags)
            insort(self._asking.setdefault(standing.key, []), entry, key=_in_order)
            gifts = (self.index.gives(self._facts[other]) for other in self.index.sure(standing))
            self._tallies[case_id] = Tally(thing for gift in gifts for thing in gift or ())
            if self.index.leaves_open(facts):
                self._leaves_open.add(case_id)
        return counting

    def _counting(self, member: Standing) -> Iterator[str]:
        """Who counts a case that stands so: the other way round of `Index.sure`."""
        group, window = self._asking.get(member.key, []), self._window
        if window is not None:
            first, last = span_of_window(member.day, window, "both")  # whose windows, back and on, reach it
            start = bisect_left(group, first if self._side == "both" else member.day, key=itemgetter(0))
            group = group[start : bisect_right(group, last, start, key=itemgetter(0))]
        all_share = not self._shares
        return (other for _, other, tags in group if all_share or tags & member.tags)


def _reads(signal: Signal, dates: Dates) -> tuple[str, ...]:
    conditions: list[Condition] = [c for c in (signal.where, signal.share) if c is not None]
    asked = [test.fact for condition in conditions for test in tests(condition)]
    named = [name for name in (signal.sharing, signal.distinct) if name is not None]
    return tuple(dict.fromkeys([*signal.same, *named, *asked, *(dates.case if signal.within else ())]))


def _in_order(entry: tuple[date, str, frozenset[str]]) -> tuple[date, str]:
    return entry[0], entry[1]
