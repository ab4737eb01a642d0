"""A history prepared once counts as the cases would; what is wrong with one case is said of that case."""

from __future__ import annotations

import pickle
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest

import reformkit as rk
from tests.books import bundled_book

BOOK = bundled_book()
YEAR = BOOK.read_cases(Path(__file__).resolve().parents[1] / "examples" / "year" / "cases.csv")[:80]
COUNTER = BOOK.counter(YEAR)


@pytest.mark.parametrize("as_of", [None, date(2023, 1, 10)])
def test_a_counter_counts_as_its_cases_do_whatever_the_day(as_of: date | None) -> None:
    listed = [a.to_json() for a in BOOK.assess_many(YEAR[:20], YEAR, as_of)]
    assert [BOOK.assess(case, COUNTER, as_of).to_json() for case in YEAR[:20]] == listed
    assert [a.to_json() for a in BOOK.assess_many(YEAR[:20], COUNTER, as_of)] == listed


def test_a_case_is_included_or_takes_the_place_of_its_earlier_state() -> None:
    fewer = BOOK.counter(YEAR[:-1])
    same = {a.case.id: a.counts for a in BOOK.assess_many(YEAR, COUNTER)}
    assert {a.case.id: a.counts for a in BOOK.assess_many(YEAR, fewer.including(YEAR[-1]))} == same
    assert len(fewer) == len(YEAR) - 1
    moved = YEAR[0].to_dict() | {"region": "another"}
    counts = {a.case.id: a.counts for a in BOOK.assess_many(YEAR[1:], COUNTER.including(moved))}
    assert counts == {a.case.id: a.counts for a in BOOK.assess_many(YEAR[1:], [moved, *YEAR[1:]])}
    with pytest.raises(rk.CaseError, match="RK805"):
        fewer.including({"id": YEAR[0].id.replace("-", "－")})
    with pytest.raises(rk.CaseError, match="RK121"):
        fewer.including({"form": "fourth"})


def test_a_counter_belongs_to_its_rulebook_and_goes_to_other_processes() -> None:
    other = rk.load({
        "rulebook.yaml": "{name: a, vocabulary: b.yaml}",
        "b.yaml": "fields: {urgent: {type: flag, label: 紧急}}",
        "c.yaml": "{decision: c, title: 丙, hit: first, outcomes: [x], rules: [{id: C-1, when: {urgent: true}, then: x}]}",
    })  # fmt: skip
    with pytest.raises(ValueError, match="another rulebook"):
        BOOK.assess(YEAR[0], other.counter([]))
    sent = pickle.loads(pickle.dumps(COUNTER))
    assert BOOK.assess(YEAR[3], sent).counts == BOOK.assess(YEAR[3], COUNTER).counts
    assert BOOK.reloaded().assess(YEAR[3], COUNTER).counts == BOOK.assess(YEAR[3], COUNTER).counts


def test_a_signal_that_the_caller_states_wins_over_what_would_be_counted_by_every_way_in() -> None:
    case = next(a.case.to_dict() for a in BOOK.assess_many(YEAR, COUNTER) if a.counts["industry_cases"].value == 1)
    stated = {**case, "industry_cases": 7}
    found = [BOOK.assess(stated), BOOK.assess(stated, COUNTER), *BOOK.assess_many([stated], COUNTER)]
    with BOOK.session(by="compiled") as session:
        session.tell(stated["id"], **{name: value for name, value in stated.items() if name != "id"})
        found.append(session[stated["id"]])
    assert [a.facts["industry_cases"] for a in found] == [7] * 4
    assert BOOK.assess(case, COUNTER).facts["industry_cases"] == 1
    assert all(a.receipt()["case"]["industry_cases"] == 7 for a in found)
    row = BOOK.assess_frame(pl.DataFrame([{k: v for k, v in stated.items() if k != "findings"}]), "self").to_dicts()[0]
    assert (row["industry_cases"], row["layer"]) == (7, found[1].layer.outcome)


def test_threads_share_a_book_and_a_counter() -> None:
    alone = [BOOK.assess(case, COUNTER).to_json() for case in YEAR]
    fresh = rk.load()
    counter = fresh.counter(YEAR)
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(lambda case: fresh.assess(case, counter).to_json(), YEAR))
    assert together == alone


def test_a_bad_case_stands_in_the_place_of_its_assessment() -> None:
    cases = [YEAR[0], {"id": "A-1", "form": "fifth"}, {"form": "fourth"}, YEAR[1]]
    marked = list(BOOK.assess_many(cases, on_problem="mark"))
    assert [type(given) for given in marked] == [rk.Assessment, rk.CaseError, rk.Assessment, rk.Assessment]
    assert str(marked[1]).startswith("<cases>:2:1: A-1: RK130")
    marked = list(BOOK.assess_many(cases, COUNTER, on_problem="mark"))
    assert [type(given) for given in marked] == [rk.Assessment, rk.CaseError, rk.CaseError, rk.Assessment]
    assert marked[0].to_json() == BOOK.assess(YEAR[0], COUNTER).to_json()  # type: ignore[union-attr]
    with pytest.raises(rk.CaseError, match="RK130"):
        list(BOOK.assess_many(cases))
    with pytest.raises(ValueError, match="on_problem"):
        BOOK.assess_many(cases, on_problem="skip")  # type: ignore[call-overload]


def test_what_is_no_case_at_all_is_marked_in_words_and_the_others_are_assessed() -> None:
    given: list[Any] = [YEAR[0], None, 5, [("form", "fourth")], YEAR[1]]
    for history in (None, COUNTER):
        marked = list(BOOK.assess_many(given, history, on_problem="mark"))
        errors = [error.problems for error in marked if isinstance(error, rk.CaseError)]
        said = [(p.code, str(p.place), p.message("en")[-14:]) for (p,) in errors]
        assert [(code, place) for code, place, _ in said] == [("RK855", f"<cases>:{n}:1") for n in (2, 3, 4)]
        assert [words.split()[0] for *_, words in said] == ["None", "int", "list"]
    counter = BOOK.counter(given, on_problem="mark")
    assert len(counter) == 2 and [p.code for p in counter.problems] == ["RK855"] * 3
    for raising in (lambda: list(BOOK.assess_many(given)), lambda: BOOK.counter(given)):
        with pytest.raises(TypeError, match="a case is a Case or a dict of facts, not None"):
            raising()


def test_a_bad_case_of_a_history_is_named_with_its_number_and_id() -> None:
    history = [YEAR[0].to_dict(), {"id": "A-1", "form": "fifth"}, {"form": "fourth"}, YEAR[0].to_dict()]
    with pytest.raises(rk.CaseError) as error:
        BOOK.assess(YEAR[1], history)
    said = [(p.place.line, p.case, p.code) for p in error.value.problems]
    assert said == [(2, "A-1", "RK130"), (3, None, "RK121"), (4, YEAR[0].id, "RK172")]
    counter = BOOK.counter(history, on_problem="mark")
    assert len(counter) == 1
    assert counter.problems == tuple(error.value.problems)
    read = BOOK.read_case_file(
        "id,region,form\nA-1,x,第四种形态\nA-1,y,第四种形态\n", name="year.csv"
    )  # of a file, its row
    assert [str(p.place) for p in read.problems if p.severity == "error"] == ["year.csv:3:1"]


@pytest.mark.parametrize("as_of", [None, date(2022, 9, 1)])
def test_counts_in_short_have_the_values_of_those_that_name_cases(as_of: date | None) -> None:
    cases = [*YEAR, *({**case.to_dict(), "id": f"{case.id}-2", "region": None} for case in YEAR[:10])]
    cases += [{**case.to_dict(), "id": f"{case.id}-3", "causes": None, "findings": []} for case in YEAR[10:20]]
    cases += [{**case.to_dict(), "id": f"{case.id}-4", "position": None, "decided_on": None} for case in YEAR[20:40]]
    counter = BOOK.counter(cases, as_of)
    for a in BOOK.assess_many(cases, counter, as_of):
        named = {name: (c.value, c.missing, c.possible) for name, c in a.counts.items()}
        assert {n: (c.value, c.missing, c.possible) for n, c in counter.in_short(a.case, as_of).counts.items()} == named
