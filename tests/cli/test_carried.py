"""Columns that are no facts go through to the output, as the office has them, behind what was assessed."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import openpyxl
import polars as pl
import pytest

from tests.cli.conftest import Run

HEADS = ["序号", "编号", "机关层级", "备注", "承办部门", "*备注"]
ROWS = [
    ["1", "A-1", "县级", "=转办", "一室", "已核"],
    ["2", "A-2", "市级", "证号 110101 19900101 000X", "", ""],
]
CARRIED = ["序号", "备注", "承办部门", "备注2"]
WANTED = [["1", "=转办", "一室", "已核"], ["2", "证号 ********************", "", ""]]


@pytest.fixture(params=["held", "streamed"])
def size(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Cases held in memory, and cases that are too many for that."""
    if request.param == "streamed":
        monkeypatch.setattr("reformkit.terminal.case_files.LARGE", 0)
    return str(request.param)


@pytest.fixture(params=["csv", "xlsx", "parquet"])
def cases(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    path = tmp_path / f"cases.{request.param}"
    if request.param == "csv":
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([HEADS, *ROWS])
        return path
    if request.param == "parquet":
        pl.DataFrame(
            [["" if cell is None else cell for cell in row] for row in ROWS], HEADS, orient="row"
        ).with_columns(pl.col("序号").cast(pl.Int64)).write_parquet(path)
        return path
    book = openpyxl.Workbook()
    sheet: Any = book.active
    for row in [HEADS, *ROWS]:
        sheet.append(row)
    for row in sheet.iter_rows():
        for cell in row:
            cell.data_type = "n" if cell.value is None else "s"  # no formula
    book.save(path)
    return path


def of_records(records: list[dict[str, Any]]) -> list[list[str]]:
    return [list(records[0]["carried"]), *(list(record["carried"].values()) for record in records)]


def written(path: Path) -> list[list[str]]:
    """The rows of an output, header first."""
    match path.suffix:
        case ".csv":
            with path.open(encoding="utf-8-sig", newline="") as file:
                return list(csv.reader(file))
        case ".xlsx":
            rows = openpyxl.load_workbook(path)["案件"].iter_rows(values_only=True)
            return [["" if cell is None else str(cell) for cell in row] for row in rows]
        case ".json":
            return of_records(json.loads(path.read_text(encoding="utf-8")))
        case ".jsonl":
            return of_records([json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()])
    frame = pl.read_parquet(path).select(CARRIED)
    return [frame.columns, *(["" if cell is None else cell for cell in row] for row in frame.rows())]


@pytest.mark.parametrize("ending", ["csv", "xlsx", "json", "jsonl", "parquet"])
def test_they_stand_last_in_the_order_of_the_table(
    run: Run, cases: Path, tmp_path: Path, size: str, ending: str
) -> None:
    if cases.suffix == f".{ending}" == ".parquet":
        pytest.skip("every column goes through as it is")
    out = tmp_path / f"out.{ending}"
    result = run("assess", cases, "-o", out)
    assert result.exit_code == 0, result.output
    assert result.stderr.count("RK") == 0
    heads, *rows = [row[-len(CARRIED) :] for row in written(out)]
    shown = [[f"'{cell}" if cell.startswith("=") else cell for cell in row] for row in WANTED]
    assert heads == (CARRIED if cases.suffix != ".parquet" else [*CARRIED[:-1], "*备注"])
    assert rows == (shown if ending == "csv" else WANTED)


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_of_several_files_each_has_its_own(run: Run, tmp_path: Path, size: str, ending: str) -> None:
    (tmp_path / "a.csv").write_text("编号,备注,机关层级\nA,甲,县级\n", encoding="utf-8")
    (tmp_path / "b.csv").write_text("编号,说明,机关层级\nB,乙,县级\n", encoding="utf-8")
    (tmp_path / "c.yaml").write_text("- {编号: C, 机关层级: 县级}\n", encoding="utf-8")
    out = tmp_path / f"out.{ending}"
    assert run("assess", *(tmp_path / name for name in ("a.csv", "b.csv", "c.yaml")), "-o", out).exit_code == 0
    assert [row[-2:] for row in written(out)] == [["备注", "说明"], ["甲", ""], ["", "乙"], ["", ""]]


def test_what_only_the_history_has_is_not_written(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("编号,机关层级\nA,县级\n", encoding="utf-8")
    (tmp_path / "b.csv").write_text("编号,备注,机关层级\nB,乙,县级\n", encoding="utf-8")
    out = tmp_path / "out.csv"
    assert run("assess", tmp_path / "a.csv", "--history", tmp_path / "b.csv", "-o", out).exit_code == 0
    assert "备注" not in written(out)[0]


@pytest.mark.parametrize("ending", ["csv", "xlsx", "jsonl"])
def test_a_cell_that_cannot_be_read_is_said_and_the_case_is_kept(
    run: Run, tmp_path: Path, size: str, ending: str
) -> None:
    book = openpyxl.Workbook()
    sheet: Any = book.active
    for row in [["编号", "机关层级", "备注"], ["A-1", "县级", "#REF!"]]:
        sheet.append(row)
    sheet["C2"].data_type = "e"
    book.save(tmp_path / "cases.xlsx")
    out = tmp_path / f"out.{ending}"
    result = run("assess", tmp_path / "cases.xlsx", "-o", out)
    assert result.exit_code == 0, result.output
    listed = (out.parent / f"{out.name.rpartition('.')[0]}.problems.csv") if ending != "xlsx" else out
    said = result.stderr + (listed.read_text(encoding="utf-8-sig") if listed.exists() and ending != "xlsx" else "")
    if ending == "xlsx":
        said += str([cell for row in openpyxl.load_workbook(out)["问题"].iter_rows(values_only=True) for cell in row])
    assert "RK823" in said
    if ending == "jsonl":
        assert of_records([json.loads(out.read_text(encoding="utf-8"))])[1] == [""]
    else:
        assert written(out)[1][-1] == ""


def test_a_type_that_fits_into_no_table_is_said(run: Run, tmp_path: Path) -> None:
    pl.DataFrame({"编号": ["A"], "机关层级": ["县级"], "备注": [["a", "b"]]}).write_parquet(tmp_path / "cases.parquet")
    for ending in ("csv", "xlsx", "jsonl"):
        result = run("assess", tmp_path / "cases.parquet", "-o", tmp_path / f"out.{ending}")
        assert result.exit_code == 0 and "RK824" in result.output + result.stderr, result.output
