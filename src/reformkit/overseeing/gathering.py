"""What a dispatch is made from, found without reading a ledger whole: items that go on, late entries, shared papers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from reformkit.model.act import Act
from reformkit.model.procedure import Monthly
from reformkit.practising.item import ItemState
from reformkit.practising.lines import act_of, day_of
from reformkit.practising.records import Records
from reformkit.practising.workdays import Workdays

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Gathered:
    """The items that go on at the end of a day, to be gone through once (not all are kept in memory); the late entries
    written since the dispatch before, each with its item; the files that several items name, with these items."""

    states: Iterable[ItemState]
    late: tuple[tuple[ItemState, Act], ...] = ()
    shared: Mapping[str, tuple[str, ...]] | None = None


def gathered(records: Records, day: date, since: date) -> Gathered:
    """What a dispatch of a day is made from; late entries are those written from `since` on."""
    ended = records.ended
    with records.store.reading() as pages:
        first, last = (pages.last_before(end, day_of) for end in (since, day + _DAY))
        shared = {sha256: tuple(items) for sha256, items in pages.shared_files().items()}
    lines = records.store.lines(after=first, until=last, wanted=_may_be_late)
    late = [act for act in map(act_of, lines) if act.late is not None]
    return Gathered(
        records.standing([id for id in records.ids if ended.get(id, "9") > day.isoformat()], day),
        tuple((records.item(act.item), act) for act in late),
        shared,
    )


def dispatched_before(workdays: Workdays, monthly: Monthly | None, day: date) -> date:
    """The dispatch day before the last one: what was written since stands on the sheet of `day`, a whole month at least.

    >>> from reformkit.model.procedure import Monthly
    >>> dispatched_before(Workdays(), Monthly(workday=5, role="coordinator"), date(2022, 5, 12))
    datetime.date(2022, 4, 8)
    """
    found: list[date] = []
    month = day.replace(day=1)
    while len(found) < 2:
        on = dispatch_in(workdays, monthly, month)
        found += [on] if on <= day else []
        month = (month - _DAY).replace(day=1)
    return found[-1]


def next_dispatch(workdays: Workdays, monthly: Monthly | None, as_of: date) -> date:
    """The day of the next dispatch: the stated workday of this month, or of the next one.

    >>> from reformkit.model.procedure import Monthly
    >>> next_dispatch(Workdays(), Monthly(workday=5, role="coordinator"), date(2022, 4, 11))
    datetime.date(2022, 5, 10)
    """
    first = as_of.replace(day=1)
    while (day := dispatch_in(workdays, monthly, first)) <= as_of:
        first = (first + timedelta(days=32)).replace(day=1)
    return day


def dispatch_in(workdays: Workdays, monthly: Monthly | None, first: date) -> date:
    """The day of the dispatch of a month, which is given by its first day."""
    day, left = first, 1 if monthly is None else monthly.workday
    while left > workdays.works(day):
        left -= workdays.works(day)
        day += _DAY
    return day


def _may_be_late(text: str) -> bool:
    return '"late":"' in text
