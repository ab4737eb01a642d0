"""Facts that follow from others; what is stated wins."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from reformkit.model.vocabulary import Facts, Field, Value, Vocabulary

Derivation = Callable[[Facts, date | None], Value | None]
"""What follows from facts and from the day of judging."""


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
    if derived.days_since is not None:
        return _days_since(derived.days_since)
    assert derived.group_of is not None, "what findings say is joined elsewhere"
    return _groups(fields[derived.group_of])


def _same_year(day: str) -> Derivation:
    def derive(facts: Facts, judged: date | None) -> bool | None:
        value = facts.get(day)
        return None if judged is None or value is None else value.year == judged.year

    return derive


def _days_since(day: str) -> Derivation:
    def derive(facts: Facts, judged: date | None) -> int | None:
        value: date | None = facts.get(day)
        if judged is None or value is None or value > judged:
            return None
        return (judged - value).days

    return derive


def _groups(field: Field) -> Derivation:
    group = {item.id: item.group for item in field.values.values() if item.group is not None}

    def derive(facts: Facts, judged: date | None) -> frozenset[str] | None:
        value = facts.get(field.name)
        return None if value is None else frozenset(group[v] for v in value if v in group)

    return derive
