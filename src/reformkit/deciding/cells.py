"""A decision table as boxes over cells: the form in which everything exact is computed (DESIGN 1).

A *variable* is a fact, one tag of a tags fact, or whether a fact is known. Its domain is cut into
*cells*: the classes of values that no test of the table tells apart. A *box* is a set of cells for some
variables; a rule is a union of boxes. What a test accepts is asked of the meaning, cell by cell.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from reformkit.deciding.meaning import candidates, operands, test_holds, value_tests
from reformkit.model.condition import AllOf, AnyOf, Condition, Negation, Test, tests
from reformkit.model.rulebook import DecisionTable, Rule
from reformkit.model.vocabulary import Field, Value

MOST_BOXES = 256
_MOST_WHILE_COMPILING = 20_000

Aspect = Literal["value", "tag", "known"]
Box = dict[int, int]
"""Variable number → its accepted cells, a bit each; a variable that is not in it accepts all cells."""


class TooManyBoxes(ValueError):
    """A rule whose alternatives multiply to more boxes than the compiled form takes."""

    def __init__(self, rule: Rule) -> None:
        super().__init__(f"rule {rule.id} comes to more than {MOST_BOXES} alternatives")
        self.rule = rule


@dataclass(frozen=True, slots=True)
class Variable:
    """One dimension of the boxes.

    `samples` holds a value of each cell: of the fact for a `value`, False and True for a `tag` (absent,
    present) and for `known`. `cell_of` gives the cell number of a value of the fact.
    """

    fact: str
    aspect: Aspect
    tag: str | None
    samples: tuple[Value, ...]
    cell_of: Callable[[Any], int] = field(compare=False, repr=False)

    @property
    def every(self) -> int:
        """All cells, as bits."""
        return (1 << len(self.samples)) - 1


@dataclass(frozen=True, slots=True)
class Cells:
    """The variables of a table in force and its boxes, each with the number of its rule, in rule order."""

    table: DecisionTable
    variables: tuple[Variable, ...]
    boxes: tuple[tuple[int, Box], ...]


def cut(table: DecisionTable, fields: dict[str, Field]) -> Cells:
    """The cells and boxes of a table in force.

    Raises `TooManyBoxes` where a rule comes to more than 256 boxes.
    """
    asked = value_tests(table)
    domains = {name: _domain(fields[name], asked[name]) for name in asked if fields[name].type != "tags"}
    variables = _variables(table, fields, asked, domains)
    boxes = [(i, box) for i, rule in enumerate(table.rules) for box in _Boxes(rule, variables, domains).of_rule()]
    return Cells(table, variables, tuple(boxes))


# --- variables -----------------------------------------------------------------------------------------


def _variables(
    table: DecisionTable, fields: dict[str, Field], asked: dict[str, list[Test]], domains: dict[str, _Domain]
) -> tuple[Variable, ...]:
    known = {t.fact for rule in table.rules for test in tests(rule.when) for t in _nested(test) if t.known is not None}
    found: list[Variable] = []
    for name, fact in fields.items():
        if name in asked:
            found += [domains[name].variable] if name in domains else _tags(fact, asked[name])
        if name in known:
            found.append(Variable(name, "known", None, (False, True), bool))
    return tuple(found)


def _nested(test: Test) -> Iterable[Test]:
    yield test
    if test.excluded is not None:
        yield from _nested(test.excluded)


def _tags(fact: Field, fact_tests: list[Test]) -> list[Variable]:
    tested = {str(tag) for test in fact_tests for tag in _tested_tags(test)}
    order = [tag for tag in fact.values if tag in tested] + sorted(tested - fact.values.keys())
    return [Variable(fact.name, "tag", tag, (False, True), _presence(tag)) for tag in order]


def _tested_tags(test: Test) -> Iterable[object]:
    for part in (test.includes_all, test.includes_any, test.includes_none):
        yield from part or ()
    if test.excluded is not None:
        yield from _tested_tags(test.excluded)


def _presence(tag: str) -> Callable[[Any], int]:
    return lambda value: int(tag in value)


@dataclass(frozen=True, slots=True)
class _Domain:
    """The cells of one fact that is not a set of tags, and which of them each test accepts: as bits,
    first when the fact is unknown, then when it is known (a test may ask both)."""

    variable: Variable
    accepted: dict[Test, tuple[int, int]]


def _domain(fact: Field, fact_tests: list[Test]) -> _Domain:
    ordered = fact.type in ("count", "date")
    values = _starts(fact, fact_tests) if ordered else list(candidates(fact, fact_tests))
    verdicts = {
        (test, known): _ordered_verdict(fact, test, known, values)
        if ordered
        else sum(1 << i for i, value in enumerate(values) if test_holds(test, value, known))
        for test in fact_tests
        for known in ((False, True) if _asks_known(test) else (True,))
    }
    # Values of one signature are one cell: read the verdicts value by value instead of test by test.
    cell_of_signature: dict[int, int] = {}
    homes = [
        cell_of_signature.setdefault(said, len(cell_of_signature)) for said in _columns(verdicts.values(), len(values))
    ]
    firsts = [homes.index(cell) for cell in range(len(cell_of_signature))]
    samples = tuple(values[i] for i in firsts)

    def cells(verdict: int) -> int:
        return sum(1 << cell for cell, i in enumerate(firsts) if verdict >> i & 1)

    accepted = {
        test: (cells(verdicts.get((test, False), verdicts[test, True])), cells(verdicts[test, True]))
        for test in fact_tests
    }
    return _Domain(Variable(fact.name, "value", None, samples, _locate(fact, values, homes)), accepted)


def _columns(rows: Iterable[int], width: int) -> list[int]:
    """For each bit position, the bits of all rows at it as one number."""
    columns = [0] * width
    for number, row in enumerate(rows):
        for place in bits(row):
            columns[place] |= 1 << number
    return columns


def bits(number: int) -> Iterator[int]:
    """The places of the bits that are set, lowest first.

    >>> list(bits(0b1010))
    [1, 3]
    """
    while number:
        low = number & -number
        yield low.bit_length() - 1
        number ^= low


def _asks_known(test: Test) -> bool:
    return any(part.known is not None for part in _nested(test))


def _starts(fact: Field, fact_tests: Iterable[Test]) -> list[Any]:
    """The first value of each interval on which no test of an ordered fact changes its verdict."""
    low = _ordinal(fact.lowest)
    high = None if fact.highest is None else _ordinal(fact.highest)
    thresholds = {_ordinal(x) for test in fact_tests for x in operands(test)}
    starts = sorted({low, *(n + d for n in thresholds for d in (0, 1))})
    kept = [n for n in starts if n >= low and (high is None or n <= high)]
    return [date.fromordinal(n) for n in kept] if fact.type == "date" else list(kept)


def _ordered_verdict(fact: Field, test: Test, known: bool, values: list[Any]) -> int:
    """The intervals of an ordered fact that a test accepts, asking it only where it can change."""
    verdict = 0
    own = _starts(fact, [test])
    ends = [bisect_left(values, start) for start in own[1:]] + [len(values)]
    begin = 0
    for start, end in zip(own, ends, strict=True):
        if test_holds(test, start, known):
            verdict |= (1 << end) - (1 << begin)
        begin = end
    return verdict


def _locate(fact: Field, values: list[Any], homes: list[int]) -> Callable[[Value], int]:
    if fact.type in ("count", "date"):
        return lambda value: homes[bisect_right(values, value) - 1]
    by_value = dict(zip(values, homes, strict=True))
    if fact.type == "text":
        other = homes[-1]  # the text that no test names comes last
        return lambda value: by_value.get(value, other)
    return by_value.__getitem__


def _ordinal(value: Any) -> int:
    return value.toordinal() if isinstance(value, date) else int(value)


# --- boxes ---------------------------------------------------------------------------------------------


class _Boxes:
    """The disjunctive form of one rule's condition."""

    def __init__(self, rule: Rule, variables: tuple[Variable, ...], domains: dict[str, _Domain]) -> None:
        self.rule = rule
        self.domains = domains
        self.every = [v.every for v in variables]
        self.number = {(v.fact, v.aspect, v.tag): i for i, v in enumerate(variables)}

    def of_rule(self) -> list[Box]:
        boxes = _simplify(self.of(self.rule.when, True), self.every)
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
            met = [both for a in met for b in part if (both := _meet(a, b)) is not None]
            if len(met) > MOST_BOXES:
                met = _simplify(met, self.every)
            if len(met) > _MOST_WHILE_COMPILING:
                raise TooManyBoxes(self.rule)
        return met


def _meet(a: Box, b: Box) -> Box | None:
    """What two boxes have in common; None when that is nothing."""
    both = dict(a)
    for variable, cells in b.items():
        common = both.get(variable, -1) & cells
        if not common:
            return None
        both[variable] = common
    return both


def _simplify(boxes: list[Box], every: list[int]) -> list[Box]:
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
