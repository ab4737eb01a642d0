"""Boxes without other boxes: shrunk to what is left, or cut into disjoint pieces."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from reformkit.deciding.boxes import Box, meet
from reformkit.deciding.cells import bits
from reformkit.deciding.cover import Budget, Space, Unproven, uncovered

MOST_STATES = 2_000
"""States for each question by which a region is drawn in; past it, it is left as wide as it is."""

MOST_TAKING = 64
"""Boxes that take part of a region away, past which it is not drawn in: nobody reads so many exceptions."""


def drawn_in(box: Box, taking: int, space: Space) -> Box | None:
    """The smallest box around what the boxes `taking` leave of a box; None where they leave nothing."""
    by = taking & space.meeting(box)
    alike = {v: _alike(v, box, by, space) for v in range(len(space.variables)) if by & ~space.free[v]}
    live: dict[int, set[int]] = {v: set() for v in alike}

    def leaves(v: int | None, by: int) -> bool:
        """Whether some point is left (with one variable fixed); the cells in which one is are noted."""
        others = [other for other in alike if other != v]
        path = uncovered(by, [(list(alike[o]), _common(alike[o]) & by) for o in others], Budget(MOST_STATES))
        if path is None:
            return False
        for number, other in enumerate(others):
            masks = list(alike[other])
            live[other].update([masks[path[number]]] if number in path else masks)
        return True

    try:
        if not leaves(None, by):
            return None
    except Unproven:
        return box
    if by.bit_count() > MOST_TAKING:
        return box
    drawn = dict(box)
    for v, groups in alike.items():
        drawn[v] = 0
        for mask, cells in groups.items():
            try:
                if mask in live[v] or leaves(v, by & mask):
                    drawn[v] |= cells
            except Unproven:
                drawn[v] |= cells
    return drawn


def _alike(v: int, box: Box, by: int, space: Space) -> dict[int, int]:
    """The cells that a box leaves to a variable, those together in which the same of the boxes `by` hold."""
    groups: dict[int, int] = {}
    for cell in bits(box.get(v, space.variables[v].every)):
        mask = space.masks[v][cell] & by
        groups[mask] = groups.get(mask, 0) | 1 << cell
    return groups


def _common(masks: Iterable[int]) -> int:
    common = -1
    for mask in masks:
        common &= mask
    return common


def split(box: Box, by: int, space: Space) -> Iterator[Box]:
    """A box in pieces by the variable that most of the boxes `by` test; pieces that one of them covers are left out."""
    if _covering(box, by, space):
        return
    tested = {
        v: (by & ~space.free[v]).bit_count()
        for v in range(len(space.variables))
        if any(by & ~space.masks[v][cell] for cell in bits(box.get(v, space.variables[v].every)))
    }
    chosen = max(tested, key=lambda v: tested[v])
    for cells in _alike(chosen, box, by, space).values():
        yield {**box, chosen: cells}


def _covering(box: Box, by: int, space: Space) -> int:
    """Those of the boxes `by` that hold a box whole."""
    for v, row in enumerate(space.masks):
        for cell in bits(box.get(v, space.variables[v].every)):
            by &= row[cell]
    return by


def without(box: Box, other: Box, space: Space) -> Iterator[Box]:
    """What of a box lies outside another one, in boxes that do not meet."""
    if meet(box, other) is None:
        yield box
        return
    rest = dict(box)
    for v, cells in other.items():
        own = rest.get(v, space.variables[v].every)
        if own & ~cells:
            yield {**rest, v: own & ~cells}
        rest[v] = own & cells
