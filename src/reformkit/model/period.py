"""Spans of time in which a rule, a parameter value or a clause is in force."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Period:
    """From `since`, inclusive, until `until`, exclusive; None is open.

    >>> Period(date(2022, 1, 1), date(2024, 1, 1)).holds(date(2024, 1, 1))
    False
    """

    since: date | None = None
    until: date | None = None

    def holds(self, day: date) -> bool:
        """Whether the period is in force on a day."""
        return (self.since is None or self.since <= day) and (self.until is None or day < self.until)

    def overlaps(self, other: Period) -> bool:
        """Whether some day lies in both periods."""
        return (self.since or date.min) < (other.until or _END) and (other.since or date.min) < (self.until or _END)


_END = date.max
ALWAYS = Period()


def boundaries(periods: Iterable[Period]) -> tuple[date, ...]:
    """The days on which something comes into force or ceases to be, in order.

    >>> boundaries([Period(date(2022, 1, 1)), Period(None, date(2024, 1, 1))])
    (datetime.date(2022, 1, 1), datetime.date(2024, 1, 1))
    """
    return tuple(sorted({day for p in periods for day in (p.since, p.until) if day is not None}))
