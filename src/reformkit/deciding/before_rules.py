"""Days before any rule of a decision: what comes out is what holds otherwise, and no rule was asked."""

from __future__ import annotations

from datetime import date

from reformkit.model.rulebook import DecisionTable, Rulebook
from reformkit.model.vocabulary import Facts
from reformkit.problem import Place, Problem
from reformkit.text import COMMA, Text

_TITLE = Text("“{title}”", "`{title}`")


class BeforeRules:
    """The decisions of a rulebook that give something where no rule holds, asked of one day after another."""

    def __init__(self, rulebook: Rulebook) -> None:
        self._dates = rulebook.vocabulary.dates
        given = [table for table in rulebook.decisions.values() if table.otherwise is not None]
        self._firsts = [(first, table) for table in given if (first := first_day(table)) is not None]
        self.last = max((first for first, _ in self._firsts), default=date.min)
        """From this day on each of them has had a rule."""

    def of_case(self, facts: Facts, as_of: date | None, place: Place) -> tuple[Problem, ...]:
        """The warning of a case by its facts and the day that is asked about."""
        fact = None if as_of is not None else next((name for name in self._dates.facts if facts.get(name)), None)
        return self.found(self._dates.in_force(facts, as_of), place, fact)

    def found(self, day: date | None, place: Place, fact: str | None = None) -> tuple[Problem, ...]:
        """The warning of a case whose rules are those of a day, stated by a fact, before the first of some decisions."""
        if day is None or day >= self.last:
            return ()
        early = [(first, table) for first, table in self._firsts if day < first]
        titles = COMMA.join([_TITLE.fill(title=table.title) for _, table in early])
        first = max(first for first, _ in early)
        return (Problem("RK817", place, {"day": str(day), "titles": titles, "first": str(first)}, fact=fact),)


def first_day(table: DecisionTable) -> date | None:
    """The first day on which a rule of a decision is in force; None where it has no rules."""
    return min((rule.period.since or date.min for rule in table.rules), default=None)
