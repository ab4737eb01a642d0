"""Advice for the gates: why to pass, why to sift out, and that it never speaks for a gate."""

from __future__ import annotations

from collections.abc import Iterable
from io import StringIO
from typing import Any

import pytest

import reformkit as rk
from reformkit.assessing.tally import Tally
from reformkit.printing.paper import paper
from reformkit.printing.tally import print_tally

Facts = dict[str, Any]

CASE: Facts = {
    "id": "A",
    "origin": "filed_case",
    "authority_level": "county",
    "stage": "under_investigation",
    "unit": "某区某局",
    "filed_on": "2022-06-01",
    "personal_conduct_only": False,
    "unit_dissolved": False,
    "open_reform_same_issue": False,
    "behaviours": ["slush_fund"],
    "natures": ["discipline_breach"],
    "causes": ["supervision.off_book"],
}

DRIVER: Facts = {"personal_conduct_only": True, "behaviours": ["drunk_driving"], "natures": ["other_offence"]}
ANOTHER_DRIVER: Facts = {"id": "B", "unit": "某区某局", "filed_on": "2022-02-01", **DRIVER}

ADVICE: list[tuple[str, Facts, list[Facts], str, str | None]] = [
    ("a weak point, a unit, nothing repeated", {}, [], "advise_pass", "SCR-WEAK-POINT"),
    ("no weak point found", {"causes": []}, [], "advise_consider", None),
    ("no unit named", {"unit": None, "unit_personal_cases": 0}, [], "advise_consider", None),
    ("a unit responsible", {"unit": None, "responsible_unit": "某镇党委", "unit_personal_cases": 0}, [], "advise_pass", "SCR-WEAK-POINT"),
    ("personal conduct", DRIVER, [], "advise_sift", "SCR-PERSONAL"),
    ("personal conduct, the second in the unit", DRIVER, [ANOTHER_DRIVER], "advise_consider", "SCR-PERSONAL-REPEATED"),
    ("the second in another unit", DRIVER, [{**ANOTHER_DRIVER, "unit": "某区另一局"}], "advise_sift", "SCR-PERSONAL"),
    ("the unit is gone", {"unit_dissolved": True}, [], "advise_sift", "SCR-DISSOLVED"),
    ("in reform already", {"open_reform_same_issue": True}, [], "advise_sift", "SCR-OPEN-REFORM"),
    ("city, fourth form", {**DRIVER, "authority_level": "city", "form": "fourth"}, [], "advise_pass", "SCR-FULL-COVERAGE"),
    ("city, third form, common", {"unit_dissolved": True, "authority_level": "city", "form": "third", "common_issue": True}, [], "advise_pass", "SCR-FULL-COVERAGE"),
    ("city, third form, not common", {"unit_dissolved": True, "authority_level": "city", "form": "third", "common_issue": False}, [], "advise_sift", "SCR-DISSOLVED"),
    ("county, fourth form", {**DRIVER, "form": "fourth"}, [], "advise_sift", "SCR-PERSONAL"),
    ("another source", {"origin": "audit_feedback"}, [], "none", "SCR-OTHER"),
]  # fmt: skip


def assess(book: rk.Book, facts: Facts, history: Iterable[Facts] = ()) -> rk.Assessment:
    said = {name: value for name, value in {**CASE, **facts}.items() if value is not None}
    return book.assess(said, history=history)


@pytest.mark.parametrize(("what", "facts", "others", "outcome", "rule"), ADVICE, ids=[row[0] for row in ADVICE])
def test_the_advice_and_its_reason(
    book: rk.Book, what: str, facts: Facts, others: list[Facts], outcome: str, rule: str | None
) -> None:
    decision = assess(book, facts, others).decisions["screening"]
    assert (decision.status, decision.outcome, decision.rule) == ("decided", outcome, rule)


def test_every_rule_of_the_advice_is_shown_above(book: rk.Book) -> None:
    assert {rule.id for rule in book.rulebook.decisions["screening"].rules} == {row[4] for row in ADVICE} - {None}


def test_no_decision_tests_the_advice_and_it_changes_no_startup(book: rk.Book) -> None:
    for name, table in book.rulebook.decisions.items():
        assert "screening" not in table.facts, name
    for _, facts, others, _, _ in ADVICE:
        silent = assess(book, facts, others)
        for advice in book.rulebook.decisions["screening"].outcomes:
            said = assess(book, {**facts, "screening": advice}, others)
            assert (said.startup.status, said.startup.possible) == (silent.startup.status, silent.startup.possible)


def test_all_of_it_is_an_assumption_that_shows_both_faults(book: rk.Book) -> None:
    table = book.rulebook.decisions["screening"]
    for said in (*table.rules, table.otherwise):
        assert said is not None
        assert said.basis is not None
        assert said.basis.kind == "assumption"
        if said.then != "none":
            assert said.because is not None
            assert "为改而改" in said.because.zh
            assert "范围过小" in said.because.zh
            assert "由两关表态" in said.because.zh
            assert "too narrow" in said.because.en
            assert "sake of reform" in said.because.en


def test_what_is_unknown_is_asked_after_what_decides_and_only_while_a_gate_has_yet_to_speak(book: rk.Book) -> None:
    open_: Facts = {"personal_conduct_only": None, "unit_dissolved": None}
    a = assess(book, open_)
    assert a.decisions["screening"].status == "undetermined"
    assert a.decisions["screening"].possible == ("advise_pass", "advise_sift")
    asked = [need.fact for need in a.needs]
    assert asked[0] == "coordinator_gate"
    assert {"personal_conduct_only", "unit_dissolved"} <= set(asked)
    for gates in ({"coordinator_gate": "rejected"}, {"coordinator_gate": "passed", "lead_gate": "passed"}):
        asked = [need.fact for need in assess(book, {**open_, **gates}).needs]
        assert "unit_dissolved" not in asked


def test_the_working_paper_says_whom_the_advice_is_for_and_gives_every_reason(book: rk.Book) -> None:
    a = assess(book, {"unit_dissolved": True, "open_reform_same_issue": True})
    assert [rule.id for rule in a.screened] == ["SCR-DISSOLVED", "SCR-OPEN-REFORM"]
    assert "筛查建议：建议不纳入。" in a.explain("zh")
    assert "Advice for the gates: Sifting out advised." in a.explain("en")
    zh, en = a.annex("zh"), a.annex("en")
    assert "筛查建议：建议不纳入。" in zh
    assert "另有：同一问题已在促改" in zh
    assert "“第一关意见”尚未表态" in zh
    assert "Advice for the gates: Sifting out advised." in en
    second = assess(book, {"coordinator_gate": "passed"})
    assert second.gate_to_speak == "lead_gate"
    assert "“第二关意见”尚未表态" in second.annex("zh")
    assert "尚未表态" not in assess(book, {"coordinator_gate": "rejected"}).annex("zh")


def test_advice_that_waits_for_one_answer_says_what_each_answer_brings(book: rk.Book) -> None:
    a = assess(book, {"unit_dissolved": None})
    assert a.decisions["screening"].status == "undetermined"
    assert [(b.fact, b.values, b.outcome, b.rule) for b in a.branches("screening")] == [
        ("unit_dissolved", (False,), "advise_pass", "SCR-WEAK-POINT"),
        ("unit_dissolved", (True,), "advise_sift", "SCR-DISSOLVED"),
    ]
    for branch in a.branches("screening"):
        for value in branch.values:
            assert assess(book, {branch.fact: value}).decisions["screening"].outcome == branch.outcome
    assert "“单位已撤并且无承接”为“否”的，建议纳入促改（" in a.annex("zh")
    assert "where it is “yes”, sifting out advised (" in a.annex("en")
    memo = "筛查建议：建议纳入促改（无“单位已撤并且无承接”情形的）。"  # the exception goes without saying
    assert memo in a.explain("zh")
    assert "advised (where it is not so: “Unit dissolved without a successor”)." in a.explain("en")
    assert a.branches("source") == ()


def test_what_one_answer_does_not_settle_stays_open(book: rk.Book) -> None:
    a = assess(book, {"unit_dissolved": None, "personal_conduct_only": None})
    open_ = [b for b in a.branches("screening") if b.outcome is None]
    assert [b.values for b in open_] == [(False,)]
    assert "为“否”的，仍不能确定" in a.annex("zh")
    assert "筛查建议：待有关事实明确后提出。" in a.explain("zh")


def test_a_matter_of_another_source_waits_for_no_gate(book: rk.Book) -> None:
    a = assess(book, {"origin": "audit_feedback"})
    assert a.gate_to_speak is None
    assert "尚未表态" not in a.annex("zh")


def test_a_count_on_which_nothing_hangs_is_not_shown(book: rk.Book) -> None:
    another = {**ANOTHER_DRIVER, "natures": None}
    office = assess(book, {}, [another])
    assert "unit_personal_cases" in office.counts
    assert "unit_personal_cases" not in office.telling_counts
    assert "同单位个人行为类案件数" not in office.explain("zh")
    assert "同单位个人行为类案件数：2" in assess(book, DRIVER, [ANOTHER_DRIVER]).explain("zh")


def test_the_year_shows_beside_the_rate_why_cases_were_sifted_out(book: rk.Book, year: list[rk.Case]) -> None:
    tally = Tally()
    for a in book.assess_many(year, history=year):
        tally.add(a)
    assert (tally.judged, tally.passed, tally.sifted) == (146, 106, 40)
    assert tally.reasons["SCR-DISSOLVED"] == 9
    assert tally.reasons["SCR-OPEN-REFORM"] == 9
    assert tally.reasons["SCR-PERSONAL"] + tally.reasons["advise_consider"] == 22
    out = StringIO()
    print_tally(tally, book, paper(out))
    said = out.getvalue().replace("\n  ", "")
    assert "106/146＝72.6%" in said
    assert "第一关研判不再促改40件，对照筛查建议的理由：纯个人行为且与职权无关" in said
    assert "不作考核" in said
