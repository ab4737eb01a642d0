"""Dask DataFrames: a pandas partition at a time; signals by Dask's own shuffle."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import dask.dataframe as dd
import pandas as pd
import polars as pl
import pyarrow as pa  # type: ignore[import-untyped]
from dask.delayed import delayed

from reformkit.clusters.distributed import Distributed
from reformkit.clusters.job import Job
from reformkit.clusters.messages import Message
from reformkit.clusters.parcel import Parcel
from reformkit.frames.given import given

_LETTERS = pd.DataFrame(
    {
        "address": pd.Series(dtype="int64"),
        "about": pd.Series(dtype=pd.ArrowDtype(pa.string())),
        "content": pd.Series(dtype=pd.ArrowDtype(pa.large_binary())),
    }
)


class DaskFrames(Distributed):
    """A book's answers for Dask DataFrames."""

    def by_part(self, frame: Any, job: Job, parcel: Parcel) -> Any:
        """The frame, a partition at a time."""
        meta = _add(frame._meta, job, parcel)
        return frame.map_partitions(_add, job, delayed(parcel, pure=True), meta=meta)

    def over_all(self, frame: Any, job: Job, parcel: Parcel) -> Any:
        """The same with messages between the partitions."""
        count = frame.npartitions
        numbers = dd.from_map(_number, range(count), meta=_number(0))
        wanted = [name for name in frame.columns if isinstance(name, str) and self.frames.checker.wanted(name)]
        sent = delayed(parcel, pure=True)
        options: dict[str, Any] = {"meta": _LETTERS, "align_dataframes": False}
        messages = frame[wanted].map_partitions(_send, numbers, job, sent, count, **options)
        for step in ("pass_on", "count") if "id" in wanted else ("count",):
            messages = _delivered(messages, count).map_partitions(_step, step, job, sent, count, **options)
        meta = _add(frame._meta, job, parcel, _LETTERS)
        return frame.map_partitions(_add, job, sent, _delivered(messages, count), meta=meta, align_dataframes=False)


def _delivered(messages: Any, count: int) -> Any:
    """Messages where they are addressed to: partition `i` has those to `i`."""
    return messages.set_index("address", divisions=list(range(count + 1)), shuffle_method="tasks").reset_index()


# --- what workers do ---------------------------------------------------------------------------------------


def _number(number: int) -> pd.DataFrame:
    return pd.DataFrame({"number": [number]})


def _send(part: pd.DataFrame, number: pd.DataFrame, job: Job, parcel: Parcel, count: int) -> pd.DataFrame:
    post = job.post(parcel, count)
    held = given(part, parcel.open().frames.checker.wanted)
    return _frame(post.send([post.cases(int(number["number"].iloc[0]), held)]))


def _step(messages: pd.DataFrame, step: str, job: Job, parcel: Parcel, count: int) -> pd.DataFrame:
    return _frame(getattr(job.post(parcel, count), step)(_read(messages)))


def _add(part: pd.DataFrame, job: Job, parcel: Parcel, messages: pd.DataFrame | None = None) -> pd.DataFrame:
    """A partition with the new columns, in Arrow types so that each partition has the same."""
    told = None if messages is None else _read(messages)
    checker = parcel.open().frames.checker
    new = job.columns(parcel, given(part, checker.wanted), told)
    barred = [name for name in part.columns if isinstance(name, str) and checker.is_barred(name)]
    kept = part.drop(columns=[*(name for name in new.columns if name in part.columns), *barred])
    return kept.assign(**{series.name: _arrow_column(series, part.index) for series in new})


def _arrow_column(series: pl.Series, index: pd.Index[Any]) -> pd.Series[Any]:
    values = series.to_arrow()
    types = {pl.String: pa.string(), pl.List(pl.String): pa.list_(pa.string())}
    kind = types.get(series.dtype, values.type)
    return pd.Series(pd.arrays.ArrowExtensionArray(values.cast(kind)), index=index)


def _read(messages: pd.DataFrame) -> Iterator[Message]:
    return (Message(*row) for row in zip(messages["address"], messages["about"], messages["content"], strict=True))


def _frame(messages: Iterable[Message]) -> pd.DataFrame:
    rows = list(messages)
    columns = zip(*rows, strict=True) if rows else ([], [], [])
    return pd.DataFrame(
        {
            name: pd.Series(list(values), dtype=_LETTERS[name].dtype)
            for name, values in zip(_LETTERS.columns, columns, strict=True)
        }
    )
