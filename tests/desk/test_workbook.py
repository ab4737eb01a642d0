"""A workbook of rules on the desk: taken out with what is staged, taken back change by change, and written by no one."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import openpyxl
import pytest

from reformkit.desk.desk import Desk
from reformkit.desk.workspace import MemoryWorkspace
from tests.desk.asking import Browser
from tests.desk.conftest import FILES

SHEET, NUMBERS = "办法", "参数"


@pytest.fixture
def browser(desk: Desk) -> Browser:
    return Browser(desk)


def workbook(browser: Browser) -> Any:
    answer = browser.get("/workbook/rules.xlsx")
    assert answer.status_code == 200 and "spreadsheetml" in answer.headers["content-type"]
    return openpyxl.load_workbook(BytesIO(answer.content))


def cell(book: Any, sheet: str, id: str, heading: str) -> Any:
    row = next(cells.row for cells in book[sheet]["A"] if cells.value == id)
    return book[sheet].cell(row, next(c.column for c in book[sheet][3] if c.value == heading))


def given(browser: Browser, change: Callable[[Any], object]) -> str:
    """The page after a changed workbook was sent."""
    book, file = workbook(browser), BytesIO()
    change(book)
    book.save(file)
    sent = browser.post("/workbook?name=x.xlsx", None, content=file.getvalue(), headers={"content-type": "application/octet-stream"})  # fmt: skip
    assert sent.status_code == 303
    return str(browser.get("/workbook").text)


def which(desk: Desk) -> str:
    assert desk.workbook is not None
    return desk.workbook.digest


def both(book: Any) -> None:
    cell(book, SHEET, "W-2", "层级").value = "市级"
    cell(book, NUMBERS, "many", "值").value = 5
    book[SHEET].delete_rows(cell(book, SHEET, "W-1", "编号").row)


def test_each_change_is_shown_at_its_cell_with_its_effect(browser: Browser) -> None:
    page = given(browser, both)
    for words in ("办法!", "参数!C4", "县级", "市级", "删除"):
        assert words in page
    alone = browser.get("/workbook/effect/2", headers={"hx-request": "true"})
    assert alone.status_code == 200 and "办法" in alone.text and "<html" not in alone.text
    assert browser.get("/workbook/effect/9").status_code == 404


def test_what_is_ticked_is_staged_and_nothing_is_written(browser: Browser, desk: Desk) -> None:
    given(browser, both)
    took = browser.post("/workbook/take", {"digest": which(desk), "change": ["0", "2"]})
    assert (took.status_code, took.headers["location"]) == (303, "/save")
    assert desk.book.rulebook.parameters["many"].values[0].value == "5"
    assert [rule.id for rule in desk.book.rulebook.decisions["way"].rules] == ["W-1", "W-2"]  # the third was left
    assert desk.workbook is None and desk.staging.pieces
    assert isinstance(desk.workspace, MemoryWorkspace)
    assert desk.workspace.files == {path: text.encode() for path, text in FILES.items()}
    desk.undo()
    assert not desk.staging.pieces  # one step, whatever it holds


def test_it_comes_over_what_is_staged_and_a_rule_can_be_edited_after_it(browser: Browser, desk: Desk) -> None:
    from reformkit.desk.rule_screen import rule_at

    block = desk.block("W-2", rule_at("way", "W-2"))
    desk.stage(block, "W-2", block.text.replace("then: fast  #", "then: slow  #"), block.sha)
    assert "慢办" in str(cell(workbook(browser), SHEET, "W-2", "结论").value)
    given(browser, lambda book: setattr(cell(book, SHEET, "W-2", "层级"), "value", "市级"))
    browser.post("/workbook/take", {"digest": which(desk), "change": "0"})
    block = desk.block("W-2", rule_at("way", "W-2"))
    assert "level: city" in block.text and "then: slow" in block.text
    desk.stage(block, "W-2", block.text.replace("level: city", "level: county"), block.sha)
    block = desk.block("W-1", rule_at("way", "W-1"))
    desk.stage(block, "W-1", block.text.replace("true", "false"), block.sha)
    text = desk.text("way.yaml")
    assert text == FILES["way.yaml"].replace("then: fast  #", "then: slow  #").replace("{urgent: true}", "{urgent: false}")  # fmt: skip


def test_nothing_is_taken_with_a_fault_or_without_a_tick_or_of_an_older_workbook(browser: Browser, desk: Desk) -> None:
    page = given(browser, lambda book: setattr(cell(book, SHEET, "W-2", "层级"), "value", "县及"))
    assert "RK130" in page and "disabled" in page
    one = which(desk)
    assert browser.post("/workbook/take", {"digest": one, "change": "0"}).status_code == 409
    given(browser, both)
    assert browser.post("/workbook/take", {"digest": which(desk)}).status_code == 409
    assert browser.post("/workbook/take", {"digest": one, "change": "0"}).headers["location"] == "/workbook"
    assert not desk.staging.pieces
    browser.post("/workbook/drop", {})
    assert desk.workbook is None


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"<script>alert(1)</script>", b"a,b\n1,2\n"])
def test_what_is_no_workbook_is_said_on_the_page(browser: Browser, data: bytes) -> None:
    name = "%3Cscript%3E.xlsx"
    browser.post(f"/workbook?name={name}", None, content=data, headers={"content-type": "application/octet-stream"})
    page = browser.get("/workbook").text
    assert ("RK194" in page or "RK872" in page) and "<script>alert" not in page and "<script>.xlsx" not in page


def test_a_small_file_that_unpacks_to_very_much_is_refused_at_once(
    browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reformkit.workbook.rules_in.MOST_UNPACKED", 1 << 20)

    def read(*_: object) -> object:
        raise AssertionError("nothing of it is read")

    monkeypatch.setattr("reformkit.workbook.rules_in.sheet_rows", read)
    parts = ZipFile(BytesIO(browser.get("/workbook/rules.xlsx").content))
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as bomb:
        for name in parts.namelist():
            bomb.writestr(name, b" " * (2 << 20) if name.endswith("sheet1.xml") else parts.read(name))
    data = file.getvalue()
    browser.post("/workbook?name=b.xlsx", None, content=data, headers={"content-type": "application/octet-stream"})
    page = browser.get("/workbook").text
    assert len(data) < 1 << 20 and "RK194" in page and "MB" in page
