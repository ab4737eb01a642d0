"""What many assessments come to together, as numbers."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from reformkit.assessing.prepared import Prepared
from reformkit.assessing.questions import screened
from reformkit.assessing.weighed import Weighed

SCOPE, FIRST_GATE = ("source", "case"), ("coordinator_gate", "passed")
"""The outcome that puts a case in scope of starting, and the fact and value on which the start rate rests."""

SIFTED, ADVISED = ("coordinator_gate", "rejected"), "advise_sift"
"""The fact and value of what the first gate sifted out, and the advice whose reasons are counted beside it."""


@dataclass
class Tally:
    """What many assessments come to: cases by outcome of each decision, by weak point and by measure.

    `left_out` are cases that could not be read: they are in no other number.
    """

    cases: int = 0
    left_out: int = 0
    in_scope: int = 0
    judged: int = 0
    passed: int = 0
    sifted: int = 0
    against: int = 0
    reasons: Counter[str] = field(default_factory=Counter)
    outcomes: dict[str, Counter[str]] = field(default_factory=dict)
    found: Counter[str] = field(default_factory=Counter)
    suspected: Counter[str] = field(default_factory=Counter)
    measures: Counter[str] = field(default_factory=Counter)

    def add(self, a: Weighed) -> None:
        """Count one more case; startup and layer only where it is in scope, and of other rulebooks all that they decide."""
        self.cases += 1
        if is_in_scope(a):
            self.in_scope += 1
            for name in counted_decisions(a.book):
                decision = a.decisions[name]
                self.outcomes.setdefault(name, Counter())[decision.outcome or decision.status] += 1
            gate = a.case.facts.get(FIRST_GATE[0])
            self.judged += gate is not None
            self.passed += gate == FIRST_GATE[1]
            self._screen(a)
        for certainty, counter in (("found", self.found), ("suspected", self.suspected)):
            counter.update({c.weak_point for c in a.causes if c.certainty == certainty})
        self.measures.update(() if a.advice is None else a.advice.measures)

    def _screen(self, a: Weighed) -> None:
        """Count why the first gate may have sifted a case out, and what passed against the advice."""
        advice = a.decisions.get(a.book.screening)
        if advice is None:
            return
        gate = a.case.facts.get(SIFTED[0])
        if gate == SIFTED[1]:
            self.sifted += 1
            self.reasons.update(reasons_of(a))
        self.against += gate == FIRST_GATE[1] and advice.outcome == ADVISED


def counted_decisions(book: Prepared) -> list[str]:
    """The decisions that are counted and listed: startup and layer, or in a rulebook without these each of one outcome."""
    tables = book.rulebook.decisions
    return [name for name in ("startup", "layer") if name in tables] or [
        name for name in book.rulebook.order if tables[name].hit != "collect"
    ]


def is_in_scope(a: Weighed) -> bool:
    """Whether a case is one from which reform may start: a matter of another source passes no gates."""
    scope = a.decisions.get(SCOPE[0])
    return scope is None or scope.outcome == SCOPE[1]


def reasons_of(a: Weighed) -> list[str]:
    """Why a case was sifted out, as the advice has it: the rules that advise it, else what else it came to."""
    advice = a.decisions.get(a.book.screening)
    if advice is None:
        return []
    rules = [rule.id for rule in screened(a)] if advice.outcome == ADVISED else []
    return rules or [advice.outcome or advice.status]
