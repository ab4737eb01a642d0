"""Walking the cells of what is unknown, with the boxes still alive as the state: exact answers.

A *result* is a number: that of an outcome (or of a rule, where the walk is labelled by rules), or one of
the reserved numbers `NONE` (no rule holds) and `CLASH` (rules conflict).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal

NONE, CLASH = -1, -2
MOST_STATES = 50_000

Policy = Literal["first", "unique", "any"]
Unknown = Sequence[tuple[Sequence[int], int]]
"""For each unknown variable: the masks of its possible cells, and the boxes free of it."""


class Walk:
    """One table's boxes under a hit policy, labelled by outcome or by rule.

    `label_of[b]` is the label of the box at bit `b`, `of_label[l]` its boxes. `of_group` are the boxes that
    may hold together without conflict: those of a rule under `unique`, of an outcome under `any`. `none` is
    the result when no box holds: that of `otherwise`, or `NONE`.
    """

    def __init__(
        self,
        policy: Policy,
        label_of: Sequence[int],
        of_label: Sequence[int],
        group_of: Sequence[int] = (),
        of_group: Sequence[int] = (),
        none: int = NONE,
    ) -> None:
        self.policy = policy
        self.label_of = label_of
        self.of_label = of_label
        self.group_of = group_of
        self.of_group = of_group
        self.none = none

    def shrink(self, alive: int, sure: int) -> tuple[int, int | None]:
        """Drop boxes that cannot matter from those alive; `sure` ones hold whatever is unknown.

        Gives the boxes left and the result, if there is only one left.
        """
        if not alive:
            return 0, self.none
        if not sure:
            alike = self.none >= 0 and self.policy != "unique" and not alive & ~self.of_label[self.none]
            return alive, self.none if alike else None
        top = sure.bit_length() - 1
        if self.policy == "first":
            alive = alive >> top << top
            label = self.label_of[top]
            return alive, None if alive & ~self.of_label[label] else label
        group = self.of_group[self.group_of[top]]
        if sure & ~group:
            return alive, CLASH
        return alive, None if alive & ~group else self.label_of[top]

    def results(
        self, alive: int, unknown: Unknown, budget: int = MOST_STATES, enough: int = 1 << 62
    ) -> tuple[set[int], bool]:
        """Every result that some completion of the unknown variables gives; no more are looked for than are `enough`.

        The second part is True when the budget of states ran out: then the results may be too many.
        """
        alive, settled = self.shrink(alive, alive & _free_of_all(unknown, alive))
        if settled is not None:
            return {settled}, False
        ordered = _most_tested_first(unknown, alive)
        rest = _free_of_rest(ordered)
        labels: set[int] = set()
        seen: set[tuple[int, int]] = set()
        unseen = alive  # boxes whose label is not among the results found
        exhausted = False

        def visit(alive: int, depth: int) -> None:
            nonlocal unseen, exhausted
            if len(labels) >= enough:
                return
            alive, settled = self.shrink(alive, alive & rest[depth])
            if settled is not None:
                if settled not in labels:
                    labels.add(settled)
                    if settled >= 0:
                        unseen &= ~self.of_label[settled]
                return
            if self._adds_nothing(alive, alive & rest[depth], unseen, labels) or (alive, depth) in seen:
                return
            if len(seen) >= budget:
                exhausted = True
                labels.update(self._all_possible(alive, alive & rest[depth]))
                unseen &= ~_union(self.of_label[label] for label in labels if label >= 0)
                return
            seen.add((alive, depth))
            masks, free = ordered[depth]
            if not alive & ~free:
                visit(alive, depth + 1)
                return
            for mask in masks:
                visit(alive & mask, depth + 1)

        visit(alive, 0)
        return labels, exhausted

    def matters(self, starts: Sequence[int], unknown: Unknown, budget: int = MOST_STATES) -> bool:
        """Whether some completion of the unknown variables gives different results from the starts.

        The starts are the boxes alive for each cell of one variable. Past the budget: True.
        """
        ordered = _most_tested_first(unknown, _union(starts))
        rest = _free_of_rest(ordered)
        seen: set[tuple[frozenset[int], int]] = set()

        def visit(states: frozenset[int], depth: int) -> bool:
            shrunk = [self.shrink(alive, alive & rest[depth]) for alive in states]
            results = {settled for _, settled in shrunk if settled is not None}
            if len(results) > 1:
                return True
            left = frozenset(alive for alive, settled in shrunk if settled is None)
            if not left or (len(left) == 1 and not results):
                return False
            if results:
                left |= {alive for alive, settled in shrunk if settled is not None}
            if (left, depth) in seen:
                return False
            if len(seen) >= budget:
                return True
            seen.add((left, depth))
            masks, free = ordered[depth]
            if not _union(left) & ~free:
                return visit(left, depth + 1)
            return any(visit(frozenset(alive & mask for alive in left), depth + 1) for mask in masks)

        return visit(frozenset(starts), 0)

    def _adds_nothing(self, alive: int, sure: int, unseen: int, labels: set[int]) -> bool:
        return (
            not alive & unseen
            and (bool(sure) or self.none in labels)
            and (self.policy == "first" or CLASH in labels or not self._may_clash(alive))
        )

    def _all_possible(self, alive: int, sure: int) -> set[int]:
        possible = {label for label, boxes in enumerate(self.of_label) if alive & boxes}
        if not sure:
            possible.add(self.none)
        if self.policy != "first" and self._may_clash(alive):
            possible.add(CLASH)
        return possible

    def _may_clash(self, alive: int) -> bool:
        return bool(alive & ~self.of_group[self.group_of[alive.bit_length() - 1]])


def worst(alive: int, unknown: Unknown) -> tuple[int, Unknown]:
    """What stays alive where the variables with one worst cell are in it, and the other variables.

    A cell is the worst one if what it lets live, every other cell does too (of a tag that is only ever
    asked for: absent). Whether boxes cover all completions is then decided there.
    """
    left = []
    at_worst = alive
    for masks, free in unknown:
        if alive & ~free:
            least = alive
            for mask in masks:
                least &= mask
            if any(alive & mask == least for mask in masks):
                at_worst &= least
            else:
                left.append((masks, free))
    return at_worst, left


def sets(
    alive: int, unknown: Unknown, of_outcome: Sequence[int], budget: int = MOST_STATES
) -> tuple[set[frozenset[int]], bool]:
    """Every set of outcomes that some completion collects; True when the budget ran out."""
    ordered = _most_tested_first(unknown, alive)
    rest = _free_of_rest(ordered)
    collections: set[frozenset[int]] = set()
    seen: set[tuple[int, int, frozenset[int]]] = set()
    exhausted = False

    def visit(alive: int, depth: int, collected: frozenset[int]) -> None:
        nonlocal exhausted
        sure = alive & rest[depth]
        for outcome, boxes in enumerate(of_outcome):
            if alive & boxes and sure & boxes:
                collected |= {outcome}
                alive &= ~boxes
        if not alive:
            collections.add(collected)
            return
        if (alive, depth, collected) in seen:
            return
        if len(seen) >= budget:
            exhausted = True
            return
        seen.add((alive, depth, collected))
        masks, free = ordered[depth]
        if not alive & ~free:
            visit(alive, depth + 1, collected)
            return
        for mask in masks:
            visit(alive & mask, depth + 1, collected)

    visit(alive, 0, frozenset())
    return collections, exhausted


def _most_tested_first(unknown: Unknown, alive: int) -> list[tuple[Sequence[int], int]]:
    return sorted(
        ((masks, free) for masks, free in unknown if alive & ~free),
        key=lambda pair: -(alive & ~pair[1]).bit_count(),
    )


def _free_of_rest(ordered: Sequence[tuple[Sequence[int], int]]) -> list[int]:
    """At each depth, the boxes that test none of the variables from there on."""
    rest = [-1]
    for _, free in reversed(ordered):
        rest.append(rest[-1] & free)
    return rest[::-1]


def _free_of_all(unknown: Unknown, alive: int) -> int:
    free = alive
    for _, boxes in unknown:
        free &= boxes
    return free


def _union(numbers: Iterable[int]) -> int:
    union = 0
    for number in numbers:
        union |= number
    return union
