"""One signal over a history that does not change: its cases lie sorted, side by side, and a count is a slice of them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from itertools import product
from operator import itemgetter
from typing import NamedTuple

from reformkit.deciding.day_sums import DaySums, Gift
from reformkit.deciding.prepared_signal import PreparedSignal
from reformkit.deciding.signals import Count, Index, Reading
from reformkit.deciding.standing import Standing
from reformkit.model.vocabulary import Facts

FEW = 64
"""Cases that are looked at one by one; of more that are alike, sums are kept."""

_NOBODY: frozenset[str] = frozenset()
_ONE: Gift = frozenset({True})
_UNSAID = Reading(None)


class Seen(NamedTuple):
    """What every signal takes of a case: its facts, its day, and for each signal whether the case meets its `where`."""

    facts: Facts
    day: date | None
    meets: tuple[bool | None, ...]


class _Alike:
    """The cases of which all is known that agree in what a signal asks to be the same, by day and id."""

    __slots__ = ("days", "gifts", "ids", "sums", "tags")

    def __init__(self) -> None:
        self.days: list[date] = []
        self.ids: list[str] = []
        self.tags: list[frozenset[str]] = []
        """Where the signal counts by a common tag."""
        self.gifts: list[Gift] = []
        """Where not every case gives the same."""
        self.sums: dict[frozenset[str], DaySums] = {}


class StillIndex(Index):
    """An index that nothing is added to or taken from; it counts as `Index` does, with less to do for each case.

    `number` is the place of the signal among all of them, `in_order` the cases by day and id.
    """

    # INVARIANT: `named` gives what `Index.count` gives; `unnamed` and `says` give what that says without names.

    def __init__(
        self,
        prepared: PreparedSignal,
        number: int,
        history: Mapping[str, Facts],
        in_order: Iterable[tuple[str, Seen]],
    ) -> None:
        super().__init__(prepared, {})
        self._history = history
        self._number = number
        self._sharing = self.signal.sharing
        self._is_windowed = self.signal.within is not None
        self._gives_one = self.signal.distinct is None and self.signal.share is None
        self._looks_on = self.signal.side == "both" and self._is_windowed
        self._key = _key_of(self.signal.same)
        self._of_nothing = Reading(self.total({}))
        self._still: dict[tuple[object, ...], _Alike] = {}
        for case_id, seen in in_order:
            meets = seen.meets[number]
            if meets is False:
                continue
            standing = self._standing(seen)
            if meets is None or standing is None:
                self._unsure.setdefault(tuple(map(seen.facts.get, self.signal.same)), {})[case_id] = None
                continue
            group = self._still.get(standing.key)
            if group is None:
                group = self._still[standing.key] = _Alike()
            group.days.append(standing.day)
            group.ids.append(case_id)
            if self._sharing is not None:
                group.tags.append(standing.tags)
            if not self._gives_one:
                group.gifts.append(self.gives(seen.facts))

    def _standing(self, seen: Seen) -> Standing | None:
        """`standing` of a case whose day is known already."""
        facts = seen.facts
        day = seen.day if self._is_windowed else date.min
        tags = _NOBODY if self._sharing is None else facts.get(self._sharing)
        if day is None or tags is None:
            return None
        try:
            return Standing(self._key(facts), day, tags)
        except KeyError:
            return None

    # --- without names ---------------------------------------------------------------------------------

    def says(self, seen: Seen, had: Seen | None) -> Reading:
        """What the signal says of a case; `had` is the case as the history has it."""
        standing = self._standing(seen)
        if standing is None:
            return _UNSAID
        if seen.meets[self._number] is False and standing.key not in self._still:
            return self._of_nothing  # most cases, as most signals are about few
        tally, leaves_open = self._together(seen, standing, had)
        return self.reading(tally, seen.facts, leaves_open)

    def unnamed(self, seen: Seen, had: Seen | None) -> Count:
        """The signal of a case without the names of what was counted."""
        standing = self._standing(seen)
        if standing is None:
            return self.lacking(seen.facts)
        tally, leaves_open = self._together(seen, standing, had)
        return self.in_short(tally, seen.facts, leaves_open)

    def _together(self, seen: Seen, standing: Standing, had: Seen | None) -> tuple[Mapping[object, int], bool]:
        """What the others and the case itself give, and whether it is unknown whether or how it counts itself."""
        tally = self._given_by_others(standing, seen, had)
        own = self._counts_itself(seen, standing)
        if not own:
            return tally, own is None
        gift = _ONE if self._gives_one else self.gives(seen.facts)
        for thing in gift or ():
            tally[thing] = tally.get(thing, 0) + 1
        return tally, gift is None

    def _counts_itself(self, seen: Seen, standing: Standing) -> bool | None:
        return False if self._sharing is not None and not standing.tags else seen.meets[self._number]

    def _given_by_others(self, standing: Standing, seen: Seen, had: Seen | None) -> dict[object, int]:
        """What the other cases give that surely belong to a count."""
        group = self._still.get(standing.key)
        if group is None:
            return {}
        start, end = self._slice(group, standing)
        if self._sharing is None and self._gives_one:
            tally: dict[object, int] = {True: end - start}
        elif end - start > FEW:
            tally = dict(self._sums(group, standing.tags).between(*self._bounds(standing)))
        else:
            tally = {}
            for place in range(start, end):
                if self._sharing is None or not standing.tags.isdisjoint(group.tags[place]):
                    for thing in (_ONE if self._gives_one else group.gifts[place]) or ():
                        tally[thing] = tally.get(thing, 0) + 1
        for thing in self._given_by_itself(standing, seen, had):
            tally[thing] -= 1
            if not tally[thing]:
                del tally[thing]
        return tally

    def _given_by_itself(self, standing: Standing, seen: Seen, had: Seen | None) -> frozenset[object]:
        """What the case gives among the others, as the history has it."""
        if had is None or not had.meets[self._number]:
            return frozenset()
        stood = standing if had is seen else self._standing(had)
        if stood is None or stood.key != standing.key:
            return frozenset()
        first, last = self._bounds(standing)
        within = (first is None or first <= stood.day) and (last is None or stood.day <= last)
        if not within or (self._sharing is not None and standing.tags.isdisjoint(stood.tags)):
            return frozenset()
        return (_ONE if self._gives_one else self.gives(had.facts)) or frozenset()

    def _bounds(self, standing: Standing) -> tuple[date | None, date | None]:
        """The first and last day of what counts; None where the signal has no such bounds."""
        return self._spans[standing.day] if self._is_windowed else (None, None)

    def _slice(self, group: _Alike, standing: Standing) -> tuple[int, int]:
        """The places of a group that lie within the window of a case."""
        if not self._is_windowed:
            return 0, len(group.ids)
        first, last = self._spans[standing.day]
        start = bisect_left(group.days, first)
        return start, bisect_right(group.days, last, start)

    def _sums(self, group: _Alike, tags: frozenset[str]) -> DaySums:
        """Day by day, what cases of a group give that have one of these tags, where the signal asks for a common one."""
        sums = group.sums.get(tags)
        if sums is None:
            gifts = [_ONE] * len(group.ids) if self._gives_one else group.gifts
            given: Iterable[tuple[date, Gift]] = zip(group.days, gifts, strict=True)
            if self._sharing is not None:
                given = (one for one, its in zip(given, group.tags, strict=True) if not tags.isdisjoint(its))
            sums = group.sums[tags] = DaySums(given)
        return sums

    # --- with names ------------------------------------------------------------------------------------

    def named(self, case_id: str, seen: Seen, had: Seen | None) -> Count:
        """The signal of a case in full; `had` is the case as the history has it."""
        standing = self._standing(seen)
        if standing is None:
            return self.lacking(seen.facts)
        ids, unknown, later, shared = self._others(case_id, standing)
        left_out = self._left_out(case_id, seen.facts, standing) if self._unsure else []
        left_out += unknown
        own = self._counts_itself(seen, standing)
        if own and (self._gives_one or self.gives(seen.facts) is not None):
            ids.append(case_id)
        elif own is not False:
            left_out.append(case_id)
        in_short = self.unnamed(seen, had)
        return in_short._replace(
            counted=tuple(sorted(ids)),
            left_out=tuple(sorted(left_out)),
            shared=tuple(sorted(shared)),
            later=tuple(sorted(later)),
        )

    def _others(self, case_id: str, standing: Standing) -> tuple[list[str], list[str], list[str], set[str]]:
        """The other cases that surely belong to a count: their ids, those of which it is unknown what they give, those
        dated later, common tags."""
        group = self._still.get(standing.key)
        if group is None:
            return [], [], [], set()
        start, end = self._slice(group, standing)
        places = [place for place in range(start, end) if group.ids[place] != case_id]
        shared: set[str] = set()
        if self._sharing is not None:
            tags = standing.tags
            places = [place for place in places if not tags.isdisjoint(group.tags[place])]
            shared.update(*[tags & group.tags[place] for place in places])
        unknown: list[str] = []
        if not self._gives_one:
            unknown = [group.ids[place] for place in places if group.gifts[place] is None]
            places = [place for place in places if group.gifts[place] is not None]
        later = [group.ids[p] for p in places if group.days[p] > standing.day] if self._looks_on else []
        return [group.ids[p] for p in places], unknown, later, shared

    def _left_out(self, case_id: str, facts: Facts, standing: Standing) -> list[str]:
        """The other cases of which it is unknown whether they belong to a count."""
        unsure = (self._unsure.get(key, ()) for key in product(*[(value, None) for value in standing.key]))
        others = (other for alike in unsure for other in alike if other != case_id)
        return [other for other in others if self.selects(facts, self._history[other]) is None]


def _key_of(same: tuple[str, ...]) -> Callable[[Facts], tuple[object, ...]]:
    """What a case has of the facts that a signal asks to be the same; it raises KeyError where one of them is unknown."""
    if len(same) == 1:
        (name,) = same
        return lambda facts: (facts[name],)
    return itemgetter(*same) if same else lambda facts: ()
