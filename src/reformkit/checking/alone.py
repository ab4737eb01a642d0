"""Where one group of boxes holds alone: what a single rule more or less changes under `unique` and `any`."""

from __future__ import annotations

from collections.abc import Callable

from reformkit.deciding.cover import Budget, Unproven
from reformkit.deciding.walk import Unknown


def stands_alone(
    alive: int, own: int, group_of: Callable[[int], int], none_counts: bool, unknown: Unknown, budget: Budget
) -> bool:
    """Whether at some point the boxes that hold are of one group only, and that is not `own`.

    `group_of` gives all boxes of the group of the box at a bit. `none_counts`: a point at which no box holds
    is one too. Raises `Unproven` past the budget.
    """
    states, most = 0, budget.next
    seen: set[tuple[int, frozenset[int]]] = set()  # states without such a point

    def visit(alive: int, left: frozenset[int]) -> bool:
        nonlocal states
        left = frozenset(v for v in left if alive & ~unknown[v][1])
        sure = alive
        for v in left:
            sure &= unknown[v][1]
        if sure:
            group = group_of(sure.bit_length() - 1)
            if sure & own or sure & ~group:
                return False
            if not alive & ~group:
                return True
        elif not alive:
            return none_counts
        if (alive, left) in seen:
            return False
        if states >= most:
            raise Unproven
        states += 1
        chosen = max(left, key=lambda v: (alive & ~unknown[v][1]).bit_count())
        masks = sorted({alive & mask for mask in unknown[chosen][0]}, key=int.bit_count)
        least: list[int] = []
        for mask in masks:
            if none_counts and any(other & ~mask == 0 for other in least):
                continue  # where fewer boxes leave no such point, more leave none either
            least.append(mask)
            if visit(mask, left - {chosen}):
                return True
        seen.add((alive, left))
        return False

    try:
        return visit(alive, frozenset(range(len(unknown))))
    finally:
        budget.spend(states, alive.bit_length())
