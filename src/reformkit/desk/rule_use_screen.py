"""What a rule of the saved files does: the given cases and the fixtures that it decides, and the mistakes in it that nobody would notice."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from reformkit.assessing.weighed import Weighed
from reformkit.desk.asking import Ask, NotThere, Screen, address
from reformkit.desk.desk import Desk
from reformkit.model.rulebook import DecisionTable
from reformkit.testing.mutation import mutate
from reformkit.testing.saying import say_mutant
from reformkit.text import Text

PATH = "/d/{decision}/use"
RULE = "_rule"
MOST_NAMED = 60
"""Cases and fixtures that are named; of the rest the number is told."""


@dataclass(frozen=True)
class NamedCase:
    """A case or a fixture; `href` leads to the table with it tried, where it can be."""

    name: str
    href: str | None


@dataclass(frozen=True)
class RuleUse:
    """What a rule does. `mutants` are how many mistakes some case tells apart, `unnoticed` those that no fixture does."""

    rule: str
    title: Text
    back: str
    cases: tuple[NamedCase, ...]
    decided: int
    of: int
    fixtures: tuple[NamedCase, ...]
    fixtures_decided: int
    fixtures_of: int
    mutants: int
    unnoticed: tuple[Text, ...]


def rule_use(desk: Desk, ask: Ask) -> RuleUse:
    """The use of the rule that the query names."""
    book, id = desk.before, ask.of_query(RULE)
    table = book.rulebook.decisions.get(ask.path["decision"])
    rule = None if table is None else next((each for each in table.rules if each.id == id), None)
    if table is None or rule is None:
        raise NotThere
    here = f"/d/{table.id}"
    cases = [a.case.id for a in desk.assessed if gives(a, table, id)]
    passed = [r for r in desk.ran.results if r.passed and table.id in r.fixture.decisions]
    fixtures = [r.fixture for r in passed if gives(r.assessment, table, id)]
    report = mutate(book, [(r.fixture, r.assessment) for r in passed], table.id, rule=id) if passed else None
    return RuleUse(
        id,
        rule.title or Text.same(""),
        address(here, {RULE: id}),
        tuple(NamedCase(case, address(here, {"_case": case, RULE: id})) for case in cases[:MOST_NAMED]),
        len(cases),
        len(desk.assessed),
        tuple(NamedCase(fixture.name or fixture.case.id, None) for fixture in fixtures[:MOST_NAMED]),
        len(fixtures),
        len(passed),
        0 if report is None else report.differing,
        () if report is None else tuple(say_mutant(book, one.mutant) for one in report.unnoticed),
    )


def gives(a: Weighed, table: DecisionTable, rule: str) -> bool:
    """Whether a rule gives the result of a case: decides it or, where several may, is one of those that surely hold."""
    decision = a.decisions[table.id]
    if decision.rule == rule:
        return True
    others: Iterable[str] = () if table.hit in ("first", "priority") else decision.rules
    return decision.status == "decided" and rule in others and decision.trace.of(rule).verdict == "holds"


SCREENS = (Screen(PATH, "rule_use.html", rule_use, is_slow=True),)
