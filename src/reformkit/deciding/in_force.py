"""What of a decision table is in force on a day: its rules, with parameters replaced by their values."""

from __future__ import annotations

from bisect import bisect_right
from datetime import date

from reformkit.model.condition import AllOf, AnyOf, Condition, Negation, Operand, Parameter, Test, parameters, tests
from reformkit.model.period import boundaries
from reformkit.model.rulebook import DecisionTable, Rule


def turning_days(table: DecisionTable) -> tuple[date, ...]:
    """The days on which something of the table changes, in order."""
    return boundaries(
        [rule.period for rule in table.rules]
        + [
            period
            for rule in table.rules
            for test in tests(rule.when)
            for parameter in parameters(test)
            for period, _ in parameter.values
        ]
    )


def span_of(days: tuple[date, ...], day: date | None) -> int:
    """The number of the span between turning days in which a day lies; the last one for None."""
    return len(days) if day is None else bisect_right(days, day)


def in_force(table: DecisionTable, span: int, days: tuple[date, ...]) -> DecisionTable:
    """The table as it stands in one span, its rules in the order in which they are read (`in_reading_order`)."""
    return in_reading_order(as_declared(table, span, days))


def in_reading_order(table: DecisionTable) -> DecisionTable:
    """A table under `priority` as the one under `first` that says the same; any other as it is.

    Its rules stand by the declared place of their outcomes, those of one outcome as they are written.
    """
    if table.hit != "priority":
        return table
    places = {outcome: place for place, outcome in enumerate(table.outcomes)}
    rules = sorted(table.rules, key=lambda rule: places[rule.then])
    return table.model_copy(update={"hit": "first", "rules": tuple(rules)})


def as_declared(table: DecisionTable, span: int, days: tuple[date, ...]) -> DecisionTable:
    """The table as it stands in one span, under its own hit policy: rules in force, parameters replaced by values.

    A rule that uses a parameter without a value in the span is not in force.
    """
    rules = [rule_in_force(rule, span, days) for rule in table.rules]
    return DecisionTable(
        id=table.id,
        title=table.title,
        hit=table.hit,
        outcomes=table.outcomes,
        rules=tuple(rule for rule in rules if rule is not None),
        otherwise=table.otherwise,
        place=table.place,
    )


def rule_in_force(rule: Rule, span: int, days: tuple[date, ...]) -> Rule | None:
    """A rule as it stands in one span, its parameters replaced; None where it is not in force."""
    day = days[span - 1] if span else date.min
    return _settle(rule, day) if rule.period.holds(day) else None


class _NoValue(Exception):
    pass


def _settle(rule: Rule, day: date) -> Rule | None:
    if not any(True for test in tests(rule.when) for _ in parameters(test)):
        return rule
    try:
        return rule.model_copy(update={"when": _replace(rule.when, day)})
    except _NoValue:
        return None


def _replace(condition: Condition, day: date) -> Condition:
    match condition:
        case Test():
            return _replace_test(condition, day)
        case Negation():
            return Negation(item=_replace(condition.item, day), place=condition.place)
        case AllOf() | AnyOf():
            items = tuple(_replace(item, day) for item in condition.items)
            return type(condition)(items=items, place=condition.place)


def _replace_test(test: Test, day: date) -> Test:
    def value(operand: Operand) -> Operand:
        if not isinstance(operand, Parameter):
            return operand
        found = operand.on(day)
        if found is None:
            raise _NoValue
        return found

    changes: dict[str, object] = {}
    for name in ("one_of", "includes_all", "includes_any", "includes_none"):
        part = getattr(test, name)
        if part is not None:
            changes[name] = tuple(value(x) for x in part)
    for name in ("at_least", "more_than", "at_most", "less_than"):
        part = getattr(test, name)
        if part is not None:
            changes[name] = value(part)
    if test.excluded is not None:
        changes["excluded"] = _replace_test(test.excluded, day)
    return test.model_copy(update=changes)
