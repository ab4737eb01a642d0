"""What comes with outcomes, as columns: one for each named value of a decision."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

import polars as pl

from reformkit.columns.verdicts import Verdict
from reformkit.model.rulebook import DecisionTable


def given_columns(table: DecisionTable) -> dict[str, Any]:
    """The columns of a decision's named values with their types, `<decision>_gives_<name>`.

    Whole numbers are Int64, numbers with places Decimal with as many as any of them has, words String; a decision
    that collects has lists, of what comes with the outcomes that are sure.
    """
    found: dict[str, Any] = {}
    for name in _names(table):
        kind = _kind([gives[name] for gives in table.given.values() if name in gives])
        found[column_of(table.id, name)] = pl.List(kind) if table.hit == "collect" else kind
    return found


def column_of(decision: str, name: str) -> str:
    """What the column of a named value is called."""
    return f"{decision}_gives_{name}"


def given_values(table: DecisionTable, verdicts: Sequence[Verdict]) -> Iterator[list[Any]]:
    """For each of those columns the values of verdicts."""
    for name in _names(table):
        values = {outcome: gives[name] for outcome, gives in table.given.items() if name in gives}
        if any(isinstance(value, Decimal) for value in values.values()):
            values = {outcome: Decimal(value) for outcome, value in values.items()}
        of_each = [[values[o] for o in verdict.outcomes if o in values] for verdict in verdicts]
        yield of_each if table.hit == "collect" else [given[0] if given else None for given in of_each]


def _names(table: DecisionTable) -> list[str]:
    return list(dict.fromkeys(name for gives in table.given.values() for name in gives))


def _kind(values: Sequence[object]) -> Any:
    places = [-int(value.as_tuple().exponent) for value in values if isinstance(value, Decimal)]
    if places:
        return pl.Decimal(38, max(places))
    return pl.String if any(isinstance(value, str) for value in values) else pl.Int64
