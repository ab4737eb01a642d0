"""Spark DataFrames: an Arrow record batch at a time (`mapInArrow`); signals by Spark's own shuffle.

Spark may work a part out twice, and its rows need not come in the same order. So each batch travels along as a
message to itself, and what was counted for its rows meets it again at the end: nothing is joined by a number that
a second reading could give to another row.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import groupby, islice
from typing import Any

import pyarrow as pa  # type: ignore[import-untyped]
from pyspark import TaskContext
from pyspark.sql.pandas.types import from_arrow_schema, to_arrow_schema
from pyspark.sql.types import StructType

from reformkit.clusters.distributed import Distributed
from reformkit.clusters.job import Job
from reformkit.clusters.messages import Message
from reformkit.clusters.parcel import Parcel
from reformkit.frames.given import given

HOME = "@home"
"""What the message is about that holds a batch itself."""

TOGETHER = 64
"""Messages that are handed to Spark at once."""

_LETTERS = "address long, about string, content binary"
_TYPES = [("address", pa.int64()), ("about", pa.string()), ("content", pa.binary())]


class SparkFrames(Distributed):
    """A book's answers for Spark DataFrames."""

    def by_part(self, frame: Any, job: Job, parcel: Parcel) -> Any:
        """The frame, a batch at a time."""
        return frame.mapInArrow(partial(_add, job, parcel), _schema(frame, job, parcel, None))

    def over_all(self, frame: Any, job: Job, parcel: Parcel) -> Any:
        """The same with messages between the batches."""
        count = int(frame.sparkSession.conf.get("spark.sql.shuffle.partitions"))
        messages = frame.mapInArrow(partial(_send, job, parcel, count), _LETTERS)
        for step in ("pass_on", "count") if "id" in frame.columns else ("count",):
            messages = messages.repartition("address").mapInArrow(partial(_step, step, job, parcel, count), _LETTERS)
        home = messages.repartition("address").sortWithinPartitions("address")
        return home.mapInArrow(partial(_add_counted, job, parcel), _schema(frame, job, parcel, ()))


def _schema(frame: Any, job: Job, parcel: Parcel, messages: Sequence[Message] | None) -> Any:
    """The frame's own types, then those of the new columns."""
    nothing = pa.RecordBatch.from_pylist([], schema=to_arrow_schema(frame.schema))
    new = job.columns(parcel, given(nothing, parcel.open().frames.checker.wanted), messages).columns
    made = from_arrow_schema(job.batch(parcel, nothing, messages).schema)
    kept = [f for f in frame.schema if f.name not in new and f.name in made.names]
    return StructType(kept + [made[name] for name in new])


# --- what workers do ---------------------------------------------------------------------------------------


def _add(job: Job, parcel: Parcel, batches: Iterable[Any]) -> Iterator[Any]:
    for batch in batches:
        yield job.batch(parcel, batch)


def _send(job: Job, parcel: Parcel, count: int, batches: Iterable[Any]) -> Iterator[Any]:
    post, wanted = job.post(parcel, count), parcel.open().frames.checker.wanted
    task = TaskContext.get()
    assert task is not None
    cases = []
    for home, batch in enumerate(batches, task.partitionId() << 32):
        cases.append(post.cases(home, given(batch, wanted)))
        yield _written([Message(home, HOME, _packed(batch))])
    yield from _together(post.send(cases))


def _step(step: str, job: Job, parcel: Parcel, count: int, batches: Iterable[Any]) -> Iterator[Any]:
    messages = []
    for message in _read(batches):
        if message.about == HOME:
            yield _written([message])
        else:
            messages.append(message)
    yield from _together(getattr(job.post(parcel, count), step)(messages))


def _add_counted(job: Job, parcel: Parcel, batches: Iterable[Any]) -> Iterator[Any]:
    for _, messages in groupby(_read(batches), lambda message: message.address):
        counts, home = [], None
        for message in messages:
            if message.about == HOME:
                home = pa.ipc.open_stream(message.content).read_next_batch()
            else:
                counts.append(message)
        assert home is not None  # INVARIANT: a batch travels with its messages
        yield job.batch(parcel, home, counts)


def _packed(batch: Any) -> bytes:
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, batch.schema, options=pa.ipc.IpcWriteOptions(compression="lz4")) as stream:
        stream.write_batch(batch)
    content: bytes = sink.getvalue().to_pybytes()
    return content


def _read(batches: Iterable[Any]) -> Iterator[Message]:
    for batch in batches:
        for row in batch.to_pylist():
            yield Message(row["address"], row["about"], row["content"])


def _written(messages: Sequence[Message]) -> Any:
    columns = zip(*messages, strict=True)
    arrays = [pa.array(values, kind) for values, (_, kind) in zip(columns, _TYPES, strict=True)]
    return pa.RecordBatch.from_arrays(arrays, [name for name, _ in _TYPES])


def _together(messages: Iterable[Message]) -> Iterator[Any]:
    messages = iter(messages)
    while some := list(islice(messages, TOGETHER)):
        yield _written(some)
