"""A ledger is looked into without being read whole, and what is said of it is what reading all of it would say."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

import reformkit as rk
from reformkit.book import Book
from reformkit.keeping.line import Line
from reformkit.keeping.store import Store
from reformkit.practising.fold import fold
from reformkit.practising.item import ItemState
from reformkit.practising.lines import BEIJING, act_of, cases_of, day_of
from reformkit.problem import LedgerError
from tests.keeping.acting import Clock
from tests.practising.story import COORDINATOR, HANDLER, LEAD, LEADER, Story, begun, case

_UNITS = ("某区供销合作社联合社", "某区农牧局", "某区粮食和物资储备中心")


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory, book: Book) -> Iterator[Story]:
    """Six items of three units, some sent, ended, moved on or corrected, written in turns."""
    folder = tmp_path_factory.mktemp("records")
    story = begun(folder / "九原.ledger", folder, book)
    story.to_the_letters()
    story.send()
    others = [
        story.ledger.open(
            book.assess(case(book, f"EX-0{n}", unit=unit, responsible_unit=unit)), by=COORDINATOR, on=story.day
        )
        for n, unit in enumerate((*_UNITS, *_UNITS[1:]), 2)
    ]
    paper = story.paper()
    for item in others[:3]:
        story.later(1)
        item.do("register", by=HANDLER, on=story.day, evidence=[paper])
    others[0].end("单位撤并", by=LEADER, on=story.day)
    story.later(4)
    others[1].tell(decided_on=date(2022, 3, 10), by=HANDLER, on=story.day)
    others[2].correct(others[2].acts[1].seq, {"on": story.day}, "日期有误", by=COORDINATOR, on=story.day)
    others[3].merge_into(others[1], "同一单位同一问题", by=COORDINATOR, on=story.day)
    yield story
    story.ledger.close()


def folded(lines: list[Line], story: Story) -> dict[str, ItemState]:
    """Every item from all lines of the ledger, taken in their order."""
    items: dict[str, list[Line]] = {}
    for line in lines:
        items.setdefault(line.item, []).append(line)
    return {id: fold(map(act_of, own), story.ledger._records.procedure) for id, own in items.items()}


def fresh(story: Story) -> rk.Ledger:
    return rk.Ledger(
        story.folder / "九原.ledger", story.book, story.ledger.office, clock=story.clock, folder=story.folder / "files"
    )


def test_opening_a_ledger_reads_none_of_its_acts(told: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    def read(*_args: object) -> Line:
        raise AssertionError("a line was read")

    with monkeypatch.context() as patched:
        patched.setattr(Line, "read", read)
        with fresh(told) as ledger:
            assert len(ledger.items()) == 6


def test_items_one_by_one_and_all_at_once_are_what_reading_everything_makes_of_them(told: Story) -> None:
    whole = folded(list(told.ledger._store.lines()), told)
    with fresh(told) as ledger:
        assert {item.id: item.standing for item in reversed(ledger.items())} == whole
    with fresh(told) as ledger:
        assert {state.id: state for state in ledger._records.items()} == whole
    for day in {act.on for item in told.ledger.items() for act in item.acts}:
        with fresh(told) as ledger:
            stood = {state.id: state for state in ledger._records.standing(whole, day)}
            told_by = folded([line for line in ledger._store.lines() if line.said["on"] <= str(day)], told)
            assert stood == told_by


def test_items_are_found_as_looking_at_each_would_find_them(told: Story) -> None:
    whole = folded(list(told.ledger._store.lines()), told)
    number = whole["2022-点-001"].letters[0].issued.number
    with fresh(told) as ledger:
        for unit in (*_UNITS, "某区供销", "没有的单位"):
            expected = [id for id, s in whole.items() if unit in (s.opened.unit, s.opened.responsible_unit, *s.units)]
            assert [item.id for item in ledger.items(unit=unit)] == expected
        for id in ("EX-01", "EX-03", "EX-0", 'EX-01"'):
            expected = [name for name, s in whole.items() if id in cases_of(s.opened)]
            assert [item.id for item in ledger.items(case=id)] == expected
        assert [item.id for item in ledger.items(number=number)] == ["2022-点-001"]
        assert ledger.items(number="某监建〔2022〕9号") == []


def test_cases_are_those_that_all_acts_tell(told: Story) -> None:
    whole = folded(list(told.ledger._store.lines()), told)
    expected = {
        id: {k: v for k, v in facts.items() if v is not None} for s in whole.values() for id, facts in s.cases.items()
    }
    with fresh(told) as ledger:
        assert {one.id: one for one in ledger.cases()} == {
            id: told.book.checker.case({"id": id, **facts}) for id, facts in expected.items()
        }


def test_an_item_that_was_tampered_with_is_named_and_the_others_go_on(told: Story, tmp_path: Path) -> None:
    told.ledger.export(tmp_path / "台账.jsonl")
    url = tmp_path / "另一.ledger"
    rk.Ledger.restore(tmp_path / "台账.jsonl", url, told.book, told.ledger.office).close()
    connection = sqlite3.connect(url)
    connection.execute("DROP TRIGGER act_delete")
    connection.execute("DELETE FROM act WHERE item = '2022-点-001' AND n = 3")
    connection.commit()
    connection.close()
    with rk.Ledger(url, told.book, told.ledger.office, folder=told.folder / "files") as ledger:
        assert ledger.item("2022-点-003").menu()
        with pytest.raises(LedgerError) as found:
            ledger.item("2022-点-001")
        assert [problem.code for problem in found.value.problems] == ["RK542"]
        assert "第 3 条" in found.value.problems[0].message("zh")
        assert "RK540" in {problem.code for problem in ledger.verify()}


@pytest.mark.parametrize("spoilt", [{"kind": {}}, {"kind": "x"}, {"v": 99}, {"data": {}}, {"on": "x"}])
def test_a_line_that_holds_no_act_is_a_problem(told: Story, spoilt: dict[str, object]) -> None:
    line = next(iter(told.ledger._store.lines()))
    with pytest.raises(LedgerError) as raised:
        act_of(Line(line.text, line.hash, {**line.said, **spoilt}))
    (problem,) = raised.value.problems
    assert problem.code == "RK542" and len(problem.message("en").splitlines()) == 1


def test_an_act_that_does_not_fit_the_others_is_a_problem(told: Story) -> None:
    lines = [act_of(line) for line in told.ledger._store.lines(item="2022-点-001")]
    at = next(at for at, act in enumerate(lines) if act.kind == "opinion")
    lines[at] = lines[at].model_copy(update={"data": lines[at].data.model_copy(update={"ended": "x"})})
    with pytest.raises(LedgerError, match=r"RK542 .*does not fit the acts before it"):
        fold(lines, told.ledger._records.procedure)


def test_the_last_act_before_a_day_is_found_by_halving(tmp_path: Path) -> None:
    chance, clock = random.Random(3), Clock()
    with Store(tmp_path / "台账.ledger", clock=clock) as store:
        for count in range(40):
            clock.now += timedelta(hours=chance.choice((0, 0, 5, 30)))
            store.write(lambda turn, count=count: turn.append("A", {"kind": "done", "count": count}))
        days = [day_of(line.at) for line in store.lines()]
        with store.reading() as pages:
            for shift in range(-2, (days[-1] - days[0]).days + 3):
                day = days[0] + timedelta(days=shift)
                assert pages.last_before(day, day_of) == sum(written < day for written in days)


def test_a_day_is_the_day_in_china() -> None:
    assert day_of(datetime(2022, 3, 4, 23, 30, tzinfo=BEIJING)) == date(2022, 3, 4)
    assert day_of(datetime.fromisoformat("2022-03-04T17:00:00+00:00")) == date(2022, 3, 5)


def test_a_late_act_stays_out_of_the_memory_of_a_failed_turn(told: Story) -> None:
    with fresh(told) as ledger:
        item = ledger.item("2022-点-001")
        before = item.standing
        with pytest.raises(rk.RefusedError):
            item.do("archive", by=LEAD, on=told.day)
        assert item.standing == before


def test_of_many_items_only_so_many_are_kept_and_all_are_looked_at(
    told: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    early, late = date(2022, 3, 20), date(2022, 12, 30)

    def looked_at(ledger: rk.Ledger) -> list[object]:
        sheets = [ledger.dispatch(day).to_dict() for day in (early, late, late)]
        states = [repr(ledger.item(item.id).standing) for item in reversed(ledger.items())]
        return [*sheets, states, [item.id for item in ledger.items(overdue=True, as_of=late)]]

    with fresh(told) as whole, fresh(told) as bounded:
        expected = looked_at(whole)
        monkeypatch.setattr("reformkit.practising.records._MOST", 2)
        monkeypatch.setattr("reformkit.practising.records._MANY", 2)
        assert looked_at(bounded) == expected
        assert len(bounded._records._states) == 2
        assert len(whole._records._states) == 6
