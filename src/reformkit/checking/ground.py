"""What checks look at: each decision as it stands from one day until another, and the budget of a proof."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from reformkit.deciding.boxes import Box, TooManyBoxes
from reformkit.deciding.chain import Chain
from reformkit.deciding.cover import Budget, Point, Space, Unproven
from reformkit.deciding.in_force import turning_days
from reformkit.model.library import Library
from reformkit.model.rulebook import DecisionTable, Hit, Rule, Rulebook
from reformkit.model.vocabulary import Facts
from reformkit.text import BRACKETED, COMMA, Text

_UNTIL, _FROM = Text("{last} 及以前", "until {last}"), Text("{since} 起", "from {since}")
_ON, _FROM_TO = Text("{day} 当日", "on {day}"), Text("{since} 至 {last}", "from {since} to {last}")

MOST_STATES = 20_000
"""States of one proof, unless another budget is given."""

_MOST_RUN_OUT = 20
_RATION = 100
_TOGETHER = 500


class DatedDecision:
    """One decision from one day until another: its table in force, cut into boxes.

    `since` and `until` are None where the time is open. The boxes of the earlier rules are the lower
    bits. `rule_of[b]`: the rule of the box at bit `b`. `of_rule`, `of_outcome`: the boxes of each.
    """

    def __init__(self, chain: Chain, decision: str, since: date | None, until: date | None) -> None:
        self.decision = decision
        self.since = since
        self.until = until
        cut = chain.cut(decision, since or date.min)
        self.table: DecisionTable = cut.table
        self.hit: Hit = cut.table.hit
        self.space = Space(cut)
        self.rules = {rule.id: rule for rule in cut.table.rules}
        self.rule_of = [cut.table.rules[number].id for number, _ in cut.boxes]
        self.of_rule = dict.fromkeys(self.rules, 0)
        self.of_outcome = dict.fromkeys(cut.table.outcomes, 0)
        for bit, rule in enumerate(self.rule_of):
            self.of_rule[rule] |= 1 << bit
            self.of_outcome[self.rules[rule].then] |= 1 << bit

        self.live = self.space.every
        """The boxes that may be the first to hold; all of them but under `first`."""
        self.taken_by: dict[int, int] = {}
        """For each box that is never the first to hold: earlier ones that cover it together."""

    @property
    def every(self) -> int:
        """All boxes."""
        return self.space.every

    def boxes(self, rule: str) -> Iterator[tuple[int, Box]]:
        """The boxes of a rule, each with its bit."""
        left = self.of_rule[rule]
        while left:
            bit = (left & -left).bit_length() - 1
            yield bit, self.space.box_of(bit)
            left &= left - 1

    def group(self, rule: str) -> int:
        """The boxes that may hold together with a rule without conflict, under `unique` and `any`."""
        return self.of_rule[rule] if self.hit == "unique" else self.of_outcome[self.rules[rule].then]

    def rules_in(self, boxes: int) -> tuple[str, ...]:
        """The rules that some of the boxes belong to, in order."""
        return tuple(rule for rule, own in self.of_rule.items() if own & boxes)


@dataclass(frozen=True, slots=True)
class Shown:
    """A case that shows a problem, and the day on which it does (None: the last state)."""

    witness: dict[str, Any]
    as_of: date | None


class ProofGround:
    """A rulebook, its library, and what the proofs of them have come to.

    `budget` is the number of states that one proof may take; all of them together may take 500 times as many.
    When many have run out, the rest get a hundredth of it, so that a hard rulebook ends. `decisions` are those that are
    looked at (all, unless said); `pause` is called after each proof, and what it raises ends them.
    """

    def __init__(
        self,
        rulebook: Rulebook,
        chain: Chain,
        library: Library | None,
        budget: int,
        decisions: Collection[str] | None = None,
        pause: Callable[[], None] | None = None,
    ) -> None:
        self.rulebook = rulebook
        self.chain = chain
        self.library = library
        self.tables = {n: t for n, t in rulebook.decisions.items() if decisions is None or n in decisions}
        self.budget = Budget(budget, _TOGETHER * budget, pause)
        self._run_out = 0
        self.unproven: dict[str, dict[str | None, None]] = {}
        """By decision, the rules with something left unproven; None is the decision as a whole."""

    @contextmanager
    def proving(self, decision: str, rule: str | None = None) -> Iterator[None]:
        """A proof about a rule, or a decision as a whole: left off and noted where the budget runs out."""
        try:
            yield
        except Unproven:
            self._run_out += 1
            if self._run_out == _MOST_RUN_OUT:
                self.budget.each //= _RATION
            self.note(decision, rule)

    def note(self, decision: str, rule: str | None) -> None:
        """Say of a rule, or of a decision as a whole, that something was left unproven."""
        self.unproven.setdefault(decision, {})[rule] = None

    @cached_property
    def stands(self) -> dict[str, tuple[DatedDecision, ...]]:
        """Each decision in each span of time in which some of its rules are in force (or it has none)."""
        of_decisions = {}
        for name, table in self.tables.items():
            stands = []
            for since, until in self.spans(name):
                try:
                    stand = DatedDecision(self.chain, name, since, until)
                except TooManyBoxes as error:
                    self.note(name, error.rule.id)
                    continue
                if stand.rules or not table.rules:
                    self._find_taken(stand)
                    stands.append(stand)
            of_decisions[name] = tuple(stands)
        return of_decisions

    def _find_taken(self, stand: DatedDecision) -> None:
        """Under `first`, find the boxes that earlier ones take whole: asked in order, they cover nothing more."""
        if stand.hit != "first":
            return
        stand.live = 0
        for bit, rule in enumerate(stand.rule_of):
            covering = None
            earlier = stand.live & ~stand.of_rule[rule]
            with self.proving(stand.decision, rule):
                covering = stand.space.cover(stand.space.box_of(bit), earlier, self.budget)
            if covering is None:
                stand.live |= 1 << bit
            else:
                stand.taken_by[bit] = covering

    def spans(self, *decisions: str) -> list[tuple[date | None, date | None]]:
        """The spans of time in which nothing of some decisions changes, in order."""
        days = sorted({day for name in decisions for day in turning_days(self.rulebook.decisions[name])})
        return list(zip([None, *days], [*days, None], strict=True))

    def rules(self, decision: str) -> Iterator[tuple[Rule, list[DatedDecision]]]:
        """Every rule of a decision, with the stands in which it is in force."""
        for rule in self.rulebook.decisions[decision].rules:
            yield rule, [stand for stand in self.stands[decision] if rule.id in stand.rules]

    # --- showing ---------------------------------------------------------------------------------------

    def shown(self, stand: DatedDecision, point: Point, *holding: int) -> Shown:
        """The case of a point, without the facts that it can do without.

        Of each set of boxes in `holding`, one holds at the point and must hold still, whatever is left out.
        """
        if holding:
            for fact in {stand.space.variables[v].fact: None for v in point}:
                fewer = {v: cell for v, cell in point.items() if stand.space.variables[v].fact != fact}
                region = {v: 1 << cell for v, cell in fewer.items()}
                with self.proving(stand.decision):
                    if all(stand.space.cover(region, boxes, self.budget) is not None for boxes in holding):
                        point = fewer
        return self.dated(stand.space.witness(point), stand.since, stand.until)

    def dated(self, facts: Facts, since: date | None, until: date | None) -> Shown:
        """Facts as plain data, with a day of a span unless they are read as of the last state anyway."""
        plain = {name: sorted(value) if isinstance(value, frozenset) else value for name, value in facts.items()}
        if since is None and until is None:
            return Shown(plain, None)
        if until is None and not any(fact in facts for fact in self.chain.dates.facts):
            return Shown(plain, None)
        return Shown(plain, since or (until or date.max) - timedelta(days=1))


def on_days(some: Iterable[DatedDecision], of: Iterable[DatedDecision]) -> Text:
    """The days of some of a decision's stands, to be added to a message; nothing where they are all of them."""
    kept = {id(stand) for stand in some}
    stands = list(of)
    if all(id(stand) in kept for stand in stands):
        return Text("", "")
    return said_days([(stand.since, stand.until) for stand in stands if id(stand) in kept])


def said_days(spans: Iterable[tuple[date | None, date | None]]) -> Text:
    """Spans of time as a message names them, those that touch joined."""
    joined: list[tuple[date | None, date | None]] = []
    for since, until in spans:
        if joined and joined[-1][1] == since and since is not None:
            joined[-1] = (joined[-1][0], until)
        else:
            joined.append((since, until))
    return BRACKETED.fill(words=COMMA.join(_said_span(since, until) for since, until in joined))


def _said_span(since: date | None, until: date | None) -> Text:
    last = None if until is None else until - timedelta(days=1)
    if since is None:
        return _UNTIL.fill(last=str(last))
    if last is None:
        return _FROM.fill(since=str(since))
    if since == last:
        return _ON.fill(day=str(since))
    return _FROM_TO.fill(since=str(since), last=str(last))
