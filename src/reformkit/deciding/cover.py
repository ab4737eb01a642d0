"""The one question behind every proof: is each point of a box covered by the union of other boxes?

A *point* is a cell for each variable that had to be chosen: variable number → cell number. Whatever the
other variables are, what was shown of the point holds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from reformkit.deciding.boxes import Box, Cut
from reformkit.deciding.cells import Variable, bits
from reformkit.deciding.masks import accepting
from reformkit.deciding.meaning import candidates, value_tests
from reformkit.deciding.walk import MOST_STATES, Unknown
from reformkit.model.condition import Test
from reformkit.model.vocabulary import Field, Value

Point = dict[int, int]


class Unproven(Exception):
    """The budget of states ran out before the question was answered."""


class Budget:
    """How many states proofs may take: each of them, and all of them together (None: without bound).

    `pause` is called after each proof; what it raises ends the proofs.
    """

    def __init__(
        self, each: int = MOST_STATES, together: int | None = None, pause: Callable[[], None] | None = None
    ) -> None:
        self.each = each
        self._left = together
        self._pause = pause

    @property
    def next(self) -> int:
        """How many states the next proof may take."""
        return self.each if self._left is None else min(self.each, self._left)

    def spend(self, states: int, boxes: int) -> None:
        """Account for a proof that took so many states, over so many boxes: a state takes longer the more there are,
        and to ask at all as long as some states."""
        if self._left is not None:
            self._left = max(0, self._left - (states + _ASKING) * (1 + boxes // _WIDE))
        if self._pause is not None:
            self._pause()


_ASKING, _WIDE = 10, 1_000


class Space:
    """The boxes of one table in force, or of two tables merged in one, over its variables.

    Boxes are numbered as in `cut.boxes`: bit `j` stands for `cut.boxes[j]`, so that the earlier boxes are the
    lower bits. `masks[v][c]`: the boxes that accept cell `c` of variable `v`. `free[v]`: those that do
    not test `v`. `every`: all boxes.
    """

    def __init__(self, cut: Cut) -> None:
        self.cut = cut
        self.variables = cut.variables
        boxes = [box for _, box in cut.boxes]
        self.every = (1 << len(boxes)) - 1
        self.masks, self.free = accepting(boxes, cut.variables)
        self._unions: dict[tuple[int, int], int] = {}

    @cached_property
    def value_tests(self) -> dict[str, list[Test]]:
        """For each fact, the different tests that ask something of its value."""
        return value_tests(self.cut.table)

    def box_of(self, number: int) -> Box:
        """The box at a bit."""
        return self.cut.boxes[number][1]

    def point_of(self, box: Box) -> Point:
        """The first point of a box."""
        return {v: next(bits(cells)) for v, cells in sorted(box.items())}

    def meeting(self, box: Box) -> int:
        """The boxes that have a point in common with a box."""
        met = self.every
        for variable, cells in box.items():
            union = self._unions.get((variable, cells))
            if union is None:
                union = self._unions[variable, cells] = _union(self._row(variable, cells))
            met &= union
        return met

    def uncovered(self, box: Box, by: int, budget: Budget | None = None) -> Point | None:
        """A point of a box that none of the boxes `by` covers; None when they cover it whole.

        The point names a cell for every variable that the box tests, and otherwise as few as it can: those
        of a fact are left out together where the point stays uncovered without them.

        Raises `Unproven` past the budget.
        """
        by &= self.meeting(box)
        path, _ = search(by, self.open(box), budget)
        if path is None:
            return None
        point = {v: list(bits(box[v]))[path.get(v, 0)] if v in box else path[v] for v in {*box, *path}}
        return self._fewest(point, box, by)

    def cover(self, box: Box, by: int, budget: Budget | None = None) -> int | None:
        """Some of the boxes `by` that together cover a box; None when a point of it is left over.

        Raises `Unproven` past the budget.
        """
        path, used = search(by & self.meeting(box), self.open(box), budget)
        return used if path is None else None

    def open(self, box: Box) -> Unknown:
        """The variables with the cells that are left of them in a box."""
        if not box:
            return list(zip(self.masks, self.free, strict=True))
        rows = [self._row(v, box[v]) if v in box else self.masks[v] for v in range(len(self.variables))]
        return [(row, _common(row, self.every) if v in box else self.free[v]) for v, row in enumerate(rows)]

    def _fewest(self, point: Point, box: Box, by: int) -> Point:
        """The same point without the facts on which it does not hang."""
        for fact in {self.variables[v].fact: None for v in sorted(point)}:
            left = {v: cell for v, cell in point.items() if v in box or self.variables[v].fact != fact}
            alive = by
            for v, cell in left.items():
                alive &= self.masks[v][cell]
            if not alive:
                point = left
        return dict(sorted(point.items()))

    def _row(self, variable: int, cells: int) -> Sequence[int]:
        row = self.masks[variable]
        first = (cells & -cells).bit_length() - 1
        if not cells & (cells + (1 << first)):  # they are next to each other
            return row[first : cells.bit_length()]
        return [row[cell] for cell in bits(cells)]

    def witness(self, point: Point) -> dict[str, Value]:
        """Facts that make a point a case, by their names.

        A fact that the point does not mention is left out, and so is one that the point wants not
        known: what was shown of the point is then among what is possible.
        """
        wanted: dict[str, dict[tuple[str, str | None], int]] = {}
        for v in point:
            variable = self.variables[v]
            wanted.setdefault(variable.fact, {})[variable.aspect, variable.tag] = v
        facts: dict[str, Value] = {}
        for name in (f for f in self.cut.fields if f in wanted):
            own = wanted[name]
            known = own.get(("known", None))
            if known is not None and not point[known]:
                continue
            value = own.get(("value", None))
            if self.cut.fields[name].type == "tags":
                facts[name] = frozenset(str(tag) for (aspect, tag), v in own.items() if aspect == "tag" and point[v])
            elif value is None:
                facts[name] = next(iter(candidates(self.cut.fields[name], ())))
            else:
                facts[name] = _sample(self.variables[value], self.cut.fields[name], point[value])
        return facts


def covered(by: int, unknown: Unknown, most: int = MOST_STATES) -> bool | None:
    """Whether, whatever the open variables are, one of the boxes `by` holds. None: not settled in `most` states."""
    try:
        return uncovered(by, unknown, Budget(most)) is None
    except Unproven:
        return None


def uncovered(by: int, unknown: Unknown, budget: Budget | None = None) -> Point | None:
    """A point at which none of the boxes `by` holds, as `search` finds it; None: there is none."""
    return search(by, unknown, budget)[0]


def search(by: int, unknown: Unknown, budget: Budget | None = None) -> tuple[Point | None, int]:
    """A cell for each open variable that had to be chosen, so that none of the boxes `by` holds.

    None: there is no such point, and the second part are boxes that together leave none. A cell is its
    place in the masks given. Raises `Unproven` past the budget.
    """
    budget = budget or Budget()
    states, used, most = 0, 0, budget.next
    seen: set[tuple[int, frozenset[int]]] = set()  # covered states only
    path: Point = {}

    def visit(alive: int, left: frozenset[int]) -> bool:
        """Whether a point is left uncovered; it is then in `path`."""
        nonlocal states, used
        left = frozenset(v for v in left if alive & ~unknown[v][1])
        sure = alive
        for v in left:
            sure &= unknown[v][1]
        if sure:
            if not sure & used:
                used |= sure & -sure
            return False
        if not left:
            return True
        if (alive, left) in seen:
            return False
        if states >= most:
            raise Unproven
        states += 1
        chosen = max(left, key=lambda v: (alive & ~unknown[v][1]).bit_count())
        cells: dict[int, int] = {}
        for cell, mask in enumerate(unknown[chosen][0]):
            cells.setdefault(alive & mask, cell)
        least: list[int] = []
        for mask in sorted(cells, key=int.bit_count):
            if any(other & ~mask == 0 for other in least):
                continue  # a smaller one that is covered covers this one too
            least.append(mask)
            if visit(mask, left - {chosen}):
                path[chosen] = cells[mask]
                return True
        seen.add((alive, left))
        return False

    try:
        return (path if visit(by, frozenset(range(len(unknown)))) else None), used
    finally:
        budget.spend(states, by.bit_length())


def _sample(variable: Variable, field: Field, cell: int) -> Value:
    """A value of a cell; of the days before all others that are tested, the last one; of numbers between two that are
    tested, one in the middle."""
    value: Any = variable.samples[cell]
    if field.type == "number" and value > field.lowest:
        further = [sample for sample in map(field.ordinal, variable.samples) if sample > field.ordinal(value)]
        middle = field.at((field.ordinal(value) + min(further) - 1) // 2) if further else value
        value = middle if variable.cell_of(middle) == cell else value
    if field.type == "date" and value == date.min:
        others = [sample for sample in variable.samples if isinstance(sample, date) and sample > value]
        before = min(others) - timedelta(days=1) if others else date(2000, 1, 1)
        if variable.cell_of(before) == cell and (field.highest is None or before <= field.highest):
            return before
    found: Value = value
    return found


def _union(masks: Iterable[int]) -> int:
    union = 0
    for mask in masks:
        union |= mask
    return union


def _common(masks: Iterable[int], every: int) -> int:
    for mask in masks:
        every &= mask
    return every
