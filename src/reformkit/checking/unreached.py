"""RK305: outcomes that no case comes to."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from reformkit.checking.calendar import days_of
from reformkit.checking.ground import DatedDecision, ProofGround
from reformkit.deciding.cover import Unproven
from reformkit.model.rulebook import DecisionTable
from reformkit.problem import Problem


def unreached_outcomes(ground: ProofGround) -> Iterator[Problem]:
    """One problem for an outcome of a decision that no case comes to on any day.

    A decision that takes its outcomes from a fact (`outcomes: causes`) need not give each of them.
    """
    for name, table in ground.tables.items():
        own = {outcome: item for outcome, item in table.outcomes.items() if item.place.path == table.place.path}
        for outcome, item in own.items():
            with ground.proving(name):
                if not _falls_back(ground, table, outcome) and not _given(ground, ground.stands[name], outcome):
                    rule = next((rule.id for rule in table.rules if rule.then == outcome), None)
                    yield Problem(
                        "RK305",
                        item.place,
                        {"outcome": item.label, "decision": table.title},
                        decision=name,
                        rule=rule,
                        outcome=outcome,
                        witness={},
                        expect={name: {"outcomes": [outcome]}},
                    )


def _falls_back(ground: ProofGround, table: DecisionTable, outcome: str) -> bool:
    """Whether there are days without a rule, on which every case comes to the outcome of `otherwise`."""
    if table.otherwise is None or outcome not in table.otherwise.outcomes:
        return False
    days = (since or date.min for since, _ in days_of(table, ground.spans(table.id)))
    return not all(ground.chain.in_force(table.id, day).rules for day in days)


def _given(ground: ProofGround, stands: tuple[DatedDecision, ...], outcome: str) -> bool:
    """Whether some case comes to an outcome. Raises `Unproven` where that stays open."""
    open_ = False
    for stand in stands:
        try:
            if _given_in(ground, stand, outcome):
                return True
        except Unproven:
            open_ = True
    if open_:
        raise Unproven
    return False


def _given_in(ground: ProofGround, stand: DatedDecision, outcome: str) -> bool:
    space, own = stand.space, stand.of_outcome[outcome]
    if own & stand.live and stand.hit in ("first", "collect"):
        return True
    if stand.hit in ("unique", "any"):
        for rule in stand.rules_in(own):
            against = stand.every & ~stand.group(rule)
            if any(space.uncovered(box, against, ground.budget) is not None for _, box in stand.boxes(rule)):
                return True
    otherwise = stand.table.otherwise
    return (
        otherwise is not None
        and outcome in otherwise.outcomes
        and space.uncovered({}, stand.every, ground.budget) is not None
    )
