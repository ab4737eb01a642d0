"""The items of a ledger: found by state, unit, case or letter, each with what is due next."""

from __future__ import annotations

from dataclasses import dataclass

from reformkit.desk.asking import Ask, address, whole_number
from reformkit.ledger.item import Item
from reformkit.ledger_desk.room import LedgerRoom
from reformkit.practising.menu import MenuStep
from reformkit.practising.states import State
from reformkit.printing.items import due_said
from reformkit.text import Text

PAGE = 50
"""Items on a page."""
TITLE = Text("促改事项", "Items of reform")
HEADS = (
    Text("事项", "Item"),
    Text("状态", "State"),
    Text("责任单位", "Unit"),
    Text("下一步", "Next step"),
    Text("期限", "Due"),
)
_STATE, _UNIT = Text("状态", "State"), Text("单位", "Unit")
_CASE, _NUMBER, _OVERDUE = Text("案件编号", "Case"), Text("文号", "Letter"), Text("只看逾期", "Overdue only")
_FIND, _ALL = Text("查找", "Find"), Text("全部", "all")
_NONE, _COUNT = Text("没有事项。", "There are no items."), Text("共 {count} 项", "{count} items")
_OPEN = Text("立项", "Open an item")
_MORE, _BACK = Text("下一页", "Next page"), Text("上一页", "Page before")


@dataclass(frozen=True)
class ItemRow:
    """An item of the list."""

    id: str
    href: str
    state: Text
    unit: str
    step: Text | None
    due: Text | None
    is_overdue: bool


@dataclass(frozen=True)
class StateOption:
    """A state that may be asked for."""

    id: str
    label: Text
    is_chosen: bool


@dataclass(frozen=True)
class ItemsView:
    """The list with what it was asked for, and the ways to its other pages."""

    title: Text
    heads: tuple[Text, ...]
    rows: tuple[ItemRow, ...]
    count: Text
    none: Text
    states: tuple[StateOption, ...]
    unit: str
    case: str
    number: str
    is_overdue: bool
    before: str | None
    after: str | None
    words: dict[str, Text]


WORDS = {
    "state": _STATE, "unit": _UNIT, "case": _CASE, "number": _NUMBER, "overdue": _OVERDUE, "find": _FIND, "all": _ALL,
    "open": _OPEN, "after": _MORE, "before": _BACK,
}  # fmt: skip


def items_view(room: LedgerRoom, ask: Ask) -> ItemsView:
    """The items that the query asks for, a page of them."""
    state, unit = ask.of_query("state"), ask.of_query("unit").strip()
    case, number = ask.of_query("case").strip(), ask.of_query("number").strip()
    overdue = bool(ask.of_query("overdue"))
    known = [known for known in State if known == state]
    found = room.ledger.items(
        known[0] if known else None, case or None, True if overdue else None, None, unit or None, number or None
    )
    first = PAGE * (whole_number(ask.of_query("page")) or 0)
    shown = found[first : first + PAGE]
    query = {
        name: word for name, word in (("state", state), ("unit", unit), ("case", case), ("number", number)) if word
    }
    query |= {"overdue": "1"} if overdue else {}
    return ItemsView(
        TITLE,
        HEADS,
        tuple(map(_row, shown)),
        _COUNT.fill(count=len(found)),
        _NONE,
        tuple(StateOption(str(one), one.label, one == state) for one in State),
        unit,
        case,
        number,
        overdue,
        address("/items", {**query, "page": str(first // PAGE - 1)}) if first else None,
        address("/items", {**query, "page": str(first // PAGE + 1)}) if first + PAGE < len(found) else None,
        WORDS,
    )


def item_href(id: str) -> str:
    """The page of an item."""
    return f"/items/{id}"


def _row(item: Item) -> ItemRow:
    due = [(step.due.on, place, step) for place, step in enumerate(item.menu()) if step.due and not step.optional]
    soonest: MenuStep | None = min(due)[2] if due else None
    return ItemRow(
        item.id,
        item_href(item.id),
        item.state().label,
        item.standing.opened.responsible_unit,
        None if soonest is None else soonest.title,
        None if soonest is None else due_said(soonest),
        soonest is not None and soonest.overdue,
    )
