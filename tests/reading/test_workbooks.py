"""Workbooks say what the same table says as CSV, and a cell that says nothing certain is never taken for blank."""

from __future__ import annotations

import csv
import re
import zipfile
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from reformkit.files.opening import CaseFile, read_cases
from reformkit.problem import Place
from reformkit.workbook.parts import MOST_HELD
from tests.bad.workbooks import HEADER, ROWS, workbook
from tests.reading.test_cases import RULEBOOK, said


def read(book: Workbook, folder: Path) -> CaseFile:
    book.save(folder / "cases.xlsx")
    return read_cases(folder / "cases.xlsx", RULEBOOK)


def problems(found: CaseFile) -> list[tuple[str, str]]:
    return [(problem.code, str(problem.place).rpartition(" ")[2]) for problem in found.problems]


# --- the same as CSV -----------------------------------------------------------------------------------

_TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1, max_size=8)
_BLANK = st.none()
COLUMNS: dict[str, st.SearchStrategy[Any]] = {
    "机关层级": _BLANK | st.sampled_from(["县级", "county", " 县级 ", "县纪"]),
    "涉案人数": _BLANK | st.integers(0, 600) | st.sampled_from([3.0, 1.5, "3", "三"]),
    "处分决定日期": _BLANK | st.dates(date(1990, 1, 1), date(2100, 1, 1)) | st.sampled_from(["2022-03-01", "2022/3/1"]),
    "当年处分": _BLANK | st.booleans() | st.sampled_from(["是", "否", "yes"]),
    "案发单位": _BLANK | _TEXTS | st.sampled_from(["=1+1", "'001", "-x", "@某区", "a\nb", "110101199001010007"]),
    "已查明症结": _BLANK | st.sampled_from(["无", "无制度；top_leader", "无制度", ";", "没有"]),
}
_ROW = st.tuples(st.sampled_from(["A-1", "A-2", "001", "B", 7, " C ", "", "D"]), *COLUMNS.values())


def as_csv(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value)


@given(rows=st.lists(_ROW, max_size=6), mac=st.booleans())
def test_a_sheet_saved_as_csv_gives_the_same_cases(
    rows: list[tuple[Any, ...]], mac: bool, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder, header = tmp_path_factory.mktemp("same"), ("编号", *COLUMNS)
    book = workbook(())
    if mac:
        book.epoch = CALENDAR_MAC_1904
    for number, row in enumerate([header, *rows], 1):
        for column, value in enumerate(row, 1):
            cell = book.active.cell(number, column, value)
            if isinstance(value, str):
                cell.data_type = "s"  # or openpyxl would write a formula
    with (folder / "cases.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([[as_csv(value) for value in row] for row in [header, *rows]])
    of_csv, of_sheet = read_cases(folder / "cases.csv", RULEBOOK), read(book, folder)
    assert said(of_sheet) == said(of_csv)
    codes = [[(p.code, p.fact) for p in found.problems if p.code != "RK188"] for found in (of_csv, of_sheet)]
    assert codes[0] == codes[1]  # but for encodings, which a sheet has not


# --- what Excel stores ---------------------------------------------------------------------------------


def test_ids_stay_as_they_are_seen(tmp_path: Path) -> None:
    book = workbook((HEADER, ("001", None, None), (2, None, None), (3, None, None), ("4 ", None, None)))
    book.active["A4"].number_format = "0000"
    assert [case.id for case in read(book, tmp_path).cases] == ["001", "2", "0003", "4"]


def test_a_case_knows_its_sheet_and_row(tmp_path: Path) -> None:
    found = read(workbook(), tmp_path)
    assert [case.place for case in found.cases] == [
        Place(str(tmp_path / "cases.xlsx"), row, 1, "案件") for row in (2, 3)
    ]
    assert not found.problems


def test_titles_above_the_header_and_an_odd_name_of_the_sheet_do_not_matter(tmp_path: Path) -> None:
    book = workbook((("某区2022年案件台账",), (), HEADER, *ROWS), "Sheet1")
    book.active.merge_cells("A1:C1")
    book.create_sheet("说明", 0).append(["填表说明", "请填写"])
    assert [case.id for case in read(book, tmp_path).cases] == ["A-1", "A-2"]


def test_the_sheet_called_cases_is_taken_before_others(tmp_path: Path) -> None:
    book = workbook()
    book.create_sheet("旧表", 0).append(HEADER)
    found = read(book, tmp_path)
    assert [case.id for case in found.cases] == ["A-1", "A-2"]
    assert problems(found) == [("RK196", "旧表!A1")]


@pytest.mark.parametrize(
    ("cell", "value", "codes"),
    [
        ("B2", "#N/A", [("RK198", "案件!B2")]),
        ("C2", 1.5, [("RK132", "案件!C2")]),
        ("C2", 501, [("RK133", "案件!C2")]),
        ("C2", datetime(2022, 3, 1), [("RK132", "案件!C2")]),
        ("C2", time(3, 4), [("RK132", "案件!C2")]),
        ("A2", 123456789012345678, [("RK198", "案件!A2")]),
        ("A2", None, [("RK123", "案件!A2")]),
        ("B2", "县\x7f级", [("RK107", "案件!B2")]),
        ("D2", "备注", [("RK127", "案件!A2")]),
    ],
)
def test_a_cell_that_cannot_be_taken_is_named(
    cell: str, value: Any, codes: list[tuple[str, str]], tmp_path: Path
) -> None:
    book = workbook()
    book.active[cell] = value
    found = read(book, tmp_path)
    assert problems(found) == codes
    assert [case.id for case in found.cases] == ["A-2"]


def with_part(path: Path, part: str, old: str, new: str) -> Path:
    """The workbook with some words of one part replaced."""
    made = path.with_name("made.xlsx")
    with zipfile.ZipFile(path) as given, zipfile.ZipFile(made, "w") as taken:
        for name in given.namelist():
            data = re.sub(
                b"<v ?/>|<v></v>", b"<v />", given.read(name)
            )  # openpyxl writes one of them, by what is installed
            assert name != part or old.encode() in data
            taken.writestr(name, data.replace(old.encode(), new.encode()) if name == part else data)
    return made


@pytest.mark.parametrize(
    ("stored", "cases", "codes"),
    [
        ("<v>3</v>", ["A-1", "A-2"], []),
        ("<v></v>", ["A-2"], [("RK198", "案件!C2")]),
        ("", ["A-2"], [("RK198", "案件!C2")]),
    ],
)
def test_a_formula_says_what_is_stored_of_it(
    stored: str, cases: list[str], codes: list[tuple[str, str]], tmp_path: Path
) -> None:
    book = workbook()
    book.active["C2"] = "=1+2"
    book.save(tmp_path / "cases.xlsx")
    made = with_part(tmp_path / "cases.xlsx", "xl/worksheets/sheet1.xml", "<v />", stored)
    found = read_cases(made, RULEBOOK)
    assert ([case.id for case in found.cases], problems(found)) == (cases, codes)


def test_a_formula_that_gives_an_empty_text_is_unknown(tmp_path: Path) -> None:
    book = workbook()
    book.active["C2"] = '=IF(TRUE,"","")'
    book.save(tmp_path / "cases.xlsx")
    part, formula = "xl/worksheets/sheet1.xml", '<f>IF(TRUE,"","")</f>'
    made = with_part(tmp_path / "cases.xlsx", part, f'<c r="C2">{formula}', f'<c r="C2" t="str">{formula}')
    found = read_cases(made, RULEBOOK)
    assert not found.problems and "people" not in found.cases[0].facts


def test_an_office_file_with_an_empty_middle_is_read_to_its_end(tmp_path: Path) -> None:
    book = workbook()
    book.active["A9"], book.active["B9"] = "A-9", "县级"
    found = read(book, tmp_path)
    assert [case.id for case in found.cases] == ["A-1", "A-2", "A-9"]
    assert problems(found) == [("RK199", "案件!A4")]


def test_a_heading_across_the_table_is_no_case(tmp_path: Path) -> None:
    book = workbook((HEADER, ("一、街道",), *ROWS))
    book.active.merge_cells("A2:C2")
    found = read(book, tmp_path)
    assert [case.id for case in found.cases] == ["A-1", "A-2"]
    assert {code for code, _ in problems(found)} == {"RK197"}


def test_a_wrong_dimension_hides_no_row(tmp_path: Path) -> None:
    workbook().save(tmp_path / "cases.xlsx")
    part = "xl/worksheets/sheet1.xml"
    made = with_part(tmp_path / "cases.xlsx", part, '<dimension ref="A1:C3"', '<dimension ref="A1"')
    assert [case.id for case in read_cases(made, RULEBOOK).cases] == ["A-1", "A-2"]


def test_a_row_number_that_no_sheet_has_is_damage_and_not_a_hundred_million_blank_rows(tmp_path: Path) -> None:
    workbook((HEADER, ("A-1",))).save(tmp_path / "sound.xlsx")
    with zipfile.ZipFile(tmp_path / "sound.xlsx") as sound, zipfile.ZipFile(tmp_path / "cases.xlsx", "w") as cases:
        for part in sound.namelist():
            cases.writestr(part, sound.read(part).replace(b'<row r="2"', b'<row r="99999999"'))
    found = read_cases(tmp_path / "cases.xlsx", RULEBOOK)
    assert problems(found) == [("RK194", "案件!A1048577")] and not found.whole


def test_repeated_ids_are_named_by_row(tmp_path: Path) -> None:
    found = read(workbook((HEADER, *ROWS, ROWS[0])), tmp_path)
    assert problems(found) == [("RK172", "案件!A4")]
    assert "第 2 行" in found.problems[0].message("zh")


# --- no workbook ---------------------------------------------------------------------------------------


def spoilt(path: Path, how: str) -> None:
    data = path.read_bytes()
    match how:
        case "cut":
            data = data[: len(data) // 2]
        case "text":
            data = b"id,form\n"
        case "empty":
            data = b""
        case "encrypted":
            data = b"\xd0\xcf\x11\xe0" + bytes(3000) + "EncryptedPackage".encode("utf-16-le") + bytes(100)
        case "another zip":
            with zipfile.ZipFile(path, "w") as file:
                file.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
            return
        case "middle":
            at = data.index(b"xl/worksheets/sheet1.xml") + 60
            data = data[:at] + bytes(60) + data[at + 60 :]
    path.write_bytes(data)


@pytest.mark.parametrize("how", ["cut", "text", "empty", "encrypted", "another zip", "middle"])
def test_what_is_no_workbook_is_said_in_one_problem(how: str, tmp_path: Path) -> None:
    workbook().save(tmp_path / "cases.xlsx")
    spoilt(tmp_path / "cases.xlsx", how)
    found = read_cases(tmp_path / "cases.xlsx", RULEBOOK)
    assert not found.cases
    assert [problem.code for problem in found.problems] == ["RK194"]
    assert ("密码" in found.problems[0].message("zh")) == (how == "encrypted")


def test_texts_that_would_fill_the_memory_are_not_unpacked(tmp_path: Path) -> None:
    workbook().save(tmp_path / "cases.xlsx")
    with (
        zipfile.ZipFile(tmp_path / "cases.xlsx", "a", zipfile.ZIP_DEFLATED) as file,
        file.open("xl/more.xml", "w") as more,
    ):
        for _ in range(MOST_HELD // (16 << 20) + 1):
            more.write(bytes(16 << 20))
    assert (tmp_path / "cases.xlsx").stat().st_size < 1 << 20
    (problem,) = read_cases(tmp_path / "cases.xlsx", RULEBOOK).problems
    assert problem.code == "RK194" and "展开后有 528 MB" in problem.message("zh")


@pytest.mark.parametrize("ending", [".xls", ".et", ".xlsb", ".ods"])
def test_other_kinds_of_workbook_are_to_be_saved_anew(ending: str, tmp_path: Path) -> None:
    (tmp_path / f"cases{ending}").write_bytes(b"\xd0\xcf\x11\xe0")
    found = read_cases(tmp_path / f"cases{ending}", RULEBOOK)
    assert [problem.code for problem in found.problems] == ["RK194"]
    assert "另存为 .xlsx" in found.problems[0].fix("zh")


def test_a_workbook_that_is_read_is_not_changed_and_not_held_open(tmp_path: Path) -> None:
    workbook().save(tmp_path / "cases.xlsx")
    before = (tmp_path / "cases.xlsx").read_bytes()
    read_cases(tmp_path / "cases.xlsx", RULEBOOK)
    assert (tmp_path / "cases.xlsx").read_bytes() == before
    assert load_workbook(tmp_path / "cases.xlsx").sheetnames == ["案件"]
