"""Mutants, coverage and proposed cases, held to running everything anew and to trying all cases."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import settings

from reformkit.book import Book
from reformkit.deciding.meaning import evaluate
from reformkit.editing.fixture_text import FixtureDraft, fixture_text
from reformkit.intake.fixtures import Fixture, Wanted
from reformkit.model import condition
from reformkit.model.case import Case
from reformkit.model.condition import AllOf, Test, parameters
from reformkit.model.gives import GivenValue
from reformkit.model.rulebook import DecisionTable, Rule, Rulebook
from reformkit.model.vocabulary import Vocabulary
from reformkit.testing.choosing import choose, choose_for_mutants
from reformkit.testing.coverage import Covering, items
from reformkit.testing.fixtures import run_fixture
from reformkit.testing.mutants import Mutant, mutants
from reformkit.testing.mutation import Differences, Unnoticed, mutate
from reformkit.testing.proposing import given_of
from reformkit.text import Text
from tests.agreement.pairs import a_condition, a_pair
from tests.agreement.rulebooks import DAYS, FIELDS
from tests.agreement.rulebooks import items as outcome_items
from tests.agreement.test_compare import every_case
from tests.books import bundled_book

EXAMPLES = settings().max_examples // 8

SAMPLES: dict[str, list[Any]] = {
    "choice": ["a", "b", "c"],
    "other": ["x", "y"],
    "flag": [True, False],
    "count": list(range(1, 10)),
    "open_count": list(range(12)),
    "number": [Decimal(n).scaleb(-1) for n in range(-5, 16, 4)],
    "open_number": [Decimal(n).scaleb(-2) for n in range(0, 12, 3)],
    "day": DAYS,
    "words": ["one", "two", "三", "four"],
    "tags": [frozenset(), frozenset("p"), frozenset("qr"), frozenset("pqrs")],
    "decided_on": DAYS,
}


def a_book(rng: Random, decisions: int = 2) -> Book:
    """A rulebook of a decision, and another one that builds on it, with at most 80 mutants."""
    gives = {o: {"fee": GivenValue(amount=rng.randint(-3, 30))} for o in rng.sample("KLM", rng.randint(0, 2))}
    tables = {"d": a_pair(rng)[0].model_copy(update={"gives": gives})}
    if decisions > 1:
        tables["e"] = _building_on(rng, tables["d"])
    rulebook = Rulebook(name="g", title=Text.same("g"), vocabulary=Vocabulary(fields=FIELDS), decisions=tables)
    return Book(rulebook) if sum(1 for _ in mutants(rulebook)) <= 80 else a_book(rng, decisions)


def _building_on(rng: Random, before: DecisionTable) -> DecisionTable:
    fields = [FIELDS[name] for name in rng.sample(list(FIELDS), 2)]
    rules = []
    for number in range(rng.randint(1, 4)):
        outcomes = tuple(rng.sample("KLM", rng.randint(1, 2)))
        part = {"includes_any": outcomes} if before.hit == "collect" else {"one_of": outcomes}
        asks = Test(fact="d", **part)  # type: ignore[arg-type]
        rules.append(Rule(id=f"E{number}", when=AllOf(items=(asks, a_condition(rng, fields))), then=rng.choice("KLM")))
    return DecisionTable(id="e", title=Text.same("e"), hit="first", outcomes=outcome_items("KLM"), rules=tuple(rules))


def some_fixtures(rng: Random, book: Book, count: int) -> list[Fixture]:
    """Fixtures of random facts that expect some of what comes out."""
    found = []
    for number in range(count):
        facts = {name: rng.choice(SAMPLES[name]) for name in FIELDS if rng.random() < 0.7}
        decisions = {}
        for name in book.rulebook.decisions:
            if rng.random() < 0.6:
                came = book.decide(name, facts)
                decisions[name] = Wanted(
                    came.status if rng.random() < 0.8 else None,
                    came.outcome,
                    frozenset(came.outcomes) if rng.random() < 0.8 else None,
                    frozenset(came.possible) if rng.random() < 0.3 else None,
                    tuple(need.fact for need in came.needs) if rng.random() < 0.2 else None,
                    came.rule if rng.random() < 0.3 else None,
                    gives=given_of(came) if rng.random() < 0.4 else None,
                )
        found.append(Fixture(Case(id=f"F{number}", facts=facts), "", None, None, decisions))  # type: ignore[arg-type]
    return found


def mutated(book: Book, mutant: Mutant) -> Book:
    """The rulebook with a mutant in it, whole and anew."""
    tables = {name: mutant.table(table) for name, table in book.rulebook.decisions.items()}
    return Book(book.rulebook.model_copy(update={"decisions": tables}))


@pytest.mark.parametrize("seed", range(EXAMPLES))
def test_a_mutant_is_noticed_just_if_a_fixture_fails_on_the_mutated_rulebook(seed: int) -> None:
    rng = Random(seed)
    book = a_book(rng)
    fixtures = some_fixtures(rng, book, 4)
    assessed = [(fixture, run_fixture(book, fixture).assessment) for fixture in fixtures]
    report = mutate(book, assessed)
    by = {id(mutant): fixture for mutant, fixture in report.noticed}
    for mutant in (*(m for m, _ in report.noticed), *(u.mutant for u in report.unnoticed), *report.equivalent):
        anew = mutated(book, mutant)
        failing = [fixture for fixture in fixtures if not run_fixture(anew, fixture).passed]
        assert (id(mutant) in by) == bool(failing), mutant
        assert id(mutant) not in by or by[id(mutant)] in failing


@pytest.mark.parametrize("seed", range(EXAMPLES))
def test_a_mutant_is_equivalent_just_if_no_case_tells_it_apart(seed: int) -> None:
    rng = Random(seed)
    book = a_book(rng, decisions=1)
    differences = Differences(book)
    old = book.rulebook.decisions["d"]
    tried = 0
    for mutant in mutants(book.rulebook):
        new = mutant.table(old)
        found = differences.first(mutant)
        cases = every_case((old, new))
        tried += bool(cases)
        apart = any(evaluate(old, f, k).seen != evaluate(new, f, k).seen for f, k in cases)
        if mutant.given is not None:
            apart = any(mutant.given[0] in evaluate(old, f, k).outcomes for f, k in cases)
        if cases:
            assert isinstance(found, Unnoticed) == apart, mutant
            assert apart or found is True
    assert tried or not old.rules or not every_case((old,))


@pytest.mark.parametrize("seed", range(EXAMPLES))
def test_a_reduced_comparison_is_the_whole_one(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    book = a_book(Random(seed), decisions=1)
    whole = [isinstance(Differences(book).first(mutant), Unnoticed) for mutant in mutants(book.rulebook)]
    monkeypatch.setattr("reformkit.testing.mutation.FEW_RULES", 0)
    assert [isinstance(Differences(book).first(mutant), Unnoticed) for mutant in mutants(book.rulebook)] == whole


def read_back(book: Book, drafts: list[FixtureDraft], folder: Path, lang: Any) -> list[Fixture]:
    """Drafts as they are written and read again."""
    path = folder / f"{lang}.cases.yaml"
    rulebook = book.rulebook
    written = [fixture_text({**d.to_dict(rulebook), "id": f"D{i}"}, rulebook, lang) for i, d in enumerate(drafts)]
    path.write_text("\n".join(written), encoding="utf-8")
    fixtures, problems = book.read_fixtures(path)
    assert problems == []
    return fixtures


@pytest.mark.parametrize("seed", range(EXAMPLES))
def test_proposed_cases_pass_as_written_and_cover_what_they_are_said_to(seed: int, tmp_path: Path) -> None:
    book = a_book(Random(seed))
    wanted = list(items(book))
    chosen = choose(book, wanted)
    drafts = [draft for draft, _ in chosen.drafts]
    covering = Covering(book)
    for lang in ("zh", "en"):
        fixtures = read_back(book, drafts, tmp_path, lang) if drafts else []
        assert len(fixtures) == len(drafts)
        for fixture, (_, adds) in zip(fixtures, chosen.drafts, strict=True):
            result = run_fixture(book, fixture)
            assert result.passed, (fixture, result.failures)
            assert not fixture.confirmed
            assert {*adds} <= {*covering.of_fixture(fixture, result.assessment)}
    assert {item for _, adds in chosen.drafts for item in adds} | {*chosen.impossible} == {*wanted}
    assert chosen.at_least <= len(drafts)


@pytest.mark.parametrize(
    "seed", sorted({*range(EXAMPLES), 77})
)  # 77: a rule under `any` that holds of whatever is unknown
def test_a_rule_or_outcome_without_a_case_has_none(seed: int) -> None:
    book = a_book(Random(seed), decisions=1)
    table = book.rulebook.decisions["d"]
    cases = every_case((table,))
    everything = set().union(*(known for _, known in cases))
    results = [evaluate(table, facts, known) for facts, known in cases if known == everything]
    giving = {rule for result in results if result.status == "decided" for rule in result.rules}
    given = {outcome for result in results for outcome in result.outcomes}
    for item in choose(book, [i for i in items(book) if i.kind != "boundary"]).impossible if cases else ():
        assert item.name not in (giving if item.kind == "rule" else given)


@pytest.mark.parametrize(
    "seed", sorted({*range(EXAMPLES), 65})
)  # 65: `collect` with what is given, decided and then open
def test_cases_for_mutants_notice_them_as_written(seed: int, tmp_path: Path) -> None:
    book = a_book(Random(seed))
    report = mutate(book, [])
    chosen = choose_for_mutants(book, report.unnoticed)
    assert sum(len(told) for _, told in chosen) == len(report.unnoticed)
    fixtures = read_back(book, [draft for draft, _ in chosen], tmp_path, "zh") if chosen else []
    for fixture, (_, told) in zip(fixtures, chosen, strict=True):
        assert run_fixture(book, fixture).passed
        for one in told:
            asks_known = "known=True" in str(book.rulebook) or "known=False" in str(book.rulebook)
            assert asks_known or not run_fixture(mutated(book, one.mutant), fixture).passed


def test_mutants_of_parameters_come_in_the_order_of_the_rules() -> None:
    rulebook = bundled_book().rulebook
    used = [
        parameter.name
        for table in rulebook.decisions.values()
        for rule in table.rules
        for test in condition.tests(rule.when)
        for parameter in parameters(test)
    ]
    moved = dict.fromkeys(mutant.parameter for mutant in mutants(rulebook) if mutant.parameter is not None)
    assert list(moved) == [name for name in dict.fromkeys(used) if name in moved]
