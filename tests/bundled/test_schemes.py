"""The types of Xuchang and Inner Mongolia: sorted by their names, which are all that the report gives."""

from __future__ import annotations

import unicodedata
from itertools import product
from typing import Any

import pytest

import reformkit as rk
from reformkit.model.rulebook import Otherwise, Rule
from tests.bundled.conftest import EXAMPLES

Facts = dict[str, Any]

RULES = EXAMPLES.parent / "rules"
SCHEMES = ("xuchang", "neimenggu")
OPEN = "not_settled"

REPORT = (
    "促改类型也不断扩大,河南省许昌市纪委监委将以案促改分为“一案一整改”“行政村(社区)以案促改”“专项(重点系统领域)以案促改”三类,"
    "内蒙古自治区纪委监委将以案促改分为“区域性系统促改”“行业性专项促改”“新案件跟进促改”三类。"
)
"""All that the report says of the two schemes, word for word."""

CASE: Facts = {
    "origin": "filed_case",
    "unit_kind": "department",
    "industry": "general",
    "common_issue": False,
    "stage": "under_investigation",
}
VILLAGE: Facts = {"unit_kind": "village", "industry": "village"}
COMMUNITY: Facts = {**VILLAGE, "unit_kind": "community"}
TOWNSHIP: Facts = {"unit_kind": "local_committee"}
COMMON: Facts = {"common_issue": True}
SECTOR: Facts = {"industry": "supply_coop"}
NOT_NEW: Facts = {"stage": "closed_without_sanction"}
EARLIER: Facts = {"stage": "sanctioned", "sanctioned_this_year": False}
THIS_YEAR: Facts = {"stage": "sanctioned", "sanctioned_this_year": True}
INSPECTION: Facts = {"origin": "inspection_feedback"}
SPECIAL: Facts = {"origin": "special_supervision"}

TYPES: list[tuple[str, str, Facts, str]] = [
    ("xuchang", "an office", {}, "one_case"),
    ("xuchang", "a common issue of an office", COMMON, "one_case"),
    ("xuchang", "a case of a sector", SECTOR, "one_case"),
    ("xuchang", "a common issue of a sector", {**SECTOR, **COMMON}, "special_reform"),
    ("xuchang", "a village", VILLAGE, "village_reform"),
    ("xuchang", "a community", COMMUNITY, "village_reform"),
    ("xuchang", "a community, and a common issue of a sector", {**COMMUNITY, **SECTOR, **COMMON}, OPEN),
    ("xuchang", "a common issue of villages", {**VILLAGE, **COMMON}, "village_reform"),
    ("xuchang", "a village, of a sector", {**VILLAGE, **SECTOR}, "village_reform"),
    ("xuchang", "a village, and a common issue of a sector", {**VILLAGE, **SECTOR, **COMMON}, OPEN),
    ("xuchang", "a township in a matter of its villages", {**TOWNSHIP, "industry": "village"}, OPEN),
    ("xuchang", "an inspection of a village", {**VILLAGE, **INSPECTION}, OPEN),
    ("xuchang", "special supervision is not the special type", {**SECTOR, **COMMON, **SPECIAL}, OPEN),
    ("neimenggu", "a new case", {}, "new_case"),
    ("neimenggu", "sanctioned this year", THIS_YEAR, "new_case"),
    ("neimenggu", "sanctioned earlier", EARLIER, OPEN),
    ("neimenggu", "closed without sanction", NOT_NEW, OPEN),
    ("neimenggu", "a new case of a sector", SECTOR, "new_case"),
    ("neimenggu", "a new case of a township", TOWNSHIP, "new_case"),
    ("neimenggu", "a common issue of an office", COMMON, "new_case"),
    ("neimenggu", "a common issue of a sector", {**SECTOR, **COMMON}, "sector_reform"),
    ("neimenggu", "a common issue of a sector, sanctioned earlier", {**SECTOR, **COMMON, **EARLIER}, "sector_reform"),
    ("neimenggu", "a common issue of a township", {**TOWNSHIP, **COMMON}, "regional_reform"),
    ("neimenggu", "a common issue of a township and a sector", {**TOWNSHIP, **SECTOR, **COMMON}, OPEN),
    ("neimenggu", "special supervision is not the special type", {**SECTOR, **COMMON, **SPECIAL}, OPEN),
]

UNKNOWN: list[tuple[str, Facts, set[str], list[str]]] = [
    ("xuchang", {"origin": None, **VILLAGE}, {"village_reform", OPEN}, ["origin"]),
    ("xuchang", {**SECTOR, "common_issue": None}, {"one_case", "special_reform"}, ["common_issue"]),
    ("xuchang", {"unit_kind": None}, {"one_case", "village_reform"}, ["unit_kind"]),
    ("xuchang", {**COMMON, "industry": None}, {"one_case", "special_reform", OPEN}, ["industry"]),
    ("neimenggu", {"origin": None}, {"new_case", OPEN}, ["origin"]),
    ("neimenggu", {**SECTOR, "common_issue": None}, {"sector_reform", "new_case"}, ["common_issue"]),
    ("neimenggu", {**TOWNSHIP, "common_issue": None}, {"regional_reform", "new_case"}, ["common_issue"]),
    ("neimenggu", {**COMMON, "unit_kind": None}, {"regional_reform", "new_case"}, ["unit_kind"]),
    ("neimenggu", {"stage": "sanctioned"}, {"new_case", OPEN}, ["sanctioned_this_year"]),
]


@pytest.fixture(scope="module")
def schemes() -> dict[str, rk.Book]:
    return {name: rk.load(RULES / name) for name in SCHEMES}


@pytest.mark.parametrize("name", SCHEMES)
def test_nothing_is_wrong_with_a_scheme(name: str) -> None:
    assert [p for p in rk.check(RULES / name) if p.severity != "note"] == []


def test_the_names_of_the_types_are_those_of_the_report(schemes: dict[str, rk.Book]) -> None:
    said = unicodedata.normalize("NFKC", REPORT)
    for book in schemes.values():
        outcomes = book.rulebook.decisions["scheme_type"].outcomes
        names = [outcome.label.zh for id, outcome in outcomes.items() if id != OPEN]
        assert len(names) == 3
        assert all(f"“{unicodedata.normalize('NFKC', name)}”" in said for name in names)


def test_a_name_is_no_definition_so_every_rule_is_an_assumption(schemes: dict[str, rk.Book]) -> None:
    for book in schemes.values():
        table = book.rulebook.decisions["scheme_type"]
        assert table.otherwise is not None
        rules: list[Rule | Otherwise] = [*table.rules, table.otherwise]
        for rule in rules:
            assert rule.basis is not None and rule.basis.kind == "assumption"
            assert rule.basis.at is not None and "只有名称" in rule.basis.at.zh
            assert rule.because is not None


@pytest.mark.parametrize(
    ("scheme", "what", "facts", "expected"), TYPES, ids=[f"{s}: {what}" for s, what, _, _ in TYPES]
)
def test_a_case_belongs_where_its_name_says(
    schemes: dict[str, rk.Book], scheme: str, what: str, facts: Facts, expected: str
) -> None:
    decision = schemes[scheme].decide("scheme_type", {**CASE, **facts})
    assert (decision.status, decision.outcome) == ("decided", expected)


@pytest.mark.parametrize("name", SCHEMES)
def test_every_outcome_is_reached_by_some_case(schemes: dict[str, rk.Book], name: str) -> None:
    declared = set(schemes[name].rulebook.decisions["scheme_type"].outcomes)
    assert {expected for scheme, _, _, expected in TYPES if scheme == name} == declared


@pytest.mark.parametrize(("scheme", "facts", "possible", "asked"), UNKNOWN)
def test_what_is_unknown_leaves_it_open_and_is_asked(
    schemes: dict[str, rk.Book], scheme: str, facts: Facts, possible: set[str], asked: list[str]
) -> None:
    decision = schemes[scheme].decide("scheme_type", {**CASE, **facts})
    assert (decision.status, decision.outcome) == ("undetermined", None)
    assert set(decision.possible) == possible
    assert [need.fact for need in decision.needs] == asked


@pytest.mark.parametrize("name", SCHEMES)
def test_a_case_of_which_nothing_is_known_may_be_of_any_type(schemes: dict[str, rk.Book], name: str) -> None:
    decision = schemes[name].decide("scheme_type", {})
    assert decision.status == "undetermined"
    assert set(decision.possible) == set(schemes[name].rulebook.decisions["scheme_type"].outcomes)
    assert {"origin", "unit_kind", "industry", "common_issue"} <= {need.fact for need in decision.needs}


@pytest.mark.parametrize("name", SCHEMES)
def test_a_village_is_asked_nothing_more_in_xuchang_only(schemes: dict[str, rk.Book], name: str) -> None:
    decision = schemes[name].decide("scheme_type", {"origin": "filed_case", **VILLAGE})
    assert (decision.status == "decided") == (name == "xuchang")


@pytest.mark.parametrize("name", SCHEMES)
def test_with_every_fact_known_every_case_is_decided(schemes: dict[str, rk.Book], name: str) -> None:
    book = schemes[name]
    facts = ("origin", "unit_kind", "industry", "stage")
    for values in product(*(book.fields[fact].values for fact in facts), (True, False), (True, False)):
        known = dict(zip((*facts, "sanctioned_this_year", "common_issue"), values, strict=True))
        decision = book.decide("scheme_type", known)
        assert decision.status == "decided", known
        if known["origin"] != "filed_case":
            assert decision.outcome == OPEN, known


@pytest.mark.parametrize("name", SCHEMES)
def test_a_scheme_says_a_type_and_suggests_no_measure(
    schemes: dict[str, rk.Book], name: str, examples: dict[str, rk.Case]
) -> None:
    for case in examples.values():
        assessment = schemes[name].assess(case)
        assert list(assessment.decisions) == ["scheme_type"]
        assert assessment.recommendations == ()
