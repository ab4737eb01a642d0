"""The tables of problems name the person's own heading, the case and the content, whatever file it was and way it took."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from openpyxl import Workbook, load_workbook

from reformkit.printing.problem_file import HEADS
from tests.cli.conftest import Run

TABLE = [
    ["编号（必填）", "* 机关\n层级", "涉案人数", "案发单位", "政治纪律等"],
    ["A-1", "县级", "2", "某处", "x"],
    ["A-2", "县纪", "两", "不详", "x"],
    ["A-3", "县级", "999", "某\u200b局", "x"],
]
WANTED = [
    ("A-2", "* 机关 层级", "县纪", "RK130"),
    ("A-2", "涉案人数", "两", "RK132"),
    ("A-2", "案发单位", "不详", "RK803"),
    ("A-3", "涉案人数", "999", "RK133"),
    ("A-3", "案发单位", "某\\u200b局", "RK801"),
]
CASES = [
    {"编号": "A-1", "机关层级": "县级", "剖析发现": [{"症结": "内审缺位"}]},
    {
        "机关层级": "县纪",
        "编号": "A-2",
        "问题表现": ["受贿、索贿、收受回扣", "贪肥"],
        "剖析发现": [{"症结": "x", "事项": "租赁"}],
    },
]
WANTED_OF_TREES = [
    ("A-2", "机关层级", "县纪", "RK130"),
    ("A-2", "问题表现", "贪肥", "RK130"),
    ("A-2", "症结", "x", "RK130"),
    ("A-2", "事项", "租赁", "RK130"),
]


def _csv(path: Path) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(TABLE)


def _xlsx(path: Path) -> None:
    book = Workbook()
    for row in TABLE:
        book.active.append(row)
    book.save(path)


def _json(path: Path) -> None:
    path.write_text(json.dumps(CASES, ensure_ascii=False, indent=1), encoding="utf-8")


def _jsonl(path: Path) -> None:
    path.write_text("".join(json.dumps(case, ensure_ascii=False) + "\n" for case in CASES), encoding="utf-8")


INPUTS: dict[str, tuple[Callable[[Path], None], list[tuple[str, ...]]]] = {
    "c.csv": (_csv, WANTED),
    "c.xlsx": (_xlsx, WANTED),
    "c.yaml": (_json, WANTED_OF_TREES),
    "c.json": (_json, WANTED_OF_TREES),
    "c.jsonl": (_jsonl, WANTED_OF_TREES),
}


def told(rows: list[dict[str, Any]]) -> list[tuple[Any, ...]]:
    """Case, heading, content and code of each listed problem of a case, in the order of the places."""
    found = [(row["编号"], row["列"], row["内容"], row["代码"]) for row in rows if row["编号"]]
    return sorted((tuple(str(cell or "") for cell in row) for row in found), key=lambda row: (row[0], row[3]))


def listed(out: Path) -> list[tuple[Any, ...]]:
    if out.suffix == ".xlsx":
        head, *rows = load_workbook(out)["问题"].iter_rows(values_only=True)
        assert head == tuple(said.zh for said in HEADS)
        return told([dict(zip(head, row, strict=True)) for row in rows])
    text = out.with_name(f"{out.stem}.problems.csv").read_text(encoding="utf-8-sig")
    return told(list(csv.DictReader(text.splitlines())))


@pytest.mark.parametrize("given", INPUTS)
@pytest.mark.parametrize("out", ["held.xlsx", "streamed.xlsx", "streamed.jsonl", "columns.csv", "columns.parquet"])
def test_each_problem_is_listed_with_case_heading_and_content(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, given: str, out: str
) -> None:
    write, wanted = INPUTS[given]
    write(tmp_path / given)
    monkeypatch.setattr(sys.modules["reformkit.cli.assess"], "is_large", lambda paths: not out.startswith("held"))
    assert run("assess", tmp_path / given, "-o", tmp_path / out).exit_code == 1
    want = told([dict(zip(("编号", "列", "内容", "代码"), row, strict=True)) for row in wanted])
    assert listed(tmp_path / out) == want


def test_a_problem_of_parquet_is_listed_under_its_own_heading(run: Run, tmp_path: Path) -> None:
    frame = pl.DataFrame({"编号": ["A-1", "A-2"], "机关层级": ["县级", "县极"], "people_involved": [501, 3]})
    frame.write_parquet(tmp_path / "c.parquet")
    for out in ("out.parquet", "out.xlsx"):
        assert run("assess", tmp_path / "c.parquet", "-o", tmp_path / out).exit_code == 1
        assert listed(tmp_path / out) == [
            ("A-1", "people_involved", "501", "RK133"),
            ("A-2", "机关层级", "县极", "RK130"),
        ]


def test_an_identity_number_in_a_cell_is_struck_out_of_the_table(run: Run, tmp_path: Path) -> None:
    (tmp_path / "c.csv").write_text("编号,案发单位\nA-1,某局150207199001011234\n", encoding="utf-8")
    for out in ("out.xlsx", "out.parquet"):
        run("assess", tmp_path / "c.csv", "-o", tmp_path / out)
        ((case, heading, content, code),) = listed(tmp_path / out)
        assert (case, heading, code) == ("A-1", "案发单位", "RK139")
        assert content.startswith("某局") and "19900101" not in content


def test_of_a_row_that_cannot_be_read_the_line_is_shown(run: Run, tmp_path: Path) -> None:
    (tmp_path / "c.csv").write_text("编号,案发单位\nA-1,某局,多出\nA-2,某局\n", encoding="utf-8")
    run("assess", tmp_path / "c.csv", "-o", tmp_path / "out.xlsx")
    assert listed(tmp_path / "out.xlsx") == [("A-1", "", "A-1,某局,多出", "RK127")]
