"""Whether reform starts: the rows of the decision table, as the report and the stated assumptions give them."""

from __future__ import annotations

from datetime import date
from itertools import product
from typing import Any

import polars as pl
import pytest

import reformkit as rk

PASSED, REJECTED, SILENT = "passed", "rejected", None
GATES = (PASSED, REJECTED, SILENT)
Gates = tuple[str | None, str | None]
Facts = dict[str, Any]

GRASSROOTS = ("township", "county")
CITY_AND_ABOVE = ("city", "province", "central")

UNDER_INVESTIGATION: Facts = {"stage": "under_investigation"}
THIS_YEAR: Facts = {"stage": "sanctioned", "sanctioned_this_year": True}
EARLIER_YEAR: Facts = {"stage": "sanctioned", "sanctioned_this_year": False, "days_since_decision": 91}
CLOSED: Facts = {"stage": "closed_without_sanction"}


def everywhere(outcome: str, rule: str) -> dict[Gates, tuple[str, str]]:
    return dict.fromkeys(product(GATES, GATES), (outcome, rule))


def both_gates(start: str) -> dict[Gates, Any]:
    """A case that both gates study: coordinator's and lead's opinion → outcome and rule, or what is possible."""
    return {
        (PASSED, PASSED): ("start", start),
        (PASSED, SILENT): ("start", start),
        (PASSED, REJECTED): ("stopped", "STA-G3"),
        (REJECTED, PASSED): ("no", "STA-G2"),
        (REJECTED, REJECTED): ("no", "STA-G2"),
        (REJECTED, SILENT): ("no", "STA-G2"),
        (SILENT, PASSED): {"start", "no"},
        (SILENT, SILENT): {"start", "no"},
        (SILENT, REJECTED): {"stopped", "no"},
    }


# Second form, city and above: what both gates let through is typical; one rejection settles it.
SECOND_FORM: dict[Gates, Any] = {
    (PASSED, PASSED): ("start", "STA-C4"),
    (PASSED, REJECTED): ("no", "STA-C5"),
    (REJECTED, PASSED): ("no", "STA-C5"),
    (REJECTED, REJECTED): ("no", "STA-C5"),
    (REJECTED, SILENT): ("no", "STA-C5"),
    (SILENT, REJECTED): ("no", "STA-C5"),
    (PASSED, SILENT): {"start", "no"},
    (SILENT, PASSED): {"start", "no"},
    (SILENT, SILENT): {"start", "no"},
}

ROWS: list[tuple[str, tuple[str, ...], Facts, dict[Gates, Any]]] = [
    ("G4a", GRASSROOTS, CLOSED, everywhere("discretion", "STA-G4A")),
    ("G4b", GRASSROOTS, EARLIER_YEAR, everywhere("discretion", "STA-G4B")),
    ("G0-G2-G3", GRASSROOTS, UNDER_INVESTIGATION, both_gates("STA-G0")),
    ("G1-G2-G3", GRASSROOTS, THIS_YEAR, both_gates("STA-G1")),
    ("C1", CITY_AND_ABOVE, {"form": "fourth"}, everywhere("start", "STA-C1")),
    ("C1-provisional", CITY_AND_ABOVE, {"form": "fourth", "form_provisional": True}, everywhere("start", "STA-C1")),
    ("C2", CITY_AND_ABOVE, {"form": "third", "common_issue": True}, everywhere("start", "STA-C2")),
    ("C3", CITY_AND_ABOVE, {"form": "third", "common_issue": False}, everywhere("discretion", "STA-C3")),
    ("C4-C5", CITY_AND_ABOVE, {"form": "second"}, SECOND_FORM),
    ("C6", CITY_AND_ABOVE, {"form": "first"}, everywhere("discretion", "STA-C6")),
]

TABLE = [
    pytest.param(level, facts, gates, expected, id=f"{name}-{level}-{gates[0]}-{gates[1]}")
    for name, levels, facts, outcomes in ROWS
    for level in levels
    for gates, expected in outcomes.items()
]


def case(level: str, facts: Facts, gates: Gates = (SILENT, SILENT)) -> Facts:
    coordinator, lead = gates
    return {
        "origin": "filed_case",
        "authority_level": level,
        "coordinator_gate": coordinator,
        "lead_gate": lead,
        **facts,
    }


@pytest.mark.parametrize(("level", "facts", "gates", "expected"), TABLE)
def test_each_row_comes_out_as_the_decision_table_says(
    book: rk.Book, level: str, facts: Facts, gates: Gates, expected: tuple[str, str] | set[str]
) -> None:
    decision = book.decide("startup", case(level, facts, gates))
    if isinstance(expected, set):
        assert (decision.status, decision.outcome, set(decision.possible)) == ("undetermined", None, expected)
    else:
        assert (decision.status, decision.outcome, decision.rule) == ("decided", *expected)


@pytest.mark.parametrize("form", ["first", "second", "third", "fourth", None])
@pytest.mark.parametrize("common_issue", [True, False, None])
def test_at_the_grassroots_the_form_makes_no_difference(
    book: rk.Book, form: str | None, common_issue: bool | None
) -> None:
    more = {"form": form, "common_issue": common_issue}
    for level, gates in product(GRASSROOTS, product(GATES, GATES)):
        for stage in (CLOSED, EARLIER_YEAR, UNDER_INVESTIGATION, THIS_YEAR):
            known = book.decide("startup", case(level, {**stage, **more}, gates))
            assert known == book.decide("startup", case(level, stage, gates))


CITY_WITHOUT_A_FORM: list[tuple[Facts, Gates, set[str]]] = [
    # fourth and third start, second starts, first is open
    ({"common_issue": True}, (PASSED, PASSED), {"start", "discretion"}),
    # the second form is sifted out
    ({"common_issue": True}, (PASSED, REJECTED), {"start", "discretion", "no"}),
    ({"common_issue": False}, (PASSED, PASSED), {"start", "discretion"}),
    ({}, (REJECTED, SILENT), {"start", "discretion", "no"}),
    ({}, (SILENT, SILENT), {"start", "discretion", "no"}),
]


@pytest.mark.parametrize(("facts", "gates", "possible"), CITY_WITHOUT_A_FORM)
def test_above_the_grassroots_an_unknown_form_leaves_it_open_and_is_asked_first(
    book: rk.Book, facts: Facts, gates: Gates, possible: set[str]
) -> None:
    for level in CITY_AND_ABOVE:
        decision = book.decide("startup", case(level, facts, gates))
        assert decision.status == "undetermined"
        assert set(decision.possible) == possible
        assert decision.needs[0].fact == "form"


def test_third_form_with_the_common_issue_unknown_asks_for_it_and_nothing_else(book: rk.Book) -> None:
    decision = book.decide("startup", case("city", {"form": "third"}))
    assert set(decision.possible) == {"start", "discretion"}
    assert [need.fact for need in decision.needs] == ["common_issue"]


@pytest.mark.parametrize("level", GRASSROOTS)
@pytest.mark.parametrize("stage", [UNDER_INVESTIGATION, THIS_YEAR])
@pytest.mark.parametrize("lead", GATES)
def test_a_silent_coordinator_leaves_it_open_and_is_asked_first(
    book: rk.Book, level: str, stage: Facts, lead: str | None
) -> None:
    decision = book.decide("startup", case(level, stage, (SILENT, lead)))
    assert decision.status == "undetermined"
    assert decision.needs[0].fact == "coordinator_gate"


def test_what_both_gates_passed_is_typical_whatever_is_said_of_it(book: rk.Book) -> None:
    for typical in (True, False, None):
        decision = book.decide("startup", case("city", {"form": "second", "typical": typical}, (PASSED, PASSED)))
        assert (decision.outcome, decision.rule) == ("start", "STA-C4")


@pytest.mark.parametrize(
    ("origin", "source"),
    [
        ("special_supervision", "special"),
        ("superior_feedback", "feedback"),
        ("daily_feedback", "feedback"),
        ("audit_feedback", "feedback"),
        ("petition_feedback", "feedback"),
        ("inspection_feedback", "inspection"),
    ],
)
def test_the_other_three_sources_start_without_gates(book: rk.Book, origin: str, source: str) -> None:
    for level, gates in product((*GRASSROOTS, *CITY_AND_ABOVE, None), product(GATES, GATES)):
        facts = {"origin": origin, "authority_level": level, "coordinator_gate": gates[0], "lead_gate": gates[1]}
        assert book.decide("source", facts).outcome == source
        decision = book.decide("startup", facts)
        assert (decision.status, decision.outcome) == ("decided", "start")


def test_a_filed_case_is_reform_from_a_case(book: rk.Book) -> None:
    assert book.decide("source", {"origin": "filed_case"}).outcome == "case"


def as_the_table_reads(f: Facts) -> str:
    """The decision table of the report and its stated assumptions, row by row, the first that holds."""
    if f["origin"] != "filed_case":
        return "start"
    if f["authority_level"] in GRASSROOTS:
        if f["stage"] == "closed_without_sanction":
            return "discretion"
        if f["stage"] == "sanctioned" and not f["sanctioned_this_year"] and f["days_since_decision"] > 90:
            return "discretion"
        if f["coordinator_gate"] == REJECTED:
            return "no"
        return "stopped" if f["lead_gate"] == REJECTED else "start"
    if f["form"] == "fourth":
        return "start"
    if f["form"] == "third":
        return "start" if f["common_issue"] else "discretion"
    if f["form"] == "second":
        return "start" if (f["coordinator_gate"], f["lead_gate"]) == (PASSED, PASSED) else "no"
    return "discretion"


def test_with_every_fact_known_every_case_is_decided_as_the_table_reads(book: rk.Book) -> None:
    domains: dict[str, tuple[Any, ...]] = {
        "origin": tuple(book.fields["origin"].values),
        "authority_level": tuple(book.fields["authority_level"].values),
        "stage": tuple(book.fields["stage"].values),
        "sanctioned_this_year": (True, False),
        "days_since_decision": (0, 90, 91),
        "form": tuple(book.fields["form"].values),
        "common_issue": (True, False),
        "typical": (True, False),
        "coordinator_gate": tuple(book.fields["coordinator_gate"].values),
        "lead_gate": tuple(book.fields["lead_gate"].values),
    }
    counted = 0
    for values in product(*domains.values()):
        facts = dict(zip(domains, values, strict=True))
        decision = book.decide("startup", facts)
        assert (decision.status, decision.outcome) == ("decided", as_the_table_reads(facts)), facts
        counted += 1
    assert counted == 7 * 5 * 3 * 2 * 3 * 4 * 2 * 2 * 2 * 2


CARRIED_OVER: list[tuple[str, str, str]] = [
    ("2022-12-30", "2022-12-31", "STA-G1"),
    ("2021-12-30", "2022-12-31", "STA-G4B"),
    ("2022-12-27", "2023-01-16", "STA-G1"),
    ("2022-12-27", "2023-03-27", "STA-G1"),
    ("2022-12-27", "2023-03-28", "STA-G4B"),
    ("2022-01-04", "2022-12-31", "STA-G1"),
]
"""A day of decision, one of judging, and the rule: this year, or within the 90 days that carry over."""


@pytest.mark.parametrize(("decided_on", "judged_on", "expected"), CARRIED_OVER)
def test_the_current_year_is_that_of_the_judging_and_a_late_decision_carries_over(
    book: rk.Book, decided_on: str, judged_on: str, expected: str
) -> None:
    facts = case("county", {"stage": "sanctioned", "decided_on": decided_on}, (PASSED, PASSED))
    assert book.decide("startup", facts, as_of=date.fromisoformat(judged_on)).rule == expected
    assert book.decide("startup", {**facts, "assessed_on": judged_on}).rule == expected


def test_without_a_day_of_judging_it_is_asked_for(book: rk.Book) -> None:
    facts = case("county", {"stage": "sanctioned", "decided_on": "2022-03-01"}, (PASSED, PASSED))
    decision = book.decide("startup", facts)
    assert decision.status == "undetermined"
    assert [(need.fact, need.ask and need.ask.zh) for need in decision.needs] == [("assessed_on", "研判日期是哪一天？")]
    frame = book.decide_frame("startup", pl.DataFrame([facts]), needs=True)
    assert frame["startup_needs"].to_list() == [["assessed_on"]]
    without = {name: value for name, value in facts.items() if name != "decided_on"}
    assert [need.fact for need in book.decide("startup", without).needs] == ["sanctioned_this_year", "decided_on"]
