"""Many cases: reformkit one at a time and in columns beside its peers, with a picture of how cost grows.

`python -m benchmarks.columns --cases 10000000 --rules 100 --frames-only --limit 120` for more than `make bench` waits for.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from rich.console import Console
from rich.table import Table

from benchmarks.growth import picture
from benchmarks.peer_process import Engine
from benchmarks.peers import NULLS, OURS, PEERS, ZEN_BATCH

RULES = (10, 100, 1_000, 10_000)
CASES = (10_000, 100_000, 1_000_000)
DOCS = Path(__file__).resolve().parents[1] / "docs"


@dataclass(frozen=True, slots=True)
class Cell:
    """What one engine took for one size of table and frame: medians; or why it was not asked."""

    engine: str
    rules: int
    cases: int
    seconds: float = 0.0
    cpu: float = 0.0
    more: float = 0.0
    skipped: str = ""


def measure(names: Sequence[str], rules: int, sizes: Sequence[int], rounds: int, limit: float) -> Iterator[Cell]:
    """Every engine over frames of each size, in turns, so that a slow moment of the machine hits all alike.

    An engine that would take longer than the limit for a round is not asked, and one that takes most of it in the
    first rounds is not asked again.
    Raises AssertionError where an engine gives other outcomes than the others.
    """
    engines = {name: Engine(name, rules) for name in names}
    for engine in engines.values():
        engine.answer(60 + 3 * limit)  # prepared
    a_case = dict.fromkeys(names, 0.0)
    for cases in sizes:
        answers: dict[str, list[dict[str, float]]] = {name: [] for name in names}
        skipped = {name: _skip(engine, a_case[name] * cases, limit) for name, engine in engines.items()}
        digests: dict[str, str] = {}
        for _ in range(rounds):
            for name, engine in engines.items():
                if skipped[name] or sum(one["seconds"] for one in answers[name]) > limit:
                    continue
                engine.ask(cases)
                answer = engine.answer(4 * limit)
                if answer is None:
                    skipped[name] = engine.gave_up
                    continue
                digests[name] = answer.pop("digest")
                answers[name].append(answer)
        assert len(set(digests.values()) - {""}) == 1, f"not the same outcomes: {digests}"
        for name, found in answers.items():
            if skipped[name]:
                yield Cell(name, rules, cases, skipped=skipped[name])
                continue
            seconds, cpu, more = (median(one[what] for one in found) for what in ("seconds", "cpu", "more"))
            a_case[name] = seconds / cases
            yield Cell(name, rules, cases, seconds, cpu, more)
    for engine in engines.values():
        engine.stop()


def _skip(engine: Engine, expected: float, limit: float) -> str:
    if engine.gave_up:
        return engine.gave_up
    return f"would take about {expected:,.0f} s" if expected > limit else ""


def show(console: Console, cells: Sequence[Cell], rules: int) -> None:
    """One table for a number of rules: for each engine and size seconds, memory and how many times ours."""
    own = [cell for cell in cells if cell.rules == rules]
    sizes = sorted({cell.cases for cell in own})
    ours = {cell.cases: cell.seconds for cell in own if cell.engine == OURS}
    table = Table("engine", title=f"{rules:,} rules", title_justify="left")
    for cases in sizes:
        table.add_column(f"{cases:,} cases", justify="right")
    table.add_column("ns a case", justify="right")
    table.add_column("MB", justify="right")
    notes: dict[str, str] = {}
    for name in (name for name in PEERS if any(cell.engine == name for cell in own)):
        found = [next(cell for cell in own if (cell.engine, cell.cases) == (name, cases)) for cases in sizes]
        told = [_told(cell, ours[cell.cases], notes) for cell in found]
        largest = next((cell for cell in reversed(found) if not cell.skipped), None)
        last = ("", "") if largest is None else (_rate(largest), f"{max(0, largest.more):,.0f}")
        table.add_row(name, *told, *last)
    console.print(table)
    for reason, mark in notes.items():
        console.print(f"({mark}) {reason}", highlight=False)
    console.print()


def wanted(console: Console, cells: Sequence[Cell]) -> None:
    """What columns are to reach, and what they reached, at the largest size."""
    largest = max(cell.cases for cell in cells)
    case = {
        (cell.engine, cell.rules): cell.seconds / cell.cases
        for cell in cells
        if not cell.skipped and cell.cases == largest
    }
    table = Table(f"{largest:,} cases", "found", "wanted", title="What columns are to reach", title_justify="left")

    def ratio(what: str, one: tuple[str, int], other: tuple[str, int], wish: str) -> None:
        if one in case and other in case:
            table.add_row(what, f"{case[one] / case[other]:.3g}", wish)

    ratio("Polars when/then : columns, 10 rules", ("Polars when/then", 10), (OURS, 10), "at least 1")
    ratio("Polars when/then : columns, 100 rules", ("Polars when/then", 100), (OURS, 100), "at least 10")
    ratio("columns, 1,000 rules : 10 rules", (OURS, 1_000), (OURS, 10), "at most 1.5")
    for rules in sorted({cell.rules for cell in cells}):
        ratio(f"zen-engine, batch : columns, {rules:,} rules", (ZEN_BATCH, rules), (OURS, rules), "at least 100")
    for rules in sorted({cell.rules for cell in cells}):
        if (NULLS, rules) in case:
            rate = 1e-6 / case[NULLS, rules]
            table.add_row(f"a fifth null, {rules:,} rules: million cases a second", f"{rate:.2f}", "at least 0.3")
    console.print(table)


def _told(cell: Cell, ours: float, notes: dict[str, str]) -> str:
    if cell.skipped:
        return f"({notes.setdefault(cell.skipped, chr(ord('a') + len(notes)))})"
    times = f"{cell.seconds / ours:6.3g}×" if ours else ""
    return f"{cell.seconds:.3g} s  {times}"


def _rate(cell: Cell) -> str:
    return f"{cell.cpu / cell.cases * 1e9:,.0f}"


def main(console: Console, arguments: Sequence[str] = ()) -> None:
    """Measure, print, and draw the picture."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rules", type=_numbers, default=RULES)
    parser.add_argument("--cases", type=_numbers, default=CASES)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--limit", type=float, default=30.0, help="seconds that a round of an engine may take")
    parser.add_argument("--frames-only", action="store_true", help="only engines that take frames: dicts need memory")
    parser.add_argument("--picture", type=Path, default=None, help="where to draw it: a path without an ending")
    options = parser.parse_args(arguments)
    names = [name for name, peer in PEERS.items() if peer.takes == "frame" or not options.frames_only]
    cells: list[Cell] = []
    console.print("Columns: seconds for all cases, and how many times ours. At the largest size: nanoseconds of")
    console.print("processor a case, and the memory that was needed beyond the cases themselves.\n")
    for rules in options.rules:
        cells += measure(names, rules, options.cases, options.rounds, options.limit)
        show(console, cells, rules)
    wanted(console, cells)
    if options.picture is not None:
        picture(cells, options.picture)


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(int(float(part)) for part in text.split(","))


if __name__ == "__main__":
    import sys

    main(Console(width=120), sys.argv[1:])
