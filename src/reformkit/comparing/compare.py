"""Two decision tables side by side: every pair (rule before → rule after) whose outcome differs for some case.

Whether a pair is taken by some case is one question of covering: is the meeting of both rules covered by the
rules that would take the case away from either? For every policy the pieces are the same, only which rules
take a case away differs (`Side.taking`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from reformkit.comparing.merging import CLASH, NONE, MergedTables, Side, merge
from reformkit.comparing.region import Candidate, Region, SideRule
from reformkit.deciding.boxes import Box, meet
from reformkit.deciding.cells import bits
from reformkit.deciding.cover import Budget, Unproven
from reformkit.deciding.in_force import in_reading_order
from reformkit.model.rulebook import DecisionTable
from reformkit.model.vocabulary import Field

MOST_STATES, FEWEST_STATES = 20_000, 200
"""States for one question; past it the pair is named as unproven, and half as many are spent on the next."""

MOST_QUESTIONS = 30_000
"""Questions for one comparison; past it the rules that are left are named (1,000 rules with 20 edits ask 8,000)."""

MOST_REGIONS = 2_000
"""Regions of one comparison; past it, likewise."""


class Incomparable(ValueError):
    """Two tables whose results are of different kinds: just one of them collects."""


class Unfinished(Exception):
    """The budget ran out; some pairs among `rules` were not compared."""

    def __init__(self, rules: tuple[str, ...]) -> None:
        super().__init__(f"not compared in full: {', '.join(rules)}")
        self.rules = rules


def regions(
    old: DecisionTable,
    new: DecisionTable,
    fields: dict[str, Field],
    budget: int = MOST_STATES,
    pause: Callable[[], None] | None = None,
) -> Iterator[Region]:
    """A region for each pair of rules that some case takes to another outcome, found as they are asked for.

    Both tables are in force (see `in_force`) and over the same fields; `next(regions(...), None)` says
    whether they differ, and where. A pair that the budget leaves open is given with `proven` false.
    Raises `Incomparable` where just one of them collects, `TooManyBoxes` as `cut` does; after the regions that
    were found, `Unfinished` where the budget of questions ran out before the last pair. What `pause` raises after a
    question ends the comparison.
    """
    if (old.hit == "collect") is not (new.hit == "collect"):
        raise Incomparable
    old, new = in_reading_order(old), in_reading_order(new)
    merged = merge(old, new, fields)
    if old.hit != "collect":
        yield from _Comparison(merged, merged.before, merged.after, budget, pause).regions()
        return
    for outcome in dict.fromkeys([*old.outcomes, *new.outcomes]):
        sides = merged.before.only(outcome), merged.after.only(outcome)
        yield from _Comparison(merged, *sides, budget, pause).regions()


class _Comparison:
    """Two sides of a merged table, compared pair by pair."""

    def __init__(
        self, merged: MergedTables, before: Side, after: Side, budget: int, pause: Callable[[], None] | None = None
    ) -> None:
        self.merged = merged
        self.space = merged.space
        self.before = before
        self.after = after
        self.budget = budget
        self.pause = pause
        self.questions = 0
        self.alike = before.table.hit == after.table.hit and before.falls_back == after.falls_back

    def regions(self) -> Iterator[Region]:
        if self.alike and not self.before.own | self.after.own and self._same(NONE, NONE):
            return
        count = 0
        for before, after in self._pairs():
            if self.questions >= MOST_QUESTIONS or count >= MOST_REGIONS:
                raise Unfinished(self._left(before))
            region = self._region(before, after)
            if region is not None:
                count += 1
                yield region

    def _region(self, before: int, after: int) -> Region | None:
        taking = self.before.taking(before) | self.after.taking(after)
        sides = (SideRule(self.before, before), SideRule(self.after, after))

        def candidates() -> Iterator[Candidate]:
            return self._candidates(before, after)

        proven = True
        for candidate in candidates():
            if self.questions >= MOST_QUESTIONS:
                proven = False
                break
            self.questions += 1
            try:
                point = self.space.uncovered(candidate.box, taking, Budget(self.budget, pause=self.pause))
            except Unproven:
                self.budget = max(FEWEST_STATES, self.budget // 2)
                proven = False
                continue
            if point is not None:
                return Region(self.merged, *sides, taking, candidates, point, candidate)
        return None if proven else Region(self.merged, *sides, taking, candidates, None, None)

    def _left(self, current: int) -> tuple[str, ...]:
        """The rules that only one table has and whose pairs have not all been looked at, from one before on."""
        rules = self.space.cut.table.rules
        numbers = [n for n in self.before.rules if n >= current >= 0]
        own = [n for n in (*numbers, *self.after.rules) if not self._is_shared(n)]
        return tuple(dict.fromkeys(rules[n].id for n in own))

    # --- which pairs there may be ----------------------------------------------------------------------

    def _pairs(self) -> Iterator[tuple[int, int]]:
        """The pairs of rules that meet and differ; those that the rules they share rule out are left out."""
        before, after = self.before, self.after
        for rule in (n for n in before.rules if before.of_rule[n]):
            yield from ((rule, other) for other in self._partners(rule) if not self._same(rule, other))
            if not self._is_shared(rule) and not self._same(rule, NONE):
                yield rule, NONE
            if after.clashes:
                yield rule, CLASH
        for rule in (n for n in after.rules if after.of_rule[n]):
            if not self._is_shared(rule) and not self._same(NONE, rule):
                yield NONE, rule
            if before.clashes:
                yield CLASH, rule
        if not self._same(NONE, NONE):
            yield NONE, NONE
        if after.clashes:
            yield NONE, CLASH
        if before.clashes:
            yield CLASH, NONE

    def _partners(self, rule: int) -> Iterator[int]:
        """The rules after whose boxes meet those of a rule before, as far as both can give the result at once.

        Under one policy that is never so of two rules that both tables have: the second of them would take
        the case away from the first, or the first from the second, in both tables alike. Where rules can
        conflict it is not so either if just one of them is in both.
        """
        boxes = self.after.boxes
        if self.alike and self._is_shared(rule):
            boxes = 0 if self.after.clashes else self.after.own
        elif self.alike and self.after.clashes:
            boxes = self.after.own
        boxes &= ~self.after.of_outcome.get(self.before.result(rule), 0)
        met = 0
        for box in bits(self.before.of_rule[rule]) if boxes else ():
            met |= self.space.meeting(self.space.box_of(box))
        return iter(dict.fromkeys(self.merged.rule_of[box] for box in bits(met & boxes)))

    def _same(self, before: int, after: int) -> bool:
        return self.before.result(before) == self.after.result(after)

    def _is_shared(self, rule: int) -> bool:
        return rule in self.before.rules and rule in self.after.rules

    # --- where a pair can be ---------------------------------------------------------------------------

    def _candidates(self, before: int, after: int) -> Iterator[Candidate]:
        """The boxes in which both sides' rules are true; together they hold all that the pair takes."""
        if after == CLASH:
            yield from self._conflicts(self.before, before, self.after)
        elif before == CLASH:
            yield from self._conflicts(self.after, after, self.before)
        else:
            for first in self._boxes(self.before, before):
                for second in self._boxes(self.after, after):
                    both = meet(first, second)
                    if both is not None:
                        yield Candidate(both)

    def _boxes(self, side: Side, rule: int) -> Iterable[Box]:
        boxes = [{}] if rule == NONE else [self.space.box_of(box) for box in bits(side.of_rule[rule])]
        return (inside for box in boxes if (inside := meet(box, self.merged.within)) is not None)

    def _conflicts(self, side: Side, rule: int, other: Side) -> Iterator[Candidate]:
        """The boxes in which a rule of one side (or none) is true and two of the other side's conflict.

        Two boxes that both tables have do not conflict in just one of them; one that both have is the rule
        itself or, under `any`, one that agrees with it.
        """
        for box in self._boxes(side, rule):
            for one in bits(self.space.meeting(box) & self._first_in_conflict(side, rule, other)):
                number = self.merged.rule_of[one]
                narrowed = meet(box, self.space.box_of(one))
                if narrowed is None:
                    continue
                for two in bits(self.space.meeting(narrowed) & self._second_in_conflict(one, rule, other)):
                    both = meet(narrowed, self.space.box_of(two))
                    if both is not None:
                        yield Candidate(both, tuple(sorted((number, self.merged.rule_of[two]))))

    def _first_in_conflict(self, side: Side, rule: int, other: Side) -> int:
        if rule != NONE and not self.alike:
            return other.boxes
        if rule == NONE or not self._is_shared(rule):
            agreeing = other.of_outcome.get(side.result(rule), 0) if rule != NONE and other.table.hit == "any" else 0
            return other.own | agreeing
        return other.of_rule[rule]

    def _second_in_conflict(self, one: int, rule: int, other: Side) -> int:
        """The boxes that conflict with the first one, each two of them once."""
        some = other.boxes if rule != NONE and not self.alike else other.own
        boxes = some & other.rivals(self.merged.rule_of[one])
        return boxes & (-1 << one) if some >> one & 1 else boxes
