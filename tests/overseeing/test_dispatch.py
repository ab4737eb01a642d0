"""The month's dispatch says everything that is due, late, stuck or out of the ordinary, and nothing that is not."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import openpyxl
import pytest
from docx import Document

import reformkit as rk
from reformkit.book import Book
from reformkit.model.office import Day, OfficeCalendar, OfficeRecord
from reformkit.overseeing.dispatch import Dispatch
from reformkit.overseeing.dispatch_row import SECTIONS
from reformkit.overseeing.gathering import Gathered, next_dispatch
from reformkit.overseeing.overview import dispatch
from reformkit.practising.item import ItemState
from reformkit.practising.workdays import Workdays
from tests.books import bundled_book
from tests.practising.story import COORDINATOR, LEAD, LEADER, Story, begun, case

UNIT = "某区供销合作社联合社"


@pytest.fixture(scope="session")
def book() -> Book:
    return bundled_book()


@pytest.fixture
def story(tmp_path: Path, book: Book) -> Iterator[Story]:
    told = begun(tmp_path / "九原.ledger", tmp_path, book)
    yield told
    told.ledger.close()


def listed(sheet: Dispatch, section: str) -> list[tuple[str, str | None]]:
    """The items of a section with their steps."""
    return [(row.item, row.step) for row in sheet.section(section)]


def sent(story: Story) -> str:
    story.to_the_letters()
    return story.send()


def workdays_after(first: date, last: date, off: set[date]) -> int:
    """Workdays after a day up to another, counted day by day; the days off are given."""
    days = (first + timedelta(days=n) for n in range(1, (last - first).days + 1))
    return sum(day not in off for day in days)


def test_step_is_due_until_its_day_and_overdue_after_it(story: Story) -> None:
    sent(story)
    receipt = story.item.due("receipt")
    assert receipt is not None
    story.clock.day = receipt.on
    sheet = story.ledger.dispatch(story.day)
    assert (story.item.id, "receipt") in listed(sheet, "due")
    assert sheet.overdue == ()
    story.clock.day = date(2022, 4, 6)
    sheet = story.ledger.dispatch(story.day)
    (row,) = sheet.overdue
    assert (row.item, row.step, row.holders, row.on, row.first) == (
        story.item.id,
        "receipt",
        (UNIT,),
        receipt.on,
        receipt.on,
    )
    weekends = {date(2022, 3, 26), date(2022, 3, 27), date(2022, 4, 3), date(2022, 4, 4), date(2022, 4, 5)}
    assert row.late == workdays_after(receipt.on, date(2022, 4, 6), weekends)
    assert sheet.by_role().keys() == {"responsible"}
    assert sheet.by_holder().keys() == sheet.by_unit().keys() == {UNIT}


def test_letter_is_unreceived_until_it_is_received_and_unanswered_after_its_day(story: Story) -> None:
    number = sent(story)
    (row,) = story.ledger.dispatch(story.day).section("unreceived")
    assert (row.holders, row.note and row.note.zh) == ((UNIT,), number)
    story.receive(number)
    assert story.ledger.dispatch(story.day).section("unreceived") == ()
    (letter,) = story.item.standing.letters
    assert letter.issued.reply_by is not None
    assert story.ledger.dispatch(letter.issued.reply_by).section("unanswered") == ()
    story.clock.day = letter.issued.reply_by + timedelta(days=1)
    (row,) = story.ledger.dispatch(story.day).section("unanswered")
    assert (row.holders, row.on) == ((UNIT,), letter.issued.reply_by)


def test_void_letter_is_waited_for_no_more(story: Story) -> None:
    number = sent(story)
    story.item.void(number, "文号有误", by=LEAD, on=story.day)
    assert story.ledger.dispatch(story.day).section("unreceived") == ()


def test_gate_that_has_not_spoken_is_listed(story: Story) -> None:
    assert (story.item.id, "first_gate") not in listed(story.ledger.dispatch(story.day), "gates")
    story.item.do("register", by="0042", on=story.day)
    assert (story.item.id, "first_gate") in listed(story.ledger.dispatch(story.day), "gates")


def test_item_that_waits_for_acceptance_is_listed(story: Story) -> None:
    story.receive(sent(story))
    story.rectify()
    assert listed(story.ledger.dispatch(story.day), "awaiting") == [(story.item.id, None)]


def test_extension_shows_its_first_day_and_suspension_keeps_the_item_listed(story: Story) -> None:
    story.receive(sent(story))
    first = story.item.due("plan")
    assert first is not None
    story.item.extend("plan", 10, "需请示上级", story.paper("延期申请"), by=LEADER, on=story.day)
    (row,) = story.ledger.dispatch(story.day).section("extended")
    assert (row.step, row.first) == ("plan", first.on)
    assert row.on is not None and row.on > first.on
    story.item.suspend("主要证人在外", by=COORDINATOR, on=story.day)
    story.later(200)
    sheet = story.ledger.dispatch(story.day)
    assert listed(sheet, "suspended") == [(story.item.id, None)]
    assert sheet.overdue == ()


def test_late_entry_is_listed_with_its_reason(story: Story) -> None:
    story.later(20)
    story.item.do("register", by="0042", on=story.day - timedelta(days=12), late="材料补交")
    (row,) = story.ledger.dispatch(story.day).section("late")
    assert (
        row.note is not None
        and "材料补交" in row.note.zh
        and f"{story.day}" in row.note.en
        and "2022年3月24日写入" in row.note.zh
    )


def test_late_entry_stands_on_the_sheets_of_its_time_and_not_for_ever_also_where_its_item_has_ended(
    story: Story,
) -> None:
    story.later(20)  # 24 March: the dispatch of March is over, that of April is the 8th
    story.item.do("register", by="0042", on=story.day - timedelta(days=12), late="材料补交")
    story.item.end("单位撤并", by=LEADER, on=story.day)
    days = {
        date(2022, 3, 23): 0,
        date(2022, 3, 24): 1,
        date(2022, 4, 8): 1,
        date(2022, 4, 20): 1,  # April's sheet made late
        date(2022, 5, 9): 1,
        date(2022, 5, 10): 0,  # on the sheet of April, which is filed
        date(2022, 9, 1): 0,
    }
    for day, count in days.items():
        story.clock.day = day
        assert len(story.ledger.dispatch(day).section("late")) == count, day


def test_paper_of_an_item_that_has_ended_is_named_where_another_takes_it_up(story: Story, book: Book) -> None:
    paper = story.paper("签到表")
    story.item.do("register", by="0042", on=story.day, evidence=[paper])
    story.item.end("单位撤并", by=LEADER, on=story.day)
    facts = {"unit": "某区农牧局", "responsible_unit": "某区农牧局"}
    second = story.ledger.open(book.assess(case(book, "EX-02", **facts)), by=COORDINATOR, on=story.day)
    second.do("register", by="0042", on=story.day, evidence=[paper])
    (row,) = story.ledger.dispatch(story.day).section("reused")
    assert (row.item, row.note and story.item.id in row.note.zh) == (second.id, True)


def test_same_paper_in_two_items_is_named_in_both(story: Story, book: Book) -> None:
    paper = story.paper("签到表")
    facts = {"unit": "某区农牧局", "responsible_unit": "某区农牧局"}
    second = story.ledger.open(book.assess(case(book, "EX-02", **facts)), by=COORDINATOR, on=story.day)
    for item in (story.item, second):
        item.do("register", by="0042", on=story.day, evidence=[paper])
    rows = story.ledger.dispatch(story.day).section("reused")
    assert {row.item for row in rows} == {story.item.id, second.id}


def test_ended_item_is_not_listed(story: Story) -> None:
    story.item.end("单位撤并", by=LEADER, on=story.day)
    assert story.ledger.dispatch(story.day).rows == ()


def test_decision_that_came_out_otherwise_is_to_be_looked_at_again(story: Story) -> None:
    story.to_the_letters()
    changed = story.item.standing
    changed.settled, changed.decisions = {"layer": "point"}, {"layer": "line"}
    changed.changed_at = {"layer": (9, story.day)}
    (row,) = of([changed], story).section("review")
    assert (row.note and row.note.zh) == "促改层次由point变为line"


def of(
    states: list[ItemState], story: Story, office: OfficeRecord | None = None, workdays: Workdays | None = None
) -> Dispatch:
    """The dispatch of some items as an office with a calendar sees them."""
    rulebook = story.book.rulebook
    labels = {name: table.title for name, table in rulebook.decisions.items()}
    held = office or story.ledger.office
    known = workdays or Workdays(held.calendar)
    return dispatch(Gathered(tuple(states)), held, known, None, labels, story.day, "1:0123456789abcdef")


def test_step_that_no_body_holds_is_named(story: Story) -> None:
    bodies = {id: body.model_copy(update={"holds": ()}) for id, body in story.ledger.office.bodies.items()}
    office = story.ledger.office.model_copy(update={"bodies": bodies})
    rows = of([story.item.standing], story, office).section("unowned")
    assert {row.step for row in rows} == {"register", "announce"}


def test_dates_beyond_what_is_published_are_named(story: Story) -> None:
    sent(story)
    calendar = OfficeCalendar(known_until=date(2022, 3, 20))
    rows = of([story.item.standing], story, workdays=Workdays(calendar)).section("provisional")
    assert [row.step for row in rows] == ["receipt"]


def test_date_that_the_offices_calendar_moved_is_named_with_the_published_one(story: Story) -> None:
    sent(story)
    due = story.item.due("receipt")
    assert due is not None
    calendar = OfficeCalendar(days={due.on: Day(work=False)})
    office = story.ledger.office.model_copy(update={"calendar": calendar})
    (row,) = of([story.item.standing], story, office).section("moved")
    assert (row.step, row.note and row.note.zh) == (
        "receipt",
        f"按公布的安排为{due.on.year}年{due.on.month}月{due.on.day}日",
    )
    assert row.on is not None and row.on > due.on


def test_dispatch_of_a_past_day_shows_items_as_they_stood(story: Story) -> None:
    before = story.day
    story.receive(sent(story))
    assert story.ledger.dispatch(before - timedelta(days=1)).rows == ()
    assert story.ledger.dispatch(before).section("unreceived") == ()


@pytest.mark.parametrize(
    ("day", "following"),
    [
        (
            date(2022, 4, 11),
            date(2022, 5, 10),
        ),  # the fifth workday of April was the 9th; that of May, after the holiday
        (date(2022, 3, 1), date(2022, 3, 7)),
        (date(2022, 3, 7), date(2022, 4, 8)),
        (date(2022, 12, 31), date(2023, 1, 9)),
    ],
)
def test_next_dispatch_is_the_fifth_workday_of_a_month(day: date, following: date, book: Book) -> None:
    assert book.rulebook.procedures is not None
    assert next_dispatch(Workdays(), book.rulebook.procedures.dispatch, day) == following


def test_sheet_ends_with_an_anchor_that_the_ledger_answers_to(story: Story) -> None:
    sent(story)
    sheet = story.ledger.dispatch(story.day)
    assert sheet.anchor == story.ledger.anchor()
    seq, code = sheet.anchor.split(":")
    assert sheet.explain().splitlines()[-1] == f"台账截至第{seq}号·校验码{code}"
    assert story.ledger.verify(sheet.anchor) == []
    story.receive(story.item.standing.letters[0].issued.number)
    assert story.ledger.verify(sheet.anchor) == []


def test_every_form_of_the_sheet_says_the_same(story: Story, tmp_path: Path) -> None:
    sent(story)
    story.later(14)
    sheet = story.ledger.dispatch(story.day)
    assert sheet.rows
    for ending in ("docx", "xlsx", "txt", "json"):
        sheet.save(tmp_path / f"月调度.{ending}")
    text = (tmp_path / "月调度.txt").read_text(encoding="utf-8")
    plain = json.loads((tmp_path / "月调度.json").read_text(encoding="utf-8"))
    cells = [[cell.value for cell in row] for row in openpyxl.load_workbook(tmp_path / "月调度.xlsx").active.rows]
    document = Document(io.BytesIO((tmp_path / "月调度.docx").read_bytes()))
    table = [[cell.text for cell in row.cells] for row in document.tables[0].rows]
    assert len(plain["rows"]) == len(cells) - 2 == len(table) - 1 == len(sheet.rows)
    for row, cell, line in zip(sheet.rows, cells[1:], table[1:], strict=False):
        assert cell[:3] == [SECTIONS[row.section].zh, row.item, row.unit] == line[:3]
        assert row.item in text
    seq, code = sheet.anchor.split(":")
    assert cells[-1][0] == f"台账截至第{seq}号·校验码{code}"
    assert f"台账截至第{seq}号·校验码{code}" in document.paragraphs[-1].text
    with pytest.raises(ValueError, match=r"\.docx"):
        sheet.save(tmp_path / "月调度.pdf")


def test_empty_ledger_has_nothing_to_dispatch_and_says_so(tmp_path: Path, book: Book) -> None:
    with rk.Ledger(tmp_path / "空.ledger", book, rk.Office.example()) as ledger:
        sheet = ledger.dispatch(date(2022, 4, 1))
        assert "没有需要调度的事项。" in sheet.explain()
        sheet.save(tmp_path / "月调度.docx")
    said = [p.text for p in Document(str(tmp_path / "月调度.docx")).paragraphs]
    assert "没有需要调度的事项。" in said


def test_slip_is_drafted_for_each_overdue_step(story: Story, tmp_path: Path) -> None:
    sent(story)
    story.later(14)
    sheet = story.ledger.dispatch(story.day)
    (path,) = story.ledger.draft_slips(sheet, tmp_path)
    assert path.name == f"督办单-{story.item.id}-receipt.docx"
    said = "".join(p.text for p in Document(str(path)).paragraphs)
    (row,) = sheet.overdue
    assert f"已逾期{row.late}个工作日" in said and UNIT in said and "待编号" in said


def test_unknown_section_is_refused_with_those_there_are(story: Story) -> None:
    with pytest.raises(KeyError, match="unreceived"):
        story.ledger.dispatch(story.day).section("nothing")
