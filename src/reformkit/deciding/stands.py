"""How the decisions of one case stand: what each was taken from, and what it passes on to those that build on it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import Literal, NamedTuple, Protocol

from reformkit.deciding import meaning
from reformkit.deciding.derived import Derivation
from reformkit.deciding.meaning import Open, Opens
from reformkit.model.decision import CONFLICT, UNCOVERED, Answer, Decider, Decision
from reformkit.model.rulebook import DecisionTable
from reformkit.model.vocabulary import Facts, Field

_NO_OPENS: Opens = {}
Way = Literal["compiled", "durable", "meaning"]
WAYS: tuple[Way, ...] = ("compiled", "durable", "meaning")

MOST_DAYS = 10_000
"""Days for which the tables in force are kept at hand."""


class Taken(NamedTuple):
    """A decision as it was taken: what it came to, and the facts known and partly known to it."""

    answer: Answer
    state: Facts
    opens: Opens


class TableInForce(Protocol):
    """A decision's table on a day, in one of the ways to decide."""

    @property
    def facts(self) -> Collection[str]: ...
    def decide(self, facts: Facts, opens: Opens = ...) -> Answer: ...


class Stand(NamedTuple):
    """Every answer for a case, with what it was taken from: the facts known and partly known, earlier
    outcomes among them, and the tables in force, which other cases may share."""

    answers: Mapping[str, Answer]
    state: Facts
    opens: Opens
    tables: Mapping[str, TableInForce]
    asked: tuple[Decider, Facts, date | None, Way]
    """Who was asked, for which facts, on which day, and how."""

    def decision(self, name: str) -> Decision:
        """One of the decisions; each is made when it is wanted, since of most tellings nobody looks at one."""
        decider, facts, as_of, by = self.asked
        return Decision(self.answers[name], (decider, name, facts, as_of, by))

    @property
    def decisions(self) -> dict[str, Decision]:
        return {name: self.decision(name) for name in self.answers}


class MeantTable:
    """A decision as the meaning takes it."""

    def __init__(self, table: DecisionTable, fields: dict[str, Field]) -> None:
        self._table = table
        self._fields = fields
        self.facts = table.facts

    def decide(self, facts: Facts, opens: Opens = _NO_OPENS) -> Answer:
        return meaning.answer(self._table, meaning.complete(self._table, self._fields, facts, opens))


def moved_facts(state: Facts, opens: Opens, before: Stand) -> set[str]:
    """The facts about which something different is known than before."""
    moved = {fact for fact, _ in state.items() ^ before.state.items()}
    if opens or before.opens:
        moved.update(fact for fact, _ in opens.items() ^ before.opens.items())
    return moved


def has_moved(fact: str, now: Stand, before: Stand) -> bool:
    return now.state.get(fact) != before.state.get(fact) or now.opens.get(fact) != before.opens.get(fact)


def derived_facts(facts: Facts, judged: date | None, which: tuple[tuple[str, Derivation], ...]) -> Facts:
    state = dict(facts)
    for name, derive in which:
        if name not in state:
            value = derive(state, judged)
            if value is not None:
                state[name] = value
    return state


def pass_on(name: str, answer: Answer, collects: bool, state: Facts, opens: Opens) -> None:
    """Make an outcome a fact, as far as it is settled, for the decisions to come."""
    settlement = answer.settlement
    if answer.status == "decided":
        state[name] = frozenset(settlement.outcomes) if collects else answer.outcome
    elif answer.status == "undetermined" and not {CONFLICT, UNCOVERED} & set(settlement.possible):
        opens[name] = Open(frozenset(settlement.outcomes), frozenset(settlement.possible))
