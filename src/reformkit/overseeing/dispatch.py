"""The month's dispatch (月调度) as people hold it: its rows by section, role and unit, in words and in files.

It holds the ledger's anchor, so that the signed sheet vouches for the ledger that it was read from. Nothing of it is
stored.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from reformkit.model.letter import Letters
from reformkit.overseeing import dispatch_sheet
from reformkit.overseeing.dispatch_row import SECTIONS, DispatchRow
from reformkit.problem import Problem
from reformkit.text import Lang, Text


@dataclass(frozen=True)
class Dispatch:
    """The dispatch of a day. `next_on` is the day of the next one; `anchor` the ledger as it was looked at."""

    as_of: date
    next_on: date
    anchor: str
    rows: tuple[DispatchRow, ...]
    duties: tuple[Problem, ...] = ()
    office: str = ""
    letters: Letters | None = field(default=None, repr=False, compare=False)

    def section(self, name: str) -> tuple[DispatchRow, ...]:
        """The rows of one section. Raises KeyError for an unknown one."""
        if name not in SECTIONS:
            raise KeyError(f"no section {name!r}; there are: {', '.join(SECTIONS)}")
        return tuple(row for row in self.rows if row.section == name)

    @property
    def overdue(self) -> tuple[DispatchRow, ...]:
        """Steps whose due day has passed, the latest first."""
        return self.section("overdue")

    @property
    def due(self) -> tuple[DispatchRow, ...]:
        """Steps that fall due by the next dispatch."""
        return self.section("due")

    @property
    def counts(self) -> dict[str, int]:
        """How many rows each section has; those without any are left out."""
        return {name: count for name in SECTIONS if (count := len(self.section(name)))}

    def by_role(self) -> dict[str, tuple[DispatchRow, ...]]:
        """What is overdue or falls due, by role."""
        return _grouped(self.overdue + self.due, lambda row: row.roles)

    def by_holder(self) -> dict[str, tuple[DispatchRow, ...]]:
        """What is overdue or falls due, by the body or unit that has it to do."""
        return _grouped(self.overdue + self.due, lambda row: row.holders)

    def by_unit(self) -> dict[str, tuple[DispatchRow, ...]]:
        """What is overdue or falls due, by the unit that the item concerns."""
        return _grouped(self.overdue + self.due, lambda row: (row.unit,))

    def lines(self) -> Iterator[Text]:
        """The dispatch in words, line by line."""
        return dispatch_sheet.lines(self)

    def explain(self, lang: Lang = "zh") -> str:
        """The dispatch in words."""
        return "\n".join(line.say(lang) for line in self.lines())

    def save(self, path: str | os.PathLike[str], lang: Lang = "zh") -> Path:
        """Write it to a .docx (by the rulebook's own template), .xlsx, .txt or .json.

        Raises ValueError for another ending, `MissingExtra` for a workbook without the extra `excel`.
        """
        return dispatch_sheet.save(self, path, self.letters, lang)

    def to_dict(self) -> dict[str, Any]:
        """Plain data for JSON."""
        return {
            "as_of": self.as_of.isoformat(),
            "next_on": self.next_on.isoformat(),
            "counts": self.counts,
            "rows": [row.to_dict() for row in self.rows],
            "duties": [problem.to_dict() for problem in self.duties],
            "anchor": self.anchor,
        }


def _grouped(
    rows: Sequence[DispatchRow], keys: Callable[[DispatchRow], Iterable[str]]
) -> dict[str, tuple[DispatchRow, ...]]:
    rows_of: dict[str, list[DispatchRow]] = {}
    for row in rows:
        for key in keys(row):
            rows_of.setdefault(key, []).append(row)
    return {key: tuple(of) for key, of in rows_of.items()}
