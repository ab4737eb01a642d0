"""Each fault of a workbook of rules is said once, at the cell that is to blame."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

import reformkit as rk
from tests.grid.folder import Sheets, cell, small, texts
from tests.grid.test_library import BASE, CAUSE, put

TITLE = ("是否启动", "S-2", "标题", "县级案件")


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    return small(tmp_path)


def spoiled(rules: Path, *cells: tuple[str, str, str]) -> Path:
    """The workbook with the error #N/A in cells."""

    def change(book: Any) -> None:
        found = [cell(book, *where) for where in cells]
        for one in found:
            one.value, one.data_type = "#N/A", "e"

    return Sheets(rules).changed(change)


@pytest.mark.parametrize(
    ("cells", "blamed"),
    [
        ([TITLE, ("参数", "many+1", "值", "xyz")], ["C5"]),
        ([TITLE, ("参数", "many", "值", "abc"), ("参数", "many+1", "值", "xyz")], ["C4", "C5"]),
        ([TITLE, ("参数", "many", "名称", "界限"), ("参数", "many", "值", "abc")], ["C4"]),
        ([TITLE, ("参数", "many+1", "施行", "2023-01-01")], ["D5"]),
    ],
)
def test_a_parameter_that_is_wrong_is_said_at_its_own_cell(rules: Path, cells: Any, blamed: list[str]) -> None:
    errors = [
        problem for problem in rk.import_workbook(Sheets(rules).set(*cells), rules).problems if problem.code == "RK876"
    ]
    assert [str(problem.place).rpartition("参数!")[2] for problem in errors] == blamed


@pytest.mark.parametrize(
    "where",
    [
        [("参数", "many", "值")],
        [("参数", "many", "名称")],
        [("参数", "many", "编号")],
        [("是否启动", "S-1", "编号")],
        [("是否启动", "S-1", "结论"), ("是否启动", "S-1", "层级")],
        [("是否启动", "S-2+1", "表现")],
        [("是否启动", "S-2+1", "编号")],
        [("是否启动", "（其余）", "结论")],
    ],
)
def test_an_error_in_a_cell_is_said_once_and_is_no_change(rules: Path, where: list[tuple[str, str, str]]) -> None:
    before = texts(rules)
    result = rk.import_workbook(spoiled(rules, *where), rules, delete=True)
    assert [problem.code for problem in result.problems] == ["RK198"] * len(where)
    assert (result.changes, texts(rules)) == ((), before)


@pytest.mark.parametrize("change", [("参数", "many", "名称", "人数\n阈值"), ("是否启动", "S-1", "标题", "乡镇\n案件")])
def test_a_label_with_a_line_break_is_refused_at_its_cell(rules: Path, change: Any) -> None:
    (problem,) = rk.import_workbook(Sheets(rules).set(change), rules).problems
    assert (problem.code, problem.place.sheet) == ("RK873", change[0]) and change[2] in problem.message("zh")


def test_a_new_cause_has_its_label_on_one_line(tmp_path: Path) -> None:
    for name in ("book", "measures"):
        shutil.copytree(BASE / name, tmp_path / name)
    rules = tmp_path / "book"
    new = [CAUSE[0], "试行\n期满", *CAUSE[2:]]
    (problem,) = rk.import_workbook(
        Sheets(rules).changed(lambda book: put(book, "症结", "absent", new)), rules
    ).problems
    assert problem.code == "RK873" and "换行" in problem.message("zh")


@pytest.mark.parametrize("name", ["rulebook.yaml", "parameters.yaml"])
def test_a_file_of_rules_is_called_no_table(rules: Path, name: str) -> None:
    (problem,) = rk.import_workbook(rules / name, rules).problems
    assert problem.code == "RK872" and ".yaml" in problem.message("zh") and "只有一张表" not in problem.message("zh")
