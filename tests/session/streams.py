"""Generated rulebooks with signals, streams of tellings, and a session held to `book.assess`."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from importlib.util import find_spec
from typing import Any, NamedTuple

from hypothesis import strategies as st

from reformkit.book import Book
from reformkit.model.decision import Decision
from reformkit.model.rulebook import DecisionTable, Rulebook, fact_fields
from reformkit.model.vocabulary import Vocabulary
from reformkit.session.session import Session
from reformkit.text import Text
from tests.agreement.rulebooks import FIELDS, VALUES, a_decision
from tests.agreement.test_signals import FACTS, a_signal

WAYS = ("compiled", "durable") if find_spec("durable") else ("compiled",)
"""The engines that are here to be held to `assess`."""


@st.composite
def a_counting_rulebook(draw: st.DrawFn) -> Rulebook:
    """Two signals, and two decisions that test them, facts, and each other."""
    vocabulary = Vocabulary(fields={name: FIELDS[name] for name in (*FACTS, "count")})
    signals = {name: draw(a_signal()).model_copy(update={"name": name}) for name in ("s", "t")}
    tables: dict[str, DecisionTable] = {}
    for name in ("d0", "d1"):
        tables[name] = draw(a_decision(name, list(fact_fields(vocabulary, tables, signals).values())))
    return Rulebook(name="generated", title=Text.same("t"), vocabulary=vocabulary, decisions=tables, signals=signals)


class Step(NamedTuple):
    """A telling: facts told of a case, names taken back, or the whole case."""

    kind: str
    case: str
    facts: dict[str, Any]


@st.composite
def a_stream(draw: st.DrawFn, most: int = 20, cases: int = 6) -> list[Step]:
    """Facts in any order, corrected, retracted, forgotten, out of order in time."""
    steps = []
    for _ in range(draw(st.integers(1, most))):
        names = draw(st.lists(st.sampled_from((*FACTS, "count")), min_size=1, max_size=3, unique=True))
        kind = draw(st.sampled_from(["tell", "tell", "tell", "tell", "retract", "forget"]))
        days = st.dates(date(2023, 12, 1), date(2024, 3, 31))
        values = {name: draw(days if name == "decided_on" else VALUES[name]) for name in names}
        steps.append(Step(kind, f"c{draw(st.integers(0, cases - 1))}", values))
    return steps


def take(session: Session, step: Step) -> None:
    """A step, where it makes sense."""
    if step.kind == "tell":
        session.tell(step.case, step.facts)
    elif step.case in session:
        session.forget(step.case) if step.kind == "forget" else session.retract(step.case, *step.facts)


def follow(told: dict[str, dict[str, Any]], step: Step) -> None:
    """What is told after a step, in a dict of dicts."""
    if step.kind == "tell":
        told.setdefault(step.case, {}).update(step.facts)
    elif step.kind == "forget":
        told.pop(step.case, None)
    elif step.case in told:
        for name in step.facts:
            told[step.case].pop(name, None)


def seen(decision: Decision) -> tuple[Any, ...]:
    """All of a decision's result."""
    return decision.status, decision.outcome, decision.outcomes, decision.possible, decision.rule, decision.rules


def assert_equal(session: Session, book: Book, told: dict[str, dict[str, Any]], as_of: date | None) -> None:
    """The session says of every case what `book.assess` says of everything told."""
    history = [{"id": case_id, **facts} for case_id, facts in told.items()]
    assert sorted(session) == sorted(told)
    for wanted in book.assess_many(history, history, as_of):
        found = session[wanted.case.id]
        assert found.case == wanted.case
        assert session.next_question(wanted.case.id) == next(iter(wanted.needs), None)
        assert found.counts == wanted.counts
        assert {n: seen(d) for n, d in found.decisions.items()} == {n: seen(d) for n, d in wanted.decisions.items()}


def replay(state: dict[tuple[str, str], Any], session: Session) -> None:
    """Let the changes that a session reports make a state of their own."""
    for change in session.changes():
        key = change.case, change.decision
        assert state.get(key) == (None if change.before is None else seen(change.before))
        if change.after is None:
            del state[key]
        else:
            state[key] = seen(change.after)


def assert_each_engine_follows(book: Book, steps: Iterable[Step], as_of: date | None) -> None:
    """After every step both engines say what `assess` says of all told so far, and their changes lead there."""
    sessions = [book.session(by, as_of) for by in WAYS]
    told: dict[str, dict[str, Any]] = {}
    states: list[dict[tuple[str, str], Any]] = [{} for _ in sessions]
    for step in steps:
        follow(told, step)
        for session, state in zip(sessions, states, strict=True):
            take(session, step)
            assert_equal(session, book, told, as_of)
            replay(state, session)
            assert state == {(i, n): seen(d) for i in session for n, d in session[i].decisions.items()}
