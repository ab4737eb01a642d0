"""RK304: rules that one could leave out, and every case would come out the same."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from reformkit.checking.alone import stands_alone
from reformkit.checking.dead import is_dead
from reformkit.checking.ground import DatedDecision, ProofGround
from reformkit.deciding.boxes import Box, meet
from reformkit.deciding.cells import bits
from reformkit.deciding.cover import Point, Unproven
from reformkit.model.rulebook import Rule
from reformkit.problem import Problem


def redundant_rules(ground: ProofGround) -> Iterator[Problem]:
    """One problem for a rule that is taken, while leaving out this one alone changes no status and no outcome."""
    for name in ground.tables:
        for rule, stands in ground.rules(name):
            if is_dead(rule, stands):
                continue
            with ground.proving(name, rule.id):
                if not any(_changes(ground, stand, rule) for stand in stands):
                    stand = next(s for s in reversed(stands) if s.of_rule[rule.id] & s.live)
                    yield _problem(ground, stand, rule)


def _changes(ground: ProofGround, stand: DatedDecision, rule: Rule) -> bool:
    """Whether some case comes out otherwise without a rule. Raises `Unproven` where that stays open."""
    open_ = False
    for bit, box in stand.boxes(rule.id):
        try:
            if stand.live >> bit & 1 and _changes_in(ground, stand, rule, bit, box):
                return True
        except Unproven:
            open_ = True
    if open_:
        raise Unproven
    return False


def _changes_in(ground: ProofGround, stand: DatedDecision, rule: Rule, bit: int, box: Box) -> bool:
    space, others = stand.space, stand.every & ~stand.of_rule[rule.id]
    falls_back = stand.table.otherwise is not None and stand.table.otherwise.then == rule.then
    match stand.hit:
        case "collect":
            same = others & stand.of_outcome[rule.then]
            if stand.table.otherwise is not None and stand.table.otherwise.outcomes == (rule.then,):
                # where no other rule holds, `otherwise` gives the same
                meetings = (meet(box, space.box_of(other)) for other in bits(others & ~same & space.meeting(box)))
                return any(
                    both is not None and space.uncovered(both, same, ground.budget) is not None for both in meetings
                )
            return space.uncovered(box, same, ground.budget) is not None
        case "first":
            if not falls_back and space.uncovered(box, others, ground.budget) is not None:
                return True
            asked = _asked_of_later(stand, rule, bit, box)
            return any(space.uncovered(region, by, ground.budget) is not None for region, by in asked)
        case _:  # unique, any; a table in force is never under `priority`
            alike = {id: stand.group(id) for id in stand.rules}
            met = others & space.meeting(box)
            return stands_alone(
                met,
                alike[rule.id],
                lambda other: alike[stand.rule_of[other]],
                not falls_back,
                space.open(box),
                ground.budget,
            )


def _asked_of_later(stand: DatedDecision, rule: Rule, bit: int, box: Box) -> Iterator[tuple[Box, int]]:
    """Where a later rule of another outcome would take the place of this one, unless the boxes beside it hold."""
    own, same = stand.of_rule[rule.id], stand.of_outcome[rule.then]
    earlier = stand.live & ((1 << bit) - 1) & ~own
    later = stand.every >> bit << bit & ~own
    for other in bits(later & ~same & stand.space.meeting(box)):
        both = meet(box, stand.space.box_of(other))
        if both is not None:
            yield both, earlier | later & same & ((1 << other) - 1)


def _problem(ground: ProofGround, stand: DatedDecision, rule: Rule) -> Problem:
    point, expect = _taken_at(ground, stand, rule)
    shown = ground.shown(stand, point)
    return Problem(
        "RK304",
        rule.place,
        {"rule": rule.id},
        decision=stand.decision,
        rule=rule.id,
        witness=shown.witness,
        as_of=shown.as_of,
        expect=expect,
    )


def _taken_at(ground: ProofGround, stand: DatedDecision, rule: Rule) -> tuple[Point, dict[str, Any]]:
    """A point at which a rule is taken, and what one would look for there if it made a difference."""
    own = stand.of_rule[rule.id]
    point: Point = {}
    for bit, box in stand.boxes(rule.id):
        earlier = stand.live & ((1 << bit) - 1) & ~own if stand.hit == "first" else 0
        found = stand.space.uncovered(box, earlier, ground.budget) if stand.live >> bit & 1 else None
        if found is not None:
            point = found
            break
    others = stand.every & ~own
    facts = stand.space.witness(point)
    for number, variable in enumerate(stand.space.variables):
        cell = 0
        if variable.fact in facts and variable.aspect == "known":
            cell = 1  # a case that states a fact knows it
        elif variable.fact in facts and variable.aspect == "value":
            cell = variable.cell_of(facts[variable.fact])
        others &= stand.space.masks[number][point.get(number, cell)]
    if not others and stand.hit == "collect":  # likewise
        return point, {stand.decision: []}
    if not others:  # `otherwise` gives the same
        different = [outcome for outcome in stand.table.outcomes if outcome != rule.then]
        return point, {stand.decision: different[0] if different else {"status": "uncovered"}}
    wanted = rule.id
    if others and stand.hit in ("first", "any"):
        first = stand.rules_in(others)[0]
        order = list(stand.rules)
        wanted = first if order.index(first) > order.index(rule.id) else rule.id
    return point, {"rules": {stand.decision: [wanted] if stand.hit == "collect" else wanted}}
