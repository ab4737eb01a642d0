"""Workbooks out: five sheets with real dates and numbers, text that stays text, and nothing that Excel cannot hold."""

from __future__ import annotations

import errno
import gc
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from reformkit.workbook.writing import WorkbookFile
from tests.cli.conftest import Run
from tests.cli.test_files import in_a_process, names

STARTS = {
    "编号": "A-1",
    "案发单位": "某区供销社",
    "问题来源": "立案案件",
    "机关层级": "县级",
    "阶段": "已作处分决定",
    "处分决定日期": "2022-03-01",
    "当年处分案件": "是",
    "第一关意见": "通过",
    "已查明症结": "岗位未分离；财务审核流于形式；内审缺位",
}


def sheets(path: Path) -> dict[str, list[dict[str, Any]]]:
    """The rows of each sheet by their heads."""
    found = {}
    for page in load_workbook(path):
        head, *rows = page.iter_rows(values_only=True)
        found[page.title] = [dict(zip(head, row, strict=True)) for row in rows]
    return found


@pytest.fixture
def cases(tmp_path: Path, run: Run) -> Path:
    """Two cases in a workbook: one that starts, one whose unit looks like a formula; and a row that is wrong."""
    book = Workbook()
    book.active.append(list(STARTS))
    book.active.append(list(STARTS.values()))
    book.active.append(["=A-2", "x"])
    book.active.append(["A-3", "某区", "立案案件", "县纪"])
    for cell, text in (("A3", "=A-2"), ("B3", '=HYPERLINK("http://x","y")')):
        book.active[cell] = text
        book.active[cell].data_type = "s"
    book.save(tmp_path / "cases.xlsx")
    return tmp_path / "cases.xlsx"


# --- what the sheets hold ------------------------------------------------------------------------------


def test_each_sheet_says_its_part(run: Run, cases: Path) -> None:
    out = cases.with_name("out.xlsx")
    assert run("assess", cases, "-o", out).exit_code == 1
    found = sheets(out)
    assert list(found) == ["汇总", "案件", "拟启动的促改", "措施", "问题"]
    assert found["汇总"][0]["汇总"] == "案件2件，其中属案件促改1件。另有1件未能读入，以下各数均未计入。"
    assert [row["编号"] for row in found["案件"]] == ["A-1", "=A-2", "A-3"]
    assert {cell for cell in found["案件"][2].values() if cell} == {"A-3", "未能读入"}
    case = found["案件"][0]
    assert (case["处分决定日期"], case["是否启动以案促改"]) == (datetime(2022, 3, 1), "启动")
    (reform,) = found["拟启动的促改"]
    assert (reform["编号"], reform["启动规则"], reform["措施数"]) == ("A-1", "STA-G1", 3)
    assert "第一关" in reform["启动理由"]
    assert {row["措施编号"] for row in found["措施"] if row["症结是否查明"] == "已查明"} == {"PR-04", "OV-02", "OV-03"}
    assert all(isinstance(row["期限（日）"], int) and row["建议"].count("建议") for row in found["措施"])
    (problem,) = found["问题"]
    assert (problem["代码"], problem["行"], problem["位置"].rpartition("cases.xlsx ")[2]) == ("RK130", 4, "Sheet!D4")


def test_sheets_and_heads_are_english_where_that_is_asked(run: Run, cases: Path) -> None:
    out = cases.with_name("out.xlsx")
    run("assess", cases, "-o", out, "--lang", "en")
    found = sheets(out)
    assert list(found) == ["summary", "cases", "reforms to start", "measures", "problems"]
    assert found["reforms to start"][0]["number of measures"] == 3


def test_the_sheet_of_cases_says_what_the_csv_says(run: Run, examples: Path, tmp_path: Path) -> None:
    import csv

    given = examples / "year" / "cases.csv"
    assert run("assess", given, "--history", "self", "-o", tmp_path / "out.xlsx").exit_code == 0
    assert run("assess", given, "--history", "self", "-o", tmp_path / "out.csv").exit_code == 0
    with (tmp_path / "out.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    for row, said in zip(rows, sheets(tmp_path / "out.xlsx")["案件"], strict=True):
        assert {head: said[head] or "" for head in row} == row


def test_text_that_looks_like_a_formula_stays_text(run: Run, cases: Path) -> None:
    out = cases.with_name("out.xlsx")
    run("assess", cases, "-o", out)
    page = load_workbook(out)["案件"]
    assert [(cell.value, cell.data_type) for cell in page[3][:2]] == [
        ("=A-2", "s"),
        ('=HYPERLINK("http://x","y")', "s"),
    ]
    assert page["B3"].hyperlink is None
    assert "'=A-2,\"'=HYPERLINK" in run("assess", cases, "--format", "csv").stdout


@pytest.mark.parametrize("begin", [*"=+-@＝＋－＠", "\t", "\r"])
def test_csv_has_no_cell_that_a_spreadsheet_takes_for_a_formula(begin: str) -> None:
    from reformkit.printing.records import harmless

    assert harmless(f"{begin}A1") == f"'{begin}A1"
    assert harmless(f"{begin}1+A1") == f"'{begin}1+A1"
    assert harmless(f"1{begin}") == f"1{begin}"


@pytest.mark.parametrize("number", ["-1", "-12.50", "-0"])
def test_a_number_below_zero_stays_one_in_csv(number: str) -> None:
    from reformkit.printing.records import harmless

    assert harmless(number) == number


def test_sheets_can_be_worked_with(run: Run, cases: Path) -> None:
    out = cases.with_name("out.xlsx")
    run("assess", cases, "-o", out)
    summary, *pages = load_workbook(out)
    assert (summary.freeze_panes, summary.auto_filter.ref) == ("A2", None)
    for page in pages:
        assert page.freeze_panes == "B2"
        assert page.auto_filter.ref == f"A1:{page.cell(1, page.max_column).coordinate[:-1]}{max(2, page.max_row)}"
    page = load_workbook(out)["案件"]
    assert page["F2"].number_format == "yyyy-mm-dd"
    assert page.column_dimensions["B"].width >= 2 * len("某区供销社")


def test_every_sheet_prints_on_a4_across_with_its_head_on_each_page(run: Run, cases: Path) -> None:
    out = cases.with_name("out.xlsx")
    run("assess", cases, "-o", out)
    for page in load_workbook(out):
        assert page.page_setup.orientation == "landscape"
        assert int(page.page_setup.paperSize) == 9
        assert (page.page_setup.fitToWidth or 1, page.page_setup.fitToHeight) == (1, 0)
        assert page.print_title_rows == "$1:$1"
        assert all(cell.alignment.wrap_text for row in page.iter_rows() for cell in row if isinstance(cell.value, str))


def test_the_sector_the_township_and_the_offices_own_columns_stay(run: Run, tmp_path: Path) -> None:
    (tmp_path / "cases.csv").write_text(
        "编号,案发单位,所属系统,所在街道、乡镇,承办部门\nA-1,某村,村（社区）,丙镇,一室\n", encoding="utf-8"
    )
    run("assess", tmp_path / "cases.csv", "-o", tmp_path / "out.xlsx")
    (case,) = sheets(tmp_path / "out.xlsx")["案件"]
    assert (case["所属系统"], case["所在街道、乡镇"], case["承办部门"]) == ("村（社区）", "丙镇", "一室")


def test_no_measure_stands_twice_for_a_case(run: Run, examples: Path, tmp_path: Path) -> None:
    run("assess", examples / "cases", "-o", tmp_path / "out.xlsx")
    # of EX-17 the town has one of the measures as well as the village; who is advised tells them apart
    listed = [(row["编号"], row["措施编号"], row["建议对象"]) for row in sheets(tmp_path / "out.xlsx")["措施"]]
    assert len(listed) == len(set(listed)) > 40


def test_a_workbook_can_be_assessed_again(run: Run, cases: Path) -> None:
    """What was written is read: the sheet of cases names two facts and the id; outcomes are not taken for facts."""
    out = cases.with_name("out.xlsx")
    run("assess", cases, "-o", out)
    again = run("assess", out)
    assert again.exit_code in (0, 1) and "RK194" not in again.stderr


# --- what Excel cannot hold ----------------------------------------------------------------------------


def test_too_many_rows_are_refused_before_anything_is_written(
    run: Run, cases: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = cases.with_name("out.xlsx")
    monkeypatch.setattr("reformkit.workbook.writing.MOST_ROWS", 2)
    result = run("assess", cases, "-o", out)
    assert result.exit_code == 2 and "工作表“案件”超过 Excel 的上限 2 行" in result.stderr.replace("\n", "")
    assert names(cases.parent) == ["cases.xlsx"]


def test_too_many_measures_leave_no_workbook(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cases, out = tmp_path / "cases.csv", tmp_path / "out.xlsx"
    cases.write_text("\n".join(map(",".join, (STARTS, STARTS.values()))), encoding="utf-8")
    monkeypatch.setattr("reformkit.workbook.writing.MOST_ROWS", 3)
    result = run("assess", cases, "-o", out, "--lang", "en")
    assert result.exit_code == 2 and "sheet `measures`" in result.stderr
    assert names(cases.parent) == ["cases.csv"]


def test_a_text_too_long_for_a_cell_is_named(run: Run, tmp_path: Path) -> None:
    (tmp_path / "cases.csv").write_text(f"id,unit\nA-1,{'长' * 32_768}\n", encoding="utf-8")
    result = run("assess", tmp_path / "cases.csv", "-o", tmp_path / "out.xlsx")
    said = result.stderr.replace("\n", "")
    assert result.exit_code == 2 and "“A-1”的“案发单位”超过 Excel 一格 32,767 个字符的上限" in said
    assert names(tmp_path) == ["cases.csv"]


# --- killed, full --------------------------------------------------------------------------------------


def test_a_full_disk_leaves_no_workbook(cases: Path) -> None:
    out = cases.with_name("out.xlsx")
    process = in_a_process("assess", cases, "-o", out, limit=2048)
    said = process.communicate(timeout=120)[1]
    assert process.returncode == 1 and f"无法读写 {out}：文件超过允许的大小" in said
    assert names(cases.parent) == ["cases.xlsx"]


SLOW = """
import sys, time
from reformkit.cli import app
from reformkit.workbook import writing
add = writing.WorkbookFile.add
def slowly(self, *row):
    add(self, *row)
    print("written", file=sys.stderr, flush=True)
    time.sleep(60)
writing.WorkbookFile.add = slowly
app(sys.argv[1:])
"""


@pytest.fixture
def killed(cases: Path) -> Iterator[Path]:
    """A workbook whose making was killed in the middle."""
    out = cases.with_name("out.xlsx")
    command = [sys.executable, "-B", "-c", SLOW, "assess", str(cases), "-o", str(out)]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    assert process.stderr is not None
    while process.stderr.readline() != "written\n":
        assert process.poll() is None
    process.kill()
    process.wait()
    process.stderr.close()
    yield out


def test_a_killed_run_leaves_no_half_workbook(run: Run, killed: Path) -> None:
    assert not killed.exists()
    again = run("assess", killed.with_name("cases.xlsx"), "-o", killed)
    assert "没有完成" in again.stderr
    assert names(killed.parent) == ["cases.xlsx", "out.xlsx"]
    assert list(sheets(killed)) == ["汇总", "案件", "拟启动的促改", "措施", "问题"]


def test_a_workbook_for_which_there_is_no_room_leaves_no_traceback_behind(
    cases: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    class Full(BytesIO):
        def write(self, data: Any) -> int:
            if self.tell() + len(data) > 2000:
                raise OSError(errno.ENOSPC, "No space left on device")
            return super().write(data)

    full = Full()
    with pytest.raises(OSError, match="No space left"), WorkbookFile(full, {"案件": ["编号"]}) as book:
        book.add("案件", ["A-1"])
    full.close()
    gc.collect()
    assert capsys.readouterr().err == ""
