"""Warnings of case files: summed up by kind where there are many, and errors with `--strict`."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path

import polars as pl
import pytest

from tests.cli.conftest import Run

MANY = 300  # more than a file's list of problems holds


def table(path: Path, rows: Sequence[Sequence[str]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([["编号", "案发单位", "机关层级"], *rows])
    return path


@pytest.fixture
def doubtful(tmp_path: Path) -> Path:
    """Cases whose unit is not known, one of which is wrong."""
    return table(tmp_path / "cases.csv", [*([f"A-{n}", "不详", "县级"] for n in range(MANY)), ["B-1", "某局", "镇级"]])


@pytest.fixture(params=["held", "streamed"])
def size(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Cases held in memory, and cases that are too many for that."""
    if request.param == "streamed":
        monkeypatch.setattr("reformkit.terminal.case_files.LARGE", 0)
    return str(request.param)


@pytest.mark.parametrize("ending", ["csv", "jsonl", "xlsx"])
def test_many_warnings_are_summed_up_by_kind_and_errors_shown(
    run: Run, doubtful: Path, tmp_path: Path, size: str, ending: str
) -> None:
    result = run("assess", doubtful, "-o", tmp_path / f"out.{ending}")
    assert result.exit_code == 1
    said = "".join(result.stderr.split())  # as it was before it was wrapped
    assert f"提醒RK803：共{MANY}处，首处" in said
    assert "cases.csv:2:5：“案发单位”写的是“不详”" in said
    assert "RK130" in said
    assert f"1个错误、{MANY}个提醒" in said
    assert result.stderr.count("RK803") <= 6


def test_few_warnings_are_shown_one_by_one(run: Run, tmp_path: Path) -> None:
    result = run("assess", table(tmp_path / "c.csv", [["A-1", "不详", "县级"], ["A-2", "不详", "县级"]]))
    assert result.exit_code == 0
    assert result.stderr.count("RK803") == 2
    assert "共" not in result.stderr


@pytest.mark.parametrize("ending", ["csv", "jsonl", "xlsx", "parquet"])
@pytest.mark.parametrize(("unit", "code"), [("不详", 1), ("某局", 0)])
def test_with_strict_a_warning_is_an_error(
    run: Run, tmp_path: Path, size: str, ending: str, unit: str, code: int
) -> None:
    path, out = table(tmp_path / "c.csv", [["A-1", unit, "县级"]]), tmp_path / f"out.{ending}"
    assert run("assess", path, "-o", out).exit_code == 0
    assert run("assess", path, "-o", out, "--strict").exit_code == code
    assert out.exists()


def test_a_note_is_no_warning(run: Run, tmp_path: Path) -> None:
    path, out = tmp_path / "c.parquet", tmp_path / "out.parquet"
    pl.DataFrame({"id": ["A-1"], "authority_levels": ["x"]}).write_parquet(path)
    result = run("assess", path, "-o", out, "--strict")
    assert (result.exit_code, "RK190" in result.stderr) == (0, True)


@pytest.mark.parametrize(("level", "end"), [("县级", "：6 个提醒。"), ("镇级", "：1 个错误、6 个提醒。")])
def test_the_summary_speaks_of_cases_left_out_where_there_are_some(
    run: Run, tmp_path: Path, level: str, end: str
) -> None:
    rows = [*([f"A-{n}", "不详", "县级"] for n in range(6)), ["B-1", "某局", level]]
    said = run("assess", table(tmp_path / "c.csv", rows)).stdout.strip()
    assert f"案件文件中的问题{end}" in said
    assert ("未计入" in said) == (level == "镇级")
