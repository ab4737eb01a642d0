"""Mutants of a rulebook: each is one slip that an analyst could make.

A threshold moved by one either way (a parameter's value too), a value dropped from a list, a negation put in
or left out, a rule removed, a number that comes with an outcome moved by one at its last place.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Literal

from reformkit.model.condition import AllOf, AnyOf, Condition, Negation, Operand, Parameter, Test, parameters, tests
from reformkit.model.gives import Amount
from reformkit.model.rulebook import DecisionTable, Rule, Rulebook
from reformkit.model.scale import on_scale, units_below
from reformkit.problem import NOWHERE, Place

Kind = Literal["threshold", "value", "negation", "removed", "given"]

_BOUNDS = ("at_least", "more_than", "at_most", "less_than")
_LISTS = ("one_of", "includes_all", "includes_any", "includes_none")


@dataclass(frozen=True, slots=True)
class Mutant:
    """One slip: what it does, and the rules as they would then stand (None: removed).

    `before` and `after` are the test or condition that differs, or the two values of a parameter. `relaxed`
    are the rule with what differs taken once as true and once as false: every case that the slip can change
    is in one of them. It is empty for a parameter, which may stand in many places. `given`: the outcome and the name
    of a value that comes with it; then no rule is changed.
    """

    kind: Kind
    decision: str
    rule: str | None
    place: Place
    before: Condition | Amount | date | None = None
    after: Condition | Amount | date | None = None
    parameter: str | None = None
    replaced: dict[str, dict[str, Rule | None]] = field(default_factory=dict)
    relaxed: tuple[Rule, ...] = ()
    given: tuple[str, str] | None = None

    def table(self, table: DecisionTable) -> DecisionTable:
        """A decision as it would then stand."""
        if self.given is not None and table.id == self.decision:
            outcome, name = self.given
            moved = table.gives[outcome][name].model_copy(update={"amount": self.after})
            return table.model_copy(update={"gives": {**table.gives, outcome: {**table.gives[outcome], name: moved}}})
        changed = self.replaced.get(table.id, {})
        rules = (changed.get(rule.id, rule) for rule in table.rules)
        return table.model_copy(update={"rules": tuple(rule for rule in rules if rule is not None)})


def mutants(rulebook: Rulebook, decision: str | None = None, rule: str | None = None) -> Iterator[Mutant]:
    """Every mutant of a rulebook, or of one of its decisions, in the order of the rules; of one of its rules, those of it alone."""
    if decision is not None and rule is not None:
        table = rulebook.decisions[decision]
        yield from (mutant for one in table.rules if one.id == rule for mutant in _of_rule(table, one))
        return
    for table in rulebook.decisions.values():
        if decision in (None, table.id):
            for one in table.rules:
                yield from _of_rule(table, one)
            yield from _of_gives(table)
    yield from _of_parameters(rulebook, decision)


def _of_rule(table: DecisionTable, rule: Rule) -> Iterator[Mutant]:
    def mutant(kind: Kind, changed: Rule | None, **rest: Any) -> Mutant:
        return Mutant(kind, table.id, rule.id, replaced={table.id: {rule.id: changed}}, **rest)

    yield mutant("removed", None, place=rule.place, relaxed=(rule,))
    for slip in _slips(rule.when):
        sure = tuple(rule.model_copy(update={"when": slip.put(truth)}) for truth in (_TRUE, _FALSE))
        place = slip.before.place if slip.before.place != NOWHERE else rule.place
        yield mutant(
            slip.kind,
            rule.model_copy(update={"when": slip.put(slip.after)}),
            place=place,
            before=slip.before,
            after=slip.after,
            relaxed=sure,
        )


def _of_gives(table: DecisionTable) -> Iterator[Mutant]:
    """Each number that comes with an outcome, one less and one more at its last place."""
    for outcome, gives in table.gives.items():
        for name, value in gives.items():
            amount = value.amount
            if amount is None:
                continue
            step = Decimal(1).scaleb(int(amount.as_tuple().exponent)) if isinstance(amount, Decimal) else 1
            for moved in (amount - step, amount + step):
                yield Mutant("given", table.id, None, value.place, amount, moved, given=(outcome, name))


_TRUE: Condition = AllOf(items=())
_FALSE: Condition = Negation(item=_TRUE)


@dataclass(frozen=True, slots=True)
class _Slip:
    """A part of a condition, another that stands in its place, and what puts a part there."""

    kind: Kind
    before: Condition
    after: Condition
    put: Callable[[Condition], Condition]


def _slips(condition: Condition, put: Callable[[Condition], Condition] = lambda part: part) -> Iterator[_Slip]:
    match condition:
        case Test():
            yield from (_Slip(kind, condition, after, put) for kind, after in _of_test(condition))
        case Negation():
            yield _Slip("negation", condition, condition.item, put)
            inner = condition.item
            within = lambda part: put(Negation(item=part, place=condition.place))  # noqa: E731
            # a test that is flipped inside its negation is the negation left out
            yield from (s for s in _slips(inner, within) if s.before is not inner or s.kind != "negation")
        case AllOf() | AnyOf():
            for number, item in enumerate(condition.items):
                yield from _slips(item, _at(condition, number, put))


def _at(joined: AllOf | AnyOf, number: int, put: Callable[[Condition], Condition]) -> Callable[[Condition], Condition]:
    def within(part: Condition) -> Condition:
        items = (*joined.items[:number], part, *joined.items[number + 1 :])
        return put(type(joined)(items=items, place=joined.place))

    return within


def _of_test(test: Test) -> Iterator[tuple[Kind, Condition]]:
    for name in _BOUNDS:
        yield from (("threshold", _with(test, name, value)) for value in _moved(getattr(test, name)))
    for name in _LISTS:
        values: tuple[Operand, ...] = getattr(test, name) or ()
        for number, value in enumerate(values):
            rest = (*values[:number], *values[number + 1 :])
            for moved in _moved(value):
                if moved not in values:
                    yield "threshold", _with(test, name, (*values[:number], moved, *values[number + 1 :]))
            if rest:
                yield "value", _with(test, name, rest)
    if test.excluded is not None:
        for kind, changed in _of_test(test.excluded):
            if isinstance(changed, Test) and kind != "negation":
                yield kind, _with(test, "excluded", changed)
    yield "negation", _flipped(test)


def _flipped(test: Test) -> Condition:
    if test == Test(fact=test.fact, excluded=test.excluded) and test.excluded is not None:
        return test.excluded
    if test == Test(fact=test.fact, known=test.known):
        return _with(test, "known", not test.known)
    return Test(fact=test.fact, excluded=test, place=test.place)


def _with(test: Test, name: str, value: object) -> Test:
    return test.model_copy(update={name: value})


def _moved(value: object) -> Iterator[Any]:
    """A count, number or day one less and one more; nothing of anything else."""
    if isinstance(value, bool):
        return
    if isinstance(value, int):
        yield from (value - 1, value + 1)
    elif isinstance(value, Decimal):
        places = -int(value.as_tuple().exponent)  # a number of a rule has those of its fact
        yield from (on_scale(units_below(value, places) + step, places) for step in (-1, 1))
    elif isinstance(value, date):
        yield from (value + timedelta(days=d) for d in (-1, 1) if date.min < value < date.max)


# --- parameters ----------------------------------------------------------------------------------------


def _of_parameters(rulebook: Rulebook, decision: str | None) -> Iterator[Mutant]:
    """Each value of a parameter moved, in every rule that uses it."""
    used: dict[str, list[tuple[DecisionTable, Rule]]] = {}
    for table in rulebook.decisions.values():
        for rule in table.rules if decision in (None, table.id) else ():
            names = (parameter.name for test in tests(rule.when) for parameter in parameters(test))
            for name in dict.fromkeys(names):  # in the same order at every run
                used.setdefault(name, []).append((table, rule))
    for name, users in used.items():
        typed = next(p for test in tests(users[0][1].when) for p in parameters(test) if p.name == name)
        for number, (_, value) in enumerate(typed.values):
            for moved in _moved(value):
                replaced: dict[str, dict[str, Rule | None]] = {}
                for table, rule in users:
                    changed = rule.model_copy(update={"when": _revalued(rule.when, name, number, moved)})
                    replaced.setdefault(table.id, {})[rule.id] = changed
                home, rule = users[0]
                place = rulebook.parameters[name].values[number].place
                assert isinstance(value, int | Decimal | date)
                yield Mutant("threshold", home.id, rule.id, place, value, moved, name, replaced)


def _revalued(condition: Condition, name: str, number: int, value: int | Decimal | date) -> Condition:
    match condition:
        case Test():
            return _revalued_test(condition, name, number, value)
        case Negation():
            return condition.model_copy(update={"item": _revalued(condition.item, name, number, value)})
        case AllOf() | AnyOf():
            items = tuple(_revalued(item, name, number, value) for item in condition.items)
            return condition.model_copy(update={"items": items})


def _revalued_test(test: Test, name: str, number: int, value: int | Decimal | date) -> Test:
    def changed(operand: Operand | None) -> Operand | None:
        if not isinstance(operand, Parameter) or operand.name != name:
            return operand
        values = [(period, value if i == number else old) for i, (period, old) in enumerate(operand.values)]
        return operand.model_copy(update={"values": tuple(values)})

    parts: dict[str, object] = {bound: changed(getattr(test, bound)) for bound in _BOUNDS}
    parts |= {part: tuple(map(changed, found)) for part in _LISTS if (found := getattr(test, part)) is not None}
    if test.excluded is not None:
        parts["excluded"] = _revalued_test(test.excluded, name, number, value)
    return test.model_copy(update=parts)
