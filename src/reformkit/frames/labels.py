"""Labels in columns, replaced by the ids that they stand for."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from reformkit.model.case import Finding
from reformkit.model.rulebook import Rulebook
from reformkit.model.vocabulary import Field
from reformkit.reading import keywords
from reformkit.reading.words import Words

_FINDING_WORDS = Words(keywords.with_chinese(tuple(Finding.model_fields)))


def with_ids(series: pl.Series, field: Field) -> pl.Series:
    """A column in which labels are replaced by ids; what is neither stays for the check to find."""
    if field.type not in ("choice", "tags") or series.dtype == pl.Null:
        return series
    words = _labels(field)
    if isinstance(series.dtype, pl.List | pl.Array):
        inner = series.explode().cast(pl.String).unique()
        ids = _ids(inner, words, field)
        if not ids:
            return series
        lists = series.cast(pl.List(pl.String))
        return lists.list.eval(pl.element().replace(ids))
    said = series.cast(pl.String)
    if field.type == "choice":
        ids = _ids(said.unique(), words, field)
        return said.replace(ids) if ids else said
    texts = {}
    for text in said.unique().drop_nulls().to_list():
        tags = [tag.strip() for tag in text.replace("；", ";").split(";")]
        known = ";".join(words.find(tag) or tag for tag in tags)
        if known != text:
            texts[text] = known
    return said.replace(texts) if texts else said


def fields_of_findings(rulebook: Rulebook) -> dict[str, Field]:
    """The fields whose values a finding holds, by the parts of a finding."""
    causes = rulebook.vocabulary.gathered.get("cause")
    units = {name: field for name, field in rulebook.vocabulary.unit_fields.items() if field.values}
    return {**({"cause": causes} if causes else {}), **rulebook.vocabulary.finding_fields, **units}


def findings_with_ids(series: pl.Series, fields: Mapping[str, Field]) -> pl.Series:
    """Findings in which labels of parts and values are replaced by ids; what is neither stays for the check to find."""
    if not isinstance(series.dtype, pl.List) or not isinstance(series.dtype.inner, pl.Struct):
        return series
    names = [_FINDING_WORDS.find(part.name) or part.name for part in series.dtype.inner.fields]
    if len(set(names)) < len(names):
        return series
    series = series.list.eval(pl.element().struct.rename_fields(names))
    flat = series.explode().drop_nulls()
    for name in [name for name in fields if name in names]:
        words = flat.struct.field(name)
        ids = _ids(words.unique(), _labels(fields[name]), fields[name]) if words.dtype == pl.String else {}
        if ids:
            series = series.list.eval(pl.element().struct.with_fields(pl.field(name).replace(ids)))
    return series


def _labels(field: Field) -> Words:
    return Words(*field.words)


def _ids(words_given: pl.Series, words: Words, field: Field) -> dict[str, str]:
    pairs = {word: words.find(word.strip()) for word in words_given.drop_nulls().to_list() if word not in field.values}
    return {word: id for word, id in pairs.items() if id is not None}
