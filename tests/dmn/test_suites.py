"""Models of our own for what the table suites of level 2 of the compatibility kit cover: every hit policy, one output and several.

The kit itself is run where `REFORMKIT_TCK` names its folder (`test_tck`).
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

import reformkit
from tests.dmn.test_reading import FRAME, NS, read

NUMBERS = [("&gt;= 18", "30"), ("&gt;= 40", "10"), ("&gt;= 60", "20")]
"""Rows of one output that is a number; those above 60 are all hit."""

RANKED = "<outputValues><text>{values}</text></outputValues>"


def model(attributes: str, rows: list[tuple[str, ...]], outputs: str) -> str:
    said = "".join(
        f"<rule><inputEntry><text>{row[0]}</text></inputEntry>"
        + "".join(f"<outputEntry><text>{cell}</text></outputEntry>" for cell in row[1:])
        + "</rule>"
        for row in rows
    )
    table = (
        f'<decision name="Result"><decisionTable {attributes}><input><inputExpression><text>Applicant Age</text>'
        f"</inputExpression></input>{outputs}{said}</decisionTable></decision>"
    )
    return FRAME.format(namespace=NS, decisions=table)


def two(first: str = "", second: str = "") -> str:
    ranks = [RANKED.format(values=values) if values else "" for values in (first, second)]
    return f'<output name="Kind">{ranks[0]}</output><output name="Days">{ranks[1]}</output>'


def one(values: str = "", default: str = "") -> str:
    ranks = RANKED.format(values=values) if values else ""
    return f"<output>{ranks}{f'<defaultOutputEntry><text>{default}</text></defaultOutputEntry>' if default else ''}</output>"


LETTERS = [("&gt;= 18", '"warm"'), ("&gt;= 40", '"cool"'), ("&gt;= 60", '"cold"')]
APART = [("&lt; 18", '"warm"'), ("[18..40)", '"cool"'), ("&gt;= 40", '"cold"')]
ALIKE = [("&gt;= 18", '"warm"'), ("&gt;= 40", '"warm"'), ("&lt; 18", '"cold"')]
PAIRS = [("&gt;= 18", '"warm"', "30"), ("&gt;= 40", '"cool"', "10"), ("&gt;= 60", '"cold"', "20")]
PAIRS_APART = [("&lt; 18", '"warm"', "30"), ("&gt;= 18", '"cool"', "10")]
PAIRS_ALIKE = [("&gt;= 18", '"warm"', "30"), ("&gt;= 40", '"warm"', "30")]
ORDER, BY_KIND = '"cold", "warm", "cool"', '"cool", "cold", "warm"'

Wanted = dict[int, Any]
SUITES: dict[str, tuple[str, list[tuple[str, ...]], str, Wanted]] = {
    "unique": ('hitPolicy="UNIQUE"', APART, one(), {17: "warm", 18: "cool", 40: "cold"}),
    "unique by default": ("", APART, one(), {17: "warm", 39: "cool"}),
    "unique, hit twice": ('hitPolicy="UNIQUE"', LETTERS, one(), {20: "warm", 50: "conflict"}),
    "unique, several outputs": ('hitPolicy="UNIQUE"', PAIRS_APART, two(), {17: ("warm", 30), 18: ("cool", 10)}),
    "any": ('hitPolicy="ANY"', ALIKE, one(), {50: "warm", 5: "cold"}),
    "any, hit otherwise": ('hitPolicy="ANY"', LETTERS, one(), {50: "conflict"}),
    "any, several outputs": ('hitPolicy="ANY"', PAIRS_ALIKE, two(), {50: ("warm", 30), 5: None}),
    "priority": ('hitPolicy="PRIORITY"', LETTERS, one(ORDER), {20: "warm", 50: "warm", 70: "cold"}),
    "priority, several outputs": ('hitPolicy="PRIORITY"', PAIRS, two(BY_KIND, "10, 20, 30"), {70: ("cool", 10), 20: ("warm", 30)}),
    "first": ('hitPolicy="FIRST"', LETTERS[::-1], one(), {20: "warm", 50: "cool", 70: "cold"}),
    "first, several outputs": ('hitPolicy="FIRST"', PAIRS[::-1], two(), {70: ("cold", 20), 50: ("cool", 10)}),
    "first, with a default": ('hitPolicy="FIRST"', LETTERS, one(default='"cold"'), {5: "cold", 20: "warm"}),
    "no rule, no default": ('hitPolicy="FIRST"', LETTERS, one(), {5: None}),
    "rule order": ('hitPolicy="RULE ORDER"', LETTERS, one(), {70: ["warm", "cool", "cold"], 20: ["warm"]}),
    "rule order, several outputs": ('hitPolicy="RULE ORDER"', PAIRS, two(), {50: [("warm", 30), ("cool", 10)]}),
    "output order": ('hitPolicy="OUTPUT ORDER"', LETTERS, one(ORDER), {70: ["cold", "warm", "cool"]}),
    "output order, several outputs": ('hitPolicy="OUTPUT ORDER"', PAIRS, two(BY_KIND, "10, 20, 30"), {70: [("cool", 10), ("cold", 20), ("warm", 30)]}),
    "collect": ('hitPolicy="COLLECT"', LETTERS, one(), {70: ["warm", "cool", "cold"], 5: []}),
    "collect, several outputs": ('hitPolicy="COLLECT"', PAIRS, two(), {50: [("warm", 30), ("cool", 10)]}),
    "collect, sum": ('hitPolicy="COLLECT" aggregation="SUM"', NUMBERS, one(), {70: Decimal(60), 50: Decimal(40)}),
    "collect, least": ('hitPolicy="COLLECT" aggregation="MIN"', NUMBERS, one(), {70: Decimal(10), 20: Decimal(30)}),
    "collect, greatest": ('hitPolicy="COLLECT" aggregation="MAX"', NUMBERS, one(), {70: Decimal(30)}),
    "collect, number": ('hitPolicy="COLLECT" aggregation="COUNT"', NUMBERS, one(), {70: 3, 50: 2, 5: 0}),
}  # fmt: skip
"""Hit policy, rows and outputs, and what comes for some ages: a word, a pair of outputs, a list, an aggregate, or nothing."""


@pytest.mark.parametrize("suite", SUITES)
def test_a_table_gives_what_its_hit_policy_says(suite: str) -> None:
    attributes, rows, outputs, wanted = SUITES[suite]
    texts, problems = read(model(attributes, rows, outputs))
    assert texts is not None and {p.code for p in problems} == ({"RK896"} if "aggregation" in attributes else set())
    book = reformkit.load(texts.texts, None)
    table = book.rulebook.decisions["result"]

    def of(outcome: str) -> Any:
        given = table.given.get(outcome) or {}
        return (given["kind"], given["days"]) if "days" in given else table.outcomes[outcome].label.en

    for age, expected in wanted.items():
        decision = book.decide("result", {"applicant_age": age})
        if "aggregation" in attributes:
            aggregate = attributes.rpartition('="')[2].strip('"').lower()
            assert getattr(decision.gives, aggregate)("result") == expected, age
        elif expected == "conflict":
            assert decision.status == "conflict", age
        elif isinstance(expected, list):
            assert [of(outcome) for outcome in decision.outcomes] == expected, age
        else:
            came = of(decision.outcome) if decision.status == "decided" and decision.outcome else None
            assert came == expected, age
