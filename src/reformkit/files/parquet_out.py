"""Parquet files written batch by batch."""

from __future__ import annotations

from typing import BinaryIO

import polars as pl
import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.parquet as pq  # type: ignore[import-untyped]

from reformkit.frames.given import arrow_table


class ParquetOut:
    """A Parquet file that is written batch by batch; whole when the `with` block ends well."""

    def __init__(self, file: BinaryIO, like: pl.DataFrame) -> None:
        self._schema = arrow_table(like).schema
        self._writer = pq.ParquetWriter(file, self._schema, compression="zstd")

    def write(self, frame: pl.DataFrame) -> None:
        """Add the rows of a frame with the columns that were named at first; one that it lacks is null."""
        table = arrow_table(frame)
        columns = [
            table.column(part.name) if part.name in frame.columns else pa.nulls(frame.height, part.type)
            for part in self._schema
        ]
        self._writer.write_table(pa.Table.from_arrays(columns, schema=self._schema))

    def __enter__(self) -> ParquetOut:
        return self

    def __exit__(self, kind: object, *error: object) -> None:
        if kind is not None:
            self._writer.is_open = False  # nothing more is to be written, not even the end
        self._writer.close()
