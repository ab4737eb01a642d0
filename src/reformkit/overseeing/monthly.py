"""Month by month: how many items were opened, how many accepted, and how many were overdue when the month ended."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from reformkit.model.act import Accepted, Act, Corrected, Merged
from reformkit.overseeing import monthly_sheet
from reformkit.practising.due import due
from reformkit.practising.fold import ProcedureOf, as_corrected
from reformkit.practising.item import ItemState
from reformkit.practising.menu import is_overdue
from reformkit.practising.passing import standings
from reformkit.practising.progress import open_steps
from reformkit.practising.workdays import Workdays
from reformkit.text import Lang

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Month:
    """A month by its first day. `until` is its last day, or the day of asking where it is not over.

    `opened` and `accepted` are items by the day on which that happened; `overdue` are those with a step that was
    overdue at the end of `until`, as they stood then, by their ids.
    """

    first: date
    until: date
    opened: int
    accepted: int
    overdue: tuple[str, ...]

    @property
    def name(self) -> str:
        """The month as periods are written: `2022-03`."""
        return f"{self.first.year}-{self.first.month:02}"

    @property
    def is_over(self) -> bool:
        """Whether `until` is its last day."""
        return (self.until + _DAY).day == 1

    def to_dict(self) -> dict[str, Any]:
        """Plain data for JSON."""
        said = {"month": self.name, "until": self.until.isoformat(), "opened": self.opened, "accepted": self.accepted}
        return {**said, "overdue": len(self.overdue), "overdue_items": list(self.overdue)}


@dataclass(frozen=True, slots=True)
class Months:
    """The months of a period, in order. `acts`: how many acts of the ledger they rest on, which the caption says."""

    months: tuple[Month, ...]
    acts: int
    period: str | None = None

    def save(self, path: str | os.PathLike[str], lang: Lang = "zh") -> Path:
        """Write them to a .svg, .png, .xlsx, .html or .json. Raises ValueError for another ending.

        Raises `MissingExtra` where the picture needs the extra `pictures`, or the workbook `excel`.
        """
        return monthly_sheet.save(self, path, lang)

    def to_dict(self) -> dict[str, Any]:
        """Plain data for JSON."""
        return {"period": self.period, "acts": self.acts, "months": [month.to_dict() for month in self.months]}


def month_ends(first: date, after: date, today: date) -> list[date]:
    """The last day of each month from that of `first` to the one before that of `after`, as far as they have begun;
    of the one that goes on, today.

    >>> [str(day) for day in month_ends(date(2022, 11, 5), date(2023, 3, 1), date(2023, 1, 9))]
    ['2022-11-30', '2022-12-31', '2023-01-09']
    """
    ends = []
    month = first.replace(day=1)
    while month < after and month <= today:
        following = (month + timedelta(days=32)).replace(day=1)
        ends.append(min(following - _DAY, today))
        month = following
    return ends


def months_of(
    items: Iterable[Sequence[Act]], days: Sequence[date], procedures: ProcedureOf, workdays: Workdays
) -> tuple[Month, ...]:
    """The months that end on some days, over items by their acts, each in order.

    An item that was merged into another does not count as opened. One that was accepted, sent back and accepted again
    counts in both months.
    """
    opened, accepted = Counter[date](), Counter[date]()
    late: dict[date, list[str]] = {day: [] for day in days}
    for acts in items:
        right = {act.data.seq: act.data for act in acts if isinstance(act.data, Corrected)}
        told = [as_corrected(act, right[act.seq]) if act.seq in right else act for act in acts]
        if not any(isinstance(act.data, Merged) for act in told):
            opened[told[0].on.replace(day=1)] += 1
        accepted.update({act.on.replace(day=1) for act in told if isinstance(act.data, Accepted)})
        for day, state in standings(acts, days, procedures):
            if state.ended is None and _is_late(state, workdays, day):
                late[day].append(state.id)
    firsts = {day: day.replace(day=1) for day in days}
    return tuple(Month(firsts[d], d, opened[firsts[d]], accepted[firsts[d]], tuple(sorted(late[d]))) for d in days)


def _is_late(state: ItemState, workdays: Workdays, day: date) -> bool:
    return any(is_overdue(state, step, due(state, step, workdays, day), day) for step in open_steps(state))
