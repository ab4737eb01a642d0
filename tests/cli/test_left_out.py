"""Cases that cannot be taken: counted and listed where the others are, in every form and by every way of assessing."""

from __future__ import annotations

import csv
import json
import sys
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from openpyxl import load_workbook

from tests.cli.conftest import Run

GOOD = [f"A-{number}" for number in range(8)]
LINES = [
    "编号,机关层级,第一关意见,问题来源",
    *(f"{id},县级,通过,立案案件" for id in GOOD),
    "A-8,镇极,通过,立案案件",  # no such value
    "A-1,县级,未通过,立案案件",  # an id again
    '"A-9,县级',  # no row
    " ,县级,通过,立案案件",  # no id
]
OTHERS = ["编号,机关层级", "A-2,县级"]  # an id of the first file
LEFT_OUT = ["A-8", "A-1", "a.csv:12:1", "a.csv:13:1", "A-2"]


@pytest.fixture
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Two tables, in the folder in which the command runs, so that places are short."""
    monkeypatch.chdir(tmp_path)
    for name, lines in (("a.csv", LINES), ("b.csv", OTHERS)):
        (tmp_path / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
    return ["a.csv", "b.csv"]


def listed(path: Path, status: str = "是否启动以案促改·状态") -> list[tuple[str, bool]]:
    """The id of each case of an output and whether it is marked as left out, in order."""
    rows: list[dict[str, Any]]
    if path.suffix == ".csv":
        rows = list(csv.DictReader(path.read_text(encoding="utf-8-sig").splitlines()))
    else:
        head, *cells = load_workbook(path)["案件"].iter_rows(values_only=True)
        rows = [dict(zip(head, row, strict=True)) for row in cells]
    return [(row["编号"], row[status] == "未能读入") for row in rows]


@pytest.mark.parametrize("is_large", [False, True])
@pytest.mark.parametrize("out", ["o.csv", "o.xlsx"])
def test_what_is_left_out_stands_where_the_others_are(
    run: Run, files: list[str], monkeypatch: pytest.MonkeyPatch, out: str, is_large: bool
) -> None:
    monkeypatch.setattr(sys.modules["reformkit.cli.assess"], "is_large", lambda paths: is_large)
    assert run("assess", *files, "-o", out).exit_code == 1
    found = listed(Path(out))
    assert [id for id, is_left_out in found if not is_left_out] == GOOD
    assert sorted(id for id, is_left_out in found if is_left_out) == sorted(LEFT_OUT)


@pytest.mark.parametrize("form", ["json", "jsonl"])
def test_data_hold_assessments_alone_and_the_screen_says_what_is_left_out(
    run: Run, files: list[str], form: str
) -> None:
    result = run("assess", *files, "--format", form)
    data = json.loads(result.stdout) if form == "json" else [json.loads(line) for line in result.stdout.splitlines()]
    assert [record["id"] for record in data] == GOOD
    said = f"未能读入、没有研判的案件{len(LEFT_OUT)}件：{'、'.join(LEFT_OUT)}。"
    assert said in result.stderr.replace("\n  ", "")


def test_the_summary_and_the_start_rate_say_how_many_are_missing(run: Run, files: list[str]) -> None:
    shown = run("assess", *files).stdout
    assert "案件8件，其中属案件促改8件。另有5件未能读入，以下各数均未计入。" in shown
    assert "8/8＝100.0%" in shown and "另有5件未能读入，不在其中。" in shown.replace("\n  ", "")
    assert [line.split()[0] for line in shown.splitlines() if line.rstrip().endswith("未能读入")] == LEFT_OUT
    english = run("assess", *files, "--lang", "en").stdout
    assert "Not in these figures: 5 left out for errors." in english.replace("\n  ", " ")
    assert "5 left out for errors are not in it." in english.replace("\n  ", " ")


@pytest.mark.parametrize("out", ["o.csv", "o.parquet", "o.xlsx", "o.jsonl"])
def test_a_long_run_says_so_too(run: Run, files: list[str], monkeypatch: pytest.MonkeyPatch, out: str) -> None:
    monkeypatch.setattr(sys.modules["reformkit.cli.assess"], "is_large", lambda paths: True)
    said = run("assess", *files, "-o", out).stderr.replace("\n  ", "")
    assert "另有5件未能读入，以下各数均未计入。" in said
    assert "另有5件未能读入，不在其中。" in said


def test_few_cases_in_full_are_followed_by_those_left_out(run: Run, files: list[str]) -> None:
    Path("few.csv").write_text("\n".join([LINES[0], LINES[1], LINES[9], LINES[11]]) + "\n", encoding="utf-8")
    shown = run("assess", "few.csv").stdout
    assert shown.rstrip().endswith("未能读入、没有研判的案件2件：A-8、few.csv:4:1。")
    Path("none.csv").write_text("\n".join([LINES[0], LINES[9]]) + "\n", encoding="utf-8")
    assert "没有研判的案件1件：A-8。" in run("assess", "none.csv").stdout


def test_where_none_is_left_out_nothing_is_said_of_it(run: Run, files: list[str]) -> None:
    path = Path("good.csv")  # with an error that costs no case: a column that is nearly a fact's
    path.write_text("\n".join([f"{LINES[0]},机关层极", *(f"{line},x" for line in LINES[1:9])]) + "\n", encoding="utf-8")
    result = run("assess", path)
    assert result.exit_code == 1 and "1 个错误" in result.stdout
    assert "未能读入" not in result.stdout and "未计入" not in result.stdout


def test_rows_of_parquet_are_left_out_alike(run: Run, tmp_path: Path) -> None:
    frame = pl.DataFrame({"id": ["A-1", "A-2", None, "A-1"], "authority_level": ["county", "x", "county", "county"]})
    frame.write_parquet(tmp_path / "c.parquet")
    for out in ("o.csv", "o.xlsx"):
        run("assess", tmp_path / "c.parquet", "-o", tmp_path / out)
        found = listed(tmp_path / out)
        assert found[0] == ("A-1", False), out
        assert [(id.split("c.parquet")[-1], is_left_out) for id, is_left_out in found[1:]] == [
            ("A-2", True),
            (":3:1", True),
            ("A-1", True),
        ]


@pytest.mark.parametrize("history", [[], ["--history", "self"]])
def test_a_row_without_an_id_is_left_out_of_parquet_too(run: Run, tmp_path: Path, history: list[str]) -> None:
    frames = {"some": pl.DataFrame({"id": ["A-1", None, " "]}), "none": pl.DataFrame({"form": ["second", "fourth"]})}
    for name, frame in frames.items():
        frame.write_parquet(tmp_path / f"{name}.parquet")
        for out in ("o.csv", "o.parquet"):
            result = run("assess", tmp_path / f"{name}.parquet", "-o", tmp_path / out, *history)
            assert result.exit_code == 1, (name, out)
        made = pl.read_parquet(tmp_path / "o.parquet")["startup_status"].to_list()
        assert made == (["undetermined", "problem", "problem"] if name == "some" else ["problem", "problem"])
        problems = (tmp_path / "o.problems.csv").read_text("utf-8-sig").splitlines()
        assert sum("RK121" in line for line in problems) == 2 == len(problems) - 1
