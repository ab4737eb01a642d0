"""Facts told one at a time: both engines beside plain durable-rules. `python -m benchmarks.session CASES FACTS`."""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

import reformkit

STATM = Path("/proc/self/statm")
Tell = Callable[[str, dict[str, Any]], object]


def told(cases: int, facts: int) -> None:
    """Tell so many facts of so many cases; rate, and how memory grows when the same cases are told as much again."""
    table = Table("engine", "facts a second", "us each", "more memory, MiB", title_justify="left")
    table.title = f"Session: {facts:,} facts over {cases:,} cases, bundled rulebook, then as many again"
    book = reformkit.load()
    for by in ("compiled", "durable"):
        session = book.session(by)  # type: ignore[arg-type]

        def tell(case_id: str, stated: dict[str, Any], session: Any = session) -> None:
            session.tell(case_id, stated)
            session.changes()

        table.add_row(by, *measured(tell, cases, facts))
    table.add_row("plain durable-rules: the facts alone, asserted in one rule each", *measured(plain(), cases, facts))
    Console(width=110).print(table)


def measured(tell: Tell, cases: int, facts: int) -> tuple[str, str, str]:
    """The rate of the first round, and the memory that a second one over the same cases adds."""
    start = time.perf_counter()
    for case_id, stated in stream(cases, facts, 1):
        tell(case_id, stated)
    spent = time.perf_counter() - start
    before = resident()
    for case_id, stated in stream(cases, facts, 2):
        tell(case_id, stated)
    return f"{facts / spent:,.0f}", f"{spent / facts * 1e6:.0f}", f"{(resident() - before) / 2**20:.1f}"


def stream(cases: int, facts: int, seed: int) -> Iterator[tuple[str, dict[str, Any]]]:
    """One fact a telling, of cases in turn mixed; a district of 40 places and 14 sectors."""
    chance = random.Random(seed)
    fields = reformkit.load().rulebook.fields
    industries, causes = list(fields["industry"].values), list(fields["causes"].values)
    values: dict[str, Callable[[int], Any]] = {
        "origin": lambda _: "filed_case",
        "authority_level": lambda _: chance.choice(["county", "township", "city"]),
        "filed_on": lambda case: date(2022, 1, 1) + timedelta(days=case % 700),
        "region": lambda case: f"县{case % 40}",
        "township": lambda case: f"乡{case % 400}",
        "industry": lambda case: industries[case % len(industries)],
        "stage": lambda _: chance.choice(["under_investigation", "sanctioned"]),
        "coordinator_gate": lambda _: chance.choice(["passed", "rejected"]),
        "form": lambda _: chance.choice(["first", "second", "third", "fourth"]),
        "causes": lambda _: chance.sample(causes, 2),
    }
    names = list(values)
    for _ in range(facts):
        case = chance.randrange(cases)
        name = chance.choice(names)
        yield f"C-{case}", {name: values[name](case)}


def plain() -> Tell:
    """durable-rules as it comes: each fact posted to a ruleset of one rule a fact, no rulebook, no answer."""
    from durable import engine  # noqa: PLC0415

    heard: list[str] = []
    names = list(dict(stated for _, s in stream(10, 500, 1) for stated in s.items()))
    rules = {n: {"all": [{"m": {"$ex": {n: 1}}}], "run": lambda c: heard.append(c.m.id)} for n in names}
    ruleset = engine.Ruleset("plain", None, rules)

    def tell(case_id: str, stated: dict[str, Any]) -> None:
        plainly = {name: str(value) for name, value in stated.items()}
        handle = ruleset.assert_fact({"sid": "1", "id": case_id, **plainly})
        ruleset.do_actions(handle, lambda error, state: None)
        ruleset.delete_state("1")
        heard.clear()

    return tell


def resident() -> int:
    """Bytes of memory that the process holds."""
    return int(STATM.read_text().split()[1]) * 4096


if __name__ == "__main__":
    told(*map(int, sys.argv[1:]))
