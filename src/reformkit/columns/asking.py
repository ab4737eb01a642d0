"""What signals ask of the cases of one frame: keys to be compared, days, tags, and whether conditions are met."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from reformkit.columns.cases import CaseColumns, Flags, Numbers, TagColumn, Words
from reformkit.columns.coding import CodedTags, as_sets, coded
from reformkit.columns.deriving import days_of
from reformkit.columns.distinct import distinct, together
from reformkit.deciding.meeting import meets
from reformkit.model.condition import Condition, Test, tests
from reformkit.model.rulebook import Signal
from reformkit.model.vocabulary import Field

Fields = Mapping[str, Field]
Said = NDArray[np.int8]
"""Of each case 1: a condition is met, 0: it is not, -1: that is unknown."""


@dataclass(frozen=True)
class Key:
    """A fact of many cases as something that can be compared: numbers, words, or sets of tags as bits."""

    values: Any
    known: Flags


class Cases:
    """The cases of one frame as signals ask of them; what several signals ask is worked out once."""

    def __init__(self, fields: Fields, columns: CaseColumns, dates: Sequence[str]) -> None:
        self.fields = fields
        self.dates = dates
        self.columns = columns
        self.height = columns.height
        self._keys: dict[str, Key] = {}
        self._said: dict[Condition, Said] = {}

    def key(self, name: str) -> Key:
        """One fact of each case."""
        if name not in self._keys:
            self._keys[name] = _key(self.fields[name], self.columns)
        return self._keys[name]

    @cached_property
    def days(self) -> tuple[NDArray[np.int64], Flags]:
        """The day of each case, and of which it is known."""
        return days_of(self.columns, self.dates)

    def said(self, condition: Condition | None) -> Said:
        """Whether each case meets a condition."""
        if condition is None:
            return np.ones(self.height, dtype=np.int8)
        if condition not in self._said:
            self._said[condition] = verdicts(condition, self.fields, self.columns)
        return self._said[condition]


class SignalQuery:
    """What one signal asks of the cases of one frame."""

    def __init__(self, signal: Signal, cases: Cases) -> None:
        self.signal = signal
        self.cases = cases
        self.height = cases.height
        self.day, day_known = np.zeros(self.height, dtype=np.int64), np.ones(self.height, dtype=np.bool_)
        if signal.within is not None:
            self.day, day_known = cases.days
        self.day_known = day_known
        self.where = cases.said(signal.where)
        stands: Flags = day_known.copy()
        for name in signal.same:
            stands &= cases.key(name).known
        if signal.sharing is not None:
            stands &= self.shared.known
        self.stands = stands
        """The cases with key, day and tags known."""

    def key(self, name: str) -> Key:
        """One of the facts that have to be the same."""
        return self.cases.key(name)

    @cached_property
    def shared(self) -> TagColumn:
        """The tags, one of which must be shared."""
        return tags_of(self.cases.fields, self.signal.sharing, self.cases.columns)

    @cached_property
    def tag_bits(self) -> Words:
        """The same as bits."""
        return self.shared.bits(self.shared.tags)

    @cached_property
    def tag_count(self) -> Numbers:
        """How many they are."""
        return np.diff(self.shared.starts)

    @property
    def verdict(self) -> Said:
        """Whether each case meets the condition whose share is asked for."""
        return self.cases.said(self.signal.share)

    @cached_property
    def given_values(self) -> TagColumn | Key:
        """The values of the fact that is counted."""
        assert self.signal.distinct is not None
        field = self.cases.fields[self.signal.distinct]
        if field.type == "tags":
            return tags_of(self.cases.fields, field.name, self.cases.columns)
        return self.cases.key(field.name)

    @cached_property
    def gives(self) -> Flags:
        """Whether a case that belongs to the count gives something to it."""
        if self.signal.share is not None:
            said: Flags = self.verdict >= 0
            return said
        if self.signal.distinct is not None:
            return self.given_values.known
        return np.ones(self.height, dtype=np.bool_)

    def hung_on(self) -> tuple[list[str], Words]:
        """The facts that say whether and how a case counts itself, and of which of them it lacks."""
        signal, columns = self.signal, self.cases.columns
        asked = {t.fact for part in (signal.where, signal.share) if part is not None for t in tests(part)}
        names = [name for name in self.cases.fields if name in asked or name == signal.distinct]
        unknown = np.ones((self.height, len(names)), dtype=np.uint64)
        for place, name in enumerate(names):
            if name in columns.tags:
                unknown[:, place] = ~columns.tags[name].known
            elif name in columns.plain:
                unknown[:, place] = columns.plain[name].is_null().to_numpy()
        return names, unknown

    def missing(self) -> tuple[Numbers, list[tuple[str, ...]]]:
        """The facts that each case lacks for its count, as a number into a list."""
        signal = self.signal
        parts: list[tuple[tuple[str, ...], Flags]] = [((name,), ~self.key(name).known) for name in signal.same]
        if signal.sharing is not None:
            parts.append(((signal.sharing,), ~self.shared.known))
        if signal.within is not None:
            parts.append((tuple(name for name in self.cases.dates if name in self.cases.fields), ~self.day_known))
        bits = np.zeros((self.height, 1), dtype=np.uint64)
        for place, (_, lacking) in enumerate(parts):
            bits[:, 0] |= lacking.astype(np.uint64) << np.uint64(place)
        first, inverse = distinct(bits)
        lacks = [
            tuple(name for place, (names, _) in enumerate(parts) for name in names if int(bits[i, 0]) >> place & 1)
            for i in first.tolist()
        ]
        return inverse, lacks


def _key(field: Field, columns: CaseColumns) -> Key:
    if field.type == "tags":
        column = tags_of({field.name: field}, field.name, columns)
        return Key(column.bits(column.tags), column.known)
    series = columns.plain.get(field.name)
    if series is None:
        return Key(np.zeros(columns.height, dtype=np.int64), np.zeros(columns.height, dtype=np.bool_))
    known = series.is_not_null().to_numpy()
    if field.type == "text":
        return Key(columns.words(field.name), known)
    return Key(series.to_physical().cast(pl.Int64).fill_null(0).to_numpy(), known)


def tags_of(fields: Fields, name: str | None, columns: CaseColumns) -> TagColumn:
    """A set of tags of each case; nothing known where there is no such column."""
    tags = None if name is None else columns.tags.get(name)
    if tags is not None:
        return tags
    nobody = np.zeros(columns.height, dtype=np.bool_)
    none = np.zeros(0, dtype=np.intp)
    return TagColumn(
        tuple(fields[name].values) if name else (), nobody, np.zeros(columns.height + 1, dtype=np.intp), none
    )


def verdicts(condition: Condition | None, fields: Fields, columns: CaseColumns) -> Said:
    """Whether each case meets a condition. Each different case is asked once."""
    if condition is None:
        return np.ones(columns.height, dtype=np.int8)
    asked: dict[str, list[Test]] = {}
    for test in tests(condition):
        asked.setdefault(test.fact, []).append(test)
    facts = {}
    for name, its_tests in asked.items():
        column = coded(fields[name], its_tests, columns)
        facts[name] = as_sets(column) if isinstance(column, CodedTags) else column
    keys = np.zeros((columns.height, max(1, len(facts))), dtype=np.uint64)
    for place, column in enumerate(facts.values()):
        keys[:, place] = column.codes
    first, inverse = distinct(keys)
    verdicts_of = []
    for i in first.tolist():
        values = {name: column.values[int(keys[i, place])] for place, (name, column) in enumerate(facts.items())}
        met = meets(condition, dict(fields), {name: value for name, value in values.items() if value is not None})
        verdicts_of.append(-1 if met is None else int(met))
    return np.array(verdicts_of, dtype=np.int8)[inverse]


def numbered(field: Field, columns: CaseColumns) -> Numbers:
    """The values of a fact as numbers that are equal where they are; one of them is unknown."""
    key = _key(field, columns)
    numbers = together([key.values]) + 1
    return np.where(key.known, numbers, 0)
