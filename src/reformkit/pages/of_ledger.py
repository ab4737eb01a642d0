"""The year of a ledger: its days, what items came to, and what always stands at its end."""

from __future__ import annotations

from datetime import date

from reformkit.assessing.prepared import Prepared
from reformkit.overseeing.dispatch_sheet import anchor_said
from reformkit.overseeing.year_of_ledger import LedgerYear, parts_of_ledger
from reformkit.pages.of_cases import SHARES
from reformkit.pages.which_year import UnclearYear
from reformkit.pages.year import Year
from reformkit.text import Text

_NOT_YET = Text("{year}年还没有开始（今天是{today}）", "{year} has not begun yet (today is {today})")
_NOT_WITHIN = Text(
    "{on}不在{year}年内，或者晚于今天（{today}）", "{on} is not within {year}, or later than today ({today})"
)
_NO_ITEMS = Text("台账截至{on}没有一个事项", "the ledger has no item up to {on}")
_FROM_LEDGER = Text(
    "各数由台账的记录现算，按事情发生之日计入年度，更正过的按更正后的计；{anchor}。",
    "The figures are read off the acts of the ledger by the days on which things happened, corrected ones as corrected; {anchor}.",
)
_TO_ASK = Text(
    "待定事项按在办事项的案件现在的事实研判。",
    "What waits is assessed from what is known now of the cases of items in hand.",
)


def days_of(year: int, as_of: date | None, today: date) -> tuple[date, date]:
    """The first day of a year and the last that is looked at: `as_of`, else its end, or today while it goes on.

    Raises `UnclearYear` for a year that has not begun, or a day that is not in it or has not come.
    """
    first, last = date(year, 1, 1), date(year, 12, 31)
    if today < first:
        raise UnclearYear(_NOT_YET.fill(year=year, today=today.isoformat()))
    until = min(last, today) if as_of is None else as_of
    if not first <= until <= min(last, today):
        raise UnclearYear(_NOT_WITHIN.fill(on=until.isoformat(), year=year, today=today.isoformat()))
    return first, until


def year_of_ledger(found: LedgerYear, book: Prepared) -> Year:
    """The year of a ledger. Raises `UnclearYear` where it has no item up to that day."""
    items = found.items
    if not items.procedures:
        raise UnclearYear(_NO_ITEMS.fill(on=items.last.isoformat()))
    notes = (_FROM_LEDGER.fill(anchor=anchor_said(found.sheet.anchor)), _TO_ASK, SHARES)
    return Year(items.first.year, "ledger", parts_of_ledger(found, book), notes, items.last)
