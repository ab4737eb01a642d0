"""A problem's case as a fixture, which fails for the reason that the problem gives."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from reformkit.deciding.cells import nested
from reformkit.deciding.chain import Chain
from reformkit.model.condition import tests
from reformkit.model.rulebook import DecisionTable
from reformkit.problem import Problem
from reformkit.text import Lang


def fixture_of(problem: Problem, lang: Lang = "zh") -> dict[str, Any] | None:
    """What a fixture file holds of a problem, in ids; None where there is nothing to expect."""
    if problem.witness is None or problem.expect is None:
        return None
    about = problem.outcome or problem.rule or problem.decision
    fixture: dict[str, Any] = {"id": f"{problem.code}-{about}", "name": problem.message(lang)}
    if problem.as_of is not None:
        fixture["as_of"] = problem.as_of
    return {**fixture, **problem.witness, "expect": dict(problem.expect)}


def if_it_fails(problem: Problem, table: DecisionTable, chain: Chain) -> Problem:
    """A problem of a decision; without `expect` where no fixture can show it.

    A case may want the outcome of an earlier decision not to be known. No fixture can say so: where the facts
    of the case decide that outcome, its rules come out otherwise than the proof, of this decision alone, has it.
    """
    if problem.witness is None or problem.expect is None:
        return problem
    asked = {
        test.fact for rule in table.rules for test in tests(rule.when) if any(t.known is not None for t in nested(test))
    }
    if asked.isdisjoint(set(chain.upstream(table.id)) - problem.witness.keys()):
        return problem
    facts = {name: frozenset(value) if isinstance(value, list) else value for name, value in problem.witness.items()}
    decision = chain.decide(table.id, facts, problem.as_of)
    if problem.code == "RK301":
        fails = "uncovered" in decision.possible
    elif problem.code == "RK302":
        holding = set(decision.rules)
        fails = "conflict" in decision.possible and problem.rule in holding and not holding.isdisjoint(problem.rules)
    elif "rules" in problem.expect:
        wanted = problem.expect["rules"][table.id]
        fails = set(wanted) != set(decision.rules) if isinstance(wanted, list) else wanted != decision.rule
    else:
        fails = problem.expect[table.id] not in (decision.outcome, {"status": decision.status})
    return problem if fails else replace(problem, expect=None)
