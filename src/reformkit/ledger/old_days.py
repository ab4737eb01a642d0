"""When the steps of a row of an earlier ledger were done, and what keeps that from being known."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from reformkit.ledger.old_sheet import OldRow
from reformkit.model.letter import Letters
from reformkit.model.letter_number import LetterNumber
from reformkit.model.office import OfficeRecord
from reformkit.model.procedure import Procedure, Step
from reformkit.practising.posting import kinds_of
from reformkit.problem import Problem
from reformkit.text import Text

_BETWEEN = re.compile(r"[、;；\r\n]+")
BETWEEN_SUGGESTIONS = re.compile(r"[;；\r\n]+")


@dataclass(slots=True)
class OldDays:
    """The days of a row's steps under its procedure; `fill_steps`: steps without one may have that of the next."""

    row: OldRow
    procedure: Procedure
    letters: Letters | None
    office: OfficeRecord
    fill_steps: bool
    problems: list[Problem] = field(default_factory=list)

    def days(self) -> dict[str, tuple[date, bool]]:
        """The day of each step that was done, and whether the table lacks it; what is wrong with them is noted."""
        days: dict[str, tuple[date, bool]] = {}
        used: set[str] = set()
        procedure = self.procedure
        for step in procedure.steps.values():
            if step.doing == "issue":
                if self.row.said.get("issued_on") is not None and self._issues(step):
                    days[step.id] = self.row.said["issued_on"], False
            elif (found := self.row.day_of(step)) is not None:
                used.add(found[0])
                days[step.id] = found[1], False
        for column in self.row.days.keys() - used:
            heading = self.row.headings[column]
            self._refuse("RK843", column, heading=heading, procedure=procedure.title)
        if (self.row.said.get("issued_on") is None) is not (self.row.said.get("number") is None):
            self._refuse("RK844", "number" if "number" in self.row.said else "issued_on")
        elif "issued_on" in self.row.said and not any(procedure.steps[id].doing == "issue" for id in days):
            self._refuse("RK845", "number", word=self.row.said.get("letter") or self.row.said["number"])
        missing = self._fill(days)
        if missing:
            titles = [step.title for step in steps_in_order(procedure) if step.id in missing]
            steps = Text("、".join(t.zh for t in titles), ", ".join(t.en for t in titles))
            self._refuse("RK846", None, steps=steps)
        return days

    def _fill(self, days: dict[str, tuple[date, bool]]) -> set[str]:
        """Give each step without a day, for which one with a day waits, the day of the first that waits for it.

        Returns the steps that must not be filled.
        """
        missing: set[str] = set()
        procedure = self.procedure
        waiting = [(name, day) for id, (day, _) in days.items() for name in procedure.steps[id].after]
        while waiting:
            name, day = waiting.pop()
            step, known = procedure.steps[name], days.get(name)
            if known is not None and (not known[1] or known[0] <= day):
                continue
            if known is None and step.optional:
                waiting += [(before, day) for before in step.after]
                continue
            days[name] = day, True
            if not self.fill_steps or step.doing not in ("do", "opinion", "receipt"):
                missing.add(name)
            waiting += [(before, day) for before in step.after]
        return missing

    def _issues(self, step: Step) -> bool:
        kind = letter_kind(self.row, self.letters, self.office)
        return self.letters is not None and kind in kinds_of(step, self.letters)

    def _refuse(self, code: str, column: str | None, **values: object) -> None:
        self.problems.append(Problem(code, self.row.place(column), values, case=self.row.id))


def letter_kind(row: OldRow, letters: Letters | None, office: OfficeRecord) -> str | None:
    """The kind of the row's letter: the one that it names, else the one whose code its number has."""
    word = row.said.get("letter")
    if letters is None:
        return None
    if word is not None:
        return next((kind.id for kind in letters.kinds.values() if word in (kind.id, kind.title.zh)), None)
    number = LetterNumber.parse(row.said.get("number") or "")
    for kind in letters.kinds.values():
        code = office.code.get(kind.name or "")
        if number is not None and code and kind.series and number.code == f"{code}{kind.series}":
            return kind.id
    return None


def parts(words: str | None, between: re.Pattern[str] = _BETWEEN) -> list[str]:
    """What stands in one cell, taken apart.

    >>> parts("某局、某镇党委；某村"), parts(None)
    (['某局', '某镇党委', '某村'], [])
    """
    return [part.strip() for part in between.split(words or "") if part.strip()]


def steps_in_order(procedure: Procedure) -> Sequence[Step]:
    """The steps of a procedure, each after those that it waits for."""
    order: dict[str, Step] = {}

    def visit(step: Step) -> None:
        for name in step.after:
            if name not in order:
                visit(procedure.steps[name])
        order.setdefault(step.id, step)

    for step in procedure.steps.values():
        visit(step)
    return tuple(order.values())
