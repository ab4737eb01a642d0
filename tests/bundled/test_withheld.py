"""With any one fact of a fixture withheld nothing becomes wrong, only undetermined, and the fact is asked for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

import reformkit as rk
from reformkit.intake.fixtures import Fixture
from reformkit.testing.fixtures import fixture_files

CASES = Path(__file__).parents[1] / "cases"

JUDGED_AS_THINGS_STAND = {
    "lead_gate": {"startup", "layer", "notices"},
    "coordinator_gate": {"notices"},
    "personal_conduct_only": {"diagnosis"},
    "unit": {"screening"},
    "responsible_unit": {"screening"},
    "common_issue": {"layer", "notices"},
    "prefecture": {"layer", "notices"},
}
"""Facts of which some rule of a decision asks whether they are known: not yet known is a state of its own."""

NOTHING_NEARER = {
    (fact, "diagnosis"): {"power.rent_seeking", "power.discretion", "power.approval_single"}
    for fact in ("industry", "position")
}
"""What a decision says only as long as a fact is not known: of bribes, where nothing nearer is sure."""

WHERE_SETTLED = {"prefecture_missing", "name_sector", "scope_differs", "key_case"}
"""Notices about a count or a layer that is settled: while it is not, there are none."""

ASKED_FOR_ITSELF = {"decided_on": "sanctioned_this_year", "causes": "weak_points"}
"""Where a derived fact follows from what is withheld, the derived one may be asked for."""

FEW = 12
"""In so many fixtures at most the same question of one decision is looked at: to rank questions takes a while."""

DATING = {"decided_on", "filed_on"}
"""Facts that date a case: without the decision it is dated by its filing, and other cases lie in its window."""


def fixtures(book: rk.Book) -> Iterator[Fixture]:
    for file in fixture_files(CASES):
        yield from book.read_fixtures(file)[0]


@pytest.fixture(scope="module")
def withheld(book: rk.Book) -> list[tuple[str, rk.Assessment, rk.Assessment]]:
    """Each fact of each fixture, with the assessment of the whole case and of the case without the fact."""
    found = []
    for fixture in fixtures(book):
        whole = book.assess_fixture(fixture)
        for fact in fixture.case.facts:
            told = {name: value for name, value in fixture.case.facts.items() if name != fact}
            case = rk.Case(id=fixture.case.id, facts=told, findings=fixture.case.findings)
            found.append((fact, whole, book.assess(case, fixture.history, fixture.as_of)))
    return found


def test_no_decision_becomes_wrong(withheld: list[tuple[str, rk.Assessment, rk.Assessment]]) -> None:
    wrong = [
        (whole.case.id, fact, name, decision.outcomes, told.decisions[name].possible)
        for fact, whole, told in withheld
        for name, decision in whole.decisions.items()
        if name not in JUDGED_AS_THINGS_STAND.get(fact, ())
        and not (
            set(told.decisions[name].outcomes) - NOTHING_NEARER.get((fact, name), set()) <= set(decision.outcomes)
            and set(decision.possible) - WHERE_SETTLED <= set(told.decisions[name].possible)
        )
        and not (fact in DATING and whole.counts)
    ]
    assert wrong == []


def test_no_measure_becomes_wrong(withheld: list[tuple[str, rk.Assessment, rk.Assessment]]) -> None:
    wrong = [
        (whole.case.id, fact, measures, offered)
        for fact, whole, told in withheld
        if fact not in {*JUDGED_AS_THINGS_STAND, "causes"}
        and whole.withheld is None
        and not (
            (measures := {r.measure.id for r in whole.recommendations})
            <= (offered := {r.measure.id: r.certain for r in told.recommendations}).keys()
            and all(measure in measures for measure, certain in offered.items() if certain)
        )
    ]
    assert wrong == []


def test_what_is_withheld_is_asked_for(book: rk.Book, withheld: list[tuple[str, rk.Assessment, rk.Assessment]]) -> None:
    not_asked = {*book.rulebook.signals, *book.rulebook.decisions}  # what they come from is asked for
    opened = [
        (fact, whole, told, name)
        for fact, whole, told in withheld
        if fact not in not_asked
        for name, decision in told.decisions.items()
        if name not in JUDGED_AS_THINGS_STAND.get(fact, ())
        and decision.status == "undetermined"
        and whole.decisions[name].status == "decided"
    ]
    looked_at: Counter[tuple[str, str]] = Counter()
    silent = []
    for fact, whole, told, name in opened:
        looked_at[name, fact] += 1
        if looked_at[name, fact] <= (1 if fact == "behaviours" else FEW):
            asked = {need.fact for need in told.decisions[name].needs}
            asked |= {missing for count in told.counts.values() for missing in count.missing}
            if not {fact, ASKED_FOR_ITSELF.get(fact, fact)} & asked:
                silent.append((whole.case.id, fact, name))
    assert silent == []
    assert len(opened) > 100  # the withheld facts do matter


def test_where_whether_the_case_counts_is_unknown_the_layer_waits_for_it(book: rk.Book) -> None:
    town = {"region": "某区", "township": "某街道", "unit_kind": "local_committee", "decided_on": "2022-06-01"}
    start = {"origin": "filed_case", "authority_level": "city", "form": "fourth", "industry": "general"}
    start |= {"coordinator_gate": "passed", "lead_gate": "passed"}
    start |= {"personal_conduct_only": False, "open_reform_same_issue": False}
    other = {"id": "B", **town, **start, "position": "leadership", "causes": []}
    told = book.assess({"id": "A", **town, **start, "causes": []}, history=[other])
    count = told.counts["town_leaders"]
    assert (count.value, count.possible, count.missing) == (1, (1, 2), ("position",))
    assert (told.layer.status, told.layer.possible) == ("undetermined", ("point", "area"))
    assert "position" in [need.fact for need in told.needs]
    assert "班子涉案案件数：1至2（本案怎样计入，尚缺：涉案人员岗位；另有：B" in told.annex()
    assert book.replay(told.receipt()) == []
    alone = book.assess({"id": "A", **town, **start, "causes": []}, history=[])
    assert alone.layer.outcome == "point"  # with it or without it, one case is no area
