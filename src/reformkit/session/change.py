"""What a telling changed: one decision of one case, before and after."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from reformkit.model.decision import Decision, Need
from reformkit.model.telling import Telling
from reformkit.text import Text


@dataclass(frozen=True, slots=True)
class Change:
    """One decision of one case that came out differently after a telling.

    `before` is None when the case was first told of, `after` when it was forgotten. `told` is the telling that
    did it: of this case, or of another one that a signal of this case counts. `facts` are those of its facts
    on which the decision hangs; `signals` the counts of this case that changed, before and after; `touched` the
    cases, other than the one told of, in which the same telling changed the same decision.
    """

    case: str
    decision: str
    before: Decision | None
    after: Decision | None
    told: Telling
    facts: tuple[str, ...] = ()
    signals: Mapping[str, tuple[int | None, int | None]] = field(default_factory=dict)
    touched: tuple[str, ...] = ()

    @property
    def outcome(self) -> str | None:
        """The outcome now; None unless decided (and for `collect`, whose results are `after.outcomes`)."""
        return None if self.after is None else self.after.outcome

    @property
    def rule(self) -> str | None:
        """The rule that gives the outcome now."""
        return None if self.after is None else self.after.rule

    @property
    def because(self) -> Text | None:
        """Why, in the words of that rule (or of `otherwise`)."""
        return None if self.after is None else self.after.because

    @property
    def next_question(self) -> Need | None:
        """The most telling question, where the decision is undetermined now; worked out when read."""
        if self.after is None or self.after.status != "undetermined":
            return None
        return next(iter(self.after.needs), None)

    def to_dict(self) -> dict[str, Any]:
        """Plain data for JSON."""
        because, need = self.because, self.next_question
        return {
            "case": self.case,
            "decision": self.decision,
            "before": _result(self.before),
            "after": _result(self.after),
            "because": None if because is None else {"zh": because.zh, "en": because.en},
            "told": self.told.to_dict(),
            "facts": list(self.facts),
            "signals": {name: {"before": was, "after": now} for name, (was, now) in self.signals.items()},
            "touched": list(self.touched),
            "next_question": None
            if need is None
            else {"fact": need.fact, "ask": None if need.ask is None else {"zh": need.ask.zh, "en": need.ask.en}},
        }


def _result(decision: Decision | None) -> dict[str, Any] | None:
    if decision is None:
        return None
    return {
        "status": decision.status,
        "outcome": decision.outcome,
        "outcomes": list(decision.outcomes),
        "possible": list(decision.possible),
        "rule": decision.rule,
        "rules": list(decision.rules),
    }
