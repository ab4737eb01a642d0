"""Signals: facts counted over other cases (DESIGN 3, Signals)."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from reformkit.deciding.in_force import day_of
from reformkit.deciding.meaning import TooManyCompletions, classes, holds
from reformkit.model.condition import Condition, Test, tests
from reformkit.model.rulebook import Rulebook, Signal, Window
from reformkit.model.vocabulary import DATE_FACTS, Facts, Field


@dataclass(frozen=True, slots=True)
class Count:
    """A signal of one case: its value (None: unknown), the cases it counted, and those left out because
    something that the count needs is unknown of them. `missing`: the case's own facts that it lacks."""

    value: int | None
    counted: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()


class Counter:
    """Counts a rulebook's signals for one case after another over the same history.

    `history` holds the facts of each case, derived ones included, by its id.
    """

    def __init__(self, rulebook: Rulebook, history: Mapping[str, Facts]) -> None:
        self._signals = rulebook.signals
        self._fields = dict(rulebook.vocabulary.case_fields)
        self._history = history

    def count(self, case_id: str, facts: Facts) -> dict[str, Count]:
        """Every signal of a case. The case counts as it is given here, whatever the history says of it."""
        others = {i: f for i, f in self._history.items() if i != case_id}
        return {name: self._one(signal, case_id, facts, others) for name, signal in self._signals.items()}

    def _one(self, signal: Signal, case_id: str, facts: Facts, others: Mapping[str, Facts]) -> Count:
        wanted = [*signal.same, *([signal.sharing] if signal.sharing else [])]
        day = day_of(facts, None)
        missing = [name for name in wanted if name not in facts]
        if signal.within is not None and day is None:
            missing += [name for name in DATE_FACTS if name in self._fields]
        if missing:
            return Count(None, missing=tuple(missing))
        first = None if signal.within is None or day is None else window_start(day, signal.within)
        selected: dict[str, Facts] = {}
        left_out: list[str] = []
        for other_id, other in {case_id: facts, **others}.items():
            verdict = self._selected(signal, facts, day, first, other)
            if verdict is None:
                left_out.append(other_id)
            elif verdict:
                selected[other_id] = other
        return self._value(signal, selected, left_out)

    def _selected(
        self, signal: Signal, facts: Facts, day: date | None, first: date | None, other: Facts
    ) -> bool | None:
        """Whether another case belongs to the count; None when that hangs on what is unknown of it."""
        verdicts: list[bool | None] = []
        if first is not None and day is not None:
            its_day = day_of(other, None)
            verdicts.append(None if its_day is None else first < its_day <= day)
        for name in signal.same:
            verdicts.append(None if name not in other else other[name] == facts[name])
        if signal.sharing is not None:
            theirs = other.get(signal.sharing)
            verdicts.append(None if theirs is None else bool(theirs & facts[signal.sharing]))
        if signal.where is not None:
            verdicts.append(self._meets(signal.where, other))
        if False in verdicts:
            return False
        return None if None in verdicts else True

    def _value(self, signal: Signal, selected: dict[str, Facts], left_out: list[str]) -> Count:
        if signal.share is not None:
            met = {i: self._meets(signal.share, facts) for i, facts in selected.items()}
            left_out += [i for i, verdict in met.items() if verdict is None]
            judged = [i for i, verdict in met.items() if verdict is not None]
            value = 100 * sum(met[i] is True for i in judged) // len(judged) if judged else None
            return Count(value, tuple(sorted(judged)), tuple(sorted(left_out)))
        if signal.distinct is not None:
            stated = {i: facts[signal.distinct] for i, facts in selected.items() if signal.distinct in facts}
            left_out += [i for i in selected if i not in stated]
            values = {v for value in stated.values() for v in (value if isinstance(value, frozenset) else (value,))}
            return Count(len(values), tuple(sorted(stated)), tuple(sorted(left_out)))
        return Count(len(selected), tuple(sorted(selected)), tuple(sorted(left_out)))

    def _meets(self, condition: Condition, facts: Facts) -> bool | None:
        """Whether a case meets a condition, whatever is unknown of it; None when that hangs on it."""
        asked: dict[str, list[Test]] = {}
        for test in tests(condition):
            if test.tests_value and test.fact not in facts:
                asked.setdefault(test.fact, []).append(test)
        if not asked:
            return holds(condition, facts, facts)
        try:
            verdicts = {holds(condition, {**facts, **c}, facts) for c in _completions(self._fields, asked)}
        except TooManyCompletions:
            return None
        return verdicts.pop() if len(verdicts) == 1 else None


def _completions(fields: dict[str, Field], asked: dict[str, list[Test]]) -> Iterable[Facts]:
    completions: list[Facts] = [{}]
    for name, its_tests in asked.items():
        values = classes(fields[name], its_tests)
        completions = [{**c, name: value} for c in completions for value in values]
        if len(completions) > 10_000:
            raise TooManyCompletions(name)
    return completions


def window_start(day: date, window: Window) -> date:
    """The day before the window: it is (start, day]. The end of a month is clamped.

    >>> window_start(date(2024, 2, 29), Window(length=12, unit="months"))
    datetime.date(2023, 2, 28)
    """
    if window.unit == "days":
        return date.fromordinal(max(1, day.toordinal() - window.length))
    months = window.length * (12 if window.unit == "years" else 1)
    index = day.year * 12 + day.month - 1 - months
    year, month = divmod(index, 12)
    if year < date.min.year:
        return date.min
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


__all__ = ["Count", "Counter", "window_start"]
