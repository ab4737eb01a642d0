"""The rules of a decision table as unions of boxes: the form in which everything exact is computed.

A *box* is a set of cells for some variables (docs/adr/0002); a condition is turned into a union of them.
"""

from __future__ import annotations

from dataclasses import dataclass

from reformkit.deciding.cells import Aspect, Domain, Variable, domains, variables
from reformkit.deciding.in_force import in_reading_order
from reformkit.model.condition import AllOf, AnyOf, Condition, Negation, Test
from reformkit.model.rulebook import DecisionTable, Rule
from reformkit.model.vocabulary import Field

MOST_BOXES = 256
_MOST_WHILE_COMPILING = 20_000

Box = dict[int, int]
"""Variable number → its accepted cells, a bit each; a variable that is not in it accepts all cells."""


class TooManyBoxes(ValueError):
    """A rule whose alternatives multiply to more boxes than the compiled form takes."""

    def __init__(self, rule: Rule) -> None:
        super().__init__(f"rule {rule.id} comes to more than {MOST_BOXES} alternatives")
        self.rule = rule


@dataclass(frozen=True, slots=True)
class Cut:
    """The variables of a table in force and its boxes, each with the number of its rule, in rule order;
    `fields` are the facts that may be tested."""

    table: DecisionTable
    variables: tuple[Variable, ...]
    boxes: tuple[tuple[int, Box], ...]
    fields: dict[str, Field]


def cut(table: DecisionTable, fields: dict[str, Field]) -> Cut:
    """A table in force, cut into cells and boxes.

    Raises `TooManyBoxes` where a rule comes to more than 256 boxes.
    """
    table = in_reading_order(table)
    its_domains = domains(table, fields)
    its_variables = variables(table, fields, its_domains)
    boxes = [(i, box) for i, rule in enumerate(table.rules) for box in boxes_of(rule, its_variables, its_domains)]
    return Cut(table, its_variables, tuple(boxes), fields)


def boxes_of(rule: Rule, variables: tuple[Variable, ...], domains: dict[str, Domain]) -> list[Box]:
    """The boxes of one rule whose tests are among those that cut the variables.

    Raises `TooManyBoxes` where they are more than 256.
    """
    return _Boxes(rule, variables, domains).of_rule()


class _Boxes:
    """The disjunctive form of one rule's condition."""

    def __init__(self, rule: Rule, variables: tuple[Variable, ...], domains: dict[str, Domain]) -> None:
        self.rule = rule
        self.domains = domains
        self.every = [v.every for v in variables]
        self.number = {(v.fact, v.aspect, v.tag): i for i, v in enumerate(variables)}

    def of_rule(self) -> list[Box]:
        boxes = simplified(self.of(self.rule.when, True), self.every)
        if len(boxes) > MOST_BOXES:
            raise TooManyBoxes(self.rule)
        return boxes

    def of(self, condition: Condition, wanted: bool) -> list[Box]:
        """The boxes in which a condition comes to `wanted`."""
        match condition:
            case Test():
                return self.of_test(condition, wanted)
            case Negation():
                return self.of(condition.item, not wanted)
            case AllOf() | AnyOf():
                parts = [self.of(item, wanted) for item in condition.items]
                return self.meet(parts) if isinstance(condition, AllOf) is wanted else self.join(parts)

    def of_test(self, test: Test, wanted: bool) -> list[Box]:
        if test.fact in self.domains and test.tests_value:
            return self.of_value(test, wanted)
        parts: list[list[Box]] = []
        if test.known is not None:
            parts.append(self.box(test.fact, "known", None, 1 << int(test.known is wanted)))
        for tag in test.includes_all or ():
            parts.append(self.tag(test.fact, tag, wanted))
        if test.includes_any is not None:
            alternatives = [self.tag(test.fact, tag, wanted) for tag in test.includes_any]
            parts.append(self.join(alternatives) if wanted else self.meet(alternatives))
        for tag in test.includes_none or ():
            parts.append(self.tag(test.fact, tag, not wanted))
        if test.excluded is not None:
            parts.append(self.of_test(test.excluded, not wanted))
        return self.meet(parts) if wanted else self.join(parts)

    def of_value(self, test: Test, wanted: bool) -> list[Box]:
        """The cells of the fact that the test accepts; boxes by `known` where it asks for that as well."""
        every = self.every[self.number[test.fact, "value", None]]
        unknown, known = (cells if wanted else every & ~cells for cells in self.domains[test.fact].accepted[test])
        if unknown == known:
            return self.box(test.fact, "value", None, known)
        return self.join(
            [
                self.meet([self.box(test.fact, "known", None, 1 << flag), self.box(test.fact, "value", None, cells)])
                for flag, cells in enumerate((unknown, known))
            ]
        )

    def tag(self, fact: str, tag: object, present: bool) -> list[Box]:
        return self.box(fact, "tag", str(tag), 1 << int(present))

    def box(self, fact: str, aspect: Aspect, tag: str | None, cells: int) -> list[Box]:
        variable = self.number[fact, aspect, tag]
        if cells == 0:
            return []
        return [{}] if cells == self.every[variable] else [{variable: cells}]

    def join(self, parts: list[list[Box]]) -> list[Box]:
        return [box for part in parts for box in part]

    def meet(self, parts: list[list[Box]]) -> list[Box]:
        met: list[Box] = [{}]
        for part in parts:
            met = [both for a in met for b in part if (both := meet(a, b)) is not None]
            if len(met) > MOST_BOXES:
                met = simplified(met, self.every)
            if len(met) > _MOST_WHILE_COMPILING:
                raise TooManyBoxes(self.rule)
        return met


def meet(a: Box, b: Box) -> Box | None:
    """What two boxes have in common; None when that is nothing."""
    both = dict(a)
    for variable, cells in b.items():
        common = both.get(variable, -1) & cells
        if not common:
            return None
        both[variable] = common
    return both


def simplified(boxes: list[Box], every: list[int]) -> list[Box]:
    """The same cases in fewer boxes: boxes that differ in one variable joined, covered ones left out."""
    boxes = list({tuple(sorted(box.items())): box for box in boxes}.values())
    while len(boxes) > 1:
        before = len(boxes)
        for variable in sorted({v for box in boxes for v in box}):
            joined: dict[tuple[tuple[int, int], ...], int] = {}
            for box in boxes:
                rest = tuple(sorted((v, cells) for v, cells in box.items() if v != variable))
                joined[rest] = joined.get(rest, 0) | box.get(variable, every[variable])
            boxes = [
                dict(rest) if cells == every[variable] else {**dict(rest), variable: cells}
                for rest, cells in joined.items()
            ]
        if len(boxes) <= 8 * MOST_BOXES:
            boxes = [b for j, b in enumerate(boxes) if not any(_covers(a, b) for i, a in enumerate(boxes) if i != j)]
        if len(boxes) == before:
            break
    return boxes


def _covers(a: Box, b: Box) -> bool:
    """Whether every case in `b` is in `a`."""
    return all(v in b and b[v] & ~cells == 0 for v, cells in a.items())
