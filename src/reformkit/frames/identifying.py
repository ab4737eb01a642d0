"""Ids of the rows of a frame whose signals are counted: each row has one, and has it alone."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import polars as pl

from reformkit.columns.cases import CaseColumns, Numbers
from reformkit.columns.keys import keyed
from reformkit.frames.checking import Checked
from reformkit.frames.given import FRAME
from reformkit.intake.facts import CheckedValue
from reformkit.intake.identifying import clash, id_problem, lacking
from reformkit.problem import NOWHERE, Place, Problem
from reformkit.text import Text

_ROW = Text("第 {row} 行", "row {row}")
_HISTORY_ROW = Text("历史第 {row} 行", "row {row} of the history")


def check_ids(checked: Checked, others: CaseColumns | None = None) -> None:
    """Mark each good row that has no id of its own.

    `others` are the good rows of another frame over which signals are counted.
    """
    mark_without_id(checked)
    mark_repeated(checked)
    if others is not None and others.ids is not None:
        mark_misspelt(checked, others.ids)


def mark_without_id(checked: Checked) -> None:
    """Mark each good row that has no id."""
    for row in _good(checked).filter(pl.col("id").is_null())["row"].to_list():
        _mark(checked, row, "", lacking(NOWHERE))


def mark_repeated(checked: Checked) -> None:
    """Mark each good row with an id that an earlier one has, or one that is compared as the same."""
    known = _good(checked).drop_nulls("id")
    again = known.filter(~pl.col("key").is_first_distinct())
    first = known.unique("key", keep="first", maintain_order=True)
    for row, id, _, at, other in again.join(first, on="key", how="left", maintain_order="left").iter_rows():
        where = _ROW.fill(row=at + 1)
        _mark(checked, row, id, id_problem(clash(id, other, where), NOWHERE))


def mark_misspelt(checked: Checked, ids: pl.Series) -> None:
    """Mark each good row with an id that is compared as one of a history and is written otherwise."""
    theirs = pl.DataFrame({"other": ids, "key": keyed(ids)}).with_row_index("at").drop_nulls("key")
    joined = _good(checked).drop_nulls("id").join(theirs, on="key", maintain_order="left")
    for row, id, _, at, other in joined.filter(pl.col("id") != pl.col("other")).iter_rows():
        where = _HISTORY_ROW.fill(row=at + 1)
        _mark(checked, row, id, id_problem(clash(id, other, where), NOWHERE))


def mark_left_out(checked: Checked, counted: Numbers) -> None:
    """Mark the good rows, but for those of the numbers `counted`: their ids are those of rows of other parts."""
    good = np.flatnonzero(~checked.bad)
    for row in np.delete(good, counted).tolist():
        assert checked.columns.ids is not None
        id = checked.columns.ids[row]
        where = Text("另一处", "a row of another part")
        _mark(checked, row, id, id_problem(("RK172", {"word": id, "first": where}), NOWHERE))


def _good(checked: Checked) -> pl.DataFrame:
    """The rows that are good, with their ids as they are written and as they are compared."""
    ids, height = checked.columns.ids, checked.columns.height
    if ids is None:
        ids = pl.Series([None], dtype=pl.String).new_from_index(0, height)
    frame = pl.DataFrame({"id": ids, "key": keyed(ids)}).with_row_index("row")
    return frame.filter(pl.Series(~checked.bad)) if height else frame


def _mark(checked: Checked, row: int, value: Any, problem: Problem) -> None:
    placed = replace(problem, place=Place(FRAME, row + 1, 1))
    checked.add(row, "id", value, CheckedValue(None, [placed]))
