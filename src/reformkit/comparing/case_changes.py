"""Which stored cases an edit changes: every case assessed with both rulebooks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from reformkit.assessing.tally import Tally
from reformkit.assessing.weighed import Weighed
from reformkit.model.case import Case
from reformkit.model.decision import Decision
from reformkit.problem import Problem


@dataclass(frozen=True, slots=True)
class CaseResult:
    """What one decision came to for one case: the outcomes that are given, and those still possible."""

    status: str
    outcomes: tuple[str, ...]
    possible: tuple[str, ...]
    rule: str | None

    @classmethod
    def of(cls, decision: Decision) -> CaseResult:
        return cls(decision.status, decision.outcomes, decision.possible, decision.rule)

    @property
    def result(self) -> tuple[str, ...]:
        """The result alone: its outcomes where it is decided, else its status."""
        return self.outcomes if self.status == "decided" else (self.status,)


@dataclass(frozen=True, slots=True)
class CaseChange:
    """One case that comes out otherwise: its decisions before and after, and the measures gone and new."""

    case: Case
    decisions: dict[str, tuple[CaseResult, CaseResult]]
    measures_before: tuple[str, ...]
    measures_after: tuple[str, ...]

    @property
    def measures_gone(self) -> tuple[str, ...]:
        return tuple(m for m in self.measures_before if m not in self.measures_after)

    @property
    def measures_new(self) -> tuple[str, ...]:
        return tuple(m for m in self.measures_after if m not in self.measures_before)


@dataclass
class CaseChanges:
    """All stored cases under both rulebooks.

    `moves`: for each decision, how many cases went from which result to which, those that stayed included.
    `problems`: the cases that one of the rulebooks cannot take, and why; they are not counted.
    """

    cases: int = 0
    changed: list[CaseChange] = field(default_factory=list)
    moves: dict[str, Counter[tuple[tuple[str, ...], tuple[str, ...]]]] = field(default_factory=dict)
    before: Tally = field(default_factory=Tally)
    after: Tally = field(default_factory=Tally)
    problems: list[Problem] = field(default_factory=list)

    def to_dict(self) -> dict[str, Any]:
        """Plain data for JSON."""
        return {
            "cases": self.cases,
            "changed": [_change(change) for change in self.changed],
            "moves": {
                name: [
                    {"before": list(before), "after": list(after), "cases": number}
                    for (before, after), number in counts.most_common()
                ]
                for name, counts in self.moves.items()
            },
            "start_rate": {"before": _rate(self.before), "after": _rate(self.after)},
            "problems": [problem.to_dict() for problem in self.problems],
        }


def case_changes(pairs: Iterable[tuple[Weighed, Weighed]]) -> CaseChanges:
    """What becomes of each case, from its assessments before and after."""
    changes = CaseChanges()
    for before, after in pairs:
        changes.cases += 1
        changes.before.add(before)
        changes.after.add(after)
        came = {
            name: (CaseResult.of(before.decisions[name]), CaseResult.of(after.decisions[name]))
            for name in after.decisions
            if name in before.decisions
        }
        for name, (was, now) in came.items():
            changes.moves.setdefault(name, Counter())[was.result, now.result] += 1
        moved = {name: pair for name, pair in came.items() if _seen(pair[0]) != _seen(pair[1])}
        measures = [tuple(r.measure.id for r in a.recommendations) for a in (before, after)]
        if moved or set(measures[0]) != set(measures[1]):
            changes.changed.append(CaseChange(after.case, moved, *measures))
    return changes


def _seen(came: CaseResult) -> object:
    """What tells two results of a decision apart: which rule gave it does not."""
    return came.status, came.outcomes, came.possible


def _change(change: CaseChange) -> dict[str, Any]:
    return {
        "id": change.case.id,
        "decisions": {
            name: {"before": _came(before), "after": _came(after)} for name, (before, after) in change.decisions.items()
        },
        "measures": {"gone": list(change.measures_gone), "new": list(change.measures_new)},
    }


def _came(came: CaseResult) -> dict[str, Any]:
    return {
        "status": came.status,
        "outcomes": list(came.outcomes),
        "possible": list(came.possible),
        "rule": came.rule,
    }


def _rate(tally: Tally) -> dict[str, int]:
    return {"passed": tally.passed, "judged": tally.judged}
