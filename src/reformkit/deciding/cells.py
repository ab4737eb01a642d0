"""The cells into which the tests of a decision table cut each fact's domain (docs/adr/0002).

A *variable* is a fact, one tag of a tags fact, or whether a fact is known. Its *cells* are the classes of
values that no test of the table tells apart. What a test accepts is asked of the meaning, cell by cell.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, Literal

from reformkit.deciding.meaning import candidates, operands, test_holds, value_tests
from reformkit.model.condition import Test, tests
from reformkit.model.rulebook import DecisionTable
from reformkit.model.vocabulary import Field, Value

Aspect = Literal["value", "tag", "known"]


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


def domains(table: DecisionTable, fields: dict[str, Field]) -> dict[str, Domain]:
    """The cells of every fact whose value the table tests, but for tags facts: each tag is a variable."""
    asked = value_tests(table)
    return {name: _domain(fields[name], asked[name]) for name in asked if fields[name].type != "tags"}


def variables(table: DecisionTable, fields: dict[str, Field], domains: dict[str, Domain]) -> tuple[Variable, ...]:
    """Every variable of the table, in the order of the facts."""
    asked = value_tests(table)
    known = {t.fact for rule in table.rules for test in tests(rule.when) for t in nested(test) if t.known is not None}
    collected: list[Variable] = []
    for name, fact in fields.items():
        if name in asked:
            collected += [domains[name].variable] if name in domains else _tags(fact, asked[name])
        if name in known:
            collected.append(Variable(name, "known", None, (False, True), bool))
    return tuple(collected)


def nested(test: Test) -> Iterable[Test]:
    """A test, and the one that it excludes."""
    yield test
    if test.excluded is not None:
        yield from nested(test.excluded)


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
class Domain:
    """The cells of one fact that is not a set of tags, and which of them each test accepts: as bits,
    first when the fact is unknown, then when it is known (a test may ask both)."""

    variable: Variable
    accepted: dict[Test, tuple[int, int]]


def _domain(fact: Field, fact_tests: list[Test]) -> Domain:
    ordered = fact.is_ordered
    values = starts(fact, fact_tests) if ordered else list(candidates(fact, fact_tests))
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
    return Domain(Variable(fact.name, "value", None, samples, _locate(fact, values, homes)), accepted)


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
    return any(part.known is not None for part in nested(test))


def starts(fact: Field, fact_tests: Iterable[Test]) -> list[Any]:
    """The first value of each interval on which no test of an ordered fact changes its verdict."""
    low = fact.ordinal(fact.lowest)
    high = None if fact.highest is None else fact.ordinal(fact.highest)
    thresholds = {fact.ordinal(x) for test in fact_tests for x in operands(test)}
    firsts = sorted({low, *(n + d for n in thresholds for d in (0, 1))})
    kept = [n for n in firsts if n >= low and (high is None or n <= high)]
    return [fact.at(n) for n in kept]


def _ordered_verdict(fact: Field, test: Test, known: bool, values: list[Any]) -> int:
    """The intervals of an ordered fact that a test accepts, asking it only where it can change."""
    verdict = 0
    own = starts(fact, [test])
    ends = [bisect_left(values, start) for start in own[1:]] + [len(values)]
    begin = 0
    for start, end in zip(own, ends, strict=True):
        if test_holds(test, start, known):
            verdict |= (1 << end) - (1 << begin)
        begin = end
    return verdict


def _locate(fact: Field, values: list[Any], homes: list[int]) -> Callable[[Value], int]:
    if fact.is_ordered:
        return lambda value: homes[bisect_right(values, value) - 1]
    by_value = dict(zip(values, homes, strict=True))
    if fact.type == "text":
        other = homes[-1]  # the text that no test names comes last
        return lambda value: by_value.get(value, other)
    return by_value.__getitem__
