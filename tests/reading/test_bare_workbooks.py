"""Whatever Excel opens is read: number formats, odd styles, strict Open XML; whatever it does not is one problem."""

from __future__ import annotations

import io
import random
import re
import subprocess
import sys
import warnings
import zipfile
from pathlib import Path
from xml.parsers.expat import ExpatError

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from reformkit.files.opening import read_cases
from reformkit.workbook.number_formats import format_of, moment
from reformkit.workbook.sheet_rows import letters_of, sheet_rows
from tests.reading.bare_workbooks import MAIN, STRICT, STRICT_OFFICE, bare, header, row, styles, text
from tests.reading.test_cases import RULEBOOK


def numbered(place: str, number: str, style: int = 0) -> str:
    return f'<c r="{place}" s="{style}"><v>{number}</v></c>'


# --- number formats ------------------------------------------------------------------------------------

SHOWN = {
    "General": "3",
    "0": "3",
    "@": "3",
    "#,##0": "3",
    "0.00": "3",
    "0.00E+00": "3",
    "0000": "0003",
    "0000_ ": "0003",
    "0000;@": "0003",
    "[$-804]0000": "0003",
    r"0000_);[Red]\(0000\)": "0003",
    "[蓝色]0000": "0003",
    '"JY-"0000': "JY-0003",
    '"JY-"General': "JY-3",
    r"000\-000": "000-003",
    "2022-000": "2022-003",
    '0"号"': "3号",
    "¥#,##0": "3",
    "[DBNum1]0": None,
    "[>=100]0;00": None,
}


@pytest.mark.parametrize(("code", "shown"), SHOWN.items())
def test_an_id_is_what_its_cell_shows_or_a_problem(code: str, shown: str | None, tmp_path: Path) -> None:
    path = bare(tmp_path / "c.xlsx", header(), row(2, numbered("A2", "3", 1)), style=styles(code))
    found = read_cases(path, RULEBOOK)
    assert [case.id for case in found.cases] == ([] if shown is None else [shown])
    assert [(problem.code, problem.place.column) for problem in found.problems] == (
        [("RK198", 1)] if shown is None else []
    )


def test_a_count_is_its_number_however_it_is_shown(tmp_path: Path) -> None:
    rows = [row(i, text(f"A{i}", f"A-{i}"), numbered(f"D{i}", "3", i - 1)) for i in range(2, 2 + len(SHOWN))]
    found = read_cases(bare(tmp_path / "c.xlsx", header(), *rows, style=styles(*SHOWN)), RULEBOOK)
    assert not found.problems and [case.facts["people"] for case in found.cases] == [3] * len(SHOWN)


DAYS = [14, 15, 16, 17, 22, *range(27, 32), 36, *range(50, 55), 57, 58]
CODES = [
    'yyyy"年"m"月"d"日"',
    "[$-804]yyyy/m/d;@",
    "yyyy\\-mm\\-dd",
    "[DBNum1][$-804]yyyy年m月d日",
    "reserved-0x1F",
    "d-mmm",
]


@pytest.mark.parametrize("code", [*DAYS, *CODES])
def test_a_day_is_a_day_in_every_format_of_days(code: str | int, tmp_path: Path) -> None:
    shape = styles(code).replace('numFmtId="164"', 'numFmtId="31"') if code == "reserved-0x1F" else styles(code)
    path = bare(tmp_path / "c.xlsx", header(), row(2, text("A2", "A"), numbered("C2", "44621", 1)), style=shape)
    found = read_cases(path, RULEBOOK)
    assert not found.problems and str(found.cases[0].facts["decided_on"]) == "2022-03-01"


@pytest.mark.parametrize("number", ["-1", "60", "2958466", "1e300", "nan", "inf", "1_0", "２"])
def test_a_number_that_is_no_day_costs_its_row(number: str, tmp_path: Path) -> None:
    path = bare(tmp_path / "c.xlsx", header(), row(2, text("A2", "A"), numbered("C2", number, 1)), row(3, text("A3", "B")), style=styles(14))  # fmt: skip
    found = read_cases(path, RULEBOOK)
    assert [case.id for case in found.cases] == ["B"]
    assert [str(problem.place).rpartition(" ")[2] for problem in found.problems] == ["案件!C2"]


def test_days_are_those_of_excel() -> None:
    assert [moment(day, False) for day in (1, 59, 61, 44621, 44621.375)] == [
        "1900-01-01", "1900-02-28", "1900-03-01", "2022-03-01", "2022-03-01 09:00:00"]  # fmt: skip
    assert moment(43159, True) == "2022-03-01" and moment(0.5, False) == "12:00:00"


@given(st.integers(0, 10**12), st.integers(1, 15))
def test_zeros_fill_up_from_the_left(number: int, places: int) -> None:
    assert format_of(164, "0" * places).shown(number) == str(number).zfill(places)
    assert format_of(164, f'"X"{"0" * places}').shown(number) == "X" + str(number).zfill(places)


# --- what Excel opens ----------------------------------------------------------------------------------

ODD_STYLES = {
    "empty fill": "<fills><fill/></fills>",
    "odd font": '<fonts><font><sz val="x"/><color rgb="nothing"/><family val="99"/></font></fonts>',
    "odd border": '<borders><border><left style="none of them"/></border></borders>',
    "no default style": "",
}


@pytest.mark.parametrize("odd", ODD_STYLES.values(), ids=ODD_STYLES)
def test_what_is_wrong_with_looks_does_not_matter(odd: str, tmp_path: Path) -> None:
    properties = '<cp:coreProperties xmlns:cp="x" xmlns:dcterms="y"><dcterms:created>yesterday</dcterms:created></cp:coreProperties>'
    path = bare(tmp_path / "c.xlsx", header(), row(2, text("A2", "A-1"), text("B2", "县级")), style=styles(14, before=odd), **{"docProps/core.xml": properties})  # fmt: skip
    with warnings.catch_warnings(record=True) as seen:
        warnings.simplefilter("always")
        before = list(warnings.filters)
        found = read_cases(path, RULEBOOK)
        assert warnings.filters == before
    assert not seen and not found.problems and [case.id for case in found.cases] == ["A-1"]


def test_a_run_in_which_every_warning_is_an_error_reads_a_workbook(tmp_path: Path) -> None:
    bare(tmp_path / "c.xlsx", header("编号", "机关层级"), row(2, text("A2", "A-1"), text("B2", "县级")))
    command = [sys.executable, "-W", "error", "-m", "reformkit", "assess", str(tmp_path / "c.xlsx"), "--format", "csv"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    assert (done.returncode, done.stderr) == (0, "") and "A-1" in done.stdout


def test_strict_open_xml_is_read(tmp_path: Path) -> None:
    day = '<c r="C2" t="d"><v>2022-03-01T00:00:00</v></c>'
    path = bare(tmp_path / "c.xlsx", header(), row(2, text("A2", "A"), day), main=STRICT, office=STRICT_OFFICE)
    assert str(read_cases(path, RULEBOOK).cases[0].facts["decided_on"]) == "2022-03-01"


def test_prefixes_rich_text_and_readings_are_read(tmp_path: Path) -> None:
    strings = (
        f'<x:sst xmlns:x="{MAIN}"><x:si><x:r><x:t>某</x:t></x:r><x:r><x:t>局</x:t></x:r>'
        '<x:rPh sb="0" eb="1"><x:t>MOU</x:t></x:rPh></x:si></x:sst>'
    )
    path = bare(tmp_path / "c.xlsx", header(), row(2, text("A2", "A"), '<c r="E2" t="s"><v>0</v></c>'), strings=strings)
    assert read_cases(path, RULEBOOK).cases[0].facts["unit"] == "某局"


def test_what_excel_escapes_is_turned_back(tmp_path: Path) -> None:
    rows = [row(2, text("A2", "A"), text("E2", "某局_x000D_\n办公室")), row(3, text("A3", "B"), text("E3", "_x005F_x000D_")), row(4, text("A4", "C"), text("E4", "a_x0007_"))]  # fmt: skip
    found = read_cases(bare(tmp_path / "c.xlsx", header(), *rows), RULEBOOK)
    assert [case.facts["unit"] for case in found.cases] == ["某局\n办公室", "_x000D_"]
    assert [(problem.code, problem.line) for problem in found.problems] == [("RK801", 2), ("RK107", 4)]


def test_rows_without_numbers_and_cells_without_places_are_read(tmp_path: Path) -> None:
    names = "".join(f'<c t="inlineStr"><is><t>{name}</t></is></c>' for name in ("编号", "机关层级", "涉案人数"))
    path = bare(
        tmp_path / "c.xlsx", f"<row>{names}</row>", '<row/><row><c t="str"><v>A</v></c><c/><c><v>3</v></c></row>'
    )
    (case,) = read_cases(path, RULEBOOK).cases
    assert (case.id, case.facts["people"], case.place.line) == ("A", 3, 3)


def test_rows_that_only_have_borders_are_not_there(tmp_path: Path) -> None:
    book = xlsxwriter.Workbook(tmp_path / "c.xlsx")
    border = book.add_format({"border": 1})
    sheet = book.add_worksheet("案件")
    sheet.write_row(0, 0, ["编号", "机关层级"])
    sheet.write_row(1, 0, ["A-1", "县级"])
    for number in range(2, 3_000):
        for column in range(10):
            sheet.write_blank(number, column, None, border)
    book.close()
    with zipfile.ZipFile(tmp_path / "c.xlsx") as file, file.open("xl/worksheets/sheet1.xml") as part:
        assert [number for number, *_ in sheet_rows(part)] == [1, 2]
    found = read_cases(tmp_path / "c.xlsx", RULEBOOK)
    assert not found.problems and [case.id for case in found.cases] == ["A-1"]


def test_a_sheet_that_holds_only_a_blank_says_nothing(tmp_path: Path) -> None:
    found = read_cases(bare(tmp_path / "c.xlsx", row(1, text("A1", " "))), RULEBOOK)
    assert [problem.code for problem in found.problems] == ["RK113"]


# --- what it does not ----------------------------------------------------------------------------------

_BOMB = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
DAMAGED = {
    "entities": {"before": _BOMB},
    "deep": {"after": "<a>" * 200_000},
    "one tag without end": {"after": "<a b='" + "x" * (8 << 20)},
    "more styles than there are": {"style": f'<styleSheet xmlns="{MAIN}"><cellXfs>{"<xf/>" * 1_500_000}</cellXfs></styleSheet>'},
    "texts that are not there": {"strings": ""},
    "merged ranges that overlap": {"after": "<mergeCells>" + "".join(f'<mergeCell ref="A1:C{n}"/>' for n in range(2, 20_000)) + "</mergeCells>"},
}  # fmt: skip


@pytest.mark.parametrize("name", DAMAGED)
def test_a_hostile_workbook_is_one_problem(name: str, tmp_path: Path) -> None:
    rows = header(), row(2, '<c r="A2" t="s"><v>0</v></c>'), row(3, text("A3", "B"))
    strings = f'<sst xmlns="{MAIN}"><si><t>A</t></si></sst>'
    path = bare(tmp_path / "c.xlsx", *rows, **{"strings": strings, **DAMAGED[name]})  # type: ignore[arg-type]
    found = read_cases(path, RULEBOOK)
    assert "RK194" in [problem.code for problem in found.problems] and not found.whole


@pytest.mark.parametrize("cell", ['<c r="A0A"/>', '<c r="ZZZ2"><v>1</v></c>', '<c r="A2"><v>1</v></c><c r="A2"><v>2</v></c>', '<c r="B2"><v>1</v></c><c r="A2"><v>2</v></c>'])  # fmt: skip
def test_cells_that_contradict_their_places_are_damage(cell: str, tmp_path: Path) -> None:
    found = read_cases(bare(tmp_path / "c.xlsx", header(), f'<row r="2">{cell}</row>'), RULEBOOK)
    assert [problem.code for problem in found.problems] == ["RK194"]


def test_rows_that_stand_twice_are_damage(tmp_path: Path) -> None:
    rows = row(2, text("A2", "A")), row(2, text("A2", "B"))
    assert [p.code for p in read_cases(bare(tmp_path / "c.xlsx", header(), *rows), RULEBOOK).problems] == ["RK194"]


def test_a_cell_without_bounds_costs_its_row(tmp_path: Path) -> None:
    rows = row(2, text("A2", "A"), text("E2", "x" * (5 << 20))), row(3, text("A3", "B"))
    found = read_cases(bare(tmp_path / "c.xlsx", header(), *rows), RULEBOOK)
    assert ([case.id for case in found.cases], [p.code for p in found.problems]) == (["B"], ["RK198"])


@pytest.mark.parametrize("part", ["words.bin", "worksheets/words.xml"])
def test_texts_under_another_name_are_bounded_too(part: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reformkit.workbook.parts.MOST_HELD", 1 << 20)
    strings = f'<sst xmlns="{MAIN}">{"<si><t>甲</t></si>" * 100_000}</sst>'
    (problem,) = read_cases(bare(tmp_path / "c.xlsx", header(), strings=strings, strings_part=part), RULEBOOK).problems
    assert problem.code == "RK194" and "展开后有 1 MB" in problem.message("zh")


# --- what is not shown -----------------------------------------------------------------------------------


def hidden(number: int, *cells: str) -> str:
    return row(number, *cells).replace("<row ", '<row hidden="1" ', 1) if number % 2 else row(number, *cells).replace('">', '" hidden="true">', 1)  # fmt: skip


def test_hidden_rows_and_columns_are_read_and_said_once(tmp_path: Path) -> None:
    rows = [
        row(2, text("A2", "A"), text("B2", "县级")),
        *(hidden(n, text(f"A{n}", f"A-{n}"), text(f"B{n}", "县级")) for n in (3, 4, 5)),
        row(6, text("A6", "A-6"), text("B6", "县级")),
        hidden(8, text("A8", "A-8"), text("B8", "县级")),
        hidden(9),
    ]
    columns = '<cols><col min="2" max="2" hidden="1"/><col min="7" max="9" hidden="1"/></cols>'
    path = bare(tmp_path / "c.xlsx", header(), *rows, columns=columns)
    found = read_cases(path, RULEBOOK)
    assert [(case.id, case.facts["level"]) for case in found.cases] == [
        (id, "county") for id in ("A", "A-3", "A-4", "A-5", "A-6", "A-8")
    ]
    rows_said, columns_said = (p for code in ("RK815", "RK816") for p in found.problems if p.code == code)
    assert rows_said.message("zh") == "有 4 行隐藏或被筛掉（第 3至5、8 行），照样读取"
    assert (rows_said.place.line, rows_said.place.sheet) == (3, "案件")
    assert columns_said.message("en") == "1 column is hidden (B `机关层级`) and read all the same"


def test_of_many_hidden_rows_the_first_are_named(tmp_path: Path) -> None:
    rows = [(hidden if n % 3 else row)(n, text(f"A{n}", f"A-{n}")) for n in range(2, 77)]
    said = next(p for p in read_cases(bare(tmp_path / "c.xlsx", header(), *rows), RULEBOOK).problems if p.code == "RK815")  # fmt: skip
    assert said.message("en").startswith("50 rows are hidden or filtered out (row 2, 4 to 5, 7 to 8, 10 to 11, 13 to 14, 16 to 17, 19 to 20, 22 to 23, 25 to 26, 28 to 29 and more)")  # fmt: skip


# --- two ways of reading a row -------------------------------------------------------------------------

_CELL = st.one_of(
    st.tuples(st.sampled_from(["", ' s="1"', ' t="s"', ' t="n"', ' t="b"', ' t="str"', ' s="2" t="e"']), st.sampled_from(["3", "0", "", "a b", "甲&amp;乙", "44621", "&lt;"])).map(lambda c: f"<c r=\"{{}}\"{c[0]}><v>{c[1]}</v></c>"),
    st.sampled_from(['<c r="{}"/>', '<c r="{}" s="3"></c>', '<c r="{}"><f>A1+1</f><v>2</v></c>', '<c r="{}"><f>A1</f></c>', '<c r="{}"><f t="shared" si="0"/><v/></c>', '<c r="{}" t="inlineStr"><is><t xml:space="preserve"> x </t></is></c>', '<c s="1" r="{}"><v>5</v></c>', "<c r='{}'><v>6</v></c>", '<c><v>7</v></c>', '<c r="{}"><v>8</v><extLst/></c>', '<c r="{}"><v>9</c>', "</row>", "<!-- <c/> -->"]),
)  # fmt: skip


_OF_ROWS = ["", ' hidden="1"', ' spans="1:4" hidden="true" ht="12"', ' hidden="0"', ' hidden="2"']


def read_sheet(data: bytes) -> list[tuple[int, list[tuple[str | None, ...]], bool]] | None:
    """The rows of a sheet with what is not said as None; None where it is damaged."""
    try:
        rows = list(sheet_rows(io.BytesIO(data)))
    except (ExpatError, ValueError):
        return None
    return [(number, [tuple(part or None for part in cell) for cell in cells if any(cell[3:])], hidden) for number, cells, hidden in rows]  # fmt: skip


@given(st.lists(st.lists(_CELL, max_size=4), max_size=5), st.randoms(use_true_random=False), st.booleans())
def test_a_row_is_read_at_once_as_expat_reads_it(rows: list[list[str]], dice: random.Random, spoil: bool) -> None:
    said = "".join(
        f'<row r="{number}"{dice.choice(_OF_ROWS)}>{"".join(cell.format(letters_of(i) + str(number)) for i, cell in enumerate(cells, 1))}</row>'
        for number, cells in enumerate(rows, 1)
    )
    sheet = (
        f'<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="{MAIN}">{{}}<sheetData>{said}</sheetData></worksheet>'
    )
    if spoil and said:
        at = dice.randrange(len(said))
        sheet = sheet.replace(said, said[:at] + dice.choice(["", "<", ">", "&", '"', "\x01", "x"]) + said[at + 1 :])
    at_once, by_expat = (read_sheet(sheet.replace("{}", between).encode()) for between in ("", "<!-- so that no row is plain -->"))  # fmt: skip
    cleaned = [[row for row in found if row[1]] if found is not None else None for found in (at_once, by_expat)]
    assert cleaned[0] == cleaned[1], re.sub(r"\s+", " ", said)
