"""Conditions as they are written in a rule file: plain data that YAML and JSON hold."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from reformkit.model.condition import AllOf, AnyOf, Condition, Negation, Operand, Parameter, Test

_BOUNDS = ("at_least", "more_than", "at_most", "less_than")
_TAGS = ("includes_all", "includes_any", "includes_none")


def as_written(condition: Condition) -> dict[str, Any]:
    """A condition as what stands under `when`; dates and numbers as text.

    >>> as_written(AllOf(items=(Test(fact="people", at_least=2), Test(fact="form", one_of=("third",)))))
    {'people': {'at_least': 2}, 'form': 'third'}
    """
    match condition:
        case Test():
            return {condition.fact: test_as_written(condition)}
        case Negation():
            return {"not": as_written(condition.item)}
        case AnyOf():
            return {"any": [as_written(item) for item in condition.items]}
        case AllOf():
            written: dict[str, Any] = {}
            apart: list[Any] = []
            for item in map(as_written, condition.items):
                if written.keys() & item.keys():
                    apart.append(item)
                else:
                    written |= item
            return {**written, "all": [*written.get("all", []), *apart]} if apart else written


def test_as_written(test: Test) -> Any:
    """One test: a value, a list, or a mapping of its parts."""
    values = None if test.one_of is None else [_operand(value) for value in test.one_of]
    equal = values[0] if values is not None and len(values) == 1 else values
    parts: dict[str, Any] = {}
    for name in (*_BOUNDS, *_TAGS):
        value = getattr(test, name)
        if value is not None:
            parts[name] = [_operand(tag) for tag in value] if name in _TAGS else _operand(value)
    if test.known is not None:
        parts["known"] = test.known
    if test.excluded is not None:
        parts["not"] = test_as_written(test.excluded)
    if equal is None:
        return parts
    if not parts:
        return equal
    return {**parts, "not": {"not": equal}}  # equality has no key of its own


def _operand(value: Operand) -> Any:
    if isinstance(value, Parameter):
        return f"${value.name}"
    if isinstance(value, Decimal):
        return str(value)
    return value.isoformat() if isinstance(value, date) else value
