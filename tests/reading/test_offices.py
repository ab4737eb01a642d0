"""Tables as offices keep them: CSV and workbooks take values as people write them; other ways in do not."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import reformkit as rk
from reformkit.files.batches import Batches
from reformkit.files.opening import CaseFile, read_cases
from reformkit.files.table_batches import TableBatches
from reformkit.reading.as_written import COUNTED_IN, count_said, day_said, tags_said
from tests.books import bundled_book


@pytest.fixture(scope="module")
def book() -> rk.Book:
    return bundled_book()


def table(folder: Path, rows: list[list[str]], name: str = "t.csv") -> Path:
    path = folder / name
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows(rows)
    return path


def read(book: rk.Book, folder: Path, heads: str, *cells: str) -> CaseFile:
    return read_cases(table(folder, [["编号", *heads.split()], ["A-1", *cells]]), book.rulebook)


def said(file: CaseFile) -> list[tuple[str, str]]:
    return [(p.code, p.severity) for p in file.problems]


@pytest.mark.parametrize(
    ("head", "cell", "value"),
    [
        *[
            ("立案日期", day, date(2022, 3, 1))
            for day in ["2022/3/1", "2022.3.1", "2022年3月1日", "2022-3-1", "２０２２/３/１"]
        ],
        ("立案日期", "2022/3/1 0:00", date(2022, 3, 1)),
        *[("是否共性问题", mark, True) for mark in ["TRUE", "True", "√", "✓", "是"]],
        *[("是否共性问题", mark, False) for mark in ["FALSE", "×", "否"]],
        *[("涉案人数", count, 2) for count in ("2", "2.0", "2人", "２ 名", "2 人")],
        ("已查明症结", "institution.asset_rules\ninstitution.contract_rules", {"asset_rules", "contract_rules"}),
        ("已查明症结", "1. institution.asset_rules；2、institution.contract_rules", {"asset_rules", "contract_rules"}),
        ("已查明症结", "无", set()),
    ],
)
def test_a_value_is_taken_as_people_write_it(book: rk.Book, tmp_path: Path, head: str, cell: str, value: Any) -> None:
    by_label = {field.label.zh: name for name, field in book.rulebook.fields.items()}
    name = (
        by_label.get(head)
        or {"是否共性问题": "common_issue", "涉案人数": "people_involved", "已查明症结": "causes"}[head]
    )
    found = read(book, tmp_path, book.rulebook.fields[name].label.zh, cell)
    assert said(found) == []
    got = found.cases[0].facts[name]
    assert got == ({f"institution.{tag}" for tag in value} if isinstance(value, set) else value)


@pytest.mark.parametrize(
    ("name", "cell"),
    [
        *[("filed_on", day) for day in ("3/1/2022", "2022/3.1", "2022/2/30", "20220301")],
        *[("people_involved", "2万人"), ("people_involved", "2.5"), ("common_issue", "有"), ("causes", "某词、某词")],
    ],
)
def test_what_may_be_meant_in_two_ways_is_refused(book: rk.Book, tmp_path: Path, name: str, cell: str) -> None:
    found = read(book, tmp_path, name, cell)
    assert [severity for _, severity in said(found)] == ["error"]
    assert found.cases == []


@pytest.mark.parametrize("name", ["filed_on", "people_involved", "common_issue", "authority_level", "causes", "region"])
@pytest.mark.parametrize("word", ["不详", "待查", "/", "N/A", "—"])
def test_a_word_for_not_known_is_unknown_with_a_warning(book: rk.Book, tmp_path: Path, name: str, word: str) -> None:
    found = read(book, tmp_path, name, word)
    assert said(found) == [("RK803", "warning")]
    assert name not in found.cases[0].facts
    assert [p.code for p in found.cases[0].problems] == ["RK803"]


def test_other_ways_in_take_one_form_only(book: rk.Book, tmp_path: Path) -> None:
    path = tmp_path / "c.yaml"
    for name, word in (("filed_on", "2022/3/1"), ("people_involved", "2人"), ("common_issue", "√"), ("form", "不详")):
        path.write_text(f"- {{id: A, {name}: '{word}'}}\n", encoding="utf-8")
        assert [p.severity for p in read_cases(path, book.rulebook).problems] == ["error"], name
        with pytest.raises(rk.CaseError):
            book.assess({"id": "A", name: word})


def test_a_comma_of_enumeration_splits_where_one_way_gives_labels_only() -> None:
    labels = {"甲": "a", "乙": "b", "甲、乙": "ab", "丙": "c", "丁、戊": "de"}
    assert tags_said("甲、丙", labels.get) == ["甲", "丙"]
    assert tags_said("丙、丁、戊", labels.get) == ["丙", "丁、戊"]
    assert tags_said("甲、乙", labels.get) == ["甲、乙"]
    assert tags_said("丙、甲、乙", labels.get) == ["丙、甲、乙"]  # two ways
    assert tags_said("丙、某词", labels.get) == ["丙、某词"]


@given(st.dates(date(1000, 1, 1)), st.sampled_from(["{y}/{m}/{d}", "{y}.{m}.{d}", "{y}年{m}月{d}日", "{y}-{m}-{d}"]))
def test_every_day_is_read_in_every_form(day: date, form: str) -> None:
    assert day_said(form.format(y=day.year, m=day.month, d=day.day)) == day


@given(st.integers(0, 10**17), st.sampled_from(["{}", "{}.0", "{:,}", *("{}" + w for w in COUNTED_IN.split("|"))]))
def test_every_count_is_read_in_every_form(count: int, form: str) -> None:
    assert count_said(form.format(count)) == count


# --- columns and rows ----------------------------------------------------------------------------------


def test_headings_with_breaks_stars_and_notes_are_found(book: rk.Book, tmp_path: Path) -> None:
    rows = [["*编号", "机关\n层级", "立案日期（必填）"], ["A-1", "县级", "2022/3/1"]]
    found = read_cases(table(tmp_path, rows), book.rulebook)
    assert said(found) == []
    assert found.cases[0].to_dict() == {"id": "A-1", "authority_level": "county", "filed_on": "2022-03-01"}


def test_columns_that_are_no_facts_are_told_apart(book: rk.Book, tmp_path: Path) -> None:
    rows = [
        ["编号", "序号", "备注", "姓名", "立案日其", "办结情况", "机关层级"],
        ["A-1", "1", "无", "某", "x", "已办", "县级"],
    ]
    found = read_cases(table(tmp_path, rows), book.rulebook)
    assert [(p.code, p.severity, p.column) for p in found.problems] == [
        ("RK808", "error", 10),
        ("RK129", "error", 13),
        ("RK809", "warning", 18),
    ]
    assert found.cases[0].facts == {"authority_level": "county"}


@pytest.mark.parametrize(
    "rest", [["9", "合计", ""], ["9", "合计", "3"], ["9", "共2件"], ["合计", "", "3"], ["", "合计", ""]]
)
def test_a_row_of_totals_may_have_a_running_number(book: rk.Book, tmp_path: Path, rest: list[str]) -> None:
    rows = [["序号", "编号", "涉案人数"], ["1", "A-1", "3"], rest + [""] * (3 - len(rest))]
    found = read_cases(table(tmp_path, rows), book.rulebook)
    assert said(found) == [("RK810", "warning")]
    assert [case.id for case in found.cases] == ["A-1"]


@pytest.mark.parametrize("word", ["合计", "总 计", "小计：", "合计：3件", "共2件", "本页合计", "合计２起"])
def test_rows_of_totals_are_said_and_are_no_cases(book: rk.Book, tmp_path: Path, word: str) -> None:
    rows = [["编号", "涉案人数"], ["A-1", "3"], [word, "3"], ["", ""]]
    path = table(tmp_path, [[*row] for row in rows])
    found = read_cases(path, book.rulebook)
    assert said(found) == [("RK810", "warning")]
    assert [case.id for case in found.cases] == ["A-1"]
    batches: Batches = TableBatches(str(path), book.rulebook)
    (batch,) = batches.batches(100)
    assert (batch.unread, [bad.problem.code for bad in batch.bad]) == ([], ["RK810"])


@pytest.mark.parametrize(
    "row", [["注：以上为一季度"], ["填表人：甲", "审核人：乙"], ["", "备 注1: 略"], ["Note: first quarter"]]
)
def test_notes_beneath_a_table_are_said_and_are_no_cases(book: rk.Book, tmp_path: Path, row: list[str]) -> None:
    rows = [["编号", "涉案人数"], ["A-1", "3"], row + [""] * (2 - len(row)), ["注-2", ""]]
    path = table(tmp_path, [[*each] for each in rows])
    found = read_cases(path, book.rulebook)
    assert said(found) == [("RK838", "warning")]
    assert "甲" not in str(found.problems[0])
    assert [case.id for case in found.cases] == ["A-1", "注-2"]
    batches: Batches = TableBatches(str(path), book.rulebook)
    (batch,) = batches.batches(100)
    assert (batch.unread, [bad.problem.code for bad in batch.bad]) == ([], ["RK838"])


@pytest.mark.parametrize(("char", "name"), [(";", "semicolons"), ("\t", "tabs"), ("，", "full-width commas")])
def test_another_separator_is_named(book: rk.Book, tmp_path: Path, char: str, name: str) -> None:
    path = tmp_path / "t.csv"
    path.write_text(f"编号{char}机关层级\nA-1{char}县级\n", encoding="utf-8")
    (problem,) = read_cases(path, book.rulebook).problems
    assert problem.code == "RK821" and name in problem.message("en")


def test_batches_read_cells_as_files_do(book: rk.Book, tmp_path: Path) -> None:
    heads = ["编号", "filed_on", "people_involved", "common_issue", "causes", "region", "unit"]
    rows = [
        ["A-1", "2022/3/1", "2人", "√", "1.institution.asset_rules", "九原区", "某局"],
        ["A-2", "不详", "3.0", "FALSE", "无", "九原 区", "某\u200b局"],
        ["A-3", "x", "-", "是", "", "待查", "/"],
        ['="004"', "2022年3月1日", "", "", "", "", ""],
        ["2.02E+13", "", "1,000", "", "", "", ""],
    ]
    path = table(tmp_path, [heads, *rows])
    one = read_cases(path, book.rulebook)
    batches = TableBatches(str(path), book.rulebook)
    (batch,) = batches.batches(100)
    assert batch.frame["id"].to_list() == [case.id for case in one.cases]
    for name in heads[1:]:
        values = [case.to_dict().get(name) for case in one.cases]
        column = batch.frame[name].to_list() if name in batch.frame.columns else [None] * len(values)
        assert [v.isoformat() if isinstance(v, date) else v for v in column] == values, name
    told = [(bad.problem.code, bad.problem.line) for bad in batch.bad]
    assert sorted(told) == sorted((p.code, p.line) for p in one.problems)
