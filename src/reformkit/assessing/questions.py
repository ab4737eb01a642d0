"""What is open in a case: the gate that has yet to speak, what each answer would bring, the questions worth asking."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass
from functools import lru_cache

from reformkit.assessing.weighed import Weighed
from reformkit.deciding.meaning import with_changes
from reformkit.model.decision import Need
from reformkit.model.rulebook import Rule
from reformkit.model.vocabulary import Value
from reformkit.text import Text

GATES = ("coordinator_gate", "lead_gate")
"""The facts in which the two gates speak, in their order."""

MEASURES = "measures"
"""What the recommendations are called among what hangs on a question."""

HISTORY = "history"
_HISTORY = Text("参加计数的案件", "The cases that are counted")
_ASK_HISTORY = Text(
    "还有哪些案件参加计数？（没有的，给出空的列表）", "Which other cases are counted? (an empty list if there are none)"
)

_START = "start"

MOST_BRANCHES = 4
"""Outcomes, by answer to one question, that a reader still takes in at a glance."""


@dataclass(frozen=True, slots=True)
class Branch:
    """What an undetermined decision comes to where a fact has one of some values; no outcome: it stays open."""

    fact: str
    values: tuple[Value, ...]
    outcome: str | None
    rule: str | None


def gate_to_speak(a: Weighed) -> str | None:
    """The gate that has yet to speak; None when none has, one said no, or the matter passes no gates.

    The first gate speaks before the start: where a person has stated that reform starts, it is past.
    """
    if a.settled("source") not in (None, "case"):
        return None
    past = GATES[:1] if a.stated.get("startup") == _START else ()
    for gate in GATES:
        said = a.case.facts.get(gate)
        if said is None and gate not in past:
            return gate if gate in a.book.rulebook.fields else None
        if said == "rejected":
            return None
    return None


def screened(a: Weighed) -> tuple[Rule, ...]:
    """The rules of `screening` that hold and advise what it comes to."""
    name = a.book.screening
    decision = a.decisions.get(name)
    if decision is None or decision.outcome is None:
        return ()
    rules = (r for r in a.book.rulebook.decisions[name].rules if r.then == decision.outcome)
    holding = {entry.rule for entry in decision.trace if entry.verdict == "holds"}
    return tuple(rule for rule in rules if rule.id in holding)


def branches(a: Weighed, name: str) -> tuple[Branch, ...]:
    """What an undetermined decision comes to under each answer to its first question."""
    decision = a.decisions[name]
    fact = decision.needs[0].fact if decision.needs else None
    field = None if fact is None else a.book.fields[fact]
    if fact is None or field is None or field.type not in ("flag", "choice"):
        return ()
    values: tuple[Value, ...] = (False, True) if field.type == "flag" else tuple(field.values)
    answers: dict[tuple[str, str | None], list[Value]] = {}
    open_: list[Value] = []
    for value in values:
        then = a.book.chain.decide(name, with_changes(a.facts, {fact: value}), a.as_of)
        if then.outcome is None:
            open_.append(value)
        else:
            answers.setdefault((then.outcome, then.rule), []).append(value)
    if not answers or len(answers) > MOST_BRANCHES:
        return ()
    settled = [Branch(fact, tuple(said), outcome, rule) for (outcome, rule), said in answers.items()]
    return (*settled, Branch(fact, tuple(open_), None, None)) if open_ else tuple(settled)


def needs(a: Weighed) -> tuple[Need, ...]:
    """The questions worth asking, in their order, each with what hangs on it."""
    book, decisions = a.book, a.decisions
    shared = book.shared
    asked = [(need.fact, name) for name in shared.asked_first for need in decisions[name].needs]
    asked += [(fact, name) for name in counts_hung_on(a) for fact in a.counts[name].missing]
    asked += [] if a.advice is None else [(fact, MEASURES) for fact in a.advice.hangs_on]
    if book.screening in decisions and gate_to_speak(a) is not None:
        asked += [(need.fact, book.screening) for need in decisions[book.screening].needs]
    for name in shared.asked_last:
        if name != book.diagnosis or not (a.not_started or a.found):
            asked += [(need.fact, name) for need in decisions[name].needs]
    known = a.facts
    why: dict[str, list[str]] = {}
    for fact, name in asked:
        if fact not in known:
            why.setdefault(fact, []).append(name)
    return tuple([shared.asking(fact, tuple(names)) for fact, names in why.items() if not _follows(a, fact, why)])


def _follows(a: Weighed, fact: str, asked: Container[str]) -> bool:
    """Whether the answer to a question follows from that to another that is asked: the weak points from the causes."""
    derived = a.book.fields[fact].derived
    return derived is not None and derived.group_of in asked


def history_need(a: Weighed) -> Need | None:
    """The history, where none was given and an open decision hangs on what would be counted over it."""
    if a.has_history:
        return None
    signals = a.book.rulebook.signals.keys() - a.facts.keys()
    undetermined = [(name, d) for name, d in a.decisions.items() if d.status == "undetermined"]
    why = tuple(name for name, decision in undetermined if not signals.isdisjoint(decision.hanging))
    return _need_of_history(why) if why else None


@lru_cache(maxsize=1000)
def _need_of_history(why: tuple[str, ...]) -> Need:
    """One object for all cases alike."""
    return Need(HISTORY, _ASK_HISTORY, "cases", _HISTORY, why=why)


def telling_counts(a: Weighed) -> tuple[str, ...]:
    """The counted signals without which some decision would be another, or would be open, or that decided one.

    Where several rules come to one outcome, none of their counts is missed alone, and yet one of them gave it.
    """
    hung_on = counts_hung_on(a)
    given_by = _deciding(a) if a.counts else frozenset()
    return tuple(name for name in a.counts if name in hung_on or name in given_by or _tells(a, name))


def _deciding(a: Weighed) -> frozenset[str]:
    """The facts that are tested by the rules which decided."""
    rules = [decision.trace.deciding for decision in a.decisions.values() if decision.rule is not None]
    return frozenset(test.fact for rule in rules if rule is not None for test in rule.tests)


def _tells(a: Weighed, name: str) -> bool:
    rest = {fact: value for fact, value in a.facts.items() if fact != name}
    without = a.book.chain.decide_all(rest, a.as_of)
    return any((d.status, d.possible) != (without[n].status, without[n].possible) for n, d in a.decisions.items())


def counts_hung_on(a: Weighed) -> list[str]:
    """The counted signals on which some decision hangs."""
    if not a.counts:
        return []
    undetermined = (decision for decision in a.decisions.values() if decision.status == "undetermined")
    hanging = {fact for decision in undetermined for fact in decision.hanging}
    return [name for name in a.counts if name in hanging]
