"""Derived facts in columns: what `derived` says of one case."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

import numpy as np
import polars as pl

from reformkit.columns.cases import CaseColumns
from reformkit.model.vocabulary import Derived, Vocabulary


def derive(vocabulary: Vocabulary, columns: CaseColumns, as_of: date | None) -> CaseColumns:
    """The facts with those that follow from them; what is stated wins."""
    plain, tags = dict(columns.plain), dict(columns.tags)
    for field in vocabulary.derived:
        derived, name = field.derived, field.name
        if derived is None:
            continue
        judged = _judged(vocabulary, columns, as_of)
        if derived.day in plain and judged is not None:
            follows = _from_days(derived, plain[derived.day], judged)
            stated = plain.get(name)
            plain[name] = follows if stated is None else stated.fill_null(follows)
        if derived.group_of in tags:
            source = vocabulary.fields[derived.group_of]
            groups = {item.id: item.group for item in source.values.values() if item.group is not None}
            values = tuple(field.values) or tuple(dict.fromkeys(groups.values()))
            followed = tags[derived.group_of].mapped(groups, values)
            tags[name] = followed if name not in tags else tags[name].or_else(followed)
    return columns.stating(plain, tags)


def _judged(vocabulary: Vocabulary, columns: CaseColumns, as_of: date | None) -> pl.Series | date | None:
    """The day of judging: one for all, or that of each case; None where nothing says it of any."""
    assessed = vocabulary.dates.assessed
    return as_of if as_of is not None or assessed is None else columns.plain.get(assessed)


def _from_days(derived: Derived, day: pl.Series, judged: pl.Series | date) -> pl.Series:
    """What follows from a day and the day of judging."""
    if derived.same_year is not None:
        return day.dt.year() == (judged.year if isinstance(judged, date) else judged.dt.year())
    if isinstance(judged, date):
        judged = pl.Series([judged], dtype=pl.Date)
    days = (judged - day).dt.total_days()
    return pl.select(pl.when(days >= 0).then(days)).to_series()


def days_known(vocabulary: Vocabulary, columns: CaseColumns) -> Iterator[np.ndarray[tuple[int], np.dtype[np.bool_]]]:
    """Of each day from which something follows, and of that of judging, the cases of which it is known."""
    days = dict.fromkeys(field.derived.day for field in vocabulary.derived if field.derived is not None)
    for name in [*days, vocabulary.dates.assessed] if vocabulary.dates.assessed is not None else ():
        if name in columns.plain:
            yield columns.plain[name].is_not_null().to_numpy()


def days_of(
    columns: CaseColumns, names: Sequence[str]
) -> tuple[np.ndarray[tuple[int], np.dtype[np.int64]], np.ndarray[tuple[int], np.dtype[np.bool_]]]:
    """A day of each case as days since 1970-01-01, of some date facts the first that is known, and which are known."""
    days = columns.days(names)
    known = days.is_not_null().to_numpy()
    return days.to_physical().cast(pl.Int64).fill_null(0).to_numpy(), known
