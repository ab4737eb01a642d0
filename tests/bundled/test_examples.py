"""The example cases come out as their headings say, cite only what was in force, and are filled from the case."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

import reformkit as rk
from reformkit.advising.recommend import Recommendation
from reformkit.wording.values import quote
from tests.bundled.conftest import EXAMPLES

# id → source, startup (None: undetermined), its rule, layer (None: undetermined)
EXPECTED: dict[str, tuple[str, str | None, str | None, str | None]] = {
    "EX-01": ("case", "start", "STA-G0", "line"),
    "EX-02": ("case", "start", "STA-G1", "area"),
    "EX-03": ("case", "start", "STA-G1", "point"),
    "EX-04": ("case", "start", "STA-G1", "point"),
    "EX-05": ("case", "stopped", "STA-G3", "none"),
    "EX-06": ("feedback", "start", "STA-OTHER", "none"),
    "EX-07": ("special", "start", "STA-OTHER", "none"),
    "EX-08": ("inspection", "start", "STA-OTHER", "none"),
    "EX-09": ("case", "start", "STA-C1", "line"),
    "EX-10": ("case", "start", "STA-C2", "line"),
    "EX-11": ("case", "discretion", "STA-C3", "point"),
    "EX-12": ("case", "start", "STA-C4", "point"),
    "EX-13": ("case", "no", "STA-C5", "none"),
    "EX-14": ("case", "discretion", "STA-C6", "point"),
    "EX-15": ("case", "start", "STA-G0", None),
    "EX-16": ("case", "no", "STA-G2", "none"),
    "EX-17": ("case", "discretion", "STA-G4A", "point"),
    "EX-18": ("case", "discretion", "STA-G4B", "point"),
    "EX-19": ("case", None, None, None),
    "EX-20": ("case", None, None, "point"),
}

NOTICES = {
    "EX-01": {"review_after_decision", "second_gate_pending"},
    "EX-03": {"second_gate_pending", "key_case"},
    "EX-06": {"merge_open_reform"},
    "EX-09": {"gate_conflicts_with_full_coverage"},
    "EX-10": {"started_late", "key_case"},
    "EX-15": {"second_gate_pending"},
    "EX-20": {"review_after_decision"},
}

MAINS = {
    "EX-01": {"IN-02", "IN-06", "OV-01", "PR-06"},
    "EX-02": {"IN-02", "OV-03", "OV-06", "PR-02", "PR-07"},
    "EX-03": {"OV-02", "OV-03", "OV-04"},
    "EX-04": {"IN-04", "PR-04"},
    "EX-05": set(),
    "EX-06": {"IN-05", "OV-05"},
    "EX-07": {"IN-05", "OV-01"},
    "EX-08": {"IN-07", "OV-07", "PR-06"},
    "EX-09": {"PR-06", "PR-07"},
    "EX-10": {"OV-01", "PR-04", "PR-05"},
    "EX-11": {"IN-03", "OV-02", "PR-07"},
    "EX-12": {"PR-03", "PR-04"},
    "EX-13": set(),
    "EX-14": {"PR-07"},
    "EX-15": set(),
    "EX-16": set(),
    "EX-17": {"IN-05"},
    "EX-18": {"PR-04", "PR-05"},
    "EX-19": {"IN-03", "IN-06", "PR-06"},
    "EX-20": {"IN-02", "OV-03"},
}


@pytest.mark.parametrize("id", EXPECTED)
def test_each_example_comes_out_as_its_heading_says(
    book: rk.Book, examples: dict[str, rk.Case], history: list[rk.Case], id: str
) -> None:
    source, startup, rule, layer = EXPECTED[id]
    # the other examples change nothing: the history that is given decides
    for others in (history, [*history, *examples.values()]):
        a = book.assess(examples[id], history=others)
        assert a.decisions["source"].outcome == source
        assert (a.startup.outcome, a.startup.rule) == (startup, rule)
        assert a.startup.status == ("undetermined" if startup is None else "decided")
        assert a.layer.outcome == layer
        assert set(a.decisions["notices"].outcomes) == NOTICES.get(id, set())
        assert {r.measure.id for r in a.recommendations} == MAINS[id]
        assert a.uncovered == ()


def test_the_expected_table_names_every_example(examples: dict[str, rk.Case]) -> None:
    assert set(EXPECTED) == set(examples) == set(MAINS)


def test_the_examples_show_every_row_of_the_startup_table_and_every_industry(
    book: rk.Book, examples: dict[str, rk.Case]
) -> None:
    shown = {rule for _, _, rule, _ in EXPECTED.values() if rule is not None}
    assert shown == {rule.id for rule in book.rulebook.decisions["startup"].rules}
    assert len({case.facts["industry"] for case in examples.values()} & book.fields["industry"].values.keys()) == 15
    assert {case.facts.get("form") for case in examples.values()} == {"first", "second", "third", "fourth", None}


def test_the_supply_cooperative_is_a_line_because_of_the_two_like_cases(
    book: rk.Book, examples: dict[str, rk.Case], history: list[rk.Case]
) -> None:
    a = book.assess(examples["EX-01"], history=history)
    assert a.layer.rule == "LAY-LINE"
    assert a.counts["industry_cases"].counted == ("EX-01", "HX-01", "HX-02", "HX-05")
    assert a.counts["industry_cases"].later == ("HX-05",)
    assert book.assess(examples["EX-01"], history=[]).layer.outcome == "point"


def test_the_street_is_an_area_because_of_its_other_cases(
    book: rk.Book, examples: dict[str, rk.Case], history: list[rk.Case]
) -> None:
    a = book.assess(examples["EX-02"], history=history)
    assert a.layer.rule == "LAY-AREA-CASES"
    assert a.counts["town_cases"].counted == ("EX-02", "HX-06", "HX-07", "HX-08", "HX-09", "HX-10")
    assert (a.counts["town_directions"].value, a.counts["town_directions"].left_out) == (3, ("HX-10",))
    assert book.assess(examples["EX-02"], history=[]).layer.outcome == "point"


def test_the_head_of_a_hospital_is_a_point(book: rk.Book, examples: dict[str, rk.Case], history: list[rk.Case]) -> None:
    case = examples["EX-04"]
    assert case.facts["position"] == "principal"
    assert book.assess(case, history=history).layer.outcome == "point"


def test_unfinished_examples_ask_for_what_settles_them(
    book: rk.Book, examples: dict[str, rk.Case], history: list[rk.Case]
) -> None:
    silent, common = (book.assess(examples[id], history=history) for id in ("EX-19", "EX-20"))
    assert [need.fact for need in silent.startup.needs] == ["coordinator_gate"]
    assert [need.fact for need in common.startup.needs] == ["common_issue"]
    assert "matter" in [need.fact for need in silent.needs]
    assert not any(r.certain for r in silent.recommendations)


def test_behaviours_alone_give_suspected_causes_only(
    book: rk.Book, examples: dict[str, rk.Case], history: list[rk.Case]
) -> None:
    a = book.assess(examples["EX-15"], history=history)
    assert a.causes
    assert {cause.certainty for cause in a.causes} == {"suspected"}
    assert a.suspected
    assert a.counts["industry_cases"].missing == ("causes",)


@pytest.mark.parametrize("file", sorted((EXAMPLES / "cases").glob("*.yaml")), ids=lambda file: file.name)
def test_each_example_says_that_it_is_invented_and_is_named_by_id_and_industry(book: rk.Book, file: Path) -> None:
    assert file.read_text(encoding="utf-8").startswith("# 案例系虚构")
    (case,) = book.read_cases(file)
    number, industry, _ = file.stem.split("-", 2)
    assert case.id == f"EX-{number}"
    label = book.fields["industry"].values[str(case.facts["industry"])].label.zh
    assert industry == label.replace("（", "").replace("）", "")


def recommended(a: rk.Assessment) -> Iterator[Recommendation]:
    yield from (*a.recommendations, *a.also, *a.suspected)


@pytest.fixture(scope="module")
def everything(
    book: rk.Book, examples: dict[str, rk.Case], history: list[rk.Case], year: list[rk.Case]
) -> list[rk.Assessment]:
    letter_on = date(2022, 12, 30)
    own = book.assess_many([*examples.values(), *history], history=history, letter_on=letter_on)
    return [*own, *book.assess_many(year, history=year, letter_on=letter_on)]


def test_no_letter_of_2022_cites_a_clause_that_is_not_in_force_on_its_day(everything: list[rk.Assessment]) -> None:
    cited = 0
    for a in everything:
        assert a.letter_day == date(2022, 12, 30)
        for recommendation in recommended(a):
            for citation in recommendation.basis:
                if citation.clause is not None:
                    assert citation.clause.period.holds(a.letter_day), (a.case.id, recommendation.measure.id, citation)
                    cited += 1
    assert cited > 100


def test_no_document_is_cited_without_a_clause_that_dates_it(book: rk.Book) -> None:
    assert book.library is not None
    for measure in book.library.measures.values():
        for citation in measure.basis:
            assert citation.ref is None or citation.clause is not None, (measure.id, citation.ref)


def test_what_came_into_force_later_is_cited_later(book: rk.Book, examples: dict[str, rk.Case]) -> None:
    village = examples["EX-03"]

    def cited(as_of: date) -> set[str | None]:
        a = book.assess(village, history=[], as_of=as_of)
        return {c.citation.ref for r in recommended(a) for c in r.basis}

    collective_law = "L25"  # in force from 2025-05-01
    assert collective_law not in cited(date(2025, 4, 30))
    assert collective_law in cited(date(2025, 5, 1))


def test_every_recommendation_names_the_unit_and_leaves_no_blank_but_for_missing_evidence(
    everything: list[rk.Assessment],
) -> None:
    read = 0
    missing = {"zh": "〔问题表现和证据：待填〕", "en": "[what was found, and the evidence: to be filled in]"}
    for a in everything:
        for recommendation in recommended(a):
            for lang in ("zh", "en"):
                text = recommendation.say(lang)
                shown = {f.cause for f in recommendation.findings if f.evidence}
                bare = recommendation.certainty == "found" and not set(recommendation.covers) <= shown
                assert (missing[lang] in text) == bare
                text = text.replace(missing[lang], "")
                where = (a.case.id, recommendation.measure.id, text)
                other = recommendation.ground.other
                assert str(a.case.facts["unit"] if other is None else other.unit) in text, where
                assert "{" not in text, where
                assert "}" not in text, where
                assert "待填" not in text, where
                assert "to be filled in" not in text, where
                read += 1
    assert read > 500


def test_every_finding_is_answered_in_the_words_of_its_evidence(
    book: rk.Book, examples: dict[str, rk.Case], history: list[rk.Case]
) -> None:
    for case in examples.values():
        a = book.assess(case, history=history)
        if a.withheld is None:
            for finding in case.findings or ():
                assert any(quote(str(finding.evidence)).zh in r.text for r in a.recommendations), (case.id, finding)
