"""The window of a signal: which days count for a case of a day."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

from reformkit.model.rulebook import Side, Window


def span_of_window(day: date, window: Window, side: Side) -> tuple[date, date]:
    """The first and the last day of the window of a case: back from its own day, or to both sides of it.

    Two cases lie within a length of time when the later of them has the earlier in its window back; the end of a
    month is clamped.

    >>> span_of_window(date(2024, 2, 29), Window(length=12, unit="months"), "before")
    (datetime.date(2023, 3, 1), datetime.date(2024, 2, 29))
    >>> span_of_window(date(2023, 2, 28), Window(length=12, unit="months"), "both")[1]
    datetime.date(2024, 2, 27)
    """
    return _first(day, window), day if side == "before" else _last(day, window)


def _first(day: date, window: Window) -> date:
    """The day after the one that lies the length of the window back."""
    if window.unit == "days":
        return date.fromordinal(max(1, day.toordinal() - window.length + 1))
    year, month = _months_away(day, -_months(window))
    if year < date.min.year:
        return date.min
    back = date(year, month, min(day.day, monthrange(year, month)[1]))
    return back + timedelta(days=1)


def _last(day: date, window: Window) -> date:
    """The last day whose window back reaches a day."""
    if window.unit == "days":
        return date.fromordinal(min(date.max.toordinal(), day.toordinal() + window.length - 1))
    year, month = _months_away(day, _months(window))
    if year > date.max.year:
        return date.max
    end = monthrange(year, month)[1]
    return date(year, month, end) if day.day > end else date(year, month, day.day) - timedelta(days=1)


def _months(window: Window) -> int:
    return window.length * (12 if window.unit == "years" else 1)


def _months_away(day: date, months: int) -> tuple[int, int]:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return year, month + 1
