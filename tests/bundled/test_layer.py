"""Point, line and area: the nature of the problem over other cases, never the rank of the person."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import product
from typing import Any

import pytest

import reformkit as rk

Facts = dict[str, Any]

STARTED: Facts = {
    "origin": "filed_case",
    "authority_level": "county",
    "stage": "sanctioned",
    "sanctioned_this_year": True,
    "coordinator_gate": "passed",
    "lead_gate": "passed",
    "region": "某区",
    "decided_on": "2022-10-20",
    "unit_kind": "department",
    "position": "middle",
}


def a_case(id: str, industry: str, township: str, *causes: str, **more: object) -> Facts:
    return {"id": id, **STARTED, "industry": industry, "township": township, "causes": list(causes), **more}


def layer(book: rk.Book, case: Facts, others: Iterable[Facts] = ()) -> str | None:
    return book.assess(case, history=others).layer.outcome


SUPPLY = a_case("A", "supply_coop", "区直", "institution.asset_rules", "institution.contract_rules")

BESIDE_THE_SUPPLY_CASE: list[tuple[str, Facts, str]] = [
    ("one cause shared", {}, "line"),
    ("no cause shared", {"causes": ["institution.personnel_rules"]}, "point"),
    ("another region", {"region": "某县"}, "point"),
    ("another sector", {"industry": "education"}, "point"),
    ("a year and a day before", {"decided_on": "2021-10-19"}, "point"),
    ("a year before, to the day", {"decided_on": "2021-10-20"}, "point"),
    ("a year before but a day", {"decided_on": "2021-10-21"}, "line"),
    ("the same day", {"decided_on": "2022-10-20"}, "line"),
    ("the day after", {"decided_on": "2022-10-21"}, "line"),
    ("a year after but a day", {"decided_on": "2023-10-19"}, "line"),
    ("a year after, to the day", {"decided_on": "2023-10-20"}, "point"),
]


@pytest.mark.parametrize(("what", "changed", "expected"), BESIDE_THE_SUPPLY_CASE)
def test_a_line_is_two_cases_of_one_region_and_sector_in_twelve_months_with_a_common_cause(
    book: rk.Book, what: str, changed: Facts, expected: str
) -> None:
    other = {**a_case("B", "supply_coop", "区直", "institution.asset_rules"), "decided_on": "2022-05-01", **changed}
    assert layer(book, SUPPLY, [other]) == expected, what


def test_offices_in_general_are_no_sector(book: rk.Book) -> None:
    first, second = (a_case(i, "general", "区直", "institution.absent") for i in "AB")
    assert layer(book, first, [second]) == "point"


def in_town(*cases: tuple[str, str]) -> list[Facts]:
    return [a_case(f"B{n}", industry, "甲街道", cause) for n, (industry, cause) in enumerate(cases)]


IN_ONE_TOWNSHIP: list[tuple[str, list[Facts], str]] = [
    ("three cases, two weak points", in_town(("village", "power.discretion"), ("health", "power.top_leader")), "area"),
    (
        "three cases, one weak point",
        in_town(("village", "institution.vague"), ("health", "institution.absent")),
        "point",
    ),
    ("two cases, two weak points", in_town(("village", "power.discretion")), "point"),
]


@pytest.mark.parametrize(("what", "others", "expected"), IN_ONE_TOWNSHIP)
def test_an_area_is_three_cases_of_one_township_over_two_weak_points(
    book: rk.Book, what: str, others: list[Facts], expected: str
) -> None:
    assert layer(book, a_case("A", "general", "甲街道", "institution.decision_rules"), others) == expected, what


def test_units_of_the_district_itself_are_no_township(book: rk.Book) -> None:
    others = [{**other, "township": "区直"} for other in IN_ONE_TOWNSHIP[0][1]]
    assert layer(book, a_case("A", "general", "区直", "institution.decision_rules"), others) == "point"


@pytest.mark.parametrize(
    ("first", "second", "kind", "expected"),
    [
        ("principal", "leadership", "local_committee", "area"),
        ("leadership", "leadership", "local_committee", "area"),
        ("principal", "middle", "local_committee", "point"),
        ("principal", "principal", "department", "point"),
    ],
)
def test_an_area_is_also_two_of_the_leadership_of_one_township(
    book: rk.Book, first: str, second: str, kind: str, expected: str
) -> None:
    cases = [
        a_case(i, "general", "甲街道", "institution.absent", position=p, unit_kind=kind)
        for i, p in (("A", first), ("B", second))
    ]
    assert layer(book, cases[0], cases[1:]) == expected


def test_area_comes_before_line(book: rk.Book) -> None:
    others = [
        a_case("B", "village", "甲街道", "supervision.off_book"),
        a_case("C", "village", "甲街道", "power.discretion"),
    ]
    case = a_case("A", "village", "甲街道", "supervision.off_book")
    assessment = book.assess(case, history=others)
    assert assessment.counts["industry_cases"].value == 2
    assert assessment.layer.outcome == "area"


@pytest.mark.parametrize("position", ["principal", "leadership", "middle", "staff", "village"])
@pytest.mark.parametrize("kind", ["local_committee", "department", "enterprise"])
def test_the_rank_of_the_person_alone_does_not_make_a_line_or_an_area(book: rk.Book, position: str, kind: str) -> None:
    case = a_case("A", "health", "甲街道", "power.top_leader", position=position, unit_kind=kind)
    assert layer(book, case) == "point"


def test_without_a_history_the_layer_is_undetermined(book: rk.Book) -> None:
    for case in (SUPPLY, a_case("A", "general", "甲街道", "institution.absent")):
        decision = book.assess(case).layer
        assert decision.status == "undetermined"
        assert set(decision.possible) == {"point", "line", "area"}


def test_an_empty_history_is_a_history(book: rk.Book) -> None:
    assert layer(book, SUPPLY) == "point"


@pytest.mark.parametrize(
    "origin", ["special_supervision", "audit_feedback", "petition_feedback", "inspection_feedback"]
)
def test_the_other_three_sources_have_no_layer(book: rk.Book, origin: str) -> None:
    case = {**SUPPLY, "origin": origin}
    others = [a_case("B", "supply_coop", "区直", "institution.asset_rules")]
    assert book.assess(case).layer.outcome == "none"
    assert layer(book, case, others) == "none"


@pytest.mark.parametrize(("coordinator", "lead"), [("rejected", None), ("passed", "rejected")])
def test_what_is_not_started_or_stopped_has_no_layer(book: rk.Book, coordinator: str, lead: str | None) -> None:
    case = {**SUPPLY, "coordinator_gate": coordinator, "lead_gate": lead}
    assert book.assess(case).layer.outcome == "none"


COUNTED: list[tuple[str, Facts, bool]] = [
    ("nothing said of the gates", {"coordinator_gate": None, "lead_gate": None}, True),
    ("sifted out at the first gate", {"coordinator_gate": "rejected", "lead_gate": None}, False),
    ("stopped at the second gate", {"lead_gate": "rejected"}, False),
    ("sifted out since the issue is in reform already", {"coordinator_gate": "rejected", "open_reform_same_issue": True}, True),
    ("a city's grave case, whatever the gates say", {"authority_level": "city", "form": "fourth", "coordinator_gate": "rejected"}, True),
    ("a city's lighter case, sifted out", {"authority_level": "city", "form": "second", "coordinator_gate": "rejected", "open_reform_same_issue": False}, False),
    ("personal conduct alone", {"personal_conduct_only": True}, False),
    ("not personal conduct alone", {"personal_conduct_only": False}, True),
]  # fmt: skip


@pytest.mark.parametrize(("what", "changed", "counts"), COUNTED, ids=[row[0] for row in COUNTED])
def test_what_does_not_show_the_scope_of_a_problem_is_not_counted(
    book: rk.Book, what: str, changed: Facts, counts: bool
) -> None:
    silent = {"open_reform_same_issue": False, "form": "second", **changed}
    known = {name: value for name, value in silent.items() if value is not None}
    other = a_case("B", "supply_coop", "区直", "institution.asset_rules")
    other = {**{n: v for n, v in other.items() if silent.get(n, v) is not None}, **known}
    assert layer(book, SUPPLY, [other]) == ("line" if counts else "point")
    town = [{**other, "id": i, "township": "甲街道", "causes": [cause]} for i, cause in TOWN]
    case = a_case("A", "general", "甲街道", "institution.decision_rules")
    assert layer(book, case, town) == ("area" if counts else "point")


TOWN = (("B", "power.discretion"), ("C", "power.top_leader"))


def test_two_villages_with_a_common_cause_are_a_line_since_only_offices_in_general_are_no_sector(book: rk.Book) -> None:
    first = a_case("A", "village", "甲镇", "supervision.off_book", unit_kind="village", position="village")
    second = a_case("B", "village", "乙镇", "supervision.off_book", unit_kind="village", position="village")
    assert layer(book, first, [second]) == "line"


def test_a_person_may_set_the_layer_and_the_memo_says_what_the_rules_would_have_said(book: rk.Book) -> None:
    other = a_case("B", "supply_coop", "区直", "institution.asset_rules")
    a = book.assess({**SUPPLY, "layer": "point"}, history=[other])
    assert a.stated == {"layer": "point"}
    assert a.layer.outcome == "line"
    memo = a.explain()
    assert "促改层次：线（行业性专项促改）。" in memo
    assert "达到参考阈值" in memo
    assert "已由人定为“点（新办理个案促改）”，以此为准。" in memo
    assert "另有：B；共有：资产处置缺规" in memo


def test_a_memo_never_says_of_one_case_that_its_issue_is_common_and_that_it_is_individual(book: rk.Book) -> None:
    both = 0
    for level, form, kind, industry in product(
        ("county", "city"),
        ("third", "fourth"),
        ("department", "local_committee", "county_committee"),
        ("general", "health"),
    ):
        case = a_case("A", industry, "区直", "institution.absent", authority_level=level, form=form, unit_kind=kind)
        a = book.assess({**case, "common_issue": True, "prefecture": "某市"}, history=[])
        assert a.layer.outcome in ("line", "area")
        memo = a.explain()
        both += "共性" in memo
        assert "个别性" not in memo
    assert both == 24


@pytest.mark.parametrize("stated", [None, False])
def test_an_issue_not_stated_or_denied_changes_no_layer_that_was_counted(book: rk.Book, stated: bool | None) -> None:
    case = SUPPLY if stated is None else {**SUPPLY, "common_issue": stated}
    other = a_case("B", "supply_coop", "区直", "institution.asset_rules")
    assert layer(book, case) == "point"
    assert layer(book, case, [other]) == "line"
    notices = book.assess(case, history=[other]).decisions["notices"].outcomes
    assert ("scope_differs" in notices) == (stated is False)


PREFECTURE: list[tuple[str, Facts, Facts, str]] = [
    ("two counties of one prefecture", {}, {}, "line"),
    ("another prefecture", {}, {"prefecture": "乙市"}, "point"),
    ("the other case names none", {}, {"prefecture": None}, "point"),
    ("the case names none", {"prefecture": None}, {}, "point"),
    ("a county's case", {"authority_level": "county"}, {}, "point"),
    ("another sector", {}, {"industry": "education"}, "point"),
    ("no cause shared", {}, {"causes": ["institution.personnel_rules"]}, "point"),
    ("a year before, to the day", {}, {"decided_on": "2021-10-20"}, "point"),
]


@pytest.mark.parametrize(("what", "changed", "beside", "expected"), PREFECTURE, ids=[row[0] for row in PREFECTURE])
def test_city_and_above_count_by_prefecture_too(
    book: rk.Book, what: str, changed: Facts, beside: Facts, expected: str
) -> None:
    base = {"authority_level": "city", "form": "fourth", "prefecture": "甲市"}
    case = {**a_case("A", "health", "区直", "institution.asset_rules"), **base, **changed}
    other = {**a_case("B", "health", "旗直", "institution.asset_rules"), **base, "region": "某旗", **beside}
    known = [{name: value for name, value in facts.items() if value is not None} for facts in (case, other)]
    assert layer(book, known[0], known[1:]) == expected


def test_two_of_the_leadership_of_a_county_are_an_area(book: rk.Book) -> None:
    def of(id: str, position: str, region: str = "某区", kind: str = "county_committee") -> Facts:
        return a_case(id, "general", "区直", "power.top_leader", position=position, region=region, unit_kind=kind)

    assert layer(book, of("A", "principal"), [of("B", "leadership")]) == "area"
    assert layer(book, of("A", "principal"), [of("B", "middle")]) == "point"
    assert layer(book, of("A", "principal"), [of("B", "leadership", region="某旗")]) == "point"
    assert layer(book, of("A", "principal"), [of("B", "leadership", kind="department")]) == "point"
