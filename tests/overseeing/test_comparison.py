"""Reform beside stated indicators: the numbers are those of the figures, few are marked, a table's faults are all named."""

from __future__ import annotations

import importlib.util
import json
import re
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

import reformkit as rk
from reformkit.keeping.rebuilding import write_export
from reformkit.overseeing.comparison import ComparedShare
from reformkit.overseeing.stated import read_stated

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
    return rk.load()


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
    before, now = ledger.compare(table, by="year").rows
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
    "地区,立案\n甲,1\n": ["RK554", "RK553"],
    "镇街,立案,立安\n甲,1,2\n": ["RK554"],
    "镇街,立案,立案\n甲,1,2\n": ["RK557"],
    "镇街,立案\n甲,-1\n乙,1.5\n丙,多\n": ["RK558"] * 3,
    "镇街,满意度测评,满意度测评样本数\n甲,101,30\n乙,90,\n": ["RK559", "RK560"],
    "镇街,立案\n甲,1\n 甲 ,2\n,3\n": ["RK556", "RK555"],
}


@pytest.mark.parametrize("text", FAULTS)
def test_everything_wrong_with_a_table_is_named_at_once(book: rk.Book, tmp_path: Path, text: str) -> None:
    table = tmp_path / "指标.csv"
    table.write_text(text, encoding="utf-8")
    assert book.rulebook.integrity is not None
    with pytest.raises(rk.TableError) as raised:
        read_stated(table, book.rulebook.integrity, "township")
    assert [problem.code for problem in raised.value.problems] == FAULTS[text]
    assert all(problem.line for problem in raised.value.problems)


def test_a_workbook_says_the_same_and_its_faults_name_the_cell(book: rk.Book, tmp_path: Path) -> None:
    from openpyxl import Workbook  # tests write with another library than reads

    rules = book.rulebook.integrity
    assert rules is not None
    workbook = Workbook()
    for line in TABLE.read_text("utf-8-sig").splitlines():
        workbook.active.append([int(cell) if cell.isdigit() and cell[0] != "0" else cell for cell in line.split(",")])
    workbook.save(tmp_path / "指标.xlsx")
    assert read_stated(tmp_path / "指标.xlsx", rules, "township") == read_stated(TABLE, rules, "township")
    workbook.active["C3"] = "二十二"
    workbook.save(tmp_path / "错.xlsx")
    with pytest.raises(rk.TableError) as raised:
        read_stated(tmp_path / "错.xlsx", rules, "township")
    assert [str(problem.place).rpartition("!")[2] for problem in raised.value.problems] == ["C3"]


def test_a_table_that_is_no_table_is_said(book: rk.Book, tmp_path: Path) -> None:
    assert book.rulebook.integrity is not None
    (tmp_path / "坏.xlsx").write_bytes(b"PK\x03\x04 broken")
    for name, code in (("坏.xlsx", "RK194"), ("没有.csv", "RK101"), ("文.docx", "RK552")):
        with pytest.raises(rk.TableError) as raised:
            read_stated(tmp_path / name, book.rulebook.integrity, "township")
        assert [problem.code for problem in raised.value.problems] == [code]


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


def test_nothing_is_compared_by_what_the_rulebook_does_not_name(ledger: rk.Ledger) -> None:
    with pytest.raises(ValueError, match="nothing is compared by 'layer'"):
        ledger.compare(TABLE, by="layer")
