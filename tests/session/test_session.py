"""A session says after every fact what `book.assess` says of all facts so far, and its changes lead there."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import reformkit as rk
from reformkit.book import Book
from reformkit.deciding.boxes import TooManyBoxes
from reformkit.model.rulebook import Rulebook
from reformkit.model.telling import Telling
from tests.agreement.rulebooks import DAY
from tests.books import bundled_book
from tests.session.streams import (
    WAYS,
    Step,
    a_counting_rulebook,
    a_stream,
    assert_each_engine_follows,
    assert_equal,
)


@pytest.fixture(scope="module")
def book() -> rk.Book:
    return bundled_book()


@settings(max_examples=max(1, settings().max_examples // 8))  # a rulebook is slow to draw
@given(a_counting_rulebook(), st.lists(a_stream(), min_size=3, max_size=3), DAY)
def test_after_every_fact_a_session_equals_assessing_all_facts_so_far(
    rulebook: Rulebook, streams: list[list[Step]], as_of: date | None
) -> None:
    try:
        book = Book(rulebook)
        for steps in streams:
            assert_each_engine_follows(book, steps, as_of)
    except TooManyBoxes:
        assume(False)


STARTS = {
    "origin": "filed_case",
    "authority_level": "county",
    "stage": "under_investigation",
    "coordinator_gate": "passed",
    "region": "某县",
    "township": "县直",
}
SECTOR = {"industry": "supply_coop", "causes": ["institution.asset_rules"]}


@pytest.mark.parametrize("by", WAYS)
def test_one_more_case_turns_a_whole_sector_into_a_line(book: rk.Book, by: Any) -> None:
    with book.session(by) as session:
        session.tell("L-1", **STARTS, **SECTOR, filed_on="2022-03-01")
        assert session["L-1"].layer.outcome == "point"
        session.tell("L-2", **STARTS, filed_on="2022-04-01")
        session.changes()
        changes = session.tell("L-2", SECTOR, on=date(2022, 5, 1))
        (own,) = [c for c in changes if c.case == "L-2" and c.decision == "layer"]
        assert (own.outcome, own.rule, own.told.case) == ("line", "LAY-LINE", "L-2")
        assert set(own.facts) == set(SECTOR)
        assert own.signals["industry_cases"] == (None, 2)
        assert own.because and "行业性" in own.because.zh
        assert own.touched == ("L-1",)  # the earlier case counts the later one too
        (first,) = [c for c in changes if c.case == "L-1" and c.decision == "layer"]
        assert (first.outcome, first.signals["industry_cases"]) == ("line", (1, 2))
        early = session.tell("L-0", **STARTS, **SECTOR, filed_on="2022-02-01")
        assert {c.case for c in early} == {"L-0"}  # the others were a line already
        (third,) = [c for c in early if c.decision == "layer"]
        assert (third.outcome, third.signals["industry_cases"], third.touched) == ("line", (None, 3), ())
        assert session.changes() == [*changes, *early]
        assert session.changes() == []


@pytest.mark.parametrize("by", WAYS)
@pytest.mark.parametrize("fact,value", [("startup", "start"), ("industry_cases", 3)])
def test_an_outcome_or_a_signal_that_is_stated_and_taken_back(book: rk.Book, by: Any, fact: str, value: Any) -> None:
    told = {**STARTS, **SECTOR, "filed_on": "2022-03-01", "coordinator_gate": "rejected"}
    session = book.session(by)
    session.tell("S-1", told)
    for stated in ({fact: value}, {}, {fact: value}):
        if stated:
            session.tell("S-1", stated)
        else:
            session.retract("S-1", fact)
        wanted = book.assess({"id": "S-1", **told, **stated}, history=[{"id": "S-1", **told, **stated}])
        assert session["S-1"].decisions == wanted.decisions
        assert session["S-1"].layer.needs == wanted.layer.needs


@pytest.mark.parametrize("by", WAYS)
def test_the_next_question_follows_every_fact(book: rk.Book, by: Any) -> None:
    session = book.session(by)
    (startup,) = [c for c in session.tell("Q-1", origin="filed_case") if c.decision == "startup"]
    assert startup.next_question is not None and startup.next_question.ask is not None
    asked = []
    while (need := session.next_question("Q-1")) and session["Q-1"].startup.status == "undetermined":
        asked.append(need.fact)
        answers = {"authority_level": "city", "form": "fourth", "stage": "sanctioned", "form_provisional": False}
        session.tell("Q-1", {need.fact: answers[need.fact]})
    assert asked and session["Q-1"].startup.outcome == "start"


def test_every_decision_of_the_examples_told_fact_by_fact(book: rk.Book) -> None:
    cases = book.read_cases(Path(__file__).parents[2] / "examples" / "history" / "cases.yaml")
    session, told = book.session("compiled"), {}
    for case in cases[:4]:
        for name, value in case.to_dict().items():
            if name != "id":
                session.tell(case.id, {name: value})
                told.setdefault(case.id, {})[name] = value
                assert_equal(session, book, told, None)


@pytest.mark.parametrize(
    "facts",
    [
        {"form": "fifth"},
        {"people_involved": True},
        {"people_involved": "1"},
        {"nothing": 1},
        {"id": "X-2"},
        {"findings": [{"cause": "no.such"}]},
        {"findings": "text"},
        {"unit": "张某110101199003070000"},
        {"filed_on": "2022-02-30"},
    ],
)
def test_bad_facts_are_refused_in_words_and_leave_the_session_as_it_was(book: rk.Book, facts: dict[str, Any]) -> None:
    session = book.session("compiled")
    session.tell("X-1", form="second", unit="某局")
    before, taken = session["X-1"].to_dict(), session.changes()
    with pytest.raises(rk.CaseError) as raised:
        session.tell("X-1", {"stage": "sanctioned", **facts})
    (problem,) = raised.value.problems
    assert problem.path == "session, case X-1"
    assert taken and session["X-1"].to_dict() == before and not session.changes()
    assert {c.case for c in session.tell("X-1", origin="filed_case")} == {"X-1"}


def test_what_was_told_last_holds_and_none_takes_back(book: rk.Book) -> None:
    session = book.session("compiled")
    session.tell("X-1", form="second", causes=["power.top_leader"], findings=[{"cause": "institution.asset_rules"}])
    session.tell("X-1", form="fourth", on=date(2020, 1, 1))
    assert session["X-1"].case.facts["form"] == "fourth"
    session.tell("X-1", findings=None)
    assert session["X-1"].case.facts["causes"] == {"power.top_leader"}
    session.retract("X-1", "causes", "form")
    assert session["X-1"].case == rk.Case(id="X-1")
    gone = session.forget("X-1")
    assert "X-1" not in session and len(session) == 0
    assert {c.decision for c in gone} == set(book.rulebook.decisions) and all(c.after is None for c in gone)


def test_wrong_use_says_what_is_wrong(book: rk.Book) -> None:
    with pytest.raises(ValueError, match="by must be one of"):
        book.session("by hand")  # type: ignore[arg-type]
    session = book.session("compiled")
    with pytest.raises(TypeError, match="not 1"):
        session.tell(1, form="second")  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="not ''"):
        session.tell("")
    with pytest.raises(TypeError, match=r"on is a datetime\.date"):
        session.tell("X-1", on=datetime(2022, 1, 1))
    for use in (session.forget, session.retract, session.__getitem__, session.next_question):
        with pytest.raises(KeyError, match="no case 'X-9'"):
            use("X-9")
    session.tell("X-1", form="second")
    with pytest.raises(TypeError, match="name the facts"):
        session.retract("X-1")
    with pytest.raises(rk.CaseError, match="RK129"):
        session.retract("X-1", "fomr")
    with pytest.raises(TypeError, match=r"each a str, not list; of a list: retract\(id, \*names\)"):
        session.retract("X-1", ["form"])  # type: ignore[arg-type]
    session.close()
    assert session["X-1"].case.facts["form"] == "second"
    with pytest.raises(ValueError, match="closed"):
        session.tell("X-1", form="second")


@pytest.mark.parametrize(("kind", "facts"), [("forget", {"form": "second"}), ("retract", {"form": "second"})])
def test_a_telling_that_tells_and_takes_back_cannot_be_made(kind: Any, facts: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=kind):
        Telling(kind, "X-1", facts)


def test_a_callback_may_tell_more_and_what_it_raises_comes_after_all_is_taken_up(book: rk.Book) -> None:
    def answer(change: rk.Change) -> None:
        if change.next_question is not None and change.next_question.fact == "form_provisional":
            session.tell(change.case, form_provisional=False)
        if change.outcome == "start":
            raise RuntimeError("no reform here")

    session = book.session("compiled", on_change=answer)
    with pytest.raises(RuntimeError, match="no reform"):
        session.tell("X-1", origin="filed_case", authority_level="city", form="fourth")
    assert session["X-1"].startup.outcome == "start"
    assert session.changes()[0].outcome == "start"  # with which the callback was not done


def test_a_callback_hears_each_change_and_they_are_not_kept_beside(book: rk.Book) -> None:
    heard: list[rk.Change] = []
    session = book.session("compiled", on_change=heard.append)
    told = session.tell("X-1", origin="filed_case", authority_level="city", form="fourth")
    assert heard == list(told) and session.changes() == []
    assert heard[0].to_dict()["after"]["status"] == heard[0].after.status  # type: ignore[union-attr]
