"""Assessments as records, as lines of JSON and as memos, a year over its own history, and cases read from tables:
`python -m benchmarks.records`.
"""

from __future__ import annotations

import csv
import time
from collections.abc import Callable, Sequence
from itertools import cycle
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

import xlsxwriter
from rich.console import Console
from rich.table import Table

import reformkit
from reformkit.assessment import Assessment

EXAMPLES = Path(__file__).resolve().parents[1] / "examples"
ROUNDS = 15

ROWS = range(2_000)
BLANK = 2_000
"""Rows below the others that have a border and nothing in them."""

Work = Callable[[], object]
Reads = dict[str, Callable[[Assessment], object]]


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
    reads: Reads = {
        "to_dict()": lambda a: a.to_dict(),
        'to_dict(lang="zh")': lambda a: a.to_dict("zh"),
        "to_json()": lambda a: a.to_json(),
        'to_json(lang="zh")': lambda a: a.to_json("zh"),
        "explain()": lambda a: a.explain(),
    }
    with TemporaryDirectory() as folder:
        return _in_turns(book, cases, year, reads, _tables(Path(folder)))


def _in_turns(
    book: reformkit.Book, cases: list[reformkit.Case], year: list[reformkit.Case], reads: Reads, tables: dict[str, Path]
) -> dict[str, float]:
    times: dict[str, list[float]] = {}
    for _ in range(ROUNDS + 1):
        for name, read in reads.items():
            fresh = [book.assess(case) for case in cases]
            times.setdefault(name, []).append(_each(lambda read=read, fresh=fresh: [read(a) for a in fresh], fresh))
        over_its_history = _each(lambda: list(book.assess_many(year, history=year)), year)
        times.setdefault("assess_many, the year with its history", []).append(over_its_history)
        for name, table in tables.items():
            times.setdefault(f"a row of {name}", []).append(_each(lambda table=table: book.read_cases(table), ROWS))
    return {name: median(found[1:]) for name, found in times.items()}  # the first round makes what is kept


def _tables(folder: Path) -> dict[str, Path]:
    """The year's cases again and again, as a CSV and as workbooks; of the second one as many rows are bordered only."""
    with (EXAMPLES / "year" / "cases.csv").open(encoding="utf-8-sig", newline="") as file:
        head, *rows = csv.reader(file)
    many = [[f"{number}-{row[0]}", *row[1:]] for number, row in zip(ROWS, cycle(rows))]
    paths = {name: folder / name for name in ("year.csv", "year.xlsx", "bordered.xlsx")}
    with paths["year.csv"].open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows([head, *many])
    for name in ("year.xlsx", "bordered.xlsx"):
        with xlsxwriter.Workbook(paths[name]) as book:
            sheet, border = book.add_worksheet(), book.add_format({"border": 1})
            for number, row in enumerate([head, *many]):
                for column, cell in enumerate(row):
                    if cell:
                        sheet.write_string(number, column, cell)
            for number in range(BLANK if name == "bordered.xlsx" else 0):
                for column in range(len(head)):
                    sheet.write_blank(len(many) + 1 + number, column, None, border)
    return {
        "a CSV": paths["year.csv"],
        "a workbook": paths["year.xlsx"],
        "a workbook with as many blank bordered rows": paths["bordered.xlsx"],
    }


def _each(work: Work, items: Sequence[object]) -> float:
    start = time.process_time()
    work()
    return (time.process_time() - start) / len(items) * 1e6


if __name__ == "__main__":
    show(Console())
