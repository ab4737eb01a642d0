"""Rulebooks with numbers: every engine against the meaning, the meaning, proofs and diffs against brute force."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from itertools import product
from random import Random
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from reformkit.book import Book
from reformkit.checking import prove
from reformkit.comparing.compare import regions
from reformkit.deciding.boxes import TooManyBoxes
from reformkit.deciding.chain import Chain
from reformkit.deciding.meaning import TooManyCompletions, evaluate
from reformkit.durable.engine import DurableTable
from reformkit.model.condition import AllOf, Condition, Test
from reformkit.model.rulebook import DecisionTable, Otherwise, Rule, Rulebook
from reformkit.model.vocabulary import Field, Vocabulary
from reformkit.text import Text
from tests.agreement.frames import as_frame
from tests.agreement.pairs import HITS
from tests.agreement.rulebooks import DAY, FIELDS, NUMBERS, a_decision, items, some_facts
from tests.agreement.test_columns import meant
from tests.agreement.test_compiled import assert_same
from tests.agreement.test_meaning import EVERY, assert_meant, result

CASES = settings().max_examples
NUMBERED = [FIELDS["number"], FIELDS["open_number"], FIELDS["flag"]]
SCALED = {"number": EVERY["number"], "open_number": EVERY["open_number"], "flag": [True, False]}


@st.composite
def a_numbered_rulebook(draw: st.DrawFn) -> Rulebook:
    fields = {field.name: field for field in NUMBERED} | {"decided_on": FIELDS["decided_on"]}
    table = draw(a_decision("d0", NUMBERED))
    return Rulebook(name="n", title=Text.same("n"), vocabulary=Vocabulary(fields=fields), decisions={"d0": table})


@settings(max_examples=max(1, CASES // 4))
@given(st.data())
def test_every_engine_says_what_the_meaning_says(data: st.DataObject) -> None:
    rulebook = data.draw(a_numbered_rulebook())
    chain, book = Chain(rulebook, DurableTable), Book(rulebook)
    cases = data.draw(st.lists(some_facts(rulebook), min_size=3, max_size=3))
    day = data.draw(DAY)
    try:
        for facts in cases:
            assert_same(chain, "d0", facts, day)
        frame = book.decide_frame("d0", as_frame(cases, rulebook.vocabulary.fields), as_of=day, needs=True)
        assert frame.select("d0", "d0_rule", "d0_status", "d0_needs").to_dicts() == meant(book, "d0", cases, day)
    except (TooManyCompletions, TooManyBoxes):
        assume(False)


@settings(max_examples=max(1, CASES // 8))
@given(st.data())
def test_the_meaning_is_what_trying_the_whole_scale_gives(data: st.DataObject) -> None:
    rulebook = data.draw(a_numbered_rulebook())
    assert_meant(rulebook, data.draw(some_facts(rulebook)), data.draw(DAY))


# --- tables of one decision, every case of the whole scale ------------------------------------------------


def a_table(rng: Random) -> DecisionTable:
    hit: Any = rng.choice(HITS)
    rules = tuple(Rule(id=f"R{i}", when=_when(rng), then=rng.choice("KLM")) for i in range(rng.randint(1, 5)))
    otherwise = None if hit == "collect" or rng.random() < 0.7 else Otherwise(then="K")
    return DecisionTable(id="d", title=Text.same("d"), hit=hit, outcomes=items("KLM"), rules=rules, otherwise=otherwise)


def _when(rng: Random) -> Condition:
    tests = []
    for name in rng.sample(["number", "open_number"], rng.randint(1, 2)):
        values = NUMBERS[name]
        low, high = sorted(rng.sample(values, 2))
        bounds = {rng.choice(["at_least", "more_than"]): low, rng.choice(["at_most", "less_than"]): high}
        kept = rng.sample(list(bounds), rng.randint(1, 2))
        tests.append(Test(fact=name, **{key: bounds[key] for key in kept}))
    if rng.random() < 0.3:
        tests.append(Test(fact="flag", one_of=(rng.random() < 0.5,)))
    return AllOf(items=tuple(tests))


def every_case() -> list[dict[str, Any]]:
    return [dict(zip(SCALED, values, strict=True)) for values in product(*SCALED.values())]


def outcome(table: DecisionTable, facts: dict[str, Any]) -> Any:
    """By the reference written apart from the meaning."""
    return result(table, facts, set(facts), date(2022, 1, 1))


@pytest.mark.parametrize("seed", range(max(1, CASES // 50)))
def test_gaps_conflicts_and_dead_rules_are_those_of_the_whole_scale(seed: int) -> None:
    rng = Random(seed)
    for _ in range(10):
        table = a_table(rng)
        fields = {name: FIELDS[name] for name in SCALED}
        rulebook = Rulebook(
            name="n", title=Text.same("n"), vocabulary=Vocabulary(fields=fields), decisions={"d": table}
        )
        found = prove(rulebook, Chain(rulebook), None)
        cases = every_case()
        came = [outcome(table, facts) for facts in cases]
        assert any(p.code == "RK301" for p in found) == ("uncovered" in came)
        assert any(p.code == "RK302" for p in found) == ("conflict" in came)
        holding = [{rule.id for rule in evaluate_all(table, facts)} for facts in cases]
        of_one = table.hit in ("first", "priority")  # one of the rules that hold gives the outcome
        places = list(table.outcomes) if table.hit == "priority" else []
        order = sorted(table.rules, key=lambda r: places.index(r.then) if places else 0)
        taken = (
            {next(r.id for r in order if r.id in ids) for ids in holding if ids} if of_one else set().union(*holding)
        )
        assert {p.rule for p in found if p.code == "RK303"} == {rule.id for rule in table.rules} - taken
        for problem in found:
            if problem.code in ("RK301", "RK302"):
                wanted = {"RK301": "uncovered", "RK302": "conflict"}[problem.code]
                said = Chain(rulebook).decide("d", dict(problem.witness or {}), None)
                assert wanted in (said.possible or (said.status,))


def evaluate_all(table: DecisionTable, facts: dict[str, Any]) -> list[Rule]:
    """The rules that hold, each asked by itself."""
    alone = table.model_copy(update={"hit": "collect", "otherwise": None})
    ids = evaluate(alone, facts, facts).rules
    return [rule for rule in table.rules if rule.id in ids]


@pytest.mark.parametrize("seed", range(max(1, CASES // 50)))
def test_differences_are_those_of_the_whole_scale(seed: int) -> None:
    rng = Random(1000 + seed)
    fields = {name: FIELDS[name] for name in SCALED}
    for _ in range(10):
        old = a_table(rng)
        new = a_table(rng).model_copy(update={"hit": old.hit})
        changed = {(was, now) for facts in every_case() if (was := outcome(old, facts)) != (now := outcome(new, facts))}
        found = {(region.before, region.after) for region in regions(old, new, fields)}
        if old.hit == "collect":
            assert bool(found) == bool(changed)
        else:
            assert found == changed


# --- gaps between two thresholds -------------------------------------------------------------------------


@pytest.mark.parametrize(("places", "witness"), [(0, None), (1, "17.5"), (2, "17.50"), (6, "17.500000")])
def test_a_gap_between_17_and_18_is_there_where_a_number_lies_between(places: int, witness: str | None) -> None:
    field = Field(name="n", type="number", places=places, label=Text.same("n"))
    rules = (
        Rule(id="A", when=Test(fact="n", at_most=Decimal(17)), then="K"),
        Rule(id="B", when=Test(fact="n", at_least=Decimal(18)), then="L"),
    )
    table = DecisionTable(id="d", title=Text.same("d"), hit="unique", outcomes=items("KL"), rules=rules)
    rulebook = Rulebook(
        name="n", title=Text.same("n"), vocabulary=Vocabulary(fields={"n": field}), decisions={"d": table}
    )
    found = [(problem.code, problem.witness) for problem in prove(rulebook, Chain(rulebook), None)]
    assert found == ([] if witness is None else [("RK301", {"n": Decimal(witness)})])
