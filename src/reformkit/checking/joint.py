"""Several decisions over one set of cells: whether a rule can hold with what the earlier decisions come to."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import combinations, product

from reformkit.checking.ground import ProofGround
from reformkit.deciding.boxes import Box, cut, meet
from reformkit.deciding.cover import Space, Unproven
from reformkit.model.rulebook import DecisionTable
from reformkit.model.vocabulary import Facts

Way = tuple[Box, int]
"""One way in which a decision comes to something: where, and the boxes that must not hold there."""


class Joint:
    """Decisions, each after those that it builds on, as they stand from one day until another.

    An outcome that a decision does not come to, since its rules conflict or none holds, is for the next
    one unknown, and may be any. Raises `TooManyBoxes` where a rule has too many alternatives.
    """

    def __init__(self, ground: ProofGround, decisions: tuple[str, ...], since: date | None, until: date | None) -> None:
        self.since, self.until = since, until
        self._ground = ground
        self._tables = {name: ground.chain.in_force(name, since or date.min) for name in decisions}
        last = self._tables[decisions[-1]]
        rules = [(name, rule) for name, table in self._tables.items() for rule in table.rules]
        together = DecisionTable(
            id=last.id, title=last.title, hit="first", outcomes=last.outcomes, rules=tuple(rule for _, rule in rules)
        )
        self.space = Space(cut(together, ground.rulebook.fields))
        self._own: dict[tuple[str, str], int] = dict.fromkeys(((name, rule.id) for name, rule in rules), 0)
        for bit, (number, _) in enumerate(self.space.cut.boxes):
            name, rule = rules[number]
            self._own[name, rule.id] |= 1 << bit
        self._number = {(v.fact, v.aspect, v.tag): i for i, v in enumerate(self.space.variables)}
        self._steps = 0

    def boxes(self, decision: str, rule: str) -> list[Box]:
        """The boxes of a rule; none if it is not in force."""
        left, boxes = self._own.get((decision, rule), 0), []
        while left:
            boxes.append(self.space.box_of((left & -left).bit_length() - 1))
            left &= left - 1
        return boxes

    def other_facts(self, decision: str, rule: str) -> Facts:
        """Facts of a case that meets a rule, but for the outcomes of the decisions before it."""
        box = min(self.boxes(decision, rule), key=len)
        stated = {v: cells for v, cells in box.items() if self.space.variables[v].fact not in self._tables}
        return self.space.witness(self.space.point_of(stated))

    def comes(self, decision: str, rule: str) -> bool:
        """Whether a rule holds in some case in which the earlier outcomes are what their decisions come to.

        Raises `Unproven` past the budget.
        """
        earlier = [name for name in self._tables if name != decision]
        self._steps = self._ground.budget.next
        return any(self._completes(box, 0, earlier) for box in self.boxes(decision, rule))

    def _completes(self, region: Box, without: int, earlier: list[str]) -> bool:
        """Whether some point of a region, outside the boxes `without`, is what the earlier decisions come to."""
        self._steps -= 1
        if self._steps < 0:
            raise Unproven
        if not earlier:
            return self.space.uncovered(region, without, self._ground.budget) is not None
        *rest, name = earlier
        return any(
            self._completes(both, without | barred, rest)
            for place, barred in self._ways(name, region)
            if (both := meet(region, place)) is not None
        )

    def _ways(self, name: str, region: Box) -> Iterator[Way]:
        """Everything that a decision may come to, as far as some rule asks for it."""
        known = self._number.get((name, "known", None))
        value = self._number.get((name, "value", None))
        tags = [i for i, v in enumerate(self.space.variables) if v.fact == name and v.aspect == "tag"]
        if known is None and value is None and not tags:
            yield {}, 0
            return
        unknown: Box = {}
        is_known: Box = {}
        if known is not None:
            unknown, is_known = {known: 0b01}, {known: 0b10}
            yield unknown, 0
        if self._tables[name].hit == "collect":
            otherwise = self._tables[name].otherwise
            if otherwise is not None:
                given = {tag: 0b10 if self._tag(tag) in otherwise.outcomes else 0b01 for tag in tags}
                yield {**is_known, **given}, self._union(name)
            yield from self._collected(name, tags, is_known, 0, region, otherwise is not None)
            return
        for outcome, place, barred in self._decided(name):
            cell = {} if value is None else {value: 1 << self.space.variables[value].cell_of(outcome)}
            yield {**place, **is_known, **cell}, barred
        for place, barred in self._undecided(name):
            yield {**place, **unknown}, barred

    def _decided(self, name: str) -> Iterator[tuple[str, Box, int]]:
        """Each way in which a decision comes to an outcome, by its hit policy."""
        table = self._tables[name]
        before = 0
        every = self._union(name)
        for rule in table.rules:
            own = self._own[name, rule.id]
            alike = self._union(name, rule.then) if table.hit == "any" else own
            barred = before if table.hit == "first" else every & ~alike
            for box in self.boxes(name, rule.id):
                yield rule.then, box, barred
            before |= own
        if table.otherwise is not None:
            yield table.otherwise.then, {}, every

    def _undecided(self, name: str) -> Iterator[Way]:
        """Each way in which a decision comes to no outcome: uncovered, or in conflict."""
        table = self._tables[name]
        if table.otherwise is None:
            yield {}, self._union(name)
        if table.hit != "first":
            for one, other in combinations(table.rules, 2):
                if table.hit == "unique" or one.then != other.then:
                    for a, b in product(self.boxes(name, one.id), self.boxes(name, other.id)):
                        both = meet(a, b)
                        if both is not None:
                            yield both, 0

    def _collected(
        self, name: str, tags: list[int], place: Box, barred: int, region: Box, must_hold: bool
    ) -> Iterator[Way]:
        """Each way in which rules give the outcomes that some rule asks for, or do not; `must_hold`: some rule has to
        hold, since `otherwise` speaks where none does, and none is chosen yet."""
        if not tags:
            if not must_hold:
                yield place, barred
                return
            for rule in self._tables[name].rules:
                for box in self.boxes(name, rule.id):
                    here = meet(place, box)
                    if here is not None:
                        yield here, barred
            return
        tag, *rest = tags
        outcome = self._tag(tag)
        if region.get(tag, 0b11) & 0b10:
            for rule in self._tables[name].rules:
                for box in self.boxes(name, rule.id) if rule.then == outcome else ():
                    here = meet({**place, tag: 0b10}, box)
                    if here is not None and meet(here, region) is not None:
                        yield from self._collected(name, rest, here, barred, region, False)
        if region.get(tag, 0b11) & 0b01:
            without = barred | self._union(name, outcome)
            yield from self._collected(name, rest, {**place, tag: 0b01}, without, region, must_hold)

    def _tag(self, variable: int) -> str:
        return str(self.space.variables[variable].tag)

    def _union(self, name: str, outcome: str | None = None) -> int:
        union = 0
        for rule in self._tables[name].rules:
            if outcome is None or rule.then == outcome:
                union |= self._own[name, rule.id]
        return union
