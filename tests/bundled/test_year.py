"""A year of 146 invented cases: the two figures that the report gives, and nobody lost on the way."""

from __future__ import annotations

import csv
from collections import Counter
from datetime import date

import pytest

import reformkit as rk
from tests.bundled.conftest import EXAMPLES

CSV = EXAMPLES / "year" / "cases.csv"


@pytest.fixture(scope="module")
def assessed(book: rk.Book, year: list[rk.Case]) -> list[rk.Assessment]:
    return list(book.assess_many(year, history=year))


def test_excel_opens_it_and_its_header_is_in_labels(book: rk.Book) -> None:
    assert CSV.read_bytes().startswith(b"\xef\xbb\xbf")
    with CSV.open(encoding="utf-8-sig", newline="") as file:
        header, *rows = csv.reader(file)
    assert set(header) - {"编号"} <= {field.label.zh for field in book.rulebook.fields.values()}
    assert {len(row) for row in rows} == {len(header)}
    assert len({row[0] for row in rows}) == 146


def test_146_cases_were_studied_and_106_pass_the_first_gate(year: list[rk.Case]) -> None:
    assert len(year) == 146
    assert Counter(case.facts["coordinator_gate"] for case in year) == {"passed": 106, "rejected": 40}
    assert round(100 * 106 / 146, 1) == 72.6


def test_all_are_cases_of_the_grassroots_of_2022(year: list[rk.Case], assessed: list[rk.Assessment]) -> None:
    assert {case.facts["origin"] for case in year} == {"filed_case"}
    assert {case.facts["authority_level"] for case in year} == {"township", "county"}
    assert {case.facts["region"] for case in year} == {"某区"}
    assert {a.decisions["source"].outcome for a in assessed} == {"case"}
    for case in year:
        if case.facts["stage"] == "sanctioned":
            assert case.facts["decided_on"].year == 2022
            assert case.facts["filed_on"] < case.facts["decided_on"]
        else:
            assert case.facts["stage"] == "under_investigation"
            assert "decided_on" not in case.facts


def test_every_case_is_assessed_and_none_is_uncovered(assessed: list[rk.Assessment]) -> None:
    assert len(assessed) == 146
    for a in assessed:
        assert {d.status for d in a.decisions.values()} <= {"decided", "undetermined"}
        assert a.uncovered == ()


def test_the_first_gate_decides_what_starts_and_the_second_what_is_stopped(assessed: list[rk.Assessment]) -> None:
    assert {a.startup.status for a in assessed} == {"decided"}
    outcomes = Counter(a.startup.outcome for a in assessed)
    assert outcomes["no"] == 40
    assert outcomes["start"] + outcomes["stopped"] == 106
    assert outcomes["stopped"] > 0
    assert any("lead_gate" not in a.case.facts for a in assessed if a.startup.outcome == "start")


def test_the_year_spreads_over_all_industries_several_townships_and_every_layer(
    book: rk.Book, assessed: list[rk.Assessment]
) -> None:
    assert len({a.case.facts["industry"] for a in assessed} & book.fields["industry"].values.keys()) == 15
    assert len({a.case.facts["township"] for a in assessed}) >= 8
    assert {a.layer.outcome for a in assessed} >= {"point", "line", "area", "none"}
    assert {a.case.facts.get("form") for a in assessed} == {"second", "third", "fourth", None}


def test_the_supply_cooperatives_of_the_year_share_causes_and_are_a_line(assessed: list[rk.Assessment]) -> None:
    lines = [a for a in assessed if a.case.facts["industry"] == "supply_coop" and a.layer.outcome == "line"]
    assert len(lines) >= 2
    for a in lines:
        assert a.counts["industry_cases"].value is not None
        assert a.counts["industry_cases"].value >= 2


def test_every_cause_found_in_the_year_is_answered(assessed: list[rk.Assessment]) -> None:
    for a in assessed:
        if a.withheld is None:
            found = {cause.cause for cause in a.causes if cause.certainty == "found"}
            assert {cause for r in a.recommendations for cause in r.covers} == found


def test_the_year_comes_out_the_same_on_its_last_day(
    book: rk.Book, year: list[rk.Case], assessed: list[rk.Assessment]
) -> None:
    again = book.assess_many(year, history=year, as_of=date(2022, 12, 31))
    assert [a.startup.outcome for a in again] == [a.startup.outcome for a in assessed]
