"""What comes out can be pickled and copied: its data stay; what needs the rulebook says so until it has one."""

from __future__ import annotations

import copy
import pickle
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import pytest

import reformkit as rk
from reformkit.model.decision import WithoutBookError
from reformkit.model.vocabulary import Facts
from tests.books import bundled_book

ROOT = Path(__file__).resolve().parents[1]
FACTS: Facts = {"origin": "filed_case", "authority_level": "city", "form": "fourth"}


@pytest.fixture(scope="module")
def book() -> rk.Book:
    return bundled_book()


@pytest.fixture(scope="module")
def assessed(book: rk.Book) -> list[rk.Assessment]:
    cases = book.read_cases(
        ROOT / "examples" / "cases" / sorted(p.name for p in (ROOT / "examples/cases").iterdir())[0]
    )
    year = book.read_cases(ROOT / "examples" / "year" / "cases.csv")
    found = [*book.assess_many(cases, history=year), *book.assess_many(year[:25], history=year)]
    return [*found, book.assess({"id": "X-1"}), book.assess({**FACTS, "id": "X-2"}, as_of=date(2022, 5, 1))]


def again(thing: Any) -> Any:
    return pickle.loads(pickle.dumps(thing))


def test_an_assessment_out_of_a_pickle_has_the_data_of_the_one_that_went_in(assessed: list[rk.Assessment]) -> None:
    for before in assessed:
        after = again(before)
        assert isinstance(after, rk.Assessment)
        assert after.to_dict() == before.to_dict()
        assert after.receipt() == before.receipt()
        assert (after.digest, after.digests) == (before.digest, before.digests)
        for name in (
            "case",
            "facts",
            "decisions",
            "causes",
            "needs",
            "uncovered",
            "day",
            "as_of",
            "counts",
            "has_history",
        ):
            assert getattr(after, name) == getattr(before, name), name
        for name in ("withheld", "not_started", "stated", "found", "as_for_a_point"):
            assert getattr(after, name) == getattr(before, name), name
        for name in ("recommendations", "also", "suspected"):
            pairs = zip(getattr(after, name), getattr(before, name), strict=True)
            for kept, measure in pairs:
                assert kept.to_dict() == measure.to_dict()
                assert (kept.text, kept.say("en"), kept.why) == (measure.text, measure.say("en"), measure.why)
                assert again(kept).to_dict() == measure.to_dict()


def test_what_needs_the_book_says_so_until_it_has_one(book: rk.Book, assessed: list[rk.Assessment]) -> None:
    before = assessed[0]
    after = again(again(before))
    for verb in (
        after.explain,
        lambda: after.telling_counts,
        lambda: after.not_recommended("IN-06"),
        after.startup.flips,
        lambda: after.startup.trace,
    ):
        with pytest.raises(WithoutBookError, match=r"give it one with \.with_book\(book\)"):
            verb()
    whole = after.with_book(book)
    assert whole.explain() == before.explain()
    assert whole.to_dict() == before.to_dict()
    assert list(whole.startup.trace) == list(before.startup.trace)
    assert again(before.startup).with_book(book).flips() == before.startup.flips()


def test_another_book_is_refused(assessed: list[rk.Assessment]) -> None:
    other = rk.load(ROOT / "tests" / "written_by_0_1" / "book")
    for kept in (again(assessed[0]), again(assessed[0].startup)):
        with pytest.raises(ValueError, match="made with the rulebook"):
            kept.with_book(other)
    with pytest.raises(ValueError, match="made with the rulebook"):
        again(assessed[0]).with_book(rk.load(measures=None))


def test_a_copy_is_the_same_and_its_dicts_are_its_own(assessed: list[rk.Assessment]) -> None:
    before = assessed[0]
    for twin in (copy.copy(before), copy.deepcopy(before), copy.deepcopy(again(before))):
        assert twin is not before
        assert twin.to_dict() == before.to_dict()
        del twin.decisions["startup"]
    assert before.startup.outcome == "start"
    record = again(before).to_dict()
    assert copy.deepcopy(before.startup) == before.startup
    assert copy.deepcopy(before.recommendations)[0].text == before.recommendations[0].text
    kept = again(before)
    kept.to_dict()["decisions"].clear()
    assert kept.to_dict() == record


def test_a_snapshot_is_small(assessed: list[rk.Assessment]) -> None:
    sizes = [len(pickle.dumps(assessment)) for assessment in assessed]
    assert max(sizes) < 700_000  # without rulebook and library, which alone have a megabyte


def test_changes_and_reports_survive(book: rk.Book) -> None:
    with book.session(by="compiled") as session:
        for case_id in ("L-1", "L-2"):
            session.tell(case_id, FACTS, region="某县", filed_on="2022-03-01")
        changes = session.tell("L-1", {"coordinator_gate": "passed"}, on=date(2022, 4, 1))
        assert session.changes()
        kept = again(session["L-1"])
        assert kept.to_dict() == session["L-1"].to_dict()
    for change in changes:
        assert again(change) == change
        assert again(change).to_dict() == change.to_dict()
        assert copy.deepcopy(change) == change
    decision = book.decide("startup", {"origin": "filed_case", "authority_level": "city", "form": "second"})
    assert again(decision).needs == decision.needs
    assert again(decision).digest == decision.digest == book.digests["rules"]
    for flip in book.decide("startup", FACTS).flips():
        assert again(flip) == flip


def _decided(number: int) -> rk.Decision:
    return rk.load().decide("startup", FACTS)


def test_a_worker_process_gives_its_results_back() -> None:
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        assert next(pool.map(_decided, [0])) == rk.load().decide("startup", FACTS)


def test_reports_and_differences_survive(book: rk.Book) -> None:
    report = rk.run_fixtures(book, ROOT / "tests" / "cases" / "rows.cases.yaml")
    assert again(report).__class__ is type(report)
    difference = rk.diff(ROOT / "rules" / "jiuyuan", ROOT / "rules" / "jiuyuan")
    assert again(difference).to_dict() == difference.to_dict()


def test_a_snapshot_is_counted_by_its_measures(assessed: list[rk.Assessment]) -> None:
    for a in assessed:
        kept = pickle.loads(pickle.dumps(a))
        assert (kept.advice and kept.advice.measures) == (a.advice and a.advice.measures)
