"""Columns that would end the process if Polars saw them unvalidated: run as a process of its own.

It prints a line of JSON for each: its name, the statuses that its rows come to or the codes of a `CaseError`.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

import reformkit as rk

ROWS = {"id": ["A", "B", "C"], "origin": ["filed_case"] * 3}
CAUSE = "institution.asset_rules"


def undecodable(*texts: bytes) -> Any:
    """Texts of Arrow that hold other bytes than UTF-8."""
    return pa.array(texts).view(pa.string())


UNIT = undecodable(b"x", b"\xff\xfe", b"z")


def _moments(unit: str, *ticks: int) -> Any:
    return pa.array(ticks, pa.int64()).view(pa.timestamp(unit))


def _words(data: bytes, *offsets: int) -> Any:
    held = b"".join(offset.to_bytes(4, "little", signed=True) for offset in offsets)
    return pa.StringArray.from_buffers(len(offsets) - 1, pa.py_buffer(held), pa.py_buffer(data))


COLUMNS: dict[str, Callable[[], dict[str, Any]]] = {
    "unit": lambda: {"unit": UNIT},
    "large unit": lambda: {"unit": UNIT.view(pa.binary()).cast(pa.large_binary()).view(pa.large_string())},
    "view unit": lambda: {"unit": UNIT.view(pa.binary()).cast(pa.binary_view()).view(pa.string_view())},
    "sliced unit": lambda: {"unit": pa.concat_arrays([UNIT, UNIT]).slice(3)},
    "dictionary unit": lambda: {"unit": pa.DictionaryArray.from_arrays([0, 1, 2], UNIT)},
    "choice": lambda: {"origin": undecodable(b"filed_case", b"filed_\xffcase", b"filed_case")},
    "date": lambda: {"filed_on": undecodable(b"2022-03-01", b"2022-0\xff-01", b"2022-03-01")},
    "tags": lambda: {"causes": pa.ListArray.from_arrays([0, 1, 2, 3], undecodable(CAUSE.encode(), b"\xff", CAUSE.encode()))},
    "evidence": lambda: {"findings": pa.ListArray.from_arrays([0, 1, 2, 3], pa.StructArray.from_arrays([pa.array([CAUSE] * 3), UNIT], ["cause", "evidence"]))},
    "index beyond the dictionary": lambda: {"unit": pa.DictionaryArray.from_arrays(pa.array([0, 77_777, 0], pa.int32()), pa.array(["a"]), safe=False)},
    "offsets that go back": lambda: {"unit": _words(b"abcdef", 0, 3, 1, 3)},
    "negative offset": lambda: {"unit": _words(b"abcdef", 0, -1, 2, 3)},
    "seconds that milliseconds cannot hold": lambda: {"filed_on": _moments("s", 0, 1 << 62, 86_400)},
    "milliseconds beyond the calendar": lambda: {"filed_on": _moments("ms", 0, 1 << 62, 86_400_000)},
    "a time within a day of date64": lambda: {"filed_on": pa.array([0, 5, 86_400_000], pa.int64()).view(pa.date64())},
    "decimal of 256 bits": lambda: {"people_involved": pa.array([Decimal(1)] * 3, pa.decimal256(60, 2))},
    "interval": lambda: {"filed_on": pa.array([(1, 2, 3)] * 3, pa.month_day_nano_interval())},
    "union": lambda: {"people_involved": pa.UnionArray.from_dense(pa.array([0, 0, 0], pa.int8()), pa.array([0, 1, 2], pa.int32()), [pa.array([1, 501, 2])])},
    "runs": lambda: {"people_involved": pa.RunEndEncodedArray.from_arrays([1, 2, 3], [1, 501, 2])},
    "unsigned": lambda: {"industry_cases": pa.array([1, 1 << 63, 2], pa.uint64())},
    "control character": lambda: {"unit": pa.array(["a", "\x1b[31m", "b"])},
    "control character in an id": lambda: {"id": pa.array(["a", "\x1b[31m", "b"])},
    "a map": lambda: {"unit": pa.array([None, [("a", 1)], None], pa.map_(pa.string(), pa.int32()))},
    "not used": lambda: {"remark": UNIT},
}  # fmt: skip

OF_POLARS: dict[str, Callable[[], pl.Series]] = {
    "UInt64": lambda: pl.Series("industry_cases", [1, 1 << 63, 2], dtype=pl.UInt64),
    "Int128": lambda: pl.Series("industry_cases", [1, 1 << 100, 2], dtype=pl.Int128),
    "objects": lambda: pl.Series("industry_cases", [1, object(), 2], dtype=pl.Object),
    "large objects": lambda: pl.Series("industry_cases", [1, 1 << 70, 2], dtype=pl.Object),
    "objects for text": lambda: pl.Series("unit", ["a", object(), "b"], dtype=pl.Object),
    "decimals": lambda: pl.Series("people_involved", [None, Decimal("3.5"), None]),
    "nested": lambda: pl.Series("causes", [None, [[CAUSE]], None]),
    "days beyond the calendar": lambda: pl.Series("filed_on", [0, 2**31 - 1, 1], dtype=pl.Int32).cast(pl.Date),
    "moments beyond the calendar": lambda: pl.Series("filed_on", [0, 1 << 62, 0], dtype=pl.Int64).cast(pl.Datetime("ms")),
}  # fmt: skip


def ways(name: str) -> list[tuple[str, Callable[[Path], Any]]]:
    """A hostile column through every way in that can hold it, as the frame of statuses."""
    book = BOOK

    def table() -> Any:
        return pa.table({**ROWS, **COLUMNS[name]()})

    def parquet(folder: Path) -> Any:
        pq.write_table(table(), folder / "c.parquet")
        found = book.read_case_file(folder / "c.parquet")
        return {"cases": [case.id for case in found.cases], "codes": [p.code for p in found.problems], "rows": [p.line for p in found.problems]}  # fmt: skip

    made = [("table", lambda _: statuses(book.assess_frame(table()))), ("parquet", parquet)]
    made.append(("checked", lambda _: book.check_frame(table())["code"].to_pylist()))
    made.append(("pandas", lambda _: statuses(book.assess_frame(pd.DataFrame({n: pd.Series(pd.arrays.ArrowExtensionArray(table().column(n))) for n in table().column_names})))))  # fmt: skip
    return made


def statuses(frame: Any) -> list[str]:
    """What became of each row."""
    column = frame["source_status"]
    return [str(value) for value in (column.to_pylist() if hasattr(column, "to_pylist") else list(column))]


def tell(name: str, way: str, work: Callable[[], Any]) -> None:
    try:
        said = work()
    except rk.CaseError as error:
        said = {"error": [problem.code for problem in error.problems]}
    except BaseException as error:
        said = {"fault": f"{type(error).__name__}: {error}"[:200]}
    sys.stdout.write(json.dumps([name, way, said], ensure_ascii=True) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    BOOK = rk.load()
    folder = Path(sys.argv[1])
    for name in COLUMNS:
        for way, work in ways(name):
            tell(name, way, lambda work=work: work(folder))  # type: ignore[misc]
    for name, series in OF_POLARS.items():
        tell(name, "polars", lambda series=series: statuses(BOOK.assess_frame(pl.DataFrame(ROWS).with_columns(series()))))  # type: ignore[misc]  # fmt: skip
