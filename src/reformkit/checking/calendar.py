"""RK306: days on which a decision has no rule in force, or a rule lacks the value of a parameter."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from reformkit.checking.ground import ProofGround, said_days
from reformkit.checking.listing import some_rules
from reformkit.model.condition import Parameter, parameters, tests
from reformkit.model.rulebook import DecisionTable, Rule
from reformkit.problem import Problem
from reformkit.text import Text

_NO_RULE = Text("决策“{title}”没有施行中的规则", "no rule of the decision `{title}` is in force")
_NO_VALUE = Text(
    "参数“{name}”没有取值，规则{rules}因此不施行",
    "the parameter `{name}` has no value, so that {rules} are not in force",
)
_NO_VALUE_FOR_ONE = Text(
    "参数“{name}”没有取值，规则{rules}因此不施行",
    "the parameter `{name}` has no value, so that {rules} is not in force",
)

Span = tuple[date | None, date | None]


def days_without(ground: ProofGround) -> Iterator[Problem]:
    """One problem for a decision with days on which it has no rule, and one for each parameter it then lacks."""
    for name, table in ground.tables.items():
        spans = days_of(table, ground.spans(name))
        empty = [span for span in spans if not ground.chain.in_force(name, span[0] or date.min).rules]
        if empty and table.rules:
            yield _without_rules(ground, table, empty)
        yield from _without_values(ground, table, spans)


def days_of(table: DecisionTable, spans: list[Span]) -> list[Span]:
    """The spans from the day on which the first rule of a decision comes into force; all, where one always was."""
    starts = [_start(rule) for rule in table.rules]
    known = [day for day in starts if day is not None]
    first = min(known) if len(known) == len(starts) and known else None
    return [span for span in spans if first is None or (span[0] is not None and span[0] >= first)]


def _start(rule: Rule) -> date | None:
    """The day from which a rule is meant to hold: its `since`, else that of its parameters; None: it always was."""
    if rule.period.since is not None:
        return rule.period.since
    firsts = [min(p.since or date.min for p, _ in parameter.values) for parameter in _parameters(rule)]
    return min((day for day in firsts if day > date.min), default=None)


def _parameters(rule: Rule) -> list[Parameter]:
    return [p for test in tests(rule.when) for p in parameters(test)]


def _without_rules(ground: ProofGround, table: DecisionTable, empty: list[Span]) -> Problem:
    since, until = empty[-1]
    rule = table.rules[-1]
    facts = {}
    for stand in reversed(ground.stands[table.id]):
        if stand.space.cut.boxes:
            facts = stand.space.witness(stand.space.point_of(stand.space.box_of(0)))
            rule = stand.rules[stand.rule_of[0]]
            break
    shown = ground.dated(facts, since, until)
    values = {
        "what": _NO_RULE.fill(title=table.title),
        "days": said_days(empty),
    }
    return Problem(
        "RK306",
        table.place,
        values,
        decision=table.id,
        witness=shown.witness,
        as_of=shown.as_of,
        expect={"rules": {table.id: rule.id}},
    )


def _without_values(ground: ProofGround, table: DecisionTable, spans: list[Span]) -> Iterator[Problem]:
    lacking: dict[str, dict[Span, list[str]]] = {}
    for rule in table.rules:
        for span in spans:
            day = span[0] or date.min
            for parameter in _parameters(rule) if rule.period.holds(day) else ():
                if parameter.on(day) is None:
                    users = lacking.setdefault(parameter.name, {}).setdefault(span, [])
                    users += [rule.id] * (rule.id not in users)
    for name, found in lacking.items():
        without = sorted(found, key=lambda span: span[0] or date.min)
        since, until = without[-1]
        rule_id = found[since, until][0]
        rules = tuple(rule.id for rule in table.rules if any(rule.id in users for users in found.values()))
        declared = ground.rulebook.parameters.get(name)
        shown = ground.dated(_facts_of(ground, table.id, rule_id), since, until)
        words = _NO_VALUE_FOR_ONE if len(rules) == 1 else _NO_VALUE
        what = words.fill(name=name, rules=some_rules(rules))
        yield Problem(
            "RK306",
            table.place if declared is None else declared.place,
            {"what": what, "days": said_days(without)},
            decision=table.id,
            rule=rule_id,
            rules=rules,
            witness=shown.witness,
            as_of=shown.as_of,
            expect={"rules": {table.id: rule_id}},
        )


def _facts_of(ground: ProofGround, decision: str, rule: str) -> dict[str, object]:
    """A case that a rule takes on some other day, as far as there is one."""
    for stand in reversed(ground.stands[decision]):
        for _, box in stand.boxes(rule) if rule in stand.rules else ():
            return dict(stand.space.witness(stand.space.point_of(box)))
    return {}
