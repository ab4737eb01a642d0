"""Opening an item: from a case that the desk was given, or for a matter without one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from uuid import uuid4

from reformkit.desk.asking import Answer, Ask, Goto, Show, address
from reformkit.desk.desk import Desk
from reformkit.ledger_desk.forms import LATE, FormFault, Option, day_said
from reformkit.ledger_desk.items_screen import item_href
from reformkit.ledger_desk.room import HERE, LedgerRoom
from reformkit.problem import CaseError, LedgerError, Problem, RefusedError
from reformkit.text import Text

OPEN = "/opening"
TITLE = Text("立项", "Open an item")
REFUSED = 409
MATTER = {
    "title": Text("事由", "What it is about"),
    "unit": Text("案发单位", "Unit"),
    "responsible_unit": Text("责任单位", "Responsible unit"),
    "region": Text("地区", "Region"),
    "township": Text("苏木镇", "Township"),
    "industry": Text("行业领域", "Sector"),
}
"""What is said of an item without a case, and of one with a case where it is otherwise."""
WORDS = {
    "case": Text("案件", "Case"),
    "no_case": Text("没有案件", "without a case"),
    "joined": Text("并入的案件编号（用逗号隔开）", "Cases that it joins (ids, with commas between)"),
    "procedure": Text("流程", "Procedure"),
    "by_source": Text("按问题来源", "by the source"),
    "matter": Text(
        "没有案件的填写；有案件的，与案件所写不同时才填", "For an item without a case; else only what is otherwise"
    ),
    "on": Text("立项日", "Day of opening"),
    "late": LATE,
    "refused": Text("没有立项，原因如下：", "Nothing was opened. What stands in the way:"),
    "back": Text("全部事项", "All items"),
}
_UNREAD = Text(
    "给出的案件中有{count}件没有读出，不在其中。", "Of the cases that were given, {count} could not be read."
)
_NOT_GIVEN = Text("没有编号为“{case}”的案件", "there is no case `{case}`")


@dataclass(frozen=True)
class MatterField:
    """A word about the matter."""

    name: str
    label: Text
    said: str


@dataclass(frozen=True)
class OpeningView:
    """The form, with what was filled in before and what stood in the way."""

    title: Text
    cases: tuple[Option, ...]
    unread: Text | None
    case: str
    joined: str
    procedures: tuple[Option, ...]
    procedure: str
    matter: tuple[MatterField, ...]
    on: str
    late: str
    id: str
    faults: tuple[Text, ...]
    problems: tuple[Problem, ...]
    words: Mapping[str, Text]


def opening_view(
    room: LedgerRoom, desk: Desk, ask: Ask, faults: Sequence[Text] = (), problems: Sequence[Problem] = ()
) -> OpeningView:
    """The form; a case may be named by the query."""
    procedures = room.ledger.book.rulebook.procedures
    known = {} if procedures is None else procedures.procedures
    return OpeningView(
        TITLE,
        tuple(_without_item(room, desk)),
        _UNREAD.fill(count=unread) if (unread := len(desk.case_file(desk.book).unread)) else None,
        ask.of_form("case") or ask.of_query("case"),
        ask.of_form("joined"),
        tuple(Option(one.id, one.title) for one in known.values()),
        ask.of_form("procedure"),
        tuple(MatterField(name, label, ask.of_form(name)) for name, label in MATTER.items()),
        ask.of_form("on") or str(room.today),
        ask.of_form("late"),
        str(uuid4()),
        tuple(faults),
        tuple(problems),
        WORDS,
    )


def open_item(room: LedgerRoom, desk: Desk, ask: Ask) -> Answer:
    """Open what the form says. Shows what was refused, with the words that were filled in."""
    ledger = room.ledger
    try:
        on = day_said(ask.of_form("on"), room.today)
        case = ask.of_form("case").strip()
        given = desk.case(case) if case else None
        if case and given is None:
            raise FormFault(_NOT_GIVEN.fill(case=case))
        opened = ledger.open(
            None if given is None else ledger.assessed(given),
            by=room.account,
            on=on,
            procedure=ask.of_form("procedure") or None,
            cases=_ids(ask.of_form("joined")),
            matter={name: said for name in MATTER if (said := ask.of_form(name).strip())},
            id=ask.of_form("id") or None,
            late=ask.of_form("late").strip() or None,
        )
    except (RefusedError, CaseError, LedgerError) as error:
        return Show(f"{HERE}:opening.html", opening_view(room, desk, ask, (), error.problems), REFUSED)
    except FormFault as fault:
        return Show(f"{HERE}:opening.html", opening_view(room, desk, ask, (fault.said,)), REFUSED)
    return Goto(address(item_href(opened.id), {"written": str(opened.acts[0].seq)}))


def _without_item(room: LedgerRoom, desk: Desk) -> Iterator[Option]:
    """The cases that were given and have no item yet, each with its unit."""
    held = {case.id for case in room.ledger.cases()}
    for case in desk.case_file(desk.book).cases:
        if case.id and case.id not in held:
            yield Option(case.id, " ".join([case.id, str(case.facts.get("unit") or "")]).strip())


def _ids(words: str) -> list[str]:
    return [word.strip() for word in words.replace("，", ",").replace("、", ",").split(",") if word.strip()]
