"""How many different values the cases have that a signal reaches."""

from __future__ import annotations

from typing import Any

import numpy as np
import polars as pl

from reformkit.columns.asking import Key
from reformkit.columns.cases import Flags, Numbers, TagColumn
from reformkit.columns.distinct import distinct, together
from reformkit.columns.reach import Ints, Reach
from reformkit.columns.windows import Timeline, distinct_in


def different_values(reach: Reach, itself: Flags) -> Ints:
    """How many different values the counted cases have of a fact; `itself`: the cases that count themselves."""
    history, cases = reach.history, reach.cases
    entry, entry_value = _pairs_of(history.given_values)
    case, case_value = _pairs_of(cases.given_values)
    values = together([entry_value, case_value])
    entry_value, case_value = values[: len(entry)], values[len(entry) :]
    member = np.zeros(history.height, dtype=np.bool_)
    member[reach.members] = True
    kept = member[entry]
    entry, entry_value = entry[kept], entry_value[kept]
    own = itself & ~reach.unchanged if reach.signal.sharing is None else itself
    case, case_value = case[own[case]], case_value[own[case]]
    if reach.signal.sharing is not None:
        return _sharing(reach, entry, entry_value, case, case_value)
    total = np.zeros(cases.height, dtype=np.int64)
    group, day = reach.group_of_history[entry], history.day[entry]
    rows = reach.rows
    window = reach.start[rows], reach.end[rows]
    total[rows] = distinct_in(group, day, entry_value, reach.group_of_case[rows], cases.day[rows], window)
    # The history's entry of the case itself gives way to the case as it is given.
    starts = np.searchsorted(entry, np.arange(history.height + 1))
    leaving = np.flatnonzero(reach.counted_itself & ~reach.unchanged)
    lengths = np.diff(starts)[reach.own[leaving]]
    out_row = np.repeat(leaving, lengths)
    out_value = entry_value[_runs(starts[reach.own[leaving]], lengths)]
    asked_row = np.concatenate((out_row, case))
    asked_value = np.concatenate((out_value, case_value))
    both = _joined((group, reach.group_of_case[asked_row]), (entry_value, asked_value))
    line = Timeline(both[: len(entry)], day)
    ranges = line.ranges(both[len(entry) :], reach.start[asked_row], reach.end[asked_row])
    there = ranges[1] - ranges[0]
    out, came = slice(0, len(out_row)), slice(len(out_row), None)
    np.subtract.at(total, out_row[there[out] == 1], 1)
    left = _joined((out_row, case), (out_value, case_value))
    gone = np.isin(left[len(out_row) :], left[: len(out_row)])
    np.add.at(total, case[there[came] - gone == 0], 1)
    return total


def _sharing(reach: Reach, entry: Numbers, entry_value: Numbers, case: Numbers, case_value: Numbers) -> Ints:
    """The same where cases have to share a tag: pair by pair."""
    starts = np.searchsorted(entry, np.arange(reach.history.height + 1))
    width = int(max(entry_value.max(initial=0), case_value.max(initial=0))) + 1
    pairs = [np.unique(case * width + case_value)]
    for every_row, every_other in reach.pairs(reach.rows, reach.members):
        apart = every_other != reach.own[every_row]
        row, other = every_row[apart], every_other[apart]
        lengths = np.diff(starts)[other]
        values = entry_value[_runs(starts[other], lengths)]
        pairs.append(np.unique(np.repeat(row, lengths) * width + values))
    return np.bincount(np.unique(np.concatenate(pairs)) // width, minlength=reach.cases.height).astype(np.int64)


def _pairs_of(values: TagColumn | Key) -> tuple[Numbers, Any]:
    """Each row with each of its known values."""
    if isinstance(values, TagColumn):
        return values.rows, values.flat
    rows = np.flatnonzero(values.known)
    return rows, values.values.gather(rows) if isinstance(values.values, pl.Series) else values.values[rows]


def _joined(*columns: tuple[Numbers, Numbers]) -> Numbers:
    """Rows of two parts, one after the other, as numbers that are equal where all columns are."""
    return distinct(np.column_stack([np.concatenate(both) for both in columns]).astype(np.uint64))[1]


def _runs(starts: Numbers, lengths: Numbers) -> Numbers:
    """The numbers of several runs, one after another."""
    ends = np.cumsum(lengths)
    return np.repeat(starts - ends + lengths, lengths) + np.arange(ends[-1] if len(ends) else 0)
