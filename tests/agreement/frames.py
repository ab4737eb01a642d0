"""Generated cases as frames of every kind."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import polars as pl

from reformkit.model.vocabulary import Field

TYPES: Mapping[str, Any] = {
    "choice": pl.String,
    "flag": pl.Boolean,
    "count": pl.Int64,
    "number": pl.Decimal(38, 2),
    "date": pl.Date,
    "text": pl.String,
    "tags": pl.List(pl.String),
}


def as_frame(cases: Sequence[Mapping[str, Any]], fields: Mapping[str, Field]) -> pl.DataFrame:
    """Facts as a Polars frame with a column for each field."""
    return pl.DataFrame(
        {
            name: pl.Series(
                name,
                [sorted(v) if isinstance(v := case.get(name), frozenset) else v for case in cases],
                dtype=TYPES[field.type],
            )
            for name, field in fields.items()
        },
        height=len(cases),
    )


def in_chunks(frame: pl.DataFrame) -> pl.DataFrame:
    """The same rows, each in a chunk of its own, sliced out of something longer."""
    if not frame.height:
        return frame
    longer = pl.concat([frame, frame])
    return pl.concat([longer[i : i + 1] for i in range(frame.height)], rechunk=False)


def narrow(frame: pl.DataFrame) -> pl.DataFrame:
    """The same values in other types: categoricals, small integers, datetimes."""
    kinds: dict[Any, Any] = {pl.String: pl.Categorical, pl.Int64: pl.UInt16, pl.Date: pl.Datetime("us")}
    return frame.select(pl.col(name).cast(kinds.get(kind, kind)) for name, kind in frame.schema.items())


def _whole(frame: Any) -> pl.DataFrame:
    return pl.DataFrame(pl.from_arrow(frame))


WAYS: Mapping[str, tuple[Callable[[pl.DataFrame], Any], Callable[[Any], pl.DataFrame]]] = {
    "polars": (lambda f: f, lambda f: f),
    "lazy": (lambda f: f.lazy(), lambda f: f.collect()),
    "streamed": (lambda f: f.lazy(), lambda f: f.collect(engine="streaming")),
    "chunks": (in_chunks, lambda f: f),
    "narrow": (narrow, lambda f: f),
    "pandas": (lambda f: f.to_pandas(), lambda f: pl.from_pandas(f, nan_to_null=True)),
    "arrow extension pandas": (
        lambda f: f.to_pandas(use_pyarrow_extension_array=True),
        lambda f: pl.from_pandas(f, nan_to_null=True),
    ),
    "table": (lambda f: f.to_arrow(), _whole),
    "batch": (lambda f: f.to_arrow().combine_chunks().to_batches()[0], _whole),
    "reader": (lambda f: f.to_arrow().to_reader(max_chunksize=2), lambda f: _whole(f.read_all())),
}
"""Kinds of frames: how each is made of a Polars frame, and how it is read again."""
