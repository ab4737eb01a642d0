"""The digest as reformkit 0.1 made it, so that what it wrote is known again.

It did not tell `all` from `any`, nor a day from a text that looks like one; it is compared with receipts and journals
of 0.1 only. What a rulebook says that 0.1 could not have said comes after the rest: its digest is then another, too.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from reformkit.model.library import Library
from reformkit.model.node import Node
from reformkit.model.rulebook import Rulebook

_LABELLED = ("id", "label")
_SAID: Mapping[str, tuple[str, ...]] = {
    "all": ("items",),
    "any": ("items",),
    "not": ("item",),
    "parameter": ("name", "values"),
    "test": (
        *("fact", "one_of", "at_least", "more_than", "at_most", "less_than"),
        *("includes_all", "includes_any", "includes_none", "known", "excluded"),
    ),
    "basis": ("kind", "at", "ref"),
    "rule": ("id", "title", "when", "then", "because", "basis", "period"),
    "otherwise": ("then", "because", "basis"),
    "decision": ("id", "title", "hit", "outcomes", "rules", "otherwise"),
    "value": ("value", "period", "basis"),
    "parameter_table": ("name", "label", "values"),
    "window": ("length", "unit"),
    "signal": ("name", "label", "distinct", "share", "same", "within", "sharing", "where", "basis"),
    "document": ("id", "title", "note"),
    "role": (*_LABELLED, "duty", "held_by", "basis"),
    "rulebook": (
        *("name", "version", "title", "authority", "documents", "roles"),
        *("vocabulary", "parameters", "signals", "decisions"),
    ),
    "item": (*_LABELLED, "group"),
    "derived": ("same_year", "group_of", "findings"),
    "fact": (
        *("name", "type", "label", "ask", "values", "min", "max"),
        *("personal", "derived", "of_finding", "source"),
    ),
    "vocabulary": ("fields",),
    "weak_point": (*_LABELLED, "category"),
    "cause": (*_LABELLED, "weak_point", "note"),
    "clause": ("id", "at", "document", "quote", "gist", "checked", "period", "since_note"),
    "reference": ("id", "title", "issuer", "history", "checked", "note", "citable", "uncited", "clauses"),
    "citation": ("kind", "ref", "clause", "use", "at", "when"),
    "edge": ("cause", "role", "when", "why"),
    "variant": ("industries", "text", "accept"),
    "measure": (
        *("id", "title", "weak_point", "text", "addresses", "variants", "layers", "practices"),
        *("lead", "due_days", "due_from", "accept", "evidence", "serves", "basis"),
    ),
    "library": ("weak_points", "causes", "references", "measures"),
}
"""What 0.1 said of each kind of node, in its order."""


def first_digest(rulebook: Rulebook, library: Library | None) -> str:
    """The digest of rulebook and library together that 0.1 put into receipts and journals."""
    parts = {"rulebook": _plain(rulebook), "library": _plain(library)}
    text = json.dumps(parts, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def first_sections(rulebook: Rulebook, library: Library | None) -> dict[str, str]:
    """The short digests of the sections of a rulebook that 0.1 put into journals."""
    dump = _plain(rulebook)
    said = {name: part for name, part in dump.items() if name not in ("name", "version", "decisions")}
    said |= {f"decision {name}": table for name, table in dump["decisions"].items()}
    said["measures"] = _plain(library)
    return {name: _short(section) for name, section in said.items()}


def _short(section: object) -> str:
    return hashlib.sha256(json.dumps(section, ensure_ascii=False).encode()).hexdigest()[:16]


def _plain(value: Any) -> Any:
    if isinstance(value, Node):
        return {name: _plain(part) for name, part in _parts(value)}
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return {name: _plain(part) for name, part in value.items()}
    if isinstance(value, tuple):
        return [_plain(part) for part in value]
    if isinstance(value, Decimal):
        return str(value)
    return value.isoformat() if isinstance(value, date) else value


def _parts(node: Node) -> list[tuple[str, Any]]:
    """What 0.1 knew of a node, then what it did not know, where that says anything."""
    every = type(node).model_fields
    first = _SAID.get(every["node"].default, ())
    parts = [(name, getattr(node, name)) for name in first]
    for name, field in every.items():
        if name not in ("node", *first) and not field.exclude:  # what is left out of dumps is no part of a digest
            value = getattr(node, name)
            if value != field.get_default(call_default_factory=True):
                parts.append((name, value))
    return parts
