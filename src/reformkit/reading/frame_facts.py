"""Checking the facts of a frame: column by column where the types are right, value by value where they are not."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches
from math import isnan
from typing import Any, NamedTuple

import numpy as np
import polars as pl

from reformkit.model.case import Finding
from reformkit.model.columns import CaseColumns, FindingColumns, Flags, Numbers, TagColumn
from reformkit.model.rulebook import Rulebook
from reformkit.model.vocabulary import Field
from reformkit.problem import NOWHERE, CaseError, Place, Problem
from reformkit.reading import keywords
from reformkit.reading.facts import Checker
from reformkit.reading.frames import Given
from reformkit.reading.identity import masked
from reformkit.text import Text

_NO_VALUES = ["\0"]  # an Enum needs a category; no word is this one
_PERHAPS_IDENTITY = r"[0-9０-９](?:[\s\-\x{200b}\x{200c}\x{200d}\x{2060}\x{feff}]*[0-9０-９]){13}"
_WORDS = (pl.String, pl.Categorical, pl.Enum)
FINDINGS = pl.List(pl.Struct({"cause": pl.String, "matter": pl.String, "evidence": pl.String}))
FRAME = "<frame>"


class Fault(NamedTuple):
    """What is wrong in one cell, or with a column (no row)."""

    row: int | None
    column: str
    value: str
    problem: Problem


@dataclass
class Checked:
    """The facts of a frame; in rows that are `bad` they are not to be used."""

    columns: CaseColumns
    bad: Flags
    faults: list[Fault] = field(default_factory=list)

    def error(self) -> CaseError:
        """Every fault, each at its row and column (both counted from 1)."""
        return CaseError(fault.problem for fault in self.faults if fault.problem.severity == "error")


class FrameChecker:
    """Takes frames as Python has them: canonical names and values, nulls (and NaN) unknown.

    A choice is a string, categorical or enum; a flag a boolean; a count any integer, or a float that is whole
    (as pandas holds integers with gaps); a date a date, a datetime at midnight or an ISO string; tags a list of
    strings, or one string split at `;` or `；` where `无` is the empty set and blank is unknown; findings a list
    of structs of cause, matter and evidence.
    """

    def __init__(self, rulebook: Rulebook, checker: Checker) -> None:
        self._checker = checker
        self._fields = rulebook.fields
        self._texts = tuple(name for name, f in rulebook.fields.items() if f.type == "text")
        self._matters = rulebook.vocabulary.finding_fields.get("matter")
        self._causes = next((f for f in rulebook.fields.values() if f.derived and f.derived.findings == "cause"), None)
        self._own = {f"{name}_{end}" for name in rulebook.decisions for end in OUTPUTS}
        self._labels = {f.label.zh: name for name, f in rulebook.fields.items()}

    def wanted(self, name: str) -> bool:
        """Whether a column says something of a case."""
        return name in self._fields or name in ("id", "findings")

    def check(self, given: Given) -> Checked:
        """The facts of a frame, and every fault."""
        checked = Checked(CaseColumns(given.height), np.zeros(given.height, dtype=np.bool_))
        columns = checked.columns
        for name, series in given.columns.items():
            if name == "id":
                columns.ids = self._ids(series, checked)
            elif name == "findings":
                columns.findings = self._findings(series, checked)
            else:
                kind = self._fields[name]
                canonical = self._column(kind, series, checked)
                if kind.type == "tags":
                    columns.tags[name] = _tag_column(canonical, tuple(kind.values))
                else:
                    columns.plain[name] = canonical
        self._join_causes(columns)
        for name in given.names:
            self._note(name, checked)
        order = {name: i + 1 for i, name in enumerate(given.names)}
        checked.faults = [_placed(fault, order) for fault in checked.faults]
        return checked

    # --- one column ------------------------------------------------------------------------------------

    def _column(self, field: Field, series: pl.Series, checked: Checked) -> pl.Series:
        """A column in the type of its fact; what is not plainly right is asked of the checker of single facts."""
        canonical, doubtful = _TAKE[field.type](field, series)
        rows = np.flatnonzero(doubtful.to_numpy())
        if not len(rows):
            return canonical
        answers: dict[object, Any] = {}
        good: list[tuple[int, Any]] = []
        for row, value in zip(rows.tolist(), series.gather(rows).to_list(), strict=True):
            asked = _as_python(field, value)
            key = (type(asked), asked if isinstance(asked, str | int | float | date) else repr(asked))
            if key not in answers:
                answers[key] = self._checker.value(field.name, asked)
            answer = answers[key]
            if isinstance(answer, Problem):
                checked.bad[row] = True
                checked.faults.append(Fault(row, field.name, _shown(value), answer))
            elif answer is not None:
                good.append((row, sorted(answer) if isinstance(answer, frozenset) else answer))
        canonical = pl.select(pl.when(pl.lit(doubtful)).then(None).otherwise(pl.lit(canonical))).to_series()
        return _with(canonical, good)

    def _ids(self, series: pl.Series, checked: Checked) -> pl.Series:
        if series.dtype == pl.Object:
            series = pl.Series("id", [None if v is None else str(v) for v in series.to_list()], dtype=pl.String)
        ids = series.cast(pl.String)
        ids = pl.select(pl.when(pl.lit(ids) != "").then(pl.lit(ids))).to_series()
        for row in np.flatnonzero(ids.str.contains(_PERHAPS_IDENTITY).fill_null(False).to_numpy()).tolist():
            if masked(ids[row]) != ids[row]:
                checked.bad[row] = True
                problem = Problem("RK139", NOWHERE, {"fact": "id"}, fact="id")
                checked.faults.append(Fault(row, "id", masked(ids[row]), problem))
        return ids

    # --- findings --------------------------------------------------------------------------------------

    def _findings(self, series: pl.Series, checked: Checked) -> FindingColumns:
        canonical, doubtful = self._plain_findings(series)
        rows = np.flatnonzero(doubtful.to_numpy())
        good: list[tuple[int, Any]] = []
        for row, value in zip(rows.tolist(), series.gather(rows).to_list() if len(rows) else [], strict=True):
            try:
                case = self._checker.case({"findings": value})
            except CaseError as error:
                checked.bad[row] = True
                checked.faults += [Fault(row, "findings", _shown(value), problem) for problem in error.problems]
            else:
                good.append((row, [finding.model_dump() for finding in case.findings or ()]))
        if len(rows):
            canonical = pl.select(pl.when(pl.lit(doubtful)).then(None).otherwise(pl.lit(canonical))).to_series()
            canonical = _with(canonical, good)
        return _finding_columns(canonical, self._causes, self._matters)

    def _plain_findings(self, series: pl.Series) -> tuple[pl.Series, pl.Series]:
        """The findings as lists of structs, and the rows of which that is not plainly right."""
        nothing = pl.Series([None], dtype=FINDINGS).new_from_index(0, len(series))
        if series.dtype == pl.Null:
            return nothing, pl.Series([False]).new_from_index(0, len(series))
        if not isinstance(series.dtype, pl.List) or not isinstance(series.dtype.inner, pl.Struct):
            return nothing, series.is_not_null()
        parts = {part.name: part.dtype for part in series.dtype.inner.fields}
        if not parts.keys() <= {"cause", "matter", "evidence"} or any(
            not isinstance(kind, (*_WORDS, pl.Null)) for kind in parts.values()
        ):
            return nothing, series.is_not_null()
        said = (pl.element().struct.field(n) if n in parts else pl.lit(None).alias(n) for n in Finding.model_fields)
        canonical = series.list.eval(pl.struct(part.cast(pl.String) for part in said)).cast(FINDINGS)
        lengths = canonical.list.len().fill_null(0).to_numpy()
        flat = canonical.explode(empty_as_null=False, keep_nulls=False)
        doubtful = ~_among(flat.struct.field("cause"), self._causes)
        matter = flat.struct.field("matter")
        doubtful |= matter.is_not_null() & ~_among(matter, self._matters)
        doubtful |= flat.struct.field("evidence").str.contains(_PERHAPS_IDENTITY).fill_null(False)
        rows = np.repeat(np.arange(len(series)), lengths)[doubtful.to_numpy()]
        doubts = np.zeros(len(series), dtype=np.bool_)
        doubts[rows] = True
        return canonical, pl.Series(doubts)

    def _join_causes(self, columns: CaseColumns) -> None:
        """The causes of the findings join those that are stated."""
        if self._causes is not None and columns.findings is not None:
            name, found = self._causes.name, columns.findings.causes
            stated = columns.tags.get(name)
            found = TagColumn.of_rows(found.tags, found.known, found.rows, found.flat)
            columns.tags[name] = found if stated is None else stated.joined(found)

    # --- columns that say nothing ----------------------------------------------------------------------

    def _note(self, name: str, checked: Checked) -> None:
        """Note a column that is not used although its name is nearly that of a fact."""
        if self.wanted(name) or name in self._own:
            return
        near = self._labels.get(name) or next(iter(get_close_matches(name, [*self._fields, "findings"], 1, 0.85)), None)
        if near is not None:
            problem = Problem("RK190", NOWHERE, {"column": name, "near": near})
            checked.faults.append(Fault(None, name, "", problem))


OUTPUTS = ("rule", "status", "needs", "stated")
"""The endings of the columns that deciding adds beside that of the outcome."""


# --- types ---------------------------------------------------------------------------------------------

_Taken = tuple[pl.Series, pl.Series]


def _nothing(series: pl.Series, kind: Any) -> _Taken:
    """No value is plainly right."""
    return pl.Series([None], dtype=kind).new_from_index(0, len(series)), series.is_not_null()


def _take_choice(field: Field, series: pl.Series) -> _Taken:
    kind = pl.Enum(list(field.values) or _NO_VALUES)
    if not isinstance(series.dtype, _WORDS):
        return _nothing(series, kind)
    taken = series.cast(pl.String).cast(kind, strict=False)
    return taken, taken.is_null() & series.is_not_null()


def _take_flag(field: Field, series: pl.Series) -> _Taken:
    if series.dtype != pl.Boolean:
        return _nothing(series, pl.Boolean)
    return series, pl.Series([False]).new_from_index(0, len(series))


def _take_count(field: Field, series: pl.Series) -> _Taken:
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


def _take_date(field: Field, series: pl.Series) -> _Taken:
    if series.dtype == pl.Date:
        days, doubtful = series, pl.Series([False]).new_from_index(0, len(series))
    elif isinstance(series.dtype, pl.Datetime):
        local = series.dt.replace_time_zone(None)
        days = local.cast(pl.Date)
        doubtful = days.cast(local.dtype) != local
    elif isinstance(series.dtype, _WORDS):
        words = series.cast(pl.String)
        days = words.str.to_date("%Y-%m-%d", strict=False)
        doubtful = ~words.str.contains("^[0-9]{4}-[0-9]{2}-[0-9]{2}$") | (days.is_null() & words.is_not_null())
    else:
        return _nothing(series, pl.Date)
    if len(days) and days.null_count() < len(days):
        lowest, highest = days.dt.year().min(), days.dt.year().max()
        if field.min is not None or field.max is not None or lowest < 1 or highest > 9999:  # type: ignore[operator]
            doubtful |= (days < field.lowest) | (days > field.highest)
    return days, doubtful.fill_null(False)


def _take_text(field: Field, series: pl.Series) -> _Taken:
    if not isinstance(series.dtype, _WORDS):
        return _nothing(series, pl.String)
    words = series.cast(pl.String)
    doubtful = (words.str.strip_chars() == "") | words.str.contains(_PERHAPS_IDENTITY)
    return words, doubtful.fill_null(False)


def _take_tags(field: Field, series: pl.Series) -> _Taken:
    kind = pl.List(pl.Enum(list(field.values) or _NO_VALUES))
    if isinstance(series.dtype, _WORDS):
        series = _split(series.cast(pl.String))
    if isinstance(series.dtype, pl.Array):
        series = series.cast(pl.List(series.dtype.inner))
    if not isinstance(series.dtype, pl.List) or not isinstance(series.dtype.inner, (*_WORDS, pl.Null)):
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
    found = pl.when(word == keywords.EMPTY_SET).then(empty).when(tags.list.len() == 0).then(word.str.split("\0"))
    return series.to_frame("words").select(pl.when(word != "").then(found.otherwise(tags))).to_series()


_TAKE: Mapping[str, Callable[[Field, pl.Series], _Taken]] = {
    "choice": _take_choice,
    "flag": _take_flag,
    "count": _take_count,
    "date": _take_date,
    "text": _take_text,
    "tags": _take_tags,
}


def _as_python(field: Field, value: Any) -> Any:
    """A doubtful value as the checker of single facts is to see it."""
    if isinstance(value, pl.Series):
        return value.to_list()
    if isinstance(value, float) and isnan(value):
        return None
    if field.type == "tags" and isinstance(value, str):
        return _split(pl.Series([value])).to_list()[0]
    return value


def _with(series: pl.Series, values: Sequence[tuple[int, Any]]) -> pl.Series:
    """A column with some rows replaced."""
    if not values:
        return series
    places = np.arange(len(series))
    places[[row for row, _ in values]] = len(series) + np.arange(len(values))
    extra = pl.Series(series.name, [value for _, value in values], dtype=series.dtype)
    return pl.concat([series, extra]).gather(places)


def _shown(value: Any) -> str:
    """A value as a problem shows it."""
    said = str(value.to_list() if isinstance(value, pl.Series) else value)
    return masked(said if len(said) <= 200 else said[:199] + "…")


def _placed(fault: Fault, order: Mapping[str, int]) -> Fault:
    problem = fault.problem
    place = Place(FRAME, 0 if fault.row is None else fault.row + 1, order[fault.column])
    values = {k: Text.same(v) if k == "word" and fault.column == "" else v for k, v in problem.values.items()}
    return fault._replace(problem=Problem(problem.code, place, values, fact=problem.fact))


# --- tags and findings ---------------------------------------------------------------------------------


def _tag_column(series: pl.Series, tags: tuple[str, ...]) -> TagColumn:
    """Lists of an Enum of tags as numbers."""
    known, starts, flat = _flattened(series)
    numbers = flat.to_physical().cast(pl.Int64).to_numpy()
    column = TagColumn(tags, known, starts, numbers)
    if (series.list.n_unique().fill_null(0) == series.list.len().fill_null(0)).all():
        return column
    return TagColumn.of_rows(tags, known, column.rows, numbers)


def _flattened(series: pl.Series) -> tuple[Flags, Numbers, pl.Series]:
    lengths = series.list.len().fill_null(0).cast(pl.Int64).to_numpy()
    starts = np.concatenate(([0], np.cumsum(lengths)))
    return series.is_not_null().to_numpy(), starts, series.explode(empty_as_null=False, keep_nulls=False)


def _among(words: pl.Series, field: Field | None) -> pl.Series:
    """Which words are values of a field; without one (or without listed values) any word is."""
    if field is None or not field.values:
        return words.is_not_null()
    return words.is_in(list(field.values)).fill_null(False)


def _finding_columns(series: pl.Series, causes: Field | None, matters: Field | None) -> FindingColumns:
    known, starts, flat = _flattened(series)
    said = {name: flat.struct.field(name) for name in Finding.model_fields}
    cause_names, cause = _numbered(said["cause"], causes)
    matter_names, matter = _numbered(said["matter"], matters)
    return FindingColumns(
        TagColumn(cause_names, known, starts, cause), matter_names, matter, said["evidence"].to_list()
    )


def _numbered(words: pl.Series, field: Field | None) -> tuple[tuple[str, ...], Numbers]:
    """Words as numbers into the values of their field, or into themselves; -1 is null."""
    names = list(field.values) if field is not None and field.values else words.drop_nulls().unique().sort().to_list()
    numbers = words.cast(pl.Enum(names or _NO_VALUES)).to_physical().cast(pl.Int64).fill_null(-1)
    return tuple(names), numbers.to_numpy()
