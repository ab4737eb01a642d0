"""No text speaks of what the matter of the case cannot have, whatever the cause, the matter, the sector and the unit."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import product

import pytest

import reformkit as rk
from reformkit.advising.mains import Mains
from reformkit.model.library import Library, Measure, Variant

SPEAKS = {
    "welfare": re.compile(
        "低保|特困|临时救助|入户核查|民主评议|死亡|户籍|房车|一人一档|一生一档|受助学生|受益户|应保未保"
    ),
    "tenders": re.compile("招标|投标|评标|比选|供应商|询价"),
    "works": re.compile("隐蔽工程|签证|监理日志|图纸、现场"),
    "expropriation": re.compile("被征收人|征收告知|补偿户|征拆|丈量"),
    "licences": re.compile("许可|登记审批|矿业权|采矿权|补正|退件|发证"),
    "planting": re.compile("苗木|成活"),
    "drugs": re.compile("药品|耗材|处方"),
    "auxiliary": re.compile("辅助、编外|协管|劳务派遣|返聘"),
    "hospitality": re.compile("接待有公函|派车单"),
    "seals": re.compile("印章、票据、密钥"),
    "stock": re.compile("损耗|升溢|盘库"),
    "weighing": re.compile("称重|卸载|治超"),
}
"""Words that belong to some business only."""

MAY = {
    "welfare": ({"subsidy"}, set[str]()),
    "tenders": (
        {"procurement", "works", "services", "project_funds", "stock", "hospitality"},
        {
            "institution.procurement_rules",
            "supervision.third_party",
            "power.project_intervention",
            "power.change_settlement",
        },
    ),
    "works": (
        {"works", "project_funds", "compensation"},
        {"power.change_settlement", "supervision.third_party", "power.project_intervention"},
    ),
    "expropriation": ({"compensation"}, set[str]()),
    "licences": ({"approval", "enforcement", "lease_disposal"}, {"power.rent_seeking", "power.risk_unidentified"}),
    "planting": (set[str](), set[str]()),
    "drugs": (
        {"procurement", "stock", "subsidy", "services"},
        {"institution.procurement_rules", "institution.stock_loss"},
    ),
    "auxiliary": (set[str](), {"supervision.auxiliary_staff"}),
    "hospitality": ({"hospitality"}, {"supervision.conduct_expenses"}),
    "seals": ({"seals_keys"}, {"supervision.seals_keys"}),
    "stock": ({"stock"}, {"institution.stock_loss"}),
    "weighing": ({"enforcement", "approval"}, {"power.enforcement_trace"}),
}
"""The matters and the causes in which such words have a place."""

OF_SECTOR = {
    "tenders": {"construction", "health", "education", "supply_coop", "transport", "water_env", "soe", "village"},
    "works": {"construction", "transport", "water_env", "village"},
    "expropriation": {"village", "water_env"},  # land that is let is measured too; resettlement is aid and compensation
    "stock": {"grain"},
}
"""The sectors whose own list of business names it, where a wording is written for the sector."""

WHOLE = {
    "IN-02": "what a leadership decides together is all that it decides",
    "IN-03": "internal control is built for all the business of a unit",
    "PR-02": "what a principal does not take charge of is settled for the whole unit",
    "OV-01": "a list of duties of supervision is of the whole sector",
    "OV-04": "a catalogue of disclosure is of all that is disclosed",
    "OV-05": "data are compared wherever a sector holds them",
    "OV-06": "a life meeting is about the whole unit",
    "OV-07": "return visits and complaints are about the whole unit",
}
"""Measures whose wording for a sector names all of its business, and why; their general texts name none."""

Fit = tuple[str, str | None, str | None, str | None]


@pytest.fixture(scope="module")
def library(book: rk.Book) -> Library:
    assert book.library is not None
    return book.library


def mains(book: rk.Book, library: Library) -> Iterator[tuple[str, str | None, Measure]]:
    """Each cause and matter with its main measure, where that is settled."""
    chosen = Mains(library, book.rulebook.vocabulary)
    for cause, matter in product(library.causes, [None, *book.fields["matter"].values]):
        main = chosen.of(cause, {} if matter is None else {"matter": matter})
        if not main.hangs_on:
            yield cause, matter, library.measures[main.measures[0]]


def worded(book: rk.Book, measure: Measure, cause: str, matter: str | None) -> dict[int, tuple[Variant | None, Fit]]:
    """The different wordings that some sector and unit get, each with one of these."""
    named = [v for v in measure.variants if {"cause": cause, "matter": matter}.items() >= _asked(v, cause, matter)]
    industries = dict.fromkeys([None, *(i for v in named for i in v.industries)])
    kinds = dict.fromkeys([None, *(k for v in named for k in v.unit_kinds)])
    found: dict[int, tuple[Variant | None, Fit]] = {}
    for industry, kind in product(industries, kinds):
        facts = {"cause": cause, "matter": matter, "industry": industry, "unit_kind": kind}
        variant = measure.wording(facts)
        found.setdefault(id(variant), (variant, (cause, matter, industry, kind)))
    return found


def _asked(variant: Variant, cause: str, matter: str | None) -> set[tuple[str, str | None]]:
    facts = {"cause": cause, "matter": matter}
    return {(name, facts[name] if facts[name] in values else "?") for name, values in variant.named if name in facts}


def said(measure: Measure, variant: Variant | None, cause: str) -> str:
    """Everything that is printed of a measure for a cause: text, criteria, papers, reason."""
    texts = [variant.text if variant else measure.text, *((variant.accept if variant else ()) or measure.accept)]
    texts += (variant.evidence if variant else ()) or measure.evidence
    texts += [edge.why for edge in measure.addresses if edge.cause == cause]
    return "\n".join(text.zh for text in texts)


def test_no_text_speaks_of_what_the_matter_cannot_have(book: rk.Book, library: Library) -> None:
    unfit, looked_at = set(), 0
    for cause, matter, measure in mains(book, library):
        for variant, _ in worded(book, measure, cause, matter).values():
            words = said(measure, variant, cause)
            for business, pattern in SPEAKS.items():
                looked_at += 1
                matters, causes = MAY[business]
                if matter in matters or cause in causes:
                    continue
                if variant is not None and variant.industries and measure.id in WHOLE:
                    continue
                if variant is not None and set(variant.industries) & OF_SECTOR.get(business, set()):
                    continue
                found = pattern.search(words)
                if found:
                    unfit.add((measure.id, None if variant is None else variant.named, business, found[0]))
    assert looked_at > 6_000
    assert not unfit, "\n".join(sorted(map(str, unfit)))


@pytest.mark.parametrize("planted", ["入户核查", "评标", "隐蔽工程", "升溢", "征拆", "苗木", "处方", "返聘", "派车单"])
def test_a_word_out_of_place_is_noticed(book: rk.Book, library: Library, planted: str) -> None:
    (business,) = [name for name, pattern in SPEAKS.items() if pattern.search(planted)]
    assert "daily_conduct" not in MAY[business][0]
    assert "supervision.daily_management" not in MAY[business][1]


def test_every_cause_and_matter_that_has_a_wording_gets_it_in_every_sector_without_one(library: Library) -> None:
    for measure in library.measures.values():
        for variant in measure.variants:
            facts = {name: next(iter(sorted(values))) for name, values in variant.named}
            chosen = measure.wording(facts)
            assert chosen is not None
            assert chosen.rank >= variant.rank, (measure.id, variant.named)


def test_a_village_a_company_and_a_bureau_have_leads_of_their_own(book: rk.Book, library: Library) -> None:
    office = re.compile("党组（党委）办公室|机关纪检机构|人事部门")
    for measure in library.measures.values():
        village = measure.lead_for(None, {"unit_kind": "village"})
        assert not office.search(village.zh), measure.id
        assert village == measure.lead_for(None, {"industry": "village"}), measure.id
        if measure.id != "IN-05":  # welfare and compensation are for the township to carry out
            assert village != measure.lead, measure.id
            assert village != measure.lead_for(None, {"unit_kind": "department"})


def test_two_matters_of_one_cause_give_two_suggestions_with_criteria_of_their_own(book: rk.Book) -> None:
    findings = [
        {"cause": "institution.fund_rules", "matter": "compensation", "evidence": "丈量表未到现场即签字"},
        {"cause": "institution.fund_rules", "matter": "project_funds", "evidence": "未验收即拨尾款"},
    ]
    case = {"id": "两类", "origin": "filed_case", "unit": "某镇政府", "unit_kind": "local_committee"}
    (recommended,) = book.assess({**case, "findings": findings}).recommendations
    first, second = recommended.suggestions
    assert (first.matter, second.matter) == ("compensation", "project_funds")
    assert first.finding is not None
    assert first.finding.evidence == "丈量表未到现场即签字"
    assert "一户一档" in first.text
    assert "一项目一档" in second.text
    assert not set(first.criteria) & set(second.criteria)
    assert str(first.due) == "自收到本文书之日起60日内"
    assert "（一）针对“丈量表未到现场即签字”问题，" in recommended.text
    assert "（二）针对“未验收即拨尾款”问题，" in recommended.text
    assert "100%" not in recommended.text


FILE = re.compile("一(?:[人户生笔]|项目)一档")


def test_the_papers_name_the_file_that_the_text_has_kept(library: Library) -> None:
    looked_at = 0
    for measure in library.measures.values():
        for variant in (None, *measure.variants):
            kept = set(FILE.findall((variant or measure).text.zh))
            papers = measure.evidence_for(variant, {}) if variant else measure.evidence
            shown = set(FILE.findall("\n".join(paper.zh for paper in papers)))
            looked_at += bool(kept)
            assert kept == shown, (measure.id, None if variant is None else variant.named)
    assert looked_at >= 10


def test_hiring_and_training_are_not_checked_as_relief_is(library: Library) -> None:
    check = {"cause": "supervision.eligibility_check"}
    hiring = library.measures["IN-05"].wording({**check, "matter": "personnel", "industry": "village"})
    training = library.measures["IN-05"].wording({**check, "matter": "subsidy", "industry": "human_resources"})
    assert hiring is not None
    assert training is not None
    assert "资格审查" in hiring.text.zh
    assert "参保" in training.text.zh
    for variant in (hiring, training):
        assert not SPEAKS["welfare"].search(variant.text.zh)


def test_a_bureau_of_finance_is_not_told_to_lend(library: Library) -> None:
    for measure in library.measures.values():
        for variant in measure.variants:
            if "finance" in variant.industries:
                for text in (variant.text, *variant.accept):
                    if re.search("信贷|放贷", text.zh):
                        assert "金融机构" in text.zh, measure.id
