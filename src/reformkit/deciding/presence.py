"""Walks that ask for one outcome of a decision that collects: whether it is given or not."""

from __future__ import annotations

from collections.abc import Sequence

from reformkit.deciding.masks import Masks
from reformkit.deciding.walk import NONE, Walk

GIVEN = 0


class FallBack(Walk):
    """Whether a decision that collects and has an `otherwise` gives one of the outcomes of that.

    It does where a box of the outcome holds (`own`), and where none holds at all: the results are `GIVEN` and `NONE`.
    """

    def __init__(self, own: int) -> None:
        super().__init__("first", (), (0,))
        self.own = own

    def shrink(self, alive: int, sure: int) -> tuple[int, int | None]:
        own = self.own
        if sure & own or not alive & ~own:
            return 0, GIVEN
        if alive & own:
            return alive, None
        return (alive, NONE) if sure else (alive, None)

    def _adds_nothing(self, alive: int, sure: int, unseen: int, found: set[int]) -> bool:
        return len(found) == 2  # both of them

    def _all_possible(self, alive: int, sure: int) -> set[int]:
        return {GIVEN, NONE}


class Presence(Walk):
    """Whether any box of one outcome holds: the two results of `collect`, outcome by outcome."""

    def __init__(self) -> None:
        super().__init__("first", (), ())

    def shrink(self, alive: int, sure: int) -> tuple[int, int | None]:
        if not alive:
            return 0, NONE
        return (sure, GIVEN) if sure else (alive, None)


PRESENCE = Presence()


def for_presence(unknown: Sequence[tuple[tuple[int, ...], int]], boxes: int) -> list[tuple[tuple[int, ...], int]]:
    """The unknown variables as the boxes of one outcome see them."""
    return [(masks, free) for masks, free in unknown if boxes & ~free]


def walks_of_otherwise(masks: Masks) -> dict[int, FallBack]:
    """Under `collect`, for the number of each outcome that `otherwise` gives, the walk that asks for it."""
    table = masks.table
    if table.hit != "collect" or table.otherwise is None:
        return {}
    numbers = map(list(table.outcomes).index, table.otherwise.outcomes)
    return {number: FallBack(masks.of_outcome[number]) for number in numbers}
