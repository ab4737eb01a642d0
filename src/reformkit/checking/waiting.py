"""RK307: rules that wait for an outcome of an earlier decision that cannot come with their other facts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from reformkit.checking.calendar import Span
from reformkit.checking.ground import ProofGround
from reformkit.checking.joint import Joint
from reformkit.checking.listing import marked
from reformkit.deciding.boxes import TooManyBoxes
from reformkit.model.condition import tests
from reformkit.model.rulebook import Rule
from reformkit.problem import Problem


def waiting_rules(ground: ProofGround) -> Iterator[Problem]:
    """One problem for a rule that some case meets, but none in which the earlier decisions come to what it waits for.

    Asked of complete cases, from the day on which each of the decisions has rules. An earlier outcome may be any where its decision comes to none (its rules conflict,
    or none holds), and where some rule asks whether it is known.
    """
    for name, table in ground.tables.items():
        earlier = ground.chain.upstream(name)
        left = {rule.id: rule for rule in table.rules if _awaited(rule, earlier)}
        never: dict[str, Joint] = {}
        for since, until in _begun(ground, (*earlier, name)) if left else ():
            try:
                joint = Joint(ground, (*earlier, name), since, until)
            except TooManyBoxes as error:
                ground.note(name, error.rule.id)
                continue
            for rule in list(left.values()):
                comes = True  # as long as it is not proven that it cannot
                with ground.proving(name, rule.id):
                    comes = joint.comes(name, rule.id)
                if comes:
                    del left[rule.id]
                elif joint.boxes(name, rule.id):
                    never[rule.id] = joint
        for rule in left.values():
            if rule.id in never:
                yield _problem(ground, name, rule, never[rule.id])


def _begun(ground: ProofGround, decisions: tuple[str, ...]) -> Iterator[Span]:
    """The spans of time of some decisions, without the days before each of them has a rule in force."""

    def begun(decision: str, day: date | None) -> bool:
        return bool(ground.chain.in_force(decision, day or date.min).rules)

    waiting = {decision for decision in decisions if ground.rulebook.decisions[decision].rules}
    for since, until in ground.spans(*decisions):
        waiting -= {decision for decision in waiting if begun(decision, since)}
        if not waiting:
            yield since, until


def _awaited(rule: Rule, earlier: tuple[str, ...]) -> list[str]:
    """The earlier decisions whose outcome a rule tests."""
    tested = {test.fact for test in tests(rule.when)}
    return [decision for decision in earlier if decision in tested]


def _problem(ground: ProofGround, name: str, rule: Rule, joint: Joint) -> Problem:
    awaited = _awaited(rule, ground.chain.upstream(name))
    waits = marked(ground.rulebook.decisions[decision].title for decision in awaited)
    shown = ground.dated(joint.other_facts(name, rule.id), joint.since, joint.until)
    return Problem(
        "RK307",
        rule.place,
        {"rule": rule.id, "waits": waits},
        decision=name,
        rule=rule.id,
        fact=awaited[0],
        witness=shown.witness,
        as_of=shown.as_of,
        expect={"rules": {name: rule.id}},
    )
