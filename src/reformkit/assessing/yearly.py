"""What the cases of a year come to: all together and by sector, at each gate, and what is asked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal, NamedTuple

from reformkit.assessing.questions import GATES, gate_to_speak, needs
from reformkit.assessing.tally import Tally, is_in_scope, reasons_of
from reformkit.assessing.weighed import Weighed
from reformkit.model.decision import Need
from reformkit.model.vocabulary import Dates

SECTOR = "industry"
"""The fact by which the cases of a year are told apart."""

MAY_WAIT = ("startup", "layer")
"""The decisions that wait for someone while they are open."""


class Waiting(NamedTuple):
    """What waits for someone: a gate by its fact, or a decision."""

    kind: Literal["gate", "decision"]
    name: str


@dataclass
class GateCount:
    """How a gate spoke: cases studied, passed and sent back, and what the advice says of those sent back."""

    studied: int = 0
    passed: int = 0
    rejected: int = 0
    reasons: Counter[str] = field(default_factory=Counter)


@dataclass
class YearCount:
    """What the cases of a year come to.

    `by_sector` has a tally for each value of `SECTOR`, None where it is not said. `found` and `suspected` are cases by
    cause, `found_in` those found by sector. `to_decide` are the ids of cases by what waits for someone: a gate that has
    yet to speak (`("gate", its fact)`), or an open decision (`("decision", its name)`). `asked`
    are cases by the fact that is to be told.
    """

    whole: Tally = field(default_factory=Tally)
    by_sector: dict[str | None, Tally] = field(default_factory=dict)
    gates: dict[str, GateCount] = field(default_factory=dict)
    found: Counter[str] = field(default_factory=Counter)
    suspected: Counter[str] = field(default_factory=Counter)
    found_in: dict[str | None, Counter[str]] = field(default_factory=dict)
    to_decide: dict[Waiting, list[str]] = field(default_factory=dict)
    asked: Counter[str] = field(default_factory=Counter)

    def add(self, a: Weighed, asked: Iterable[Need] | None = None, name: str | None = None) -> None:
        """Count one more case. `asked` are its questions, where they were worked out before; `name`, if not its id, is
        what it is named as where something waits."""
        self.whole.add(a)
        sector = a.case.facts.get(SECTOR)
        self.by_sector.setdefault(sector, Tally()).add(a)
        self.found_in.setdefault(sector, Counter()).update(a.found)
        for certainty, counter in (("found", self.found), ("suspected", self.suspected)):
            counter.update({cause.cause for cause in a.causes if cause.certainty == certainty})
        if is_in_scope(a):
            self._hear_gates(a)
        for waiting in to_decide(a):
            self.to_decide.setdefault(waiting, []).append(name or a.case.id)
        self.asked.update({need.fact for need in (needs(a) if asked is None else asked)} - set(GATES))

    def _hear_gates(self, a: Weighed) -> None:
        for gate in GATES:
            said = a.case.facts.get(gate)
            if said is None:
                continue
            count = self.gates.setdefault(gate, GateCount())
            count.studied += 1
            count.passed += said == "passed"
            if said == "rejected":
                count.rejected += 1
                count.reasons.update(reasons_of(a))


def to_decide(a: Weighed) -> list[Waiting]:
    """What of a case waits for someone: the gate that has yet to speak, and decisions that are open."""
    if a.not_started:
        return []
    gate = gate_to_speak(a)
    open_ = [name for name in MAY_WAIT if name in a.decisions and a.decisions[name].status == "undetermined"]
    return [*([] if gate is None else [Waiting("gate", gate)]), *(Waiting("decision", name) for name in open_)]


def year_of(facts: Mapping[str, Any], dates: Dates) -> int | None:
    """The year to which a case belongs: that of its day of judging, else of the first known day of the case.

    >>> year_of({"decided_on": date(2021, 12, 28), "assessed_on": date(2022, 1, 10)}, Dates(assessed="assessed_on"))
    2022
    """
    days = (facts.get(name) for name in dates.facts)
    return next((day.year for day in days if isinstance(day, date)), None)
