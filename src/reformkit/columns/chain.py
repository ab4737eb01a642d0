"""The decisions of a rulebook for many cases at once: what `chain` is for one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from reformkit.columns.cases import CaseColumns, Numbers, day_number
from reformkit.columns.coding import Coded, CodedTags, Column, as_sets, coded, tests_in_use
from reformkit.columns.column_table import ColumnTable
from reformkit.columns.deriving import days_of, derive
from reformkit.columns.distinct import distinct
from reformkit.columns.open_cases import Remembered
from reformkit.columns.verdicts import Verdict, Verdicts, VerdictState
from reformkit.deciding.chain import Chain, what_is_wanting
from reformkit.deciding.meaning import value_tests
from reformkit.deciding.table import CompiledTable
from reformkit.model.condition import Test

Wants = tuple[str, ...]
"""Names of facts worth asking for, the first first."""


@dataclass
class DecidedColumn:
    """One decision for many cases: `codes[i]` is the number of row `i`'s verdict in `verdicts`.

    `states`: what undetermined verdicts hang on, where needs are wanted.
    """

    codes: Verdicts
    verdicts: list[Verdict] = field(default_factory=list)
    states: dict[int, tuple[CompiledTable, VerdictState]] = field(default_factory=dict)

    def lookup(self, of: Any) -> Any:
        """For each row what a function says of its verdict, as an array."""
        return np.array([of(verdict) for verdict in self.verdicts])[self.codes]


class ColumnChain:
    """Decides in columns with the tables of a chain."""

    def __init__(self, chain: Chain) -> None:
        self.chain = chain
        self.rulebook = chain.rulebook
        self._upstream = {name: chain.upstream(name) for name in self.rulebook.decisions}
        self._remembered: dict[CompiledTable, Remembered] = {}
        self._asked: dict[frozenset[tuple[str, int]], dict[str, list[Test]]] = {}

    def decide(
        self, columns: CaseColumns, names: Iterable[str], as_of: date | None, needs: bool = False
    ) -> dict[str, DecidedColumn]:
        """Decisions with those that they build on, each after those. `needs`: keep what undetermined ones hang on."""
        wanted = set(names)
        wanted |= {earlier for name in wanted for earlier in self._upstream[name]}
        order = [name for name in self.rulebook.order if name in wanted]
        columns = derive(self.rulebook.vocabulary, columns, as_of)
        spans = list(self._spans(order, columns, as_of))
        tests = self._tests(order, [day for day, _ in spans])
        facts = {fact for day, _ in spans for name in order for fact in self.chain.table(name, day).facts}
        fields = self.chain.fields
        stated = {name for name in order if name in columns.plain or name in columns.tags}
        given = {
            fact: coded(fields[fact], tests.get(fact, ()), columns) for fact in facts if fact not in wanted - stated
        }
        decided = {name: DecidedColumn(np.zeros(columns.height, dtype=np.int32)) for name in order}
        for day, rows in spans:
            here = given if rows is None else {fact: column.take(rows) for fact, column in given.items()}
            height = columns.height if rows is None else len(rows)
            for name in order:
                passes_on = any(name in self._upstream[other] for other in wanted)
                table = self.chain.table(name, day)
                remembered = self._remembered.setdefault(table, Remembered())
                column_table = ColumnTable(table, here, remembered, passes_on, needs)
                codes = column_table.settle(height)
                _append(decided[name], column_table, codes, rows)
                if passes_on and name in facts:
                    here = {**here, name: _passed_on(column_table, codes, here.get(name), fields[name].type == "tags")}
        return decided

    def _spans(
        self, order: Sequence[str], columns: CaseColumns, as_of: date | None
    ) -> Iterator[tuple[date | None, Numbers | None]]:
        """The spans of time between which tables change, each with its rows (None: all of them)."""
        turns = sorted({day for name in order for day in self.chain.turning_days(name)})
        if as_of is not None or not turns:
            yield as_of, None
            return
        days, known = days_of(columns, self.chain.dates.facts)
        spans = np.searchsorted(np.array([day_number(day) for day in turns]), days, "right")
        spans[~known] = len(turns)
        for span in np.unique(spans).tolist() or [len(turns)]:
            rows = np.flatnonzero(spans == span)
            yield turns[span - 1] if span else date.min, None if len(rows) == columns.height else rows

    def _tests(self, order: Sequence[str], days: Sequence[date | None]) -> dict[str, list[Test]]:
        """For each fact the tests of the tables in force on some days."""
        tables = {(name, self.chain.span(name, day)): day for day in days for name in order}
        key = frozenset(tables)
        if key not in self._asked:
            in_force = (self.chain.in_force(name, day) for (name, _), day in tables.items())
            self._asked[key] = tests_in_use(value_tests(table) for table in in_force)
        return self._asked[key]

    def needs(
        self, name: str, decided: Mapping[str, DecidedColumn], columns: CaseColumns, as_of: date | None
    ) -> tuple[Numbers, list[Wants]]:
        """For each row which questions are worth asking for a decision, as a number into a list (0: none)."""
        codes, hanging = self.hanging(name, decided)
        fields = self.chain.fields
        asked = [tuple(fact for fact in facts if fields[fact].source != "signal") for facts in hanging]
        return self._with_days_asked_for(codes, asked, columns, as_of)

    def _with_days_asked_for(
        self, codes: Numbers, wants: list[Wants], columns: CaseColumns, as_of: date | None
    ) -> tuple[Numbers, list[Wants]]:
        """The same with what to ask where a fact that follows from days is wanted (as `Chain.asked_for`)."""
        dates, fields = self.chain.dates, self.chain.fields
        days = {fact: d.day for facts in wants for fact in facts if (d := fields[fact].derived) is not None and d.day}
        if not days:
            return codes, wants
        names = list(dict.fromkeys(day for day in days.values() if day is not None))
        judged = _known(columns, dates.assessed) if as_of is None else np.ones(columns.height, dtype=np.bool_)
        keys = np.stack([codes, judged, *(_known(columns, day) for day in names)], axis=1).astype(np.uint64)
        first, inverse = distinct(keys)
        wanted: list[Wants] = [()]
        numbers: dict[Wants, int] = {(): 0}
        places = []
        for row in keys[first].tolist():
            known = dict(zip(names, row[2:], strict=True))
            asked = tuple(
                dict.fromkeys(
                    what_is_wanting(fields[fact], dates, bool(known[days[fact]]), bool(row[1]))
                    if fact in days
                    else fact
                    for fact in wants[row[0]]
                )
            )
            if asked not in numbers:
                numbers[asked] = len(wanted)
                wanted.append(asked)
            places.append(numbers[asked])
        return np.array(places, dtype=np.intp)[inverse], wanted

    def hanging(self, name: str, decided: Mapping[str, DecidedColumn]) -> tuple[Numbers, list[Wants]]:
        """For each row the unknown facts on which a decision hangs, signals too, as a number into a list."""
        codes = np.zeros(len(decided[name].codes), dtype=np.intp)
        wants: list[Wants] = [()]
        rows = np.flatnonzero(decided[name].lookup(lambda verdict: verdict.status == "undetermined").astype(np.bool_))
        if not len(rows):
            return codes, wants
        chain = [name, *self._upstream[name]]
        keys = np.stack([decided[n].codes[rows] for n in chain], axis=1).astype(np.uint64)
        first, inverse = distinct(keys)
        hanging: dict[tuple[str, int], list[str]] = {}
        numbers: dict[Wants, int] = {(): 0}
        numbers_of = [
            numbers.setdefault(
                self._ask(dict(zip(chain, map(int, keys[i]), strict=True)), decided, hanging), len(numbers)
            )
            for i in first.tolist()
        ]
        codes[rows] = np.array(numbers_of, dtype=np.intp)[inverse]
        return codes, list(numbers)

    def _ask(
        self,
        came: dict[str, int],
        decided: Mapping[str, DecidedColumn],
        hanging: dict[tuple[str, int], list[str]],
    ) -> Wants:
        """The facts to ask for: an earlier outcome is replaced by what that decision needs (as `Chain.hanging`)."""
        facts_asked: dict[str, None] = {}

        def ask(name: str) -> None:
            key = (name, came[name])
            if key not in hanging:
                hanging[key] = []
                if came[name] in decided[name].states:
                    table, state = decided[name].states[came[name]]
                    asked = table.unknown.needs(state.alive, state.unknown, dict(state.opens))
                    hanging[key] = [fact for fact, _ in asked]
            for fact in hanging[key]:
                if fact in came:
                    ask(fact)
                else:
                    facts_asked[fact] = None

        ask(next(iter(came)))
        return tuple(facts_asked)


def _known(columns: CaseColumns, name: str | None) -> NDArray[np.bool_]:
    """The cases in which a fact is known."""
    if name is None or name not in columns.plain:
        return np.zeros(columns.height, dtype=np.bool_)
    return columns.plain[name].is_not_null().to_numpy()


def _append(column: DecidedColumn, column_table: ColumnTable, codes: Verdicts, rows: Numbers | None) -> None:
    offset = len(column.verdicts)
    column.verdicts += column_table.register.verdicts
    column.states.update(
        (offset + number, (column_table.table, state)) for number, state in column_table.register.states.items()
    )
    if rows is None:
        column.codes = codes + offset if offset else codes
    else:
        column.codes[rows] = codes + offset


def _passed_on(column_table: ColumnTable, codes: NDArray[Any], stated: Column | None, collects: bool) -> Coded:
    """An outcome as a fact, as far as it is settled, for the decisions to come; what is stated wins."""
    places: list[int] = []
    numbers: dict[Any, int] = {}
    for verdict in column_table.register.verdicts:
        value: Any = verdict.open
        if verdict.status == "decided":
            value = frozenset(verdict.outcomes) if collects else verdict.outcomes[0]
        numbers.setdefault(value, len(numbers))
        places.append(numbers[value])
    codes, values = np.array(places, dtype=np.int64)[codes], list(numbers)
    if stated is None:
        return Coded(codes.astype(np.uint32), values)
    if isinstance(stated, CodedTags):
        stated = as_sets(stated)
    known = np.array([value is not None for value in stated.values])[stated.codes]
    merged = np.where(known, stated.codes, codes + len(stated.values))
    return Coded(merged.astype(np.uint32), [*stated.values, *values])
