"""Facts that follow from others; what is stated wins."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from reformkit.model.vocabulary import Facts, Field, Value, Vocabulary

Derivation = Callable[[Facts, date | None], Value | None]


def derivations(vocabulary: Vocabulary) -> tuple[tuple[str, Derivation], ...]:
    """How each derived fact follows, in an order in which each follows only from those before it.

    Findings are not among them: a case's causes are joined with its findings' when its facts are checked.
    """
    fields = vocabulary.case_fields
    found: list[tuple[str, Derivation]] = []
    for name, field in fields.items():
        if field.derived is not None and field.derived.same_year is not None:
            found.append((name, _same_year(field.derived.same_year)))
    for name, field in fields.items():
        if field.derived is not None and field.derived.group_of is not None:
            found.append((name, _groups(fields[field.derived.group_of])))
    return tuple(found)


def _same_year(day: str) -> Derivation:
    def derive(facts: Facts, as_of: date | None) -> bool | None:
        value = facts.get(day)
        return None if as_of is None or value is None else value.year == as_of.year

    return derive


def _groups(field: Field) -> Derivation:
    group = {item.id: item.group for item in field.values.values() if item.group is not None}

    def derive(facts: Facts, as_of: date | None) -> frozenset[str] | None:
        value = facts.get(field.name)
        return None if value is None else frozenset(group[v] for v in value if v in group)

    return derive
