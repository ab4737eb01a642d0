"""Kill a process that tells after each of a thousand tellings, and at any time between; see what its journal has.

`python -m tests.session.killing FOLDER [FIRST LAST]`
"""

from __future__ import annotations

import json
import os
import random
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from reformkit.book import Book
from reformkit.model.condition import Test
from reformkit.model.rulebook import DecisionTable, Otherwise, Rule, Rulebook
from reformkit.model.vocabulary import Vocabulary
from reformkit.session.session import Session
from reformkit.text import Text
from tests.agreement.rulebooks import FIELDS, items
from tests.session.streams import Step, follow, take

TELLINGS = 1000
FEW = 3
"""Tellings of a process that is killed at any time: so it is often killed."""


def small(then: str = "K", version: str = "1", without: str = "") -> Book:
    """A book of one decision."""
    table = DecisionTable(
        id="d",
        title=Text.same("d"),
        hit="first",
        outcomes=items("KLM"),
        rules=(Rule(id="R", when=Test(fact="choice", one_of=("a",)), then=then),),
        otherwise=Otherwise(then="M"),
    )
    vocabulary = Vocabulary(fields={name: field for name, field in FIELDS.items() if name != without})
    return Book(
        Rulebook(name="small", version=version, title=Text.same("t"), vocabulary=vocabulary, decisions={"d": table})
    )


BOOK = small()
BOOKS = (BOOK, small("L", "2"))


def opened(path: Path, book: Book = BOOK, fsync: bool = False) -> Session:
    return book.session("compiled", journal=path, fsync=fsync)


def the_stream() -> list[Step]:
    """A thousand tellings that all make sense, the same each time."""
    chance = random.Random(6)
    told: dict[str, dict[str, Any]] = {}
    steps: list[Step] = []
    while len(steps) < TELLINGS:
        kind = chance.choice(["tell"] * 8 + ["retract", "forget"])
        step = Step(kind, f"c{chance.randrange(20)}", {"choice": chance.choice("abc"), "open_count": len(steps)})
        if kind == "tell" or step.case in told:
            follow(told, step)
            steps.append(step)
    return steps


STEPS = the_stream()


def states() -> Iterator[str]:
    """What is told before the first step, and after each."""
    told: dict[str, dict[str, Any]] = {}
    yield "{}"
    for step in STEPS:
        follow(told, step)
        yield json.dumps(told, sort_keys=True)


STATES = list(states())


class Child:
    """A process that goes on with a journal where it ends, saying on a pipe how many tellings are acknowledged."""

    def __init__(self, path: Path, book: Book, first: int, last: int) -> None:
        reading, writing = os.pipe()
        self.pid = os.fork()
        if not self.pid:
            os.close(reading)
            session = opened(path, book, fsync=True)
            os.write(writing, b"%d\n" % first)
            for number in range(first, last):
                take(session, STEPS[number])
                os.write(writing, b"%d\n" % (number + 1))
            signal.pause()
        os.close(writing)
        self._pipe = os.fdopen(reading)

    def wait_for(self, telling: int) -> float:
        """Until so many tellings are acknowledged; the seconds that it took."""
        start = time.monotonic()
        assert int(self._pipe.readline()) == telling
        return time.monotonic() - start

    def kill(self) -> list[int]:
        """End it as a power cut would; what it had acknowledged that was not waited for."""
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        with self._pipe:
            return [int(line) for line in self._pipe]


def restored(path: Path, book: Book, acknowledged: int) -> int:
    """Open the journal that a killed process left; how many tellings it has, nothing acknowledged among the lost."""
    with opened(path, book) as session:
        number = session._number
        assert acknowledged <= number <= acknowledged + 1, f"{acknowledged} were acknowledged, {number} are there"
        found = json.dumps({i: dict(session[i].case.facts) for i in session}, sort_keys=True)
        assert found == STATES[number], f"not as told after {number}"
        assert {problem.code for problem in session.problems} <= {"RK502", "RK505"}
        assert all(session[i].decisions == book.assess(session[i].case).decisions for i in session)
    return number


def kill_after_each(path: Path, first: int, last: int) -> tuple[float, float]:
    """Kill a process after each telling from `first` to `last`; the seconds of an opening and of a telling."""
    opening = telling = 0.0
    for number in range(first, last):
        book = BOOKS[number // 3 % 2]  # a new header now and then
        child = Child(path, book, number, number + 1)
        opening += child.wait_for(number)
        telling += child.wait_for(number + 1)
        assert child.kill() == []
        assert restored(path, book, number + 1) == number + 1
    return opening / (last - first), telling / (last - first)


def kill_any_time(path: Path, first: int, last: int, opening: float, telling: float) -> int:
    """Kill processes while they open, decide, write and sync, until they have come from `first` to `last`; how many."""
    chance, number, kills = random.Random(first), first, 0
    while number < last:
        kills += 1
        book = BOOKS[kills // 3 % 2]
        child = Child(path, book, number, min(number + FEW, last))
        if kills % 3:
            child.wait_for(number)
        time.sleep(chance.uniform(0, FEW * telling if kills % 3 else opening))
        number = restored(path, book, [number, *child.kill()][-1])
    return kills


def told_up_to(path: Path, number: int) -> None:
    """A journal of the first tellings."""
    with opened(path) as session:
        for step in STEPS[:number]:
            take(session, step)


def main(folder: str, first: int = 0, last: int = TELLINGS) -> None:
    after, any_time = Path(folder) / "after.jsonl", Path(folder) / "any_time.jsonl"
    told_up_to(after, first)
    told_up_to(any_time, first)
    opening, telling = kill_after_each(after, first, last)
    kills = kill_any_time(any_time, first, last, opening, telling)
    said = f"killed after each of {last - first} tellings, and {kills} times anywhere: nothing acknowledged was lost"
    print(said)  # noqa: T201


if __name__ == "__main__":
    main(sys.argv[1], *map(int, sys.argv[2:]))
