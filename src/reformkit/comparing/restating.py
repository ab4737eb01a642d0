"""Boxes said again as conditions of the rule language: in one form, whatever rules they came from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Any

from reformkit.comparing.merging import is_strange
from reformkit.deciding.boxes import Box
from reformkit.deciding.cells import Variable
from reformkit.deciding.cover import Space
from reformkit.deciding.meaning import candidates
from reformkit.model.condition import AllOf, AnyOf, Condition, Test
from reformkit.model.vocabulary import Field

FEW_VALUES = 3
"""Up to so many numbers or days are listed; more are said by bounds."""

Span = tuple[int, int | None]
"""The first and last of a run of values, by their ordinals; None has no end."""


def restated(boxes: Iterable[Box], space: Space) -> Condition:
    """The cases of some boxes as one condition: what all have in common, then the alternatives."""
    parts = [_tests(box, space) for box in boxes]
    common = [test for test in parts[0] if all(test in part for part in parts)] if parts else []
    rest = [[test for test in part if test not in common] for part in parts]
    items: list[Condition] = [*common]
    if len(rest) > 1 and all(rest):
        items.append(AnyOf(items=tuple(_all(part) for part in rest)))
    return AllOf(items=tuple(items))


def _all(tests: Sequence[Test]) -> Condition:
    return tests[0] if len(tests) == 1 else AllOf(items=tuple(tests))


def _tests(box: Box, space: Space) -> list[Test]:
    """One test for each fact of a box, in the order of the facts."""
    parts: dict[str, dict[str, Any]] = {}
    for number in sorted(box):
        variable, cells = space.variables[number], box[number]
        if cells == variable.every or is_strange(variable, space.cut.fields):
            continue
        part = parts.setdefault(variable.fact, {})
        match variable.aspect:
            case "known":
                part["known"] = cells == 0b10
            case "tag":
                key = "includes_all" if cells == 0b10 else "includes_none"
                part[key] = (*part.get(key, ()), variable.tag)
            case "value":
                part |= _of_value(variable, cells, space)
    return [_test(space.cut.fields[fact], part) for fact, part in parts.items()]


def _test(field: Field, part: dict[str, Any]) -> Test:
    """One test; a value beside `known` is said by what it is not, since equality has no key of its own."""
    if "known" in part and "one_of" in part and field.type in ("choice", "flag"):
        values = (True, False) if field.type == "flag" else tuple(field.values)
        others = tuple(value for value in values if value not in part["one_of"])
        return Test(fact=field.name, known=part["known"], excluded=Test(fact=field.name, one_of=others))
    return Test(fact=field.name, **part)


def _of_value(variable: Variable, cells: int, space: Space) -> dict[str, Any]:
    field = space.cut.fields[variable.fact]
    if field.is_ordered:
        return _of_spans(spans_of(variable, cells, space), field)
    if field.type == "text":
        words, are_others = words_of(variable, cells, space)
        return {"excluded": Test(fact=field.name, one_of=words)} if are_others else {"one_of": words}
    values = (True, False) if field.type == "flag" else tuple(field.values)
    return {"one_of": tuple(value for value in values if cells >> variable.cell_of(value) & 1)}


def words_of(variable: Variable, cells: int, space: Space) -> tuple[tuple[str, ...], bool]:
    """The texts that lie in some cells, or, if the second is true, those that do not: all others do."""
    field = space.cut.fields[variable.fact]
    named = [str(value) for value in candidates(field, space.value_tests[field.name])][:-1]
    are_others = bool(cells >> variable.cell_of(None) & 1)
    return tuple(word for word in named if bool(cells >> variable.cell_of(word) & 1) is not are_others), are_others


# --- counts, numbers and dates ----------------------------------------------------------------------------------


def spans_of(variable: Variable, cells: int, space: Space) -> list[Span]:
    """The runs of values that lie in some cells."""
    field = space.cut.fields[variable.fact]
    starts = [*candidates(field, space.value_tests[field.name])]
    numbers = [field.ordinal(value) for value in starts]
    ends: list[int | None] = [n - 1 for n in numbers[1:]]
    spans: list[Span] = []
    for value, first, last in zip(starts, numbers, [*ends, _highest(field)], strict=True):
        if not cells >> variable.cell_of(value) & 1:
            continue
        if spans and spans[-1][1] == first - 1:
            spans[-1] = (spans[-1][0], last)
        else:
            spans.append((first, last))
    return spans


def _of_spans(spans: list[Span], field: Field) -> dict[str, Any]:
    """Runs of values as a test: listed, or bounds without the gaps between."""
    if all(last is not None for _, last in spans):
        listed = [n for first, last in spans for n in range(first, min(last or 0, first + FEW_VALUES) + 1)]
        if len(listed) <= FEW_VALUES:
            return {"one_of": tuple(field.at(number) for number in listed)}
    (low, _), (_, high) = spans[0], spans[-1]
    test: dict[str, Any] = {}
    if low > field.ordinal(field.lowest):
        test["at_least"] = field.at(low)
    if high is not None and high != _highest(field):
        test["at_most"] = field.at(high)
    gaps: list[Span] = [(last + 1, first - 1) for (_, last), (first, _) in pairwise(spans) if last is not None]
    if gaps:
        test["excluded"] = Test(fact=field.name, **_of_spans(gaps, field))
    return test


def _highest(field: Field) -> int | None:
    return None if field.highest is None else field.ordinal(field.highest)


def share(box: Box, space: Space) -> float:
    """How much of all cells a box holds: the measure by which boxes are larger or smaller."""
    size = 1.0
    for number, cells in box.items():
        size *= cells.bit_count() / len(space.variables[number].samples)
    return size
