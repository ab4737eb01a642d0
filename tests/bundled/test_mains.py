"""Every cause has one main measure, the one that answers the cause itself; only the matter may choose another."""

from __future__ import annotations

import pytest

import reformkit as rk

MAINS = {
    "institution.absent": "IN-01",
    "institution.outdated": "IN-01",
    "institution.vague": "IN-01",
    "institution.not_enforced": "IN-07",
    "institution.decision_rules": "IN-02",
    "institution.internal_control": "IN-03",
    "institution.procurement_rules": "IN-04",
    "institution.fund_rules": "IN-05",
    "institution.asset_rules": "IN-06",
    "institution.contract_rules": "IN-03",
    "institution.personnel_rules": "IN-01",
    "institution.accountability": "IN-07",
    "power.top_leader": "PR-02",
    "power.collective_bypass": "IN-02",
    "power.boundary_unclear": "PR-01",
    "power.discretion": "PR-05",
    "power.approval_single": "PR-04",
    "power.incompatible_posts": "PR-04",
    "power.no_rotation": "PR-04",
    "power.project_intervention": "PR-07",
    "power.change_settlement": "PR-06",
    "power.conflict_interest": "PR-07",
    "power.rent_seeking": "PR-03",
    "power.risk_unidentified": "PR-03",
    "power.case_intervention": "PR-07",
    "supervision.industry_vacuum": "OV-01",
    "supervision.subordinate_blind": "OV-01",
    "supervision.audit_absent": "OV-02",
    "supervision.finance_lax": "OV-03",
    "supervision.off_book": "OV-03",
    "supervision.cash_bill": "OV-03",
    "supervision.disclosure_lacking": "OV-04",
    "supervision.data_silos": "OV-05",
    "supervision.eligibility_check": "IN-05",
    "supervision.party_responsibility": "OV-06",
    "supervision.education_formal": "OV-06",
    "supervision.grassroots_power": "OV-04",
    "supervision.rectification_fake": "OV-07",
    "supervision.complaint_unused": "OV-07",
    "supervision.acceptance_lax": "IN-03",
    "supervision.watchdog_weak": "OV-02",
    "supervision.daily_management": "OV-06",
    "supervision.conduct_expenses": "OV-03",
    "institution.stock_loss": "IN-03",
    "institution.upkeep": "PR-01",
    "power.enforcement_trace": "PR-05",
    "supervision.seals_keys": "OV-03",
    "supervision.third_party": "IN-04",
    "supervision.auxiliary_staff": "OV-01",
    "supervision.peer_oversight": "PR-02",
}
"""The main measure of each cause, where the matter does not choose another."""

BY_MATTER = {
    "institution.contract_rules": {"lease_disposal": "IN-06", "works": "PR-06"},
    "supervision.acceptance_lax": {
        "works": "PR-06",
        "procurement": "IN-04",
        "services": "IN-04",
        "subsidy": "IN-05",
        "compensation": "IN-05",
        "project_funds": "IN-05",
        "approval": "PR-04",
        "enforcement": "PR-04",
        "case_handling": "PR-04",
    },
    "supervision.third_party": {"works": "PR-06"},
    "supervision.grassroots_power": {"subsidy": "IN-05"},
}

WIDER = {"prefecture_cases": 1, "county_leaders": 0}
"""No like cases beyond the county."""

STARTED = {
    "id": "M",
    "origin": "filed_case",
    "authority_level": "county",
    "stage": "under_investigation",
    "coordinator_gate": "passed",
    "unit": "某区某局",
}


def assessed(book: rk.Book, cause: str, matter: str | None = None, **facts: str | int) -> rk.Assessment:
    finding = {"cause": cause} if matter is None else {"cause": cause, "matter": matter}
    return book.assess({**STARTED, **facts, "findings": [finding]})


def test_the_table_names_every_cause_and_the_library_has_21_measures(book: rk.Book) -> None:
    assert book.library is not None
    assert set(book.library.causes) == set(MAINS)
    sizes = [len(book.library.by_weak_point(point)) for point in ("institution", "power", "supervision")]
    assert sizes == [7, 7, 7]


@pytest.mark.parametrize("cause", MAINS)
def test_each_cause_and_matter_has_the_one_main_measure_that_answers_it(book: rk.Book, cause: str) -> None:
    matters = book.fields["matter"].values
    assert len(matters) == 18
    for matter in matters:
        expected = BY_MATTER.get(cause, {}).get(matter, MAINS[cause])
        assessment = assessed(book, cause, matter)
        given = [(r.measure.id, r.certain, r.covers) for r in assessment.recommendations]
        assert given == [(expected, True, (cause,))], matter
        assert assessment.uncovered == ()


@pytest.mark.parametrize("cause", [cause for cause in MAINS if cause not in BY_MATTER])
def test_where_the_matter_chooses_nothing_it_need_not_be_known(book: rk.Book, cause: str) -> None:
    assessment = assessed(book, cause)
    assert [(r.measure.id, r.certain) for r in assessment.recommendations] == [(MAINS[cause], True)]
    assert "matter" not in [need.fact for need in assessment.needs]


@pytest.mark.parametrize("cause", BY_MATTER)
def test_where_the_matter_is_unknown_every_possible_main_is_given_marked_and_the_matter_asked(
    book: rk.Book, cause: str
) -> None:
    assessment = assessed(book, cause)
    assert {r.measure.id for r in assessment.recommendations} == {MAINS[cause], *BY_MATTER[cause].values()}
    for recommendation in assessment.recommendations:
        assert not recommendation.certain
        assert recommendation.hangs_on == ("matter",)
    assert "matter" in [need.fact for need in assessment.needs]


def test_neither_industry_nor_post_changes_the_main_measure(book: rk.Book) -> None:
    for cause, main in MAINS.items():
        for industry in book.fields["industry"].values:
            for position in ("principal", "staff", "village"):
                given = assessed(book, cause, "other", industry=industry, position=position).recommendations
                assert [r.measure.id for r in given] == [main], (cause, industry, position)


def test_the_layer_hides_no_measure(book: rk.Book) -> None:
    counted: dict[str, dict[str, int]] = {
        "point": {"industry_cases": 1, "town_cases": 1, "town_directions": 1, "town_leaders": 0, **WIDER},
        "line": {"industry_cases": 2, "town_cases": 1, "town_directions": 1, "town_leaders": 0, **WIDER},
        "area": {"industry_cases": 2, "town_cases": 3, "town_directions": 2, "town_leaders": 0, **WIDER},
    }
    for cause, main in MAINS.items():
        for layer, signals in counted.items():
            assessment = assessed(book, cause, "other", **signals)
            assert assessment.layer.outcome == layer
            assert [r.measure.id for r in assessment.recommendations] == [main], (cause, layer)


def test_a_behaviour_only_suggests_causes_and_its_measures_stand_apart(book: rk.Book) -> None:
    for behaviour in book.fields["behaviours"].values:
        assessment = book.assess({**STARTED, "behaviours": [behaviour], "findings": []})
        assert assessment.recommendations == ()
        assert assessment.causes, behaviour
        assert {cause.certainty for cause in assessment.causes} == {"suspected"}
        assert assessment.suspected
        assert all(r.text.startswith("（待核实）") for r in assessment.suspected)
