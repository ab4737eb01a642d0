"""What a step still lacks, read off the item: what an act brings with it is not looked for here."""

from __future__ import annotations

from reformkit.model.procedure import Step
from reformkit.practising.item import ItemState
from reformkit.problem import NOWHERE, Problem

_LEAST_CASES = 2


def lacks(standing: ItemState, step: Step) -> list[Problem]:
    """Everything that stands in the way of a step as the item stands, whoever would do it."""
    return [problem for need in step.needs for problem in _lack(standing, need)]


def _lack(standing: ItemState, need: str) -> list[Problem]:
    match need:
        case "suspected_cause" if not (standing.suspected or standing.issues):
            return [_problem("RK633")]
        case "found_cause" if not standing.issues:
            return [_problem("RK632")]
        case "joined_items" if len(standing.opened.linked) < _LEAST_CASES:
            return [_problem("RK638")]
        case "judgement_each_criterion":
            return _unjudged(standing)
        case "evidence_each_criterion":
            return _unproven(standing)
        case _:
            return []


def _unjudged(standing: ItemState) -> list[Problem]:
    if not standing.demands:
        return [_problem("RK634")]
    return [
        _problem("RK655", criterion=id, text=criterion.text)
        for id, criterion in standing.criteria.items()
        if id not in standing.judged
    ]


def _unproven(standing: ItemState) -> list[Problem]:
    return [
        _problem("RK657", criterion=id, text=criterion.text)
        for id, criterion in standing.criteria.items()
        if id in standing.judged and standing.judged[id].met and not standing.judged[id].evidence
    ]


def _problem(code: str, **values: object) -> Problem:
    return Problem(code, NOWHERE, values)
