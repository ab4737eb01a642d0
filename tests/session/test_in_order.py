"""A session stays in order: assessments as they were given, an interrupt anywhere, memory that does not grow."""

from __future__ import annotations

import pickle
import subprocess
import sys
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given, settings

import reformkit as rk
from reformkit.book import Book
from reformkit.deciding.boxes import TooManyBoxes
from reformkit.deciding.live_signals import _LiveSignal
from reformkit.deciding.signals import Index
from reformkit.model.rulebook import Rulebook
from tests.agreement.rulebooks import DAY
from tests.session.streams import Step, a_counting_rulebook, a_stream, assert_equal, follow, take
from tests.session.test_session import SECTOR, STARTS, WAYS


@pytest.fixture(scope="module")
def book() -> rk.Book:
    return rk.load()


@settings(max_examples=max(1, settings().max_examples // 8))
@given(a_counting_rulebook(), a_stream(), DAY)
def test_an_assessment_stays_as_it_was_when_it_was_asked_for(
    rulebook: Rulebook, steps: list[Step], as_of: date | None
) -> None:
    try:
        session, told = Book(rulebook).session("compiled", as_of), {}
        for step in steps:
            held = {case_id: session[case_id] for case_id in session}
            history = [{"id": case_id, **facts} for case_id, facts in told.items()]
            wanted = {a.case.id: a for a in session.book.assess_many(history, history, as_of)}
            take(session, step)
            follow(told, step)
            assert {i: a.counts for i, a in held.items()} == {i: a.counts for i, a in wanted.items()}
            assert {i: a.to_dict() for i, a in held.items()} == {i: a.to_dict() for i, a in wanted.items()}
    except TooManyBoxes:
        assume(False)


def test_telling_and_asking_count_no_other_case_anew(book: rk.Book, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("every case is looked at")

    session = book.session("compiled")
    for number in range(5):
        session.tell(f"L-{number}", **STARTS, **SECTOR)
    with monkeypatch.context() as patch:
        patch.setattr(Index, "count", refuse)
        session.tell("L-3", filed_on="2022-03-01")
        session.tell("L-4", {**STARTS, "filed_on": "2022-03-02", "industry": None})
        assert session["L-4"].layer.status == "undetermined"
        asked = session.next_question("L-4")
        held = session["L-4"]
        with pytest.raises(AssertionError, match="every case"):
            held.counts["industry_cases"]
    assert asked == held.needs[0] and held.counts["industry_cases"].missing == ("industry",)
    assert pickle.loads(pickle.dumps(held.counts)) == held.counts


@pytest.mark.parametrize("where", ["_leave", "_join", "_counting", "put"])
def test_a_telling_interrupted_anywhere_leaves_the_session_as_it_was(
    book: rk.Book, where: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    session, told = book.session("compiled"), {}
    for number in range(4):
        told[f"L-{number}"] = {**STARTS, **SECTOR, "filed_on": f"2022-03-0{number + 1}"}
        session.tell(f"L-{number}", told[f"L-{number}"])
    method = getattr(_LiveSignal, where)
    for calls in range(12):
        left = [calls]

        def interrupted(*arguments: Any, left: list[int] = left) -> Any:
            left[0] -= 1
            if left[0] < 0:
                raise KeyboardInterrupt
            return method(*arguments)

        with monkeypatch.context() as patch:
            patch.setattr(_LiveSignal, where, interrupted)
            with suppress(KeyboardInterrupt):
                session.tell("L-1", township="某街道", filed_on="2022-05-01", coordinator_gate="rejected")
                told["L-1"] |= {"township": "某街道", "filed_on": "2022-05-01", "coordinator_gate": "rejected"}
        assert_equal(session, book, told, None)
        session.tell("L-1", STARTS, filed_on="2022-03-02")
        told["L-1"] |= {**STARTS, "filed_on": "2022-03-02"}
        assert_equal(session, book, told, None)


GROWTH = """
import gc, sys
from pathlib import Path
from random import Random
import reformkit as rk
book, chance = rk.load(), Random(1)
fields = book.rulebook.fields
session = book.session(sys.argv[1])
def go(tellings):
    for number in range(tellings):
        facts = {name: chance.choice(list(fields[name].values)) for name in ("origin", "stage", "form", "authority_level", "industry")}
        session.tell(f"c{chance.randrange(40)}", facts, region="r", filed_on=f"2022-0{chance.randrange(1, 9)}-01")
        session.changes()
    gc.collect()
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4
go(500)
before = go(100)
print(go(600) - before)
"""


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="memory is read from /proc")
@pytest.mark.parametrize("by", WAYS)
def test_the_same_cases_told_again_and_again_take_no_more_memory(by: str) -> None:
    done = subprocess.run([sys.executable, "-c", GROWTH, by], capture_output=True, text=True, check=True)
    assert int(done.stdout) < 300  # KiB, for 600 tellings
