"""Causes and measures in a workbook: changed, added, taken away, in the file where they belong."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

import reformkit as rk
from tests.grid.folder import Sheets, cell, small, texts

BASE = Path(__file__).parents[1] / "bad" / "base"
CAUSE = ["trial", "试行期满", "制度建设薄弱点", "试行制度没有修订"]
MEASURE = ["IN-08", "试行制度清理", "制度建设薄弱点", "试行期满：逐件清理\n无制度：补建", "清理试行制度", "办公室", 30, "清单办结\n制度印发"]  # fmt: skip


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    for name in ("book", "measures"):
        shutil.copytree(BASE / name, tmp_path / name)
    return tmp_path / "book"


def put(book: Any, title: str, below: str, values: list[Any]) -> None:
    """A new row below another."""
    at = cell(book, title, below, "编号").row + 1
    book[title].insert_rows(at)
    for column, value in enumerate(values, 1):
        book[title].cell(at, column).value = value


def both(book: Any) -> None:
    put(book, "症结", "absent", CAUSE)
    put(book, "措施", "IN-01", MEASURE)


def library(rules: Path) -> dict[str, str]:
    return texts(rules.parent / "measures")


def test_a_changed_text_outside_the_folder_changes_one_span(rules: Path) -> None:
    before = library(rules)
    result = rk.import_workbook(Sheets(rules).set(("症结", "absent", "名称", "没有制度")), rules)
    assert result.sound and result.written == (str(rules.parent / "measures" / "causes.yaml"),)
    assert library(rules)["causes.yaml"] == before["causes.yaml"].replace("zh: 无制度", "zh: 没有制度")


def test_a_parameter_by_another_label_is_the_same_wherever_it_is_asked(tmp_path: Path) -> None:
    rules = small(tmp_path)
    result = rk.import_workbook(Sheets(rules).set(("参数", "many", "名称", "人数界限")), rules)
    assert result.sound and [Path(name).name for name in result.written] == ["parameters.yaml"]
    again = rk.import_workbook(rules.parent / "规则.xlsx", rules)
    assert again.sound and again.changes == ()


def test_a_cause_and_a_measure_for_it_come_together_and_only_once(rules: Path) -> None:
    before = library(rules)
    path = Sheets(rules).changed(both)
    result = rk.import_workbook(path, rules)
    assert result.sound, [str(problem) for problem in result.problems]
    assert [(change.kind, change.id) for change in result.changes] == [("added", "trial"), ("added", "IN-08")]
    assert sorted(Path(name).name for name in result.written) == ["causes.yaml", "institution.yaml"]
    after = library(rules)
    new = "  trial:\n    label: 试行期满\n    group: institution\n    note: 试行制度没有修订\n"
    assert after["causes.yaml"].replace(new, "") == before["causes.yaml"]
    made = rk.load(rules).library
    assert made is not None and list(made.causes) == ["absent", "trial", "contract_rules", "top_leader"]
    measure = made.measures["IN-08"]
    assert [(edge.cause, edge.role) for edge in measure.addresses] == [("trial", "main"), ("absent", "also")]
    assert (measure.due_days, len(measure.accept), measure.due_from) == (30, 2, "letter_received")
    again = rk.import_workbook(path, rules)
    assert (again.changes, again.sound, library(rules)) == ((), True, after)


def test_rows_that_are_gone_are_asked_for_and_leave_the_file_as_it_was(rules: Path) -> None:
    before = library(rules)
    rk.import_workbook(Sheets(rules).changed(both), rules)

    def gone(book: Any) -> None:
        for title, id in (("症结", "trial"), ("措施", "IN-08")):
            book[title].delete_rows(cell(book, title, id, "编号").row)

    path = Sheets(rules).changed(gone)
    asked = rk.import_workbook(path, rules)
    assert [problem.code for problem in asked.problems] == ["RK863", "RK863"] and not asked.written
    assert rk.import_workbook(path, rules, delete=True).sound
    assert library(rules) == before


def test_a_cause_that_is_still_answered_cannot_go(rules: Path) -> None:
    before = library(rules)
    path = Sheets(rules).changed(lambda book: book["症结"].delete_rows(cell(book, "症结", "absent", "编号").row))
    result = rk.import_workbook(path, rules, delete=True)
    assert {problem.code for problem in result.problems} == {"RK876"} and library(rules) == before


@pytest.mark.parametrize(
    ("title", "below", "values", "words"),
    [
        ("症结", "absent", [None, "甲", "制度建设薄弱点"], "没有编号"),
        ("症结", "absent", ["x", "甲"], "所属方向"),
        ("症结", "absent", ["x", "甲", "没有的方向"], "没有的方向"),
        ("措施", "IN-01", [*MEASURE[:3], "无制度", *MEASURE[4:]], "作用说明"),
        ("措施", "IN-01", [*MEASURE[:3], "没有的：补建", *MEASURE[4:]], "没有的"),
        ("措施", "IN-01", [*MEASURE[:3], "无制度：补建", *MEASURE[4:6], "六十", "办结"], "六十"),
        ("措施", "IN-01", [*MEASURE[:3], "无制度：补建", *MEASURE[4:7]], "验收标准"),
    ],
)
def test_what_a_new_row_lacks_is_said_at_the_row(rules: Path, title: str, below: str, values: Any, words: str) -> None:
    path = Sheets(rules).changed(lambda book: put(book, title, below, values))
    (problem,) = rk.import_workbook(path, rules).problems
    assert (problem.code, problem.place.sheet) == ("RK873", title) and words in problem.message("zh")


def test_what_is_read_only_stays_so(rules: Path) -> None:
    path = Sheets(rules).set(("措施", "IN-01", "验收标准", "别的"), ("症结", "absent", "所属方向", "权力运行风险点"))
    assert [problem.code for problem in rk.import_workbook(path, rules).problems] == ["RK864", "RK864"]
