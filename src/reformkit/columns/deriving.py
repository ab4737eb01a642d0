"""Derived facts in columns: what `derived` says of one case."""

from __future__ import annotations

from datetime import date

import numpy as np
import polars as pl

from reformkit.columns.cases import CaseColumns
from reformkit.model.vocabulary import Vocabulary


def derive(vocabulary: Vocabulary, columns: CaseColumns, as_of: date | None) -> CaseColumns:
    """The facts with those that follow from them; what is stated wins."""
    plain, tags = dict(columns.plain), dict(columns.tags)
    for field in vocabulary.derived:
        derived, name = field.derived, field.name
        if derived is None:
            continue
        if derived.same_year in plain and as_of is not None:
            follows = plain[derived.same_year].dt.year() == as_of.year
            stated = plain.get(name)
            plain[name] = follows if stated is None else stated.fill_null(follows)
        if derived.group_of in tags:
            source = vocabulary.fields[derived.group_of]
            groups = {item.id: item.group for item in source.values.values() if item.group is not None}
            values = tuple(field.values) or tuple(dict.fromkeys(groups.values()))
            followed = tags[derived.group_of].mapped(groups, values)
            tags[name] = followed if name not in tags else tags[name].or_else(followed)
    return columns.stating(plain, tags)


def days_of(
    columns: CaseColumns,
) -> tuple[np.ndarray[tuple[int], np.dtype[np.int64]], np.ndarray[tuple[int], np.dtype[np.bool_]]]:
    """The day of each case as days since 1970-01-01, and which are known."""
    days = columns.days
    known = days.is_not_null().to_numpy()
    return days.to_physical().cast(pl.Int64).fill_null(0).to_numpy(), known
