"""Findings on a sheet of their own mean what they mean in YAML; what belongs to no case, or cannot be read, is said."""

from __future__ import annotations

import json
import random
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import openpyxl
import polars as pl
import pytest

import reformkit as rk
from reformkit.files.assessed import FrameFiles
from tests.books import bundled_book

HEADER = ("编号", "症结", "事项", "证据")


@pytest.fixture(scope="module")
def book() -> rk.Book:
    return bundled_book()


def workbook(path: Path, findings: Sequence[Sequence[Any]], ids: Sequence[Any] = ("A-1", "A-2", "A-3")) -> Any:
    """A workbook of cases with findings; saved, and given to be spoilt further."""
    made = openpyxl.Workbook()
    made.active.title = "案件"
    for row in (("编号", "机关层级"), *((id, "县级") for id in ids)):
        made.active.append(row)
    sheet = made.create_sheet("剖析发现")
    for row in findings:
        sheet.append(row)
    made.save(path)
    return made


def said(problems: Sequence[rk.Problem]) -> list[str]:
    return [f"{p.place.sheet}!{'ABCDEFGH'[p.place.column - 1]}{p.place.line} {p.code}" for p in problems]


def streamed(book: rk.Book, path: Path) -> tuple[pl.DataFrame, list[str]]:
    """What the way of large files makes of a workbook, and its problems."""
    files = FrameFiles(book, [path])
    done = list(files.assessed(None, None))
    bad = [value.problem for batch in done for value in batch.bad]
    return pl.concat([batch.frame for batch in done], how="diagonal_relaxed"), said(bad)


def test_generated_findings_mean_the_same_in_yaml_and_on_the_sheet(tmp_path: Path, book: rk.Book) -> None:
    chance = random.Random(18)
    vocabulary = book.rulebook.vocabulary
    causes = [(id, item.label.zh) for id, item in book.rulebook.fields["causes"].values.items()]
    matters = [(id, item.label.zh) for id, item in vocabulary.finding_fields["matter"].values.items()]
    wrong = ("无制度x", "不详", "无制度；有章不循", "不是")
    cases, rows = [], []
    for number in range(60):
        listed = []
        for at in range(chance.choice((0, 1, 1, 2, 3))):
            cause, matter = (
                chance.choice(chance.choice(causes)),
                chance.choice((None, chance.choice(chance.choice(matters)))),
            )
            if chance.random() < 0.08:
                cause = chance.choice(wrong)
            if chance.random() < 0.08:
                matter = chance.choice(wrong)
            evidence = chance.choice(
                (f"第 {at} 份材料", f"{at}=x", "证号 11010519491231002X" if number % 9 == 0 else f"0{at}")
            )
            said_here = {"cause": cause, "matter": matter, "evidence": evidence}
            listed.append({name: word for name, word in said_here.items() if word is not None})
            rows.append((f"C-{number}", cause, matter, evidence))
        cases.append({"id": f"C-{number}", "authority_level": "county", **({"findings": listed} if listed else {})})
    chance.shuffle(rows)
    order = {id: [row for row in rows if row[0] == id] for id in {row[0] for row in rows}}
    for case in cases:
        listed = [dict(zip(("cause", "matter", "evidence"), row[1:], strict=True)) for row in order.get(case["id"], ())]
        if listed:
            case["findings"] = [{name: word for name, word in one.items() if word is not None} for one in listed]
    (tmp_path / "x.json").write_text(json.dumps(cases, ensure_ascii=False))
    workbook(tmp_path / "x.xlsx", [HEADER, *rows], [case["id"] for case in cases])
    tree, sheet = book.read_case_file(tmp_path / "x.json"), book.read_case_file(tmp_path / "x.xlsx")
    assert sheet.cases == tree.cases
    assert [left.id for left in sheet.unread] == [left.id for left in tree.unread]
    words = [sorted((p.case, p.code, p.message("zh")) for p in file.problems) for file in (tree, sheet)]
    assert words[0] == words[1]
    assert 20 < len(tree.cases) < 60
    frame, problems = streamed(book, tmp_path / "x.xlsx")
    alone = {case.id: book.assess(case) for case in tree.cases}
    assert frame.get_column("id").to_list() == list(alone)
    assert frame.get_column("layer").to_list() == [a.decisions["layer"].outcome for a in alone.values()]
    assert [frozenset(ids) for ids in frame.get_column("measures")] == [
        frozenset(one["measure"] for one in a.to_dict()["recommendations"]) for a in alone.values()
    ]
    assert sorted(problems) == sorted(said(sheet.problems))


def test_all_that_is_wrong_is_said_at_once_at_its_cell(tmp_path: Path, book: rk.Book) -> None:
    rows = [
        HEADER,
        ("A-1", "无制度", "采购", "x"),
        ("A-2", "无制度x", "采购y", None),
        ("A-9", "无制度x", None, None),
        (None, "无制度", None, None),
        ("A-3", None, None, "y"),
        ("不详", "无制度", None, None),
        ("A-1", "无制度", "采购", "x"),
    ]
    workbook(tmp_path / "x.xlsx", rows)
    file = book.read_case_file(tmp_path / "x.xlsx")
    here = [f"剖析发现!{cell}" for cell in ("B3 RK130", "C3 RK130", "A4 RK877", "B4 RK130", "A5 RK878", "B6 RK121", "A7 RK263", "A8 RK879")]  # fmt: skip
    assert said(file.problems) == here
    assert [case.id for case in file.cases] == ["A-1"]
    assert [left.id for left in file.unread] == ["A-2", "A-3"]
    assert sorted(streamed(book, tmp_path / "x.xlsx")[1]) == sorted(here)


def test_a_case_on_another_sheet_has_no_findings_here(tmp_path: Path, book: rk.Book) -> None:
    made = workbook(tmp_path / "x.xlsx", [HEADER, ("B-1", "无制度")])
    for row in (("编号", "机关层级"), ("B-1", "县级")):
        made["二月"].append(row) if "二月" in made.sheetnames else made.create_sheet("二月").append(row)
    made.save(tmp_path / "x.xlsx")
    assert said(book.read_case_file(tmp_path / "x.xlsx").problems) == ["二月!A1 RK196", "剖析发现!A2 RK877"]


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        (("编号", "原因", "事项", "证据"), ["剖析发现!A1 RK121", "剖析发现!B1 RK809"]),
        (("案号", "症结", "事项"), ["剖析发现!A1 RK121", "剖析发现!A1 RK809"]),
        (("编号", "症结", "症结"), ["剖析发现!C1 RK110"]),
        (("编号", "症结", "姓名"), ["剖析发现!C1 RK808"]),
        (("甲", "乙"), ["剖析发现!A1 RK880"]),
        (("证据（必填）", "备注", "*编号", "症结"), []),
    ],
)
def test_a_header_that_does_not_fit_is_said(tmp_path: Path, book: rk.Book, header: Any, expected: list[str]) -> None:
    workbook(tmp_path / "x.xlsx", [header, *([] if expected else [("x", "y", "A-1", "无制度")])])
    file = book.read_case_file(tmp_path / "x.xlsx")
    assert sorted(said(file.problems)) == expected
    if not expected:
        assert [f.to_dict() for f in file.cases[0].findings or ()] == [{"cause": "institution.absent", "evidence": "x"}]


def test_hidden_rows_and_merged_ids_are_said(tmp_path: Path, book: rk.Book) -> None:
    made = workbook(tmp_path / "x.xlsx", [HEADER, ("A-1", "无制度"), (None, "有章不循"), ("A-2", "无制度")])
    made["剖析发现"].merge_cells("A2:A3")
    made["剖析发现"].row_dimensions[4].hidden = True
    made.save(tmp_path / "x.xlsx")
    file = book.read_case_file(tmp_path / "x.xlsx")
    assert said(file.problems) == ["剖析发现!A3 RK197", "剖析发现!A4 RK815"]
    assert [len(case.findings or ()) for case in file.cases] == [1, 1, 0]


def test_numbers_as_ids_are_those_that_are_shown(tmp_path: Path, book: rk.Book) -> None:
    made = workbook(tmp_path / "x.xlsx", [HEADER, (3, "无制度")], (3,))
    for title in ("案件", "剖析发现"):
        made[title]["A2"].number_format = "0000"
    made.save(tmp_path / "x.xlsx")
    file = book.read_case_file(tmp_path / "x.xlsx")
    assert (file.problems, file.cases[0].id, len(file.cases[0].findings or ())) == ([], "0003", 1)


def test_findings_of_cases_beyond_the_damage_are_not_called_unknown(tmp_path: Path, book: rk.Book) -> None:
    workbook(tmp_path / "whole.xlsx", [HEADER, ("A-3", "无制度")])
    with zipfile.ZipFile(tmp_path / "whole.xlsx") as whole, zipfile.ZipFile(tmp_path / "x.xlsx", "w") as cut:
        for name in whole.namelist():
            content = whole.read(name)
            if name.endswith("sheet1.xml"):  # its last row lies beyond what any sheet has
                content = (
                    content.replace(b'r="4"', b'r="1048577"').replace(b"A4", b"A1048577").replace(b"B4", b"B1048577")
                )
            cut.writestr(name, content)
    file = book.read_case_file(tmp_path / "x.xlsx")
    assert [problem.code for problem in file.problems] == ["RK194"]  # and none of A-3, which was never met
    assert [case.id for case in file.cases] == ["A-1", "A-2"]
