"""Both sessions over the bundled rulebook: any facts in any order, and more cases than durable-rules has states."""

from __future__ import annotations

from datetime import date
from itertools import islice
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.session import stream
from reformkit.durable import engine as durable
from reformkit.model.vocabulary import Field
from tests.books import bundled_book
from tests.session.streams import WAYS, Step, assert_each_engine_follows, follow

BOOK = bundled_book()
DAYS = st.dates(date(2021, 11, 1), date(2023, 2, 28))


def values(field: Field) -> st.SearchStrategy[Any]:
    """What may be stated of a fact; few different texts, so that cases meet in counts."""
    named = st.sampled_from(sorted(field.values)) if field.values else st.nothing()
    return {
        "choice": named,
        "flag": st.booleans(),
        "count": st.integers(field.min or 0, 6),
        "number": st.integers(0, 3000).map(field.at),
        "date": DAYS,
        "text": st.sampled_from(["甲", "乙", "县直"]),
        "tags": st.frozensets(named, max_size=4),
    }[field.type]


FINDINGS = st.lists(
    st.fixed_dictionaries(
        {"cause": st.sampled_from(sorted(BOOK.rulebook.fields["causes"].values))},
        optional={"evidence": st.just("账册")},
    ),
    max_size=2,
)
FIELDS = BOOK.rulebook.fields
STATED = {name: values(field) for name, field in FIELDS.items()} | {"findings": FINDINGS}
STATED["origin"] = st.one_of(*[st.just("filed_case")] * 5, STATED["origin"])
TESTED = sorted(
    {
        n
        for table in BOOK.rulebook.decisions.values()
        for n in table.facts
        if FIELDS[n].source not in ("decision", "signal")
    }
)
OFTEN = ["origin", "authority_level", "stage", "form", "region", "township", "industry", "filed_on", "coordinator_gate"]


@st.composite
def a_start(draw: st.DrawFn, case_id: str) -> Step:
    """What is known of a case early on."""
    names = draw(st.lists(st.sampled_from(OFTEN[1:]), min_size=4, unique=True))
    return Step("tell", case_id, {n: draw(STATED[n]) for n in [OFTEN[0], *names]})


@st.composite
def a_step(draw: st.DrawFn) -> Step:
    """Some facts of one of four cases told or taken back, outcomes and signals among them; or a case forgotten."""
    often, tested, any_ = st.sampled_from(OFTEN), st.sampled_from(TESTED), st.sampled_from(sorted(STATED))
    names = draw(st.lists(st.one_of(often, tested, tested, any_), min_size=1, max_size=4, unique=True))
    kind = draw(st.sampled_from(["tell"] * 8 + ["retract", "forget"]))
    return Step(kind, draw(st.sampled_from(CASES)), {n: draw(STATED[n]) for n in names})


CASES = ["c0", "c1", "c2", "c3"]
STREAM = st.builds(
    lambda starts, steps: [*starts, *steps],
    st.tuples(*(a_start(case_id) for case_id in CASES)),
    st.lists(a_step(), min_size=1, max_size=10),
)


@settings(max_examples=max(1, settings().max_examples // 8))
@given(STREAM, st.one_of(st.none(), DAYS))
def test_after_every_fact_both_sessions_equal_assessing_all_facts_so_far(steps: list[Step], as_of: date | None) -> None:
    assert_each_engine_follows(BOOK, steps, as_of)


@pytest.mark.skipif("durable" not in WAYS, reason="durable-rules is for Python up to 3.12")
def test_more_cases_than_durable_rules_has_states(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(durable, "MOST_REMEMBERED", 0)  # so that each is asked of the engine
    session, told = BOOK.session("durable"), {}
    for case_id, said in islice(stream(1100, 1), 7000):
        follow(told, Step("tell", case_id, said))
    for case_id, facts in told.items():
        session.tell(case_id, facts)
    assert len(session) > 1024
    for case_id in session:
        assert session[case_id].decisions == BOOK.chain.decide_all(session[case_id].facts)
    history = [{"id": case_id, **facts} for case_id, facts in told.items()]
    for wanted in BOOK.assess_many(history[::20], history):
        assert session[wanted.case.id].decisions == wanted.decisions
