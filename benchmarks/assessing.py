"""A million assessments in columns, with and without a history: `python -m benchmarks.assessing [cases]`."""

from __future__ import annotations

import sys
import time
from datetime import date
from pathlib import Path

import numpy as np
import polars as pl
from rich.console import Console
from rich.table import Table

import reformkit
from reformkit.book import Book

YEAR = Path(__file__).resolve().parents[1] / "examples" / "year" / "cases.csv"
TOWNSHIPS, REGIONS, YEARS = 400, 40, 5


def cases_like_the_year(book: Book, height: int, seed: int = 1) -> pl.DataFrame:
    """The cases of the example year, drawn again and again, with other ids, places and days."""
    year = pl.DataFrame([case.to_dict() for case in book.read_cases(YEAR)], infer_schema_length=None)
    rng = np.random.default_rng(seed)
    days = pl.lit(date(2020, 1, 1)) + pl.duration(days=pl.Series(rng.integers(0, 365 * YEARS, height)))
    township = pl.format("镇{}", pl.Series(rng.integers(0, TOWNSHIPS, height)))
    return year[rng.integers(0, year.height, height)].with_columns(
        pl.Series("id", np.arange(height)).cast(pl.String),
        pl.format("区{}", pl.Series(rng.integers(0, REGIONS, height))).alias("region"),
        pl.when(pl.col("township").is_not_null()).then(township).alias("township"),
        pl.when(pl.col("decided_on").is_not_null()).then(days).cast(pl.Date).alias("decided_on"),
    )


def show(console: Console, height: int = 1_000_000) -> None:
    """Print seconds on the clock and of processor, without a history and over the cases themselves."""
    book = reformkit.load()
    cases = cases_like_the_year(book, height)
    table = Table("history", "s", "s of processor", "a second of processor", title_justify="left")
    table.title = f"Assessments in columns, {height:,} cases"
    for history in (None, "self"):
        book.assess_frame(cases.head(1000), history)
        wall, cpu = time.perf_counter(), time.process_time()
        book.assess_frame(cases, history)
        wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
        table.add_row(history or "none", f"{wall:.1f}", f"{cpu:.1f}", f"{height / cpu:,.0f}")
    console.print(table)


if __name__ == "__main__":
    show(Console(), int(float(sys.argv[1])) if len(sys.argv) > 1 else 1_000_000)
