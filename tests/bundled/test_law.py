"""The law under the measures: in force that day, meant for that body, and about that cause and that matter.

`LAW` was written from what was read of each clause, apart from the library. A measure may cite less than it allows, never more.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import product

import pytest

import reformkit as rk
from reformkit.advising.citing import citations
from reformkit.deciding.meaning import holds
from reformkit.model import condition
from reformkit.model.library import Citation, Library

OFFICES = {"local_committee", "county_committee", "department", "development_zone_committee", "dispatched"}
PUBLIC = OFFICES | {"public_institution", "mass_organization"}
PRIVATE = {"soe", "supply_coop", "village", "association"}
"""Sectors whose bodies are neither offices nor public institutions."""

MONEY = "procurement works lease_disposal subsidy finance contract project_funds compensation services hospitality stock seals_keys"

Body = tuple[set[str] | None, set[str] | None, set[str]]
"""The kinds of units, the sectors (None: any), and the sectors that are none."""
BODIES: dict[str, Body] = {
    "everybody": (None, None, set()),
    "offices": (OFFICES, None, PRIVATE),
    "Party and state organs": (OFFICES | {"mass_organization"}, None, PRIVATE),
    "offices and public institutions": (PUBLIC, None, PRIVATE),
    "audited": (PUBLIC | {"enterprise"}, None, {"village", "association"}),
    "governments": (OFFICES - {"local_committee"}, None, PRIVATE),  # a street's Party working committee is none
    "civil servants": ({"department", "local_committee", "county_committee"}, None, PRIVATE),
    "Party groups": ({"department", "mass_organization"}, None, PRIVATE),
    "local Party committees": ({"county_committee"}, None, PRIVATE),
    "state firms": ({"enterprise"}, {"soe"}, set()),
    "co-operatives": (None, {"supply_coop"}, set()),
    "state firms and co-operatives": ({"enterprise", None}, {"soe", "supply_coop"}, set()),
    "villages": ({"village"}, {"village"}, set()),
    "relief": (
        {"department", "local_committee", "village", "community"}, {"civil_affairs", "village"}, set(),
    ),
    "relief offices": ({"department", "local_committee"}, {"civil_affairs"}, set()),
    "medical insurance": ({"department"}, {"health"}, set()),
    "public services": ({"public_institution"}, {"health", "education"}, set()),
    "schools": ({"department", "public_institution"}, {"education"}, set()),
    "land": (
        {"village", "local_committee", "department"}, {"village", "construction", "natural_resources"}, set(),
    ),
}  # fmt: skip

LAW = """
L01 11-1             | 2018-03-20 | -          | everybody                       | education_formal                                    | *
L01 52-5             | 2025-06-01 | -          | everybody                       | rectification_fake                                  | *
L01 2018-45          | 2018-03-20 | 2025-06-01 | everybody                       | rectification_fake                                  | *
L02 20               | 2021-09-20 | 2025-06-01 | everybody                       | rectification_fake                                  | *
L04 43               | 2024-01-01 | -          | everybody                       | off_book conduct_expenses                           | *
L04 44               | 2024-01-01 | -          | everybody                       | party_responsibility education_formal               | *
L06 19               | 2019-01-01 | -          | everybody                       | rectification_fake                                  | *
L10 passage-1        | 2016-12-23 | -          | offices and public institutions | party_responsibility                                | *
L11 1                | 2014-01-01 | -          | offices and public institutions | risk_unidentified                                   | MONEY
L11 3                | 2014-01-01 | -          | offices and public institutions | risk_unidentified                                   | MONEY
L11 5-3              | 2014-01-01 | -          | offices and public institutions | internal_control incompatible_posts approval_single | MONEY
L11 5-4              | 2014-01-01 | -          | offices and public institutions | outdated vague                                      | MONEY
L11 6                | 2014-01-01 | -          | offices and public institutions | internal_control                                    | MONEY
L12 16               | 2024-07-01 | -          | everybody                       | off_book                                            | *
L12 2017-16          | 2017-11-04 | 2024-07-01 | everybody                       | off_book                                            | *
L12 17               | 2024-07-01 | -          | everybody                       | finance_lax cash_bill stock_loss                    | *
L12 2017-17          | 2017-11-04 | 2024-07-01 | everybody                       | finance_lax cash_bill stock_loss                    | *
L12 25-1             | 2024-07-01 | -          | everybody                       | internal_control incompatible_posts                 | MONEY
L12 2017-27-1        | 2017-11-04 | 2024-07-01 | everybody                       | internal_control incompatible_posts                 | MONEY
L12 35               | 2024-07-01 | -          | everybody                       | incompatible_posts seals_keys                            | finance seals_keys
L12 2017-37          | 2017-11-04 | 2024-07-01 | everybody                       | incompatible_posts seals_keys                            | finance seals_keys
L13 13               | 2018-12-29 | -          | offices and public institutions | internal_control                                    | finance
L13 57               | 2018-12-29 | -          | offices and public institutions | finance_lax                                         | *
L14 32               | 2022-01-31 | -          | audited                         | audit_absent                                        | *
L14 52               | 2022-01-31 | -          | audited                         | audit_absent rectification_fake                     | *
L15 12               | 2014-08-31 | -          | offices and public institutions | conflict_interest                                   | procurement services
L15 28               | 2014-08-31 | -          | offices and public institutions | procurement_rules                                   | procurement services
L15 41               | 2014-08-31 | -          | offices and public institutions | acceptance_lax                                      | procurement services
L15 61               | 2014-08-31 | -          | offices and public institutions | incompatible_posts                                  | procurement services
L15 reg-11           | 2015-03-01 | -          | offices and public institutions | procurement_rules                                   | procurement services
L15 reg-50           | 2015-03-01 | -          | offices and public institutions | procurement_rules                                   | procurement services
L16 4                | 2017-12-27 | -          | everybody                       | procurement_rules                                   | works procurement
L16 reg-6            | 2019-03-02 | -          | everybody                       | project_intervention                                | works procurement
L17 21               | 2019-07-01 | -          | everybody                       | change_settlement                                   | works
L17 23               | 2019-07-01 | -          | offices and public institutions | change_settlement                                   | works
L17 25               | 2019-07-01 | -          | offices and public institutions | change_settlement                                   | works
L17 quality-16       | 2019-04-23 | -          | everybody                       | acceptance_lax                                      | works
L17 quality-30       | 2019-04-23 | -          | everybody                       | acceptance_lax                                      | works
L18 30               | 2021-04-01 | -          | offices and public institutions | asset_rules                                         | *
L18 36               | 2021-04-01 | -          | offices and public institutions | asset_rules                                         | *
L18 51               | 2021-04-01 | -          | offices and public institutions | internal_control subordinate_blind                  | lease_disposal stock
L19 32               | 2009-05-01 | -          | state firms                     | decision_rules collective_bypass                    | *
L19 54               | 2009-05-01 | -          | state firms                     | asset_rules                                         | *
L19 55               | 2009-05-01 | -          | state firms                     | asset_rules                                         | *
L20 57               | 2019-06-01 | -          | civil servants                  | education_formal daily_management                   | *
L20 71               | 2019-06-01 | -          | civil servants                  | no_rotation                                         | *
L20 74               | 2019-06-01 | -          | civil servants                  | conflict_interest                                   | *
L20 76-1             | 2019-06-01 | -          | civil servants                  | conflict_interest                                   | *
L21 34               | 2021-07-15 | -          | offices                         | discretion                                          | enforcement
L21 39               | 2021-07-15 | -          | offices                         | boundary_unclear                                    | enforcement
L21 47               | 2021-07-15 | -          | offices                         | enforcement_trace                                   | enforcement
L21 57               | 2021-07-15 | -          | offices                         | discretion                                          | enforcement
L21 58               | 2021-07-15 | -          | offices                         | discretion                                          | enforcement
L21 business-35      | 2020-01-01 | -          | offices                         | boundary_unclear approval_single vague rent_seeking | approval
L21 business-54      | 2020-01-01 | -          | offices                         | industry_vacuum                                     | enforcement
L21 business-58      | 2020-01-01 | -          | offices                         | discretion                                          | enforcement
L21 business-60      | 2020-01-01 | -          | offices                         | discretion                                          | enforcement
L21 business-63      | 2020-01-01 | -          | offices                         | absent outdated vague                               | approval enforcement
L22 25               | 2019-09-01 | -          | governments                       | decision_rules                                      | *
L22 30               | 2019-09-01 | -          | governments                       | decision_rules collective_bypass top_leader         | *
L22 33               | 2019-09-01 | -          | governments                       | decision_rules collective_bypass                    | *
L23 20-5             | 2019-05-15 | -          | offices                         | boundary_unclear approval_single vague rent_seeking | approval
L23 26               | 2019-05-15 | -          | offices                         | disclosure_lacking                                  | *
L23 55               | 2019-05-15 | -          | public services                 | disclosure_lacking                                  | *
L24 35               | 2026-01-01 | -          | villages                        | disclosure_lacking grassroots_power                 | *
L24 2018-30          | 2018-12-29 | 2026-01-01 | villages                        | disclosure_lacking grassroots_power                 | *
L24 36               | 2026-01-01 | -          | villages                        | disclosure_lacking                                  | *
L24 37               | 2026-01-01 | -          | villages                        | watchdog_weak                                       | *
L24 2018-32          | 2018-12-29 | 2026-01-01 | villages                        | watchdog_weak                                       | *
L24 40               | 2026-01-01 | -          | villages                        | audit_absent grassroots_power                       | *
L24 2018-35          | 2018-12-29 | 2026-01-01 | villages                        | audit_absent grassroots_power                       | *
L25 35-6             | 2025-05-01 | -          | villages                        | asset_rules                                         | *
L25 43               | 2025-05-01 | -          | villages                        | asset_rules                                         | *
L25 44               | 2025-05-01 | -          | villages                        | off_book cash_bill fund_rules                       | *
L25 45               | 2025-05-01 | -          | villages                        | disclosure_lacking grassroots_power                 | *
L25 47               | 2025-05-01 | -          | villages                        | audit_absent grassroots_power                       | *
L26 41               | 2026-07-01 | -          | relief offices                  | data_silos eligibility_check                        | subsidy
L26 42               | 2026-07-01 | -          | relief offices                  | data_silos eligibility_check                        | subsidy
L26 43               | 2026-07-01 | -          | relief                          | eligibility_check grassroots_power                  | subsidy
L26 45               | 2026-07-01 | -          | relief offices                  | fund_rules                                          | subsidy
L26 46               | 2026-07-01 | -          | relief offices                  | fund_rules eligibility_check                        | subsidy
L26 67               | 2026-07-01 | -          | relief offices                  | disclosure_lacking                                  | subsidy
L26 69               | 2026-07-01 | -          | relief offices                  | industry_vacuum                                     | subsidy
L26 old-11           | 2019-03-02 | 2026-07-01 | relief                          | fund_rules eligibility_check grassroots_power       | subsidy
L26 old-57           | 2019-03-02 | 2026-07-01 | relief offices                  | industry_vacuum                                     | subsidy
L27 22               | 2021-05-01 | -          | medical insurance               | industry_vacuum                                     | subsidy finance enforcement
L27 24               | 2021-05-01 | -          | medical insurance               | data_silos                                          | *
L27 25               | 2021-05-01 | -          | medical insurance               | industry_vacuum                                     | subsidy finance enforcement
L28 49               | 2019-08-26 | -          | land                            | disclosure_lacking                                  | subsidy compensation
L28 expropriation-29 | 2011-01-21 | -          | land                            | disclosure_lacking                                  | subsidy compensation
L29 25               | 2018-12-29 | -          | schools                         | disclosure_lacking                                  | finance
L29 49               | 2018-12-29 | -          | schools                         | off_book finance_lax                                | *
L30 40               | 2022-05-01 | -          | everybody                       | complaint_unused                                    | *
L31 34               | 2021-11-01 | -          | offices                         | data_silos eligibility_check                        | *
L31 55               | 2021-11-01 | -          | everybody                       | data_silos eligibility_check                        | *
L33 3                | 2019-07-31 | -          | audited                         | audit_absent                                        | *
L33 4-1              | 2019-07-31 | -          | audited                         | audit_absent                                        | *
L33 order11-3        | 2018-03-01 | -          | audited                         | audit_absent subordinate_blind                      | *
L34 5                | 2015-03-30 | -          | everybody                       | case_intervention                                   | *
L37 passage-1        | 2010-07-16 | -          | state firms and co-operatives   | decision_rules collective_bypass                    | *
L40 4                | 2025-08-01 | -          | offices                         | data_silos                                          | *
L41 17               | 2011-01-08 | -          | offices and public institutions | off_book                                            | *
L42 12               | 2011-01-08 | -          | everybody                       | cash_bill                                           | *
L44 title            | 2026-11-23 | -          | co-operatives                   | asset_rules                                         | *
L45 title            | 2019-12-31 | -          | Party groups                    | decision_rules collective_bypass top_leader         | *
L46 title            | 2026-11-23 | -          | local Party committees          | decision_rules collective_bypass top_leader         | *
L47 title            | 2025-05-02 | -          | Party and state organs          | conduct_expenses                                    | *
L48 34               | 2020-01-21 | -          | everybody                       | complaint_unused                                    | *
"""
"""The clause | from | until | whom it is meant for | what it is about | in which matters."""

Row = tuple[date, date | None, str, set[str], set[str] | None]


def law() -> dict[tuple[str, str], Row]:
    """`LAW`, by reference and clause."""
    rows: dict[tuple[str, str], Row] = {}
    for line in LAW.strip().splitlines():
        clause, since, until, body, causes, matters = (cell.strip() for cell in line.split("|"))
        ref, number = clause.split()
        about = None if matters == "*" else set(matters.replace("MONEY", MONEY).split())
        end = None if until == "-" else date.fromisoformat(until)
        rows[ref, number] = (date.fromisoformat(since), end, body, set(causes.split()), about)
    return rows


ROWS = law()
FIRST, LAST = date(2018, 1, 1), date(2027, 12, 31)


def days() -> list[date]:
    """A day in each interval between 2018 and 2027 in which the same clauses are in force: its first."""
    ends = {day for row in ROWS.values() for day in row[:2] if day is not None and FIRST < day <= LAST}
    return sorted({FIRST, LAST, *ends, *(day - timedelta(days=1) for day in ends)})


def of(book: rk.Book, fact: str) -> list[str]:
    return list(book.rulebook.vocabulary.fields[fact].values)


def cited(library: Library) -> Iterator[tuple[str, Citation]]:
    return ((m.id, c) for m in library.measures.values() for c in m.basis if c.ref is not None)


def test_every_clause_is_cited_from_the_day_to_the_day_that_was_read(library: Library) -> None:
    for measure, citation in cited(library):
        clause = library.references[str(citation.ref)].clauses[str(citation.clause)]
        assert (clause.period.since, clause.period.until) == ROWS[clause_of(citation)][:2], (measure, citation.ref)


def test_every_clause_is_cited_for_the_causes_and_matters_that_it_is_about_and_for_whom_it_is_meant(
    book: rk.Book, library: Library
) -> None:
    known = {name: of(book, name) for name in ("industry", "unit_kind", "matter")}
    for measure, citation in cited(library):
        _, _, body, causes, matters = ROWS[clause_of(citation)]
        assert citation.causes, (measure, citation.ref, "hangs on no cause")
        assert {cause.partition(".")[2] for cause in citation.causes} <= causes, (measure, citation.ref)
        for facts in binding(citation, known):
            assert matters is None or facts["matter"] in matters, (measure, citation.ref, facts)
            kinds, industries, none_of = BODIES[body]
            assert kinds is None or None in kinds or facts["unit_kind"] in kinds, (measure, citation.ref, facts)
            assert industries is None or facts["industry"] in industries, (measure, citation.ref, facts)
            assert not none_of or facts["industry"] not in none_of | {"any"}, (measure, citation.ref, facts)


def clause_of(citation: Citation) -> tuple[str, str]:
    return str(citation.ref), str(citation.clause)


def binding(citation: Citation, known: dict[str, list[str]]) -> Iterator[dict[str, str]]:
    """Every body and matter that a citation is given for; `any` where it does not ask."""
    asked = [] if citation.when is None else sorted({test.fact for test in condition.tests(citation.when)})
    assert set(asked) <= known.keys()
    for values in product(*(known[name] for name in asked)):
        facts = dict(zip(asked, values, strict=True))
        if citation.when is None or holds(citation.when, facts, facts):
            yield {**dict.fromkeys(known, "any"), **facts}


SOME_BODIES = [
    ("village", "village"),
    ("civil_affairs", "department"),
    ("soe", "enterprise"),
    ("supply_coop", "enterprise"),
    ("health", "public_institution"),
    ("general", "county_committee"),
    ("political_legal", "department"),
]
SOME_MATTERS = [None, "procurement", "works", "finance", "subsidy", "enforcement"]


@pytest.mark.parametrize(("industry", "kind"), SOME_BODIES)
def test_on_every_day_of_ten_years_a_measure_cites_only_what_is_in_force_then(
    library: Library, industry: str, kind: str
) -> None:
    facts = {"industry": industry, "unit_kind": kind}
    for measure in library.measures.values():
        subjects = [(edge.cause, matter) for edge in measure.addresses for matter in SOME_MATTERS]
        for day in days():
            for one in citations(measure, library, facts, day, subjects):
                if one.citation.ref is not None:
                    since, until, *_ = ROWS[clause_of(one.citation)]
                    assert since <= day and (until is None or day < until), (measure.id, one.citation.ref, day)


WANTED = [
    # A clerk's separation of duties in money is a matter of accounting; who patrols is not.
    ("PR-04", "power.incompatible_posts", "finance", "department", "2023-05-01", "L12 2017-27-1 2017-37"),
    ("PR-04", "power.incompatible_posts", "finance", "department", "2024-07-01", "L12 25-1 35"),
    ("PR-04", "power.incompatible_posts", "enforcement", "department", "2025-07-01", ""),
    ("PR-04", "power.no_rotation", "enforcement", "department", "2025-07-01", "L20 71"),
    ("PR-04", "power.no_rotation", "finance", "public_institution", "2025-07-01", ""),
    # The acceptance of a purchase is no question of a public investment, nor that of works one of purchasing.
    ("PR-06", "supervision.acceptance_lax", "works", "department", "2023-05-01", "L17 quality-16 quality-30"),
    ("IN-04", "supervision.acceptance_lax", "procurement", "department", "2023-05-01", "L15 41"),
    ("IN-04", "supervision.acceptance_lax", "subsidy", "department", "2023-05-01", ""),
    ("PR-02", "power.top_leader", "personnel", "department", "2023-05-01", "L22 30 L45 title"),
    ("PR-02", "power.top_leader", "personnel", "public_institution", "2023-05-01", ""),
    ("PR-02", "power.top_leader", "personnel", "local_committee", "2023-05-01", ""),
    ("IN-02", "institution.decision_rules", "works", "local_committee", "2023-05-01", ""),
    ("OV-07", "supervision.complaint_unused", None, "department", "2022-05-01", "L30 40 L48 34"),
    ("OV-06", "supervision.education_formal", None, "public_institution", "2022-05-01", "L01 11-1"),
    ("OV-06", "supervision.education_formal", None, "public_institution", "2024-01-01", "L01 11-1 L04 44"),
    ("OV-03", "supervision.conduct_expenses", "finance", "department", "2023-12-31", ""),
    ("OV-03", "supervision.conduct_expenses", "finance", "department", "2025-05-01", "L04 43"),
    ("OV-03", "supervision.conduct_expenses", "finance", "department", "2025-05-02", "L47 title L04 43"),
]


@pytest.mark.parametrize(("id", "cause", "matter", "kind", "day", "wanted"), WANTED)
def test_a_clause_hangs_on_the_cause_the_matter_the_body_and_the_day(
    library: Library, id: str, cause: str, matter: str | None, kind: str, day: str, wanted: str
) -> None:
    facts = {"industry": "general", "unit_kind": kind}
    found = citations(library.measures[id], library, facts, date.fromisoformat(day), [(cause, matter)])
    said: list[str] = []
    for one in found:
        if one.citation.ref is not None and one.clause is not None:
            said += [one.citation.ref] if one.citation.ref not in said else []
            said.append(one.clause.id)
    assert " ".join(word for word in said if not (id == "PR-04" and word in ("L11", "5-3"))) == wanted


def test_no_clause_that_punishes_supports_a_measure_and_no_bare_number_is_printed(
    book: rk.Book, library: Library
) -> None:
    assert not [c for _, c in cited(library) if c.ref == "L03"]
    assert "L19 sanction-18-2" not in {" ".join(clause_of(c)) for _, c in cited(library)}
    for measure in library.measures.values():
        texts = [measure.text, *(v.text for v in measure.variants), *measure.accept, *measure.practices.values()]
        assert not any("〔" in text.zh for text in texts), measure.id
    for reference in library.references.values():
        assert "〔" not in reference.title.zh, reference.id


def test_what_is_quoted_was_copied_and_a_note_is_no_quotation(library: Library) -> None:
    for reference in library.references.values():
        for clause in reference.clauses.values():
            assert clause.quote is None or "未录" not in clause.quote, (reference.id, clause.id)
            assert clause.quote is None or clause.checked in ("clause", "reprint"), (reference.id, clause.id)
            assert clause.gist is None or "逐字未录" not in clause.gist.zh, (reference.id, clause.id)


def test_a_citation_without_a_day_is_of_what_has_not_been_superseded(library: Library) -> None:
    facts = {"industry": "general", "unit_kind": "department"}
    found = citations(library.measures["OV-03"], library, facts, None, [("supervision.off_book", "finance")])
    assert {c.clause.id for c in found if c.clause is not None and c.citation.ref == "L12"} == {"16"}


def test_practice_elsewhere_says_where_and_that_it_binds_nobody(library: Library) -> None:
    practices = [(m.id, c) for m in library.measures.values() for c in m.basis if c.kind == "practice"]
    assert {id for id, _ in practices} == {"OV-06", "OV-07", "PR-02"}
    for id, citation in practices:
        assert citation.causes, id
        assert citation.at is not None
        assert "做法，检索所见，供参考" in citation.at.zh, id
        assert "binding nobody" in citation.at.en, id
