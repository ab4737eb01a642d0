"""What a measure says, worded once with holes, is what it says worded for the case alone."""

from __future__ import annotations

from pathlib import Path

import pytest

import reformkit as rk
from reformkit.advising.phrasing import Phrases
from reformkit.text import Text
from reformkit.wording.cut import blanks_at_edges, stays_as_it_is
from tests.books import bundled_book

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def book() -> rk.Book:
    return bundled_book()


def test_every_example_is_worded_as_it_would_be_alone(book: rk.Book) -> None:
    cases = [case for file in sorted((ROOT / "examples" / "cases").iterdir()) for case in book.read_cases(file)]
    townships = ["某镇", "Some Town.", "某镇。", "Town"]
    facts = {"id": "T-1", "origin": "filed_case", "authority_level": "county", "coordinator_gate": "passed"}
    village = {**facts, "unit_kind": "village", "industry": "village", "causes": ["power.incompatible_posts"]}
    village = {name: value for name, value in village.items() if name in book.rulebook.fields or name == "id"}
    made = [*map(book.assess, cases), *[book.assess({**village, "township": town}) for town in townships]]
    compared = 0
    for a in made:
        for r in (*a.recommendations, *a.also, *a.suspected):
            ground = r.ground
            alone = Phrases(r.choice, r.certainty, ground, ground.addressee, ground.blank)
            assert r.words == alone.words(ground)
            assert r.suggestions == tuple(alone.suggestions(ground))
            assert r.clauses == tuple(alone.clauses(ground))
            compared += 1
    assert compared > 100


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (Text("{unit}整改。", "the unit acts."), {"unit"}),
        (Text("报{township}。", "report to it."), {"township"}),
        (Text("由{township}核。", "checked by {township}."), {"township"}),
        (Text("由{township}核。", "{unit} is checked by them."), {"unit"}),
        (Text("由{township}核。", "by {township} itself."), set()),
        (Text("{{甲}}", "{{a}}"), set()),
    ],
)
def test_blanks_at_the_edges_of_a_text_are_seen(text: Text, names: set[str]) -> None:
    assert blanks_at_edges(text) == names


@pytest.mark.parametrize(("words", "stays"), [("某镇", True), ("some town", True), ("X Co.", False), ("Town", False)])
def test_words_that_a_joint_would_change_are_seen(words: str, stays: bool) -> None:
    assert stays_as_it_is(Text.same(words)) is stays
