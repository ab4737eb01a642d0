"""The table suites of the DMN technology compatibility kit, where its folder is given as REFORMKIT_TCK.

    REFORMKIT_TCK=…/tck pytest tests/dmn/test_tck.py -s

None of its models are copied here. A suite that is refused has to be refused at a line; one that is taken has to give what
the kit expects.
"""

from __future__ import annotations

import os
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

import reformkit
from reformkit.dmn.names import ident

FOLDER = os.environ.get("REFORMKIT_TCK")
XSI = "{http://www.w3.org/2001/XMLSchema-instance}"
LEVEL_2 = sorted(Path(FOLDER, "TestCases", "compliance-level-2").glob("*/*.dmn")) if FOLDER else []
MADE = {"decimal": Decimal, "double": Decimal, "integer": Decimal, "date": date.fromisoformat, "string": str}


def local(element: Any) -> str:
    return str(element.tag).rpartition("}")[2]


def children(element: Any, name: str) -> list[Any]:
    return [child for child in element if local(child) == name]


def value(element: Any) -> Any:
    for said in children(element, "value"):
        if said.get(f"{XSI}nil") == "true":
            return None
        kind = (said.get(f"{XSI}type") or "string").rpartition(":")[2]
        return said.text == "true" if kind == "boolean" else MADE.get(kind, str)(said.text or "")
    components = children(element, "component")
    if components:
        return {ident(component.get("name")): value(component) for component in components}
    return [value(item) for listed in children(element, "list") for item in children(listed, "item")]


def stated(book: reformkit.Book, given: dict[str, Any]) -> dict[str, Any]:
    """The facts of a test, choices by the ids of their labels."""
    fields = {field.label.en: field for field in book.rulebook.vocabulary.fields.values()}
    facts = {}
    for name, said in given.items():
        field = fields.get(name)
        if field is not None and said is not None:
            facts[field.name] = (
                {c.label.en: id for id, c in field.values.items()}.get(said, said) if field.values else said
            )
    return facts


def came(book: reformkit.Book, name: str, facts: dict[str, Any]) -> Any:
    """What a decision gives, as the kit writes it."""
    id, table = next((id, t) for id, t in book.rulebook.decisions.items() if t.title.en == name)
    decision = book.decide(id, facts)

    def of(outcome: str) -> Any:
        given = table.given.get(outcome, {})
        plain = {key: Decimal(v) if isinstance(v, int) else v for key, v in given.items()}
        return next(iter(plain.values())) if len(plain) == 1 else plain or table.outcomes[outcome].label.en

    if table.hit == "collect":
        return [of(outcome) for outcome in decision.outcomes]
    return of(decision.outcome) if decision.status == "decided" and decision.outcome else None


@pytest.mark.skipif(not FOLDER, reason="REFORMKIT_TCK names no folder of the kit")
@pytest.mark.parametrize("model", LEVEL_2 or [Path()], ids=lambda path: path.parent.name)
def test_a_suite_gives_what_the_kit_expects_or_is_refused_at_its_line(model: Path) -> None:
    try:
        book = reformkit.load(model)
    except reformkit.RulebookError as error:
        errors = [p for p in error.problems if p.severity == "error"]
        assert errors and all(p.line > 1 or p.code == "RK890" for p in errors)
        pytest.skip(f"refused: {errors[0]}")
    for file in sorted(model.parent.glob("*test*.xml")):
        for case in (e for e in ElementTree.parse(file).iter() if local(e) == "testCase"):
            facts = stated(book, {node.get("name"): value(node) for node in children(case, "inputNode")})
            for node in children(case, "resultNode"):
                expected = value(children(node, "expected")[0])
                got = came(book, node.get("name"), facts)
                if isinstance(got, list) and not isinstance(expected, list):  # aggregated
                    got = {"SUM": sum, "MIN": min, "MAX": max, "COUNT": lambda of: Decimal(len(of))}[
                        aggregation(model, node.get("name"))
                    ](got)
                same = sorted(map(str, got)) == sorted(map(str, expected)) if isinstance(got, list) else got == expected
                assert same, (case.get("id"), node.get("name"), facts, got, expected)


def aggregation(model: Path, name: str) -> str:
    for decision in (e for e in ElementTree.parse(model).iter() if local(e) == "decision" and e.get("name") == name):
        return str(children(decision, "decisionTable")[0].get("aggregation"))
    raise KeyError(name)
