"""Cases counted as they come and change are counted as over a history that is given at once."""

from __future__ import annotations

import random
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import reformkit as rk
from reformkit.assessing.history import hang_on_the_day
from reformkit.book import Book
from reformkit.deciding.prepared_signal import PreparedSignal
from reformkit.model.rulebook import Signal
from tests.practising.story import COORDINATOR, HANDLER, Story, case

YEAR = Path(__file__).parents[2] / "examples" / "year" / "cases.csv"


@pytest.fixture(scope="module")
def year(book: Book) -> list[rk.Case]:
    return [book.checker.case(read) for read in book.read_cases(YEAR)]


@pytest.mark.parametrize("seed", range(4))
def test_a_case_that_changes_is_counted_as_it_is_now(book: Book, year: list[rk.Case], seed: int) -> None:
    chance, live, told = random.Random(seed), book.live_counter(), dict[str, rk.Case]()
    assert live is not None
    for _ in range(120):
        said = chance.choice(year[:40]).to_dict()
        dropped = chance.sample(sorted(said.keys() - {"id"}), k=chance.randint(0, 3))
        other = chance.choice(year[:40]).to_dict()
        changed: dict[str, Any] = {k: v for k, v in said.items() if k not in dropped}
        for name in chance.sample(sorted(other.keys() & said.keys() - {"id"}), k=1):
            changed[name] = other[name]
        told[said["id"]] = book.checker.case(changed)
        live.put(told[said["id"]])
    for day in (None, date(2022, 6, 1), date(2023, 1, 3)):
        still = book.counter(told.values(), day)
        for asked in year[20:60]:
            assert live.counted(asked, day) == still.counted(asked, day)


def test_an_id_that_is_compared_as_another_is_refused(book: Book) -> None:
    live = book.live_counter()
    assert live is not None
    live.put(case(book, "JY-1"))
    with pytest.raises(rk.CaseError) as refused:
        live.put(case(book, "JY-①"))
    assert [problem.code for problem in refused.value.problems] == ["RK805"]


def test_what_hangs_on_the_day_of_judging_is_told(book: Book) -> None:
    assert not hang_on_the_day(book.signals)
    one = next(iter(book.signals.values()))
    dated = next(name for name, field in one.fields.items() if field.derived is not None and field.derived.day)
    signal = Signal.model_validate({**one.signal.model_dump(), "same": (dated,), "where": None, "share": None})
    assert hang_on_the_day({"dated": PreparedSignal(signal, one.fields, one.dates)})


def test_a_ledgers_cases_are_those_that_another_reader_of_it_finds(story: Story) -> None:
    ledger = story.ledger
    second = ledger.open(story.book.assess(case(story.book, "EX-02")), by=COORDINATOR, on=story.day)
    assert [one.id for one in ledger.cases()] == ["EX-01", "EX-02"]
    story.item.tell(by=HANDLER, on=story.day, township="某镇")
    second.do("register", by=HANDLER, on=story.day)
    second.do("first_gate", opinion="passed", by=COORDINATOR, on=story.day)
    with rk.Ledger(story.folder / "九原.ledger", story.book, ledger.office, read_only=True) as other:
        assert [one.to_dict() for one in other.cases()] == [one.to_dict() for one in ledger.cases()]
    assert ledger.cases()[0].facts["township"] == "某镇"
    assert ledger.cases()[1].facts["coordinator_gate"] == "passed"
