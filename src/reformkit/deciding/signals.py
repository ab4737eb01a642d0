"""Signals: facts counted over other cases (docs/language.md, Signals)."""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections import Counter as Tally
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from itertools import product
from operator import itemgetter
from typing import Any, Literal, NamedTuple

from reformkit.deciding.meaning import Open, PartlyKnown
from reformkit.deciding.prepared_signal import PreparedSignal
from reformkit.deciding.standing import Standing, Stood
from reformkit.deciding.window import span_of_window
from reformkit.model.condition import tests
from reformkit.model.rulebook import Signal
from reformkit.model.vocabulary import Dates, Facts


class Count(NamedTuple):
    """A signal of one case: its value (None: unknown), the cases it counted, and those left out because
    something that the count needs is unknown of them. `missing`: the case's own facts that it lacks.
    `shared`: of a signal that counts by a common tag, the tags that the case has in common with others.
    `possible`: where it is unknown of the case itself whether and how it counts, all values that this
    leaves open; else empty. `later`: those counted that are dated after the case (`side: both`)."""

    value: int | None
    counted: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    shared: tuple[str, ...] = ()
    possible: tuple[int, ...] = ()
    later: tuple[str, ...] = ()


class Reading(NamedTuple):
    """What a signal says of a case: `value` and `possible` of its `Count`."""

    value: int | None
    possible: tuple[int, ...] = ()


class SignalFacts(NamedTuple):
    """What signals say of a case, as facts: those that are known, and what is partly known of others."""

    told: Facts
    opens: Mapping[str, Open]

    @classmethod
    def of(cls, readings: Mapping[str, Reading | Count]) -> SignalFacts:
        told = {name: r.value for name, r in readings.items() if r.value is not None and not r.possible}
        opens = {name: Open(frozenset(), frozenset(r.possible)) for name, r in readings.items() if r.possible}
        return cls(told, opens)

    def beside(self, facts: Facts) -> Facts:
        """A case's facts with the signals counted for it; what is stated wins."""
        opens = {name: is_open for name, is_open in self.opens.items() if name not in facts} if self.opens else {}
        return PartlyKnown({**self.told, **facts}, opens) if opens else {**self.told, **facts}


def selected(
    signal: Signal, dates: Dates, facts: Facts, other: Facts, meets_where: Callable[[Facts], bool | None]
) -> bool | None:
    """Whether another case belongs to a case's count; None when that hangs on what is unknown of it.

    The case itself has everything that the signal asks of it. `meets_where`: whether a case meets its `where`.
    """
    verdicts: list[bool | None] = []
    day = dates.own(facts)
    if signal.within is not None and day is not None:
        its_day = dates.own(other)
        first, last = span_of_window(day, signal.within, signal.side)
        verdicts.append(None if its_day is None else first <= its_day <= last)
    for name in signal.same:
        verdicts.append(None if name not in other else other[name] == facts[name])
    if signal.sharing is not None:
        theirs = other.get(signal.sharing)
        verdicts.append(None if theirs is None else bool(theirs & facts[signal.sharing]))
    if signal.where is not None:
        verdicts.append(meets_where(other))
    if False in verdicts:
        return False
    return None if None in verdicts else True


class Index:
    """A history sorted for one signal: the fully known cases, by key and day, and the unsure ones.

    What of a case belongs to a count is said by `selected`; the index only spares asking it where the answer
    is plain. `history` is looked at again whenever something is counted; `add` and `remove` keep up with it.
    """

    def __init__(self, prepared: PreparedSignal, history: Mapping[str, Facts]) -> None:
        signal = self.signal = prepared.signal
        self._dates = prepared.dates
        self._fields = prepared.fields
        self._history = history
        self._where = prepared.where
        self._share = prepared.share
        self._spans = prepared.spans
        self._unsure: dict[tuple[object, ...], dict[str, None]] = {}  # by key, None for what is unknown of it
        self._groups: dict[tuple[object, ...], list[tuple[date, str, frozenset[str]]]] = {}
        for case_id, facts in history.items():
            standing = self.member(facts)
            if standing:
                self._groups.setdefault(standing.key, []).append((standing.day, case_id, standing.tags))
            elif standing is None:
                self._unsure.setdefault(tuple(map(facts.get, signal.same)), {})[case_id] = None
        for group in self._groups.values():
            group.sort(key=_in_order)

    def standing(self, facts: Facts) -> Standing | None:
        """What the signal asks of a case; None where some of it is unknown."""
        signal = self.signal
        day = self._dates.own(facts) if signal.within is not None else date.min
        tags = _NO_TAGS if signal.sharing is None else facts.get(signal.sharing)
        if day is None or tags is None:
            return None
        try:
            return Standing(tuple([facts[name] for name in signal.same]), day, tags)
        except KeyError:
            return None

    def member(self, facts: Facts) -> Standing | Literal[False] | None:
        """How a case stands among those that are counted; False: it never is; None: that is unknown."""
        where = self._where(facts)
        if where is False:
            return False
        return None if where is None else self.standing(facts)

    def stood(self, facts: Facts) -> Stood:
        """All that the signal takes of a case."""
        key = tuple(map(facts.get, self.signal.same))
        return Stood(self.standing(facts), self._where(facts), self.gives(facts), key)

    def add(self, case_id: str, facts: Facts) -> None:
        """Take a case up."""
        self.take_up(case_id, self.stood(facts))

    def remove(self, case_id: str, facts: Facts) -> None:
        """Take a case out, with the facts with which it was taken up."""
        self.take_out(case_id, self.stood(facts))

    def take_up(self, case_id: str, stood: Stood) -> None:
        """Take a case up that stands so."""
        standing = stood.member
        if standing:
            entry = (standing.day, case_id, standing.tags)
            insort(self._groups.setdefault(standing.key, []), entry, key=_in_order)
        elif standing is None:
            self._unsure.setdefault(stood.key, {})[case_id] = None

    def take_out(self, case_id: str, stood: Stood) -> None:
        """Take a case out that stood so when it was taken up."""
        standing = stood.member
        if standing:
            group = self._groups[standing.key]
            del group[bisect_left(group, (standing.day, case_id), key=_in_order)]
            if not group:
                del self._groups[standing.key]
        elif standing is None:
            del self._unsure[stood.key][case_id]
            if not self._unsure[stood.key]:
                del self._unsure[stood.key]

    def selects(self, facts: Facts, other: Facts) -> bool | None:
        """Whether another case belongs to a case's count: `selected`, with what `where` says remembered."""
        return selected(self.signal, self._dates, facts, other, self._where)

    def sure(self, standing: Standing) -> Iterator[str]:
        """The ids of the cases that belong to the count of one that stands so, and of which all is known."""
        group = self._groups.get(standing.key, [])
        if self.signal.within is not None:
            first, last = self._spans[standing.day]
            start = bisect_left(group, first, key=itemgetter(0))
            group = group[start : bisect_right(group, last, start, key=itemgetter(0))]
        all_share = self.signal.sharing is None
        return (case_id for _, case_id, tags in group if all_share or tags & standing.tags)

    def count(self, case_id: str, facts: Facts) -> Count:
        """The signal of a case, which counts as it is given here, whatever the history says of it."""
        signal, history = self.signal, self._history
        standing = self.standing(facts)
        if standing is None:
            return self.lacking(facts)
        chosen = {i: history[i] for i in self.sure(standing) if i != case_id}
        unsure = (self._unsure.get(key, ()) for key in product(*((value, None) for value in standing.key)))
        left_out = [i for alike in unsure for i in alike if i != case_id and self.selects(facts, history[i]) is None]
        shared: set[str] = set()
        if signal.sharing is not None:
            shared.update(*(facts[signal.sharing] & other[signal.sharing] for other in chosen.values()))
        own = self.selects(facts, facts)
        if own:
            chosen[case_id] = facts
        elif own is None:
            left_out.append(case_id)
        given = {i: self.gives(facts) for i, facts in chosen.items()}
        left_out += [i for i, gift in given.items() if gift is None]
        counted = {i: gift for i, gift in given.items() if gift is not None}
        tally = Tally(g for gift in counted.values() for g in gift)
        found = self.in_short(tally, facts, self.leaves_open(facts))
        looks_on = signal.side == "both" and signal.within is not None
        later = [i for i in counted if self._is_later(chosen[i], standing)] if looks_on else []
        return found._replace(
            counted=tuple(sorted(counted)),
            left_out=tuple(sorted(left_out)),
            shared=tuple(sorted(shared)),
            later=tuple(sorted(later)),
        )

    def _is_later(self, other: Facts, standing: Standing) -> bool:
        day = self._dates.own(other)
        return day is not None and day > standing.day

    def lacking(self, facts: Facts) -> Count:
        """The signal of a case that lacks a fact it asks for."""
        signal = self.signal
        wanted = [*signal.same, *([signal.sharing] if signal.sharing else [])]
        missing = [name for name in wanted if name not in facts]
        if signal.within is not None and self._dates.own(facts) is None:
            missing += [name for name in self._dates.case if name in self._fields]
        return Count(None, missing=tuple(missing))

    def in_short(self, tally: Mapping[object, int], facts: Facts, leaves_open: bool) -> Count:
        """The signal of a case from what others gave, without naming them: value, possible values, facts missing."""
        value, possible = self.reading(tally, facts, leaves_open)
        hung_on = tuple(self._hung_on(facts)) if possible or (leaves_open and value is None) else ()
        return Count(value, missing=hung_on, possible=possible)

    def leaves_open(self, facts: Facts) -> bool:
        """Whether it is unknown of a case, which has all that the signal asks, whether or how it counts itself."""
        own = self.selects(facts, facts)
        return own is None or (own and self.gives(facts) is None)

    def reading(self, tally: Mapping[object, int], facts: Facts, leaves_open: bool) -> Reading:
        """What the signal says of a case, from what the others gave, and the case too where it is known to count."""
        value = self.total(tally)
        if not leaves_open:
            return Reading(value)
        more = (
            {**tally, **{thing: tally.get(thing, 0) + 1 for thing in gift}} for gift in self._may_give(facts, tally)
        )
        values = {self.total(together) for together in more}
        if self.selects(facts, facts) is None:
            values.add(value)
        if None in values:  # without the case there is nothing to judge
            return Reading(None)
        possible = tuple(sorted(v for v in values if v is not None))
        return Reading(value) if possible == (value,) else Reading(value, possible)

    def _may_give(self, facts: Facts, tally: Mapping[object, int]) -> Iterator[frozenset[object]]:
        """What a case may turn out to give, as far as it makes a difference beside what others gave."""
        gift, name = self.gives(facts), self.signal.distinct
        if gift is not None:
            yield gift
        elif name is None:
            yield from (frozenset({True}), frozenset({False}))
        else:
            field = self._fields[name]
            values = {True, False} if field.type == "flag" else field.values.keys()
            unseen = sorted(values - tally.keys(), key=str) if values else [...]  # any other value there may be
            if tally or field.type == "tags":
                yield frozenset()  # only what was seen already
            most = len(unseen) if field.type == "tags" else min(1, len(unseen))
            yield from (frozenset(unseen[:number]) for number in range(1, most + 1))

    def _hung_on(self, facts: Facts) -> Iterator[str]:
        """The facts that a case lacks to say whether and how it counts itself."""
        asked = {t.fact for part in (self.signal.where, self.signal.share) if part is not None for t in tests(part)}
        return (n for n in self._fields if (n in asked or n == self.signal.distinct) and n not in facts)

    def gives(self, facts: Facts) -> frozenset[object] | None:
        """What a case gives to a count that it belongs to; None where that is unknown of it."""
        signal = self.signal
        if self._share is not None:
            met = self._share(facts)
            return None if met is None else frozenset({met})
        if signal.distinct is not None:
            value = facts.get(signal.distinct)
            return value if value is None or isinstance(value, frozenset) else frozenset({value})
        return frozenset({True})

    def total(self, tally: Mapping[object, int]) -> int | None:
        """The value of a signal, from how often each thing was given; None for a share of nothing."""
        if self.signal.share is not None:
            judged = tally.get(True, 0) + tally.get(False, 0)
            return 100 * tally.get(True, 0) // judged if judged else None
        return len(tally) if self.signal.distinct is not None else tally.get(True, 0)


_NO_TAGS: frozenset[str] = frozenset()


def _in_order(entry: tuple[Any, ...]) -> tuple[date, str]:
    return entry[0], entry[1]
