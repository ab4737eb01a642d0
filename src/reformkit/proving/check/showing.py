"""A problem's case as a fixture, which fails for the reason that the problem gives."""

from __future__ import annotations

from typing import Any

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
