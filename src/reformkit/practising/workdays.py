"""Days that count: workdays as the State Council publishes them, under what the office's own calendar says.

Beyond what is published nobody knows the make-up days and the days of the lunar festivals: a term that reaches there
is provisional, and is counted by weeks and the holidays that have a fixed date.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from itertools import accumulate

from chinese_calendar import constants, is_workday

from reformkit.model.act import Term
from reformkit.model.office import OfficeCalendar
from reformkit.text import Text
from reformkit.wording.values import say_day

FIRST = date(min(constants.holidays).year, 1, 1)
LAST = date(max(*constants.holidays, *constants.workdays).year, 12, 31)
"""What the package knows."""

_FIXED = {(1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3)}
_DAY = timedelta(days=1)

Pause = tuple[date, date | None]
"""A time that does not count: its first day, and the day from which days count again (None: not yet)."""


@dataclass(frozen=True, slots=True)
class TermEnd:
    """The last day of a term. `provisional`: it hangs on days that are not published yet."""

    on: date
    provisional: bool
    because: Text


class Workdays:
    """Which days are workdays, and where terms end.

    >>> Workdays().after(date(2022, 9, 29), Term(unit="workdays", count=5)).on
    datetime.date(2022, 10, 11)
    """

    def __init__(self, office: OfficeCalendar | None = None) -> None:
        office = office or OfficeCalendar()
        self._own = {day: said.work for day, said in office.days.items()}
        self._known_until = office.known_until or LAST
        self._years: dict[int, tuple[int, ...]] = {}

    def knows(self, day: date) -> bool:
        """Whether it is published, or stated by the office, if this is a workday."""
        return FIRST <= day <= self._known_until or day in self._own

    def works(self, day: date) -> bool:
        """Whether it is a workday, as far as can be told."""
        own = self._own.get(day)
        return _works(day) if own is None else own

    def after(self, start: date, term: Term, pauses: Sequence[Pause] = (), today: date | None = None) -> TermEnd:
        """Where a term ends. The day on which it starts does not count, nor do days of a pause; an end on a day off
        moves on to the next workday, a month ends on its last day at the latest. A pause that goes on counts up to
        `today`."""
        spans = [(a, b if b is not None else max(a, today or a) + _DAY) for a, b in pauses]
        counted = term.count if term.unit != "months" else (_months_after(start, term.count) - start).days
        day, left, sure = start, counted, True
        if not spans and term.unit != "workdays":
            day, left = start + timedelta(days=max(counted, 0)), 0
        while left > 0:
            day += _DAY
            if spans and _paused(day, spans):
                continue
            if term.unit == "workdays":
                sure &= self.knows(day)
                left -= self.works(day)
            else:
                left -= 1
        end = day
        while not self.works(day) or (counted > 0 and _paused(day, spans)):
            sure &= self.knows(day)
            day += _DAY
        return TermEnd(day, not (sure and self.knows(day)), _reason(start, term, end, day, pauses))

    def between(self, start: date, end: date) -> int:
        """The number of workdays after `start` up to and with `end`; none where `end` comes first."""
        if end <= start:
            return 0
        whole = sum(self._worked(year)[-1] for year in range(start.year, end.year))
        return whole + self._worked(end.year)[_day_of_year(end)] - self._worked(start.year)[_day_of_year(start)]

    def more_than(self, count: int, start: date, end: date) -> bool:
        """Whether more than so many workdays lie after `start` up to and with `end`."""
        day = start
        while day < end and count >= 0:
            day += _DAY
            count -= self.works(day)
        return count < 0

    def _worked(self, year: int) -> tuple[int, ...]:
        """The workdays of a year up to and with each of its days; it is counted once."""
        found = self._years.get(year)
        if found is None:
            first, last = date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal()
            days = (date.fromordinal(day) for day in range(first, last + 1))
            found = self._years[year] = (0, *accumulate(int(self.works(day)) for day in days))
        return found


def _day_of_year(day: date) -> int:
    return day.timetuple().tm_yday


@cache
def _works(day: date) -> bool:
    if FIRST <= day <= LAST:
        return bool(is_workday(day))
    return day.weekday() < 5 and (day.month, day.day) not in _FIXED and not _is_qingming(day)


def _is_qingming(day: date) -> bool:
    """The day of 清明, by the usual rule for 2000 to 2099."""
    year = day.year % 100
    return day.month == 4 and day.day == int(year * 0.2422 + 4.81) - year // 4


def _months_after(start: date, months: int) -> date:
    year, month = divmod(start.month - 1 + months, 12)
    year += start.year
    following = date(year + (month + 1) // 12, (month + 1) % 12 + 1, 1)
    return date(year, month + 1, min(start.day, (following - _DAY).day))


def _paused(day: date, spans: Sequence[tuple[date, date]]) -> bool:
    return any(first <= day < again for first, again in spans)


_LENGTH = {
    "days": Text("{count}日", "{count} days"),
    "workdays": Text("{count}个工作日", "{count} workdays"),
    "months": Text("{count}个月", "{count} months"),
}
_SAME_DAY = Text("{start}当日", "the same day, {start}")
_TERM = Text("自{start}的次日起{length}", "{length} from the day after {start}")
_PAUSED = Text("{term}，扣除中止期间", "{term}, without the days of suspension")
_MOVED_ON = Text("{term}，末日{end}为休息日，顺延", "{term}; {end} is a day off, so the next workday")


def _reason(start: date, term: Term, end: date, on: date, pauses: Sequence[Pause]) -> Text:
    said = _SAME_DAY.fill(start=say_day(start))
    if term.count:
        said = _TERM.fill(start=say_day(start), length=_LENGTH[term.unit].fill(count=term.count))
    if pauses:
        said = _PAUSED.fill(term=said)
    return said if on == end else _MOVED_ON.fill(term=said, end=say_day(end))
