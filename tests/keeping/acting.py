"""A ledger with a few acts, for tests: several items, numbers, files, Chinese text of every sort."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from typing import Any

from reformkit.keeping.line import Line
from reformkit.keeping.store import Store
from reformkit.keeping.turn import Turn

CHINA = timezone(timedelta(hours=8))
SERIES = "某监建〔2022〕"
PAPER = "排查表：第一批\n".encode()


class Clock:
    """A clock that tests set; it goes a minute on each time that it is asked."""

    def __init__(self) -> None:
        self.now = datetime(2022, 3, 4, 9, 0, tzinfo=CHINA)

    def __call__(self) -> datetime:
        self.now += timedelta(minutes=1)
        return self.now


def appending(item: str, said: dict[str, Any], **number: Any) -> Callable[[Turn], Line]:
    return lambda turn: turn.append(item, said, **number)


def opened(url: str, **options: Any) -> Store:
    """A store; on PostgreSQL its files are kept in the folder in which the test stands."""
    folder = None if url.startswith("sqlite") else "files"
    return Store(url, **{"folder": folder, **options})


def filled(store: Store, acts: int = 12) -> Store:
    """A store with acts of three items, every fourth with a number, every fifth with a file."""
    for count in range(1, acts + 1):
        said: dict[str, Any] = {"kind": "done", "on": "2022-03-04", "reason": f"第{count}次“核实”\t\\ 𠮷 é"}
        if count % 5 == 0:
            kept = store.files.keep(PAPER * count, f"排查表{count}.txt")
            said["evidence"] = [{"sha256": kept.sha256, "bytes": kept.bytes, "name": kept.name}]

        def ask(turn: Turn, count: int = count, said: dict[str, Any] = said) -> None:
            number = {"series": SERIES, "number": turn.last_number(SERIES) + 1} if count % 4 == 0 else {}
            turn.append(f"2022-点-00{count % 3 + 1}", said, **number)

        store.write(ask, id=f"act-{count}", asked={"count": count})
    return store
