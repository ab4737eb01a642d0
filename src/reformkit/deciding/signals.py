"""Signals: facts counted over other cases (docs/language.md, Signals)."""

from __future__ import annotations

from bisect import bisect_right
from calendar import monthrange
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from operator import itemgetter
from typing import NamedTuple

from reformkit.deciding.in_force import day_of
from reformkit.deciding.meaning import TooManyCompletions, classes, holds
from reformkit.model.condition import Condition, Test, tests
from reformkit.model.rulebook import Rulebook, Signal, Window
from reformkit.model.vocabulary import DATE_FACTS, Facts, Field


class Count(NamedTuple):
    """A signal of one case: its value (None: unknown), the cases it counted, and those left out because
    something that the count needs is unknown of them. `missing`: the case's own facts that it lacks.
    `shared`: of a signal that counts by a common tag, the tags that the case has in common with others."""

    value: int | None
    counted: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    shared: tuple[str, ...] = ()


class Counter:
    """Counts a rulebook's signals for one case after another over the same history.

    `history` holds the facts of each case, derived ones included, by its id. What of a case belongs to a
    count is said by `selected`; the index only spares asking it where the answer is plain.
    """

    def __init__(self, rulebook: Rulebook, history: Mapping[str, Facts]) -> None:
        self._fields = dict(rulebook.vocabulary.case_fields)
        self._history = history
        self._indexes = {name: _Index(signal, self._fields, history) for name, signal in rulebook.signals.items()}

    def count(self, case_id: str, facts: Facts) -> dict[str, Count]:
        """Every signal of a case. The case counts as it is given here, whatever the history says of it."""
        return {name: self._one(index, case_id, facts) for name, index in self._indexes.items()}

    def _one(self, index: _Index, case_id: str, facts: Facts) -> Count:
        signal = index.signal
        day = day_of(facts, None)
        wanted = [*signal.same, *([signal.sharing] if signal.sharing else [])]
        missing = [name for name in wanted if name not in facts]
        if signal.within is not None and day is None:
            missing += [name for name in DATE_FACTS if name in self._fields]
        if missing:
            return Count(None, missing=tuple(missing))
        chosen = {i: self._history[i] for i in index.sure(facts, day) if i != case_id}
        left_out = [
            i for i in index.unsure if i != case_id and selected(signal, self._fields, facts, self._history[i]) is None
        ]
        shared: set[str] = set()
        if signal.sharing is not None:
            shared.update(*(facts[signal.sharing] & other[signal.sharing] for other in chosen.values()))
        own = selected(signal, self._fields, facts, facts)
        if own:
            chosen[case_id] = facts
        elif own is None:
            left_out.append(case_id)
        return self._value(signal, chosen, left_out)._replace(shared=tuple(sorted(shared)))

    def _value(self, signal: Signal, chosen: dict[str, Facts], left_out: list[str]) -> Count:
        if signal.share is not None:
            met = {i: meets(signal.share, self._fields, facts) for i, facts in chosen.items()}
            left_out += [i for i, verdict in met.items() if verdict is None]
            judged = [i for i, verdict in met.items() if verdict is not None]
            value = 100 * sum(met[i] is True for i in judged) // len(judged) if judged else None
            return Count(value, tuple(sorted(judged)), tuple(sorted(left_out)))
        if signal.distinct is not None:
            stated = {i: facts[signal.distinct] for i, facts in chosen.items() if signal.distinct in facts}
            left_out += [i for i in chosen if i not in stated]
            values = {v for value in stated.values() for v in (value if isinstance(value, frozenset) else (value,))}
            return Count(len(values), tuple(sorted(stated)), tuple(sorted(left_out)))
        return Count(len(chosen), tuple(sorted(chosen)), tuple(sorted(left_out)))


def selected(signal: Signal, fields: dict[str, Field], facts: Facts, other: Facts) -> bool | None:
    """Whether another case belongs to a case's count; None when that hangs on what is unknown of it.

    The case itself has everything that the signal asks of it.
    """
    verdicts: list[bool | None] = []
    day = day_of(facts, None)
    if signal.within is not None and day is not None:
        its_day = day_of(other, None)
        verdicts.append(None if its_day is None else window_start(day, signal.within) < its_day <= day)
    for name in signal.same:
        verdicts.append(None if name not in other else other[name] == facts[name])
    if signal.sharing is not None:
        theirs = other.get(signal.sharing)
        verdicts.append(None if theirs is None else bool(theirs & facts[signal.sharing]))
    if signal.where is not None:
        verdicts.append(meets(signal.where, fields, other))
    if False in verdicts:
        return False
    return None if None in verdicts else True


class _Index:
    """A history sorted for one signal: the cases of which all is known, by key and day, and the unsure ones."""

    def __init__(self, signal: Signal, fields: dict[str, Field], history: Mapping[str, Facts]) -> None:
        self.signal = signal
        self.unsure: list[str] = []
        self._groups: dict[tuple[object, ...], list[tuple[date, str, frozenset[str]]]] = {}
        for case_id, facts in history.items():
            where = True if signal.where is None else meets(signal.where, fields, facts)
            if where is False:
                continue
            day = day_of(facts, None) if signal.within is not None else date.min
            tags = frozenset() if signal.sharing is None else facts.get(signal.sharing)
            if where is None or day is None or tags is None or any(name not in facts for name in signal.same):
                self.unsure.append(case_id)
            else:
                key = tuple(facts[name] for name in signal.same)
                self._groups.setdefault(key, []).append((day, case_id, tags))
        for group in self._groups.values():
            group.sort(key=itemgetter(0))

    def sure(self, facts: Facts, day: date | None) -> Iterator[str]:
        """The ids of the cases that belong to a case's count and of which all is known."""
        signal = self.signal
        group = self._groups.get(tuple(facts[name] for name in signal.same), [])
        if signal.within is not None and day is not None:
            first = bisect_right(group, window_start(day, signal.within), key=itemgetter(0))
            group = group[first : bisect_right(group, day, key=itemgetter(0))]
        shared = None if signal.sharing is None else facts[signal.sharing]
        return (case_id for _, case_id, tags in group if shared is None or tags & shared)


def meets(condition: Condition, fields: dict[str, Field], facts: Facts) -> bool | None:
    """Whether a case meets a condition, whatever is unknown of it; None when that hangs on it."""
    asked: dict[str, list[Test]] = {}
    for test in tests(condition):
        if test.tests_value and test.fact not in facts:
            asked.setdefault(test.fact, []).append(test)
    if not asked:
        return holds(condition, facts, facts)
    try:
        verdicts = {holds(condition, {**facts, **c}, facts) for c in _completions(fields, asked)}
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
