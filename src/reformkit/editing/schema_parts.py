"""The building blocks of the rule language's JSON Schema: words, values, objects, notes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from reformkit.model.vocabulary import Field
from reformkit.reading import keywords
from reformkit.schemas import case_facts
from reformkit.text import LABELLED, Text

Schema = dict[str, Any]

WORDS: Schema = {"type": ["string", "number", "boolean"], "pattern": "\\S"}
DAY: Schema = {"type": "string", "pattern": case_facts.DAY}
_NUMBER = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")


def value_schema(field: Field) -> Schema:
    """One value of a fact; of tags: one tag."""
    match field.type:
        case "choice" | "tags":
            return one_of(labels_of(field))
        case "flag":
            return {"enum": [True, False, *keywords.TRUE, *keywords.FALSE]}
        case "count":
            top = {} if field.max is None else {"maximum": field.max}
            digits = {"type": "string", "pattern": "^(0|[1-9][0-9]{0,17})$"}
            return {"anyOf": [{"type": "integer", "minimum": field.lowest, **top}, digits]}
        case "number":
            return _number(field)
        case "date":
            return DAY
        case "text":
            return WORDS


def _number(field: Field) -> Schema:
    """A number; how many places it has is told of words only, since programs differ about remainders of floats."""
    ends = {"minimum": field.lowest, "maximum": field.highest}
    bounds = {key: int(end) if end == int(end) else float(end) for key, end in ends.items() if end is not None}
    places = f"(\\.[0-9]{{1,{field.places}}}0*)?" if field.places else "(\\.0+)?"
    return {
        "anyOf": [
            {"type": "number", **bounds},
            {"type": "string", "pattern": f"^-?(0|[1-9][0-9]*){places}$"},
        ]
    }


def labels_of(field: Field) -> dict[str, Text]:
    return {id: item.label for id, item in field.values.items()}


def one_of(labels: Mapping[str, Text]) -> Schema:
    """One of some words, each by id or Chinese label, with what it means; any words, if there are none."""
    if not labels:
        return WORDS
    ids, zh = [(id, label) for id, label in labels.items()], [(label.zh, label) for label in labels.values()]
    said = {word: f"{label.zh} / {label.en}" for word, label in (*ids, *zh)}
    typed = [value for word in said if (value := _typed(word)) is not None]
    described = [*said.values(), *("" for _ in typed)]
    return {"enum": [*said, *typed], "enumDescriptions": described}


def _typed(word: str) -> int | float | bool | None:
    """What YAML takes a plain word for, if that is no text."""
    if word in ("true", "True", "TRUE", "false", "False", "FALSE"):
        return word.lower() == "true"
    if _NUMBER.fullmatch(word):
        return int(word) if word.lstrip("+-").isdigit() else float(word)
    return None


def spelt(id: str, label: Text) -> Iterable[str]:
    return dict.fromkeys((id, label.zh))


def text_schema() -> Schema:
    """A text in two languages, or plain words for both."""
    both = object_of({"zh": described(WORDS, Text("中文", "Chinese")), "en": described(WORDS, Text("英文", "English"))})
    return any_of(WORDS, both | {"minProperties": 1})


def object_of(properties: Schema, rules: list[Schema] | None = None) -> Schema:
    made: Schema = {"type": "object", "additionalProperties": False, "properties": properties}
    return made | ({"allOf": rules} if rules else {})


def any_of(*schemas: Schema) -> Schema:
    return schemas[0] if len(schemas) == 1 else {"anyOf": list(schemas)}


def described(schema: Schema, said: Text) -> Schema:
    words = said.zh if said.zh == said.en else f"{said.zh}\n\n{said.en}"
    return schema if "$ref" in schema else {**schema, "description": words}


def fact_note(field: Field) -> Text:
    if field.ask is None:
        return field.label
    return LABELLED.fill(label=field.label, words=field.ask)
