"""The meaning itself, held to brute force over every value of every fact of small domains."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from itertools import chain as joined
from itertools import combinations, product
from typing import Any

from hypothesis import assume, given
from hypothesis import strategies as st

from reformkit.deciding.chain import Chain
from reformkit.model.condition import AllOf, AnyOf, Condition, Negation, Parameter, Test
from reformkit.model.rulebook import DecisionTable, Rulebook
from reformkit.reading.keywords import FIELD_TYPES
from tests.agreement.rulebooks import DAY, FIELDS, a_rulebook, some_facts

EVERY_DAY = [date(2021, 12, 1) + timedelta(days=n) for n in range(1127)]
EVERY: dict[str, list[Any]] = {
    "choice": list("abc"),
    "other": list("xy"),
    "flag": [True, False],
    "count": list(range(1, 10)),
    "open_count": list(range(14)),
    "number": [Decimal(n).scaleb(-1) for n in range(-5, 16)],
    "open_number": [Decimal(n).scaleb(-2) for n in range(14)],
    "words": ["one", "two", "三", "some other text"],
    "tags": [frozenset(s) for s in joined.from_iterable(combinations("pqrs", n) for n in range(5))],
    "day": EVERY_DAY,
    "decided_on": EVERY_DAY,
}


def true(condition: Condition, facts: dict[str, Any], known: set[str], day: date) -> bool | None:
    """Whether a condition holds; None where a parameter has no value on the day."""
    if isinstance(condition, Negation):
        inner = true(condition.item, facts, known, day)
        return None if inner is None else not inner
    if isinstance(condition, AllOf | AnyOf):
        parts = [true(item, facts, known, day) for item in condition.items]
        if None in parts:
            return None
        return all(parts) if isinstance(condition, AllOf) else any(parts)
    return test_is_true(condition, facts.get(condition.fact), condition.fact in known, day)


def test_is_true(test: Test, value: Any, known: bool, day: date) -> bool | None:
    def plain(operand: Any) -> Any:
        if isinstance(operand, Parameter):
            return next((v for p, v in operand.values if (p.since or date.min) <= day < (p.until or date.max)), None)
        return operand

    lists = {n: getattr(test, n) for n in ("one_of", "includes_all", "includes_any", "includes_none")}
    bounds = {n: getattr(test, n) for n in ("at_least", "more_than", "at_most", "less_than")}
    lists = {n: [plain(x) for x in part] for n, part in lists.items() if part is not None}
    bounds = {n: plain(x) for n, x in bounds.items() if x is not None}
    excluded = None if test.excluded is None else test_is_true(test.excluded, value, known, day)
    if None in bounds.values() or any(None in part for part in lists.values()):
        return None
    if test.excluded is not None and excluded is None:
        return None
    said = [test.known is None or test.known is known, not excluded]
    said += [value in lists.get("one_of", [value])]
    said += [set(lists.get("includes_all", ())) <= set(value if "includes_all" in lists else ())]
    said += ["includes_any" not in lists or bool(set(lists["includes_any"]) & value)]
    said += ["includes_none" not in lists or not set(lists["includes_none"]) & value]
    said += [
        "at_least" not in bounds or value >= bounds["at_least"],
        "at_most" not in bounds or value <= bounds["at_most"],
    ]
    said += [
        "more_than" not in bounds or value > bounds["more_than"],
        "less_than" not in bounds or value < bounds["less_than"],
    ]
    return all(said)


test_is_true.__test__ = False  # type: ignore[attr-defined]


def result(table: DecisionTable, facts: dict[str, Any], known: set[str], day: date) -> Any:
    rules = [
        rule
        for rule in table.rules
        if (rule.period.since or date.min) <= day < (rule.period.until or date.max)
        and true(rule.when, facts, known, day)
    ]
    outcomes = {rule.then for rule in rules}
    if table.hit == "collect":
        fallen_back_on = {table.otherwise.then, *table.otherwise.also} if table.otherwise else set()
        return frozenset(outcomes or fallen_back_on)
    if not rules:
        return table.otherwise.then if table.otherwise else "uncovered"
    if table.hit == "priority":
        return min(outcomes, key=list(table.outcomes).index)
    if table.hit == "first":
        return rules[0].then
    clash = len(rules) > 1 if table.hit == "unique" else len(outcomes) > 1
    return "conflict" if clash else rules[0].then


@given(st.data())
def test_the_meaning_is_what_every_completion_gives(data: st.DataObject) -> None:
    rulebook: Rulebook = data.draw(a_rulebook())
    assert_meant(rulebook, data.draw(some_facts(rulebook)), data.draw(DAY))


def assert_meant(rulebook: Rulebook, facts: dict[str, Any], as_of: date | None) -> None:
    """What the meaning says of a case is what every value of every unknown fact gives."""
    table = rulebook.decisions["d0"]
    unknown = [name for name in table.facts if name not in facts]
    sizes = 1
    for name in unknown:
        sizes *= len(EVERY[name])
    assume(sizes <= 4000)
    day = as_of or facts.get("decided_on") or date.max - timedelta(days=1)
    results = {
        values: result(table, {**facts, **dict(zip(unknown, values, strict=True))}, set(facts), day)
        for values in product(*(EVERY[name] for name in unknown))
    }
    decision = Chain(rulebook).decide("d0", facts, as_of, "meaning")
    given_ = set(results.values())
    if table.hit == "collect":
        assert set(decision.outcomes) == frozenset.intersection(*given_)
        assert set(decision.possible) == frozenset.union(*given_)
        assert decision.status == ("decided" if len(given_) == 1 else "undetermined")
    else:
        assert set(decision.possible) == given_
        only = next(iter(given_)) if len(given_) == 1 else "undetermined"
        assert decision.status == (only if only in ("conflict", "uncovered", "undetermined") else "decided")
        assert decision.outcome == (only if decision.status == "decided" else None)
    for i, name in enumerate(unknown):
        by_others: dict[Any, set[Any]] = {}
        for values, given_result in results.items():
            by_others.setdefault(values[:i] + values[i + 1 :], set()).add(given_result)
        matters = any(len(seen) > 1 for seen in by_others.values())
        assert (name in [need.fact for need in decision.needs]) == matters


def test_every_field_type_is_generated() -> None:
    assert {field.type for field in FIELDS.values()} == set(FIELD_TYPES)
