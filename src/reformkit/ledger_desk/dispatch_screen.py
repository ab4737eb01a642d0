"""The month's dispatch on a page: its sections with links to items, and the sheet as a file."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from reformkit.desk.asking import DOCX, XLSX, Answer, Ask, Download, NotThere, address
from reformkit.ledger_desk.forms import FormFault, day_said
from reformkit.ledger_desk.items_screen import item_href
from reformkit.ledger_desk.room import LedgerRoom
from reformkit.overseeing.dispatch_row import SECTIONS, DispatchRow
from reformkit.overseeing.dispatch_sheet import anchor_said
from reformkit.problem import Problem
from reformkit.text import COMMA, Text

TITLE = Text("月调度", "Dispatch")
MEDIA = {"docx": DOCX, "xlsx": XLSX}
_HEADS = (
    Text("事项", "Item"), Text("单位", "Unit"), Text("步骤", "Step"), Text("办理", "By"), Text("首次期限", "At first due"),
    Text("现期限", "Due"), Text("说明", "Note"),
)  # fmt: skip
_NEXT = Text("下次调度：{on}", "Next dispatch: {on}")
_WORDS = {
    "as_of": Text("调度日期", "Day"),
    "show": Text("查看", "Show"),
    "docx": Text("取调度表（.docx）", "Get the sheet (.docx)"),
    "xlsx": Text("取工作簿（.xlsx）", "Get the workbook (.xlsx)"),
    "none": Text("没有要列的事项。", "There is nothing to list."),
}


@dataclass(frozen=True)
class DispatchLine:
    """A row of the sheet."""

    item: str
    href: str
    unit: str
    step: Text | None
    who: Text
    first: date | None
    on: date | None
    note: Text | None


@dataclass(frozen=True)
class DispatchSection:
    """A section with its rows."""

    id: str
    title: Text
    rows: tuple[DispatchLine, ...]


_MOST_YEARS = 1000
_FAR = Text("{day} 离今天太远", "{day} is too far from today")


@dataclass(frozen=True)
class DispatchView:
    """The dispatch of a day."""

    title: Text
    as_of: date
    next_on: Text
    sections: tuple[DispatchSection, ...]
    duties: tuple[Problem, ...]
    anchor: Text
    heads: tuple[Text, ...]
    files: Mapping[str, str]
    faults: tuple[Text, ...]
    words: Mapping[str, Text]


def dispatch_view(room: LedgerRoom, ask: Ask) -> DispatchView:
    """The dispatch of the day that the query names, else of today."""
    day, faults = _day(room, ask)
    sheet = room.ledger.dispatch(day)
    sections = tuple(
        DispatchSection(name, title, tuple(_line(row) for row in rows))
        for name, title in SECTIONS.items()
        if (rows := sheet.section(name))
    )
    return DispatchView(
        TITLE,
        sheet.as_of,
        _NEXT.fill(on=sheet.next_on.isoformat()),
        sections,
        sheet.duties,
        anchor_said(sheet.anchor),
        _HEADS,
        {name: address(f"/dispatch/{name}", {"as_of": sheet.as_of.isoformat()}) for name in MEDIA},
        faults,
        _WORDS,
    )


def sheet_file(room: LedgerRoom, ask: Ask) -> Answer:
    """The sheet as a file."""
    ending = ask.path["ending"]
    if ending not in MEDIA:
        raise NotThere
    day, _ = _day(room, ask)
    with tempfile.TemporaryDirectory(prefix="reformkit-") as folder:
        made = room.ledger.dispatch(day).save(Path(folder, f"sheet.{ending}"), ask.lang)
        return Download(f"{TITLE.zh}-{day}.{ending}", MEDIA[ending], made.read_bytes())


def _day(room: LedgerRoom, ask: Ask) -> tuple[date, tuple[Text, ...]]:
    try:
        day = day_said(ask.of_query("as_of"), room.today)
    except FormFault as fault:
        return room.today, (fault.said,)
    if abs(day.year - room.today.year) > _MOST_YEARS:  # days before and after it are counted
        return room.today, (_FAR.fill(day=day.isoformat()),)
    return day, ()


def _line(row: DispatchRow) -> DispatchLine:
    who = COMMA.join(row.holders)
    return DispatchLine(row.item, item_href(row.item), row.unit, row.title, who, row.first, row.on, row.note)
