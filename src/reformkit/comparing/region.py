"""Where an edit changes a decision: one pair (rule before → rule after), with the cases that take it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from copy import copy
from dataclasses import dataclass
from functools import cached_property
from heapq import heapify, heappop, heappush
from itertools import islice
from typing import Any, NamedTuple

from reformkit.comparing.box_pieces import drawn_in, split, without
from reformkit.comparing.merging import CLASH, NONE, MergedTables, Side
from reformkit.comparing.restating import restated, share
from reformkit.deciding.boxes import Box, simplified
from reformkit.deciding.cells import bits
from reformkit.deciding.cover import Point, Space
from reformkit.model.case import plain
from reformkit.model.condition import AllOf, Condition
from reformkit.model.period import Period
from reformkit.model.rulebook import Rule
from reformkit.model.vocabulary import Value
from reformkit.problem import Place
from reformkit.wording.written import as_written

MOST_PARTS = 256
"""Boxes from which a region's condition is put together; past it, the rules' own conditions are shown."""

MOST_BOXES, MOST_SPLIT = 200, 20_000
"""Disjoint boxes that are given, and boxes that are looked at to find them."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A box in which both sides' rules are true, with the rules that conflict there, if any do."""

    box: Box
    conflicting: tuple[int, ...] = ()


class SideRule(NamedTuple):
    """What decides on one side: a rule by its number, or `NONE` or `CLASH`."""

    side: Side
    number: int

    @property
    def rule(self) -> Rule | None:
        """The rule; None where none decides, or where several conflict."""
        return self.side.rules.get(self.number)

    @property
    def id(self) -> str | None:
        """The id of the rule."""
        return None if self.rule is None else self.rule.id

    @property
    def place(self) -> Place:
        """Where what decides stands: the rule, `otherwise`, or the table."""
        rule, table = self.rule, self.side.table
        if rule is not None:
            return rule.place
        return table.otherwise.place if table.otherwise is not None and self.number == NONE else table.place


class Region:
    """The cases that a rule decided before and that another one decides after, with another outcome.

    `before`, `after`: an outcome, `conflict`, `uncovered`, or for `collect` an outcome and `absent`.
    `days`: the spans of time in which it is so; empty where it is always. `name` is that of its example. `proven` is False where the budget
    ran out before a case was found or excluded; then there is no example.
    """

    def __init__(
        self,
        merged: MergedTables,
        before: SideRule,
        after: SideRule,
        taking: int,
        candidates: Callable[[], Iterator[Candidate]],
        point: Point | None,
        found: Candidate | None,
    ) -> None:
        self.decision = after.side.table.id
        self.before = before.side.result(before.number)
        self.after = after.side.result(after.number)
        self.outcome = after.side.outcome
        self.days: tuple[Period, ...] = ()
        self.proven = point is not None
        self._merged = merged
        self._before, self._after = before, after
        self.name = "-".join((self.decision, self.rule_before or self.before, self.rule_after or self.after))
        self._taking = taking
        self._candidates = candidates
        self._point = point
        self._found = found

    @property
    def _space(self) -> Space:
        return self._merged.space

    # --- who decides -----------------------------------------------------------------------------------

    @property
    def rule_before(self) -> str | None:
        """The rule that decides before (for `any` and `collect` the first true one that gives the outcome)."""
        return self._before.id

    @property
    def rule_after(self) -> str | None:
        """The rule that decides after."""
        return self._after.id

    @property
    def places(self) -> tuple[Place, Place]:
        """Where what decides stands, before and after: the rule, `otherwise`, or the table."""
        return self._before.place, self._after.place

    @property
    def conflicting(self) -> tuple[str, ...]:
        """The two rules that conflict for the example, where one of the results is a conflict."""
        rules = self._merged.space.cut.table.rules
        return tuple(rules[n].id for n in (self._found.conflicting if self._found else ()))

    # --- for which cases -------------------------------------------------------------------------------

    @cached_property
    def _parts(self) -> tuple[Box, ...] | None:
        """The smallest boxes around the cases of the region; None where they are too many."""
        candidates = list(islice(self._candidates(), MOST_PARTS + 1))
        if len(candidates) > MOST_PARTS:
            return None
        drawn = (drawn_in(candidate.box, self._taking, self._space) for candidate in candidates)
        every = [v.every for v in self._space.variables]
        return tuple(simplified([box for box in drawn if box is not None], every))

    @cached_property
    def condition(self) -> Condition:
        """The meeting of both rules, drawn in to the cases of the region as far as tests can say it.

        The region is where it holds and no rule of `except_rules` is true.
        """
        if self._parts is None:
            rules = (self._before.rule, self._after.rule)
            return AllOf(items=tuple(rule.when for rule in rules if rule is not None))
        return restated(self._parts, self._space)

    @property
    def exact(self) -> bool:
        """Whether `facts` without `except_rules` are just the cases of the region, and no others."""
        return self._parts is not None or CLASH not in (self._before.number, self._after.number)

    @property
    def facts(self) -> dict[str, Any]:
        """`condition` in the rule language: what could stand under `when`."""
        return as_written(self.condition)

    @property
    def except_rules(self) -> tuple[str, ...]:
        """The rules that take part of `facts` away: there they decide, and not those of the region."""
        return tuple(dict.fromkeys([*self.except_before, *self.except_after]))

    @property
    def except_before(self) -> tuple[str, ...]:
        """Those of `except_rules` that do so before."""
        return tuple(rule.id for rule in self._excepted(self._before))

    @property
    def except_after(self) -> tuple[str, ...]:
        """Those of `except_rules` that do so after."""
        return tuple(rule.id for rule in self._excepted(self._after))

    @property
    def exceptions(self) -> list[list[dict[str, Any]]]:
        """What the rules of `except_before` and of `except_after` ask on the days of the region."""
        return [[as_written(rule.when) for rule in self._excepted(side)] for side in (self._before, self._after)]

    def _excepted(self, decides: SideRule) -> tuple[Rule, ...]:
        boxes = self._taking & decides.side.taking(decides.number)
        if self._parts is not None:
            met = 0
            for part in self._parts:
                met |= self._space.meeting(part)
            boxes &= met
        numbers = dict.fromkeys(self._merged.rule_of[box] for box in bits(boxes))
        return tuple(decides.side.rules[number] for number in numbers)

    # --- examples --------------------------------------------------------------------------------------

    @property
    def witness(self) -> dict[str, Value]:
        """Facts of one case of the region, as Python has them; what is not in it does not matter."""
        return {} if self._point is None else self._space.witness(self._point)

    @property
    def example(self) -> dict[str, Any] | None:
        """One case of the region as files hold it, with an id; None where nothing is proven."""
        if self._point is None:
            return None
        return {"id": self.name, **{name: plain(value) for name, value in self.witness.items()}}

    def boxes(self, most: int = MOST_BOXES) -> list[dict[str, Any]]:
        """The region as disjoint boxes, each in the rule language, the largest first.

        At most `most` of them; there may be more.
        """
        return [as_written(restated([box], self._space)) for box in islice(self._disjoint(), most)]

    def _disjoint(self) -> Iterator[Box]:
        """Boxes without a case in common, as they are found by halving what is partly taken away."""
        space = self._space
        left: list[Box] = []
        for candidate in islice(self._candidates(), MOST_PARTS):
            pieces = [candidate.box]
            for earlier in list(left):
                pieces = [rest for piece in pieces for rest in without(piece, earlier, space)]
            left += pieces
        heap = [(-share(box, space), i, box) for i, box in enumerate(left)]
        heapify(heap)
        looked = len(heap)
        while heap and looked < MOST_SPLIT:
            _, _, box = heappop(heap)
            by = self._taking & space.meeting(box)
            if not by:
                yield box
                continue
            for piece in split(box, by, space):
                looked += 1
                heappush(heap, (-share(piece, space), looked, piece))

    # --- named and dated -------------------------------------------------------------------------------

    def on(self, days: tuple[Period, ...]) -> Region:
        """The same cases on other days."""
        dated = copy(self)
        dated.days = days
        return dated

    def called(self, name: str) -> Region:
        """The same cases under another name."""
        renamed = copy(self)
        renamed.name = name
        return renamed

    def __repr__(self) -> str:
        return f"Region({self.decision!r}, {self.rule_before}: {self.before} -> {self.rule_after}: {self.after})"
