"""Assessments as records, as lines of JSON and as memos, and a year over its own history: `python -m benchmarks.records`."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median

from rich.console import Console
from rich.table import Table

import reformkit
from reformkit.assessment import Assessment

EXAMPLES = Path(__file__).resolve().parents[1] / "examples"
ROUNDS = 15

Work = Callable[[], object]


def show(console: Console) -> None:
    """Print how many are made in a second of processor; every record is of an assessment that nobody has read before."""
    table = Table("what", "a second of processor", "us each", title="Records", title_justify="left")
    for name, micros in measured().items():
        table.add_row(name, f"{1e6 / micros:,.0f}", f"{micros:.0f}")
    console.print(table)


def measured() -> dict[str, float]:
    """Microseconds of processor time for one, of several works in turns, so that a slow moment of the machine hits all."""
    book = reformkit.load()
    cases = [case for file in sorted((EXAMPLES / "cases").iterdir()) for case in book.read_cases(file)]
    year = book.read_cases(EXAMPLES / "year" / "cases.csv")
    reads: dict[str, Callable[[Assessment], object]] = {
        "to_dict()": lambda a: a.to_dict(),
        'to_dict(lang="zh")': lambda a: a.to_dict("zh"),
        "to_json()": lambda a: a.to_json(),
        'to_json(lang="zh")': lambda a: a.to_json("zh"),
        "explain()": lambda a: a.explain(),
    }
    times: dict[str, list[float]] = {}
    for _ in range(ROUNDS + 1):
        for name, read in reads.items():
            fresh = [book.assess(case) for case in cases]
            times.setdefault(name, []).append(_each(lambda read=read, fresh=fresh: [read(a) for a in fresh], fresh))
        over_its_history = _each(lambda: list(book.assess_many(year, history=year)), year)
        times.setdefault("assess_many, the year with its history", []).append(over_its_history)
    return {name: median(found[1:]) for name, found in times.items()}  # the first round makes what is kept


def _each(work: Work, items: Sequence[object]) -> float:
    start = time.process_time()
    work()
    return (time.process_time() - start) / len(items) * 1e6


if __name__ == "__main__":
    show(Console())
