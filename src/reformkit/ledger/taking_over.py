"""An office's earlier ledger taken over: each row becomes an item, with the acts that its days tell of.

Every act goes through the guards of its verb, by an account that may do it, is marked as entered late (补录), and has an
extract of its row as its paper. All rows are one transaction. An act's id comes from its row, so that a second run
writes only what the table has come to say since.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

from reformkit.ledger.enterers import Enterers
from reformkit.ledger.ledger import Ledger
from reformkit.ledger.old_acts import OldActs
from reformkit.ledger.old_days import OldDays, steps_in_order
from reformkit.ledger.old_sheet import OldRow, read_old_sheet
from reformkit.model.act import Act
from reformkit.model.evidence import Evidence
from reformkit.model.procedure import Procedure
from reformkit.problem import CaseError, LedgerError, LetterError, Place, Problem, RefusedError
from reformkit.text import Text

LATE = Text("原有台账转入", "taken over from an earlier ledger")
_OPENING, _JUDGED = Text("立项", "opening"), Text("逐条判定", "criteria judged")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class TakenRow:
    """What became of a row: its item, the acts written for it, and how many stood in the ledger already."""

    place: Place
    id: str
    item: str
    acts: tuple[Act, ...]
    already: int
    told: tuple[tuple[Text, date], ...] = ()
    """What was done, in words, and when."""


@dataclass(frozen=True, slots=True)
class TakenOver:
    """What was taken over, or would be (`tried`); `problems` are warnings."""

    rows: tuple[TakenRow, ...]
    problems: tuple[Problem, ...]
    tried: bool

    @property
    def acts(self) -> int:
        """How many acts were written."""
        return sum(len(row.acts) for row in self.rows)


class _TriedError(Exception):
    """All went well, and nothing is to be kept."""


def take_over(
    ledger: Ledger,
    path: str | os.PathLike[str],
    *,
    by: Sequence[str],
    late: str | None = None,
    fill_steps: bool = False,
    dry_run: bool = False,
) -> TakenOver:
    """Take an earlier ledger over, all of its rows or none.

    `by` are the accounts that enter it: for each act the first that holds its role. `late` is why it is entered late.
    `fill_steps`: steps that the table has no day for, and that others wait for, are entered on the day of the step
    after them, and say so. Raises `RefusedError` with everything that stands in the way, each at its row or cell.
    """
    name, procedures = os.fspath(path), ledger._known_procedures
    sheet = read_old_sheet(name, ledger.book.rulebook, procedures)
    problems, rows = list(sheet.problems), []
    paper, enterers = Evidence(name, ledger.today()), Enterers(tuple(by), ledger.office)
    try:
        with ledger.together(takes_over=True):
            for row in sheet.rows:
                acts = OldActs(ledger, row, enterers, late or LATE.zh, paper)
                taken = _Taker(ledger, row, acts, fill_steps, problems).take()
                rows += [taken] if taken else []
            if any(problem.severity == "error" for problem in problems):
                raise RefusedError(problems)
            if dry_run:
                raise _TriedError
    except _TriedError:
        pass
    return TakenOver(tuple(rows), tuple(problems), dry_run)


@dataclass(slots=True)
class _Taker:
    """Takes one row over."""

    ledger: Ledger
    row: OldRow
    acts: OldActs
    fill_steps: bool
    problems: list[Problem]

    def take(self) -> TakenRow | None:
        """What became of the row; None where something stands in its way, which is noted."""
        before = len(self.problems)
        procedure = self._procedure()
        days: Mapping[str, tuple[date, bool]] = {}
        if procedure is not None:
            plan = OldDays(self.row, procedure, self.ledger.book.rulebook.letters, self.ledger.office, self.fill_steps)
            days = plan.days()
            self.problems += plan.problems
        if self.row.said.get("opened_on") is None:
            self._refuse("RK841", None)
        if any(problem.severity == "error" for problem in self.problems[before:]) or procedure is None:
            return None
        item = self._tried("opened_on", lambda: self.acts.opened(procedure))
        if item is None:
            return None
        for step in steps_in_order(procedure):
            if step.id in days and self._tried(*self.acts.doing(item, step, *days[step.id])) is None:
                return None
        written = self.acts.written
        told = tuple(dict.fromkeys((_title_of(act, procedure), act.on) for act in written))
        return TakenRow(self.row.place(), self.row.id, item.id, tuple(written), self.acts.already, told)

    def _refuse(self, code: str, column: str | None, **values: object) -> None:
        self.problems.append(Problem(code, self.row.place(column), values, case=self.row.id))

    def _tried(self, column: str | None, work: Callable[[], T]) -> T | None:
        """What work gives; where something stands in its way, that is noted at a cell."""
        try:
            return work()
        except (RefusedError, LetterError, CaseError, LedgerError) as error:
            place = self.row.place(column)
            self.problems += [replace(problem, place=place, case=self.row.id) for problem in error.problems]
            return None

    # --- what is to be done ----------------------------------------------------------------------------

    def _procedure(self) -> Procedure | None:
        """The procedure that the row names, else the one for the source of its case."""
        known, word = self.ledger._known_procedures.procedures, self.row.said.get("procedure")
        if word is None:
            weighed = self._tried(None, lambda: self.ledger.assessed(self.acts.case))
            source = None if weighed is None else weighed.settled("source")
            found = next((p for p in known.values() if source is not None and p.source == source), None)
        else:
            found = next((p for p in known.values() if word in (p.id, p.title.zh, p.mark)), None)
        if found is None:
            titles = "、".join(f"{p.mark}（{p.title.zh}）" for p in known.values()), ", ".join(known)
            self._refuse("RK842", "procedure", word=word or "", known=Text(*titles))
        return found


def _title_of(act: Act, procedure: Procedure) -> Text:
    """What an act did: its step, or that it opened or judged."""
    step = procedure.steps.get(getattr(act.data, "step", None) or "")
    if step is not None:
        return step.title
    return _JUDGED if act.kind == "judged" else _OPENING
