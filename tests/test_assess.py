"""Assessments: what a person states goes on, suspected never becomes found, receipts hold."""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import Any

import pytest

import reformkit as rk
from reformkit import CaseError
from tests.books import bundled_book

BASE: dict[str, Any] = {
    "id": "T-1",
    "origin": "filed_case",
    "authority_level": "county",
    "stage": "under_investigation",
    "coordinator_gate": "passed",
    "filed_on": date(2022, 3, 1),
    "unit": "某区某局",
    "industry": "general",
}
FINDING = {"cause": "institution.asset_rules", "matter": "lease_disposal", "evidence": "3号库房连续6年未评估"}


@pytest.fixture(scope="module")
def book() -> rk.Book:
    return bundled_book()


def test_a_stated_layer_shapes_the_practice_and_the_rules_still_say_theirs(book: rk.Book) -> None:
    a = book.assess({**BASE, "layer": "line", "findings": [FINDING]})
    assert a.layer.status == "undetermined"
    assert a.stated == {"layer": "line"}
    assert "主管部门统一盘点表" in a.recommendations[0].text
    assert "已由人定为“线（行业性专项促改）”" in a.explain()


def test_a_stated_stop_withholds_the_measures(book: rk.Book) -> None:
    a = book.assess({**BASE, "startup": "stopped", "findings": [FINDING]})
    assert a.startup.outcome == "start"
    assert a.recommendations == ()
    assert a.layer.outcome == "none"


def test_suspected_causes_recommend_apart_and_are_marked(book: rk.Book) -> None:
    a = book.assess({**BASE, "behaviours": ["underpriced_disposal"]})
    assert a.recommendations == ()
    assert {c.certainty for c in a.causes} == {"suspected"}
    assert a.suspected and all("待核实" in r.text for r in a.suspected)


def test_rules_alone_still_know_the_causes() -> None:
    a = rk.load(measures=None).assess({**BASE, "behaviours": ["one_man_decision"], "findings": [FINDING]})
    assert [(c.cause, c.weak_point) for c in a.causes if c.certainty == "found"] == [
        ("institution.asset_rules", "institution")
    ]
    assert any(c.certainty == "suspected" for c in a.causes)
    assert "资产处置缺规：3号库房连续6年未评估" in a.explain()


def test_an_open_collecting_decision_is_told_in_the_memo_and_the_working_paper(book: rk.Book) -> None:
    a = book.assess({"id": "Y"})
    assert "办理提示尚不能确定：关口意见与全覆盖要求不一致；" in a.annex()
    assert "待核：关口意见与全覆盖要求不一致；" in a.explain()


def test_a_day_that_is_no_date_is_refused(book: rk.Book) -> None:
    for wrong in ("2022-01-01", datetime(2022, 1, 1)):
        with pytest.raises(TypeError, match=r"datetime\.date"):
            book.assess(BASE, as_of=wrong)  # type: ignore[arg-type]
        with pytest.raises(TypeError, match=r"datetime\.date"):
            book.decide("startup", {}, as_of=wrong)  # type: ignore[arg-type]


def test_a_cause_that_is_found_is_no_longer_suspected(book: rk.Book) -> None:
    a = book.assess({**BASE, "behaviours": ["underpriced_disposal"], "findings": [FINDING]})
    by_cause = {c.cause: c.certainty for c in a.causes}
    assert by_cause["institution.asset_rules"] == "found"
    assert by_cause["institution.contract_rules"] == "suspected"


def test_a_stated_cause_without_a_finding_is_found_without_matter(book: rk.Book) -> None:
    a = book.assess({**BASE, "causes": ["institution.contract_rules"]})
    assert [c.certainty for c in a.causes] == ["found"]
    assert {r.measure.id for r in a.recommendations} == {"IN-03", "IN-06", "PR-06"}
    assert not any(r.certain for r in a.recommendations)
    assert "matter" in [need.fact for need in a.needs]


def test_empty_findings_are_known_to_be_empty(book: rk.Book) -> None:
    assert book.assess({**BASE, "findings": []}).recommendations == ()
    assert book.checker.facts({**BASE, "findings": []})["causes"] == frozenset()
    assert "causes" not in book.checker.facts(BASE)


def test_every_measure_says_why_it_is_not_recommended(book: rk.Book) -> None:
    a = book.assess({**BASE, "findings": [FINDING]})
    assert book.library is not None
    said = {m: a.not_recommended(m).zh for m in book.library.measures}
    assert said["IN-06"] == "本措施已在建议之中。"
    assert "都不在已查明的症结之中" in said["PR-05"]
    stopped = book.assess({**BASE, "lead_gate": "rejected"})
    assert stopped.startup.outcome == "stopped"
    assert "启动后经复筛终止" in stopped.not_recommended("IN-06").zh


def test_a_touching_measure_is_told_which_one_beats_it(book: rk.Book) -> None:
    a = book.assess({**BASE, "causes": ["power.collective_bypass"]})
    assert [r.measure.id for r in a.recommendations] == ["IN-02"]
    assert a.recommendations[0].beat == ("PR-02",)
    assert "答这一症结的是 IN-02" in a.not_recommended("PR-02").zh


def test_an_unknown_measure_is_a_key_error(book: rk.Book) -> None:
    with pytest.raises(KeyError):
        book.assess(BASE).not_recommended("XX-99")


def test_a_receipt_holds_until_something_changes(book: rk.Book) -> None:
    history = [{**BASE, "id": f"H-{i}", "region": "某区", "township": "甲镇"} for i in range(3)]
    a = book.assess({**BASE, "region": "某区", "township": "甲镇", "findings": [FINDING]}, history=history)
    receipt = json.loads(json.dumps(a.receipt()))
    assert book.replay(receipt) == []
    assert book.replay({**receipt, "measures": []}) == ["measures"]
    assert book.replay({**receipt, "day": "1999-01-01"}) == ["day"]
    changed = {**receipt, "case": {**receipt["case"], "coordinator_gate": "rejected"}}
    assert "startup" in book.replay(changed)
    other = {**receipt, "rulebook": {**receipt["rulebook"], "sha256": "0"}}
    assert book.replay(other) == ["digest"]
    with pytest.raises(ValueError, match="not a receipt"):
        book.replay({"case": {}})
    for broken in ({"outcomes": []}, {"rulebook": {}}, {"signals": 3}, {"as_of": "soon"}, {"case": 1}):
        with pytest.raises(ValueError, match="not a receipt"):
            book.replay({**receipt, **broken})


def test_comments_and_places_do_not_change_the_digest(book: rk.Book) -> None:
    assert book.digest == rk.load().digest
    assert len(book.digest) == 64


def test_a_case_dated_before_the_rules_says_so(book: rk.Book) -> None:
    a = book.assess({**BASE, "filed_on": date(2021, 12, 20)})
    assert a.startup.status == "uncovered"
    assert "早于规则的施行日（2022年1月1日）" in a.explain()
    assert book.assess({**BASE, "filed_on": date(2021, 12, 20)}, as_of=date(2022, 2, 1)).startup.outcome == "start"


def test_the_years_sanction_follows_from_a_given_day_only(book: rk.Book) -> None:
    case = {**BASE, "stage": "sanctioned", "decided_on": date(2022, 5, 1)}
    assert [n.fact for n in book.assess(case).startup.needs] == ["assessed_on"]
    assert book.assess(case, as_of=date(2022, 12, 31)).startup.rule == "STA-G1"
    assert book.assess(case, as_of=date(2023, 1, 1)).startup.rule == "STA-G4B"
    assert book.assess({**case, "assessed_on": date(2022, 12, 31)}).startup.rule == "STA-G1"
    assert book.assess({**case, "sanctioned_this_year": True}, as_of=date(2023, 1, 1)).startup.rule == "STA-G1"


def test_all_faults_of_a_case_come_at_once(book: rk.Book) -> None:
    bad = {
        **BASE,
        "authority_level": "countty",
        "people_involved": True,
        "filed_on": "2022-02-30",
        "behaviours": "embezzlement",
        "typical": 1,
        "colour": "red",
        "unit": "某区某局 150207199001011234",
        "findings": [{"cause": "institution.absnt"}],
    }
    with pytest.raises(CaseError) as error:
        book.assess(bad)
    found = {(p.code, p.fact) for p in error.value.problems}
    assert found == {
        ("RK130", "authority_level"),
        ("RK132", "people_involved"),
        ("RK134", "filed_on"),
        ("RK136", "behaviours"),
        ("RK131", "typical"),
        ("RK129", "colour"),
        ("RK130", "cause"),
        ("RK139", "unit"),
    }


def test_an_identity_number_in_a_text_is_refused(book: rk.Book) -> None:
    for bad in ({"unit": "某局 150207199001011234"}, {"findings": [{**FINDING, "evidence": "150207199001011234"}]}):
        with pytest.raises(CaseError) as error:
            book.assess({**BASE, **bad})
        assert [p.code for p in error.value.problems] == ["RK139"]


@pytest.mark.parametrize(
    ("fact", "value", "code"),
    [
        ("behaviours", [["x"]], "RK130"),
        ("behaviours", {"a": 1}, "RK136"),
        ("behaviours", ["embezzlement", None], "RK130"),
        ("filed_on", datetime(2022, 1, 1, 10), "RK134"),
        ("unit", "", "RK135"),
        ("form", ["second"], "RK130"),
        ("form", float("nan"), "RK130"),
        pytest.param("people_involved", 10**5000, "RK133", id="5,001 digits"),
        ("people_involved", -1, "RK133"),
        ("matter", "works", "RK129"),
        ("layer", "lin", "RK130"),
        ("findings", 5, "RK119"),
        ("findings", [{}], "RK119"),
        ("findings", [{"cause": 1}], "RK119"),
        (1, 2, "RK129"),
    ],
)
def test_odd_values_are_refused_and_never_raise_anything_else(book: rk.Book, fact: Any, value: Any, code: str) -> None:
    with pytest.raises(CaseError) as error:
        book.assess({**BASE, fact: value})
    assert [p.code for p in error.value.problems] == [code]
    assert error.value.problems[0].message("zh") and error.value.problems[0].fix("en")


def test_true_is_not_one_and_text_is_not_a_number(book: rk.Book) -> None:
    for value in (True, "1", 1.0):
        with pytest.raises(CaseError):
            book.decide("startup", {"people_involved": value})
    with pytest.raises(CaseError):
        book.decide("startup", {"common_issue": 1})


def test_facts_given_are_copied(book: rk.Book) -> None:
    facts = {"origin": "filed_case", "authority_level": "city", "form": "second"}
    decision = book.decide("startup", facts)
    facts["form"] = "fourth"
    assert {entry.fact: entry.observed for entry in decision.trace[-1].tests}["form"] == "second"
    assert {need.fact for need in decision.needs} == {"coordinator_gate", "lead_gate"}


def test_a_decision_or_way_that_is_not_there_is_named(book: rk.Book) -> None:
    with pytest.raises(KeyError, match="no decision 'start'"):
        book.decide("start", {})
    with pytest.raises(ValueError, match="compiled, durable, meaning"):
        book.decide("startup", {}, by="guess")  # type: ignore[arg-type]
