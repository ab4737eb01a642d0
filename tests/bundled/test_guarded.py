"""How well the fixtures in the tree guard the bundled rulebook."""

from __future__ import annotations

import pytest

import reformkit
from reformkit.testing.coverage import cover
from reformkit.testing.mutation import mutate
from reformkit.testing.saying import say_item, say_mutant
from tests.books import bundled_book

BOOK = bundled_book()
RUN = reformkit.run_fixtures(BOOK, "tests/cases")
GOOD = [(result.fixture, result.assessment) for result in RUN.results if result.passed]
GUARDED = ("source", "startup", "screening", "layer", "notices", "diagnosis")


@pytest.mark.parametrize("decision", GUARDED)
def test_at_least_95_of_100_mutants_that_differ_are_noticed(decision: str) -> None:
    report = mutate(BOOK, GOOD, decision)
    assert report.score >= 0.95, [say_mutant(BOOK, one.mutant) for one in report.unnoticed]
    assert report.unproven == []


@pytest.mark.parametrize("decision", GUARDED)
def test_every_rule_and_outcome_is_covered_and_every_boundary_that_can_be(decision: str) -> None:
    uncovered = cover(BOOK, GOOD, decision).uncovered
    never = {"具有典型意义为是", "具有典型意义为否"}  # whatever the gates say, it makes no difference (see STA-C5)
    assert {say_item(BOOK, item).zh for item in uncovered} <= never


def test_every_cause_is_found_and_every_measure_recommended_in_some_fixture() -> None:
    coverage = cover(BOOK, GOOD)
    for kind in ("cause", "measure"):
        covered, all_of_them = coverage.of(kind)  # type: ignore[arg-type]
        assert covered == all_of_them
