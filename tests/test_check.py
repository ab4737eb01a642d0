"""The bounds of check: what is left unproven is named, and no file gets more than 200 problems."""

from __future__ import annotations

from pathlib import Path

import reformkit as rk
from benchmarks.proving import hard
from reformkit.checking import at_most, prove
from reformkit.checking.showing import fixture_of
from reformkit.deciding.chain import Chain
from reformkit.problem import Place, Problem

BOOK = {
    "rulebook.yaml": "{name: mine, version: 1, title: mine, vocabulary: vocabulary.yaml}",
    "vocabulary.yaml": """
fields:
  people: {type: count, min: 0, max: 4, label: {zh: 人数, en: People}}
  urgent: {type: flag, label: {zh: 紧急, en: Urgent}}
""",
}


def checked(folder: Path, **decisions: str) -> list[Problem]:
    for name, text in {**BOOK, **{f"{name}.yaml": text for name, text in decisions.items()}}.items():
        (folder / name).write_text(text, encoding="utf-8")
    return rk.check(folder)


def test_a_fact_that_the_case_of_a_redundant_rule_states_is_known(tmp_path: Path) -> None:
    found = checked(
        tmp_path,
        size="""
decision: size
title: {zh: 规模, en: Size}
hit: any
outcomes: {small: {zh: 小, en: Small}, large: {zh: 大, en: Large}}
rules:
  - {id: S-1, when: {people: {known: false, at_most: 1}}, then: small}
  - {id: S-2, when: {people: 0}, then: small}
  - {id: S-3, when: {people: {at_least: 3}}, then: large}
otherwise: small
""",
    )
    (problem,) = [problem for problem in found if (problem.code, problem.rule) == ("RK304", "S-2")]
    assert (problem.witness, problem.expect) == ({"people": 0}, {"size": "large"})


def test_a_problem_that_no_fixture_can_show_comes_without_one(tmp_path: Path) -> None:
    found = checked(
        tmp_path,
        size="""
decision: size
title: {zh: 规模, en: Size}
hit: first
outcomes: {small: {zh: 小, en: Small}, large: {zh: 大, en: Large}}
rules: [{id: S-1, when: {people: {at_least: 3}}, then: large}]
otherwise: small
""",
        way="""
decision: way
title: {zh: 办理, en: Way}
hit: unique
outcomes: {plain: {zh: 简易, en: Plain}, full: {zh: 全面, en: Full}}
rules:
  - {id: W-1, when: {size: {known: false}}, then: plain}
  - {id: W-2, when: {people: {at_least: 3}}, then: full}
  - {id: W-3, when: {urgent: true}, then: full}
otherwise: plain
""",
    )
    conflicts = {p.rule: fixture_of(p) for p in found if p.code == "RK302"}
    assert conflicts.keys() == {"W-2", "W-3"}
    assert conflicts["W-2"] is None  # three people make the size known
    assert conflicts["W-3"] is not None


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
