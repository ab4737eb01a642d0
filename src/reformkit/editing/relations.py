"""What the keys of a record ask of each other, as JSON Schema: which go together, and which exclude each other."""

from __future__ import annotations

from typing import Any

from reformkit.model.vocabulary import ORDERED
from reformkit.reading import keywords
from reformkit.reading.checks import CHECK
from reformkit.reading.decisions import DECISION
from reformkit.reading.keywords import Keys
from reformkit.reading.measures import CITATION
from reformkit.reading.signals import SIGNAL
from reformkit.reading.vocabulary import DERIVED, FIELD

Schema = dict[str, Any]


def relations(keys: Keys) -> list[Schema]:
    """The relations among the keys of one kind of record; most have none."""
    if keys is FIELD:
        return _field()
    if keys in (DERIVED, CHECK):
        return [{"minProperties": 1, "maxProperties": 1}]
    if keys is SIGNAL:
        return [{"oneOf": [_has("count"), _has("share")]}]
    if keys is CITATION:
        return [{"oneOf": [_has("ref"), _has("kind")]}, {"if": _has("clause"), "then": _has("ref")}]
    if keys is DECISION:
        several = {"if": _is("hit", keywords.HITS, "collect"), "else": {"not": _several_otherwise()}}
        return [_has("rules", "rules_from"), several]
    return []


def _field() -> list[Schema]:
    listed = _is("type", keywords.FIELD_TYPES, "choice", "tags")
    bounded = _is("type", keywords.FIELD_TYPES, *ORDERED)
    return [
        {"not": {"allOf": [_has("of"), _has("values")]}},
        {
            "if": {"allOf": [listed, {"not": _under("derived", _is("findings", keywords.FINDING_PARTS, "matter"))}]},
            "then": _has("of", "values"),
            "else": {"not": _has("of", "values")},
        },
        {"if": bounded, "else": {"not": _has("min", "max")}},
        {
            "if": _is("type", keywords.FIELD_TYPES, "number"),
            "then": _has("places"),
            "else": {"not": _has("places")},
        },
    ]


def _several_otherwise() -> Schema:
    """A list stands under `otherwise`, or under `then` in it."""
    listed: Schema = {"type": "array"}
    return {"anyOf": [_under("otherwise", listed), _under("otherwise", {"type": "object", **_under("then", listed)})]}


def _has(*keys: str) -> Schema:
    """One of some keys is there, in either language."""
    names = dict.fromkeys(name for key in keys for name in (key, keywords.ZH.get(key, key)))
    return {"anyOf": [{"required": [name]} for name in names]}


def _under(key: str, inner: Schema) -> Schema:
    """A mapping of some shape stands under a key, in either language."""
    return {"anyOf": [{"required": [name], "properties": {name: inner}} for name in (key, keywords.ZH[key])]}


def _is(key: str, words: dict[str, str], *wanted: str) -> Schema:
    """One of some words stands under a key, either in either language."""
    values = [word for want in wanted for word in (want, words[want])]
    names = (key, keywords.ZH[key])
    return {"anyOf": [{"required": [name], "properties": {name: {"enum": values}}} for name in names]}
