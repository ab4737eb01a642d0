"""Inputs after public bug reports, rebuilt small: each answered alike and rightly through every way in."""

from __future__ import annotations

import datetime
import shutil
from collections.abc import Callable, Sequence
from copy import deepcopy
from pathlib import Path
from typing import Any

import openpyxl
import polars as pl
import pytest

import reformkit as rk
from reformkit.files.opening import read_cases
from tests.agreement.test_ways_in import write
from tests.cli.conftest import bundled_book

Row = dict[str, Any]
BOTH: Row = {
    "origin": "filed_case",
    "authority_level": "county",
    "stage": "under_investigation",
    "coordinator_gate": "passed",
    "township": "区直",
    "industry": "supply_coop",
    "causes": ["institution.asset_rules"],
}
DAYS = datetime.date(2022, 3, 1), datetime.date(2022, 3, 2)


def rows(*regions: str) -> list[Row]:
    """Two cases of one sector and cause, a day apart, in these regions."""
    pairs = zip(regions, DAYS, strict=True)
    own = ({"id": f"A-{n}", "region": region, "filed_on": day} for n, (region, day) in enumerate(pairs, 1))
    return [{**deepcopy(BOTH), **row} for row in own]


REGIONS: dict[str, tuple[list[Row], str, set[str]]] = {
    "one place": (rows("九原区", "九原区"), "line", set()),
    "two places": (rows("九原区", "青山区"), "point", set()),
    "an invisible character": (rows("九原区", "九原区\u200b"), "line", {"RK801", "RK802"}),
    "a byte order mark": (rows("九原区", "\ufeff九原区"), "line", {"RK801", "RK802"}),
    "a soft hyphen": (rows("九原区", "九\u00ad原区"), "line", {"RK801", "RK802"}),
    "wide and narrow brackets": (rows("某区（东）", "某区(东)"), "line", {"RK802"}),
    "a trailing blank": (rows("九原区", "九原区 "), "line", set()),
    "an ideographic blank": (rows("九原区", "九原区\u3000"), "line", set()),
    "not known": (rows("不详", "不详"), "undetermined", {"RK803"}),
    "not known, by a stroke": (rows("/", "/"), "undetermined", {"RK803"}),
    "not known, in English": (rows("N/A", "n/a"), "undetermined", {"RK803"}),
}

Way = Callable[[rk.Book, Sequence[Row], Path], tuple[list[str], set[str]]]
"""The layer of each case (its status, where it has no outcome), and the codes of what was said in reading."""


def _said(assessed: Sequence[rk.Assessment]) -> list[str]:
    return [a.layer.outcome or a.layer.status for a in assessed]


def _file(ending: str) -> Way:
    def way(book: rk.Book, cases: Sequence[Row], folder: Path) -> tuple[list[str], set[str]]:
        write(book, cases, folder / f"c.{ending}")
        found = read_cases(folder / f"c.{ending}", book.rulebook)
        codes = {problem.code for problem in found.problems}
        return _said(list(book.assess_many(found.cases, history=found.cases))), codes

    return way


def _dicts(book: rk.Book, cases: Sequence[Row], folder: Path) -> tuple[list[str], set[str]]:
    assessed = [book.assess(case, history=cases) for case in cases]
    return _said(assessed), {problem.code for a in assessed for problem in a.problems}


def _session(book: rk.Book, cases: Sequence[Row], folder: Path) -> tuple[list[str], set[str]]:
    with book.session(by="compiled") as session:
        for case in cases:
            session.tell(case["id"], {name: value for name, value in case.items() if name != "id"})
        assessed = [session[case["id"]] for case in cases]
        return _said(assessed), {problem.code for a in assessed for problem in a.problems}


def _frame(book: rk.Book, cases: Sequence[Row], folder: Path) -> tuple[list[str], set[str]]:
    frame = pl.DataFrame(cases)
    made = book.assess_frame(frame, "self")
    pairs = zip(made["layer"].to_list(), made["layer_status"].to_list(), strict=True)
    return [outcome or status for outcome, status in pairs], set(book.check_frame(frame)["code"].to_list())


WAYS: dict[str, Way] = {
    **{ending: _file(ending) for ending in ("csv", "xlsx", "yaml", "json", "jsonl", "parquet")},
    "dicts": _dicts,
    "session": _session,
    "frame": _frame,
}


@pytest.mark.parametrize("way", WAYS)
def test_a_place_is_the_same_place_however_it_is_written(way: str, tmp_path: Path) -> None:
    book = bundled_book()
    for name, (cases, layer, codes) in REGIONS.items():
        layers, said = WAYS[way](book, cases, tmp_path)
        assert layers == [layer] * 2, name
        across = {"RK802"} if way in ("dicts", "session") else set()  # said of a column, and a case alone has none
        assert codes - across <= said <= codes, name


def sheet(path: Path, lines: Sequence[Sequence[Any]], formats: Sequence[str] = ()) -> Path:
    """A workbook of these lines; of the rows under the header the first cell is in these number formats."""
    book = openpyxl.Workbook()
    for line in lines:
        book.active.append(line)
    for number, kind in enumerate(formats, 2):
        book.active.cell(number, 1).number_format = kind
    book.save(path)
    return path


def test_two_ids_that_a_sheet_shows_alike_are_one_and_said(tmp_path: Path) -> None:
    lines = [["id", "authority_level"], [3, "county"], [3, "county"]]
    found = bundled_book().read_case_file(sheet(tmp_path / "c.xlsx", lines, ["0000_ ", "0000"]))
    assert [case.id for case in found.cases] == ["0003"]
    assert [problem.code for problem in found.problems] == ["RK172"]


def test_headings_with_a_break_and_a_remark_are_found(tmp_path: Path) -> None:
    lines = [["编号", "机关\n层级", "立案日期（必填）"], ["A-1", "县级", "2022-03-01"]]
    found = bundled_book().read_case_file(sheet(tmp_path / "c.xlsx", lines))
    assert (found.problems, found.cases[0].facts["authority_level"]) == ([], "county")
    assert found.cases[0].facts["filed_on"] == DAYS[0]


def test_a_ledgers_columns_stop_nobody_but_names_are_said(tmp_path: Path) -> None:
    path = tmp_path / "c.csv"
    path.write_text("序号,编号,姓名,机关层级,备注\n1,A-1,某,县级,已核\n", encoding="utf-8")
    found = bundled_book().read_case_file(path)
    assert [problem.code for problem in found.problems] == ["RK808"]
    assert found.cases[0].facts == {"authority_level": "county"}


@pytest.mark.parametrize("first", ["sep=;\n", ""])
def test_another_separator_is_named(tmp_path: Path, first: str) -> None:
    path = tmp_path / "c.csv"
    path.write_text(f"{first}id;authority_level\nA-1;county\n", encoding="utf-8")
    (problem,) = bundled_book().read_case_file(path).problems
    assert problem.code == "RK821" and "semicolons" in problem.message("en")


def test_bytes_that_are_text_in_two_encodings_are_read_as_is_likelier(tmp_path: Path) -> None:
    path = tmp_path / "c.csv"
    path.write_bytes("id,authority_level,unit\nA-1,county,某医院\n".encode("gb18030"))
    found = bundled_book().read_case_file(path)
    assert (found.cases[0].facts["unit"], [p.code for p in found.problems]) == ("某医院", ["RK188"])


def test_days_that_cannot_both_be_so_are_warned_of_and_nothing_else_changes(tmp_path: Path) -> None:
    case = {**BOTH, "id": "A-1", "filed_on": "2022-09-01", "decided_on": "2022-03-01"}
    a = bundled_book().assess(case)
    assert {problem.code for problem in a.problems} == {"RK811", "RK813"}
    assert a.startup.outcome == "start"


VOCABULARY = """fields:
  flag: {type: flag, label: 共性问题}
  tags: {type: tags, label: 表现, values: {a: 甲, b: 乙%s附}}
"""
RULES = """decision: d
title: 是否启动
hit: first
outcomes: {start: 启动, no: 不启动}
rules:
  - {id: R-1, when: {flag: true}, then: start, until: 2023-01-01}
  - {id: R-2, when: {flag: true}, then: start, since: 2023-01-02}
%s"""


def rulebook(folder: Path, between: str, rest: str) -> Path:
    """A small rulebook, whose second tag has a character in its label, with more behind its rules."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    (folder / "rulebook.yaml").write_text(
        "name: mine\nversion: '1.0'\ntitle: 示例\nvocabulary: vocabulary.yaml\n", "utf-8"
    )
    (folder / "vocabulary.yaml").write_text(VOCABULARY % between, "utf-8")
    (folder / "d.yaml").write_text(RULES % rest, "utf-8")
    return folder


def test_a_day_without_a_rule_is_seen(tmp_path: Path) -> None:
    folder = rulebook(tmp_path / "book", "，", "")
    assert "RK306" in {problem.code for problem in rk.check(folder)}
    d = rk.load(folder).decide("d", {"flag": True}, as_of=datetime.date(2023, 1, 1))
    assert d.status == "uncovered"


@pytest.mark.parametrize(("between", "code"), [("；", "RK822"), (";", "RK822"), ("，", None)])
def test_a_label_that_no_table_could_state_is_said(tmp_path: Path, between: str, code: str | None) -> None:
    folder = rulebook(tmp_path / "book", between, "otherwise: no\n")
    assert (code in {problem.code for problem in rk.check(folder)}) == (code is not None)
