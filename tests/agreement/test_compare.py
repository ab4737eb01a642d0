"""Every region of two tables is what trying all cases gives: none missed, none extra."""

from __future__ import annotations

from itertools import product
from math import prod
from random import Random
from typing import Any

import pytest
import yaml
from hypothesis import settings

from reformkit.comparing.compare import regions
from reformkit.comparing.region import Region
from reformkit.deciding.meaning import (
    answer,
    classes,
    complete,
    evaluate,
    holds,
    value_tests,
)
from reformkit.model import condition as conditions
from reformkit.model.condition import Condition
from reformkit.model.rulebook import DecisionTable
from reformkit.model.vocabulary import Field
from reformkit.parsing.located_yaml import read_yaml
from reformkit.parsing.report import Report
from reformkit.parsing.source import Source
from reformkit.reading.conditions import ConditionReader
from reformkit.reading.parameters import Parameters
from reformkit.reading.values import Lexicon
from tests.agreement.pairs import a_pair
from tests.agreement.rulebooks import FIELDS

MOST_CASES = 1_000
PAIRS = 3 * settings().max_examples

Key = tuple[str, str, str | None, str | None, str | None]


def every_case(tables: tuple[DecisionTable, ...]) -> list[tuple[dict[str, Any], set[str]]]:
    """A case of every class that some test of the tables tells apart, with what is known in it."""
    both = tables[0].model_copy(update={"rules": tuple(rule for table in tables for rule in table.rules)})
    asked = value_tests(both)
    flagged = [name for name in FIELDS if any(asks_known(rule.when, name) for rule in both.rules)]
    values = [classes(FIELDS[name], found) for name, found in asked.items()]
    found: list[tuple[dict[str, Any], set[str]]] = []
    if prod(map(len, values)) * 2 ** len(flagged) > MOST_CASES:
        return found
    for chosen in product(*values):
        facts = dict(zip(asked, chosen, strict=True))
        for flags in product((True, False), repeat=len(flagged)):
            unknown = {name for name, flag in zip(flagged, flags, strict=True) if not flag}
            found.append((facts, {*asked, *flagged} - unknown))
    return found


def asks_known(condition: Condition, name: str) -> bool:
    def asks(test: Any) -> bool:
        return test.known is not None or (test.excluded is not None and asks(test.excluded))

    return any(test.fact == name and asks(test) for test in conditions.tests(condition))


def results(table: DecisionTable, facts: dict[str, Any], known: set[str]) -> dict[str | None, tuple[str, str | None]]:
    """The result of one case with the rule that gives it; for `collect` one for each outcome."""
    result = evaluate(table, facts, known)
    if table.hit != "collect":
        outcome = next(iter(result.outcomes), result.status)
        return {None: (outcome, result.rules[0] if result.rules and result.status == "decided" else None)}
    by_outcome = {}
    for outcome in table.outcomes:
        giving = [rule.id for rule in table.rules if rule.then == outcome and rule.id in result.rules]
        by_outcome[outcome] = (outcome, giving[0]) if giving else ("absent", None)
        if table.otherwise is not None and outcome in table.otherwise.outcomes and not giving:
            by_outcome[outcome] = ("absent", result.rules[0]) if result.rules else (outcome, None)
    return by_outcome


def key_of(region: Region) -> Key:
    return (region.before, region.after, region.rule_before, region.rule_after, region.outcome)


def read(written: dict[str, Any], fields: dict[str, Field]) -> Condition:
    """A condition from what a region says, through the reader of rule files."""
    report = Report()
    text = yaml.safe_dump(written, allow_unicode=True, default_flow_style=True, width=10**6)
    tree = read_yaml(Source("", text), report)
    condition = ConditionReader(Lexicon(fields, report), Parameters({}), report).read(tree)
    assert not report.problems(), (text, [str(p) for p in report.problems()])
    assert condition is not None
    return condition


@pytest.mark.parametrize("seed", range(PAIRS))
def test_regions_are_what_trying_every_case_gives(seed: int) -> None:
    rng = Random(seed)
    old, new = a_pair(rng)
    while not (cases := every_case((old, new))):
        old, new = a_pair(rng)
    found = {key_of(region): region for region in regions(old, new, FIELDS)}
    taken: dict[Key, set[int]] = {}
    for number, (facts, known) in enumerate(cases):
        after = results(new, facts, known)
        for outcome, (before, rule) in results(old, facts, known).items():
            if before != after[outcome][0]:
                taken.setdefault((before, after[outcome][0], rule, after[outcome][1], outcome), set()).add(number)
    assert found.keys() == taken.keys()
    for key, region in found.items():
        assert_said(region, taken[key], cases, (old, new))
        assert_example(region, old, new)


def assert_said(
    region: Region,
    taken: set[int],
    cases: list[tuple[dict[str, Any], set[str]]],
    tables: tuple[DecisionTable, DecisionTable],
) -> None:
    """The facts of a region without the rules excepted are its cases; so are its disjoint boxes together."""
    facts = read(region.facts, FIELDS)
    boxes = [read(box, FIELDS) for box in region.boxes()]
    excepted = [
        rule.when
        for table, names in zip(tables, (region.except_before, region.except_after), strict=True)
        for rule in table.rules
        if rule.id in names
    ]
    assert region.proven
    for number, (values, known) in enumerate(cases):
        inside = holds(facts, values, known) and not any(holds(when, values, known) for when in excepted)
        assert inside == (number in taken) or not region.exact
        assert sum(holds(box, values, known) for box in boxes) == (number in taken) or len(boxes) == 200
        assert holds(facts, values, known) or number not in taken


def assert_example(region: Region, old: DecisionTable, new: DecisionTable) -> None:
    """The example of a region, run through the meaning, comes to what the region says."""
    facts = region.witness
    for table, wanted, rule in ((old, region.before, region.rule_before), (new, region.after, region.rule_after)):
        said = answer(table, complete(table, FIELDS, facts))
        possible = said.settlement.possible
        if table.hit == "collect":
            assert (wanted in possible) if wanted != "absent" else region.outcome not in said.settlement.outcomes
        else:
            assert wanted in (possible or (said.status,))
        assert rule is None or rule in said.settlement.rules
