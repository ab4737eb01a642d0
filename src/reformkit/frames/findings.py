"""Tags and findings of a frame: lists as numbers, row after row."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import polars as pl

from reformkit.columns.cases import FindingColumns, Flags, Numbers, TagColumn
from reformkit.frames.values import NO_VALUES, NO_WORDS, WORDS
from reformkit.model.case import Finding, FoundUnit
from reformkit.model.vocabulary import Field
from reformkit.parsing.identity import PERHAPS_IDENTITY

FINDINGS = pl.List(pl.Struct(dict.fromkeys(Finding.model_fields, pl.String)))


def tag_column(series: pl.Series, tags: tuple[str, ...]) -> TagColumn:
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


def finding_columns(series: pl.Series, causes: Field | None, matters: Field | None) -> FindingColumns:
    """Lists of findings as numbers."""
    known, starts, flat = _flattened(series)
    said = {name: flat.struct.field(name) for name in Finding.model_fields}
    cause_names, cause = _numbered(said["cause"], causes)
    matter_names, matter = _numbered(said["matter"], matters)
    others, other = _numbered_units(said)
    tags, evidence = TagColumn(cause_names, known, starts, cause), said["evidence"].to_list()
    return FindingColumns(tags, matter_names, matter, evidence, others, other)


def _numbered_units(said: Mapping[str, pl.Series]) -> tuple[tuple[FoundUnit, ...], Numbers]:
    """The units that findings are about beside those of their cases, as numbers; -1 is none."""
    parts = [said[name] for name in FoundUnit._fields]
    if all(part.null_count() == len(part) for part in parts):
        return (), np.full(len(parts[0]), -1, dtype=np.int64)
    units = [FoundUnit(*unit) for unit in zip(*parts, strict=True)]
    numbers = {unit: number for number, unit in enumerate(dict.fromkeys(u for u in units if any(u)))}
    return tuple(numbers), np.array([numbers.get(unit, -1) for unit in units], dtype=np.int64)


def _numbered(words: pl.Series, field: Field | None) -> tuple[tuple[str, ...], Numbers]:
    """Words as numbers into the values of their field, or into themselves; -1 is null."""
    names = list(field.values) if field is not None and field.values else words.drop_nulls().unique().sort().to_list()
    numbers = words.cast(pl.Enum(names or NO_VALUES)).to_physical().cast(pl.Int64).fill_null(-1)
    return tuple(names), numbers.to_numpy()


def plain_findings(series: pl.Series, causes: Field | None, matters: Field | None) -> tuple[pl.Series, pl.Series]:
    """The findings as lists of structs, and the rows whose findings need a second look."""
    nothing = pl.Series([None], dtype=FINDINGS).new_from_index(0, len(series))
    if series.dtype == pl.Null:
        return nothing, pl.Series([False]).new_from_index(0, len(series))
    if not isinstance(series.dtype, pl.List) or not isinstance(series.dtype.inner, pl.Struct):
        return nothing, series.is_not_null()
    parts = {part.name: part.dtype for part in series.dtype.inner.fields}
    if not parts.keys() <= Finding.model_fields.keys() or any(
        not isinstance(kind, (*WORDS, pl.Null)) for kind in parts.values()
    ):
        return nothing, series.is_not_null()
    said = (pl.element().struct.field(n) if n in parts else pl.lit(None).alias(n) for n in Finding.model_fields)
    canonical = series.list.eval(pl.struct(part.cast(pl.String) for part in said)).cast(FINDINGS)
    lengths = canonical.list.len().fill_null(0).to_numpy()
    flat = canonical.explode(empty_as_null=False, keep_nulls=False)
    doubtful = ~_among(flat.struct.field("cause"), causes)
    matter = flat.struct.field("matter")
    doubtful |= matter.is_not_null() & ~_among(matter, matters)
    for name in FoundUnit._fields:
        doubtful |= flat.struct.field(name).is_not_null()
    evidence = flat.struct.field("evidence")
    doubtful |= (evidence.str.contains(PERHAPS_IDENTITY) | evidence.str.contains(NO_WORDS)).fill_null(False)
    rows = np.repeat(np.arange(len(series)), lengths)[doubtful.to_numpy()]
    doubts = np.zeros(len(series), dtype=np.bool_)
    doubts[rows] = True
    return canonical, pl.Series(doubts)
