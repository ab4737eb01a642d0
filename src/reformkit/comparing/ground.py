"""The facts over which two rulebooks can be compared: what both know of them."""

from __future__ import annotations

from typing import Any

from reformkit.model.rulebook import DecisionTable, Rulebook
from reformkit.model.vocabulary import Field


def ground(old: Rulebook, new: Rulebook) -> tuple[dict[str, Field], frozenset[str]]:
    """Every fact of both with the values that both know, and the facts of which they know nothing in common.

    A fact that only one of them has keeps all its values: the other does not look at it.
    """
    fields: dict[str, Field] = {}
    strange = []
    for name, field in {**new.fields, **old.fields}.items():
        mine, other = new.fields.get(name, field), old.fields.get(name, field)
        both = _common(other, mine)
        if both is None:
            strange.append(name)
        else:
            fields[name] = both
    return fields, frozenset(strange)


def tested(*tables: DecisionTable) -> frozenset[str]:
    """The facts that some rule of some tables tests."""
    return frozenset().union(*(table.facts for table in tables))


def _common(old: Field, new: Field) -> Field | None:
    """A fact with the values that it may have in both; None where there are none, or it is of another type."""
    if old.type != new.type:
        return None
    values = {name: item for name, item in new.values.items() if name in old.values}
    if new.type == "choice" and not values:
        return None
    if not new.is_ordered:
        return new.model_copy(update={"values": values})
    coarse = min(old, new, key=lambda field: field.places or 0)  # what has more places the other cannot be
    low = max(_first_from(field.lowest, coarse) for field in (old, new))
    ends = [coarse.ordinal(field.highest) for field in (old, new) if field.highest is not None]
    high = min(ends) if ends else None
    bounds = {"places": coarse.places, "min": coarse.at(low), "max": None if high is None else coarse.at(high)}
    return None if high is not None and low > high else new.model_copy(update=bounds)


def _first_from(bound: Any, field: Field) -> int:
    """The ordinal of the first value of a fact that is not below a bound."""
    below = field.ordinal(bound)
    return below if field.at(below) == bound else below + 1
