"""The bounds of check: what is left unproven is named, and no file gets more than 200 problems."""

from __future__ import annotations

from benchmarks.proving import hard
from reformkit.deciding.chain import Chain
from reformkit.problem import Place, Problem
from reformkit.proving.check import at_most, prove


def test_a_hard_rulebook_ends_with_its_unproven_rules_named() -> None:
    book = hard(rules=150)
    found = prove(book, Chain(book), None, budget=10)
    (note,) = [problem for problem in found if problem.code == "RK308"]
    assert note.decision == "colour"
    proven = {problem.rule for problem in prove(book, Chain(book), None) if problem.code == "RK303"}
    said = {problem.rule for problem in found if problem.code == "RK303"}
    assert said <= proven <= said | set(note.rules)


def test_at_most_200_problems_a_file_errors_first() -> None:
    warnings = [Problem("RK303", Place("a.yaml", n), {"rule": "R", "why": ""}) for n in range(1, 251)]
    error = Problem("RK301", Place("a.yaml", 300), {"decision": "d", "days": ""})
    elsewhere = Problem("RK303", Place("b.yaml", 1), {"rule": "R", "why": ""})
    kept = at_most([*warnings, error, elsewhere])
    assert error in kept and elsewhere in kept
    assert len([problem for problem in kept if problem.path == "a.yaml"]) == 201
    assert [(p.code, p.message("en")) for p in kept if p.code == "RK309"] == [
        ("RK309", "this file has 51 more problems that are not listed")
    ]


def test_what_is_unproven_is_named_however_many_problems_there_are() -> None:
    warnings = [Problem("RK303", Place("a.yaml", n), {"rule": "R", "why": ""}) for n in range(1, 251)]
    unproven = Problem("RK308", Place("a.yaml", 1), {"decision": "d", "what": ""})
    kept = at_most([*warnings, unproven])
    assert unproven in kept
    assert [p.message("en") for p in kept if p.code == "RK309"] == [
        "this file has 50 more problems that are not listed"
    ]
