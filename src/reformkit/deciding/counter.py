"""Signals counted over a history that does not change: its cases lie sorted, side by side, and a count is a slice of them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter as Tally
from collections.abc import Iterator, Mapping
from datetime import date
from itertools import product
from typing import NamedTuple

from reformkit.deciding.prepared_signal import PreparedSignal
from reformkit.deciding.signals import Count, Index
from reformkit.deciding.standing import Standing
from reformkit.model.vocabulary import Facts

Gift = frozenset[object] | None
"""What a case gives to a count; None where that is unknown of it."""


class Counter:
    """Counts a rulebook's signals for one case after another over the same history.

    `history` holds the facts of each case, derived ones included, by its id.
    """

    def __init__(self, signals: Mapping[str, PreparedSignal], history: Mapping[str, Facts]) -> None:
        self._indexes = {name: self._index(signal, history) for name, signal in signals.items()}

    def _index(self, signal: PreparedSignal, history: Mapping[str, Facts]) -> Index:
        """How the cases lie to be counted."""
        return StillIndex(signal, history)

    def count(self, case_id: str, facts: Facts) -> dict[str, Count]:
        """Every signal of a case. The case counts as it is given here, whatever the history says of it."""
        return {name: index.count(case_id, facts) for name, index in self._indexes.items()}


class Known(NamedTuple):
    """What is known of a case with these facts: how it stands, whether it meets `where`, and what it gives."""

    facts: Facts
    standing: Standing | None
    meets: bool | None
    gift: Gift


class _Alike:
    """The cases of which all is known that agree in what a signal asks to be the same, by day and id."""

    __slots__ = ("days", "gifts", "ids", "tags")

    def __init__(self) -> None:
        self.days: list[date] = []
        self.ids: list[str] = []
        self.tags: list[frozenset[str]] = []
        self.gifts: list[Gift] = []


class StillIndex(Index):
    """An index that nothing is added to or taken from; it counts as `Index` does, with less to do for each case."""

    # INVARIANT: `count` gives what `Index.count` gives.

    def __init__(self, prepared: PreparedSignal, history: Mapping[str, Facts]) -> None:
        super().__init__(prepared, {})
        self._history = history
        self._known = {case_id: self._known_of(facts) for case_id, facts in history.items()}
        self._still: dict[tuple[object, ...], _Alike] = {}
        for case_id, known in sorted(self._known.items(), key=_by_day):
            if known.meets is False:
                continue
            standing = known.standing
            if known.meets is None or standing is None:
                self._unsure.setdefault(tuple(map(known.facts.get, self.signal.same)), {})[case_id] = None
                continue
            group = self._still.get(standing.key)
            if group is None:
                group = self._still[standing.key] = _Alike()
            group.days.append(standing.day)
            group.ids.append(case_id)
            group.tags.append(standing.tags)
            group.gifts.append(known.gift)
        self._looks_on = self.signal.side == "both" and self.signal.within is not None
        self._counts_cases = self.signal.distinct is None and self.signal.share is None

    def _known_of(self, facts: Facts) -> Known:
        meets = self._where(facts)
        return Known(facts, self.standing(facts), meets, None if meets is False else self.gives(facts))

    def known(self, case_id: str, facts: Facts) -> Known:
        """What is known of a case as it is given here, whatever the history says of it."""
        known = self._known.get(case_id)
        return known if known is not None and known.facts is facts else self._known_of(facts)

    def counted(self, case_id: str) -> Known | None:
        """A case as the history has it, where it surely belongs to the counts of those that are like it."""
        known = self._known.get(case_id)
        return known if known is not None and known.meets else None

    def alike(self, key: tuple[object, ...]) -> Iterator[tuple[date, frozenset[str], Gift]]:
        """Day, tags and gift of the cases of which all is known that agree in what the signal asks to be the same."""
        group = self._still.get(key)
        return iter(()) if group is None else zip(group.days, group.tags, group.gifts, strict=True)

    def window(self, day: date) -> tuple[date | None, date | None]:
        """The first and last day of what counts for a case of a day; None where the signal has no such bounds."""
        return (None, None) if self.signal.within is None else self._spans[day]

    def count(self, case_id: str, facts: Facts) -> Count:
        """The signal of a case, which counts as it is given here, whatever the history says of it."""
        known = self.known(case_id, facts)
        standing = known.standing
        if standing is None:
            return self.lacking(facts)
        ids, gifts, later, shared = self._others(case_id, standing)
        left_out = self._left_out(case_id, facts, standing) if self._unsure else []
        own = known.meets if self.signal.sharing is None or standing.tags else False
        leaves_open = own is None or (own and known.gift is None)
        if own:
            ids.append(case_id)
            gifts.append(known.gift)
        elif own is None:
            left_out.append(case_id)
        if None in gifts:
            unknown = {i for i, gift in zip(ids, gifts, strict=True) if gift is None}
            left_out += unknown
            ids = [i for i in ids if i not in unknown]
            later = [i for i in later if i not in unknown]
        in_short = Count(len(ids))
        if leaves_open or not self._counts_cases:
            tally = Tally([thing for gift in gifts for thing in gift or ()])
            in_short = self.in_short(tally, facts, leaves_open)
        return Count(
            in_short.value,
            tuple(sorted(ids)),
            tuple(sorted(left_out)),
            in_short.missing,
            tuple(sorted(shared)),
            in_short.possible,
            tuple(sorted(later)),
        )

    def _others(self, case_id: str, standing: Standing) -> tuple[list[str], list[Gift], list[str], set[str]]:
        """The other cases that surely belong to a count: their ids, what each gives, those dated later, common tags."""
        group = self._still.get(standing.key)
        if group is None:
            return [], [], [], set()
        start, end = 0, len(group.ids)
        if self.signal.within is not None:
            first, last = self._spans[standing.day]
            start = bisect_left(group.days, first)
            end = bisect_right(group.days, last, start)
        places = [place for place in range(start, end) if group.ids[place] != case_id]
        shared: set[str] = set()
        if self.signal.sharing is not None:
            tags = standing.tags
            places = [place for place in places if not tags.isdisjoint(group.tags[place])]
            shared.update(*[tags & group.tags[place] for place in places])
        later = [group.ids[p] for p in places if group.days[p] > standing.day] if self._looks_on else []
        return [group.ids[p] for p in places], [group.gifts[p] for p in places], later, shared

    def _left_out(self, case_id: str, facts: Facts, standing: Standing) -> list[str]:
        """The other cases of which it is unknown whether they belong to a count."""
        unsure = (self._unsure.get(key, ()) for key in product(*[(value, None) for value in standing.key]))
        others = (other for alike in unsure for other in alike if other != case_id)
        return [other for other in others if self.selects(facts, self._history[other]) is None]


def _by_day(entry: tuple[str, Known]) -> tuple[date, str]:
    case_id, known = entry
    return date.min if known.standing is None else known.standing.day, case_id
