"""What stands before the tables, said once more: which facts follow from which.

A reference written apart: it imports the models and nothing that derives or decides, and is as slow and
plain as the definition in docs/language.md.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from reformkit.model.rulebook import Rulebook
from reformkit.model.vocabulary import Field, Vocabulary

Facts = dict[str, Any]


def completed(vocabulary: Vocabulary, facts: Facts, as_of: date | None) -> Facts:
    """The facts with all that follow from them, whatever the order in which they are declared."""
    found = {name: value_of(vocabulary, name, facts, as_of) for name in vocabulary.fields}
    return {name: value for name, value in found.items() if value is not None} | facts


def value_of(vocabulary: Vocabulary, name: str, facts: Facts, as_of: date | None) -> Any:
    """What is stated of a fact, else what follows, else None."""
    if name in facts:
        return facts[name]
    derived = vocabulary.fields[name].derived
    if derived is None:
        return None
    if derived.same_year is not None:
        day = value_of(vocabulary, derived.same_year, facts, as_of)
        return None if day is None or as_of is None else (day.year == as_of.year)
    if derived.group_of is not None:
        tags = value_of(vocabulary, derived.group_of, facts, as_of)
        groups = {item.id: item.group for item in vocabulary.fields[derived.group_of].values.values()}
        return None if tags is None else frozenset(groups[tag] for tag in tags) - {None}
    return None


def with_nothing_derived(rulebook: Rulebook) -> Rulebook:
    """The same rulebook over facts that all have to be stated."""
    fields = {name: _stated(field) for name, field in rulebook.vocabulary.fields.items()}
    return rulebook.model_copy(update={"vocabulary": rulebook.vocabulary.model_copy(update={"fields": fields})})


def _stated(field: Field) -> Field:
    return field.model_copy(update={"derived": None, "source": "stated"})
