"""Whether a test can hold at all."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from itertools import chain, combinations, product
from typing import Any

from reformkit.model.condition import Operand, Parameter, Test, parameters
from reformkit.model.period import Period, boundaries
from reformkit.model.vocabulary import Field, Value

_MOST_TAGS = 10

Resolve = Callable[[Operand], Any]


def impossible_on(test: Test, field: Field, period: Period) -> date | None:
    """A day in a rule's period on which no value can pass its test; None if there is none.

    A day on which a parameter of the test has no value is passed over: the rule is then not in force.
    """
    used = list(parameters(test))
    spans = [span for parameter in used for span, _ in parameter.values]
    for day in (period.since or date.min, *boundaries([period, *spans])):
        if not period.holds(day) or any(parameter.on(day) is None for parameter in used):
            continue
        if not _can_pass(test, field, lambda x, day=day: x.on(day) if isinstance(x, Parameter) else x):  # type: ignore[misc]
            return day
    return None


def _can_pass(test: Test, field: Field, resolve: Resolve) -> bool:
    operands = {resolve(x) for x in _operands(test)}
    if field.type == "tags" and len(operands) > _MOST_TAGS:
        return True  # left to the proofs, which are exact and slower
    return any(
        _passes(test, value, known, resolve)
        for value, known in product(_representatives(field, operands), (True, False))
    )


def _operands(test: Test) -> Iterator[Operand]:
    for part in (test.one_of, test.includes_all, test.includes_any, test.includes_none):
        yield from part or ()
    yield from (x for x in (test.at_least, test.more_than, test.at_most, test.less_than) if x is not None)
    if test.excluded is not None:
        yield from _operands(test.excluded)


def _representatives(field: Field, operands: Iterable[Any]) -> Iterable[Value]:
    """Values such that no test on these operands tells any other value from all of them."""
    match field.type:
        case "choice":
            return field.values
        case "flag":
            return (True, False)
        case "text":
            return [*operands, "\0"]
        case "tags":
            tags = list(operands)
            subsets = chain.from_iterable(combinations(tags, n) for n in range(len(tags)))
            return map(frozenset, chain([tags], subsets))
        case "count" | "number" | "date":
            low, high = field.ordinal(field.lowest), None if field.highest is None else field.ordinal(field.highest)
            near = {field.ordinal(x) + d for x in operands for d in (-1, 0, 1)} | {low, low if high is None else high}
            return [field.at(n) for n in near if low <= n and (high is None or n <= high)]


def _passes(test: Test, value: Any, known: bool, resolve: Resolve) -> bool:
    def among(part: tuple[Operand, ...]) -> set[Any]:
        return {resolve(x) for x in part}

    return (
        (test.one_of is None or value in among(test.one_of))
        and (test.at_least is None or value >= resolve(test.at_least))
        and (test.more_than is None or value > resolve(test.more_than))
        and (test.at_most is None or value <= resolve(test.at_most))
        and (test.less_than is None or value < resolve(test.less_than))
        and (test.includes_all is None or among(test.includes_all) <= value)
        and (test.includes_any is None or bool(among(test.includes_any) & value))
        and (test.includes_none is None or not among(test.includes_none) & value)
        and (test.known is None or test.known == known)
        and (test.excluded is None or not _passes(test.excluded, value, known, resolve))
    )
