"""The measures fit: each industry that a measure names has its own wording, and criteria that a stranger can check."""

from __future__ import annotations

import re
from itertools import combinations, product
from string import Formatter

import pytest

import reformkit as rk
from reformkit.advising.citing import citations
from reformkit.advising.mains import Mains
from reformkit.model import condition
from reformkit.model.library import Library, Measure
from reformkit.text import Text
from reformkit.wording.suggestion import addressee, blanks_of, say_about, say_suggestion

NAMED: dict[str, str] = {
    "IN-01": "",
    "IN-02": "soe supply_coop",
    "IN-03": "supply_coop education health general",
    "IN-04": "health education construction supply_coop",
    "IN-05": "civil_affairs agriculture village education",
    "IN-06": "supply_coop soe village general",
    "IN-07": "",
    "PR-01": "village",
    "PR-02": "soe supply_coop health",
    "PR-03": "",
    "PR-04": "finance health supply_coop village",
    "PR-05": "political_legal market_admin natural_resources construction",
    "PR-06": "construction transport water_env education",
    "PR-07": "political_legal construction natural_resources soe",
    "OV-01": "supply_coop health education civil_affairs agriculture",
    "OV-02": "supply_coop soe village education",
    "OV-03": "village education health supply_coop",
    "OV-04": "village education health civil_affairs",
    "OV-05": "civil_affairs health agriculture finance",
    "OV-06": "",
    "OV-07": "",
}
"""The industries that each measure names, as its source lists them."""

LAYERS = (None, "point", "line", "area")
PAPER = re.compile(r"100%|(?<!\d)0(?:[笔次件处个项份人户起张元]| [a-z])|近[36]个月|last [36] months")
"""What invites paper: whole percentages, counts of nothing, and samples that lie before the letter."""
SHOW = {"zh": re.compile(r"（查[^（）]+）$"), "en": re.compile(r"\(see [^()]+\)$")}


def filled(
    book: rk.Book, measure: Measure, industry: str | None, lang: rk.Lang = "zh", layer: str | None = None
) -> str:
    assert book.library is not None
    facts = {"unit": "某单位", "township": "某镇", **({} if industry is None else {"industry": industry})}
    covers = {edge.cause: ["某问题"] for edge in measure.addresses}
    return said(book, measure, facts, covers, layer).say(lang)


def said(
    book: rk.Book, measure: Measure, facts: dict[str, str], covers: dict[str, list[str]], layer: str | None
) -> Text:
    assert book.library is not None
    about = say_about(covers, book.library)
    return say_suggestion(
        measure,
        addressee(book.fields, facts, facts),
        blanks_of(book.fields, facts),
        [(about, measure.wording(facts))],
        layer,
    )


def texts(measure: Measure) -> list[tuple[str, Text]]:
    own = [(f"{measure.id} {v.named}", v.text) for v in measure.variants]
    return [(measure.id, measure.text), *own]


def criteria(library: Library) -> list[tuple[str, Text]]:
    found = []
    for measure in library.measures.values():
        for who, accept in [("", measure.accept), *((str(v.named), v.accept) for v in measure.variants)]:
            found += [(f"{measure.id} {who}", criterion) for criterion in accept]
    return found


def test_each_industry_that_a_measure_names_has_a_wording_of_its_own(library: Library) -> None:
    assert set(NAMED) == set(library.measures)
    for id, named in NAMED.items():
        own = {industry for v in library.measures[id].variants for industry in v.industries}
        assert set(named.split()) <= own, id


def test_no_two_industries_get_the_same_wording_of_a_measure_that_names_both(book: rk.Book, library: Library) -> None:
    compared = 0
    for measure in library.measures.values():
        named = [v.industries[0] for v in measure.variants if [fact for fact, _ in v.named] == ["industry"]]
        assert len(set(named)) == len(named), measure.id
        for (one, other), lang in product(combinations([*named, None], 2), ("zh", "en")):
            assert filled(book, measure, one, lang) != filled(book, measure, other, lang), (measure.id, one, other)
            compared += 1
    assert compared > 200


WITHOUT_A_WORDING = {
    *("human_resources", "grain", "city_enforcement", "forestry", "culture", "university", "emergency"),
    *("ethnic_religious", "veterans", "development_zone", "association"),
}
"""Sectors that were added for what cases are about; the general text serves where no wording is written for them."""


def test_every_industry_is_named_by_several_measures(book: rk.Book, library: Library) -> None:
    for industry in book.fields["industry"].values.keys() - WITHOUT_A_WORDING:
        assert len(library.by_industry(industry)) >= 2, industry


def test_a_variant_says_more_than_its_industry_by_name(library: Library) -> None:
    """Whole clauses differ: at least a fifth of a variant's words are not those of the general text."""
    for measure in library.measures.values():
        general = pairs(measure.text.zh)
        for variant in measure.variants:
            own = pairs(variant.text.zh)
            assert len(own - general) / len(own) > 1 / 5, (measure.id, variant.industries)


def pairs(text: str) -> set[str]:
    return {text[i : i + 2] for i in range(len(text) - 1)}


def test_each_criterion_invites_no_paper_and_ends_with_the_papers_to_show(library: Library) -> None:
    found = criteria(library)
    assert len(found) > 200
    for where, criterion in found:
        assert not PAPER.search(criterion.zh), (where, criterion.zh)
        assert not PAPER.search(criterion.en), (where, criterion.en)
        assert SHOW["zh"].search(criterion.zh), (where, criterion.zh)
        assert SHOW["en"].search(criterion.en), (where, criterion.en)


def test_a_criterion_has_the_same_numbers_in_both_languages(library: Library) -> None:
    for where, criterion in criteria(library):
        zh, en = (set(re.findall(r"\d+", said)) for said in (criterion.zh, criterion.en))
        assert zh == en, (where, criterion)


def test_a_variant_has_criteria_of_its_own_or_the_general_ones_whole(library: Library) -> None:
    for measure in library.measures.values():
        assert 2 <= len(measure.accept) <= 5, measure.id
        for variant in measure.variants:
            assert len(variant.accept) != 1, (measure.id, variant.industries)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_what_the_case_does_not_say_is_a_blank_in_the_text(book: rk.Book, library: Library, lang: rk.Lang) -> None:
    unit, evidence = (
        ("〔案发单位：待填〕", "〔问题表现和证据：待填〕")
        if lang == "zh"
        else ("[Unit concerned: to be filled in]", "[what was found, and the evidence: to be filled in]")
    )
    to_fill = "待填〕" if lang == "zh" else "to be filled in]"
    for measure, layer in product(library.measures.values(), LAYERS):
        for industry in [None, *book.fields["industry"].values]:
            facts = {} if industry is None else {"industry": industry}
            covers: dict[str, list[str]] = {edge.cause: [] for edge in measure.addresses}
            words = said(book, measure, facts, covers, layer).say(lang)
            variant = measure.wording(facts)
            template = (variant.text if variant else measure.text).say(lang)
            wanted = 2 + sum(name not in (None, "days") for _, name, _, _ in Formatter().parse(template))
            assert unit in words
            assert evidence in words
            assert words.count(to_fill) >= wanted, (measure.id, industry)
            assert "{" not in words


def test_a_cause_without_evidence_is_named_beside_those_that_have_some(book: rk.Book) -> None:
    findings = [{"cause": "institution.absent"}, {"cause": "institution.vague", "evidence": "办法只有一页"}]
    case = {"id": "X", "origin": "filed_case", "unit": "某局", "findings": findings}
    (recommended,) = book.assess(case).recommendations
    assert recommended.text.startswith("针对“办法只有一页”问题和“无制度”这一症结〔问题表现和证据：待填〕，建议某局自")


def test_every_cause_has_one_main_measure_whatever_the_facts_that_edges_test(book: rk.Book, library: Library) -> None:
    mains = Mains(library, book.rulebook.vocabulary)
    asked = sorted(mains.facts | {"matter", "industry"})
    domains = [list(book.fields[fact].values) for fact in asked]
    reached = set()
    for cause, values in product(library.causes, product(*domains)):
        main = mains.of(cause, dict(zip(asked, values, strict=True)))
        assert len(main.measures) == 1, (cause, values)
        assert not main.none
        reached.update(main.measures)
    assert reached == set(library.measures)
    edges = [edge for measure in library.measures.values() for edge in measure.addresses]
    assert {test.fact for edge in edges if edge.when for test in condition.tests(edge.when)} <= set(asked)


def test_what_two_measures_could_both_say_stands_in_one(library: Library) -> None:
    def whole(id: str) -> str:
        return "".join(text.zh for _, text in texts(library.measures[id]))

    assert "末位表态" in whole("IN-02")
    assert "末位表态" not in whole("PR-02")
    assert "分岗" in whole("PR-04")
    assert "分岗" not in whole("IN-03")
    assert "每季" in whole("OV-05")
    assert "每季" not in whole("IN-05")


def test_what_the_unit_cannot_do_by_itself_it_only_joins_in(library: Library) -> None:
    for where, text in texts(library.measures["PR-02"]):
        assert "配合上级监督谈话" in text.zh, where
    assert "line" in library.measures["PR-02"].layers


def test_return_visits_take_in_inspection_and_look_whether_rules_were_broken_again(library: Library) -> None:
    for where, text in texts(library.measures["OV-07"]):
        assert "巡察" in text.zh, where
        assert "又被" in text.zh, where


FORBIDDEN = [
    ("supply_coop", "enterprise", "L19"),  # co-operative assets belong to the co-operative, not to the state
    ("soe", "enterprise", "L11"),  # the control standards are for administrative and public institutions
    ("village", "village", "L22"),
    ("village", "community", "L24"),  # the organic law is for villages, not for communities
    ("political_legal", "enterprise", "L18"),
]


@pytest.mark.parametrize(("industry", "kind", "reference"), FORBIDDEN)
def test_no_law_is_cited_for_those_whom_it_does_not_bind(
    library: Library, industry: str, kind: str, reference: str
) -> None:
    for measure in library.measures.values():
        subjects = [
            (edge.cause, matter) for edge in measure.addresses for matter in ("finance", "works", "enforcement")
        ]
        cited = citations(measure, library, {"industry": industry, "unit_kind": kind}, None, subjects)
        assert reference not in {c.citation.ref for c in cited}, measure.id


def test_what_was_not_read_is_never_relied_on_and_every_cited_clause_is_dated(library: Library) -> None:
    for measure in library.measures.values():
        kinds = [c.kind for c in measure.basis]
        assert kinds.count("assumption") == 1, measure.id
        for citation in measure.basis:
            if citation.ref is not None:
                clause = library.references[citation.ref].clauses[str(citation.clause)]
                assert clause.checked in ("clause", "reprint") or citation.use == "refer", (measure.id, citation)
                assert clause.period.since is not None, (measure.id, citation)
    for id in ("IN-01", "PR-02", "PR-03", "OV-06"):  # for what they chiefly ask, no clause was read
        assert all(c.use == "refer" for c in library.measures[id].basis if c.ref), id


def test_every_measure_says_who_leads_by_when_and_which_side_of_the_three_it_serves(library: Library) -> None:
    for measure in library.measures.values():
        assert measure.lead.zh
        assert measure.due_days > 0
        assert measure.evidence
        assert set(measure.serves) <= {"dare_not", "cannot", "will_not"}
        assert measure.serves
        assert set(measure.practices) <= set(measure.layers)
        assert set(measure.layers) - {"point"} <= set(measure.practices), measure.id


TERM = re.compile(r"\d+(?:%|日|个月|笔|份|项|次|宗|条|件|户|处|分)")


def test_each_number_that_is_called_an_assumption_stands_in_the_measure(library: Library) -> None:
    looked_at = 0
    for measure in library.measures.values():
        texts = [measure.text, *measure.accept, *(t for v in measure.variants for t in (v.text, *v.accept))]
        said = "".join(text.zh for text in texts) + f"{measure.due_days}日"
        for basis in measure.basis:
            if basis.kind == "assumption" and basis.at is not None:
                for term in TERM.findall(basis.at.zh.split("由本措施库设定")[0]):
                    looked_at += 1
                    assert term in said, (measure.id, term)
    assert looked_at >= 30
