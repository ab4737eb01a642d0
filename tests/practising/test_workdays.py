"""Terms end where a count by hand ends them, day by day, made-up days and holidays included."""

from __future__ import annotations

import random
from datetime import date, timedelta

import chinese_calendar
import pytest

from reformkit.model.act import Term
from reformkit.model.office import Day, OfficeCalendar
from reformkit.practising.workdays import FIRST, LAST, Workdays

DAY = timedelta(days=1)
KNOWN = {
    FIRST + timedelta(days=n): chinese_calendar.is_workday(FIRST + timedelta(days=n))
    for n in range((LAST - FIRST).days + 1)
}


def works(day: date, own: dict[date, bool]) -> bool:
    if day in own:
        return own[day]
    if day in KNOWN:
        return KNOWN[day]
    fixed = (day.month, day.day) in ((1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3))
    return day.isoweekday() <= 5 and not fixed and (day.month, day.day) != (4, 5 - (day.year % 4 in (0, 1)))


def by_hand(start: date, term: Term, pauses: list[tuple[date, date]], own: dict[date, bool]) -> tuple[date, bool]:
    """The end of a term counted on a calendar with a pencil, and whether all days that it hangs on are known."""
    paused = {a + timedelta(days=n) for a, b in pauses for n in range((b - a).days)}
    count = term.count
    if term.unit == "months":
        month = start.month - 1 + term.count
        year, month = start.year + month // 12, month % 12 + 1
        last = start.day
        while True:
            try:
                count = (date(year, month, last) - start).days
                break
            except ValueError:
                last -= 1
    day, known = start, True
    done = 0
    while done < count:
        day += DAY
        if day in paused:
            continue
        if term.unit == "workdays":
            known &= day in own or day in KNOWN
            done += works(day, own)
        else:
            done += 1
    while True:
        resting = not works(day, own)
        if not resting and not (count and day in paused):
            break
        known &= day in own or day in KNOWN
        day += DAY
    return day, known and (day in own or day in KNOWN)


def test_10000_random_terms_end_where_a_count_by_hand_ends_them() -> None:
    chance = random.Random(20220304)
    for number in range(10_000):
        start = date(2004, 1, 1) + timedelta(days=chance.randrange(365 * 25 - 200))
        unit = chance.choice(("days", "workdays", "months"))
        term = Term(unit=unit, count=chance.randrange(0, {"days": 190, "workdays": 60, "months": 13}[unit]))
        own, pauses = {}, []
        if number % 5 == 0:
            own = {start + timedelta(days=chance.randrange(90)): chance.random() < 0.5 for _ in range(3)}
        if number % 3 == 0:
            begin = start + timedelta(days=chance.randrange(-20, 60))
            pauses = [(begin, begin + timedelta(days=chance.randrange(0, 40)))]
        workdays = Workdays(OfficeCalendar(days={day: Day(work=work) for day, work in own.items()}))
        end = workdays.after(start, term, pauses)
        assert (end.on, not end.provisional) == by_hand(start, term, pauses, own), (start, term, pauses, own)


@pytest.mark.parametrize(
    ("start", "unit", "count", "end"),
    [
        (date(2022, 9, 29), "workdays", 5, date(2022, 10, 11)),  # 8 and 9 October, a weekend, are worked
        (date(2022, 9, 2), "days", 30, date(2022, 10, 8)),  # the holiday moves it on, to a Saturday that is worked
        (date(2022, 1, 31), "months", 1, date(2022, 2, 28)),
        (date(2024, 1, 31), "months", 1, date(2024, 2, 29)),
        (date(2022, 3, 4), "days", 0, date(2022, 3, 4)),
        (date(2022, 3, 5), "days", 0, date(2022, 3, 7)),
    ],
)
def test_a_term_ends_on_the_day_of_the_calendar(start: date, unit: str, count: int, end: date) -> None:
    assert Workdays().after(start, Term.model_validate({"unit": unit, "count": count})).on == end


def test_what_nobody_has_published_is_provisional_and_the_office_may_vouch_for_it() -> None:
    term = Term(unit="workdays", count=3)
    assert Workdays().after(LAST, term).provisional
    assert not Workdays().after(LAST - timedelta(days=30), term).provisional
    vouched = OfficeCalendar(known_until=LAST + timedelta(days=60))
    assert not Workdays(vouched).after(LAST, term).provisional
    doubting = OfficeCalendar(known_until=date(2022, 6, 30))
    assert Workdays(doubting).after(date(2022, 6, 29), term).provisional


def test_a_pause_that_goes_on_moves_the_end_with_every_day() -> None:
    term, start = Term(unit="days", count=10), date(2022, 3, 7)
    ends = [Workdays().after(start, term, [(date(2022, 3, 9), None)], date(2022, 3, day)).on for day in (9, 14, 21)]
    assert ends == [date(2022, 3, 18), date(2022, 3, 23), date(2022, 3, 30)]


def test_workdays_between_days_are_counted_without_the_first() -> None:
    assert Workdays().between(date(2022, 9, 30), date(2022, 10, 8)) == 1
    assert Workdays().more_than(3, date(2022, 3, 4), date(2022, 3, 9)) is False
    assert Workdays().more_than(3, date(2022, 3, 4), date(2022, 3, 10)) is True
    assert Workdays().more_than(3, date(2022, 3, 4), date(2022, 3, 3)) is False
