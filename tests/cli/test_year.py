"""`reformkit year`: what an official types, what is refused in words, and the files that come of it."""

from __future__ import annotations

import csv
import re
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from tests.cli.conftest import Run


@pytest.fixture
def cases(examples: Path, tmp_path: Path) -> Path:
    """Ten cases of the year, the last two of the year before, in a folder of their own."""
    with (examples / "year" / "cases.csv").open(encoding="utf-8-sig", newline="") as file:
        heads, *rows = csv.reader(file)
    for row in rows[8:10]:
        for head in ("研判日期", "处分决定日期", "立案日期"):
            row[heads.index(head)] = "2021-11-30"
    return written(tmp_path / "案件.csv", [heads, *rows[:10]])


def written(path: Path, rows: list[list[str]]) -> Path:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows(rows)
    return path


def plain(said: str) -> str:
    """What was said, as it stood before it was broken into lines."""
    return re.sub(r"\n *", "", said)


def test_a_year_is_summed_up_and_cases_of_another_are_named(run: Run, cases: Path) -> None:
    done = run("year", "2022", cases)
    assert done.exit_code == 0
    assert "案件8件，其中属案件促改8件。" in done.output
    assert "另有2件属其他年度，未计入以下各数：2021年2件（2022-009、2022-010）。" in plain(done.output)
    assert "层次以所给的10件案件互为其他案件计数。" in plain(done.output)
    assert run("year", "２０２２年", cases).output == done.output
    assert "the year 2021" in run("year", "2021", cases, "--lang", "en").output


def test_a_file_of_one_year_needs_no_year(run: Run, examples: Path) -> None:
    done = run("year", examples / "year" / "cases.csv", "--format", "json")
    assert done.exit_code == 0
    assert '"year": 2022' in done.output


REFUSED = {
    "nothing": ([], 2, "请给出案件文件（reformkit year 案件.csv），或者指明台账"),
    "several_years": (["{cases}"], 2, "案件分属几个年度（2021年2件、2022年8件）；请写明一个，如 reformkit year 2022 …"),
    "no_case_of_it": (["2019", "{cases}"], 2, "没有2019年的案件；所给案件属：2021年2件、2022年8件"),
    "two_years": (["2021", "2022", "{cases}"], 2, "一次汇总一个年度，现写了 2021、2022"),
    "both": (["2022", "{cases}", "--ledger", "x.ledger"], 2, "案件文件和台账只能用一样"),
    "office_of_no_ledger": (["2022", "{cases}", "--office", "office.yaml"], 2, "要汇总案件文件，去掉 --office"),
    "ledger_without_year": (["--ledger", "x.ledger"], 2, "请写明台账的年度，如 reformkit year"),
    "history_of_a_ledger": (["2022", "--ledger", "x.ledger", "--history", "{cases}"], 2, "--history 只用于案件文件"),
    "no_ledger": (["2022", "--ledger", "{folder}/没有.ledger"], 1, "没有.ledger"),
    "no_file": (["2022", "{folder}/没有.csv"], 2, "没有.csv"),
    "empty": (["2022", "{folder}/空.csv"], 1, "空.csv"),
    "no_rows": (["2022", "{folder}/只有表头.csv"], 2, "没有可研判的案件"),
    "no_days": (["{folder}/无日期.csv"], 2, "案件都没有日期（研判日期、处分决定日期、立案日期），看不出年度"),
    "unknown_ending": (["2022", "{cases}", "-o", "{folder}/年度.pdf"], 2, "不会写 .pdf 文件"),
    "no_folder": (["2022", "{cases}", "-o", "{folder}/没有/年度.docx"], 2, "没有文件夹"),
    "over_the_input": (["2022", "{cases}", "-o", "{cases}", "--format", "text"], 2, "案件.csv"),
    "docx_needs_a_file": (["2022", "{cases}", "--format", "docx"], 2, "写 docx 须用 -o 指定文件"),
    "other_ending": (["2022", "{cases}", "-o", "{folder}/年度.docx", "--format", "html"], 2, "不符"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_not_clear_is_refused_in_words_and_nothing_is_written(run: Run, cases: Path, name: str) -> None:
    arguments, code, words = REFUSED[name]
    folder = cases.parent
    (folder / "空.csv").write_text("", encoding="utf-8")
    written(folder / "只有表头.csv", [["编号", "处分决定日期"]])
    written(folder / "无日期.csv", [["编号", "案发单位"], ["A-1", "某局"]])
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    done = run("year", *(word.format(cases=cases, folder=folder) for word in arguments))
    assert done.exit_code == code, done.output
    assert words in plain(done.output)
    assert "Traceback" not in done.output
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_a_folder_called_like_a_year_is_not_taken_for_one(
    run: Run, cases: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(cases.parent)
    (cases.parent / "2022").mkdir()
    cases.rename(cases.parent / "2022" / cases.name)
    refused = run("year", "2022")
    assert refused.exit_code == 2
    assert "既是年度，又是这里的文件或文件夹；作文件用的，写成 ./2022" in plain(refused.output)
    assert "案件分属几个年度" in run("year", "./2022").output


def test_a_ledger_of_the_environment_gives_way_to_files(run: Run, cases: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REFORMKIT_LEDGER", str(cases.parent / "没有.ledger"))
    assert "案件8件" in run("year", "2022", cases).output
    assert "没有.ledger" in run("year", "2022").output


def test_cases_with_errors_are_named_and_the_exit_code_tells(run: Run, cases: Path) -> None:
    with cases.open("a", encoding="utf-8") as file:
        file.write("坏案,不知何处\n")
    done = run("year", "2022", cases, "-o", cases.with_name("年度.txt"))
    assert done.exit_code == 1
    said = cases.with_name("年度.txt").read_text(encoding="utf-8")
    assert "未能读入的1件：坏案。" in said
    assert "另有1件未能读入，以下各数均未计入。" in said


def test_a_file_that_is_not_read_to_its_end_gives_no_summary(run: Run, cases: Path) -> None:
    bad = cases.with_name("坏.yaml")
    bad.write_text("- 编号: A\n  a: [", encoding="utf-8")
    done = run("year", "2022", cases, bad, "-o", cases.with_name("年度.html"))
    assert done.exit_code == 1
    assert "没有汇总：" in done.output
    assert not cases.with_name("年度.html").exists()


def test_the_first_sheet_of_assessments_is_the_year(run: Run, cases: Path, tmp_path: Path) -> None:
    """The same sentences and tables; only what says which cases belong to a year is the year's own."""
    year, assessed = tmp_path / "年度.xlsx", tmp_path / "研判.xlsx"
    with cases.open(encoding="utf-8-sig", newline="") as file:
        heads, *rows = csv.reader(file)
    source = written(tmp_path / "一年.csv", [heads, *rows[:8]])
    assert run("year", source, "-o", year).exit_code == 0
    assert run("assess", source, "--history", "self", "-o", assessed).exit_code == 0
    own, first = (rows_of(path) for path in (year, assessed))
    assert own[0] == ("以案促改年度情况（2022年）",)
    assert first[0] == ("汇总",)
    assert [row for row in own[1:] if row not in first] == own[-4:-1]
    assert [row for row in first[1:] if row not in own] == []
    assert ("合计", 8, 4, "4/8（50.0%）") in [row[:4] for row in first]


def rows_of(path: Path) -> list[tuple[Any, ...]]:
    rows = load_workbook(path)["汇总"].iter_rows(values_only=True)
    return [tuple(cell for cell in row if cell is not None) for row in rows]
