"""Named values that come with an outcome: carried with it, never tested."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType
from typing import Any, Literal

from reformkit.model.node import Node

Amount = int | Decimal
Gives = Mapping[str, Amount | str]
"""What comes with one outcome, by name: whole numbers, decimals as they are written, words."""

NOTHING_GIVEN: Gives = MappingProxyType({})


class GivenValue(Node):
    """One named value: a number, or words."""

    node: Literal["given"] = "given"
    amount: int | Decimal | None = None
    words: str | None = None

    @property
    def value(self) -> Amount | str:
        """The value as Python has it."""
        return self.amount if self.amount is not None else self.words or ""


@dataclass(frozen=True, slots=True)
class Bounds:
    """Between what a value lies that unknown facts leave open.

    The bounds are taken from what is always given and what may be, each outcome by itself: the value never lies
    outside, and it need not come to either bound, so that they are not `tight`. `or_none`: there may be no value.
    """

    least: Amount
    most: Amount
    or_none: bool = False
    tight: bool = False

    def to_dict(self) -> dict[str, Any]:
        """Plain data for JSON."""
        return {"least": plain(self.least), "most": plain(self.most), "or_none": self.or_none, "tight": self.tight}


class CollectedGives:
    """What comes with the outcomes that a decision collects: a list, with sums over it.

    It holds what comes with each outcome that is given for sure, in the order of `Decision.outcomes`; an outcome counts
    once, however many rules give it. `sum`, `min`, `max` and `count` of a name are a number where the decision is
    decided, and `Bounds` where unknown facts leave it open. What it hands out is the caller's own: to change that changes
    no rulebook.

    >>> each = {"a": {"fee": 5}, "b": {"fee": Decimal("2.50")}, "c": {}}
    >>> CollectedGives(("a", "b"), ("a", "b"), each).sum("fee")
    Decimal('7.50')
    >>> CollectedGives(("a",), ("a", "b", "c"), each).sum("fee")
    Bounds(least=5, most=Decimal('7.50'), or_none=False, tight=False)
    """

    __slots__ = ("_each", "_possible", "_sure")

    def __init__(self, sure: Sequence[str], possible: Sequence[str], each: Mapping[str, Gives]) -> None:
        self._sure = tuple(sure)
        self._possible = tuple(possible)
        self._each = each

    def sum(self, name: str) -> Amount | Bounds:
        """The sum of a named number; 0 where none is given."""
        sure, open_ = self._amounts(name)
        total = sum(sure, 0)
        if not open_:
            return total
        return Bounds(
            total + sum((amount for amount in open_ if amount < 0), 0),
            total + sum((amount for amount in open_ if amount > 0), 0),
        )

    def min(self, name: str) -> Amount | Bounds | None:
        """The least of a named number; None where none is given."""
        sure, open_ = self._amounts(name)
        if not open_:
            return min(sure, default=None)
        return Bounds(min(sure + open_), min(sure) if sure else max(open_), or_none=not sure)

    def max(self, name: str) -> Amount | Bounds | None:
        """The greatest of a named number; None where none is given."""
        sure, open_ = self._amounts(name)
        if not open_:
            return max(sure, default=None)
        return Bounds(max(sure) if sure else min(open_), max(sure + open_), or_none=not sure)

    def count(self, name: str) -> int | Bounds:
        """How many of the outcomes come with a value of that name."""
        sure, open_ = self._values(name)
        return len(sure) if not open_ else Bounds(len(sure), len(sure) + len(open_))

    def _values(self, name: str) -> tuple[list[Amount | str], list[Amount | str]]:
        """The values of a name with outcomes that are sure, and with those that may still come."""
        known = sorted({name for gives in self._each.values() for name in gives})
        if name not in known:
            raise KeyError(f"no outcome comes with {name!r}; there are: {', '.join(known) or 'none'}")
        open_ = [outcome for outcome in self._possible if outcome not in self._sure]
        sure_values, open_values = (
            [self._each[outcome][name] for outcome in outcomes if name in self._each.get(outcome, NOTHING_GIVEN)]
            for outcomes in (self._sure, open_)
        )
        return sure_values, open_values

    def _amounts(self, name: str) -> tuple[list[Amount], list[Amount]]:
        sure, open_ = self._values(name)
        if any(isinstance(value, str) for value in (*sure, *open_)):
            raise TypeError(f"{name!r} is no number: it can be counted, and nothing else")
        return sure, open_  # type: ignore[return-value]

    def to_list(self) -> list[dict[str, Any]]:
        """Plain data for JSON: what comes with each outcome that is sure."""
        return [plain_gives(gives) for gives in self]

    def __iter__(self) -> Iterator[Gives]:
        return (dict(self._each.get(outcome, NOTHING_GIVEN)) for outcome in self._sure)

    def __len__(self) -> int:
        return len(self._sure)

    def __getitem__(self, place: int) -> Gives:
        return dict(self._each.get(self._sure[place], NOTHING_GIVEN))

    def __eq__(self, other: object) -> bool:
        if isinstance(other, CollectedGives):
            return (self._sure, self._possible, self._each) == (other._sure, other._possible, other._each)
        return list(self) == list(other) if isinstance(other, list | tuple) else NotImplemented

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return f"CollectedGives({list(self)!r})"


def plain(value: Amount | str) -> int | str:
    """A value as JSON has it: a decimal is its text, as facts of type `number` are."""
    return f"{value:f}" if isinstance(value, Decimal) else value


def plain_gives(gives: Gives) -> dict[str, Any]:
    """What comes with an outcome, as JSON has it."""
    return {name: plain(value) for name, value in gives.items()}
