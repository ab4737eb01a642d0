"""Files larger than memory: made as a stream, assessed in a process of its own whose memory is measured.

`python -m tests.cli.large FEW MANY CSV` (numbers of rows) is the long run, apart from CI.
"""

from __future__ import annotations

import csv
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
from rich.console import Console

import reformkit as rk
from reformkit.frames.given import arrow_table
from tests.cli.test_files import made

BLOCK, KINDS = 50_000, 60
MOST_GROWTH = 1.3
"""How much more memory many rows may take than few."""

_WIDTHS = (7, 7, 10, 10, 12, 19, 8)

_CODE = """
import sys, time
import reformkit.files.assessed
reformkit.files.assessed.ROWS = int(sys.argv[1]) or reformkit.files.assessed.ROWS
from pathlib import Path
from reformkit.cli import app
try:
    app(sys.argv[2:])
finally:
    peak = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM"))
    print(peak.split()[1], time.process_time())
"""
# The peak that the parent is told of a child counts what the parent itself holds when it starts it.


class Run(NamedTuple):
    """What a run of the command took: its exit code, memory in MB, seconds of processor and clock."""

    code: int
    memory: float
    processor: float
    clock: float


def run(*arguments: object, rows: int = 0) -> Run:
    """The command in a process of its own (on Linux), in batches of so many rows (0: of its own)."""
    began = time.monotonic()
    command = [sys.executable, "-c", _CODE, str(rows), *map(str, arguments)]
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, check=False)
    memory, processor = done.stdout.split()
    return Run(done.returncode, int(memory) / 1024, float(processor), time.monotonic() - began)


def blocks(rows: int) -> Iterator[pl.DataFrame]:
    """So many cases, block by block; only their ids all differ."""
    like = made(rk.load(), min(BLOCK, rows), KINDS)
    for first in range(0, rows, BLOCK):
        block = like.head(rows - first)
        yield block.with_columns(id=pl.format("C-{}", pl.int_range(first, first + block.height)))


def write_parquet(path: Path, rows: int) -> None:
    """A Parquet file of so many cases."""
    writer = None
    for block in blocks(rows):
        table: pa.Table = arrow_table(block)
        writer = writer or pq.ParquetWriter(path, table.schema)
        writer.write_table(table)
    assert writer is not None
    writer.close()


def write_csv(path: Path, rows: int, wrong: int | None = None) -> None:
    """A CSV file in GB18030 of so many cases, the row number `wrong` (from 0) with bytes that are no text."""
    done = 0
    with path.open("wb") as file:
        for block in blocks(rows):
            lists = (
                pl.when(pl.col(n).list.len() == 0).then(pl.lit("无")).otherwise(pl.col(n).list.join("；"))
                for n in ("behaviours", "causes")
            )
            text = block.with_columns(
                *(column.alias(name) for column, name in zip(lists, ("behaviours", "causes"), strict=True))
            )
            lines = text.write_csv(include_header=not done).encode("gb18030").splitlines(keepends=True)
            if wrong is not None and done <= wrong < done + block.height:
                lines[wrong - done - block.height] = b"C-\xff\xff" + lines[wrong - done - block.height]
            file.writelines(lines)
            done += block.height


def soak(few: int, many: int, csv_rows: int) -> None:
    """The long run: few and many rows of Parquet, and a CSV with a wrong row in its middle."""
    heads = ("from", "to", "rows", "memory, MB", "processor, s", "rows a second of it", "clock, s")
    console = Console(width=110, highlight=False)
    console.print(*(f"{head:>{width}}" for head, width in zip(heads, _WIDTHS, strict=True)))

    def show(kinds: str, rows: int, said: Run) -> Run:
        numbers = (rows, said.memory, said.processor, rows / said.processor, said.clock)
        cells = (*kinds.split(), *(f"{number:,.0f}" for number in numbers))
        console.print(*(f"{cell:>{width}}" for cell, width in zip(cells, _WIDTHS, strict=True)))
        return said

    with TemporaryDirectory() as name:
        folder = Path(name)
        memory = []
        for rows in (few, many):
            write_parquet(folder / "cases.parquet", rows)
            said = show("parquet parquet", rows, run("assess", folder / "cases.parquet", "-o", folder / "out.parquet"))
            assert said.code == 0 and pq.read_metadata(folder / "out.parquet").num_rows == rows
            memory.append(said.memory)
        (folder / "cases.parquet").unlink()
        write_csv(folder / "cases.csv", csv_rows, wrong=csv_rows // 2)
        for out in ("out.parquet", "out.csv"):
            said = show(f"csv {out[4:]}", csv_rows, run("assess", folder / "cases.csv", "-o", folder / out))
            assert said.code == 1
            with (folder / "out.problems.csv").open(encoding="utf-8-sig", newline="") as file:
                (problem,) = csv.DictReader(file)
            assert (problem["行"], problem["代码"]) == (str(csv_rows // 2 + 2), "RK106")
        assert pq.read_metadata(folder / "out.parquet").num_rows == csv_rows - 1
        with (folder / "out.csv").open("rb") as file:
            assert sum(1 for _ in file) == csv_rows + 1  # the header, and the row that is left out is listed too
    assert memory[1] <= MOST_GROWTH * memory[0], memory


if __name__ == "__main__":
    soak(*map(int, sys.argv[1:]))
