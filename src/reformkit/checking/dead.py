"""RK303: rules that are never taken."""

from __future__ import annotations

from collections.abc import Iterator

from reformkit.checking.ground import DatedDecision, ProofGround
from reformkit.checking.listing import some_rules
from reformkit.deciding.boxes import TooManyBoxes, cut
from reformkit.deciding.cover import Space
from reformkit.model.condition import AllOf, Condition
from reformkit.model.rulebook import DecisionTable, Rule
from reformkit.model.vocabulary import Facts
from reformkit.problem import Problem
from reformkit.text import Text

_TAKEN = Text("能用到它的案件都已由{rules}处理", "every case that meets it is taken before it by {rules}")
_NEVER_TRUE = Text("条件自相矛盾，没有案件能满足", "its condition contradicts itself, and no case can meet it")
_NEVER_IN_FORCE = Text("没有一天是施行的", "there is no day on which it is in force")
_MOST_TRIED = 8


def dead_rules(ground: ProofGround) -> Iterator[Problem]:
    """One problem for a rule that is never the first true one (under `first`), or never true (elsewhere)."""
    for name in ground.tables:
        for rule, stands in ground.rules(name):
            if is_dead(rule, stands):
                yield _problem(ground, name, rule, stands)


def is_dead(rule: Rule, stands: list[DatedDecision]) -> bool:
    """Whether no case takes a rule in any of the stands in which it is in force."""
    return not any(stand.of_rule[rule.id] & stand.live for stand in stands)


def _problem(ground: ProofGround, name: str, rule: Rule, stands: list[DatedDecision]) -> Problem:
    takers: tuple[str, ...] = ()
    stand = next((s for s in reversed(stands) if s.of_rule[rule.id]), None)
    if stand is not None:
        takers = _takers(ground, stand, rule.id)
        why = _TAKEN.fill(rules=some_rules(takers))
        _, box = min(stand.boxes(rule.id), key=lambda pair: len(pair[1]))
        shown = ground.shown(stand, stand.space.point_of(box), stand.of_rule[rule.id])
    elif stands:
        why, last = _NEVER_TRUE, stands[-1]
        shown = ground.dated(_as_far_as_possible(ground, last, rule.id), last.since, last.until)
    else:
        why, shown = _NEVER_IN_FORCE, ground.dated({}, None, None)
    return Problem(
        "RK303",
        rule.place,
        {"rule": rule.id, "why": why},
        decision=name,
        rule=rule.id,
        rules=takers,
        witness=shown.witness,
        as_of=shown.as_of,
        expect={"rules": {name: rule.id}},
    )


def _takers(ground: ProofGround, stand: DatedDecision, rule: str) -> tuple[str, ...]:
    """Earlier rules that together take every case of a rule; where they are few, none too many."""
    boxes = 0
    for bit, _ in stand.boxes(rule):
        boxes |= stand.taken_by[bit]
    takers = list(stand.rules_in(boxes))
    if 1 < len(takers) <= _MOST_TRIED:
        for taker in reversed(takers):
            fewer = sum(stand.of_rule[other] for other in takers if other != taker)
            with ground.proving(stand.decision, rule):
                if all(stand.space.cover(box, fewer, ground.budget) is not None for _, box in stand.boxes(rule)):
                    takers.remove(taker)
    return tuple(takers)


def _as_far_as_possible(ground: ProofGround, stand: DatedDecision, rule: str) -> Facts:
    """Facts that meet the parts of a contradictory condition, in order, but for those that can no longer be met."""
    when = stand.rules[rule].when
    met: list[Condition] = []
    facts: Facts = {}
    for part in when.items if isinstance(when, AllOf) else ():
        table = DecisionTable(
            id=rule,
            title=stand.table.title,
            hit="first",
            outcomes=stand.table.outcomes,
            rules=(stand.rules[rule].model_copy(update={"when": AllOf(items=(*met, part))}),),
        )
        try:
            space = Space(cut(table, ground.rulebook.fields))
        except TooManyBoxes:
            continue
        if space.every:
            met.append(part)
            facts = space.witness(space.point_of(space.box_of(0)))
    return facts
