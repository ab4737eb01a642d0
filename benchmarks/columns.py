"""Many cases in columns beside Polars when/then, zen-engine's evaluate_batch, DuckDB's CASE and plain Python."""

from __future__ import annotations

import resource
import time
from collections.abc import Callable
from statistics import median
from typing import Any

import duckdb
import numpy as np
import polars as pl
import zen
from rich.console import Console
from rich.table import Table

from benchmarks.tables import CHOICES, FACTS, Tests, plain_python, random_rules, rulebook, zen_content
from reformkit.book import Book

WANTED = {10: "1", 100: "10", 1000: ""}
"""How many times faster than Polars' own when/then, as wanted."""

FEW = 2_000
"""Cases that the slow peers are given; their time is taken for each case."""


def a_frame(height: int, unknown: float = 0.0, seed: int = 2) -> pl.DataFrame:
    """Random cases over the ten facts, as `tables.random_facts` makes them one by one."""
    rng = np.random.default_rng(seed)
    columns = {}
    for fact, kind in FACTS.items():
        if kind == "choice":
            series = pl.Series(CHOICES).gather(rng.integers(0, len(CHOICES), height))
        else:
            series = pl.Series(rng.integers(0, 121, height) if kind == "count" else rng.random(height) < 0.5)
        known = pl.Series(rng.random(height) >= unknown)
        columns[fact] = pl.select(pl.when(known).then(series)).to_series() if unknown else series
    return pl.DataFrame(columns)


def when_then(rules: list[tuple[Tests, str]]) -> pl.Expr:
    """The table as one would write it in Polars."""

    def holds(tests: Tests) -> pl.Expr:
        parts = [pl.lit(True)]
        for fact, wanted in tests.items():
            column = pl.col(fact)
            if isinstance(wanted, tuple):
                parts.append((column >= wanted[0]) & (column < wanted[1]))
            else:
                parts.append(column.is_in(wanted) if isinstance(wanted, list) else column if wanted else ~column)
        return pl.all_horizontal(parts)

    chain: Any = pl
    for tests, then in rules:
        chain = chain.when(holds(tests)).then(pl.lit(then))
    return chain.otherwise(pl.lit("grey"))  # type: ignore[no-any-return]


def case_when(rules: list[tuple[Tests, str]]) -> str:
    """The table as an SQL CASE."""

    def part(fact: str, wanted: Any) -> str:
        if isinstance(wanted, tuple):
            return f"({fact} >= {wanted[0]} AND {fact} < {wanted[1]})"
        if isinstance(wanted, list):
            return f"{fact} IN ({', '.join(repr(w) for w in wanted)})"
        return fact if wanted else f"NOT {fact}"

    arms = [f"WHEN {' AND '.join(part(*t) for t in tests.items()) or 'true'} THEN '{then}'" for tests, then in rules]
    return f"SELECT CASE {' '.join(arms)} ELSE 'grey' END AS colour FROM cases"


def seconds(work: Callable[[], object], rounds: int) -> float:
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return median(times)


def columns(console: Console, sizes: tuple[int, ...] = (10_000, 100_000, 1_000_000), rounds: int = 3) -> None:
    """Print million cases a second for every size of table and of frame; `-`: too slow to wait for."""
    heads = ("rules", "cases", "reformkit", "1/5 null", "Polars", "ratio", "wanted", "DuckDB", "zen batch", "Python")
    table = Table(*heads, title="Columns: million cases a second", title_justify="left")
    for count in (10, 100, 1000, 10_000):
        rules = random_rules(count)
        book = Book(rulebook(rules))
        book.decide_frame("colour", a_frame(10))  # compiles the table
        slow = _one_by_one(rules) if count <= 1000 else ["-", "-"]
        for height in sizes:
            table.add_row(str(count), f"{height:,}", *_row(book, rules, height, rounds), *slow)
    console.print(table)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    console.print(f"Peak memory of the whole run: {peak:,.0f} MB\n")


def _row(book: Book, rules: list[tuple[Tests, str]], height: int, rounds: int) -> list[str]:
    cases, partly = a_frame(height), a_frame(height, unknown=0.2)
    ours = seconds(lambda: book.decide_frame("colour", cases), rounds)
    nulls = seconds(lambda: book.decide_frame("colour", partly), 1)
    speed = [f"{height / ours / 1e6:.2f}", f"{height / nulls / 1e6:.2f}"]
    if len(rules) > 100:
        return [*speed, "-", "-", WANTED.get(len(rules), ""), "-"]
    expression, sql = when_then(rules), case_when(rules)
    decided = book.decide_frame("colour", cases)["colour"]
    assert decided.equals(cases.select(expression).to_series()), "Polars says something else"
    polars = seconds(lambda: cases.select(expression), 1 if len(rules) > 10 else rounds)
    base = duckdb.connect()
    base.register("cases", cases.to_arrow())
    assert decided.to_list() == [colour for (colour,) in base.sql(sql).fetchall()], "DuckDB says something else"
    duck = seconds(lambda: base.sql(sql).to_arrow_table(), 1)
    wanted = WANTED.get(len(rules), "")
    return [*speed, f"{height / polars / 1e6:.3f}", f"{polars / ours:.1f}", wanted, f"{height / duck / 1e6:.3f}"]


def _one_by_one(rules: list[tuple[Tests, str]]) -> list[str]:
    """zen-engine's batches and plain Python, which take cases as dicts; the dicts are made beforehand."""
    few = a_frame(FEW).to_dicts()
    engine = zen.ZenEngine({"loader": {"type": "static", "content": {"t": zen_content(rules)}}})
    by_hand = plain_python(rules)
    batch = seconds(lambda: engine.evaluate_batch([{"key": "t", "context": case} for case in few]), 1)
    python = seconds(lambda: [by_hand(case) for case in few], 1)
    return [f"{FEW / batch / 1e6:.3f}", f"{FEW / python / 1e6:.2f}"]
