"""A ledger written from a list of acts, without a database: an exported file, which `restore` makes a ledger of.

For a ledger that is rebuilt from other records, for examples and for measuring: no guard looks at the acts.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, time, timedelta, timezone
from pathlib import Path
from typing import Any, NamedTuple

from reformkit.beside import beside
from reformkit.keeping.exchange import act_line, first_line
from reformkit.keeping.line import START, Head, Line, canonical, chained

CHINA = timezone(timedelta(hours=8))


class PlainAct(NamedTuple):
    """An act that the ledger is to hold: its item, the day on which it was written, all else that it says, its number."""

    item: str
    written: date
    act: Mapping[str, Any]
    series: str | None = None
    number: int | None = None


def lines_of(acts: Iterable[PlainAct]) -> Iterator[Line]:
    """Acts as the lines of one ledger, in the order in which they come: the same bytes each time.

    Each is written at nine o'clock in China. Raises ValueError where a day goes back.
    """
    hash, counts, last = START, dict[str, int](), date.min
    for seq, said in enumerate(acts, 1):
        if said.written < last:
            raise ValueError(f"act {seq} was written on {said.written}, before the one before it ({last})")
        last, counts[said.item] = said.written, counts.get(said.item, 0) + 1
        at = datetime.combine(said.written, time(9), CHINA).isoformat(timespec="seconds")
        act = {**said.act, "id": f"rebuilt-{seq}", "item": said.item, "seq": seq, "n": counts[said.item], "at": at}
        if said.series is not None:
            act |= {"series": said.series, "number": said.number}
        text = canonical(act)
        hash = chained(hash, text)
        yield Line(text, hash, json.loads(text))


def write_export(path: str | os.PathLike[str], acts: Iterable[PlainAct]) -> Head:
    """Write acts as an exported ledger. Returns where it ends."""
    lines = list(lines_of(acts))
    head = Head(lines[-1].seq, lines[-1].hash, lines[-1].at) if lines else Head(0, START, None)
    with beside(Path(path)) as file:
        file.write(first_line(head))
        file.writelines(act_line(line) for line in lines)
    return head
