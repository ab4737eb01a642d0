"""Signals over cases that change: told, corrected, retracted, forgotten, in any order of their dates."""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections import Counter as Tally
from collections.abc import Iterator, Mapping
from datetime import date
from functools import partial
from operator import itemgetter
from weakref import WeakSet

from reformkit.deciding.late_counts import LateCounts, Lock
from reformkit.deciding.prepared_signal import PreparedSignal, prepared_signals
from reformkit.deciding.signals import Count, Index, Reading, SignalFacts
from reformkit.deciding.standing import Standing, Stood
from reformkit.model.condition import Condition, tests
from reformkit.model.rulebook import Rulebook, Signal
from reformkit.model.vocabulary import Dates, Facts

_UNKNOWN = Reading(None)

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
        self._counted: dict[str, SignalFacts] = {}  # of cases whose readings have not changed since they were asked for
        self._late: WeakSet[LateCounts] = WeakSet()

    def put(self, case_id: str, facts: Facts | None) -> Recounts:
        """Let a case stand with these facts (derived ones included), or be gone for None; what that changes."""
        if self._late:
            for late in list(self._late):
                late.read()
            self._late.clear()
        before = self._facts.pop(case_id, None)
        if facts is not None:
            self._facts[case_id] = facts
        moved = None if before is None or facts is None else {fact for fact, _ in before.items() ^ facts.items()}
        changed: Recounts = {}
        if facts is None:
            self._counted.pop(case_id, None)
        for name, live in self._live.items():
            if moved is None or not moved.isdisjoint(live.reads):
                for other, was, now in live.put(case_id, facts):
                    self._counted.pop(other, None)
                    changed.setdefault(other, {})[name] = (was.value, now.value)
        return changed

    def facts(self, case_id: str, stated: Facts) -> Facts:
        """The stated facts of a case with its signals as they are; what is stated wins."""
        counted = self._counted.get(case_id)
        if counted is None:
            found = [(name, live.readings.get(case_id)) for name, live in self._live.items()]
            counted = self._counted[case_id] = SignalFacts.of({name: r for name, r in found if r is not None})
        return counted.beside(stated)

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


class _LiveSignal:
    """One signal: who is counted, who asks, and for each that asks what it was given so far."""

    def __init__(self, prepared: PreparedSignal, facts: Mapping[str, Facts]) -> None:
        self.index = Index(prepared, facts)
        signal = prepared.signal
        self.reads = _reads(signal, prepared.dates)
        self._windowed = signal.within is not None
        self._side = signal.side
        self._shares = signal.sharing is not None
        self._asking: dict[tuple[object, ...], list[tuple[date, str, frozenset[str]]]] = {}
        self._tallies: dict[str, Tally[object]] = {}
        self.readings: dict[str, Reading] = {}
        """What the signal says of each case of which it says something."""
        self._stood: dict[str, Stood] = {}
        self._reached = prepared.reached
        self._leaves_open: set[str] = set()  # cases of which it is unknown whether or how they count themselves
        self._facts = facts

    def reading(self, case_id: str) -> Reading:
        """What the signal says of a case."""
        return self.readings.get(case_id, _UNKNOWN)

    def in_short(self, case_id: str) -> Count:
        """What the signal says of a case, and what it lacks."""
        tally, facts = self._tallies.get(case_id), self._facts[case_id]
        if tally is None:
            return self.index.lacking(facts)
        return self.index.in_short(tally, facts, case_id in self._leaves_open)

    def put(self, case_id: str, facts: Facts | None) -> Iterator[tuple[str, Reading, Reading]]:
        """Let a case stand with these facts; of whom the signal says something else then, before and after."""
        before = self._stood.get(case_id)
        after = None if facts is None else self.index.stood(facts)
        if before == after:
            return
        touched = {case_id: None}
        if before is not None and after is not None and before.standing == after.standing is not None:
            touched |= dict.fromkeys(self._give_otherwise(case_id, before, after))
        else:
            if before is not None:
                touched |= dict.fromkeys(self._leave(case_id, before))
            if after is not None:
                touched |= dict.fromkeys(self._join(case_id, after))
        for other in touched:
            was, tally = self.reading(other), self._tallies.get(other)
            if tally is None:
                now = _UNKNOWN
                self.readings.pop(other, None)
            else:
                now = self.index.reading(tally, self._facts[other], other in self._leaves_open)
                self.readings[other] = now
            if was != now:
                yield other, was, now

    def _give_otherwise(self, case_id: str, before: Stood, after: Stood) -> list[str]:
        """Let a case that stands as it did give something else, or be counted no longer, or now; who counted it or does."""
        self._stood[case_id] = after
        if before.meets is not after.meets:
            self.index.take_out(case_id, before)
            self.index.take_up(case_id, after)
        self._open_itself(case_id, after)
        out, into = before.given, after.given
        if out == into or after.standing is None:
            return []
        counting = self._counting(after.standing)
        for other in counting:
            _take(self._tallies[other], out - into)
            _give(self._tallies[other], into - out)
        return counting

    def _leave(self, case_id: str, stood: Stood) -> list[str]:
        """Take a case out; who counted it."""
        del self._stood[case_id]
        standing = stood.standing
        if standing is not None:
            del self._tallies[case_id]
            self._leaves_open.discard(case_id)
            group = self._asking[standing.key]
            del group[bisect_left(group, (standing.day, case_id), key=_in_order)]
            if not group:
                del self._asking[standing.key]
        self.index.take_out(case_id, stood)
        if standing is None or not stood.given:
            return []
        counting = self._counting(standing)
        for other in counting:
            _take(self._tallies[other], stood.given)
        return counting

    def _join(self, case_id: str, stood: Stood) -> list[str]:
        """Take a case up; who counts it."""
        self._stood[case_id] = stood
        self.index.take_up(case_id, stood)
        standing = stood.standing
        if standing is None:
            return []
        counting = self._counting(standing) if stood.given else []
        for other in counting:
            _give(self._tallies[other], stood.given)
        entry = (standing.day, case_id, standing.tags)
        insort(self._asking.setdefault(standing.key, []), entry, key=_in_order)
        self._tallies[case_id] = Tally([t for other in self.index.sure(standing) for t in self._stood[other].given])
        self._open_itself(case_id, stood)
        return counting

    def _open_itself(self, case_id: str, stood: Stood) -> None:
        """Note whether it is unknown of a case whether or how it counts itself."""
        assert stood.standing is not None, "only a case that asks counts itself"
        counts = stood.meets is not False and not (self._shares and not stood.standing.tags)
        if counts and (stood.meets is None or stood.gift is None):
            self._leaves_open.add(case_id)
        else:
            self._leaves_open.discard(case_id)

    def _counting(self, member: Standing) -> list[str]:
        """Who counts a case that stands so: the other way round of `Index.sure`."""
        group = self._asking.get(member.key, [])
        if self._windowed:
            first, last = self._reached[member.day]
            start = bisect_left(group, first if self._side == "both" else member.day, key=itemgetter(0))
            group = group[start : bisect_right(group, last, start, key=itemgetter(0))]
        all_share = not self._shares
        return [other for _, other, tags in group if all_share or tags & member.tags]


def _give(tally: Tally[object], gift: frozenset[object]) -> None:
    for thing in gift:
        tally[thing] += 1


def _take(tally: Tally[object], gift: frozenset[object]) -> None:
    for thing in gift:
        tally[thing] -= 1
        if not tally[thing]:
            del tally[thing]


def _reads(signal: Signal, dates: Dates) -> tuple[str, ...]:
    conditions: list[Condition] = [c for c in (signal.where, signal.share) if c is not None]
    asked = [test.fact for condition in conditions for test in tests(condition)]
    named = [name for name in (signal.sharing, signal.distinct) if name is not None]
    return tuple(dict.fromkeys([*signal.same, *named, *asked, *(dates.case if signal.within else ())]))


def _in_order(entry: tuple[date, str, frozenset[str]]) -> tuple[date, str]:
    return entry[0], entry[1]
