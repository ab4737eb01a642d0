"""What a vocabulary says cannot both be true of a case: each that a case says all the same is a warning."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from reformkit.deciding.meeting import Recalled, meeting
from reformkit.model.condition import tests
from reformkit.model.rulebook import Rulebook
from reformkit.model.vocabulary import Contradiction, Facts, Field
from reformkit.problem import Place, Problem
from reformkit.text import COMMA, Text

_FIELD = Text("“{label}”", "`{label}`")


class Contradictions:
    """The checks of a vocabulary, asked of one case after another. What is unknown contradicts nothing."""

    def __init__(self, rulebook: Rulebook) -> None:
        self._fields = dict(rulebook.vocabulary.case_fields)
        self._checks = rulebook.vocabulary.checks
        self._counting_days = [f for f in rulebook.vocabulary.derived if f.derived and f.derived.days_since]
        self._never = [None if c.never is None else meeting(c.never, self._fields) for c in self._checks]

    def found(self, facts: Facts, judged: date | None, place: Place) -> tuple[Problem, ...]:
        """The warnings of a case, at its place: in the order of the checks, then of days that count below zero.

        `judged` is the day of judging.
        """
        both = zip(self._checks, self._never, strict=True)
        broken = [p for check, never in both for p in self._broken(check, never, facts, place)]
        return (*broken, *self._below_zero(facts, judged, place))

    def _below_zero(self, facts: Facts, judged: date | None, place: Place) -> Iterator[Problem]:
        for field in self._counting_days:
            first = None if field.derived is None else field.derived.days_since
            if first is None or judged is None or first not in facts or field.name in facts:
                continue
            if facts[first] > judged:
                values = {"fact": field.label, "first": self._fields[first].label}
                days = {"day": str(facts[first]), "other": str(judged)}
                yield Problem("RK814", place, {**values, **days}, fact=first)

    def _broken(
        self, check: Contradiction, never: Recalled[bool | None] | None, facts: Facts, place: Place
    ) -> Iterator[Problem]:
        if check.before is not None:
            first, second = check.before
            if first in facts and second in facts and facts[first] > facts[second]:
                yield problem_of(check, self._fields, place, {name: facts[name] for name in check.before})
        for name, low, high in check.years:
            if name in facts and not low <= facts[name].year <= high:
                yield problem_of(check, self._fields, place, {name: facts[name]}, (low, high))
        if never is not None and never(facts):
            yield problem_of(check, self._fields, place, {})


def problem_of(
    check: Contradiction,
    fields: dict[str, Field],
    place: Place,
    said: Facts,
    years: tuple[int, int] = (1, 9999),
) -> Problem:
    """The warning that one check gives: what is said of its facts, and of years which there may be."""
    if check.before is not None:
        first, second = check.before
        values = {"first": fields[first].label, "second": fields[second].label}
        days = {"day": str(said[first]), "other": str(said[second])}
        return Problem("RK811", place, {**values, **days}, fact=first)
    if check.never is None:
        ((name, day),) = said.items()
        values = {"fact": fields[name].label}
        return Problem("RK812", place, {**values, "day": str(day), "low": years[0], "high": years[1]}, fact=name)
    asked = list(dict.fromkeys(test.fact for test in tests(check.never)))
    quoted = [_FIELD.fill(label=fields[name].label) for name in asked]
    return Problem("RK813", place, {"facts": COMMA.join(quoted)}, fact=asked[0] if asked else None)
