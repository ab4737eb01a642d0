"""A turn at the ledger: one transaction in which one caller, and nobody else, may look and then write."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert

from reformkit.keeping.line import OWN, Head, Line, canonical, chained, is_sha256, named_files
from reformkit.keeping.pages import Pages
from reformkit.keeping.tables import ACT, FILE
from reformkit.problem import Place, Problem, RefusedError
from reformkit.text import Text


class Turn(Pages):
    """What the caller of `Store.write` is given: `Pages` to look in, `append` to write.

    `at` is the moment at which the acts of this turn are written. What is appended can be looked up in the same turn,
    and is kept only when the whole turn ends well.
    """

    def __init__(
        self, connection: Connection, head: Head, at: datetime, id: str, asked: str | None, place: Place
    ) -> None:
        super().__init__(connection, head, place)
        self.at = at
        self.written: list[Line] = []
        self._id = id
        self._asked = asked

    def append(
        self, item: str, said: Mapping[str, Any], *, series: str | None = None, number: int | None = None
    ) -> Line:
        """Write one more act of an item. `series` and `number`, given together, are taken by it.

        `said` is the act in plain data, without what the store gives (`line.OWN`). The first act of a turn has the
        caller's id; those after it have it with their number: `id/2`. Raises `RefusedError` for what no line can hold
        (RK527) and a number that is taken (RK529), ValueError where a field of the store's own is said.
        """
        if own := OWN & said.keys():
            raise ValueError(f"the store itself gives {', '.join(sorted(own))}")
        if (series is None) != (number is None):
            raise ValueError("series and number are given together")
        self._check_names(item=item, series=series)
        if wrong := [sha256 for sha256, _size in named_files(said) if not is_sha256(sha256)]:
            raise ValueError(f"not a SHA-256: {wrong[0]!r}")
        head, seq = self.head, self.head.seq + 1
        count = len(self.written) + 1
        act: dict[str, Any] = {
            **said,
            "id": self._id if count == 1 else f"{self._id}/{count}",
            "item": item,
            "seq": seq,
            "n": self.n(item) + 1,
            "at": self.at.isoformat(timespec="seconds"),
        }
        if self._asked is not None:
            act["asked"] = self._asked
        if series is not None and number is not None:
            self._check_free(series, number)
            act |= {"series": series, "number": number}
        text = canonical(act)
        line = Line(text, chained(head.hash, text), json.loads(text))
        self._connection.execute(insert(ACT).values(row_of(line)))
        if files := files_of([line]):
            self._connection.execute(insert(FILE), files)
        self.written.append(line)
        self.head = Head(seq, line.hash, self.at)
        return line

    def _check_free(self, series: str, number: int) -> None:
        if number < 1:
            raise ValueError("numbers begin with 1")
        taken = self.around(series, number)[1]
        if taken is not None:
            values = {"series": series, "number": number, "seq": taken.seq, "item": taken.item}
            raise RefusedError([Problem("RK529", self._place, values)])

    def _check_names(self, **names: str | None) -> None:
        problems = [
            Problem("RK527", self._place, {"where": where, "what": what})
            for where, name in names.items()
            if name is not None and (what := name_fault(name)) is not None
        ]
        if problems:
            raise RefusedError(problems)


def name_fault(name: str) -> Text | None:
    """Why a text cannot be an id, an item or a series; None where it can.

    >>> name_fault("2022-点-014") is None, name_fault(" ").en
    (True, 'must be text of 1 to 200 characters that can be seen, without blanks at its ends')
    """
    if 1 <= len(name) <= 200 and name.isprintable() and name == name.strip():
        return None
    return Text(
        "须为 1 至 200 个可见字符，首尾无空格",
        "must be text of 1 to 200 characters that can be seen, without blanks at its ends",
    )


def row_of(line: Line) -> dict[str, Any]:
    """A line as a row of `act`."""
    return {
        "seq": line.seq,
        "id": line.id,
        "item": line.item,
        "n": line.n,
        "series": line.series,
        "number": line.number,
        "line": line.text,
        "hash": line.hash,
    }


def files_of(lines: Iterable[Line]) -> list[dict[str, Any]]:
    """The files that lines name, as rows of `file`: each once for an act."""
    named = {(sha256, line.seq) for line in lines for sha256, _size in line.named_files()}
    return [{"sha256": sha256, "seq": seq} for sha256, seq in sorted(named, key=lambda pair: (pair[1], pair[0]))]
