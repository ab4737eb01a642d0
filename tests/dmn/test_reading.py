"""Foreign models: what is taken, as what; what is refused, at its line; hostile ones."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

import reformkit
from reformkit.dmn.rulebook import RulebookTexts, rulebook_texts
from reformkit.dmn.tables import NAMESPACES, read_model
from reformkit.dmn.xml import read_xml
from reformkit.parsing.report import Report
from reformkit.problem import Problem

FRAME = """<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="{namespace}" name="Loans" namespace="x">
<itemDefinition name="tRisk"><typeRef>string</typeRef><allowedValues><text>"LOW", "MID", "HIGH"</text></allowedValues></itemDefinition>
<inputData name="Applicant Age"><variable name="Applicant Age" typeRef="number"/></inputData>
<inputData name="Risk"><variable name="Risk" typeRef="tRisk"/></inputData>
{decisions}
</definitions>
"""
NS = "https://www.omg.org/spec/DMN/20191111/MODEL/"


def table(
    rows: list[tuple[str, str, str]], attributes: str = "", output: str = "<output/>", name: str = "Route"
) -> str:
    said = "\n".join(
        f"<rule><inputEntry><text>{a}</text></inputEntry><inputEntry><text>{b}</text></inputEntry>"
        f"<outputEntry><text>{o}</text></outputEntry></rule>"
        for a, b, o in rows
    )
    return (
        f'<decision name="{name}"><decisionTable {attributes}>'
        "<input><inputExpression><text>Applicant Age</text></inputExpression></input>"
        f"<input><inputExpression><text>Risk</text></inputExpression></input>{output}\n{said}</decisionTable></decision>"
    )


def read(text: str) -> tuple[RulebookTexts | None, list[Problem]]:
    report = Report()
    root = read_xml(text.encode(), "model.dmn", report)
    model = None if root is None else read_model(root, report)
    texts = None if model is None else rulebook_texts(model, report)
    return texts, report.problems()


def book(decisions: str) -> reformkit.Book:
    texts, problems = read(FRAME.format(namespace=NS, decisions=decisions))
    assert texts is not None and not [p for p in problems if p.severity == "error"], problems
    return reformkit.load(texts.texts, None)


@pytest.mark.parametrize("namespace", NAMESPACES)
def test_versions_1_2_to_1_5_are_read(namespace: str) -> None:
    texts, problems = read(FRAME.format(namespace=namespace, decisions=table([("-", "-", '"A"')])))
    assert texts is not None and problems == []


AGES: list[tuple[str, dict[Any, bool]]] = [
    ("18", {18: True, 19: False}),
    ("[18..65)", {18: True, "17.9": False, 65: False, "64.9": True}),
    ("]18..65]", {18: False, "18.1": True, 65: True}),
    ("&lt; 18, &gt;= 65.5", {17: True, 18: False, "65.5": True}),
    ("not(18, 20)", {18: False, 19: True}),
    ("not([18..20])", {18: False, 21: True}),
    ("-1.5", {"-1.5": True, 1: False}),
    ("1e1", {10: True, 1: False}),
    ("&lt; 1.25E+1", {"12.4": True, "12.5": False}),
    ("15e-1", {"1.5": True}),
    ("", {0: True}),
]


@pytest.mark.parametrize(("cell", "wanted"), AGES)
def test_cells_mean_what_dmn_says(cell: str, wanted: dict[Any, bool]) -> None:
    made = book(table([(cell, "-", '"YES"')], 'hitPolicy="FIRST"', _default('"NO"')))
    for age, is_true in wanted.items():
        decision = made.decide("route", {"applicant_age": Decimal(age), "risk": "low"})
        assert decision.outcome == ("yes" if is_true else "no"), (cell, age)


def _default(value: str) -> str:
    return f"<output><defaultOutputEntry><text>{value}</text></defaultOutputEntry></output>"


def test_hit_policies_and_aggregations() -> None:
    rows = [("&gt; 1", "-", "10"), ("&gt; 2", "-", "10"), ("&gt; 3", "-", "2.5")]
    given = book(table(rows, 'hitPolicy="COLLECT" aggregation="SUM"')).decide("route", {"applicant_age": 5}).gives
    assert given.sum("route") == Decimal("22.5") and given.count("route") == 3  # rows that give the same count twice
    order = '<output><outputValues><text>"HIGH", "MID", "LOW"</text></outputValues></output>'
    rows = [("&gt; 1", "-", '"LOW"'), ("&gt; 2", "-", '"HIGH"'), ("-", "-", '"MID"')]
    made = book(table(rows, 'hitPolicy="PRIORITY"', order))
    assert [made.decide("route", {"applicant_age": age}).outcome for age in (1, 2, 3)] == ["mid", "mid", "high"]
    made = book(table(rows, 'hitPolicy="OUTPUT ORDER"', order))
    assert made.decide("route", {"applicant_age": 3}).outcomes == ("high", "mid", "low")
    made = book(table(rows, 'hitPolicy="UNIQUE"', order))
    assert made.decide("route", {"applicant_age": 3}).status == "conflict"


def test_decisions_build_on_decisions_and_several_outputs_come_with_the_outcome() -> None:
    first = table([("&lt; 18", "-", '"No"'), ("&gt;= 18", "-", '"Yes"')])
    second = (
        '<decision name="Letter"><decisionTable><input><inputExpression><text>Route</text></inputExpression></input>'
        '<output name="Kind"/><output name="Due Days"/>'
        '<rule><inputEntry><text>"Yes"</text></inputEntry><outputEntry><text>"warm"</text></outputEntry>'
        "<outputEntry><text>30</text></outputEntry></rule></decisionTable></decision>"
    )
    decisions = book(first + second)
    assert decisions.decide("letter", {"applicant_age": 20}).gives == {"kind": "warm", "due_days": 30}
    assert decisions.decide("letter", {"applicant_age": 2}).status == "uncovered"


REFUSED: list[tuple[str, str, int, str]] = [
    (table([("abs(3)", "-", '"A"')]), "RK894", 7, "abs(3)"),
    (table([("“18”", "-", '"A"')]), "RK894", 7, "直引号"),
    (table([("&gt; ", "-", '"A"')]), "RK894", 7, "缺一个值"),
    (table([("18 19", "-", '"A"')]), "RK894", 7, "19"),
    (table([("-", '"LOWER"', '"A"')]), "RK895", 7, "LOWER"),
    (table([('"18"', "-", '"A"')]), "RK895", 7, "类型"),
    (table([("-", '&gt; "LOW"', '"A"')]), "RK895", 7, "比较大小"),
    (table([("1.1234567", "-", '"A"')]), "RK895", 7, "小数"),
    (table([("-", "-", "Risk")]), "RK894", 7, "Risk"),
    (table([("1e999", "-", '"A"')]), "RK894", 7, "太大"),
    (table([("1e", "-", '"A"')]), "RK894", 7, "1e"),
    (table([("-", "-", '"A"')], 'hitPolicy="PRIORITY"'), "RK895", 6, "outputValues"),
    (table([("-", "-", '"A"')], 'hitPolicy="BEST"'), "RK891", 6, "BEST"),
    (
        '<decision name="X"><literalExpression><text>1</text></literalExpression></decision>',
        "RK891",
        6,
        "literalExpression",
    ),
    ('<decision name="X"/>', "RK891", 6, "没有决策表"),
    ("", "RK891", 2, "没有决策"),
    (table([("-", "-", '"A"')]) + '<businessKnowledgeModel name="B"/>', "RK891", 7, "businessKnowledgeModel"),
    (table([("-", "-", '"A"')]) + table([("-", "-", '"A"')]), "RK892", 7, "Route"),
    (table([("-", "-", '"A"')]).replace("Risk</text>", "Risk + 1</text>", 1), "RK891", 6, "Risk + 1"),
    (
        table([("-", "-", '"A"')]).replace("<outputEntry>", "<outputEntry><text>1</text></outputEntry><outputEntry>"),
        "RK893",
        7,
        "4",
    ),
    (table([("-", "-", '"A"')]) + '<import name="m" namespace="n"/>', "RK891", 7, "另一个模型"),
    (table([('date("2022-02-30")', "-", '"A"')]), "RK894", 7, "不是日期"),
]


@pytest.mark.parametrize(("decisions", "code", "line", "words"), REFUSED)
def test_what_has_no_word_is_refused_at_its_line(decisions: str, code: str, line: int, words: str) -> None:
    _, problems = read(FRAME.format(namespace=NS, decisions=decisions))
    errors = [p for p in problems if p.severity == "error"]
    assert [(p.code, p.line) for p in errors] == [(code, line)] and words in errors[0].message("zh")


def test_the_place_is_that_of_the_word() -> None:
    (problem,) = read(FRAME.format(namespace=NS, decisions=table([("1, 2,\n  abs(3)", "-", '"A"')])))[1]
    assert (problem.line, problem.place.column) == (8, 3)


def test_everything_wrong_is_said_at_once() -> None:
    rows = [("abs(3)", "-", '"A"'), ("-", '"NO"', "x"), ("-", "“", '"A"')]
    problems = read(FRAME.format(namespace=NS, decisions=table(rows) + '<decision name="X"/>'))[1]
    assert {(p.code, p.line) for p in problems} >= {("RK894", 7), ("RK894", 8), ("RK894", 9), ("RK891", 9)}


HOSTILE = [
    b"",
    b"not xml",
    b"<a>" * 5000,
    b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "aaaa">]><l>&a;</l>',
    b'<!DOCTYPE x SYSTEM "file:///etc/passwd"><x/>',
    '<?xml version="1.0" encoding="GBK"?><a>九原</a>'.encode("gbk"),
    b"<a/>" * 2,
    b"\xff\xfe\x00",
    b"<definitions xmlns='http://www.omg.org/spec/DMN/20151101/dmn.xsd'/>",
    b"<x>" + b"<y/>" * 2_001 + b"</x>",
]


@pytest.mark.parametrize("data", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_files_are_refused_in_words(data: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reformkit.dmn.xml.MOST_ELEMENTS", 2_000)
    report = Report()
    root = read_xml(data, "model.dmn", report)
    assert root is None or read_model(root, report) is None
    assert [p.code for p in report.problems()] == ["RK890"] and report.problems()[0].message("zh")
