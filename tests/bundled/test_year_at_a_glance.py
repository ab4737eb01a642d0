"""The year of cases: every number against one counted apart from plain data, and what is said of cases left out."""

from __future__ import annotations

import json
import random
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

import reformkit as rk
from reformkit.drawing.fonts import chinese_font
from reformkit.model.case import Unread
from reformkit.reporting.case_changes import brief
from reformkit.reporting.year_table import PartOf

DAYS = ("assessed_on", "decided_on", "filed_on")


def some_cases(year: list[rk.Case], seed: int) -> list[dict[str, Any]]:
    """A few of the year's cases, with facts that are missing, and days of other years."""
    chance = random.Random(seed)
    cases = [case.to_dict() for case in chance.sample(year, 24)]
    for case in cases:
        for name in ("industry", "coordinator_gate", "lead_gate", "causes", "assessed_on", "behaviours"):
            if chance.random() < 0.15:
                case.pop(name, None)
        if chance.random() < 0.2:
            case.update(dict.fromkeys(DAYS[:2], "2021-12-20"))
        if chance.random() < 0.1:
            for name in DAYS:
                case.pop(name, None)
    return cases


def year_apart(case: dict[str, Any]) -> int | None:
    said = [case[name] for name in DAYS if case.get(name)]
    return int(str(said[0])[:4]) if said else None


def table_of(year: rk.Year, id: str) -> dict[str, dict[str, Any]]:
    """A table by row and head in Chinese, out of plain data."""
    said = json.loads(json.dumps(year.to_dict()))
    (table,) = [table for part in said["parts"] for table in part["tables"] if table["id"] == id]
    heads = [head["zh"] for head in table["heads"][1:]]
    return {row["id"]: dict(zip(heads, row["cells"], strict=True)) for row in table["rows"]}


@pytest.mark.parametrize("seed", range(3))
def test_every_number_equals_one_counted_apart(book: rk.Book, year: list[rk.Case], seed: int) -> None:
    cases = some_cases(year, seed)
    made = book.year(cases, 2022)
    ours = [case for case in cases if year_apart(case) in (2022, None)]
    told = [a.to_dict("zh") for a in book.assess_many(ours, history=cases)]
    industries = {case["id"]: case.get("industry") or "" for case in ours}
    labels = {id: brief(item.label).zh for id, item in book.rulebook.decisions["layer"].outcomes.items()}

    def came(record: dict[str, Any], name: str) -> str:
        decision = record["decisions"][name]
        return str(decision.get("outcome") or decision["status"])

    for industry in {*industries.values(), "all"}:
        own = [r for r in told if industry in ("all", industries[r["id"]])]
        of_cases = [r for r in own if came(r, "source") == "case"]
        row = table_of(made, "layers")[industry]
        starts = sum(came(r, "startup") == "start" for r in of_cases)
        assert row["案件"] == len(of_cases)
        assert row["启动"] == {"part": starts, "whole": len(of_cases)}
        layers = Counter(came(r, "layer") for r in of_cases)
        assert {head: number for head, number in row.items() if head not in ("案件", "启动") and number} == {
            labels.get(id, "尚不能确定"): number for id, number in layers.items()
        }
        points = Counter(
            point for r in own for point in {c["weak_point"] for c in r["causes"] if c["certainty"] == "found"}
        )
        shown = table_of(made, "weak_points")[industry]
        assert book.library is not None
        for id, point in book.library.weak_points.items():
            assert shown[point.label.zh] == {"part": points[id], "whole": len(own)}
    for certainty, head in (("found", "查明"), ("suspected", "疑似，待核实")):
        causes = Counter(c["cause"] for r in told for c in r["causes"] if c["certainty"] == certainty)
        numbers = {id: row[head] for id, row in table_of(made, "causes").items()}
        assert {id: n["part"] if isinstance(n, dict) else n for id, n in numbers.items()} == {
            id: causes[id] for id in numbers
        }
        assert set(causes) <= set(numbers)
    measures = Counter(r["measure"] for record in told for r in record["recommendations"])
    assert {id: row["件数"] for id, row in table_of(made, "measures").items()} == measures
    asked = Counter(fact for record in told for fact in {need["fact"] for need in record["needs"]})
    assert {id: row["件数"] for id, row in table_of(made, "questions").items()} == {
        fact: number for fact, number in asked.items() if not fact.endswith("_gate")
    }
    gates = table_of(made, "gates")
    in_scope = {r["id"] for r in told if came(r, "source") == "case"}
    for gate in ("coordinator_gate", "lead_gate"):
        said = [case[gate] for case in ours if case["id"] in in_scope and case.get(gate)]
        passed = {"part": said.count("passed"), "whole": len(said)}
        assert gates[gate] == {"已有意见": len(said), "通过": passed, "未通过": said.count("rejected")}


@pytest.mark.parametrize("seed", range(3))
def test_cases_of_other_years_and_without_a_day_are_named_and_counted(
    book: rk.Book, year: list[rk.Case], seed: int
) -> None:
    cases = some_cases(year, seed)
    others = [case["id"] for case in cases if year_apart(case) == 2021]
    undated = [case["id"] for case in cases if year_apart(case) is None]
    said = book.year(cases, 2022).explain()
    assert (f"另有{len(others)}件属其他年度" in said) is bool(others)
    assert (f"其中{len(undated)}件没有日期，按2022年计" in said) is bool(undated)
    for ids in (others, undated):
        assert "、".join(ids) in said
    if others:
        with pytest.raises(ValueError, match="of several years \\(2021: "):
            book.year(cases)


def test_the_year_of_the_examples_says_what_the_report_says(book: rk.Book, year: list[rk.Case]) -> None:
    made = book.year(year)
    assert (made.year, made.of, made.title.zh) == (2022, "cases", "以案促改年度情况（2022年）")
    assert made.table("gates")["coordinator_gate"] == (146, PartOf(106, 146), 40)
    assert made.table("layers")["all"][:2] == (146, PartOf(97, 146))
    assert "106/146＝72.6%" in made.explain()
    assert sum(row.cells[0] for row in made.table("layers").rows[:-1]) == 146  # type: ignore[misc]
    english = made.explain("en")
    assert not any("一" <= letter <= "鿿" for letter in english)
    with pytest.raises(KeyError, match="no row 'x' in gates"):
        made.table("gates")["x"]


def test_cases_left_out_for_errors_are_named_and_said_of_every_share(book: rk.Book, year: list[rk.Case]) -> None:
    place = rk.Place("/somewhere/案件.csv", 7, 1)
    file = rk.CaseFile(year[:20], unread=[Unread(place, "X-9"), Unread(place, None)])
    made = book.year(file)
    said = made.explain()
    assert "另有2件未能读入" in said
    assert "未能读入的2件：X-9、案件.csv 第7行。" in said
    shares = [
        table for part in made.parts for table in part.tables if any(isinstance(c, PartOf) for c in table.rows[0].cells)
    ]
    assert {table.note.zh for table in shares if table.note} == {"另有2件未能读入，不在其中。"}
    assert all(table.note is not None for table in shares)


def test_what_is_not_clear_is_refused_in_words(book: rk.Book) -> None:
    dated = {"id": "A", "origin": "filed_case", "decided_on": "2022-03-01"}
    for cases, year, words in (
        ([], None, "There are no cases"),
        ([{"id": "A", "origin": "filed_case"}], None, "no case has a day"),
        ([dated], 2023, "there are no cases of 2023; those given are of 2022: 1"),
        ([dated], 20222, "`20222` is no year"),
    ):
        with pytest.raises(ValueError, match=words):
            book.year(cases, year)
    with pytest.raises(rk.CaseError):
        book.year([{**dated, "decided_on": "2022-13-01"}])
    assert book.year([{"id": "A", "origin": "filed_case"}], 2024).year == 2024


def test_a_year_may_be_said_in_words(book: rk.Book) -> None:
    cases = [{"id": id, "origin": "filed_case", "filed_on": f"{year}-03-01"} for id, year in (("A", 2022), ("B", 2023))]
    assert book.year(cases, "2022年").to_dict() == book.year(cases, 2022).to_dict()


def test_cases_before_the_rules_are_counted_and_named(book: rk.Book) -> None:
    cases = [{"id": id, "origin": "filed_case", "filed_on": f"{day}-03-01"} for id, day in (("A", 2021), ("B", 2022))]
    said = {year: [line.zh for line in book.year(cases, year).parts[0].lines] for year in (2021, 2022)}
    assert any("其中1件的日期早于一些决策最早的规则" in line and "：A。" in line for line in said[2021])
    assert not any("最早的规则" in line for line in said[2022])


PLAIN = {
    "rulebook.yaml": "name: plain\nvocabulary: vocabulary.yaml\n",
    "vocabulary.yaml": "fields:\n  level: {label: {zh: 级别, en: Level}, type: flag}\n"
    "  filed_on: {label: {zh: 立案日期, en: Filed on}, type: date}\n",
    "startup.yaml": "decision: startup\ntitle: {zh: 是否启动, en: Startup}\nhit: first\noutcomes: {start: {zh: 启动, en: Start}}\n"
    "rules:\n  - {id: S-1, when: {level: true}, then: start}\n",
}


def test_a_rulebook_without_library_layers_and_sectors_has_a_year_too(tmp_path: Path) -> None:
    for name, text in PLAIN.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    made = rk.load(tmp_path).year(
        [{"id": "A", "filed_on": "2022-03-01", "level": True}, {"id": "B", "level": True}], 2022
    )
    assert [part.id for part in made.parts] == ["outcomes"]
    assert "是否启动：启动2件" in made.explain()
    assert "<h1>" in made.made(".html").decode()
    assert "其中1件没有日期，按2022年计：B。" in made.explain()


def test_a_share_of_few_has_no_percentage() -> None:
    assert [PartOf(part, whole).said.zh for part, whole in ((3, 4), (4, 5), (0, 0), (1, 16), (1, 8))] == [
        "3/4",
        "4/5（80.0%）",
        "—",
        "1/16（6.3%）",
        "1/8（12.5%）",
    ]


def test_files_say_all_alike_and_break_no_line(book: rk.Book, year: list[rk.Case], tmp_path: Path) -> None:
    from docx import Document
    from openpyxl import load_workbook

    made = book.year(year[:40])
    for ending in (".txt", ".html", ".json", ".xlsx", ".docx"):
        made.save(tmp_path / f"年度{ending}")
    text = (tmp_path / "年度.txt").read_text(encoding="utf-8")
    page = (tmp_path / "年度.html").read_text(encoding="utf-8")
    words = [paragraph.text for paragraph in Document(str(tmp_path / "年度.docx")).paragraphs]
    cells = [row[0] for row in load_workbook(tmp_path / "年度.xlsx")["汇总"].iter_rows(values_only=True)]
    for part in made.parts:
        for line in part.lines:
            assert line.zh in text.splitlines()
            assert f"<p>{line.zh}</p>" in re.sub("</?(?:span|nobr)[^>]*>|\u2060", "", page)
            assert line.zh in words
            assert line.zh in cells
    assert page.count("<svg") == 2
    assert "://" not in page.replace("http://www.w3.org", "")
    drawn = len(Document(str(tmp_path / "年度.docx")).inline_shapes)
    if chinese_font() is None:  # a picture for Word needs one; the charts of a page are drawn by who opens it
        assert drawn == 0 and any(paragraph.startswith("图未附：") for paragraph in words)
    else:
        assert drawn == 2
    assert json.loads((tmp_path / "年度.json").read_text(encoding="utf-8")) == made.to_dict()
    with pytest.raises(ValueError, match=r"not as \.pdf"):
        made.save(tmp_path / "年度.pdf")
    assert not (tmp_path / "年度.pdf").exists()


def test_without_the_pictures_a_page_says_that_they_are_left_out(
    book: rk.Book, year: list[rk.Case], monkeypatch: pytest.MonkeyPatch
) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "reformkit.drawing.comparison", None)
    page = book.year(year[:30]).made(".html").decode()
    assert "<svg" not in page
    assert "图未附：画图须另装：pip install" in page
