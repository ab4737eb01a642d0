"""Kill a telling process at given points of a thousand, and see what its journal has kept.

`python -m tests.session.killing FOLDER 0 1 137` prints `whole` for each point, or fails; `--all` tries all.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sys
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


def opened(path: Path, book: Book = BOOK, fsync: bool = False) -> Session:
    return book.session("compiled", journal=path, fsync=fsync)


def the_stream() -> Iterator[Step]:
    """A thousand tellings, the same each time."""
    chance = random.Random(6)
    for number in range(TELLINGS):
        kind = chance.choice(["tell"] * 8 + ["retract", "forget"])
        facts = {"choice": chance.choice("abc"), "open_count": number}
        yield Step(kind if number else "tell", f"c{chance.randrange(20)}", facts)


def kill_at(path: Path, point: int) -> None:
    """Let a process tell, kill it once it has acknowledged a point, and restore."""
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        session = opened(path, fsync=True)
        for number, step in enumerate(the_stream()):
            take(session, step)
            os.write(writing, b"%d\n" % number)
        signal.pause()
    os.close(writing)
    with os.fdopen(reading) as acknowledging:
        for line in acknowledging:
            if int(line) >= point:
                break
        os.kill(child, signal.SIGKILL)
        acknowledged = [point, *map(int, acknowledging)][-1]
    os.waitpid(child, 0)
    with opened(path) as restored:
        found = json.dumps({i: dict(restored[i].case.facts) for i in restored}, sort_keys=True)
    told: dict[str, dict[str, Any]] = {}
    states = []
    for step in the_stream():
        follow(told, step)
        states.append(json.dumps(told, sort_keys=True))
    assert found in states[acknowledged : acknowledged + 2], f"lost at {acknowledged}"  # the next may be kept too


def main(folder: str, *points: str) -> None:
    for point in range(TELLINGS) if points == ("--all",) else map(int, points):
        path = Path(folder) / f"{point}.jsonl"
        kill_at(path, point)
        path.unlink()
        print(point, "whole")  # noqa: T201


if __name__ == "__main__":
    main(*sys.argv[1:])
