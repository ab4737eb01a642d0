"""The values of a frame's column in the type of their fact, and the rows whose values need a second look."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from numbers import Integral, Real
from typing import Any

import numpy as np
import polars as pl

from reformkit.intake.python_values import is_missing
from reformkit.model.scale import on_scale
from reformkit.model.vocabulary import MOST_COUNT, Field
from reformkit.reading import keywords
from reformkit.reading.numbers import SURE_DIGITS, SURE_OF_SINGLES

NO_VALUES = ["\0"]  # an Enum needs a category; no word is this one
NO_WORDS = r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x{9f}\x{2028}\x{2029}\x{fffe}\x{ffff}]"
"""What no text may hold (`CONTROL`; a column has no surrogates)."""

_EPOCH = date(1970, 1, 1)
WORDS = (pl.String, pl.Categorical, pl.Enum)

Taken = tuple[pl.Series, pl.Series]
"""The column, and for each row whether its value is doubtful."""


def _nothing(series: pl.Series, kind: Any) -> Taken:
    """No value is plainly right."""
    return pl.Series([None], dtype=kind).new_from_index(0, len(series)), series.is_not_null()


def _take_choice(field: Field, series: pl.Series) -> Taken:
    kind = pl.Enum(list(field.values) or NO_VALUES)
    if not isinstance(series.dtype, WORDS):
        return _nothing(series, kind)
    taken = series.cast(pl.String).cast(kind, strict=False)
    return taken, taken.is_null() & series.is_not_null()


def _take_flag(field: Field, series: pl.Series) -> Taken:
    if series.dtype != pl.Boolean:
        return _nothing(series, pl.Boolean)
    return series, pl.Series([False]).new_from_index(0, len(series))


def _take_count(field: Field, series: pl.Series) -> Taken:
    if series.dtype.is_float():
        series = series.fill_nan(None)
        whole = series.cast(pl.Int64, strict=False)
        doubtful = (whole.is_null() & series.is_not_null()) | (whole.cast(pl.Float64) != series.cast(pl.Float64))
    elif series.dtype.is_integer():
        whole = series.cast(pl.Int64, strict=False)
        doubtful = whole.is_null() & series.is_not_null()
    else:
        return _nothing(series, pl.Int64)
    doubtful |= whole < field.lowest
    if field.highest is not None:
        doubtful |= whole > field.highest
    return whole, doubtful.fill_null(False)


def _take_number(field: Field, series: pl.Series) -> Taken:
    """Whole numbers, decimals, and floats of which the shortest form has no more places than the fact."""
    places = field.places or 0
    low, high = field.ordinal(field.lowest), MOST_COUNT if field.highest is None else field.ordinal(field.highest)
    kind, unit = pl.Decimal(38, places), 10**places
    if series.dtype.is_integer():
        whole = series.cast(pl.Int64, strict=False)
        near = whole.is_between(-(-low // unit), high // unit)
        taken = pl.select(pl.when(pl.lit(near)).then(pl.lit(whole))).to_series().cast(kind)
        return taken, (series.is_not_null() & taken.is_null())
    if series.dtype.is_float():
        series = series.fill_nan(None)
        taken = _of_floats(series, places, low, high).cast(pl.Decimal(38, 0)) * on_scale(1, places)
        return taken.cast(kind), series.is_not_null() & taken.is_null()
    if isinstance(series.dtype, pl.Decimal):
        taken = series.cast(kind, strict=False)
        units = taken.to_physical().cast(pl.Int64, strict=False)
        exact = taken.cast(series.dtype, strict=False) == series if series.dtype.scale > places else taken.is_not_null()
        right = (exact & units.is_between(low, high)).fill_null(False)
        return pl.select(pl.when(pl.lit(right)).then(pl.lit(taken))).to_series(), series.is_not_null() & ~right
    return _nothing(series, kind)


def _of_floats(series: pl.Series, places: int, low: int, high: int) -> pl.Series:
    """Floats in units of the last place, null where the shortest form of one has more places, or is not sure.

    The division is NumPy's, which is rounded once, as reading is; Polars multiplies by the inverse.
    """
    kind, digits = (np.float64, SURE_DIGITS) if series.dtype == pl.Float64 else (np.float32, SURE_OF_SINGLES)
    given = series.cast(pl.Float64).to_numpy()
    with np.errstate(all="ignore"):
        units = np.rint(given * 10**places)
        right = (units / 10**places).astype(kind) == given.astype(kind)
        right &= (np.abs(units) < 10**digits) & (units >= low) & (units <= high)
        whole = pl.Series(np.where(right, units, 0).astype(np.int64))
    return pl.select(pl.when(pl.Series(right)).then(whole)).to_series()


def _take_date(field: Field, series: pl.Series) -> Taken:
    if series.dtype == pl.Date:
        days, doubtful = series, pl.Series([False]).new_from_index(0, len(series))
    elif isinstance(series.dtype, pl.Datetime):
        near, far = _within_reach(series)
        local = near.dt.replace_time_zone(None)
        days = local.cast(pl.Date)
        doubtful = (days.cast(local.dtype) != local).fill_null(False) | far
    elif isinstance(series.dtype, WORDS):
        words = series.cast(pl.String)
        days = words.str.to_date("%Y-%m-%d", strict=False)
        doubtful = ~words.str.contains("^[0-9]{4}-[0-9]{2}-[0-9]{2}$") | (days.is_null() & words.is_not_null())
    else:
        return _nothing(series, pl.Date)
    if len(days) and days.null_count() < len(days):
        doubtful |= ~days.to_physical().is_between(_day(field.lowest), _day(field.highest))
    return days, doubtful.fill_null(False)


def _days(series: pl.Series) -> pl.Series:
    """The days (from 1970) of a column of dates or moments, in UTC: they reach further than a calendar does."""
    if not isinstance(series.dtype, pl.Datetime):
        return series.to_physical().cast(pl.Int64)
    return (
        series.to_physical()
        // {"ms": 86_400_000, "us": 86_400_000_000, "ns": 86_400_000_000_000}[series.dtype.time_unit]
    )


def _within_reach(series: pl.Series) -> Taken:
    """A column without the moments that Polars cannot make a day of, and whether each was one."""
    near = _days(series).is_between(_day(date.min) - 1, _day(date.max) + 1)
    return pl.select(pl.when(pl.lit(near)).then(pl.lit(series))).to_series(), ~near.fill_null(True)


def _day(day: date) -> int:
    """A day as columns hold it: their days reach further than a calendar does."""
    return (day - _EPOCH).days


def _take_tags(field: Field, series: pl.Series) -> Taken:
    kind = pl.List(pl.Enum(list(field.values) or NO_VALUES))
    if isinstance(series.dtype, WORDS):
        series = _split(series.cast(pl.String))
    if isinstance(series.dtype, pl.Array):
        series = series.cast(pl.List(series.dtype.inner))
    if not isinstance(series.dtype, pl.List) or not isinstance(series.dtype.inner, (*WORDS, pl.Null)):
        return _nothing(series, kind)
    taken = series.cast(pl.List(pl.String)).cast(kind, strict=False)
    doubtful = taken.list.eval(pl.element().is_null()).list.any()
    return taken, doubtful.fill_null(False)


def _split(series: pl.Series) -> pl.Series:
    """Cells as CSV has them: tags between semicolons, `无` the empty set, blank unknown."""
    word = pl.col("words").str.strip_chars()
    tags = word.str.replace_all("；", ";").str.split(";").list.eval(pl.element().str.strip_chars())
    tags = tags.list.eval(pl.element().filter(pl.element() != ""))
    empty = pl.lit([], dtype=pl.List(pl.String))
    split = pl.when(word == keywords.EMPTY_SET).then(empty).when(tags.list.len() == 0).then(word.str.split("\0"))
    return series.to_frame("words").select(pl.when(word != "").then(split.otherwise(tags))).to_series()


TAKE: Mapping[str, Callable[[Field, pl.Series], Taken]] = {
    "choice": _take_choice,
    "flag": _take_flag,
    "count": _take_count,
    "number": _take_number,
    "date": _take_date,
    "tags": _take_tags,
    "text": lambda _, series: _nothing(series, pl.String),  # of other types; words are looked over by themselves
}


def python_values(series: pl.Series) -> list[Any]:
    """The values of a column as Python has them; a day that no calendar has is said in words."""
    if not isinstance(series.dtype, pl.Date | pl.Datetime):
        return series.to_list()
    days = _days(series)
    near, _ = _within_reach(series)
    if isinstance(series.dtype, pl.Datetime):
        near = near.dt.replace_time_zone(None)
    there = near.cast(pl.Date).to_physical().is_between(_day(date.min), _day(date.max))
    held = pl.select(pl.when(pl.lit(there)).then(pl.lit(series))).to_series().to_list()
    return [
        f"{_EPOCH} {day:+} d" if value is None and day is not None else value
        for value, day in zip(held, days.to_list(), strict=True)
    ]


def as_python(field: Field, value: Any) -> Any:
    """A doubtful value as the checker of single facts is to see it."""
    if isinstance(value, pl.Series):
        return value.to_list()
    if is_missing(value):
        return None
    if field.type == "count" and isinstance(value, Real) and not isinstance(value, Integral):
        return int(float(value)) if float(value).is_integer() else value  # as a column of nothing but numbers has it
    if field.type == "tags" and isinstance(value, str):
        return _split(pl.Series([value])).to_list()[0]
    return value


def replaced(series: pl.Series, values: Sequence[tuple[int, Any]]) -> pl.Series:
    """A column with some rows replaced."""
    if not values:
        return series
    places = np.arange(len(series))
    places[[row for row, _ in values]] = len(series) + np.arange(len(values))
    extra = pl.Series(series.name, [value for _, value in values], dtype=series.dtype)
    return pl.concat([series, extra]).gather(places)
