"""What decisions of many cases come to: each different verdict kept once, by number."""

from __future__ import annotations

from threading import Lock
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from reformkit.deciding.meaning import Open
from reformkit.deciding.table import CompiledTable
from reformkit.model.decision import CONFLICT, UNCOVERED, Answer, Status

Verdicts = NDArray[np.int32]
"""The number of each row's verdict; -1: not settled yet."""


class Verdict(NamedTuple):
    """What a decision came to, as far as columns tell it. `open`: what an undetermined one leaves possible, for
    the decisions that build on it."""

    status: Status
    outcomes: tuple[str, ...] = ()
    rule: str | None = None
    open: Open | None = None


class VerdictState(NamedTuple):
    """What the result of a case with unknown facts hangs on: the boxes alive, and what is unknown or partly
    known."""

    alive: int
    unknown: tuple[str, ...]
    opens: tuple[tuple[str, Open], ...]


def verdict_of(answer: Answer) -> Verdict:
    """An answer as columns tell it."""
    settlement = answer.settlement
    left = None
    if answer.status == "undetermined" and not {CONFLICT, UNCOVERED} & set(settlement.possible):
        left = Open(frozenset(settlement.outcomes), frozenset(settlement.possible))
    return Verdict(answer.status, settlement.outcomes, settlement.rule, left)


class VerdictNumbers:
    """The verdicts of one table by number, from several threads."""

    def __init__(self, table: CompiledTable) -> None:
        self.verdicts: list[Verdict] = [verdict_of(table.plain[0])]
        """What the numbers stand for; under `first` 0 is that of no box, `p + 1` that of box `p`."""
        if table.hit == "first":
            self.verdicts += [verdict_of(answer) for answer in reversed(table.plain[1:])]
        self.states: dict[int, VerdictState] = {}
        """The state behind each verdict that has a number of its own."""
        self._same: dict[Verdict, int] = {}
        self._lock = Lock()

    def number(self, verdict: Verdict) -> int:
        """The number of a verdict."""
        with self._lock:
            number = self._same.get(verdict)
            if number is None:
                number = self._same[verdict] = len(self.verdicts)
                self.verdicts.append(verdict)
            return number

    def apart(self, verdict: Verdict, state: VerdictState) -> int:
        """A number of its own for the verdict of a state."""
        with self._lock:
            self.verdicts.append(verdict)
            number = len(self.verdicts) - 1
            self.states[number] = state
            return number
