"""Signals in columns: what `signals` counts for one case, for many over one history (docs/language.md, Signals)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
import polars as pl

from reformkit.columns.asking import Cases
from reformkit.columns.cases import CaseColumns, Flags, Numbers
from reformkit.columns.common_tags import sharing
from reformkit.columns.different_values import different_values
from reformkit.columns.distinct import distinct
from reformkit.columns.reach import Ints, Reach, Sides
from reformkit.columns.who_counted import who_counted
from reformkit.model.rulebook import Rulebook

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


class SignalTally(NamedTuple):
    """One signal of many cases, and for each the ids of the cases `COUNTED` (None: not asked for)."""

    column: CountedColumn
    ids: tuple[pl.Series, pl.Series] | None = None


class ColumnCounter:
    """Counts a rulebook's signals over a history; both it and the cases come with derived facts.

    Of several cases with one id in the history the last one counts, as if it were kept by id.
    """

    def __init__(self, rulebook: Rulebook, history: CaseColumns) -> None:
        self._fields = rulebook.vocabulary.case_fields
        self._dates = rulebook.vocabulary.dates.case
        self._signals = rulebook.signals
        self._given = history
        self._kept = _last_of_each_id(history)
        self.history = history if self._kept is None else history.take(self._kept)
        self._history = Cases(self._fields, self.history, self._dates)

    def own(self, cases: CaseColumns, itself: bool = False) -> Numbers:
        """Where in the history each case itself is: by its id; -1: nowhere.

        `itself`: the cases are the history; one without an id is then where it stands.
        """
        places = np.full(cases.height, -1)
        if itself:
            if self._kept is None:
                return np.arange(cases.height)
            places[self._kept] = np.arange(len(self._kept))
        if cases.ids is None or self.history.ids is None:
            return places
        return np.where(cases.ids.is_null().to_numpy(), places, self._by_id(cases.ids))

    def _by_id(self, ids: pl.Series) -> Numbers:
        places = pl.DataFrame({"id": self.history.ids, "place": np.arange(self.history.height)}).drop_nulls("id")
        joined = pl.DataFrame({"id": ids}).join(places, on="id", how="left", maintain_order="left")
        return joined["place"].fill_null(-1).to_numpy()

    def count(self, cases: CaseColumns, own: Numbers | None = None) -> dict[str, Counting]:
        """Every signal of every case, ready to be asked. A case counts as it is given here, whatever the history
        says of it. `own`: where in the history each case is; by its id, if not given."""
        places = self.own(cases) if own is None else own
        sides = self._sides(cases)
        return {name: Counting(Reach(signal, sides, places)) for name, signal in self._signals.items()}

    def counting(self, name: str, cases: CaseColumns, own: Numbers) -> Counting:
        """One signal of every case."""
        return Counting(Reach(self._signals[name], self._sides(cases), own))

    def _sides(self, cases: CaseColumns) -> Sides:
        if cases is not self._given:
            return Sides(self._history, Cases(self._fields, cases, self._dates))
        one = self._history if self._kept is None else Cases(self._fields, cases, self._dates)
        return Sides(self._history, one, itself=True, kept=self._kept)


class Counting:
    """One signal over the cases of a history, for many cases."""

    def __init__(self, reach: Reach) -> None:
        self.reach = reach
        self.signal = reach.signal
        self._history = reach.history
        self._cases = reach.cases

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
            value = different_values(self.reach, self.reach.belongs)
            left = self._left_of_distinct(value) if self.reach.leaves_open.any() else value[:, None]
        else:
            every = np.ones(self._history.height, dtype=np.bool_)
            value = self._sum(every, np.ones(len(known), dtype=np.bool_))
            left = np.stack((value, value + 1), axis=1)
        unsaid = self.reach.leaves_open & (left == _NOT_SAID).any(axis=1)
        open_, possible = self._possible(left, np.where(known, value, _NOT_SAID), self.reach.leaves_open & ~unsaid)
        known &= ~unsaid
        missing, lacks = self._lacking(open_ > 0, known)
        return CountedColumn(np.where(known, value, 0), known, missing, lacks, open_, possible)

    def _left_of_share(self, met: Ints, judged: Ints) -> Ints:
        """The shares that come of the case meeting the condition, of its not meeting it, and of its not counting."""
        with_it, without = _per_cent(met + 1, judged + 1), _per_cent(met, judged + 1)
        verdict = self._cases.verdict
        alone = np.where(judged > 0, _per_cent(met, judged), _NOT_SAID)
        return np.stack(
            (
                np.where(verdict != 0, with_it, without),
                np.where(verdict != 1, without, with_it),
                np.where(self.reach.perhaps_itself, alone, np.where(verdict != 0, with_it, without)),
            ),
            axis=1,
        )

    def _left_of_distinct(self, others: Ints) -> Ints:
        """How many values there may be: with those of the case, or with as many as are not yet seen."""
        assert self.signal.distinct is not None
        field = self._cases.cases.fields[self.signal.distinct]
        tags, gives = field.type == "tags", self._cases.gives
        itself = different_values(self.reach, self.reach.belongs | self.reach.perhaps_itself)
        count = 2 if field.type == "flag" else len(field.values)
        unseen = np.maximum(count - others, 0) if count else np.ones(len(others), dtype=np.int64)
        most = unseen if tags else np.minimum(1, unseen)
        nothing_new = self.reach.perhaps_itself | (others > 0) | tags
        lowest = others + np.where(nothing_new, 0, np.minimum(1, most))
        columns = [np.where(gives, np.where(self.reach.perhaps_itself, others, itself), lowest)]
        for more in range(1, int(most[self.reach.leaves_open].max(initial=1)) + 1):
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
        missing, lacks = self._cases.missing()
        rows = np.flatnonzero(open_ | (self.reach.leaves_open & ~known))
        if not len(rows):
            return missing, lacks
        names, unknown = self._cases.hung_on()
        first, inverse = distinct(unknown[rows])
        hung = [tuple(n for place, n in enumerate(names) if int(unknown[rows[i], place])) for i in first.tolist()]
        missing = missing.copy()
        missing[rows] = inverse + len(lacks)
        return missing, lacks + hung

    def _sum(self, gives: Flags, itself: Flags) -> Ints:
        """How many of those that give something are in each case's window, itself among them."""
        if self.signal.sharing is None:
            line, ranges = self.reach.timeline
            total = np.zeros(self._cases.height, dtype=np.int64)
            total[self.reach.rows] = line.sums(gives[self.reach.members].astype(np.int64), ranges)
        else:
            total = sharing(self.reach, gives)
        if len(gives):
            total -= self.reach.counted_itself & gives[self.reach.place]
        total += self.reach.belongs & itself
        return total

    def tally(self, ids: tuple[pl.Series | None, pl.Series | None] | None = None) -> SignalTally:
        """The signal of every case; with the ids of the history and of the cases also who was counted."""
        return SignalTally(self.column, None if ids is None else who_counted(self.reach, *ids))


def _per_cent(met: Ints, judged: Ints) -> Ints:
    """Whole per cent, floored."""
    return 100 * met // np.maximum(judged, 1)


def _last_of_each_id(history: CaseColumns) -> Numbers | None:
    """The rows that count, where an id stands more than once; None: all of them."""
    if history.ids is None or history.ids.drop_nulls().n_unique() == len(history.ids) - history.ids.null_count():
        return None
    last = history.ids.reverse().is_first_distinct().reverse()
    return np.flatnonzero((last | history.ids.is_null()).to_numpy())
