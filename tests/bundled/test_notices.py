"""Reminders beside the decisions: several may stand together, and none changes an outcome."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest

import reformkit as rk

Facts = dict[str, Any]

QUIET: Facts = {
    "origin": "filed_case",
    "authority_level": "county",
    "stage": "sanctioned",
    "sanctioned_this_year": True,
    "form": "second",
    "form_provisional": False,
    "common_issue": False,
    "coordinator_gate": "passed",
    "lead_gate": "passed",
    "started_after_decision": False,
    "open_reform_same_issue": False,
}
CITY: Facts = {"authority_level": "city"}
FOURTH: Facts = {"form": "fourth"}
COMMON: Facts = {"form": "third", "common_issue": True}

COVERAGE, REASONS = "gate_conflicts_with_full_coverage", "written_reasons_needed"
LATE, REVIEW, MERGE, PENDING = "started_late", "review_after_decision", "merge_open_reform", "second_gate_pending"

NOTICES: list[tuple[str, Facts, set[str]]] = [
    ("nothing to remark", {}, set()),
    ("city, fourth form, second gate rejected", {**CITY, **FOURTH, "lead_gate": "rejected"}, {COVERAGE}),
    ("city, fourth form, first gate rejected", {**CITY, **FOURTH, "coordinator_gate": "rejected"}, {COVERAGE}),
    ("city, fourth form, both gates passed", {**CITY, **FOURTH}, set()),
    ("city, third form, common issue, rejected", {**CITY, **COMMON, "coordinator_gate": "rejected"}, {COVERAGE}),
    ("city, third form, no common issue, rejected", {**CITY, "form": "third", "lead_gate": "rejected"}, set()),
    ("city, second form, rejected", {**CITY, "lead_gate": "rejected"}, set()),
    ("grassroots, fourth form, sifted out", {**FOURTH, "coordinator_gate": "rejected"}, {REASONS}),
    ("grassroots, third form, sifted out", {"form": "third", "coordinator_gate": "rejected"}, {REASONS}),
    ("grassroots, third form, stopped", {"form": "third", "lead_gate": "rejected"}, {REASONS}),
    ("grassroots, second form, sifted out", {"coordinator_gate": "rejected"}, set()),
    ("grassroots, third form, started", {"form": "third"}, set()),
    ("started after the decision", {"started_after_decision": True}, {LATE}),
    ("provisional form", {"stage": "under_investigation", "form_provisional": True}, {REVIEW}),
    ("city, provisional fourth form", {**CITY, **FOURTH, "form_provisional": True}, {REVIEW}),
    ("open reform on the same issue", {"open_reform_same_issue": True}, {MERGE}),
    ("open reform, from an inspection", {"origin": "inspection_feedback", "open_reform_same_issue": True}, {MERGE}),
    ("grassroots, started, second gate silent", {"lead_gate": None}, {PENDING}),
    ("city, second gate silent", {**CITY, **FOURTH, "lead_gate": None}, {"key_case"}),
    ("grassroots, sifted out, second gate silent", {"coordinator_gate": "rejected", "lead_gate": None}, set()),
    (
        "several at once",
        {"lead_gate": None, "form_provisional": True, "started_after_decision": True, "open_reform_same_issue": True},
        {PENDING, REVIEW, LATE, MERGE},
    ),
]


@pytest.mark.parametrize(("what", "facts", "expected"), NOTICES, ids=[what for what, _, _ in NOTICES])
def test_notices_are_given_where_they_belong(book: rk.Book, what: str, facts: Facts, expected: set[str]) -> None:
    assert set(book.decide("notices", {**QUIET, **facts}).outcomes) == expected


def test_a_notice_never_changes_whether_reform_starts(book: rk.Book) -> None:
    flags = ("form_provisional", "started_after_decision", "open_reform_same_issue")
    for level, form in product(("county", "city"), ("first", "second", "third", "fourth")):
        facts = {**QUIET, "authority_level": level, "form": form}
        quiet = book.decide("startup", facts)
        assert all(book.decide("startup", {**facts, flag: True}) == quiet for flag in flags)
