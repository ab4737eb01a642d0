"""What check finds is what trying every case on every day finds: nothing missed, nothing extra."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import product
from math import prod
from typing import Any

from hypothesis import assume, given
from hypothesis import strategies as st

from reformkit.checking import prove
from reformkit.checking.showing import fixture_of
from reformkit.deciding.boxes import TooManyBoxes
from reformkit.deciding.cells import nested
from reformkit.deciding.chain import Chain
from reformkit.deciding.in_force import in_force, span_of, turning_days
from reformkit.deciding.meaning import TooManyCompletions, classes, evaluate, holds
from reformkit.model import condition
from reformkit.model.rulebook import DecisionTable, Rule, Rulebook
from reformkit.problem import Problem
from tests.agreement.rulebooks import a_rulebook

MOST_POINTS = 1_500


@dataclass(frozen=True)
class Point:
    """A complete case, and which of its facts are known as things stand."""

    facts: dict[str, Any]
    known: frozenset[str]


def points(tables: list[DecisionTable], rulebook: Rulebook, but: tuple[str, ...] = ()) -> list[Point]:
    """A point of every class that no test of the tables tells apart."""
    asked: dict[str, list[Any]] = {}
    flags: set[str] = set()
    for table in tables:
        for rule in table.rules:
            for test in condition.tests(rule.when):
                if test.fact not in but:
                    asked.setdefault(test.fact, []).append(test)
                    flags |= {test.fact} if any(t.known is not None for t in nested(test)) else set()
    names = [name for name in rulebook.fields if name in asked]
    values = [classes(rulebook.fields[name], [t for t in asked[name] if t.tests_value]) for name in names]
    knowns = [(True, False) if name in flags else (True,) for name in names]
    assume(prod(map(len, values)) * prod(map(len, knowns)) <= MOST_POINTS)
    return [
        Point(dict(zip(names, picked, strict=True)), frozenset(n for n, k in zip(names, said, strict=True) if k))
        for picked in product(*values)
        for said in product(*knowns)
    ]


@dataclass
class Brute:
    """One decision, in every span of time and at every point of it."""

    rulebook: Rulebook
    name: str

    def __post_init__(self) -> None:
        self.table = self.rulebook.decisions[self.name]
        self.days = turning_days(self.table)
        self.spans = [in_force(self.table, i, self.days) for i in range(len(self.days) + 1)]
        self.stands = [table for table in self.spans if table.rules or not self.table.rules]
        self.points = {id(table): points([table], self.rulebook) for table in self.stands}

    def cases(self) -> Iterator[tuple[DecisionTable, Point]]:
        for table in self.stands:
            for point in self.points[id(table)]:
                yield table, point

    def true(self, table: DecisionTable, point: Point) -> list[str]:
        return [rule.id for rule in table.rules if holds(rule.when, point.facts, point.known)]

    def expected(self) -> set[tuple[Any, ...]]:
        found: set[tuple[Any, ...]] = set()
        taken: set[str] = set()
        changed: set[str] = set()
        given_: set[str] = set()
        partners: dict[str, set[str]] = {}
        outcome_of = {rule.id: rule.then for rule in self.table.rules}
        for table, point in self.cases():
            true = self.true(table, point)
            result = evaluate(table, point.facts, point.known)
            given_ |= result.outcomes
            taken |= set(true[:1] if table.hit == "first" else true)
            if result.status == "uncovered":
                found.add(("RK301",))
            if table.hit in ("unique", "any"):
                for i, later in enumerate(true):
                    for earlier in true[:i]:
                        if table.hit == "unique" or outcome_of[earlier] != outcome_of[later]:
                            partners.setdefault(later, set()).add(earlier)
            for rule in true:
                without = table.model_copy(update={"rules": tuple(r for r in table.rules if r.id != rule)})
                if evaluate(without, point.facts, point.known).seen != result.seen:
                    changed.add(rule)
        for rule in self.table.rules:
            if rule.id not in taken:
                found.add(("RK303", rule.id))
            elif rule.id not in changed:
                found.add(("RK304", rule.id))
            if rule.id in partners:
                found.add(("RK302", rule.id, frozenset(partners[rule.id])))
        if self.table.otherwise and self.empty_days():
            given_ |= {*self.table.otherwise.outcomes}
        found |= {("RK311", rule.id) for rule in self.table.disabled}
        found |= {("RK305", outcome) for outcome in self.table.outcomes if outcome not in given_}
        return found | self.lapses()

    def days_considered(self) -> list[date]:
        """A day of every span from the day on which the first rule is meant to hold; of all, where one always was."""
        begun = [self.begins(rule) for rule in self.table.rules]
        return [day for day in [date.min, *self.days] if None in begun or not begun or day >= min(begun)]

    def begins(self, rule: Rule) -> date | None:
        """A rule's own `since`, else the first day on which one of its parameters begins; None: it always was."""
        since = [min(p.since or date.min for p, _ in parameter.values) for parameter in used(rule)]
        return rule.period.since or min((day for day in since if day > date.min), default=None)

    def empty_days(self) -> list[date]:
        return [
            day for day in self.days_considered() if not in_force(self.table, span_of(self.days, day), self.days).rules
        ]

    def lapses(self) -> set[tuple[Any, ...]]:
        found: set[tuple[Any, ...]] = {("RK306", None) for _ in self.empty_days() if self.table.rules}
        lacking: dict[str, set[str]] = {}
        for day in self.days_considered():
            for rule in self.table.rules:
                for parameter in used(rule) if rule.period.holds(day) else ():
                    if parameter.on(day) is None:
                        lacking.setdefault(parameter.name, set()).add(rule.id)
        return found | {("RK306", frozenset(rules)) for rules in lacking.values()}


def used(rule: Rule) -> list[condition.Parameter]:
    return [p for test in condition.tests(rule.when) for p in condition.parameters(test)]


def said(problem: Problem) -> tuple[Any, ...]:
    match problem.code:
        case "RK301":
            return ("RK301",)
        case "RK302":
            return ("RK302", problem.rule, frozenset(problem.rules))
        case "RK305":
            return ("RK305", problem.outcome)
        case "RK306":
            return ("RK306", frozenset(problem.rules) or None)
    return (problem.code, problem.rule)


@given(st.data())
def test_one_decision_has_the_problems_that_its_cases_have(data: st.DataObject) -> None:
    rulebook = data.draw(a_rulebook())
    chain = Chain(rulebook)
    try:
        brute = Brute(rulebook, "d0")
        found = prove(rulebook, chain, None)
    except (TooManyCompletions, TooManyBoxes):
        assume(False)
        raise
    assert {said(problem) for problem in found} == brute.expected()
    assert len({said(problem) for problem in found}) == len(found)
    for problem in found:
        shows(problem, chain, brute)


def shows(problem: Problem, chain: Chain, brute: Brute) -> None:
    """The witness, decided by the meaning, is a case of the problem."""
    if problem.code == "RK311":
        return
    assert problem.witness is not None
    facts = {name: frozenset(v) if isinstance(v, list) else v for name, v in problem.witness.items()}
    try:
        decision = chain.decide("d0", facts, problem.as_of, "meaning")
    except TooManyCompletions:
        return
    table = chain.in_force("d0", problem.as_of or facts.get("decided_on"))
    rule = next((r for r in table.rules if r.id == problem.rule), None)
    match problem.code:
        case "RK301":
            assert "uncovered" in decision.possible
            assert decision.status == "uncovered" or _unknown_is_asked(brute, facts)
        case "RK302":
            assert "conflict" in decision.possible
            assert {problem.rule} <= set(decision.rules)
            assert decision.status == "conflict" or _unknown_is_asked(brute, facts)
        case "RK303":
            assert decision.rule != problem.rule
            assert rule is None or rule.id not in decision.rules
        case "RK304" if brute.table.hit == "first":
            assert problem.rule in decision.rules
            assert decision.rule == problem.rule or _unknown_is_asked(brute, facts)
        case "RK305":
            assert decision.outcome != problem.outcome and problem.outcome not in decision.possible
        case "RK306":
            assert problem.rule not in {r.id for r in table.rules} if problem.rule else not table.rules


@given(st.data())
def test_the_case_of_a_problem_as_a_fixture_fails(data: st.DataObject) -> None:
    rulebook = data.draw(a_rulebook(decisions=data.draw(st.integers(1, 2))))
    chain = Chain(rulebook)
    try:
        found = prove(rulebook, chain, None)
    except TooManyBoxes:
        assume(False)
        raise
    for problem in found:
        fixture = fixture_of(problem)
        if fixture is None:
            continue
        facts = {name: frozenset(v) if isinstance(v, list) else v for name, v in problem.witness.items()}
        decision = chain.decide(str(problem.decision), facts, problem.as_of)
        if problem.code in ("RK301", "RK302"):
            assert {"RK301": "uncovered", "RK302": "conflict"}[problem.code] in decision.possible
        wanted = problem.expect.get("rules", problem.expect)[problem.decision]
        match wanted:
            case {"status": status}:
                assert decision.status != status
            case {"outcomes": outcomes}:
                assert set(decision.outcomes) != set(outcomes)
            case list():
                assert set(decision.rules) != set(wanted)
            case _:
                assert wanted != (decision.rule if "rules" in problem.expect else decision.outcome)


def _unknown_is_asked(brute: Brute, facts: dict[str, Any]) -> bool:
    """Whether some rule asks if a fact is known that the case leaves out."""
    return any(
        t.known is not None and t.fact not in facts
        for rule in brute.table.rules
        for test in condition.tests(rule.when)
        for t in nested(test)
    )


@given(st.data())
def test_rules_that_wait_in_vain_are_those_that_no_case_meets(data: st.DataObject) -> None:
    rulebook = data.draw(a_rulebook(decisions=data.draw(st.integers(2, 3))))
    chain = Chain(rulebook)
    try:
        found = prove(rulebook, chain, None)
        for name in list(rulebook.decisions)[1:]:
            waiting = {
                problem.rule: problem for problem in found if (problem.code, problem.decision) == ("RK307", name)
            }
            assert waiting.keys() == in_vain(rulebook, name)
            for problem in waiting.values():
                facts = {fact: frozenset(v) if isinstance(v, list) else v for fact, v in problem.witness.items()}
                assert chain.decide(name, facts, problem.as_of).rule != problem.rule
                assert not facts.keys() & rulebook.decisions.keys()
    except (TooManyCompletions, TooManyBoxes):
        assume(False)


def in_vain(rulebook: Rulebook, name: str) -> set[str]:
    """The rules of a decision that test an earlier outcome, hold by themselves, and never hold with what that is,
    from the day on which each of the decisions has had a rule in force."""
    earlier = [d for d in rulebook.order if d in Chain(rulebook).upstream(name)]
    together = [rulebook.decisions[d] for d in (*earlier, name)]
    days = sorted({day for table in together for day in turning_days(table)})
    alone: set[str] = set()
    met: set[str] = set()
    begun: set[str] = {t.id for t in together if not t.rules}
    for day in [date.min, *days]:
        tables = {t.id: in_force(t, span_of(turning_days(t), day), turning_days(t)) for t in together}
        begun |= {t.id for t in tables.values() if t.rules}
        if len(begun) < len(together):
            continue
        last = tables[name]
        for point in points([last], rulebook):
            alone |= {rule.id for rule in last.rules if holds(rule.when, point.facts, point.known)}
        flags = {
            t.fact
            for table in tables.values()
            for r in table.rules
            for x in condition.tests(r.when)
            for t in nested(x)
            if t.known is not None
        }
        for point in points(list(tables.values()), rulebook, but=tuple(earlier)):
            for facts, known in outcomes(point, [tables[d] for d in earlier], flags, rulebook):
                met |= {rule.id for rule in last.rules if holds(rule.when, facts, known)}
    asks = {
        rule.id for rule in rulebook.decisions[name].rules if any(t.fact in earlier for t in condition.tests(rule.when))
    }
    return (alone & asks) - met


def outcomes(
    point: Point, tables: list[DecisionTable], flags: set[str], rulebook: Rulebook
) -> Iterator[tuple[dict[str, Any], frozenset[str]]]:
    """A complete case with what the earlier decisions come to: any unknown outcome where they come to none, or where
    somebody asks whether it is known."""
    if not tables:
        yield point.facts, point.known
        return
    table, *rest = tables
    result = evaluate(table, point.facts, point.known)
    if result.status == "decided":
        value = result.outcomes if table.hit == "collect" else next(iter(result.outcomes))
        yield from outcomes(Point({**point.facts, table.id: value}, point.known | {table.id}), rest, flags, rulebook)
    if table.id in flags or result.status != "decided":
        every: list[Any] = list(table.outcomes)
        if table.hit == "collect":
            every = [
                frozenset(o for o, y in zip(every, ys, strict=True) if y)
                for ys in product((False, True), repeat=len(every))
            ]
        for value in every:
            yield from outcomes(Point({**point.facts, table.id: value}, point.known), rest, flags, rulebook)
