"""What a rulebook means: slow, clear, and the reference that every faster way is held to (docs/language.md).

Unknown facts are tried with one value of each class that no test of the table tells apart.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from math import prod
from typing import Any, NamedTuple

from reformkit.model.condition import AllOf, AnyOf, Condition, Negation, Test, tests
from reformkit.model.decision import CONFLICT, UNCOVERED, Answer, Settlement, Status
from reformkit.model.own_words import ANY_TEXT
from reformkit.model.rulebook import DecisionTable
from reformkit.model.vocabulary import Facts, Field, Value

MOST_COMPLETIONS = 100_000
MOST_TESTED_TAGS = 16


class TooManyCompletions(ValueError):
    """The unknown facts have more completions than the meaning tries one by one."""


class Open(NamedTuple):
    """An unknown fact of which something is known: a choice or count is one of `possible`; a set of tags
    holds `sure` and nothing outside `possible`."""

    sure: frozenset[Any]
    possible: frozenset[Any]


Opens = dict[str, Open]


class PartlyKnown(dict[str, Any]):
    """Known facts that carry what is known of some others: `opens`."""

    __slots__ = ("opens",)

    def __init__(self, facts: Facts, opens: Opens) -> None:
        super().__init__(facts)
        self.opens = opens


def opens_of(facts: Facts) -> Opens:
    """What facts say of others that are only partly known."""
    return facts.opens if type(facts) is PartlyKnown else {}


def with_changes(facts: Facts, changes: Facts) -> Facts:
    """Facts with some of them changed; what is partly known of the others stays so."""
    told, opens = {**facts, **changes}, opens_of(facts)
    return PartlyKnown(told, {name: o for name, o in opens.items() if name not in told}) if opens else told


@dataclass(frozen=True, slots=True)
class MeantResult:
    """What one completion gives. `outcomes` has one element but under `collect`; `rules` are the rules
    that give it (under `first` the first true one), or that conflict."""

    status: Status
    outcomes: frozenset[str]
    rules: tuple[str, ...]

    @property
    def seen(self) -> tuple[str, frozenset[str]]:
        """What tells two results apart: their rules do not."""
        return self.status, self.outcomes


# --- one complete case ---------------------------------------------------------------------------------


def holds(condition: Condition, facts: Facts, known: Container[str]) -> bool:
    """Whether a condition holds of complete facts; `known` are the facts known as things stand."""
    match condition:
        case Test():
            return test_holds(condition, facts.get(condition.fact), condition.fact in known)
        case AllOf():
            return all(holds(item, facts, known) for item in condition.items)
        case AnyOf():
            return any(holds(item, facts, known) for item in condition.items)
        case Negation():
            return not holds(condition.item, facts, known)


def test_holds(test: Test, value: Any, known: bool) -> bool:
    """Whether one test holds of a value; `value` may be None only where nothing is asked of it."""
    if test.known is not None and test.known != known:
        return False
    if test.one_of is not None and not any(_same(value, x) for x in test.one_of):
        return False
    if test.at_least is not None and not value >= test.at_least:
        return False
    if test.more_than is not None and not value > test.more_than:
        return False
    if test.at_most is not None and not value <= test.at_most:
        return False
    if test.less_than is not None and not value < test.less_than:
        return False
    if test.includes_all is not None and not all(x in value for x in test.includes_all):
        return False
    if test.includes_any is not None and not any(x in value for x in test.includes_any):
        return False
    if test.includes_none is not None and any(x in value for x in test.includes_none):
        return False
    return test.excluded is None or not test_holds(test.excluded, value, known)


def _same(value: object, wanted: object) -> bool:
    return type(value) is type(wanted) and value == wanted  # True is not 1


def evaluate(table: DecisionTable, facts: Facts, known: Container[str]) -> MeantResult:
    """What a table in force gives for complete facts, by its hit policy."""
    true = [rule for rule in table.rules if holds(rule.when, facts, known)]
    ids = tuple(rule.id for rule in true)
    outcomes = frozenset(rule.then for rule in true)
    if not true and table.otherwise is not None:
        return MeantResult("decided", frozenset(table.otherwise.outcomes), ())
    if table.hit == "collect":
        return MeantResult("decided", outcomes, ids)
    if not true:
        return MeantResult(UNCOVERED, frozenset(), ())
    if table.hit == "priority":
        best = next(outcome for outcome in table.outcomes if outcome in outcomes)
        return MeantResult("decided", frozenset({best}), (next(rule.id for rule in true if rule.then == best),))
    if table.hit == "first":
        return MeantResult("decided", frozenset({true[0].then}), ids[:1])
    clash = len(true) > 1 if table.hit == "unique" else len(outcomes) > 1
    return MeantResult(CONFLICT, frozenset(), ids) if clash else MeantResult("decided", outcomes, ids)


# --- unknown facts -------------------------------------------------------------------------------------


def value_tests(table: DecisionTable) -> dict[str, list[Test]]:
    """For each fact, the different tests that ask something of its value."""
    found: dict[str, dict[Test, None]] = {}
    for rule in table.rules:
        for test in tests(rule.when):
            if test.tests_value:
                found.setdefault(test.fact, {})[test] = None
    return {fact: list(different) for fact, different in found.items()}


def signature(fact_tests: Iterable[Test], value: Value) -> tuple[bool, ...]:
    """What the tests say of a value, whether it is known or not; equal signatures are one class."""
    return tuple(test_holds(test, value, known) for test in fact_tests for known in (True, False))


def classes(field: Field, fact_tests: Sequence[Test], open_: Open | None = None) -> list[Value]:
    """One value of each class of values that none of the tests tells apart.

    Raises `TooManyCompletions` where tests single out more than 16 tags, each otherwise than the rest.
    """
    by_signature: dict[tuple[bool, ...], Value] = {}
    for value in candidates(field, fact_tests, open_):
        by_signature.setdefault(signature(fact_tests, value), value)
    return list(by_signature.values())


def candidates(field: Field, fact_tests: Sequence[Test], open_: Open | None = None) -> Iterator[Value]:
    """Values among which there is one of every class."""
    mentioned = {x for test in fact_tests for x in operands(test)}
    match field.type:
        case "flag":
            yield from (True, False)
        case "choice":
            yield from (v for v in field.values if open_ is None or v in open_.possible)
        case "text":
            words = sorted(str(x) for x in mentioned)
            yield from words
            yield "".join(words) + ANY_TEXT  # a text that no test names
        case "count" if open_ is not None:
            yield from sorted(open_.possible)
        case "count" | "number" | "date":
            low, high = field.ordinal(field.lowest), None if field.highest is None else field.ordinal(field.highest)
            near = {low, *(field.ordinal(x) + d for x in mentioned for d in (-1, 0, 1))}
            near.add(max(near) + 1 if high is None else high)
            yield from (field.at(n) for n in sorted(near) if n >= low and (high is None or n <= high))
        case "tags":
            sure = open_.sure if open_ else frozenset()
            free = sorted(str(x) for x in mentioned if (open_ is None or x in open_.possible))
            yield from _tag_sets(field, [tag for tag in free if tag not in sure], fact_tests, sure)


def _tag_sets(field: Field, free: list[str], fact_tests: Iterable[Test], sure: frozenset[Any]) -> Iterator[Value]:
    """Sets of tags. Of tags that stand in the same lists of the tests only none, one or all matter."""
    lists = [tags for test in fact_tests for tags in _lists(test)]
    alike: dict[tuple[bool, ...], list[str]] = {}
    for tag in free:
        alike.setdefault(tuple(tag in tags for tags in lists), []).append(tag)
    ways = [list(dict.fromkeys(((), (group[-1],), tuple(group)))) for group in alike.values()]
    if prod(map(len, ways)) > 1 << MOST_TESTED_TAGS:
        raise TooManyCompletions(f"{len(free)} unknown tags of `{field.name}` are too many to try one by one")
    tag_sets = [sure.union(*picked) for picked in product(*ways)]
    yield from sorted(tag_sets, key=lambda tags: [tag in tags for tag in free])


def _lists(test: Test) -> Iterator[tuple[Any, ...]]:
    yield from (part for part in (test.includes_all, test.includes_any, test.includes_none) if part is not None)
    if test.excluded is not None:
        yield from _lists(test.excluded)


def operands(test: Test) -> Iterator[Any]:
    """Every value that a test in force compares with."""
    for part in (test.one_of, test.includes_all, test.includes_any, test.includes_none):
        yield from part or ()
    for bound in (test.at_least, test.more_than, test.at_most, test.less_than):
        if bound is not None:
            yield bound
    if test.excluded is not None:
        yield from operands(test.excluded)


@dataclass(frozen=True, slots=True)
class Completions:
    """Every completion of the unknown facts that matter, with what each gives."""

    unknown: tuple[str, ...]
    values: tuple[tuple[Value, ...], ...]
    results: dict[tuple[int, ...], MeantResult]


def complete(table: DecisionTable, fields: dict[str, Field], facts: Facts, opens: Opens | None = None) -> Completions:
    """Try every class of values of every unknown fact that the table tests.

    Raises `TooManyCompletions` past 100,000 of them.
    """
    opens = opens or {}
    asked = {name: t for name, t in value_tests(table).items() if name not in facts}
    unknown = tuple(name for name in fields if name in asked)
    values = tuple(tuple(classes(fields[name], asked[name], opens.get(name))) for name in unknown)
    if prod(map(len, values)) > MOST_COMPLETIONS:
        raise TooManyCompletions(f"the unknown facts {', '.join(unknown)} have over {MOST_COMPLETIONS:,} completions")
    results = {}
    for indices in product(*(range(len(v)) for v in values)):
        chosen = {name: values[i][k] for i, (name, k) in enumerate(zip(unknown, indices, strict=True))}
        results[indices] = evaluate(table, {**facts, **chosen}, facts)
    return Completions(unknown, values, results)


def answer(table: DecisionTable, completions: Completions) -> Answer:
    """What all the completions together come to."""
    results = list(completions.results.values())
    sure = frozenset.intersection(*(r.outcomes for r in results))
    some = frozenset.union(*(r.outcomes for r in results))
    statuses = {r.status for r in results}
    possible = [o for o in table.outcomes if o in some] + [s for s in (CONFLICT, UNCOVERED) if s in statuses]
    giving = {rule for r in results for rule in r.rules}
    read = [r.id for outcome in table.outcomes for r in table.rules if r.then == outcome]
    order = read if table.hit == "priority" else [r.id for r in table.rules]
    agreed = len({r.seen for r in results}) == 1
    status: Status = results[0].status if agreed else "undetermined"
    one = {r.rules[:1] for r in results}
    rule = (
        one.pop()[0] if status == "decided" and table.hit != "collect" and len(one) == 1 and results[0].rules else None
    )
    settlement = Settlement(
        outcomes=tuple(o for o in table.outcomes if o in sure),
        possible=tuple(possible),
        rule=rule,
        rules=tuple(rule for rule in order if rule in giving),
    )
    outcome = settlement.outcomes[0] if status == "decided" and table.hit != "collect" else None
    place = table.place
    if status == "decided":
        place = next((r.place for r in table.rules if r.id == rule), place)
        if not giving and table.otherwise is not None:
            place = table.otherwise.place
    return Answer(status, outcome, place, settlement)


def needs(completions: Completions) -> list[tuple[str, float]]:
    """The unknown facts on which the result hangs, each with the mean number of results that stay
    possible once it is known; fewest first."""
    costs = []
    for i, name in enumerate(completions.unknown):
        by_others: dict[tuple[int, ...], set[object]] = {}
        by_value: dict[int, set[object]] = {}
        for indices, result in completions.results.items():
            by_others.setdefault(indices[:i] + indices[i + 1 :], set()).add(result.seen)
            by_value.setdefault(indices[i], set()).add(result.seen)
        if any(len(seen) > 1 for seen in by_others.values()):
            costs.append((name, sum(map(len, by_value.values())) / len(by_value)))
    return sorted(costs, key=lambda pair: pair[1])
