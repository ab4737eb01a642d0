"""Frames of any kind: as Polars sees them, and back again with columns added.

Polars DataFrame and LazyFrame, pandas DataFrame, Arrow Table, RecordBatch and RecordBatchReader go in and come
back as what they were; anything else with `__arrow_c_stream__` comes back as an Arrow Table.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import polars as pl

from reformkit.frames.forks import check_process
from reformkit.frames.sound import sound_series
from reformkit.problem import Place

FRAME = "<frame>"
"""What stands for the path where a problem lies in a frame."""

Kind = Literal["polars", "lazy", "pandas", "table", "batch", "reader", "stream"]
Schema = Mapping[str, Any]


@dataclass(frozen=True)
class Given:
    """The columns of a frame that are wanted, and the names of all of them."""

    names: tuple[str, ...]
    columns: dict[str, pl.Series]
    height: int


Wanted = Callable[[str], bool]
Work = Callable[[Given], pl.DataFrame]


def kind_of(frame: object) -> Kind:
    """What a frame is. Raises TypeError for what is none."""
    if isinstance(frame, pl.DataFrame):
        return "polars"
    if isinstance(frame, pl.LazyFrame):
        return "lazy"
    names = {f"{t.__module__.partition('.')[0]}.{t.__name__}" for t in type(frame).__mro__}
    arrow: dict[str, Kind] = {
        "pandas.DataFrame": "pandas",
        "pyarrow.Table": "table",
        "pyarrow.RecordBatch": "batch",
        "pyarrow.RecordBatchReader": "reader",
    }
    for name, kind in arrow.items():
        if name in names:
            return kind
    if hasattr(frame, "__arrow_c_stream__") and not isinstance(frame, pl.Series):
        return "stream"
    raise TypeError(
        "a frame is a Polars, pandas or Arrow one, or anything with __arrow_c_stream__, "
        f"not {type(frame).__name__}; for one case use `decide` or `assess`"
    )


def given(frame: Any, wanted: Wanted) -> Given:
    """The wanted columns of a frame, whatever it is, as Polars holds them.

    Raises ValueError where two columns have one name, `ForkedError` in a process that was forked from one with frames.
    """
    check_process()
    match kind_of(frame):
        case "lazy":
            frame = frame.collect()
        case "pandas":
            return _of_pandas(frame, wanted)
        case "reader":
            frame = frame.read_all()
        case "stream":
            frame = _table(frame)
    if isinstance(frame, pl.DataFrame):
        columns = {name: frame.get_column(name) for name in frame.columns if wanted(name)}
        return Given(tuple(frame.columns), columns, frame.height)
    return _of_arrow(frame, wanted)


def adding(
    frame: Any,
    work: Work,
    schema: Callable[[Schema], Schema],
    wanted: Wanted,
    row_by_row: bool = True,
    barred: Callable[[str], bool] = lambda name: False,
) -> Any:
    """The same kind of frame with the columns that `work` makes from it added at the end.

    Columns of the same names are left out first, and those that are `barred`. `schema` says from the types of the
    frame's columns (by name) what is added, for frames that are worked on later; `row_by_row`: the frame may then be
    worked on in parts.
    """

    check_process()

    def shut(names: Iterable[Any]) -> list[Any]:
        return [name for name in names if isinstance(name, str) and barred(name)]

    def polars(part: pl.DataFrame) -> pl.DataFrame:
        new = work(given(part, wanted))
        return part.drop(*new.columns, *shut(part.columns), strict=False).hstack(new)

    match kind_of(frame):
        case "polars":
            return polars(frame)
        case "lazy":
            before = frame.collect_schema()
            new = schema(before)
            left_out = {*new, *shut(before)}
            after = {name: kind for name, kind in before.items() if name not in left_out} | dict(new)
            return frame.map_batches(polars, schema=after, streamable=row_by_row)
        case "pandas":
            return _add_to_pandas(frame.drop(columns=shut(frame.columns)), work(_of_pandas(frame, wanted)))
        case "table":
            return _add_to_arrow(frame, work(_of_arrow(frame, wanted)), shut(frame.schema.names))
        case "batch":
            return _one_batch(_add_to_arrow(frame, work(_of_arrow(frame, wanted)), shut(frame.schema.names)))
        case "reader" if row_by_row:
            return _reader(
                frame, lambda part: _add_to_arrow(part, work(_of_arrow(part, wanted)), shut(part.schema.names))
            )
        case "reader":
            table = frame.read_all()
            return _add_to_arrow(table, work(_of_arrow(table, wanted)), shut(table.schema.names)).to_reader()
        case "stream":
            table = _table(frame)
            return _add_to_arrow(table, work(_of_arrow(table, wanted)), shut(table.schema.names))


def instead(frame: Any, work: Work, schema: Schema, wanted: Wanted) -> Any:
    """What `work` makes of a frame, as the same kind of frame."""
    kind = kind_of(frame)
    if kind == "lazy":
        return frame.map_batches(lambda part: work(given(part, wanted)), schema=dict(schema))
    made = work(given(frame, wanted))
    match kind:
        case "polars":
            return made
        case "pandas":
            return _pandas_columns(made)
        case "batch":
            return _one_batch(arrow_table(made))
        case "reader":
            return arrow_table(made).to_reader()
        case _:
            return arrow_table(made)


# --- pandas --------------------------------------------------------------------------------------------


def _of_pandas(frame: Any, wanted: Wanted) -> Given:
    names = tuple(map(str, frame.columns))
    chosen = [name for name in frame.columns if isinstance(name, str) and wanted(name)]
    _check_single(chosen)
    return Given(names, {name: _of_pandas_column(name, frame[name]) for name in chosen}, len(frame))


def _of_pandas_column(name: str, values: Any) -> pl.Series:
    """A column as Polars holds it; as Python objects where their types are mixed."""
    held = getattr(values.array, "_pa_array", None)  # of Arrow, as pandas keeps most texts
    if held is not None:
        return sound_series(name, held, Place(FRAME))
    try:
        return pl.Series(name, pl.from_pandas(values.reset_index(drop=True), nan_to_null=True))
    except Exception:  # pyarrow, pandas and Polars each have their own
        return pl.Series(
            name,
            [None if missing else value for missing, value in zip(values.isna(), values, strict=True)],
            dtype=pl.Object,
        )


def _add_to_pandas(frame: Any, new: pl.DataFrame) -> Any:
    kept = frame.drop(columns=[name for name in new.columns if name in frame.columns])
    made = _pandas_columns(new)
    made.index = frame.index
    return kept.assign(**{name: made[name] for name in new.columns})


def _pandas_columns(frame: pl.DataFrame) -> Any:
    """A pandas frame; lists stay Python lists."""
    plain = frame.select(pl.exclude(pl.List)).to_pandas()
    for name in (name for name, kind in frame.schema.items() if kind == pl.List):
        plain[name] = frame.get_column(name).to_list()
    return plain[frame.columns]


# --- Arrow ---------------------------------------------------------------------------------------------


def _table(stream: Any) -> Any:
    import pyarrow as pa  # type: ignore[import-untyped]  # noqa: PLC0415

    return pa.RecordBatchReader.from_stream(stream).read_all()


def _of_arrow(table: Any, wanted: Wanted) -> Given:
    names = tuple(table.schema.names)
    chosen = [name for name in names if wanted(name)]
    _check_single(chosen)
    columns = {name: sound_series(name, table.column(name), Place(FRAME, 0, names.index(name) + 1)) for name in chosen}
    return Given(names, columns, table.num_rows)


def _add_to_arrow(table: Any, new: pl.DataFrame, shut: Sequence[str]) -> Any:
    import pyarrow as pa  # noqa: PLC0415

    if isinstance(table, pa.RecordBatch):
        table = pa.Table.from_batches([table])
    left_out = {*new.columns, *shut}
    kept = table.select([i for i, name in enumerate(table.schema.names) if name not in left_out])
    if not kept.num_columns:  # a table without columns has no rows to add to
        return arrow_table(new)
    for name, column in zip(new.columns, arrow_table(new).columns, strict=True):
        kept = kept.append_column(name, column)
    return kept


def arrow_table(frame: pl.DataFrame) -> Any:
    """An Arrow table of plain strings and lists, as most readers of Arrow know them."""
    import pyarrow as pa  # noqa: PLC0415

    table = frame.to_arrow()
    types = {pl.String: pa.string(), pl.List(pl.String): pa.list_(pa.string())}
    schema = pa.schema([(f.name, types.get(frame.schema[f.name], f.type)) for f in table.schema])
    return table.cast(schema)


def _one_batch(table: Any) -> Any:
    import pyarrow as pa  # noqa: PLC0415

    batches = table.combine_chunks().to_batches()
    return batches[0] if batches else pa.RecordBatch.from_pylist([], schema=table.schema)


def _reader(reader: Any, add: Callable[[Any], Any]) -> Any:
    """Batch after batch, each added to when it is asked for."""
    import pyarrow as pa  # noqa: PLC0415

    def worked(batches: Iterable[Any]) -> Iterator[Any]:
        for batch in batches:
            yield _one_batch(add(batch))

    nothing = pa.RecordBatch.from_pylist([], schema=reader.schema)
    schema = next(worked([nothing])).schema
    return pa.RecordBatchReader.from_batches(schema, worked(reader))


def _check_single(names: list[str]) -> None:
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise ValueError(f"the frame has more than one column named {', '.join(twice)}")
