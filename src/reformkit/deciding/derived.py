"""Facts that follow from others; what is stated wins."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from reformkit.model.vocabulary import Facts, Field, Value, Vocabulary

Derivation = Callable[[Facts, date | None], Value | None]


def derivations(vocabulary: Vocabulary) -> tuple[tuple[str, Derivation], ...]:
    """How each derived fact follows, each after those that it follows from.

    Findings are not among them: what they say is joined with the facts of a case when these are checked.
    """
    fields = vocabulary.case_fields
    return tuple((field.name, _derivation(field, fields)) for field in vocabulary.derived)


def _derivation(field: Field, fields: Mapping[str, Field]) -> Derivation:
    derived = field.derived
    assert derived is not None, "only derived facts follow from others"
    if derived.same_year is not None:
        return _same_year(derived.same_year)
    assert derived.group_of is not None, "what findings say is joined elsewhere"
    return _groups(fields[derived.group_of])


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
