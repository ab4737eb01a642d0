"""From behaviours to suspected causes: the whole table, in its order, and what the circumstances and the post add."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest

import reformkit as rk
from benchmarks.suspecting import likely, of_list
from reformkit.model.condition import Test
from reformkit.model.rulebook import Rule
from tests.bundled.behaviours import LAST, WITHOUT_PATTERNS, read

Facts = dict[str, Any]

TABLE = read()
ONLY_FOUND = {"institution.upkeep", "supervision.peer_oversight"}
"""The causes that no rule suspects yet: an analysis finds them."""
INDUSTRIES = [
    "political_legal",
    "supply_coop",
    "health",
    "education",
    "civil_affairs",
    "agriculture",
    "construction",
    "natural_resources",
    "soe",
    "finance",
    "transport",
    "village",
    "market_admin",
    "water_env",
    "human_resources",
    "grain",
    "city_enforcement",
    "association",
    "forestry",
    "culture",
    "university",
    "emergency",
    "ethnic_religious",
    "veterans",
    "development_zone",
    "general",
]
WHOLE: Facts = {
    "unit": "某单位",
    "unit_kind": "enterprise",
    "position": "middle",
    "rules_at_the_time": "there_and_ignored",
    "years_in_post": 5,
    "handles_money": False,
    "object_under_charge": False,
    "personal_conduct_only": True,  # so that the question whether a rule existed adds nothing here
    "natures": [],
    "filed_on": "2022-06-01",
}
"""Everything that a rule of `diagnosis` may ask, answered so that only behaviour and industry speak."""


def suspected(book: rk.Book, facts: Facts, history: Iterable[Facts] = ()) -> list[str]:
    a = book.assess({"id": "A", **WHOLE, **facts}, history=history)
    assert a.decisions["diagnosis"].status == "decided"
    assert {c.certainty for c in a.causes} <= {"suspected"}
    assert not a.recommendations
    return [c.cause for c in a.causes]


def diagnosis(book: rk.Book) -> tuple[Rule, ...]:
    return book.rulebook.decisions["diagnosis"].rules


@pytest.mark.parametrize("behaviour", TABLE)
def test_each_behaviour_suggests_its_causes_in_order_in_every_industry(book: rk.Book, behaviour: str) -> None:
    general, first = TABLE[behaviour]
    for industry in INDUSTRIES:
        sector = first.get(industry, [])
        likeliest, further = ([], general) if behaviour in LAST else (general[:1], general[1:])
        expected = list(dict.fromkeys([*likeliest, *sector, *([] if sector and behaviour in LAST else further)]))
        assert suspected(book, {"behaviours": [behaviour], "industry": industry}) == expected, industry


def test_the_table_names_every_behaviour_every_industry_and_with_the_circumstances_every_cause(book: rk.Book) -> None:
    assert set(TABLE) == set(book.fields["behaviours"].values)
    assert set(INDUSTRIES) == set(book.fields["industry"].values)
    assert {i for _, first in TABLE.values() for i in first} == set(INDUSTRIES) - WITHOUT_PATTERNS
    assert {rule.then for rule in diagnosis(book)} | ONLY_FOUND == set(book.cause_items)


def test_long_tenure_is_suspected_only_with_the_years_to_show_it(book: rk.Book) -> None:
    pairs = [(b, i) for b, (_, first) in TABLE.items() for i, causes in first.items() if "power.no_rotation" in causes]
    assert len(pairs) == 4
    for behaviour, industry in pairs:
        facts: Facts = {"behaviours": [behaviour], "industry": industry}
        assert "power.no_rotation" in suspected(book, {**facts, "years_in_post": 5})
        assert "power.no_rotation" not in suspected(book, {**facts, "years_in_post": 4})
        unknown = book.assess({k: v for k, v in {"id": "A", **WHOLE, **facts}.items() if k != "years_in_post"}, [])
        assert "power.no_rotation" not in [c.cause for c in unknown.causes]
        assert "years_in_post" in [need.fact for need in unknown.needs]


@pytest.mark.parametrize(
    ("answer", "cause"),
    [
        ("none", "institution.absent"),
        ("outdated", "institution.outdated"),
        ("cannot_be_followed", "institution.vague"),
        ("there_and_ignored", "institution.not_enforced"),
    ],
)
def test_whether_there_was_a_rule_at_the_time_is_asked_first(book: rk.Book, answer: str, cause: str) -> None:
    facts: Facts = {"behaviours": ["work_secret_leaked"], "industry": "general", "rules_at_the_time": answer}
    general = TABLE["work_secret_leaked"][0]
    assert suspected(book, {**facts, "personal_conduct_only": False}) == [cause, *general]
    assert suspected(book, facts) == general  # personal conduct alone asks nothing of the rules
    silent = {k: v for k, v in WHOLE.items() if k != "personal_conduct_only"}
    assert book.assess({"id": "A", **silent, **facts}, []).causes[0].cause == cause


POSTS: list[tuple[str, str, list[str], list[str]]] = [
    ("principal", "bid_rigging", ["power.top_leader", "power.collective_bypass"], ["drunk_driving", "duty_neglected"]),
    ("staff", "false_claims", ["power.incompatible_posts", "supervision.finance_lax"], ["case_meddling"]),
    ("village", "embezzlement", ["supervision.grassroots_power"], ["drunk_driving", "resist_investigation"]),
]


@pytest.mark.parametrize(("position", "behaviour", "first", "others"), POSTS)
def test_the_post_changes_what_is_asked_first_and_replaces_no_analysis(
    book: rk.Book, position: str, behaviour: str, first: list[str], others: list[str]
) -> None:
    facts: Facts = {"behaviours": [behaviour], "industry": "general"}
    without = suspected(book, facts)
    assert suspected(book, {**facts, "position": position}) == list(dict.fromkeys([*first, *without]))
    for other in others:  # rank alone shows nothing
        facts = {"behaviours": [other], "industry": "general"}
        assert suspected(book, {**facts, "position": position}) == suspected(book, facts)


PERSONAL: list[tuple[Facts, str]] = [
    ({"behaviours": ["drunk_driving"]}, "two drivers"),
    ({"behaviours": ["gambling_or_vice"]}, "a gambler and a driver"),
    ({"behaviours": ["private_life_misconduct"]}, "private life and a driver"),
    ({"behaviours": [], "natures": ["other_offence"]}, "another offence and a driver"),
]


@pytest.mark.parametrize(("facts", "what"), PERSONAL, ids=[what for _, what in PERSONAL])
def test_personal_conduct_speaks_of_the_unit_only_when_it_is_repeated_within_twelve_months(
    book: rk.Book, facts: Facts, what: str
) -> None:
    case = {**facts, "industry": "general"}
    other = {"id": "B", "unit": "某单位", "behaviours": ["drunk_driving"], "natures": [], "filed_on": "2021-06-02"}
    twice = ["supervision.party_responsibility", "supervision.education_formal"]
    assert set(twice) <= set(suspected(book, case, [other]))
    assert suspected(book, case, [other])[:2] == twice
    for single in ({**other, "filed_on": "2021-06-01"}, {**other, "unit": "另一单位"}, {**other, "behaviours": []}):
        assert "supervision.party_responsibility" not in suspected(book, case, [single])
    assert "supervision.party_responsibility" not in suspected(book, case)


def test_a_single_drunk_driver_is_no_sign_of_empty_education(book: rk.Book) -> None:
    assert suspected(book, {"behaviours": ["drunk_driving"], "industry": "general"}) == ["supervision.daily_management"]


CIRCUMSTANCES: list[tuple[str, Facts, Facts]] = [
    ("power.conflict_interest", {"behaviours": ["private_life_misconduct"]}, {"object_under_charge": True}),
    ("supervision.finance_lax", {"behaviours": ["private_life_misconduct"]}, {"handles_money": True}),
    ("supervision.finance_lax", {"behaviours": ["gambling_or_vice"]}, {"handles_money": True}),
    ("supervision.cash_bill", {"behaviours": ["gambling_or_vice"]}, {"handles_money": True}),
    ("supervision.industry_vacuum", {"behaviours": ["duty_neglected"]}, {"unit_kind": "department"}),
    ("supervision.daily_management", {"behaviours": []}, {"natures": ["other_offence"]}),
]


@pytest.mark.parametrize(("cause", "facts", "more"), CIRCUMSTANCES)
def test_circumstances_add_the_cause_that_the_table_names_for_them(
    book: rk.Book, cause: str, facts: Facts, more: Facts
) -> None:
    facts = {**facts, "industry": "transport"}
    assert cause not in suspected(book, facts)
    assert cause in suspected(book, {**facts, **more})


def test_neglect_in_a_village_or_in_offices_at_large_is_not_a_sector_left_alone(book: rk.Book) -> None:
    for industry in ("village", "general"):
        facts: Facts = {"behaviours": ["duty_neglected"], "industry": industry, "unit_kind": "department"}
        assert "supervision.industry_vacuum" not in suspected(book, facts)


def test_every_rule_is_hit_and_missed(book: rk.Book) -> None:
    rules = {rule.id for rule in diagnosis(book)}
    hit: set[str] = set()
    missed: set[str] = set()
    for behaviour in TABLE:
        for industry in INDUSTRIES:
            facts = {"behaviours": [behaviour], "industry": industry}
            hit |= set(book.assess({"id": "A", **WHOLE, **facts}, []).decisions["diagnosis"].rules)
    for answer in book.fields["rules_at_the_time"].values:
        said: Facts = {"rules_at_the_time": answer, "personal_conduct_only": False, "behaviours": []}
        hit |= set(book.assess({"id": "A", **WHOLE, **said}, []).decisions["diagnosis"].rules)
    for position, behaviour, _, _ in POSTS:
        said = {"position": position, "behaviours": [behaviour]}
        hit |= set(book.assess({"id": "A", **WHOLE, **said}, []).decisions["diagnosis"].rules)
    for _, facts, more in CIRCUMSTANCES:
        said = {"industry": "transport", **facts, **more, "unit_personal_cases": 2}
        hit |= set(book.assess({"id": "A", **WHOLE, **said}, []).decisions["diagnosis"].rules)
    nothing = book.assess({"id": "A", **WHOLE, "behaviours": [], "industry": "general"}, []).decisions["diagnosis"]
    missed = rules - set(nothing.rules)
    assert hit == rules
    assert missed == rules


def test_what_is_suspected_never_becomes_found(book: rk.Book) -> None:
    facts: Facts = {"behaviours": list(TABLE), "industry": "supply_coop", "origin": "filed_case"}
    facts |= {"authority_level": "city", "form": "fourth"}
    a = book.assess({"id": "A", **WHOLE, **facts}, [])
    assert a.causes
    assert {c.certainty for c in a.causes} == {"suspected"}
    assert a.recommendations == a.also == a.uncovered == ()
    assert a.counts["industry_cases"].missing[-1] == "causes"  # nor does it count towards a line
    assert all(r.certainty == "suspected" for r in a.suspected)
    assert "待核实" in a.explain()
    found = book.assess({"id": "A", **WHOLE, **facts, "causes": ["institution.asset_rules"]}, [])
    assert [c.cause for c in found.causes if c.certainty == "found"] == ["institution.asset_rules"]
    assert "institution.asset_rules" not in [c.cause for c in found.causes if c.certainty == "suspected"]


def test_an_unknown_industry_leaves_what_holds_anywhere_with_its_own_reason(book: rk.Book) -> None:
    a = book.assess({"id": "A", **WHOLE, "behaviours": ["underpriced_disposal"]}, [])
    assert [c.cause for c in a.causes] == TABLE["underpriced_disposal"][0]
    assert [c.rules for c in a.causes] == [(f"DIA-UNDERPRICED-DISPOSAL-{n}",) for n in (1, 2, 3)]
    assert [need.fact for need in a.decisions["diagnosis"].needs] == ["industry"]
    # a cause that holds anywhere, though two sectors say it in their own words
    a = book.assess({"id": "A", **WHOLE, "behaviours": ["not_reporting_upward"]}, [])
    assert [c.cause for c in a.causes] == ["institution.decision_rules", "supervision.subordinate_blind"]
    assert len(a.causes[1].rules) == 3


def test_each_title_is_made_of_the_labels_it_names(book: rk.Book) -> None:
    behaviours, industries = book.fields["behaviours"].values, book.fields["industry"].values
    for rule in diagnosis(book):
        assert rule.title is not None
        cause = book.cause_items[rule.then].label
        assert rule.title.zh.endswith(f"→{cause.zh}"), rule.id
        assert rule.title.en.endswith(f" → {cause.en}"), rule.id
        file = rule.place.path.rsplit("diagnosis/")[1]
        if file.startswith(("general/", "industries/")):
            items = getattr(rule.when, "items", (rule.when,))
            tests = {t.fact: t for t in items if isinstance(t, Test)}  # the guard of bribery is none
            (behaviour,) = tests["behaviours"].includes_all
            label = behaviours[behaviour].label
            sector = industries[file[11:-5]].label if file.startswith("industries/") else None
            assert rule.title.zh == label.zh + (f"·{sector.zh}" if sector else "") + f"→{cause.zh}"
            assert rule.title.en == label.en + (f" · {sector.en}" if sector else "") + f" → {cause.en}"


def test_each_rule_says_in_both_languages_what_to_look_for_and_no_two_say_the_same(book: rk.Book) -> None:
    rules = diagnosis(book)
    assert len(rules) >= 367
    for lang in ("zh", "en"):
        said = [rule.because.say(lang) for rule in rules if rule.because is not None]
        assert len(set(said)) == len(rules)
        assert min(map(len, said)) >= (30 if lang == "zh" else 60)
    for rule in rules:
        assert rule.basis is not None
        assert rule.basis.kind == "assumption", rule.id
        assert rule.basis.at is not None
        assert rule.basis.at.zh != rule.basis.at.en
        assert rule.period.since is not None


GENERAL = ["power.rent_seeking", "power.discretion", "power.approval_single"]
NEARER: list[tuple[str, Facts, bool]] = [
    ("an office like any other", {"industry": "general"}, True),
    ("a sector that says nothing of bribes", {"industry": "transport"}, True),
    ("a sector with its own pattern", {"industry": "health"}, False),
    ("a principal", {"industry": "general", "position": "principal"}, False),
    ("a village officer", {"industry": "transport", "position": "village"}, False),
    ("a member of the leadership", {"industry": "general", "position": "leadership"}, True),
    ("a sector not known", {"industry": None}, True),
    ("a post not known", {"industry": "general", "position": None}, True),
    ("neither known", {"industry": None, "position": None}, True),
]


@pytest.mark.parametrize(("what", "facts", "asked"), NEARER, ids=[row[0] for row in NEARER])
def test_the_general_causes_of_bribery_are_asked_only_where_nothing_nearer_is_sure(
    book: rk.Book, what: str, facts: Facts, asked: bool
) -> None:
    case = {"id": "A", **WHOLE, "behaviours": ["bribe_taking"], **facts}
    a = book.assess({name: value for name, value in case.items() if value is not None}, history=[])
    named = [c.cause for c in a.causes if c.cause in GENERAL]
    assert named == (GENERAL if asked else []), what
    # the guard looks at what is known and asks nothing: only what the nearer rules ask is open
    assert {need.fact for need in a.decisions["diagnosis"].needs} <= {
        name for name, value in facts.items() if value is None
    }


def test_of_several_behaviours_the_likeliest_cause_of_each_comes_first_and_bribery_last(book: rk.Book) -> None:
    named = suspected(book, {"behaviours": ["bribe_taking", "tip_off_release", "falsified_data"], "industry": "grain"})
    assert named == [
        *("supervision.data_silos", "power.enforcement_trace"),
        *("supervision.third_party", "supervision.auxiliary_staff"),
        *GENERAL,
    ]


@pytest.mark.parametrize("half", [1, 0], ids=["odd", "even, held out"])
def test_of_the_first_three_a_practitioners_list_keeps_three_fifths(book: rk.Book, half: int) -> None:
    cases = [case for case in likely() if case.number % 2 == half]
    assert len(cases) >= 20
    assert of_list(book, cases).first >= 0.6


def test_what_is_forged_tells_seals_from_figures(book: rk.Book) -> None:
    seals = suspected(book, {"behaviours": ["forged_seals_vouchers"], "industry": "general"})
    figures = suspected(book, {"behaviours": ["falsified_data"], "industry": "general"})
    assert seals == ["supervision.seals_keys", "supervision.finance_lax"]
    assert figures == ["supervision.data_silos", "supervision.third_party"]
