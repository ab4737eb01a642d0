"""Facts told one at a time: both engines beside plain durable-rules. `python -m benchmarks.session CASES`.

`python -m benchmarks.session CASES alone`: the tellings that change no count of another case, and those that do.
"""

from __future__ import annotations

import json
import random
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import cache
from itertools import chain, islice
from pathlib import Path
from statistics import mean, median
from typing import Any

from rich.console import Console
from rich.table import Table

import reformkit
from reformkit.deciding.live_signals import LiveSignals, Recounts
from reformkit.session.session import Session

STATM = Path("/proc/self/statm")
WAYS = ("compiled", "durable", "plain")
CHUNK = 500
"""Facts that are made ready before they are told, so that making them is not timed."""

CHECKED = 200
"""Cases of which a session is held to `book.assess` at the end."""

Tell = Callable[[str, dict[str, Any]], object]
Row = tuple[int, float, float]


def told(cases: int) -> None:
    """Tell ten facts of each case, then ten new values; a row a tenth, each engine in a process of its own."""
    table = Table("facts told", *(head for way in WAYS for head in (f"{way} us", "KiB")), title_justify="left")
    table.title = f"Session, {cases:,} cases: a fact, memory of a case"
    for column in table.columns:
        column.justify = "right"
    for rows in zip(*(_in_a_process(way, cases) for way in WAYS), strict=True):
        table.add_row(f"{rows[0][0]:,}", *(said for _, us, kib in rows for said in (f"{us:,.0f}", f"{kib:.1f}")))
    Console(width=110).print(table)


def _in_a_process(way: str, cases: int) -> list[Row]:
    command = [sys.executable, "-m", "benchmarks.session", str(cases), way]
    said = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
    return [tuple(json.loads(line)) for line in said.splitlines()]


def measured(way: str, cases: int) -> Iterator[Row]:
    """After each tenth of two rounds: the facts told, microseconds for each, KiB for each case since the start."""
    session = None if way == "plain" else reformkit.load().session(way)  # type: ignore[arg-type]
    tell = plain() if session is None else told_to(session)
    tell("C-0", {"origin": "filed_case"})
    every, tenth = chain(stream(cases, 1), stream(cases, 2)), cases
    start = resident()
    for number in range(1, 21):
        spent = 0.0
        for done in range(0, tenth, CHUNK):
            chunk = list(islice(every, min(CHUNK, tenth - done)))
            began = time.process_time()
            for case_id, said in chunk:
                tell(case_id, said)
            spent += time.process_time() - began
        yield tenth * number, spent / tenth * 1e6, (resident() - start) / 1024 / cases
    if session is not None:
        check(session, cases)


def alone(cases: int) -> None:
    """Median and mean microseconds of processor time of a telling, by whether it changes a count of another case."""
    session = reformkit.load().session("compiled")
    reached: list[bool] = []
    put = LiveSignals.put

    def watched(signals: LiveSignals, case_id: str, facts: Any) -> Recounts:
        recounts = put(signals, case_id, facts)
        reached.append(bool(recounts.keys() - {case_id}))
        return recounts

    LiveSignals.put = watched  # type: ignore[method-assign]
    for turn in (1, 2):
        times: dict[bool, list[float]] = {False: [], True: []}
        for case_id, said in stream(cases, turn):
            began = time.process_time()
            session.tell(case_id, said)
            times[reached.pop()].append((time.process_time() - began) * 1e6)
            session.changes()
        for others, found in times.items():
            who = "other cases too" if others else "alone"
            print(f"turn {turn}, {who}: {len(found):,}, median {median(found):.0f} us, mean {mean(found):.0f} us")
    check(session, cases)


def told_to(session: Session) -> Tell:
    def tell(case_id: str, said: dict[str, Any]) -> None:
        session.tell(case_id, said)
        session.changes()

    return tell


def check(session: Session, cases: int) -> None:
    """Hold some cases of a session to what `book.assess` says of all that was told."""
    told: dict[str, dict[str, Any]] = {}
    for case_id, said in chain(stream(cases, 1), stream(cases, 2)):
        told.setdefault(case_id, {}).update(said)
    assert set(session) == told.keys()
    history = [{"id": case_id, **said} for case_id, said in told.items()]
    for wanted in session.book.assess_many(history[:: max(1, cases // CHECKED)], history):
        assert session[wanted.case.id].decisions == wanted.decisions, wanted.case.id
        assert session[wanted.case.id].counts == wanted.counts, wanted.case.id


def stream(cases: int, seed: int) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every fact of every case once, a fact a telling, mixed; a district of 40 places and 400 townships."""
    chance = random.Random(seed)
    industries, causes = choices()
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
    pairs = [(case, name) for case in range(cases) for name in values]
    chance.shuffle(pairs)
    return ((f"C-{case}", {name: values[name](case)}) for case, name in pairs)


@cache
def choices() -> tuple[list[str], list[str]]:
    """The industries and the causes of the bundled rulebook."""
    fields = reformkit.load().rulebook.fields
    return list(fields["industry"].values), list(fields["causes"].values)


def plain() -> Tell:
    """durable-rules as it comes: each fact posted to a ruleset of one rule a fact, no rulebook, no answer."""
    from durable import engine  # noqa: PLC0415

    heard: list[str] = []
    names = list(dict(stated for _, s in stream(1, 1) for stated in s.items()))
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
    if sys.argv[2:] == ["alone"]:
        alone(int(sys.argv[1]))
    elif len(sys.argv) > 2:
        for row in measured(sys.argv[2], int(sys.argv[1])):
            print(json.dumps(row), flush=True)
    else:
        told(int(sys.argv[1]))
