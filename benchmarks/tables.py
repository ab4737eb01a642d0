"""One random decision table over ten facts, in the form that each engine takes."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

from reformkit.model.condition import AllOf, Test
from reformkit.model.rulebook import DecisionTable, Otherwise, Rule, Rulebook
from reformkit.model.vocabulary import Choice, Field, Vocabulary
from reformkit.text import Text

CHOICES = ["a", "b", "c", "d", "e"]
OUTCOMES = ["red", "green", "blue", "grey"]
FACTS = {
    **{f"choice_{i}": "choice" for i in range(4)},
    **{f"count_{i}": "count" for i in range(3)},
    **{f"flag_{i}": "flag" for i in range(3)},
}
SHARE = 0.45
"""How often a rule tests a fact."""

Tests = dict[str, Any]
"""One rule's tests: a list of choices, a (low, high) range, or a flag, by fact."""


def random_rules(count: int, seed: int = 1) -> list[tuple[Tests, str]]:
    """Rules over the ten facts, each fact in 45 % of them."""
    rng = random.Random(seed)

    def a_test(kind: str) -> Any:
        if kind == "choice":
            return sorted(rng.sample(CHOICES, rng.randint(1, 3)))
        if kind == "count":
            low = rng.randint(0, 80)
            return (low, low + rng.randint(5, 40))
        return rng.random() < 0.5

    return [
        ({fact: a_test(kind) for fact, kind in FACTS.items() if rng.random() < SHARE}, rng.choice(OUTCOMES))
        for _ in range(count)
    ]


def random_facts(count: int, unknown: float = 0.0, seed: int = 2) -> list[dict[str, Any]]:
    """Cases, with a share of the facts unknown."""
    rng = random.Random(seed)
    make: dict[str, Callable[[], Any]] = {
        "choice": lambda: rng.choice(CHOICES),
        "count": lambda: rng.randint(0, 120),
        "flag": lambda: rng.random() < 0.5,
    }
    return [{f: make[kind]() for f, kind in FACTS.items() if rng.random() >= unknown} for _ in range(count)]


def rulebook(rules: list[tuple[Tests, str]]) -> Rulebook:
    """The table as a reformkit rulebook."""
    fields = {
        name: Field(
            name=name,
            type=kind,
            label=Text.same(name),
            values={c: Choice(id=c, label=Text.same(c)) for c in CHOICES} if kind == "choice" else {},
        )
        for name, kind in FACTS.items()
    }

    def test(fact: str, wanted: Any) -> Test:
        if isinstance(wanted, tuple):
            return Test(fact=fact, at_least=wanted[0], less_than=wanted[1])
        return Test(fact=fact, one_of=tuple(wanted) if isinstance(wanted, list) else (wanted,))

    table = DecisionTable(
        id="colour",
        title=Text.same("colour"),
        hit="first",
        outcomes={o: Choice(id=o, label=Text.same(o)) for o in OUTCOMES},
        rules=tuple(
            Rule(id=f"R{i}", when=AllOf(items=tuple(test(f, w) for f, w in tests.items())), then=then)
            for i, (tests, then) in enumerate(rules)
        ),
        otherwise=Otherwise(then="grey"),
    )
    return Rulebook(
        name="bench", title=Text.same("bench"), vocabulary=Vocabulary(fields=fields), decisions={"colour": table}
    )


def zen_content(rules: list[tuple[Tests, str]]) -> dict[str, Any]:
    """The table as a GoRules JDM document."""

    def cell(wanted: Any) -> str:
        if wanted is None:
            return ""
        if isinstance(wanted, tuple):
            return f"[{wanted[0]}..{wanted[1]})"
        if isinstance(wanted, list):
            return ", ".join(f'"{w}"' for w in wanted)
        return "true" if wanted else "false"

    inputs = [{"id": f"i{n}", "name": fact, "type": "expression", "field": fact} for n, fact in enumerate(FACTS)]
    rows = [
        {"_id": f"r{i}", **{f"i{n}": cell(tests.get(fact)) for n, fact in enumerate(FACTS)}, "o0": f'"{then}"'}
        for i, (tests, then) in enumerate([*rules, ({}, "grey")])
    ]
    table = {
        "hitPolicy": "first",
        "inputs": inputs,
        "outputs": [{"id": "o0", "name": "colour", "type": "expression", "field": "colour"}],
        "rules": rows,
    }
    return {
        "contentType": "application/vnd.gorules.decision",
        "nodes": [
            {"id": "in", "type": "inputNode", "name": "in"},
            {"id": "table", "type": "decisionTableNode", "name": "table", "content": table},
            {"id": "out", "type": "outputNode", "name": "out"},
        ],
        "edges": [
            {"id": "e1", "type": "edge", "sourceId": "in", "targetId": "table"},
            {"id": "e2", "type": "edge", "sourceId": "table", "targetId": "out"},
        ],
    }


def _expression(tests: Tests, lookup: Callable[[str], str]) -> str:
    def part(fact: str, wanted: Any) -> str:
        name = lookup(fact)
        if isinstance(wanted, tuple):
            return f"({name} >= {wanted[0]} and {name} < {wanted[1]})"
        if isinstance(wanted, list):
            return "(" + " or ".join(f"{name} == {w!r}" for w in wanted) + ")"
        return name if wanted else f"not {name}"

    return " and ".join(part(f, w) for f, w in tests.items())


def rule_engine_texts(rules: list[tuple[Tests, str]]) -> list[tuple[str, str]]:
    """The table as expressions of the rule-engine package, in order."""
    return [(_expression(tests, lambda fact: fact) or "true", then) for tests, then in rules]


def plain_python(rules: list[tuple[Tests, str]]) -> Callable[[dict[str, Any]], str]:
    """The table as the if-chain that one would write by hand."""
    lines = ["def decide(f):"]
    for tests, then in rules:
        lines.append(f"    if {_expression(tests, lambda fact: f'f[{fact!r}]') or 'True'}: return {then!r}")
    lines.append("    return 'grey'")
    scope: dict[str, Any] = {}
    exec("\n".join(lines), scope)
    decide: Callable[[dict[str, Any]], str] = scope["decide"]
    return decide
