"""Which of many cases say what their vocabulary says cannot be: what `contradictions` looks for in one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from functools import reduce

import numpy as np
import polars as pl

from reformkit.columns.asking import verdicts
from reformkit.columns.cases import CaseColumns, Flags
from reformkit.model.vocabulary import Vocabulary


def contradicted(vocabulary: Vocabulary, columns: CaseColumns) -> Flags:
    """The cases of which at least one check is broken."""
    rows = np.zeros(columns.height, dtype=np.bool_)
    for broken in _broken(vocabulary, columns):
        rows |= broken
    return rows


def dated_before(dates: Sequence[str], columns: CaseColumns, day: date) -> list[tuple[int, date]]:
    """The row and the day of each case that is dated before a day; the first known of `dates` says when it was."""
    own = reduce(pl.Series.fill_null, (columns.plain[name] for name in dates))
    early = pl.DataFrame({"day": own}).with_row_index("row").filter(pl.col("day") < day)
    return list(early.iter_rows())


def _broken(vocabulary: Vocabulary, columns: CaseColumns) -> Iterator[Flags]:
    pairs = [check.before for check in vocabulary.checks if check.before is not None]
    days = [f.derived.days_since for f in vocabulary.derived if f.derived is not None and f.derived.days_since]
    assessed = vocabulary.dates.assessed
    pairs += [(day, assessed) for day in days if assessed is not None]
    for first, second in pairs:
        if first in columns.plain and second in columns.plain:
            yield _said(columns.plain[first] > columns.plain[second])
    for name, low, high in (years for check in vocabulary.checks for years in check.years):
        if name in columns.plain:
            yield _said(~columns.plain[name].dt.year().is_between(low, high))
    for check in vocabulary.checks:
        if check.never is not None:
            yield verdicts(check.never, vocabulary.case_fields, columns) == 1


def _said(broken: pl.Series) -> Flags:
    return broken.fill_null(False).to_numpy()
