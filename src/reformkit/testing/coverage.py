"""What fixtures cover: rules, outcomes and the values at which a test turns; and a case for each that they do not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from reformkit.assessing.prepared import Prepared
from reformkit.assessing.weighed import Weighed
from reformkit.deciding.cells import nested
from reformkit.deciding.meaning import operands, value_tests
from reformkit.deciding.stands import Taken
from reformkit.intake.fixtures import Fixture
from reformkit.model.condition import Test, tests
from reformkit.model.decision import Answer
from reformkit.model.rulebook import DecisionTable, Rule
from reformkit.model.vocabulary import Field, Value
from reformkit.testing.noticing import verdict
from reformkit.testing.stating import plain_values

Kind = Literal["rule", "outcome", "boundary", "measure", "cause"]


@dataclass(frozen=True, slots=True)
class Target:
    """Something to be covered.

    A `rule` of a decision gives the result; an `outcome` comes out; at a `boundary` a fact has a value at which
    a test turns, and the result hangs on it: `value`, any other one (`other`), a tag that is present or absent, or
    `known` or not. A `measure` is recommended, a `cause` found (`name`).
    """

    kind: Kind
    name: str
    decision: str | None = None
    value: Value | None = None
    tag: str | None = None
    known: bool | None = None
    other: tuple[Value, ...] = ()

    def holds(self, value: Value | None) -> bool:
        """Whether a fact (None: unknown) stands at this boundary."""
        if self.known is not None:
            return (value is not None) is self.known
        if value is None:
            return False
        if self.tag is not None:
            return isinstance(value, frozenset) and (self.tag in value) is self.value
        if self.other:
            return value not in self.other
        return type(value) is type(self.value) and value == self.value


@dataclass(slots=True)
class Coverage:
    """Every item, with the fixtures that cover it. `of` counts the covered ones and all of a kind."""

    items: dict[Target, list[Fixture]] = field(default_factory=dict)

    @property
    def uncovered(self) -> list[Target]:
        """The items that no fixture covers."""
        return [item for item, fixtures in self.items.items() if not fixtures]

    def of(self, kind: Kind, decision: str | None = None) -> tuple[int, int]:
        """How many items of a kind are covered, of how many."""
        found = [f for item, f in self.items.items() if item.kind == kind and decision in (None, item.decision)]
        return sum(map(bool, found)), len(found)


def cover(book: Prepared, assessed: Iterable[tuple[Fixture, Weighed]], decision: str | None = None) -> Coverage:
    """What fixtures that pass cover: of a decision, only where they expect something of it."""
    coverage, covering = Coverage({item: [] for item in items(book, decision)}), Covering(book)
    for fixture, assessment in assessed:
        for item in covering.of_fixture(fixture, assessment):
            if item in coverage.items:
                coverage.items[item].append(fixture)
    return coverage


# --- what there is to cover ----------------------------------------------------------------------------


def items(book: Prepared, decision: str | None = None) -> Iterator[Target]:
    """Everything that fixtures should cover; of one decision, its rules, outcomes and boundaries."""
    for name, table in book.rulebook.decisions.items():
        if decision not in (None, name):
            continue
        yield from (Target("rule", rule.id, name) for rule in table.rules)
        yield from (Target("outcome", outcome, name) for outcome in _given(table))
        seen: dict[Target, None] = {}
        for day in book.chain.spans(name):
            seen.update(dict.fromkeys(boundaries(book.chain.in_force(name, day), book.rulebook.fields)))
        yield from seen
    if decision is None and book.library is not None:
        yield from (Target("cause", cause) for cause in book.library.causes)
        yield from (Target("measure", measure) for measure in book.library.measures)


def _given(table: DecisionTable) -> Iterator[str]:
    """The outcomes that some rule, or `otherwise`, gives."""
    given = {rule.then for rule in table.rules} | set(table.otherwise.outcomes if table.otherwise else ())
    return (outcome for outcome in table.outcomes if outcome in given)


def boundaries(table: DecisionTable, fields: dict[str, Field]) -> Iterator[Target]:
    """The values at which the tests of a table in force turn, fact by fact."""
    asked: dict[str, list[Test]] = {}
    for rule in table.rules:
        for test in tests(rule.when):
            asked.setdefault(test.fact, []).append(test)
    for fact in (f for f in fields if f in asked):
        of_fact = asked[fact]
        yield from _of_values(table.id, fields[fact], of_fact)
        if any(part.known is not None for test in of_fact for part in nested(test)):
            yield from (Target("boundary", fact, table.id, known=known) for known in (True, False))


def _of_values(decision: str, field: Field, asked: list[Test]) -> Iterator[Target]:
    named = {x for test in asked for x in operands(test)}
    if not named:
        return
    match field.type:
        case "tags":
            order = [tag for tag in field.values if tag in named] + sorted(map(str, named - field.values.keys()))
            for tag in order:
                yield from (Target("boundary", field.name, decision, value=v, tag=tag) for v in (True, False))
        case "count" | "number" | "date":
            low, high = field.ordinal(field.lowest), None if field.highest is None else field.ordinal(field.highest)
            for edge in sorted(_edges(field, asked)):
                if edge >= low and (high is None or edge <= high):
                    yield Target("boundary", field.name, decision, value=field.at(edge))
        case "flag":
            yield from (Target("boundary", field.name, decision, value=value) for value in (True, False))
        case _:
            order = [v for v in field.values if v in named] if field.values else sorted(map(str, named))
            yield from (Target("boundary", field.name, decision, value=value) for value in order)
            if field.type == "text" or set(field.values) - named:
                yield Target("boundary", field.name, decision, other=tuple(order))


def _edges(field: Field, asked: Iterable[Test]) -> set[int]:
    """The last value on each side of every threshold, and each single value, by their ordinals."""
    edges: set[int] = set()
    for test in [part for whole in asked for part in nested(whole)]:
        for bound, below in ((test.at_least, -1), (test.less_than, -1), (test.more_than, 1), (test.at_most, 1)):
            if bound is not None:
                edges |= {field.ordinal(bound), field.ordinal(bound) + below}
        edges.update(map(field.ordinal, test.one_of or ()))
    return edges


# --- what is covered -----------------------------------------------------------------------------------


class Covering:
    """Tells what a case covers; the boundaries of each decision are found once for each span of time."""

    def __init__(self, book: Prepared) -> None:
        self.book = book
        self._boundaries: dict[tuple[str, int], list[Target]] = {}
        self._asked: dict[tuple[str, int], dict[str, list[Value]]] = {}

    def boundaries(self, decision: str, day: date | None) -> list[Target]:
        """The boundaries of a decision in force on a day."""
        chain = self.book.chain
        key = (decision, chain.span(decision, day))
        if key not in self._boundaries:
            edges = boundaries(chain.in_force(decision, day), self.book.rulebook.fields)
            self._boundaries[key] = list(edges)
        return self._boundaries[key]

    def of_fixture(self, fixture: Fixture, assessment: Weighed) -> Iterator[Target]:
        """What one fixture covers: of a decision only if it expects something of it."""
        if fixture.decisions:
            taken = self.book.chain.taken(assessment.facts, assessment.as_of)
            for name in fixture.decisions:
                yield from self.of_decision(name, taken[name], assessment.day)
        if fixture.include is not None or fixture.exclude:
            yield from (Target("cause", cause.cause) for cause in assessment.causes if cause.certainty == "found")
            yield from (Target("measure", measure) for measure in fixture.include or ())

    def of_decision(self, name: str, taken: Taken, day: date | None) -> Iterator[Target]:
        """The rule that gives the result (those that surely hold, where several may), outcomes and boundaries."""
        settlement = taken.answer.settlement
        yield from (Target("outcome", outcome, name) for outcome in settlement.outcomes)
        table = self.book.chain.in_force(name, day)
        if table.hit == "first":
            giving = [] if settlement.rule is None else [settlement.rule]
        else:
            giving = [r.id for r in table.rules if r.id in settlement.rules and self.holds(name, r, taken, day)]
        if taken.answer.status != "conflict":
            yield from (Target("rule", rule, name) for rule in giving)
        for item in self.boundaries(name, day):
            if item.holds(taken.state.get(item.name)) and self.matters(item, taken, day):
                yield item

    def holds(self, decision: str, rule: Rule, taken: Taken, day: date | None) -> bool:
        """Whether a rule holds of a case, whatever is unknown of it."""
        found = verdict(rule.when, taken.state)
        if found is not None:
            return found
        trace = self.book.chain.trace_of(decision, taken.state, taken.opens, day, None)
        return trace.of(rule.id).verdict == "holds"

    def matters(self, item: Target, taken: Taken, day: date | None) -> bool:
        """Whether the result would be another one if the fact of a boundary were another."""
        assert item.decision is not None
        table = self.book.chain.table(item.decision, day)
        opens = {name: open_ for name, open_ in taken.opens.items() if name != item.name}
        rest = {name: value for name, value in taken.state.items() if name != item.name}
        now = _seen(taken.answer)
        if item.known is True:
            return _seen(table.decide(rest, opens)) != now
        if item.tag is not None:
            toggled = taken.state[item.name] ^ {item.tag}
            return _seen(table.decide({**rest, item.name: toggled}, opens)) != now
        others = self._values(item.decision, item.name, day)
        return any(_seen(table.decide({**rest, item.name: value}, opens)) != now for value in others)

    def _values(self, decision: str, fact: str, day: date | None) -> list[Value]:
        """A value of every class that the tests of a decision tell apart; of tags the empty set and each tag alone."""
        key = (decision, self.book.chain.span(decision, day))
        if key not in self._asked:
            self._asked[key] = {}
        if fact not in self._asked[key]:
            asked = value_tests(self.book.chain.in_force(decision, day)).get(fact, [])
            self._asked[key][fact] = list(plain_values(self.book.rulebook.fields[fact], asked))
        return self._asked[key][fact]


def _seen(answer: Answer) -> object:
    """What tells two answers apart: also the rule that gives the outcome."""
    settlement = answer.settlement
    return answer.status, settlement.outcomes, settlement.possible, settlement.rule
