"""The matrix of a decision that is listed: a mark more is a rule more, a mark less a rule less, each at its cell."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest

import reformkit as rk
from tests.grid.folder import Sheets, texts

SIGNS, TRADES, CAUSES = 20, 3, 5
SHEET = "症结矩阵"


def rules_of() -> str:
    """Sixty-odd rules over two facts, and some that ask others."""
    rules = [
        f"  - {{id: S{sign}-{trade}-1, when: {{signs: {{includes: s{sign}}}{f', trade: t{trade}' if trade else ''}}}, then: c{(sign + trade) % CAUSES}}}"
        for sign in range(SIGNS)
        for trade in range(TRADES)
    ]
    rules += [f"  - {{id: F-{n}, when: {{flag{n}: true}}, then: c0}}" for n in range(9)]
    return "# all of them\nrules:\n" + "\n".join(rules) + "\n"


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    folder = tmp_path / "rules"
    folder.mkdir()
    signs = ", ".join(f"s{n}: 表现{n}" for n in range(SIGNS))
    trades = ", ".join(f"t{n}: 系统{n}" for n in range(1, TRADES))
    flags = "".join(f"  flag{n}: {{type: flag, label: 情况{n}}}\n" for n in range(9))
    causes = ", ".join(f"c{n}: 症结{n}" for n in range(CAUSES))
    for name, text in {
        "rulebook.yaml": "name: small\nvocabulary: words.yaml\n",
        "words.yaml": f"fields:\n  signs: {{type: tags, label: 表现, values: {{{signs}}}}}\n"
        f"  trade: {{type: choice, label: 系统, values: {{{trades}}}}}\n{flags}",
        "causes.yaml": f"decision: causes\ntitle: 症结\nhit: collect\noutcomes: {{{causes}}}\n{rules_of()}",
    }.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def row(sheet: Any, sign: str, trade: str | None = None) -> int:
    return next(int(cells[0].row) for cells in sheet.iter_rows(min_row=4) if (cells[0].value, cells[1].value) == (sign, trade))  # fmt: skip


def mark(sheet: Any, number: int, cause: str, word: str | None) -> None:
    sheet.cell(number, next(cell.column for cell in sheet[3] if cell.value == cause)).value = word


def changed(rules: Path, change: Any) -> Path:
    return Sheets(rules).changed(lambda book: change(book[SHEET]))


def test_it_shows_each_rule_once_and_changes_nothing_by_itself(rules: Path) -> None:
    before = texts(rules)
    path = Sheets(rules).path
    sheet = openpyxl.load_workbook(path)[SHEET]
    marks = [cell.value for cells in sheet.iter_rows(min_row=4, min_col=3) for cell in cells if cell.value]
    assert marks == ["√"] * (SIGNS * TRADES)
    result = rk.import_workbook(path, rules)
    assert (result.changes, result.problems, texts(rules)) == ((), (), before)


def test_a_cross_is_no_mark_whichever_way_it_is_typed(rules: Path) -> None:
    def crossed(sheet: Any) -> None:
        for sign, cross in ((3, "x"), (4, "X"), (5, "×")):
            mark(sheet, row(sheet, f"含 表现{sign}", "系统1"), "症结2" if sign != 5 else "症结3", cross)

    before = texts(rules)
    result = rk.import_workbook(changed(rules, crossed), rules)
    assert [problem.code for problem in result.problems] == ["RK873"] * 3
    assert (result.changes, texts(rules)) == ((), before)


def test_a_mark_more_is_a_rule_beside_those_of_its_row(rules: Path) -> None:
    before = texts(rules)["causes.yaml"]
    path = changed(rules, lambda sheet: mark(sheet, row(sheet, "含 表现3", "系统1"), "症结2", "√"))
    result = rk.import_workbook(path, rules)
    assert result.sound and [change.kind for change in result.changes] == ["added"]
    new = "  - id: S3-1-2\n    when:\n      signs: {includes_all: [s3]}\n      trade: t1\n    then: c2\n"
    after = texts(rules)["causes.yaml"]
    assert after.replace(new, "") == before and after.index("S3-1-1") < after.index("S3-1-2") < after.index("S3-2-1")
    again = rk.import_workbook(path, rules)
    assert (again.changes, again.sound, texts(rules)["causes.yaml"]) == ((), True, after)


def test_a_mark_less_is_asked_for_at_its_cell_and_then_deleted(rules: Path) -> None:
    before = texts(rules)["causes.yaml"]
    path = changed(rules, lambda sheet: mark(sheet, row(sheet, "含 表现3"), "症结3", None))
    (problem,) = rk.import_workbook(path, rules).problems
    assert (problem.code, problem.place.sheet, problem.place.line) == ("RK863", SHEET, row(openpyxl.load_workbook(path)[SHEET], "含 表现3"))  # fmt: skip
    assert rk.import_workbook(path, rules, delete=True).sound
    gone = "  - {id: S3-0-1, when: {signs: {includes: s3}}, then: c3}\n"
    assert texts(rules)["causes.yaml"] == before.replace(gone, "")
    assert rk.import_workbook(path, rules, delete=True).changes == ()


def test_new_rows_are_drafted_in_their_order_and_rows_that_are_gone_are_asked_for(rules: Path) -> None:
    def change(sheet: Any) -> None:
        sheet.delete_rows(row(sheet, "含 表现5", "系统2"))
        last = max(cells[0].row for cells in sheet.iter_rows(min_row=4) if cells[0].value) + 1
        sheet.cell(last, 1).value = "含任一 表现1；表现2"
        mark(sheet, last, "症结1", "是")
        mark(sheet, last, "症结4", "√")

    result = rk.import_workbook(changed(rules, change), rules, delete=True)
    assert result.sound and sorted(change.kind for change in result.changes) == ["added", "added", "deleted"]
    made = rk.load(rules).rulebook.decisions["causes"].rules
    ids = [rule.id for rule in made]
    new = [(rule.id, rule.then) for rule in made if len(getattr(rule.when, "includes_any", None) or ()) == 2]
    assert [then for _, then in new] == ["c1", "c4"] and "S5-2-1" not in ids


def test_what_both_sheets_do_to_a_rule_is_done_once_or_said(rules: Path) -> None:
    sheets = Sheets(rules)

    def both(book: Any) -> None:
        mark(book[SHEET], row(book[SHEET], "含 表现3"), "症结3", None)
        listed = book["症结"]
        listed.delete_rows(next(cell.row for cell in listed["A"] if cell.value == "S3-0-1"))

    done = rk.import_workbook(sheets.changed(both), rules, dry_run=True, delete=True)
    assert done.sound and [change.id for change in done.changes] == ["S3-0-1"]

    def clash(book: Any) -> None:
        mark(book[SHEET], row(book[SHEET], "含 表现3"), "症结3", None)
        listed = book["症结"]
        listed.cell(next(cell.row for cell in listed["A"] if cell.value == "S3-0-1"), 2).value = "新标题"

    Sheets(rules)
    (problem,) = rk.import_workbook(Sheets(rules).changed(clash), rules, delete=True).problems
    assert (problem.code, problem.place.sheet) == ("RK873", SHEET) and "S3-0-1" in problem.message("zh")


def test_what_is_no_mark_and_no_condition_is_said_at_its_cell(rules: Path) -> None:
    def change(sheet: Any) -> None:
        mark(sheet, row(sheet, "含 表现3"), "症结1", "嗯")
        last = max(cells[0].row for cells in sheet.iter_rows(min_row=4) if cells[0].value) + 1
        mark(sheet, last, "症结1", "√")
        sheet.cell(last + 1, 1).value, sheet.cell(last + 2, 1).value = "含 表现3", "含 表现99"
        sheet.cell(last + 3, 2).value = "≥ 2"

    problems = rk.import_workbook(changed(rules, change), rules).problems
    assert sorted((p.code, p.place.column) for p in problems) == [("RK130", 1), ("RK861", 2), ("RK873", 1), ("RK873", 1), ("RK873", 4)]  # fmt: skip
    assert {problem.place.sheet for problem in problems} == {SHEET}


def test_a_small_decision_and_one_that_asks_much_have_none(rules: Path) -> None:
    path = rules / "causes.yaml"
    path.write_text(path.read_text("utf-8").replace("hit: collect", "hit: first"), encoding="utf-8")
    assert SHEET not in openpyxl.load_workbook(Sheets(rules).path).sheetnames


def test_an_error_in_the_matrix_takes_no_rule_away(rules: Path) -> None:
    def spoil(sheet: Any) -> None:
        spoiled = next(cell for cells in sheet.iter_rows(min_row=4) for cell in cells if cell.value == "√")
        spoiled.value, spoiled.data_type = "#N/A", "e"

    result = rk.import_workbook(changed(rules, spoil), rules, delete=True)
    assert ([problem.code for problem in result.problems], result.changes) == (["RK198"], ())
