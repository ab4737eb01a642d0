"""Reform beside stated indicators: the numbers are those of the figures, few are marked, a table's faults are all named."""

from __future__ import annotations

import importlib.util
import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import ModuleType

import pytest

import reformkit as rk
from reformkit.keeping.rebuilding import write_export
from reformkit.model.integrity import Group
from reformkit.overseeing.comparison import ComparedShare
from reformkit.overseeing.stated import read_stated
from tests.books import bundled_book

HERE = Path(__file__).parents[2] / "examples" / "comparison"
TABLE = HERE / "指标.csv"


def _example() -> ModuleType:
    spec = importlib.util.spec_from_file_location("comparison_example", HERE / "ledger.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def book() -> rk.Book:
    return bundled_book()


@pytest.fixture(scope="module")
def ledger(book: rk.Book, tmp_path_factory: pytest.TempPathFactory) -> Iterator[rk.Ledger]:
    folder = tmp_path_factory.mktemp("comparison")
    write_export(folder / "all.jsonl", _example().acts())
    with rk.Ledger.restore(folder / "all.jsonl", folder / "比对.ledger", book, rk.Office.example()) as opened:
        yield opened


def test_each_share_is_that_of_the_figures_of_its_group(ledger: rk.Ledger) -> None:
    comparison = ledger.compare(TABLE, by="township")
    assert [row.code for row in comparison.rows] == [f"{n:02}" for n in range(1, 9)]
    for row in comparison.rows:
        figures = ledger.figures().by(township=row.name.zh)
        for id, share in row.shares.items():
            part, whole = ledger.figures().rules.figures[id].share or ()
            assert (share.part, share.whole) == (figures[part].value, figures[whole].value)
            assert share.few == (share.whole < 5)
    assert comparison.rows[2].shares["on_time"] == ComparedShare(3, 4, True)
    assert str(comparison.rows[0].stated["survey"]) == "91.5"


def test_rows_follow_codes_then_the_table_then_what_the_ledger_alone_knows(ledger: rk.Ledger, tmp_path: Path) -> None:
    table = tmp_path / "表.csv"
    table.write_text("镇街,代码,立案\n未入台账镇,,2\n 戊镇,02,3\n甲街道\u200b,01,1\n合计,,6\n", encoding="utf-8")
    rows = ledger.compare(table, by="township").rows
    assert [row.name.zh for row in rows[:3]] == ["甲街道", "戊镇", "未入台账镇"]
    assert {row.name.zh for row in rows[3:]} == {"乙街道", "丙街道", "丁街道", "己镇", "庚镇", "辛苏木"}
    assert [(s.part, s.whole, s.interval) for s in rows[2].shares.values()] == [(0, 0, None)] * 3
    assert rows[0].shares["on_time"].whole == 14
    assert rows[4].stated == {}


def test_years_are_periods_of_their_own(ledger: rk.Ledger, tmp_path: Path) -> None:
    table = tmp_path / "年.csv"
    table.write_text("年度,立案\n2021,1\n2022,2\n", encoding="utf-8")
    before, now, _after = ledger.compare(table, by="year").rows
    assert before.shares["on_time"].whole == 0
    assert now.shares["on_time"].whole == ledger.figures("2022")["replies_due"].value


@pytest.mark.parametrize(("part", "whole"), [(0, 1), (1, 1), (3, 4), (300, 400), (17, 23), (5, 5)])
def test_an_interval_holds_every_share_that_the_numbers_do_not_speak_against(part: int, whole: int) -> None:
    """Wilson's interval: the shares p for which (part/whole - p)² ≤ z² p (1 - p) / whole, found by looking at each."""
    interval = ComparedShare(part, whole, False).interval
    assert interval is not None
    z = 1.959963984540054
    fits = [p / 10_000 for p in range(10_001) if (part / whole - p / 10_000) ** 2 <= z * z * p / 10_000 * (1 - p / 10_000) / whole + 1e-12]  # fmt: skip
    assert interval == pytest.approx((fits[0], fits[-1]), abs=2e-4)


FAULTS = {
    "地区,立案\n甲,1\n": ["1:1 RK554", "1:1 RK553"],
    "镇街,立案,立安\n甲,1,2\n": ["1:7 RK554"],
    "镇街,立案,立案\n甲,1,2\n": ["1:7 RK557"],
    "镇街,立案\n甲,-1\n乙,1.5\n丙,多\n丁,50%\n戊,1e3\n": [f"{line}:3 RK558" for line in range(2, 7)],
    "镇街,满意度测评,满意度测评样本数\n甲,101,30\n乙,90,\n丙,0.9,10\n": ["2:3 RK559", "3:1 RK560", "4:3 RK832"],
    "镇街,立案\n甲,1\n 甲 ,2\n,3\n": ["3:1 RK556", "4:1 RK555"],
    "代码,镇街,立案\n01,甲,1\n０１,乙,2\n": ["3:1 RK556"],
    "镇街,立案\n": ["1:1 RK826"],
    "镇街,立案\n合计,3\n": ["1:1 RK826", "2:1 RK825"],
    "镇街,代码\n甲,01\n": ["1:1 RK826"],
    "": ["1:1 RK113"],
    "镇街；立案\n甲；1\n": ["1:1 RK821"],
    "镇街,立案\n甲,1,7\n乙\n": ["2:1 RK127", "3:1 RK127"],
    "镇街,,立案\n甲,2,1\n": ["1:4 RK128"],
    "镇街,当事人,立案\n甲,某某,1\n": ["1:4 RK808"],
    '镇街,立案\n"甲,1\n': ["2:1 RK126"],
}


def said(problems: Iterable[rk.Problem]) -> list[str]:
    """Each problem by its place in the file and its code."""
    return [f"{problem.line}:{problem.column} {problem.code}" for problem in problems]


def faults(book: rk.Book, path: Path, by: Group = "township") -> list[str]:
    assert book.rulebook.integrity is not None
    with pytest.raises(rk.TableError) as raised:
        read_stated(path, book.rulebook.integrity, by)
    return said(raised.value.problems)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
@pytest.mark.parametrize("text", FAULTS)
def test_everything_wrong_with_a_table_is_named_at_once(
    book: rk.Book, tmp_path: Path, text: str, encoding: str
) -> None:
    table = tmp_path / "指标.csv"
    table.write_text(text, encoding=encoding)
    assert faults(book, table) == FAULTS[text]


@pytest.mark.parametrize("word", ["22", "2022-03", "2022Q1", "2022-01-01", "一季度", "20222", "1022"])
def test_a_year_that_is_none_is_said_at_its_cell(book: rk.Book, tmp_path: Path, word: str) -> None:
    table = tmp_path / "年.csv"
    table.write_text(f"年度,立案\n2021,1\n{word},2\n2021年度,3\n", encoding="utf-8")
    assert faults(book, table, "year") == ["3:1 RK828", "4:1 RK556"]


def test_an_industry_is_one_of_the_vocabulary(ledger: rk.Ledger, tmp_path: Path) -> None:
    table = tmp_path / "行业.csv"
    table.write_text("行业,立案\n医疗卫生,1\n医疗卫声,2\nhealth,3\n", encoding="utf-8")
    with pytest.raises(rk.TableError) as raised:
        ledger.compare(table, by="industry")
    assert said(raised.value.problems) == ["3:1 RK829", "4:1 RK556"]
    assert "最接近的是“医疗卫生”" in raised.value.problems[0].message("zh")


def test_what_is_written_as_people_do_is_taken(ledger: rk.Ledger, tmp_path: Path) -> None:
    table = tmp_path / "表.csv"
    lines = ("镇 街,代码,立案（必填）,满意度测评,满意度测评样本数", "甲街 道,10,３１２件,91.5％,400人", "乙街道,9,,,")
    table.write_text("\n".join((*lines, '丙街道,="2","1,200",100%,3.0', ",,,,", "共 3 件,,,,")), encoding="gb18030")
    comparison = ledger.compare(table, by="township")
    stated = {row.name.zh: {id: str(n) for id, n in row.stated.items()} for row in comparison.rows[:3]}
    assert stated == {
        "丙街道": {"filed": "1200", "survey": "100", "survey.sample": "3"},
        "乙街道": {},
        "甲街道": {"filed": "312", "survey": "91.5", "survey.sample": "400"},
    }
    assert list(stated) == ["丙街道", "乙街道", "甲街道"]  # 2, 9, 10
    assert said(comparison.problems) == ["5:1 RK199", "6:1 RK825"]


def test_a_table_that_does_not_meet_the_ledger_is_used_with_a_word(ledger: rk.Ledger, tmp_path: Path) -> None:
    table = tmp_path / "表.csv"
    table.write_text("镇街,立案\n白音席勒街办,1\n甲 街办,2\n注：数据截至12月,\n", encoding="utf-8")
    comparison = ledger.compare(table, by="township")
    assert [row.name.zh for row in comparison.rows[:2]] == ["白音席勒街办", "甲街办"]
    assert said(comparison.problems) == ["4:1 RK827", "1:1 RK831"]
    assert "甲街道" in comparison.problems[-1].message("zh")
    table.write_text("镇街,立案\n甲街道,99\n乙街道办,1\n远方镇,1\n", encoding="utf-8")
    comparison = ledger.compare(table, by="township")
    assert said(comparison.problems) == ["3:1 RK830"]
    assert "最接近的是“乙街道”" in comparison.problems[0].message("zh")
    assert comparison.to_dict()["problems"][0]["code"] == "RK830"


def test_items_that_say_no_row_are_counted_beside_the_rows(ledger: rk.Ledger, tmp_path: Path) -> None:
    table = tmp_path / "表.csv"
    table.write_text("行业,立案\n医疗卫生,1\n", encoding="utf-8")
    comparison = ledger.compare(table, by="industry")
    assert comparison.unnamed == 70  # no item of the example states an industry
    assert "另有70项没有写明行业" in comparison.save(tmp_path / "页.html").read_text("utf-8")
    assert ledger.compare(TABLE, by="township").unnamed == 0


def test_a_workbook_says_the_same_and_its_faults_name_the_cell(book: rk.Book, tmp_path: Path) -> None:
    from openpyxl import Workbook  # tests write with another library than reads

    rules = book.rulebook.integrity
    assert rules is not None
    workbook = Workbook()
    sheet = workbook.active
    sheet.append(["各镇街廉政情况（2022年）"])  # a title above, as offices have it
    sheet.merge_cells("A1:G1")
    for line in TABLE.read_text("utf-8-sig").splitlines():
        sheet.append([int(cell) if cell.isdigit() and cell[0] != "0" else cell for cell in line.split(",")])
    for row in range(3, 11):  # codes as numbers that are shown with their zeros, percentages as Excel has them
        sheet.cell(row, 1, int(sheet.cell(row, 1).value)).number_format = "00"
        sheet.cell(row, 6, float(sheet.cell(row, 6).value[:-1]) / 100).number_format = "0.0%"
    sheet.row_dimensions[4].hidden = True
    workbook.save(tmp_path / "指标.xlsx")
    assert read_stated(tmp_path / "指标.xlsx", rules, "township").rows == read_stated(TABLE, rules, "township").rows
    sheet["C3"], sheet["D4"], sheet["D5"], sheet["F6"] = "二十二", "=SUM(D3:D4)", 0.5, 0.847
    sheet["F6"].number_format = "General"
    sheet["E7"], sheet["I8"] = "#DIV/0!", "旁注"
    sheet["E7"].data_type = "e"
    sheet.merge_cells("B9:B10")
    workbook.create_sheet("二月").append(["镇街", "立案"])
    workbook.save(tmp_path / "错.xlsx")
    with pytest.raises(rk.TableError) as raised:
        read_stated(tmp_path / "错.xlsx", rules, "township")
    assert [(str(problem.place).rpartition(" ")[2], problem.code) for problem in raised.value.problems] == [
        ("二月!A1", "RK196"),
        ("Sheet!C3", "RK558"),
        ("Sheet!A4", "RK815"),
        ("Sheet!D4", "RK198"),
        ("Sheet!D5", "RK558"),
        ("Sheet!F6", "RK832"),
        ("Sheet!E7", "RK198"),
        ("Sheet!A8", "RK127"),
        ("Sheet!B10", "RK197"),
    ]
    assert "也有指标表" in raised.value.problems[0].message("zh")


def test_a_table_that_is_no_table_is_said(book: rk.Book, tmp_path: Path) -> None:
    from openpyxl import Workbook

    (tmp_path / "坏.xlsx").write_bytes(b"PK\x03\x04 broken")
    Workbook().save(tmp_path / "空.xlsx")
    named = {"坏.xlsx": "RK194", "没有.csv": "RK101", "文.docx": "RK552", "空.xlsx": "RK195"}
    assert {name: faults(book, tmp_path / name) for name in named} == {n: [f"1:1 {c}"] for n, c in named.items()}


def test_files_say_counts_and_caption_and_nothing_runs_in_the_page(ledger: rk.Ledger, tmp_path: Path) -> None:
    comparison = ledger.compare(TABLE, by="township", period="2022")
    for lang, caption in (("zh", "不表示因果"), ("en", "nothing of cause")):
        page = comparison.save(tmp_path / f"{lang}.html", lang=lang).read_text("utf-8")
        assert caption in page
        assert "3/4" in page
        assert "75.0%" not in re.sub(r"<svg.*?</svg>", "", page, flags=re.DOTALL)  # of few there is no share
        assert not re.search(r"<script|https?://(?!www\.w3\.org)|@import", page)
    picture = comparison.save(tmp_path / "比对.svg").read_text("utf-8")
    assert "11/14" in picture
    assert "91.5（400人）" in picture
    assert json.loads(comparison.save(tmp_path / "比对.json").read_text("utf-8")) == comparison.to_dict()
    with pytest.raises(ValueError, match=r"\.docx"):
        comparison.save(tmp_path / "比对.docx")


def test_a_name_in_a_table_never_becomes_code_of_a_page(ledger: rk.Ledger, tmp_path: Path) -> None:
    table = tmp_path / "表.csv"
    table.write_text("镇街,立案\n<script>alert(1)</script>'\\,2\n", encoding="utf-8")
    page = ledger.compare(table, by="township").save(tmp_path / "页.html").read_text("utf-8")
    assert "<script" not in page


def test_years_have_no_period_beside_their_own(ledger: rk.Ledger, tmp_path: Path) -> None:
    table = tmp_path / "年.csv"
    table.write_text("年度,立案\n2021年,1\n", encoding="utf-8")
    with pytest.raises(ValueError, match="leave the period out"):
        ledger.compare(table, by="year", period="2022")
    rows = ledger.compare(table, by="year").rows
    assert [row.name.zh for row in rows] == ["2021", "2022", "2023"]  # the last two are the ledger's
    assert rows[1].shares["on_time"].whole == 70


def test_nothing_is_compared_by_what_the_rulebook_does_not_name(ledger: rk.Ledger) -> None:
    with pytest.raises(ValueError, match="nothing is compared by 'layer'"):
        ledger.compare(TABLE, by="layer")
