"""JSON Schema (draft-07) of the rule language over one vocabulary, for editors that complete and underline.

A schema refuses only what the reader refuses too; what hangs on other files or on order is left to `check`.
"""

from __future__ import annotations

import re

from reformkit.editing import grammar
from reformkit.editing.grammar import FILES, FINDING_SHAPE, Shape
from reformkit.editing.key_notes import key_note
from reformkit.editing.relations import relations
from reformkit.editing.schema_parts import (
    DAY,
    WORDS,
    Schema,
    any_of,
    described,
    fact_note,
    labels_of,
    object_of,
    one_of,
    spelt,
    text_schema,
    value_schema,
)
from reformkit.editing.tables import Tables
from reformkit.intake.rulebook_files import TITLES
from reformkit.model.vocabulary import Field
from reformkit.reading import keywords
from reformkit.reading.signals import UNITS
from reformkit.text import Text

_WINDOW: Schema = {"type": "string", "pattern": f"^\\s*[1-9][0-9]{{0,3}} *({'|'.join(UNITS)})\\s*$"}
_COUNT: Schema = {"anyOf": [{"type": "integer", "minimum": 1}, {"type": "string", "pattern": "^[1-9][0-9]{0,17}$"}]}
_ID: Schema = {"type": ["string", "number", "boolean"], "pattern": "^\\S+$"}
_GIVEN: Schema = {"type": ["number", "string", "boolean"], "pattern": "\\S"}
_PARAMETER: Schema = {"type": "string", "pattern": "^\\$"}


def schemas(tables: Tables) -> dict[str, Schema]:
    """A schema for each kind of file, by the kind's name.

    >>> import reformkit
    >>> book = reformkit.load()
    >>> made = schemas(Tables(book.rulebook, book.library))
    >>> made["decision"]["properties"]["取用方式"]["enum"]
    ['first', 'unique', 'any', 'collect', 'priority', '首条', '唯一', '一致', '汇总', '优先']
    """
    return {kind: _file(kind, shape, tables) for kind, shape in FILES.items()}


def _file(kind: str, shape: Shape, tables: Tables) -> Schema:
    builder = _Builder(tables)
    body = builder.of(shape)
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": f"{TITLES[kind].zh} / {TITLES[kind].en} ({tables.rulebook.name})",
        **body,
        "definitions": builder.definitions,
    }


class _Builder:
    """Turns shapes into schemas; what may hold itself goes into the definitions."""

    def __init__(self, tables: Tables) -> None:
        self.definitions: dict[str, Schema] = {}
        self._tables = tables

    def of(self, shape: Shape) -> Schema:
        """The schema of a shape."""
        match shape:
            case grammar.Plain():
                return self._plain(shape.kind)
            case grammar.Fixed():
                return one_of({en: Text(zh, en) for en, zh in shape.words.items()})
            case grammar.Name():
                return one_of(self._tables.labels(shape.table))
            case grammar.ValueOf():
                field = self._tables.field(shape.fact)
                return one_of(labels_of(field)) if field else WORDS
            case grammar.OutcomeWord():
                return self._outcome()
            case grammar.CountedWord():
                return self._counted()
            case grammar.ConditionShape():
                return self._condition(shape.facts)
            case grammar.Each():
                return {
                    "type": "array",
                    "items": self.of(shape.item),
                    **({"minItems": shape.least} if shape.least else {}),
                }
            case grammar.ById():
                return self._by_id(shape)
            case grammar.Record():
                return self._record(shape)
            case grammar.TextOr():
                return any_of(text_schema(), self.of(shape.record))
            case grammar.ByKind():
                return any_of(*(self.of(s) for s in (shape.scalar, shape.sequence, shape.mapping) if s))
            case grammar.CaseShape():
                return self._case(shape.fixture)
            case grammar.ExpectedShape():
                return self._expected()

    def _plain(self, kind: str) -> Schema:
        match kind:
            case "text":
                return text_schema()
            case "flag":
                return {"enum": [True, False, *keywords.TRUE, *keywords.FALSE]}
            case _:
                known = {"words": WORDS, "id": _ID, "day": DAY, "count": _COUNT, "window": _WINDOW, "given": _GIVEN}
                return known[kind]

    def _record(self, shape: grammar.Record) -> Schema:
        properties: Schema = {}
        rules: list[Schema] = []
        for key, inner in shape.holds.items():
            schema = described(self.of(inner), shape.note(key))
            names = list(dict.fromkeys((key, shape.words[key])))
            properties |= dict.fromkeys(names, schema)
            if key in shape.keys.must:
                rules.append({"anyOf": [{"required": [name]} for name in names]})
            if len(names) > 1:
                rules.append({"not": {"required": names}})
        rules += relations(shape.keys)
        return object_of(properties, rules)

    def _by_id(self, shape: grammar.ById) -> Schema:
        entry = self.of(shape.entry)
        least = {"minProperties": shape.least} if shape.least else {}
        labels = self._tables.labels(shape.key.table) if shape.key else {}
        if labels:
            known = {word: described(entry, label) for id, label in labels.items() for word in spelt(id, label)}
            return object_of(known) | least
        names = {} if shape.named else {"propertyNames": {"pattern": "^\\S+$"}}
        return {"type": "object", **names, "additionalProperties": entry} | least

    def _outcome(self) -> Schema:
        """Any words, since a decision may be changing; those that the decisions have now are offered."""
        known: dict[str, Text] = {}
        for decision in self._tables.rulebook.decisions.values():
            known |= {id: item.label for id, item in decision.outcomes.items()}
        return any_of(one_of(known), WORDS)

    def _counted(self) -> Schema:
        facts = self._tables.facts("stated fact")
        either = "|".join(re.escape(word) for word in ("distinct", keywords.COUNTED["distinct"]))
        words = [word for name, f in facts.items() for word in dict.fromkeys((name, f.label.zh))]
        distinct = {"type": "string", "pattern": f"^({either}) +({'|'.join(map(re.escape, words))})\\s*$"}
        return any_of(one_of({"cases": Text(keywords.COUNTED["cases"], "cases")}), distinct)

    # --- conditions --------------------------------------------------------------------------------

    def _condition(self, table: grammar.Table) -> Schema:
        name = f"condition over {table}".replace(" ", "_")
        if name not in self.definitions:
            self.definitions[name] = {}  # it may hold itself
            ref = {"$ref": f"#/definitions/{name}"}
            properties: Schema = {}
            for key in keywords.JOINING:
                inner = ref if key == "not" else {"type": "array", "minItems": 1, "items": ref}
                schema = inner if key == "not" else described(inner, key_note(key))
                properties |= dict.fromkeys((key, keywords.ZH[key]), schema)
            for field in self._tables.facts(table).values():
                properties |= dict.fromkeys((field.name, field.label.zh), self._test(field))
            said = key_note("when" if table == "fact" else "where")
            self.definitions[name] = described(object_of(properties), said)
        return {"$ref": f"#/definitions/{name}"}

    def _test(self, field: Field) -> Schema:
        number = [*self._tables.facts("fact"), *self._tables.facts("library fact")].index(field.name)
        name = f"test_{field.name if field.name.isascii() else number}"
        if name not in self.definitions:
            self.definitions[name] = {}
            operand = self._operand(field)
            several = {"type": "array", "minItems": 1, "items": operand}
            bounds = keywords.BOUNDS if field.is_ordered else ()
            holds: dict[str, Schema] = dict.fromkeys(bounds, operand)
            if field.type == "tags":
                holds |= {key: operand if key == "includes" else several for key in keywords.INCLUDES}
            holds |= {"not": {"$ref": f"#/definitions/{name}"}, "known": self._plain("flag")}
            properties: Schema = {}
            for key, schema in holds.items():
                said = schema if "$ref" in schema else described(schema, key_note(key))
                properties |= dict.fromkeys((key, keywords.ZH[key]), said)
            tests = object_of(properties) | {"minProperties": 1}
            plain = () if field.type == "tags" else (operand, several)
            self.definitions[name] = described(any_of(*plain, tests), fact_note(field))
        return {"$ref": f"#/definitions/{name}"}

    def _operand(self, field: Field) -> Schema:
        names = [f"${word}" for id, label in self._tables.parameters.items() for word in (id, label.zh)]
        offered = [{"enum": list(dict.fromkeys(names))}] if names and field.is_ordered else []
        return any_of(value_schema(field), *offered, _PARAMETER)

    # --- cases and fixtures ------------------------------------------------------------------------

    def _case(self, fixture: bool) -> Schema:
        name = "fixture" if fixture else "case"
        if name not in self.definitions:
            self.definitions[name] = {}
            properties: Schema = {}
            for field in self._tables.facts("fact").values():
                value = value_schema(field)
                stated = {"type": "array", "items": value} if field.type == "tags" else value
                known = described(any_of(stated, {"type": "null"}), fact_note(field))
                properties |= dict.fromkeys((field.name, field.label.zh), known)
            findings = any_of({"type": "array", "items": self._finding()}, {"type": "null"})
            own: dict[str, Schema] = {"id": WORDS, "findings": findings}
            for key in keywords.OF_CASES:
                properties |= dict.fromkeys((key, keywords.ZH[key]), described(own[key], key_note(key)))
            labels = {field.label.zh for field in self._tables.facts("fact").values()}
            for key, zh in keywords.of_fixtures(labels).items():
                said = key_note("history of a fixture" if key == "history" else key)
                schema = self.of(grammar.OF_FIXTURES[key]) if fixture and key in grammar.OF_FIXTURES else {}
                properties |= dict.fromkeys((key, zh), described(schema, said))
            needs_id = {"anyOf": [{"required": ["id"]}, {"required": [keywords.ZH["id"]]}]}
            self.definitions[name] = object_of(properties, [needs_id])
        return {"$ref": f"#/definitions/{name}"}

    def _finding(self) -> Schema:
        """A finding; what may be unknown may be null, and a fact of findings may be called by its label."""
        schema = self._record(FINDING_SHAPE)
        properties = schema["properties"]
        for key in FINDING_SHAPE.keys.may:
            for word in {key, FINDING_SHAPE.words[key]}:
                properties[word] = any_of(properties[word], {"type": "null"})
        for name, field in self._tables.rulebook.vocabulary.finding_fields.items():
            properties[field.label.zh] = properties[name]
        return schema

    def _expected(self) -> Schema:
        rulebook = self._tables.rulebook
        properties: Schema = {}
        rules: Schema = {}
        listed = {"type": "array", "items": WORDS}
        for name, decision in rulebook.decisions.items():
            words = dict.fromkeys((name, decision.title.zh))
            properties |= dict.fromkeys(words, self._wanted(rulebook.fields[name]))
            rules |= dict.fromkeys(words, any_of(WORDS, listed) if decision.hit == "collect" else WORDS)
        measures = {
            word: described(listed, key_note(en)) for en, zh in keywords.OF_MEASURES.items() for word in (en, zh)
        }
        for key, schema in (("rules", object_of(rules)), ("measures", object_of(measures))):
            said = described(schema, key_note("rules of a fixture" if key == "rules" else key))
            properties |= dict.fromkeys((key, keywords.OF_EXPECTATIONS[key]), said)
        return object_of(properties)

    def _wanted(self, decision: Field) -> Schema:
        outcome = value_schema(decision)
        reserved = {"enum": list(keywords.RESERVED_OUTCOMES)}
        outcomes = {"type": "array", "items": any_of(outcome, reserved)}
        needs = {"type": "array", "items": one_of(self._tables.labels("fact"))}
        status = one_of({en: Text(zh, en) for en, zh in keywords.STATUSES.items()})
        given: Schema = {"type": "object", "additionalProperties": _GIVEN}
        if self._tables.rulebook.decisions[decision.name].hit == "collect":
            given = {"type": "object", "additionalProperties": given}
        holds = {
            "gives": given,
            "status": status,
            "outcome": outcome,
            "outcomes": outcomes,
            "possible": outcomes,
            "needs": needs,
        }
        properties: Schema = {}
        for key, zh in keywords.OF_DECISIONS.items():
            note = f"{key} of a fixture" if key in ("outcomes", "gives") else key
            properties |= dict.fromkeys((key, zh), described(holds[key], key_note(note)))
        return described(any_of(outcome, outcomes, object_of(properties)), decision.label)
