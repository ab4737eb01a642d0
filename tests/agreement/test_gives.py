"""What comes with outcomes: the same by every way to decide, and bounds that hold every completion."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from importlib.util import find_spec
from itertools import product
from typing import Any

import polars as pl
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from reformkit.book import Book
from reformkit.deciding.boxes import TooManyBoxes
from reformkit.deciding.chain import Chain
from reformkit.deciding.meaning import TooManyCompletions, classes, evaluate, value_tests
from reformkit.durable.engine import DurableTable
from reformkit.model.decision import Decision
from reformkit.model.gives import Bounds, CollectedGives
from reformkit.model.rulebook import DecisionTable
from tests.agreement.frames import as_frame
from tests.agreement.rulebooks import DAY, a_rulebook, some_facts

DURABLE = find_spec("durable") is not None
WAYS = ("meaning", "compiled", *(("durable",) if DURABLE else ()))


def every_set(chain: Chain, facts: dict[str, Any], day: Any) -> list[frozenset[str]]:
    """The outcomes of a decision that collects, in each completion of what is unknown."""
    table = chain.in_force("d0", day or facts.get("decided_on"))
    asked = {name: tests for name, tests in value_tests(table).items() if name not in facts}
    values = [classes(chain.fields[name], tests) for name, tests in asked.items()]
    sizes = 1
    for some in values:
        sizes *= len(some)
    assume(sizes <= 3_000)
    return [
        evaluate(table, {**facts, **dict(zip(asked, chosen, strict=True))}, facts).outcomes
        for chosen in product(*values)
    ]


def amounts(table: DecisionTable, name: str, outcomes: Iterable[str]) -> list[Any]:
    """The values of a name that come with some outcomes, each outcome once."""
    return [table.given[o][name] for o in outcomes if name in table.given.get(o, {})]


def lies_in(value: Any, said: Any) -> bool:
    if isinstance(said, Bounds):
        return said.or_none if value is None else said.least <= value <= said.most
    return bool(value == said)


def names(table: DecisionTable) -> set[str]:
    return {name for gives in table.given.values() for name in gives}


@given(st.data())
def test_what_is_given_is_the_same_by_every_way_and_holds_in_every_completion(data: st.DataObject) -> None:
    rulebook = data.draw(a_rulebook())
    table, chain = rulebook.decisions["d0"], Chain(rulebook, DurableTable)
    facts, day = data.draw(some_facts(rulebook)), data.draw(DAY)
    try:
        ways: list[Decision] = [chain.decide("d0", facts, day, way) for way in WAYS]  # type: ignore[arg-type]
    except (TooManyCompletions, TooManyBoxes):
        assume(False)
        raise
    first = ways[0]
    assert all(way.gives == first.gives for way in ways)
    if table.hit != "collect":
        assert first.gives == (None if first.outcome is None else table.given.get(first.outcome, {}))
        return
    assert isinstance(first.gives, CollectedGives)
    assert list(first.gives) == [table.given.get(outcome, {}) for outcome in first.outcomes]
    for name in names(table):
        said = (first.gives.sum(name), first.gives.min(name), first.gives.max(name), first.gives.count(name))
        assert any(isinstance(one, Bounds) for one in said) <= (first.status == "undetermined")
        for outcomes in every_set(chain, facts, day):
            found = amounts(table, name, outcomes)
            came = (sum(found), min(found, default=None), max(found, default=None), len(found))
            assert all(lies_in(value, one) for value, one in zip(came, said, strict=True)), (name, outcomes, said)


@settings(max_examples=settings().max_examples // 2)
@given(st.data())
def test_columns_give_what_one_case_gives(data: st.DataObject) -> None:
    book = Book(data.draw(a_rulebook()))
    table = book.rulebook.decisions["d0"]
    cases = data.draw(st.lists(some_facts(book.rulebook), max_size=5))
    try:
        single = [book.decide("d0", facts) for facts in cases]
    except TooManyBoxes:
        assume(False)
        raise
    frame = book.decide_frame("d0", as_frame(cases, book.rulebook.vocabulary.case_fields))
    assert {column for column in frame.columns if "_gives_" in column} == {f"d0_gives_{name}" for name in names(table)}
    for name in names(table):
        column = frame.get_column(f"d0_gives_{name}")
        whole = all(isinstance(value, int) for value in amounts(table, name, table.outcomes))
        inner = column.dtype.inner if isinstance(column.dtype, pl.List) else column.dtype  # type: ignore[union-attr]
        assert (inner == pl.Int64) is whole
        for row, decision in zip(column.to_list(), single, strict=True):
            wanted = amounts(table, name, decision.outcomes)
            assert (row if table.hit == "collect" else [] if row is None else [row]) == wanted


def test_bounds_of_nothing_sure_say_that_there_may_be_none() -> None:
    each = {"a": {"fee": 5}, "b": {"fee": Decimal("-2.5")}, "c": {"by": "党风室"}}
    gives = CollectedGives((), ("a", "b", "c"), each)
    assert gives.sum("fee") == Bounds(Decimal("-2.5"), 5)
    assert gives.min("fee") == gives.max("fee") == Bounds(Decimal("-2.5"), 5, or_none=True)
    assert gives.count("by") == Bounds(0, 1)
