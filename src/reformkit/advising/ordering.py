"""An order of recommendations that a caller brings: it says which comes before which, and can add or drop none."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from reformkit.advising.recommend import Recommendation


class Rank(Protocol):
    """What can be sorted: a number, a text, a date, a tuple of these."""

    def __lt__(self, other: Any, /) -> bool: ...


@dataclass(frozen=True)
class RecommendationOrder:
    """An order of recommendations, for `Book.with_order`: the lowest `key` first, equals as the library has them.

    `key` is asked once for each recommendation of a case, and hangs on nothing but that: then the same case has the same
    order by every way in. What it raises is not caught. `name` stands in receipts. A book that is sent to other processes
    needs a key that can be pickled, so a function of a module.

    >>> from reformkit import RecommendationOrder, load
    >>> by_term = RecommendationOrder("shortest-term", key=lambda r: r.measure.due_days)
    >>> case = {"id": "X-1", "causes": ["institution.asset_rules", "power.collective_bypass"]}
    >>> [r.measure.due_days for r in load().with_order(by_term).assess(case).recommendations]
    [30, 90]
    """

    name: str
    key: Callable[[Recommendation], Rank]

    def __post_init__(self) -> None:
        if not isinstance(self.name, str) or not callable(self.key):
            raise TypeError("an order of recommendations has a name, a str, and a key, a function of a Recommendation")
        if not self.name.strip() or not self.name.isprintable():
            raise ValueError(f"the name of an order stands in receipts, in one line; it cannot be {self.name!r}")

    def ordered(self, given: Sequence[Recommendation]) -> tuple[Recommendation, ...]:
        """The same recommendations in this order."""
        # INVARIANT: sorting moves places, so that no key can add, drop or change a recommendation.
        try:
            ranks = [self.key(recommendation) for recommendation in given]
            places = sorted(range(len(given)), key=ranks.__getitem__)
        except Exception as error:
            error.add_note(f"raised by the key of the order of recommendations {self.name!r}")
            raise
        return tuple([given[place] for place in places])
