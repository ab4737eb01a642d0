"""Spoilt copies of good frames, and of the buffers that they stand in."""

from __future__ import annotations

import io
import random
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from tests.fuzz.spoiling import TEXTS, spoilt

_CASTS: tuple[pa.DataType, ...] = (
    *(pa.string(), pa.large_string(), pa.binary(), pa.int8(), pa.int64(), pa.uint64(), pa.float32(), pa.float64()),
    *(pa.bool_(), pa.date32(), pa.date64(), pa.timestamp("ns"), pa.timestamp("us", "Asia/Shanghai"), pa.decimal128(9, 2)),
    *(pa.list_(pa.string()), pa.dictionary(pa.int8(), pa.string()), pa.null(), pa.duration("s"), pa.string_view()),
)  # fmt: skip
_CELLS: tuple[Callable[[], list[Any]], ...] = (
    lambda: [1, -1, 2**63 - 1, None],
    lambda: [0.5, 3.0, float("nan"), float("inf")],
    lambda: [True, None, False, True],
    lambda: [date(1, 1, 1), date(9999, 12, 31), None, date(2022, 3, 1)],
    lambda: [datetime(2022, 3, 1), datetime(2022, 3, 1, 12), None, datetime(1, 1, 1)],
    lambda: [datetime(2022, 3, 1, tzinfo=UTC)] * 4,
    lambda: [Decimal("3.00"), Decimal("-1E+10"), None, Decimal("0.001")],
    lambda: [["a"], [], None, [None, ""]],
    lambda: [[["a"]], [], None, [[]]],
    lambda: [{"cause": "x", "matter": None}, None, {}, {"evidence": "y"}],
    lambda: [[{"cause": "x", "matter": "y"}], None, [], [{"cause": "institution.asset_rules"}]],
    lambda: [b"\xff", b"a", None, b""],
)


def spoilt_table(dice: random.Random, table: pa.Table) -> pa.Table:
    """A table with columns of other types, other values, other names; some are gone, some are there twice."""
    for _ in range(dice.randint(1, 3)):
        if not table.num_columns:
            return table
        at = dice.randrange(table.num_columns)
        name, column = table.column_names[at], table.column(at)
        match dice.randrange(7):
            case 0 | 1:
                try:
                    table = table.set_column(at, name, column.cast(dice.choice(_CASTS), safe=dice.random() < 0.5))
                except pa.ArrowException:
                    continue
            case 2 | 3:
                cells = [dice.choice(TEXTS) if dice.random() < 0.5 else v for v in column.to_pylist()]
                made = pa.array(cells if all(isinstance(v, str | None) for v in cells) else [str(v) for v in cells])
                table = table.set_column(at, name, made)
            case 4:
                table = table.set_column(at, name, pa.array((dice.choice(_CELLS)() * 3)[: table.num_rows]))
            case 5:
                names = list(table.column_names)
                names[at] = dice.choice([*names, *TEXTS])
                table = table.rename_columns(names)
            case _:
                table = table.remove_column(at) if dice.random() < 0.5 else table.append_column(name, column)
    return table


def spoilt_parquet(dice: random.Random, table: pa.Table) -> bytes:
    """A Parquet file of a spoilt table, or a spoilt file of it."""
    out = io.BytesIO()
    made = spoilt_table(dice, table) if dice.random() < 0.8 else table
    try:
        pq.write_table(
            made, out, compression=dice.choice(["none", "snappy", "zstd"]), row_group_size=dice.choice([1, 3, 99])
        )
    except pa.ArrowException:  # not every column can be written
        out = io.BytesIO()
        made = table
        pq.write_table(table, out, compression="none")
    data = out.getvalue()
    return spoilt(dice, data) if made is table or dice.random() < 0.25 else data


def spoilt_buffers(dice: random.Random, array: pa.Array) -> pa.Array:
    """An array whose buffers are spoilt where they stand: offsets that go back, sizes beyond the end, bits turned."""
    buffers = [None if one is None else bytearray(one) for one in array.buffers()]
    full = [one for one in buffers if one]
    for _ in range(dice.randint(1, 4)):
        if full:
            raw = dice.choice(full)
            raw[dice.randrange(len(raw))] = dice.choice([0, 1, 127, 128, 255, dice.randrange(256)])
    kept = [None if one is None else pa.py_buffer(bytes(one)) for one in buffers]
    if pa.types.is_nested(array.type) or pa.types.is_dictionary(array.type):
        return array
    return pa.Array.from_buffers(array.type, len(array), kept, offset=array.offset)
