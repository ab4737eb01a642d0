"""Conditions: tests of one fact, joined by all, any and not."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, PlainSerializer

from reformkit.model.node import Node
from reformkit.model.period import Period


def _kind_said(value: date | Decimal) -> dict[str, str]:
    return {"number": str(value)} if isinstance(value, Decimal) else {"date": value.isoformat()}


def _of_kind(said: Any) -> Any:
    if isinstance(said, dict) and said.keys() == {"date"}:
        return date.fromisoformat(said["date"])
    return Decimal(said["number"]) if isinstance(said, dict) and said.keys() == {"number"} else said


# In JSON a day or a number says that it is one: a text may look the same, and is another value.
_OfKind = Annotated[date | Decimal, BeforeValidator(_of_kind), PlainSerializer(_kind_said, when_used="json")]
Scalar = str | bool | int | _OfKind


class Parameter(Node):
    """A use of a named number, date or value that changes with time, written `$name`.

    `values` are typed for the fact that it is compared with.
    """

    node: Literal["parameter"] = "parameter"
    name: str
    values: tuple[tuple[Period, Scalar], ...]

    def on(self, day: date) -> Scalar | None:
        """The value in force on a day; None when there is none."""
        return next((value for period, value in self.values if period.holds(day)), None)


Operand = Parameter | Scalar  # days and numbers last: their serializer takes whatever comes to it


class Test(Node):
    """What one fact must be. The parts that are given all have to hold.

    `one_of`: equal to one of these. `at_least`, `more_than`, `at_most`, `less_than`: bounds of a count,
    number or date. `includes_all`, `includes_any`, `includes_none`: of a tags fact. `known`: whether the fact is
    known as things stand now. `excluded`: a test of the same fact that must not hold.
    """

    __test__ = False  # not a pytest class

    node: Literal["test"] = "test"
    fact: str
    one_of: tuple[Operand, ...] | None = None
    at_least: Operand | None = None
    more_than: Operand | None = None
    at_most: Operand | None = None
    less_than: Operand | None = None
    includes_all: tuple[Operand, ...] | None = None
    includes_any: tuple[Operand, ...] | None = None
    includes_none: tuple[Operand, ...] | None = None
    known: bool | None = None
    excluded: Test | None = None

    @property
    def tests_value(self) -> bool:
        """Whether anything but `known` is asked of the fact."""
        return any(
            part is not None
            for part in (
                self.one_of,
                self.at_least,
                self.more_than,
                self.at_most,
                self.less_than,
                self.includes_all,
                self.includes_any,
                self.includes_none,
            )
        ) or (self.excluded is not None and self.excluded.tests_value)


class AllOf(Node):
    """Every item holds; with no items, true."""

    node: Literal["all"] = "all"
    items: tuple[Condition, ...]


class AnyOf(Node):
    """At least one item holds."""

    node: Literal["any"] = "any"
    items: tuple[Condition, ...]


class Negation(Node):
    """The item does not hold."""

    node: Literal["not"] = "not"
    item: Condition


Condition = Test | AllOf | AnyOf | Negation

AllOf.model_rebuild()
AnyOf.model_rebuild()
Negation.model_rebuild()

ALWAYS_TRUE = AllOf(items=())


def tests(condition: Condition) -> Iterator[Test]:
    """Every test of a condition, in written order (a test that excludes another counts once)."""
    match condition:
        case Test():
            yield condition
        case Negation():
            yield from tests(condition.item)
        case AllOf() | AnyOf():
            for item in condition.items:
                yield from tests(item)


def parameters(test: Test) -> Iterator[Parameter]:
    """Every parameter that a test uses."""
    for part in (test.one_of, test.includes_all, test.includes_any, test.includes_none):
        yield from (x for x in part or () if isinstance(x, Parameter))
    for bound in (test.at_least, test.more_than, test.at_most, test.less_than):
        if isinstance(bound, Parameter):
            yield bound
    if test.excluded is not None:
        yield from parameters(test.excluded)
