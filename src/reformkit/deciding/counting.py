"""Signals in columns: what `signals` counts for one case, for many over one history (docs/language.md, Signals)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from typing import Any, NamedTuple

import numpy as np
import polars as pl
from numpy.typing import NDArray

from reformkit.deciding.coding import CodedTags, as_sets, coded
from reformkit.deciding.deriving import days_of
from reformkit.deciding.distinct import distinct
from reformkit.deciding.meeting import meets
from reformkit.deciding.windows import Timeline, distinct_in, starts_of
from reformkit.model.columns import CaseColumns, Flags, Numbers, TagColumn, Words
from reformkit.model.condition import Condition, Test, tests
from reformkit.model.rulebook import Rulebook, Signal
from reformkit.model.vocabulary import DATE_FACTS, Field

FEW_TAGS = 4
"""Tags of a case up to which common tags are counted by sets of tags; more are looked at pair by pair."""

Ints = NDArray[np.int64]

_NOT_SAID = -1
"""In place of a share of nothing."""


@dataclass
class CountedColumn:
    """One signal of many cases: its `value` where it is `known`; `missing`: for each row, as a number into
    `lacks`, the case's own facts that are wanting. `open`: for each row, as a number into `possible`, all values
    that are left where it is unknown whether and how the case counts itself (else none)."""

    value: Ints
    known: Flags
    missing: Numbers
    lacks: list[tuple[str, ...]]
    open: Numbers
    possible: list[tuple[int, ...]]


COUNTED = ("counted", "left_out")
"""Of which cases a tally names the ids."""


class Tally(NamedTuple):
    """One signal of many cases, and for each the ids of the cases `COUNTED` (None: not asked for)."""

    column: CountedColumn
    ids: tuple[pl.Series, pl.Series] | None = None


class ColumnCounter:
    """Counts a rulebook's signals over a history; both it and the cases come with derived facts.

    Of several cases with one id in the history the last one counts, as if it were kept by id.
    """

    def __init__(self, rulebook: Rulebook, history: CaseColumns) -> None:
        self._fields = dict(rulebook.vocabulary.case_fields)
        self._signals = rulebook.signals
        self._kept = _last_of_each_id(history)
        self.history = history if self._kept is None else history.take(self._kept)

    def own(self, cases: CaseColumns, itself: bool = False) -> Numbers:
        """Where in the history each case itself is: by its id; -1: nowhere.

        `itself`: the cases are the history; one without an id is then where it stands.
        """
        places = np.full(cases.height, -1)
        if itself:
            kept = np.arange(cases.height) if self._kept is None else self._kept
            places[kept] = np.arange(len(kept))
        if cases.ids is None or self.history.ids is None:
            return places
        return np.where(cases.ids.is_null().to_numpy(), places, self._by_id(cases.ids))

    def _by_id(self, ids: pl.Series) -> Numbers:
        places = pl.DataFrame({"id": self.history.ids, "place": np.arange(self.history.height)}).drop_nulls("id")
        found = pl.DataFrame({"id": ids}).join(places, on="id", how="left", maintain_order="left")
        return found["place"].fill_null(-1).to_numpy()

    def count(self, cases: CaseColumns, own: Numbers | None = None) -> dict[str, Counting]:
        """Every signal of every case, ready to be asked. A case counts as it is given here, whatever the history
        says of it. `own`: where in the history each case is; by its id, if not given."""
        places = self.own(cases) if own is None else own
        return {
            name: Counting(signal, self._fields, self.history, cases, places) for name, signal in self._signals.items()
        }


class Counting:
    """One signal over the cases of a history, for many cases."""

    def __init__(
        self, signal: Signal, fields: dict[str, Field], history: CaseColumns, cases: CaseColumns, own: Numbers
    ) -> None:
        self.signal = signal
        self._fields = fields
        self._history = _Asked(signal, fields, history)
        self._cases = _Asked(signal, fields, cases)
        self._own = own
        group = np.zeros(history.height + cases.height, dtype=np.intp)
        if signal.same:
            group = grouped([(self._history.keys[name], self._cases.keys[name]) for name in signal.same])
        self._group_of_history, self._group_of_case = group[: history.height], group[history.height :]
        sure = self._history.stands & (self._history.where == 1)
        self._members = np.flatnonzero(sure)
        """The cases of the history that are counted when key, window and tags agree."""
        self._start = starts_of(self._cases.day, signal.within)
        asked = self._cases.stands
        self.can_be_said = asked
        """Whether the case itself has all that the count asks of it."""
        self._rows = np.flatnonzero(asked)
        """The cases of which the count can be said."""
        belongs = (self._cases.where == 1) & asked & (self._start < self._cases.day)
        if signal.sharing is not None:
            belongs &= self._cases.tag_count > 0
        self._belongs = belongs
        """The cases that belong to their own count."""
        self._counted_itself = self._counts_its_own(sure)

    def _counts_its_own(self, sure: Flags) -> Flags:
        """The cases of which the history's entry of the same id lies in their window (it then gives way)."""
        place = np.where(self._own < 0, 0, self._own)
        if not len(sure):
            return np.zeros(len(place), dtype=np.bool_)
        day = self._history.day[place]
        found = (self._own >= 0) & self._cases.stands & sure[place]
        found &= self._group_of_history[place] == self._group_of_case
        found &= (self._start < day) & (day <= self._cases.day)
        if self.signal.sharing is not None:
            found &= (self._history.tag_bits[place] & self._cases.tag_bits).any(axis=1)
        return found

    # --- the value -------------------------------------------------------------------------------------

    @cached_property
    def column(self) -> CountedColumn:
        """The signal of every case."""
        known = self._cases.stands.copy()
        signal = self.signal
        if signal.share is not None:
            met = self._sum(self._history.verdict == 1, self._cases.verdict == 1)
            judged = self._sum(self._history.verdict >= 0, self._cases.verdict >= 0)
            known &= judged > 0
            value = _per_cent(met, judged)
            left = self._left_of_share(met, judged)
        elif signal.distinct is not None:
            value = self._distinct(self._belongs)
            left = self._left_of_distinct(value)
        else:
            every = np.ones(len(self._history.where), dtype=np.bool_)
            value = self._sum(every, np.ones(len(known), dtype=np.bool_))
            left = np.stack((value, value + 1), axis=1)
        unsaid = self._leaves_open & (left == _NOT_SAID).any(axis=1)
        open_, possible = self._possible(left, np.where(known, value, _NOT_SAID), self._leaves_open & ~unsaid)
        known &= ~unsaid
        missing, lacks = self._lacking(open_ > 0, known)
        return CountedColumn(np.where(known, value, 0), known, missing, lacks, open_, possible)

    @cached_property
    def _perhaps_itself(self) -> Flags:
        """The cases of which it is unknown whether they belong to their own count."""
        perhaps: Flags = (self._cases.where == -1) & self._cases.stands & (self._start < self._cases.day)
        if self.signal.sharing is not None:
            perhaps &= self._cases.tag_count > 0
        return perhaps

    @cached_property
    def _leaves_open(self) -> Flags:
        """The cases of which it is unknown whether or how they count themselves."""
        unclear: Flags = self._perhaps_itself | (self._belongs & ~self._cases.gives(self.signal))
        return unclear

    def _left_of_share(self, met: Ints, judged: Ints) -> Ints:
        """The shares that come of the case meeting the condition, of its not meeting it, and of its not counting."""
        with_it, without = _per_cent(met + 1, judged + 1), _per_cent(met, judged + 1)
        verdict = self._cases.verdict
        alone = np.where(judged > 0, _per_cent(met, judged), _NOT_SAID)
        return np.stack(
            (
                np.where(verdict != 0, with_it, without),
                np.where(verdict != 1, without, with_it),
                np.where(self._perhaps_itself, alone, np.where(verdict != 0, with_it, without)),
            ),
            axis=1,
        )

    def _left_of_distinct(self, others: Ints) -> Ints:
        """How many values there may be: with those of the case, or with as many as are not yet seen."""
        assert self.signal.distinct is not None
        field = self._fields[self.signal.distinct]
        tags, gives = field.type == "tags", self._cases.gives(self.signal)
        itself = self._distinct(self._belongs | self._perhaps_itself)
        count = 2 if field.type == "flag" else len(field.values)
        unseen = np.maximum(count - others, 0) if count else np.ones(len(others), dtype=np.int64)
        most = unseen if tags else np.minimum(1, unseen)
        nothing_new = self._perhaps_itself | (others > 0) | tags
        lowest = others + np.where(nothing_new, 0, np.minimum(1, most))
        columns = [np.where(gives, np.where(self._perhaps_itself, others, itself), lowest)]
        for more in range(1, int(most[self._leaves_open].max(initial=1)) + 1):
            columns.append(np.where(gives, itself, np.maximum(lowest, others + np.minimum(more, most))))
        return np.stack(columns, axis=1)

    def _possible(self, left: Ints, value: Ints, asked: Flags) -> tuple[Numbers, list[tuple[int, ...]]]:
        """The values that are left to each case asked about, if there is not only its value."""
        codes = np.zeros(len(value), dtype=np.intp)
        possible: list[tuple[int, ...]] = [()]
        rows = np.flatnonzero(asked & (left != value[:, None]).any(axis=1))
        if len(rows):
            first, inverse = distinct(np.sort(left[rows], axis=1).astype(np.uint64))
            possible += [tuple(sorted(set(left[rows[i]].tolist()))) for i in first.tolist()]
            codes[rows] = inverse + 1
        return codes, possible

    def _lacking(self, open_: Flags, known: Flags) -> tuple[Numbers, list[tuple[str, ...]]]:
        """The facts that each case lacks, as a number into a list: for the count, or to say how it counts itself."""
        missing, lacks = self._cases.missing(self.signal, self._fields)
        rows = np.flatnonzero(open_ | (self._leaves_open & ~known))
        if not len(rows):
            return missing, lacks
        names, unknown = self._cases.hung_on(self.signal)
        first, inverse = distinct(unknown[rows])
        hung = [tuple(n for place, n in enumerate(names) if int(unknown[rows[i], place])) for i in first.tolist()]
        missing = missing.copy()
        missing[rows] = inverse + len(lacks)
        return missing, lacks + hung

    def _sum(self, gives: Flags, itself: Flags) -> Ints:
        """How many of those that give something are in each case's window, itself among them."""
        if self.signal.sharing is None:
            line, ranges = self._timeline
            total = np.zeros(len(self._own), dtype=np.int64)
            total[self._rows] = line.sums(gives[self._members].astype(np.int64), ranges)
        else:
            total = self._sharing(gives)
        place = np.where(self._own < 0, 0, self._own)
        if len(gives):
            total -= self._counted_itself & gives[place]
        total += self._belongs & itself
        return total

    @cached_property
    def _timeline(self) -> tuple[Timeline, tuple[Numbers, Numbers]]:
        """The members by group and day, and the window of each row that can be counted."""
        line = Timeline(self._group_of_history[self._members], self._history.day[self._members])
        rows = self._rows
        return line, line.ranges(self._group_of_case[rows], self._start[rows], self._cases.day[rows])

    # --- common tags -----------------------------------------------------------------------------------

    def _sharing(self, gives: Flags) -> Ints:
        """How many of those that give something share a tag with each case.

        Those that share one of the tags are, by inclusion and exclusion, those that hold each odd set of them
        less those that hold each even one. Where either has many tags the pairs are looked at one by one.
        """
        total = np.zeros(len(self._own), dtype=np.int64)
        members = self._members[gives[self._members]]
        few_members = members[self._history.tag_count[members] <= FEW_TAGS]
        few = self._rows[self._cases.tag_count[self._rows] <= FEW_TAGS]
        many_members = members[self._history.tag_count[members] > FEW_TAGS]
        many = self._rows[self._cases.tag_count[self._rows] > FEW_TAGS]
        entry, entry_set = tag_sets(self._history.shared, few_members)
        case, case_set = tag_sets(self._cases.shared, few)
        keys = np.concatenate(
            (
                np.column_stack((self._group_of_history[entry].astype(np.uint64), entry_set)),
                np.column_stack((self._group_of_case[case].astype(np.uint64), case_set)),
            )
        )
        group = distinct(keys)[1]
        line = Timeline(group[: len(entry)], self._history.day[entry])
        ranges = line.ranges(group[len(entry) :], self._start[case], self._cases.day[case])
        size = _sizes(case_set)
        signed = np.where(size % 2 == 1, 1, -1) * (ranges[1] - ranges[0])
        np.add.at(total, case, signed)
        for rows, others in ((many, members), (few, many_members)):
            for row, _ in self._pairs(rows, others):
                total += np.bincount(row, minlength=len(total))
        return total

    def _pairs(self, rows: Numbers, members: Numbers) -> Iterable[tuple[Numbers, Numbers]]:
        """Every pair of a case and a member of the history in its window that shares a tag with it if it has to."""
        if not len(rows) or not len(members):
            return
        line = Timeline(self._group_of_history[members], self._history.day[members])
        ranges = line.ranges(self._group_of_case[rows], self._start[rows], self._cases.day[rows])
        for window, entry in line.pairs(ranges):
            row, other = rows[window], members[entry]
            if self.signal.sharing is not None:
                share = (self._cases.tag_bits[row] & self._history.tag_bits[other]).any(axis=1)
                row, other = row[share], other[share]
            yield row, other

    # --- different values ------------------------------------------------------------------------------

    def _distinct(self, itself: Flags) -> Ints:
        """How many different values the counted cases have of a fact; `itself`: the cases that count themselves."""
        entries, cases = self._history.given_values, self._cases.given_values
        entry, entry_value, case, case_value = *_pairs_of(entries), *_pairs_of(cases)
        values = grouped([(_Key(entry_value, None), _Key(case_value, None))])
        entry_value, case_value = values[: len(entry)], values[len(entry) :]
        member = np.zeros(len(self._history.where), dtype=np.bool_)
        member[self._members] = True
        kept = member[entry]
        entry, entry_value = entry[kept], entry_value[kept]
        own = itself[case]
        case, case_value = case[own], case_value[own]
        if self.signal.sharing is not None:
            return self._distinct_sharing(entry, entry_value, case, case_value)
        total = np.zeros(len(self._own), dtype=np.int64)
        group, day = self._group_of_history[entry], self._history.day[entry]
        rows = self._rows
        total[rows] = distinct_in(
            group, day, entry_value, self._group_of_case[rows], self._cases.day[rows], self._start[rows]
        )
        # The history's entry of the case itself gives way to the case as it is given.
        starts = np.searchsorted(entry, np.arange(len(self._history.where) + 1))
        leaving = np.flatnonzero(self._counted_itself)
        lengths = np.diff(starts)[self._own[leaving]]
        out_row = np.repeat(leaving, lengths)
        out_value = entry_value[_runs(starts[self._own[leaving]], lengths)]
        asked_row = np.concatenate((out_row, case))
        asked_value = np.concatenate((out_value, case_value))
        both = grouped(
            [
                (_Key(group, None), _Key(self._group_of_case[asked_row], None)),
                (_Key(entry_value, None), _Key(asked_value, None)),
            ]
        )
        line = Timeline(both[: len(entry)], day)
        ranges = line.ranges(both[len(entry) :], self._start[asked_row], self._cases.day[asked_row])
        there = ranges[1] - ranges[0]
        out, came = slice(0, len(out_row)), slice(len(out_row), None)
        np.subtract.at(total, out_row[there[out] == 1], 1)
        left = grouped([(_Key(out_row, None), _Key(case, None)), (_Key(out_value, None), _Key(case_value, None))])
        gone = np.isin(left[len(out_row) :], left[: len(out_row)])
        np.add.at(total, case[there[came] - gone == 0], 1)
        return total

    def _distinct_sharing(self, entry: Numbers, entry_value: Numbers, case: Numbers, case_value: Numbers) -> Ints:
        """The same where cases have to share a tag: pair by pair."""
        starts = np.searchsorted(entry, np.arange(len(self._history.where) + 1))
        width = int(max(entry_value.max(initial=0), case_value.max(initial=0))) + 1
        found = [np.unique(case * width + case_value)]
        for every_row, every_other in self._pairs(self._rows, self._members):
            apart = every_other != self._own[every_row]
            row, other = every_row[apart], every_other[apart]
            lengths = np.diff(starts)[other]
            values = entry_value[_runs(starts[other], lengths)]
            found.append(np.unique(np.repeat(row, lengths) * width + values))
        return np.bincount(np.unique(np.concatenate(found)) // width, minlength=len(self._own)).astype(np.int64)

    # --- who was counted -------------------------------------------------------------------------------

    def tally(self, ids: tuple[pl.Series | None, pl.Series | None] | None = None) -> Tally:
        """The signal of every case; with the ids of the history and of the cases also who was counted."""
        return Tally(self.column, None if ids is None else self.counted(*ids))

    def counted(self, ids: pl.Series | None, own_ids: pl.Series | None) -> tuple[pl.Series, pl.Series]:
        """For each case the ids of those counted, sorted, and of those left out because something is unknown.

        `ids` are those of the history, `own_ids` those of the cases. A case without an id is named "".
        """
        gives = self._history.gives(self.signal)
        itself = self._cases.gives(self.signal)
        rows, others = [np.flatnonzero(self._belongs & itself)], [np.full(int((self._belongs & itself).sum()), -1)]
        lost_rows, lost = [np.flatnonzero(self._belongs & ~itself)], [np.full(int((self._belongs & ~itself).sum()), -1)]
        for every_row, every_other in self._pairs(self._rows, self._members):
            apart = every_other != self._own[every_row]
            row, other = every_row[apart], every_other[apart]
            rows.append(row[gives[other]])
            others.append(other[gives[other]])
            lost_rows.append(row[~gives[other]])
            lost.append(other[~gives[other]])
        lost_rows.append(np.flatnonzero(self._perhaps_itself))
        lost.append(np.full(int(self._perhaps_itself.sum()), -1))
        for row, other in self._perhaps():
            lost_rows.append(row)
            lost.append(other)
        names = (ids, own_ids, self._cases.stands)
        return _lists(rows, others, *names), _lists(lost_rows, lost, *names)

    def _perhaps(self) -> Iterable[tuple[Numbers, Numbers]]:
        """Every pair of a case and one of the history of which it is unknown whether it counts."""
        history, cases, signal = self._history, self._cases, self.signal
        unsure = np.flatnonzero((history.where != 0) & ~((history.where == 1) & history.stands))
        if not len(unsure):
            return
        day_known = history.day_known[unsure] if signal.within is not None else np.ones(len(unsure), dtype=np.bool_)
        size = max(1, (1 << 22) // len(unsure))
        for first in range(0, len(self._rows), size):
            rows = self._rows[first : first + size]
            maybe = self._own[rows][:, None] != unsure[None, :]
            day = history.day[unsure][None, :]
            maybe &= ~day_known | ((self._start[rows][:, None] < day) & (day <= cases.day[rows][:, None]))
            for name in signal.same:
                mine, theirs = self._same(name)
                maybe &= ~history.keys[name].known[unsure] | (mine[rows][:, None] == theirs[unsure][None, :])
            if signal.sharing is not None:
                share = np.zeros(maybe.shape, dtype=np.bool_)
                for word in range(history.tag_bits.shape[1]):
                    share |= cases.tag_bits[rows, word][:, None] & history.tag_bits[unsure, word][None, :] != 0
                maybe &= ~history.shared.known[unsure] | share
            row, other = np.nonzero(maybe)
            yield rows[row], unsure[other]

    def _same(self, name: str) -> tuple[Numbers, Numbers]:
        """One key of the cases and of the history as numbers that are equal where the key is."""
        numbers = grouped([(self._history.keys[name], self._cases.keys[name])])
        return numbers[len(self._history.where) :], numbers[: len(self._history.where)]


# --- what a signal asks of cases ---------------------------------------------------------------------------


@dataclass(frozen=True)
class _Key:
    """A fact of many cases as something that can be compared: numbers, words, or sets of tags as bits."""

    values: Any
    flags: Flags | None

    @property
    def known(self) -> Flags:
        return np.ones(len(self.values), dtype=np.bool_) if self.flags is None else self.flags


class _Asked:
    """What one signal asks of the cases of one frame."""

    def __init__(self, signal: Signal, fields: dict[str, Field], columns: CaseColumns) -> None:
        height = columns.height
        self.keys = {name: _key(fields[name], columns) for name in signal.same}
        self.day, self.day_known = np.zeros(height, dtype=np.int64), np.ones(height, dtype=np.bool_)
        if signal.within is not None:
            self.day, self.day_known = days_of(columns)
        self.shared = _tags(fields, signal.sharing, columns)
        self.tag_bits = self.shared.bits(self.shared.tags)
        self.tag_count = np.bitwise_count(self.tag_bits).sum(axis=1)
        self.where = verdicts(signal.where, fields, columns)
        self.stands = self.day_known.copy()
        """The cases of which key, day and tags are known."""
        for key in self.keys.values():
            self.stands &= key.known
        if signal.sharing is not None:
            self.stands &= self.shared.known
        self._share, self._distinct = signal.share, signal.distinct
        self._fields, self._columns = fields, columns

    @cached_property
    def verdict(self) -> NDArray[np.int8]:
        """Whether each case meets the condition whose share is asked for (-1: unknown)."""
        return verdicts(self._share, self._fields, self._columns)

    @cached_property
    def given_values(self) -> TagColumn | _Key:
        """The values of the fact that is counted."""
        assert self._distinct is not None
        field = self._fields[self._distinct]
        if field.type == "tags":
            return _tags(self._fields, field.name, self._columns)
        return _key(field, self._columns)

    def gives(self, signal: Signal) -> Flags:
        """Whether a case that belongs to the count gives something to it."""
        if signal.share is not None:
            return self.verdict >= 0
        if signal.distinct is not None:
            return self.given_values.known
        return np.ones(len(self.where), dtype=np.bool_)

    def hung_on(self, signal: Signal) -> tuple[list[str], Words]:
        """The facts that say whether and how a case counts itself, and of which of them it lacks."""
        asked = {t.fact for part in (signal.where, signal.share) if part is not None for t in tests(part)}
        names = [name for name in self._fields if name in asked or name == signal.distinct]
        columns = self._columns
        unknown = np.ones((columns.height, len(names)), dtype=np.uint64)
        for place, name in enumerate(names):
            if name in columns.tags:
                unknown[:, place] = ~columns.tags[name].known
            elif name in columns.plain:
                unknown[:, place] = columns.plain[name].is_null().to_numpy()
        return names, unknown

    def missing(self, signal: Signal, fields: dict[str, Field]) -> tuple[Numbers, list[tuple[str, ...]]]:
        """The facts that each case lacks for its count, as a number into a list."""
        parts: list[tuple[tuple[str, ...], Flags]] = [((name,), ~key.known) for name, key in self.keys.items()]
        if signal.sharing is not None:
            parts.append(((signal.sharing,), ~self.shared.known))
        if signal.within is not None:
            parts.append((tuple(name for name in DATE_FACTS if name in fields), ~self.day_known))
        bits = np.zeros((len(self.where), 1), dtype=np.uint64)
        for place, (_, lacking) in enumerate(parts):
            bits[:, 0] |= lacking.astype(np.uint64) << np.uint64(place)
        first, inverse = distinct(bits)
        lacks = [
            tuple(name for place, (names, _) in enumerate(parts) for name in names if int(bits[i, 0]) >> place & 1)
            for i in first.tolist()
        ]
        return inverse, lacks


def _key(field: Field, columns: CaseColumns) -> _Key:
    if field.type == "tags":
        column = _tags({field.name: field}, field.name, columns)
        return _Key(column.bits(column.tags), column.known)
    series = columns.plain.get(field.name)
    if series is None:
        return _Key(np.zeros(columns.height, dtype=np.int64), np.zeros(columns.height, dtype=np.bool_))
    known = series.is_not_null().to_numpy()
    if field.type == "text":
        return _Key(columns.words(field.name), known)
    return _Key(series.to_physical().cast(pl.Int64).fill_null(0).to_numpy(), known)


def _tags(fields: Mapping[str, Field], name: str | None, columns: CaseColumns) -> TagColumn:
    """A set of tags of each case; nothing known where there is no such column."""
    found = None if name is None else columns.tags.get(name)
    if found is not None:
        return found
    nobody = np.zeros(columns.height, dtype=np.bool_)
    none = np.zeros(0, dtype=np.intp)
    return TagColumn(
        tuple(fields[name].values) if name else (), nobody, np.zeros(columns.height + 1, dtype=np.intp), none
    )


def verdicts(condition: Condition | None, fields: dict[str, Field], columns: CaseColumns) -> NDArray[np.int8]:
    """Whether each case meets a condition: 1, 0, or -1 where that is unknown. Each different case is asked once."""
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
    found = []
    for i in first.tolist():
        values = {name: column.values[int(keys[i, place])] for place, (name, column) in enumerate(facts.items())}
        met = meets(condition, fields, {name: value for name, value in values.items() if value is not None})
        found.append(-1 if met is None else int(met))
    return np.array(found, dtype=np.int8)[inverse]


# --- numbers -----------------------------------------------------------------------------------------------


def grouped(keys: Sequence[tuple[_Key, _Key]]) -> Numbers:
    """Cases of two frames, one after the other, as numbers that are equal where all keys are."""
    columns = [_together(one.values, other.values) for one, other in keys]
    return distinct(np.column_stack(columns).astype(np.uint64))[1]


def _together(one: Any, other: Any) -> NDArray[Any]:
    if isinstance(one, pl.Series) or isinstance(other, pl.Series):
        both = pl.concat([_as_words(one), _as_words(other)])
        return both.fill_null("").rank("dense").to_numpy()
    if one.ndim != other.ndim:  # sets on one side, nothing known on the other
        one, other = (x if x.ndim == 2 else np.zeros((len(x), 1), dtype=np.uint64) for x in (one, other))
    both_numbers: NDArray[Any] = np.concatenate((one, other))
    return both_numbers.view(np.uint64) if both_numbers.dtype == np.int64 else both_numbers


def _as_words(values: Any) -> pl.Series:
    return (
        values if isinstance(values, pl.Series) else pl.Series([None], dtype=pl.String).new_from_index(0, len(values))
    )


def _per_cent(met: Ints, judged: Ints) -> Ints:
    """Whole per cent, floored."""
    return 100 * met // np.maximum(judged, 1)


def numbered(field: Field, columns: CaseColumns) -> Numbers:
    """The values of a fact as numbers that are equal where they are; one of them is unknown."""
    key = _key(field, columns)
    values = key.values
    if isinstance(values, pl.Series):
        values = values.fill_null("").rank("dense").to_numpy()
    return distinct(np.column_stack((values, key.known)).astype(np.uint64))[1]


def tag_sets(column: TagColumn, rows: Numbers) -> tuple[Numbers, Words]:
    """Every set of some of a row's tags (at most four), and its row; a set as a word with sixteen bits a tag."""
    lengths = np.diff(column.starts)
    found_rows, found_sets = [np.zeros(0, dtype=np.intp)], [np.zeros(0, dtype=np.uint64)]
    for count in range(1, FEW_TAGS + 1):
        of_count = rows[lengths[rows] == count]
        places = column.starts[of_count][:, None] + np.arange(count)
        tags = np.sort(column.flat[places], axis=1).astype(np.uint64) + np.uint64(1)
        for size in range(1, count + 1):
            for chosen in combinations(range(count), size):
                word = np.zeros(len(of_count), dtype=np.uint64)
                for place, tag in enumerate(chosen):
                    word |= tags[:, tag] << np.uint64(16 * place)
                found_rows.append(of_count)
                found_sets.append(word)
    return np.concatenate(found_rows), np.concatenate(found_sets)[:, None]


def _sizes(sets: Words) -> Numbers:
    """How many tags each set has."""
    places = np.uint64(16) * np.arange(FEW_TAGS, dtype=np.uint64)
    sizes: Numbers = ((sets >> places) & np.uint64(0xFFFF) != 0).sum(axis=1)
    return sizes


def _pairs_of(values: TagColumn | _Key) -> tuple[Numbers, Any]:
    """Each row with each of its known values."""
    if isinstance(values, TagColumn):
        return values.rows, values.flat
    rows = np.flatnonzero(values.known)
    return rows, values.values.gather(rows) if isinstance(values.values, pl.Series) else values.values[rows]


def _runs(starts: Numbers, lengths: Numbers) -> Numbers:
    """The numbers of several runs, one after another."""
    ends = np.cumsum(lengths)
    return np.repeat(starts - ends + lengths, lengths) + np.arange(ends[-1] if len(ends) else 0)


def _last_of_each_id(history: CaseColumns) -> Numbers | None:
    """The rows that count, where an id stands more than once; None: all of them."""
    if history.ids is None or history.ids.drop_nulls().n_unique() == len(history.ids) - history.ids.null_count():
        return None
    last = history.ids.reverse().is_first_distinct().reverse()
    return np.flatnonzero((last | history.ids.is_null()).to_numpy())


def _lists(
    rows: Sequence[Numbers], others: Sequence[Numbers], ids: pl.Series | None, own_ids: pl.Series | None, said: Flags
) -> pl.Series:
    """For each case the sorted ids of the others that go with it (-1: its own); null where nothing is said."""
    row, other = np.concatenate(rows), np.concatenate(others)
    nameless = pl.Series([""], dtype=pl.String)
    theirs = nameless.new_from_index(0, int(other.max(initial=0)) + 1) if ids is None else ids.fill_null("")
    mine = nameless.new_from_index(0, len(said)) if own_ids is None else own_ids.fill_null("")
    names = pl.concat([theirs, mine]).gather(np.where(other < 0, len(theirs) + row, other))
    frame = pl.DataFrame({"row": row.astype(np.int64), "id": names}).sort("row", "id")
    lists = frame.group_by("row", maintain_order=True).agg("id")
    every = pl.DataFrame({"row": np.arange(len(said), dtype=np.int64), "said": said})
    joined = every.join(lists, on="row", how="left", maintain_order="left")
    empty = pl.lit([], dtype=pl.List(pl.String))
    return joined.select(pl.when("said").then(pl.col("id").fill_null(empty))).to_series()
