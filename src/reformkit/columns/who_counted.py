"""The ids of the cases that each signal counted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import polars as pl

from reformkit.columns.cases import Flags, Numbers
from reformkit.columns.reach import Reach


def who_counted(reach: Reach, ids: pl.Series | None, own_ids: pl.Series | None) -> tuple[pl.Series, pl.Series]:
    """For each case the ids of those counted, sorted, and of those left out because something is unknown.

    `ids` are those of the history, `own_ids` those of the cases. A case without an id is named "".
    """
    gives, itself, belongs = reach.history.gives, reach.cases.gives, reach.belongs
    rows = [np.flatnonzero(belongs & itself)]
    lost_rows = [np.flatnonzero((belongs & ~itself) | reach.perhaps_itself)]
    others, lost = ([np.full(len(own), -1)] for (own,) in (rows, lost_rows))
    for every_row, every_other in reach.pairs(reach.rows, reach.members):
        apart = every_other != reach.own[every_row]
        row, other = every_row[apart], every_other[apart]
        rows.append(row[gives[other]])
        others.append(other[gives[other]])
        lost_rows.append(row[~gives[other]])
        lost.append(other[~gives[other]])
    for row, other in _perhaps(reach):
        lost_rows.append(row)
        lost.append(other)
    names = (ids, own_ids, reach.can_be_said)
    return _lists(rows, others, *names), _lists(lost_rows, lost, *names)


def _perhaps(reach: Reach) -> Iterable[tuple[Numbers, Numbers]]:
    """Every pair of a case and one of the history of which it is unknown whether it counts."""
    history, cases, signal = reach.history, reach.cases, reach.signal
    unsure = np.flatnonzero((history.where != 0) & ~((history.where == 1) & history.stands))
    if not len(unsure):
        return
    day_known = history.day_known[unsure] if signal.within is not None else np.ones(len(unsure), dtype=np.bool_)
    size = max(1, (1 << 22) // len(unsure))
    for first in range(0, len(reach.rows), size):
        rows = reach.rows[first : first + size]
        maybe = reach.own[rows][:, None] != unsure[None, :]
        day = history.day[unsure][None, :]
        maybe &= ~day_known | ((reach.start[rows][:, None] < day) & (day <= reach.end[rows][:, None]))
        for name in signal.same:
            theirs, mine = reach.sides.numbers(name)
            maybe &= ~history.key(name).known[unsure] | (mine[rows][:, None] == theirs[unsure][None, :])
        if signal.sharing is not None:
            share = np.zeros(maybe.shape, dtype=np.bool_)
            for word in range(history.tag_bits.shape[1]):
                share |= cases.tag_bits[rows, word][:, None] & history.tag_bits[unsure, word][None, :] != 0
            maybe &= ~history.shared.known[unsure] | share
        row, other = np.nonzero(maybe)
        yield rows[row], unsure[other]


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
