"""Decisions go out as DMN and come back as they were; what stands in the XML gives the same for complete cases."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import reformkit
from reformkit.comparing.compare import regions
from reformkit.deciding.boxes import TooManyBoxes
from reformkit.deciding.in_force import as_declared, span_of, turning_days
from reformkit.deciding.meaning import evaluate
from reformkit.dmn.export import dmn_of
from reformkit.dmn.rulebook import rulebook_texts
from reformkit.dmn.tables import read_model
from reformkit.dmn.xml import read_xml
from reformkit.model.condition import ALWAYS_TRUE, AllOf, AnyOf, Condition, Negation, Test
from reformkit.model.rulebook import DecisionTable, Rulebook
from reformkit.parsing.report import Report
from tests.agreement.rulebooks import DAY, VALUES, a_rulebook
from tests.books import bundled_book
from tests.dmn.plainly import given_by


def back(xml: bytes) -> reformkit.Book:
    report = Report()
    root = read_xml(xml, "model.dmn", report)
    model = None if root is None else read_model(root, report)
    assert model is not None, report.problems()
    texts = rulebook_texts(model, report)
    assert report.problems() == []
    return reformkit.load(texts.texts, None)


def standing(table: DecisionTable, day: date | None) -> DecisionTable:
    days = turning_days(table)
    return as_declared(table, span_of(days, day), days)


def complete(rulebook: Rulebook) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries({name: VALUES[name] for name in rulebook.vocabulary.fields})


@settings(max_examples=40)
@given(st.data())
def test_generated_decisions_mean_the_same_in_dmn_and_back(data: st.DataObject) -> None:
    rulebook, day = data.draw(a_rulebook()), data.draw(DAY)
    table = standing(rulebook.decisions["d0"], day)
    report = Report()
    xml = dmn_of(rulebook, "d0", day, "zh", report)
    if xml is None:
        tested = {rulebook.vocabulary.fields[name].type for name in table.facts}
        several = table.otherwise is not None and table.otherwise.also
        assert [p.code for p in report.problems()] == ["RK897"] and ("tags" in tested or several)
        return
    again = back(xml).rulebook
    assert list(again.decisions["d0"].outcomes) == list(table.outcomes)
    with suppress(TooManyBoxes):
        complete_now, complete_then = of_complete_cases(again.decisions["d0"]), of_complete_cases(table)
        assert next(regions(complete_then, complete_now, rulebook.fields), None) is None
    assert {o: g for o, g in again.decisions["d0"].given.items() if g} == {
        o: g
        for o, g in rulebook.decisions["d0"].given.items()
        if o in {r.then for r in again.decisions["d0"].rules} | outcomes_of(table)
    }
    for _ in range(8):
        facts = data.draw(complete(rulebook))
        meant = evaluate(table, facts, facts)
        said = evaluate(again.decisions["d0"], facts, facts)
        assert (said.status, said.outcomes) == (meant.status, meant.outcomes)
        plain = given_by(xml, facts)
        match meant.status:
            case "decided" if table.hit == "collect":
                otherwise = meant.rules == () and table.otherwise is not None
                assert sorted(plain) == sorted(
                    meant.outcomes if otherwise else (rule_of(table, r) for r in meant.rules)
                )
            case "decided":
                assert {plain} == meant.outcomes
            case "uncovered":
                assert plain is None
            case _:
                assert plain == "conflict"


def outcomes_of(table: DecisionTable) -> set[str]:
    return set(table.otherwise.outcomes) if table.otherwise else set()


def rule_of(table: DecisionTable, id: str) -> str:
    return next(rule.then for rule in table.rules if rule.id == id)


@pytest.mark.parametrize("decision", ["startup", "layer", "notices", "source"])
def test_bundled_decisions_come_back_without_a_differing_region(decision: str) -> None:
    book, day, report = bundled_book(), date(2022, 6, 1), Report()
    xml = dmn_of(book.rulebook, decision, day, "zh", report)
    assert xml is not None, report.problems()
    again = back(xml)
    assert not again.problems
    was, now = standing(book.rulebook.decisions[decision], day), again.rulebook.decisions[decision]
    assert (now.title, list(now.outcomes.items()), now.hit) == (was.title, list(was.outcomes.items()), was.hit)
    fields = book.rulebook.fields
    assert next(regions(of_complete_cases(was), of_complete_cases(now), fields), None) is None


def of_complete_cases(table: DecisionTable) -> DecisionTable:
    """A table as it is where every fact is known: of those alone do the two say the same."""
    rules = tuple(rule.model_copy(update={"when": known_all(rule.when)}) for rule in table.rules)
    return table.model_copy(update={"rules": rules})


def known_all(condition: Condition) -> Condition:
    match condition:
        case Test(known=False):
            return AnyOf(items=())
        case Test(known=True):
            left = condition.model_copy(update={"known": None})
            return left if left.tests_value else ALWAYS_TRUE
        case Negation():
            return Negation(item=known_all(condition.item))
        case AllOf() | AnyOf():
            return condition.model_copy(update={"items": tuple(known_all(item) for item in condition.items)})
        case _:
            return condition


def test_tags_and_several_outcomes_are_refused_in_words() -> None:
    book, report = bundled_book(), Report()
    assert dmn_of(book.rulebook, "screening", None, "zh", report) is None
    (problem,) = report.problems()
    assert problem.message("zh") == "决策“筛查建议”写不成 DMN：“症结方向”是标签，DMN 的单元格不能检验列表"
