"""A rule's condition as rows of cells: a cell a fact, a row for each alternative; what no cell can hold is refused.

All cells of a row have to hold, and one of the rows. What stands beside the alternatives is in every row.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from reformkit.grid.cell_reading import CellTests, condition_of
from reformkit.grid.cell_saying import CellWriter, Unsayable
from reformkit.model.condition import AllOf, AnyOf, Condition, Negation, Test
from reformkit.model.vocabulary import Field
from reformkit.problem import NOWHERE, Place
from reformkit.text import Text


class CellSlot(NamedTuple):
    """Where the cells of one fact come from: the rows in which it stands, what it asks, and the place of its one test
    in YAML; None where it is made of more than that."""

    fact: str
    rows: tuple[int, ...]
    tests: CellTests
    place: Place | None


class RuleRows(NamedTuple):
    """A condition in rows, each with the words of its cells by fact."""

    rows: tuple[Mapping[str, Text], ...]
    slots: tuple[CellSlot, ...]


def rule_rows(when: Condition, fields: Mapping[str, Field], writer: CellWriter) -> RuleRows:
    """A condition in rows. Raises `Unsayable` where cells cannot say it.

    >>> from reformkit import load
    >>> book = load().rulebook
    >>> rule = next(rule for rule in book.decisions["layer"].rules if rule.id == "LAY-AREA-CASES")
    >>> [{fact: words.zh for fact, words in row.items()} for row in rule_rows(rule.when, book.fields, CellWriter(book)).rows]
    [{'town_cases': '≥ 面的案件数阈值', 'town_directions': '≥ 面的方向数阈值'}]
    """
    beside: list[CellSlot] = []
    either: AnyOf | None = None
    for item in _flat(when):
        cell = _cell(item)
        if cell is not None:
            beside.append(cell)
        elif isinstance(item, AnyOf) and either is None:
            either = item
        else:
            raise Unsayable
    alternatives: list[list[CellSlot]] = [[]]
    if either is not None:
        alternatives = [_alternative(item) for item in either.items]
    every = tuple(range(len(alternatives)))
    slots = [slot._replace(rows=every) for slot in beside]
    slots += [slot._replace(rows=(row,)) for row, cells in enumerate(alternatives) for slot in cells]
    rows: list[dict[str, Text]] = [{} for _ in alternatives]
    for slot in slots:
        words = writer.say(fields[slot.fact], slot.tests)
        for row in slot.rows:
            if slot.fact in rows[row]:
                raise Unsayable
            rows[row][slot.fact] = words
    return RuleRows(tuple(rows), tuple(slots))


def _flat(when: Condition) -> Iterator[Condition]:
    if isinstance(when, AllOf):
        for item in when.items:
            yield from _flat(item)
    else:
        yield when


def _alternative(item: Condition) -> list[CellSlot]:
    cells = [_cell(part) for part in _flat(item)]
    if not cells or None in cells:
        raise Unsayable
    return [cell for cell in cells if cell is not None]


def _cell(item: Condition) -> CellSlot | None:
    """What one cell holds; None where it takes more than one."""
    match item:
        case Test():
            return CellSlot(item.fact, (), (item,), None if item.place == NOWHERE else item.place)
        case Negation(item=Test() as test):
            return CellSlot(test.fact, (), (Test(fact=test.fact, excluded=test),), None)
        case AnyOf():
            tests = [test for test in item.items if isinstance(test, Test)]
            if tests and len(tests) == len(item.items) and len({test.fact for test in tests}) == 1:
                return CellSlot(tests[0].fact, (), tuple(tests), None)
    return None


def condition_from(rows: Sequence[Mapping[str, CellTests]]) -> Condition:
    """The condition that rows say; what all of them ask stands beside the alternatives."""
    shared = {fact: tests for fact, tests in rows[0].items() if all(row.get(fact) == tests for row in rows)}
    items: list[Condition] = [condition_of(tests) for tests in shared.values()]
    own = [[condition_of(tests) for fact, tests in row.items() if fact not in shared] for row in rows]
    if len(rows) > 1 and all(own):
        items.append(AnyOf(items=tuple(cells[0] if len(cells) == 1 else AllOf(items=tuple(cells)) for cells in own)))
    return items[0] if len(items) == 1 else AllOf(items=tuple(items))
