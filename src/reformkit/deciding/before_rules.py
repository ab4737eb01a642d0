"""Days before any rule of a decision: what comes out is what holds otherwise, and no rule was asked."""

from __future__ import annotations

from datetime import date

from reformkit.model.rulebook import DecisionTable, Rulebook
from reformkit.problem import Place, Problem
from reformkit.text import COMMA, Text

_TITLE = Text("“{title}”", "`{title}`")


class BeforeRules:
    """The decisions of a rulebook that give something where no rule holds, asked of one day after another."""

    def __init__(self, rulebook: Rulebook) -> None:
        given = [table for table in rulebook.decisions.values() if table.otherwise is not None]
        self._firsts = [(first, table) for table in given if (first := first_day(table)) is not None]
        self.last = max((first for first, _ in self._firsts), default=date.min)
        """From this day on each of them has had a rule."""

    def found(self, day: date | None, place: Place) -> tuple[Problem, ...]:
        """The warning of a case whose rules are those of a day before the first of some decisions."""
        if day is None or day >= self.last:
            return ()
        early = [(first, table) for first, table in self._firsts if day < first]
        titles = COMMA.join([_TITLE.fill(title=table.title) for _, table in early])
        first = max(first for first, _ in early)
        return (Problem("RK817", place, {"day": str(day), "titles": titles, "first": str(first)}),)


def first_day(table: DecisionTable) -> date | None:
    """The first day on which a rule of a decision is in force; None where it has no rules."""
    return min((rule.period.since or date.min for rule in table.rules), default=None)
