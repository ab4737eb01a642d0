"""A ledger of any size, made without a database: the same bytes each time. `restore` makes a ledger of it.

`python -m benchmarks.big_ledger FILE [ITEMS ACTS]`
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, time, timedelta, timezone
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

from reformkit.beside import beside
from reformkit.keeping.exchange import act_line, first_line
from reformkit.keeping.line import START, Head, Line, canonical, chained

ITEMS, ACTS = 10_000, 200_000
CHINA = timezone(timedelta(hours=8))
BEGIN = date(2022, 1, 4)


class Said(NamedTuple):
    """An act that the ledger is to hold: its item, the day it was written, and all else that it says."""

    item: str
    written: date
    act: Mapping[str, Any]
    series: str | None = None
    number: int | None = None


def lines_of(acts: Iterable[Said]) -> Iterator[Line]:
    """Acts as lines of one ledger, in the order in which they come; days must not go back."""
    hash, counts = START, dict[str, int]()
    for seq, said in enumerate(acts, 1):
        counts[said.item] = counts.get(said.item, 0) + 1
        at = datetime.combine(said.written, time(9), CHINA).isoformat(timespec="seconds")
        act: dict[str, Any] = {
            **said.act,
            "id": f"made-{seq}",
            "item": said.item,
            "seq": seq,
            "n": counts[said.item],
            "at": at,
        }
        if said.series is not None:
            act |= {"series": said.series, "number": said.number}
        text = canonical(act)
        hash = chained(hash, text)
        yield Line(text, hash, json.loads(text))


def write(path: Path, acts: Iterable[Said]) -> Head:
    """Write acts as an exported ledger."""
    lines = list(lines_of(acts))
    head = Head(lines[-1].seq, lines[-1].hash, lines[-1].at) if lines else Head(0, START, None)
    with beside(path) as file:
        file.write(first_line(head))
        file.writelines(act_line(line) for line in lines)
    return head


def plain(items: int = ITEMS, acts: int = ACTS) -> Iterator[Said]:
    """Acts of about the length of real ones, each item's spread over half a year; they mean nothing."""
    each = acts // items
    for count in range(acts):
        step, place = divmod(count, items)
        paper = sha256(str(count).encode()).hexdigest()
        day = BEGIN + timedelta(days=step * 180 // each)
        evidence = [
            {"sha256": paper, "bytes": 1, "name": "整改情况.pdf", "dated": day.isoformat(), "got": day.isoformat()}
        ]
        act = {
            "kind": "done",
            "v": 1,
            "on": day.isoformat(),
            "by": f"{place % 40:04}",
            "body": "js1",
            "role": "lead",
            "reason": "责任单位报送的材料与现场抽查一致",
            "data": {"step": f"step_{step}", "papers": ["reply"]},
            "evidence": evidence if step % 3 == 0 else [],
        }
        if step == 1:
            yield Said(f"2022-点-{place:05}", day, act, "某监建〔2022〕", place + 1)
        else:
            yield Said(f"2022-点-{place:05}", day, act)


if __name__ == "__main__":
    head = write(Path(sys.argv[1]), plain(*map(int, sys.argv[2:])))
    print(head.anchor)
