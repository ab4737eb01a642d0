"""An office's earlier ledger is taken over row by row, all of it or nothing, and once only."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import openpyxl
import pytest

import reformkit as rk
from reformkit.book import Book
from reformkit.ledger.taking_over import TakenOver, take_over
from reformkit.problem_codes.taking_over import TAKING_OVER
from tests.practising.story import COORDINATOR, Clock, office

EXAMPLE = Path(__file__).parents[2] / "examples" / "old-ledger"
BY = ("0017", "0042", "0023", "0024", "0031")
Table = list[list[str]]


@pytest.fixture
def table(tmp_path: Path) -> Table:
    """The example as rows of cells; its paper of acceptance lies beside the table that is written of it."""
    shutil.copy(EXAMPLE / "核查记录-01.txt", tmp_path)
    with (EXAMPLE / "台账.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


@pytest.fixture
def ledger(tmp_path: Path, book: Book) -> rk.Ledger:
    return rk.Ledger(tmp_path / "新.ledger", book, office(), clock=Clock(date(2023, 1, 9)))


def taken(ledger: rk.Ledger, table: Table, folder: Path, *, fill: bool = True, dry_run: bool = False) -> TakenOver:
    path = folder / "台账.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(table)
    return take_over(ledger, path, by=BY, fill_steps=fill, dry_run=dry_run)


def put(table: Table, row: int, heading: str, words: str) -> None:
    table[row][table[0].index(heading)] = words


def test_each_row_becomes_an_item_that_stands_where_the_row_says(
    ledger: rk.Ledger, table: Table, tmp_path: Path
) -> None:
    taken(ledger, table, tmp_path)
    assert [(item.id, item.state().label.zh) for item in ledger.items()] == [
        ("2022-点-001", "再监督"),
        ("2022-点-002", "整改中"),
        ("2022-专项-001", "已发文待签收"),
    ]
    acts = [act for item in ledger.items() for act in item.acts]
    assert all("台账.csv" in (act.late or "") for act in acts)
    assert all(act.evidence or getattr(act.data, "file", None) for act in acts if act.kind != "accepted")
    assert [item.id for item in ledger.items(number="某监建〔2022〕2号")] == ["2022-点-002"]
    assert ledger.verify() == []
    assert "reused" not in {row.section for row in ledger.dispatch().rows}  # each row is a paper of its own


def test_a_second_run_writes_only_what_the_table_has_come_to_say(
    ledger: rk.Ledger, table: Table, tmp_path: Path
) -> None:
    first = taken(ledger, table, tmp_path)
    anchor = ledger.anchor()
    again = taken(ledger, table, tmp_path)
    assert (again.acts, ledger.anchor()) == (0, anchor)
    assert sum(row.already for row in again.rows) == first.acts
    put(table, 2, "回复日期", "2022-08-08")
    put(table, 2, "整改完成日期", "2022-08-05")
    put(table, 2, "整改方案日期", "2022-06-20")
    assert taken(ledger, table, tmp_path).acts == 3
    assert ledger.item("2022-点-002").state().label.zh == "待验收"


def test_a_trial_leaves_nothing(ledger: rk.Ledger, table: Table, tmp_path: Path) -> None:
    tried = taken(ledger, table, tmp_path, dry_run=True)
    assert tried.tried and tried.acts > 20
    assert (ledger.items(), ledger.anchor().split(":")[0]) == ([], "0")
    assert not list((tmp_path / "新.ledger.files").rglob("*"))
    assert taken(ledger, table, tmp_path).acts == tried.acts


def test_a_workbook_says_the_same_as_a_csv(ledger: rk.Ledger, table: Table, tmp_path: Path, book: Book) -> None:
    taken(ledger, table, tmp_path)
    sheet = openpyxl.Workbook()
    for row in table:
        sheet.active.append([_cell(cell) for cell in row])
    sheet.save(tmp_path / "台账.xlsx")
    with rk.Ledger(tmp_path / "二.ledger", book, office(), clock=Clock(date(2023, 1, 9))) as other:
        take_over(other, tmp_path / "台账.xlsx", by=BY, fill_steps=True)
        for one, same in zip(ledger.items(), other.items(), strict=True):
            assert [(act.kind, act.on, act.by) for act in one.acts] == [(a.kind, a.on, a.by) for a in same.acts]


def _cell(words: str) -> object:
    parts = words.replace("/", "-").split("-")
    return date(*map(int, parts)) if len(parts) == 3 and all(map(str.isdigit, parts)) else words


Change = Callable[[Table], None]
FAULTS: dict[str, tuple[Change, str, str]] = {
    "no day of opening": (lambda t: put(t, 1, "立项日期", ""), "RK841", "2:1"),
    "no column of days of opening": (lambda t: put(t, 0, "立项日期", "备注"), "RK841", "1:1"),
    "no such procedure": (lambda t: put(t, 1, "办理流程", "块"), "RK842", "2:1"),
    "a step that the procedure lacks": (lambda t: put(t, 3, "第一关日期", "2022-07-02"), "RK843", "4:1"),
    "a number without a day": (lambda t: put(t, 3, "发函日期", ""), "RK844", "4:1"),
    "a number of no letter": (lambda t: put(t, 3, "文号", "某府〔2022〕3号"), "RK845", "4:1"),
    "more suggestions than criteria": (lambda t: put(t, 3, "建议内容", "一；二"), "RK847", "4:1"),
    "a day that is none": (lambda t: put(t, 1, "回复日期", "六月初"), "RK134", "2:"),
    "a result that is none": (lambda t: put(t, 1, "结果", "尚可"), "RK130", "2:"),
    "accepted without a paper": (lambda t: put(t, 1, "验收材料", ""), "RK657", "2:1"),
    "a paper that is not there": (lambda t: put(t, 1, "验收材料", "没有.pdf"), "RK535", "2:1"),
    "a reply before the letter": (lambda t: put(t, 1, "签收日期", "2022-04-01"), "RK644", "2:1"),
    "a number that runs backwards": (lambda t: put(t, 2, "发函日期", "2022-04-05"), "RK612", "3:1"),
    "one id twice": (lambda t: put(t, 2, "案件编号", "JY-2022-01"), "RK172", "3:"),
    "an unknown column": (lambda t: put(t, 0, "事项名称", "事项名"), "RK129", "1:"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_one_row_that_cannot_be_taken_keeps_all_out(
    ledger: rk.Ledger, table: Table, tmp_path: Path, fault: str
) -> None:
    change, code, place = FAULTS[fault]
    change(table)
    with pytest.raises(rk.RefusedError) as refused:
        taken(ledger, table, tmp_path)
    found = [p for p in refused.value.problems if p.code == code]
    assert found, refused.value.problems
    assert str(found[0].place).removeprefix(f"{tmp_path}/台账.csv:").startswith(place)
    assert ledger.items() == []
    assert not [path for path in (tmp_path / "新.ledger.files").rglob("*") if path.is_file()]


def test_steps_without_a_day_are_asked_for_all_at_once(ledger: rk.Ledger, table: Table, tmp_path: Path) -> None:
    for row in (1, 2):
        put(table, row, "三方向剖析日期", "")
    with pytest.raises(rk.RefusedError) as refused:
        taken(ledger, table, tmp_path, fill=False)
    missing = [p for p in refused.value.problems if p.code == "RK846"]
    assert [p.place.line for p in missing] == [2, 3, 4]
    taken(ledger, table, tmp_path)
    (analysis,) = (a for a in ledger.item("2022-点-001").acts if getattr(a.data, "step", None) == "analysis")
    assert analysis.on == date(2022, 3, 30)  # that of the second gate, and said so
    assert "未记这一步的日期" in (analysis.late or "")


def test_what_was_taken_over_is_not_changed_by_the_table(ledger: rk.Ledger, table: Table, tmp_path: Path) -> None:
    taken(ledger, table, tmp_path)
    put(table, 1, "发函日期", "2022-04-08")
    with pytest.raises(rk.RefusedError) as refused:
        taken(ledger, table, tmp_path)
    assert [p.code for p in refused.value.problems if p.severity == "error"] == ["RK848"]


def test_two_headings_of_one_meaning_say_the_same_or_are_refused(
    ledger: rk.Ledger, table: Table, tmp_path: Path
) -> None:
    for row, words in zip(table, ("启动日期", "2022-03-05", "", "", ""), strict=True):
        row.append(words)
    with pytest.raises(rk.RefusedError) as refused:
        taken(ledger, table, tmp_path)
    assert "RK840" in [p.code for p in refused.value.problems]


def test_every_problem_of_taking_over_is_met_here() -> None:
    met = {code for _change, code, _place in FAULTS.values()} | {"RK840", "RK846", "RK848", "RK849"}
    assert TAKING_OVER.keys() <= met


def test_a_matter_is_not_split_into_two_items_of_one_title(ledger: rk.Ledger) -> None:
    matter = {"unit": "某局", "title": "惠民补贴专项监督"}
    said = {"procedure": "special", "by": COORDINATOR, "on": date(2023, 1, 9)}
    ledger.open(matter=matter, **said)
    with pytest.raises(rk.RefusedError) as refused:
        ledger.open(matter=matter | {"unit": "某 局"}, **said)
    assert [problem.code for problem in refused.value.problems] == ["RK849"]
    ledger.open(matter=matter | {"title": "招标采购专项监督"}, **said)
    ledger.open(matter=matter | {"unit": "某镇"}, **said)
    assert len(ledger.items()) == 3


def test_acts_done_together_stand_together_or_not_at_all(ledger: rk.Ledger, book: Book) -> None:
    def opened() -> rk.Item:
        return ledger.open(procedure="special", matter={"unit": "某局"}, by=COORDINATOR, on=date(2023, 1, 9))

    with pytest.raises(rk.RefusedError), ledger.together():
        opened().do("problems", by=COORDINATOR, on=date(2023, 1, 9))  # the supervisor's
    assert (ledger.items(), ledger.cases()) == ([], [])
    with ledger.together():
        first = opened()
        with pytest.raises(rk.RefusedError):
            first.do("problems", by=COORDINATOR, on=date(2023, 1, 9))
        second = opened()
        assert [first.id, second.id] == [item.id for item in ledger.items()]
    assert [len(item.acts) for item in ledger.items()] == [1, 1]
    assert ledger.verify() == []
