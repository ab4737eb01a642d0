"""An empty workbook of cases: filled in, it is read without a word, and its own sheets are no cases."""

from __future__ import annotations

import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from typer.testing import CliRunner

import reformkit as rk
from reformkit.cli import app
from reformkit.workbook.cases_out import case_columns, write_cases
from tests.books import bundled_book
from tests.grid.folder import small


@pytest.fixture(scope="module")
def book() -> rk.Book:
    return bundled_book()


@pytest.fixture
def path(tmp_path: Path, book: rk.Book) -> Path:
    with (tmp_path / "案件.xlsx").open("wb") as file:
        write_cases(file, book.rulebook.vocabulary, "zh")
    return tmp_path / "案件.xlsx"


def fill(path: Path, rows: list[dict[str, Any]]) -> None:
    workbook = openpyxl.load_workbook(path)
    sheet = workbook["案件"]
    columns = {cell.value: cell.column for cell in sheet[1]}
    for number, row in enumerate(rows, 2):
        for heading, value in row.items():
            sheet.cell(number, columns[heading]).value = value
    workbook.save(path)


def test_filled_in_it_is_read_without_a_word(path: Path, book: rk.Book) -> None:
    fill(path, [{"编号": "A-1", "机关层级": "县级", "立案日期": date(2022, 3, 1), "已查明症结": "无制度；有章不循"}])
    file = book.read_case_file(path)
    assert file.problems == []
    (case,) = file.cases
    assert (case.id, case.facts["authority_level"], case.facts["filed_on"]) == ("A-1", "county", date(2022, 3, 1))
    assert case.facts["causes"] == {"institution.absent", "institution.not_enforced"}


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_example_and_the_lists_are_no_cases(tmp_path: Path, book: rk.Book, lang: Any) -> None:
    with (tmp_path / "x.xlsx").open("wb") as file:
        write_cases(file, book.rulebook.vocabulary, lang)
    read = book.read_case_file(tmp_path / "x.xlsx")
    assert (read.cases, read.problems) == ([], [])


def test_every_heading_is_a_fact_and_every_listed_value_is_taken(path: Path, book: rk.Book) -> None:
    fields = case_columns(book.rulebook.vocabulary)
    rows: list[dict[str, Any]] = []
    for field in fields:
        rows += [{"编号": f"{field.name}-{id}", field.label.zh: item.label.zh} for id, item in field.values.items()]
    fill(path, rows)
    file = book.read_case_file(path)
    assert [problem for problem in file.problems if problem.severity == "error"] == []
    assert len(file.cases) == len(rows)


def test_it_has_drop_downs_with_the_questions(path: Path, book: rk.Book) -> None:
    sheet = openpyxl.load_workbook(path)["案件"]
    rules = {str(rule.sqref): rule for rule in sheet.data_validations.dataValidation}
    column = next(cell.column_letter for cell in sheet[1] if cell.value == "机关层级")
    rule = rules[f"{column}2:{column}2001"]
    assert (rule.type, rule.prompt) == ("list", book.rulebook.fields["authority_level"].ask.zh)  # type: ignore[union-attr]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_sheet_of_findings_has_drop_downs_and_is_read(tmp_path: Path, book: rk.Book, lang: Any) -> None:
    path = tmp_path / "x.xlsx"
    with path.open("wb") as file:
        write_cases(file, book.rulebook.vocabulary, lang)
    workbook = openpyxl.load_workbook(path)
    cases, findings = workbook.worksheets[:2]
    rules = {str(rule.sqref): rule.type for rule in findings.data_validations.dataValidation}
    assert [rules[f"{letter}2:{letter}2001"] for letter in "BC"] == ["list", "list"]
    assert findings.page_setup.orientation == "landscape"
    cases["A2"] = "A-1"
    label = {"zh": "采购", "en": "procurement"}[lang]
    cause = {"zh": "无制度", "en": "institution.absent"}[lang]
    for at, value in enumerate(("A-1", cause, label, "x"), 1):
        findings.cell(2, at).value = value
    workbook.save(path)
    read = book.read_case_file(path)
    assert read.problems == []
    (found,) = read.cases[0].findings or ()
    assert found.to_dict() == {"cause": "institution.absent", "matter": "procurement", "evidence": "x"}


def test_the_command_writes_it_once(tmp_path: Path) -> None:
    out = str(tmp_path / "案件.xlsx")
    first, second = (CliRunner().invoke(app, ["new", "workbook", "-o", out]) for _ in range(2))
    assert (first.exit_code, second.exit_code) == (0, 2)
    assert first.output.startswith("已写出")


def test_a_sheet_of_that_name_in_another_workbook_is_read(tmp_path: Path, book: rk.Book) -> None:
    workbook = openpyxl.Workbook()
    workbook.active.title = "说明"
    for row in (("编号", "机关层级"), ("A-1", "县级")):
        workbook.active.append(row)
    workbook.save(tmp_path / "x.xlsx")
    assert [case.id for case in book.read_case_file(tmp_path / "x.xlsx").cases] == ["A-1"]


def test_an_export_writes_over_no_file_and_says_what_can_be_typed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    small(tmp_path)
    arguments = ["export", "small", "-o", "规 则.xlsx"]
    assert 'reformkit import "规 则.xlsx" small --dry-run' in CliRunner().invoke(app, arguments).output
    before = Path("规 则.xlsx").read_bytes()
    again = CliRunner().invoke(app, arguments)
    assert (again.exit_code, again.output) == (2, "规 则.xlsx 已经存在，请另写一个文件名\n")
    assert Path("规 则.xlsx").read_bytes() == before


def test_a_workbook_of_cases_ends_in_xlsx_only(tmp_path: Path) -> None:
    said = CliRunner().invoke(app, ["new", "workbook", "-o", str(tmp_path / "a.dmn"), "--lang", "en"])
    assert said.exit_code == 2
    assert ".xlsx" in said.output and "or .dmn" not in said.output


def test_a_rulebook_that_stands_in_no_folder_is_exported_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    small(tmp_path)
    monkeypatch.chdir(tmp_path)
    with zipfile.ZipFile("small.zip", "w") as archive:
        for file in (tmp_path / "small").rglob("*.yaml"):
            archive.write(file, file.relative_to(tmp_path / "small").as_posix())
    said = CliRunner().invoke(app, ["export", "small.zip", "-o", "a.xlsx"])
    assert said.exit_code == 0 and Path("a.xlsx").exists() and "import" not in said.output
    assert CliRunner().invoke(app, ["export", "nowhere", "-o", "b.xlsx"]).exit_code == 2
