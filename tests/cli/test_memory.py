"""Memory does not grow with the number of rows."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.large import MOST_GROWTH, run, write_csv, write_parquet

FEW, MANY, BATCH = 6_000, 30_000, 1 << 11


@pytest.mark.skipif(sys.platform != "linux", reason="peak memory of a child, in KB, is Linux's")
@pytest.mark.parametrize(
    ("write", "given"), [(write_parquet, "cases.parquet"), (write_csv, "cases.csv")], ids=["parquet", "csv"]
)
def test_memory_is_the_same_for_five_times_the_rows(
    write: Callable[[Path, int], None], given: str, tmp_path: Path
) -> None:
    memory = []
    for rows in (FEW, MANY):
        write(tmp_path / given, rows)
        said = run("assess", tmp_path / given, "-o", tmp_path / "out.parquet", rows=BATCH)
        assert said.code == 0
        memory.append(said.memory)
    assert memory[1] <= MOST_GROWTH * memory[0], memory
