"""Random pairs of decision tables, a table and an edited one, dense enough that most edits change something."""

from __future__ import annotations

from random import Random
from typing import Any

from reformkit.model.condition import AllOf, AnyOf, Condition, Negation, Test
from reformkit.model.rulebook import DecisionTable, Otherwise, Rule
from reformkit.model.vocabulary import Field
from reformkit.text import Text
from tests.agreement.rulebooks import FIELDS, items, thresholds

HITS = ("first", "unique", "any", "priority", "collect")
WORDS = {"words": ["one", "two", "三"]}


def a_pair(rng: Random) -> tuple[DecisionTable, DecisionTable]:
    """A table in force and a table with one to four edits, under the same policy or, now and then, another."""
    fields = [FIELDS[name] for name in rng.sample(list(FIELDS), rng.randint(2, 4))]
    hit: Any = rng.choice(HITS)
    rules = [a_rule(rng, f"R{i}", fields) for i in range(rng.randint(1, 7))]
    otherwise = None if rng.random() < 0.5 else an_otherwise(rng, hit)
    old = DecisionTable(
        id="d", title=Text.same("d"), hit=hit, outcomes=items("KLM"), rules=tuple(rules), otherwise=otherwise
    )
    for _ in range(rng.randint(1, 4)):
        edit(rng, rules, fields)
    changes: dict[str, Any] = {"rules": tuple(rules)}
    if rng.random() < 0.2:
        changes["otherwise"] = rng.choice([None, an_otherwise(rng, hit)])
    if hit != "collect" and rng.random() < 0.15:
        changes["hit"] = rng.choice(HITS[:4])
    if hit == "priority" and rng.random() < 0.3:
        changes["outcomes"] = items("MKL")
    return old, old.model_copy(update=changes)


def an_otherwise(rng: Random, hit: str) -> Otherwise:
    """What is given where no rule holds: several outcomes, now and then, where all that hold are collected."""
    outcomes = rng.sample("KLM", rng.choice([1, 1, 2]) if hit == "collect" else 1)
    return Otherwise(then=outcomes[0], also=tuple(outcomes[1:]))


def edit(rng: Random, rules: list[Rule], fields: list[Field]) -> None:
    """One edit: a rule added, removed, moved, with another condition or another outcome."""
    kind, at = rng.choice(["add", "remove", "move", "when", "then"]), rng.randrange(len(rules) + 1)
    if kind == "add" or at == len(rules):
        rules.insert(at, a_rule(rng, f"N{len(rules)}{rng.randrange(1000)}", fields))
    elif kind == "remove":
        del rules[at]
    elif kind == "move":
        rules.insert(rng.randrange(len(rules)), rules.pop(at))
    elif kind == "when":
        rules[at] = rules[at].model_copy(update={"when": a_condition(rng, fields)})
    else:
        rules[at] = rules[at].model_copy(update={"then": rng.choice("KLM")})


def a_rule(rng: Random, id: str, fields: list[Field]) -> Rule:
    return Rule(id=id, when=a_condition(rng, fields), then=rng.choice("KLM"))


def a_condition(rng: Random, fields: list[Field], depth: int = 0) -> Condition:
    """A conjunction of tests, sometimes with alternatives or a negation in it."""
    chosen = [a_test(rng, field) for field in fields if rng.random() < 0.5]
    parts: list[Condition] = list(chosen)
    if depth < 2 and rng.random() < 0.25:
        parts.append(AnyOf(items=tuple(a_condition(rng, fields, depth + 1) for _ in range(2))))
    if depth < 2 and rng.random() < 0.1:
        parts.append(Negation(item=a_condition(rng, fields, depth + 1)))
    return parts[0] if len(parts) == 1 else AllOf(items=tuple(parts))


def a_test(rng: Random, field: Field) -> Test:
    if rng.random() < 0.08:
        return Test(fact=field.name, known=rng.random() < 0.5)
    parts = of_value(rng, field)
    if rng.random() < 0.1:
        return Test(fact=field.name, excluded=Test(fact=field.name, **parts))
    if rng.random() < 0.05:
        parts["known"] = rng.random() < 0.5
    return Test(fact=field.name, **parts)


def of_value(rng: Random, field: Field) -> dict[str, Any]:
    match field.type:
        case "flag":
            return {"one_of": (rng.random() < 0.5,)}
        case "tags":
            kind = rng.choice(["includes_all", "includes_any", "includes_none"])
            return {kind: tuple(rng.sample(list(field.values), rng.randint(1, 2)))}
        case "choice" | "text":
            words = list(field.values) or WORDS[field.name]
            return {"one_of": tuple(rng.sample(words, rng.randint(1, len(words) - 1)))}
        case _:
            values = thresholds(field)
            if rng.random() < 0.2:
                return {"one_of": tuple(rng.sample(values, 2))}
            low, high = sorted(rng.sample(range(len(values)), 2))
            bounds = {
                rng.choice(["at_least", "more_than"]): values[low],
                rng.choice(["at_most", "less_than"]): values[high],
            }
            kept = rng.sample(list(bounds), rng.randint(1, 2))
            return {name: bounds[name] for name in kept}
