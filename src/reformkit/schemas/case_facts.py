"""The JSON Schema of a case as a program sends it: what the schema takes, `assess` takes, and the other way round.

What no schema can say is said by `assess` alone, and named in the schema's `$comment`: identity numbers in texts; how many
places a number has, and the bounds of one that is written as a text or of a day; texts in which nothing can be seen; words that say there is no place, unit or id.
And 3.0, which JSON has as the same number as 3, Python reads as a float, which is no count.
"""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from reformkit.model.case import FoundUnit
from reformkit.model.rulebook import Rulebook
from reformkit.model.vocabulary import FINDINGS, MOST_COUNT, Field
from reformkit.parsing.source import CONTROL
from reformkit.reading import keywords
from reformkit.reading.as_written import ERRORS
from reformkit.text import LABELLED, Lang, Text

Schema = dict[str, Any]

DRAFT = "https://json-schema.org/draft/2020-12/schema"

_TITLE = Text("案件（{book}）", "A case ({book})")
_COMMENT = Text(
    "以下各项由 assess 检查，本模式不能表示：文本中的公民身份号码；数值的小数位数；写成文本的数值和日期的上下限；看不见内容的文本；“没有”“不适用”一类的地点和单位，“不详”“-”一类的编号。",
    "assess alone refuses: identity numbers in texts; too many places of a number; a day, or a number written as a text, "
    "beyond its bounds; texts in which nothing can be seen; places and units that say there is none, ids such as `-`.",
)
_ID = Text("编号；参加计数的案件必须有", "The id; a case that is counted has one")
_FINDINGS = Text(
    "分析得出的症结，每项有事项和证据", "The causes that the analysis found, each with its matter and evidence"
)
_EVIDENCE = Text("证据", "Evidence")
_OF_UNIT = {
    "unit": Text(
        "问题出在哪个单位；就是案发单位的不写", "The unit that it is about, where that is not the unit of the case"
    ),
    "unit_kind": Text("所涉单位的类型", "The kind of that unit"),
    "industry": Text("所涉单位的系统", "The industry of that unit"),
}

DAY = (
    "^(?!0000)(?:[0-9]{4}-(?:(?:0[1-9]|1[0-2])-(?:0[1-9]|1[0-9]|2[0-8])|(?:0[13-9]|1[0-2])-(?:29|30)|(?:0[13578]|1[02])-31)"
    "|(?:[0-9]{2}(?:0[48]|[2468][048]|[13579][26])|(?:[02468][048]|[13579][26])00)-02-29)$"
)
"""Every day there is, those of leap years too."""

_NO_CONTROL = f"^[^{CONTROL.pattern[1:-1].encode('unicode_escape').decode().replace('x', 'u00')}]*$"
_ID_TEXT: Schema = {"type": "string", "pattern": f"^\\s*{_NO_CONTROL[1:-1]}\\s*$"}
_NULL: Schema = {"type": "null"}


def case_schema(rulebook: Rulebook, lang: Lang) -> Schema:
    """The schema of a case of a rulebook, with labels and questions in one language."""
    facts = {
        name: _or_null(_described(_value(field, rulebook, lang), field, lang))
        for name, field in rulebook.fields.items()
    }
    own = {
        "id": {"anyOf": [_ID_TEXT, {"type": "number"}, _NULL], "description": _ID.say(lang)},
        FINDINGS: {
            **_or_null({"type": "array", "items": _finding(rulebook, lang)}),
            "description": _FINDINGS.say(lang),
        },
    }
    schema = {
        "$schema": DRAFT,
        "$comment": _COMMENT.say(lang),
        "title": _TITLE.fill(book=rulebook.title).say(lang),
        "type": "object",
        "properties": own | facts,
        "additionalProperties": _NULL,  # what is null is not stated, whatever its name
    }
    return deepcopy(schema)  # its parts are shared, and it is the caller's to change


def _value(field: Field, rulebook: Rulebook, lang: Lang) -> Schema:
    match field.type:
        case "choice":
            return _one_of(field, lang)
        case "tags":
            return {"type": "array", "items": _one_of(field, lang)}
        case "flag":
            return {"type": "boolean"}
        case "count":
            most = MOST_COUNT if field.highest is None else field.highest
            return {"type": "integer", "minimum": field.lowest, "maximum": most}
        case "number":
            return _number(field)
        case "date":
            return {"type": "string", "format": "date", "pattern": DAY}
        case "text":
            return _stated_text(rulebook)


def _number(field: Field) -> Schema:
    ends = {"minimum": field.lowest, "maximum": field.at(MOST_COUNT) if field.highest is None else field.highest}
    bounds = {key: int(end) if end == int(end) else float(end) for key, end in ends.items()}
    words = {"type": "string", "pattern": "^-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]{1,3})?$", "maxLength": 60}
    return {"anyOf": [{"type": "number", **bounds}, words]}


def _one_of(field: Field, lang: Lang) -> Schema:
    """The values by id, each with its label; nothing where there are none."""
    known = [{"const": id, "title": item.label.say(lang)} for id, item in field.values.items()]
    return {"oneOf": known} if known else {"not": {}}


def _text(least: str = "") -> Schema:
    return {"type": "string", "pattern": _NO_CONTROL} | ({"allOf": [{"pattern": least}]} if least else {})


def _stated_text(rulebook: Rulebook) -> Schema:
    """A text that states something: with something to be seen, and no word that is none of a place or unit."""
    if not rulebook.vocabulary.unknown_words:
        return _text("\\S")
    errors = "|".join("".join(f"[{c}{c.upper()}]" if c.isalpha() else c for c in word) for word in sorted(ERRORS))
    none = f"^\\s*({keywords.EMPTY_SET}|{errors.replace('?', '[?]')})\\s*$"
    return {**_text("\\S"), "not": {"pattern": none}}


def _finding(rulebook: Rulebook, lang: Lang) -> Schema:
    vocabulary = rulebook.vocabulary
    fields = {"cause": vocabulary.gathered.get("cause"), **vocabulary.finding_fields}
    known = {
        name: _described(_one_of(field, lang), field, lang)
        if field is not None and field.values
        else {"type": "string"}
        for name, field in {"cause": None, "matter": None, **fields}.items()
        if name in ("cause", "matter")
    }
    evidence = {**_or_null(_text()), "description": _EVIDENCE.say(lang)}
    own = {name: vocabulary.unit_fields.get(name) for name in FoundUnit._fields}
    unit = {
        name: {
            **_or_null(_text() if field is None else _value(field, rulebook, lang)),
            "description": _OF_UNIT[name].say(lang),
        }
        for name, field in own.items()
    }
    return {
        "type": "object",
        "properties": {"cause": known["cause"], "matter": _or_null(known["matter"]), "evidence": evidence, **unit},
        "required": ["cause"],
        "additionalProperties": _NULL,
    }


def _described(schema: Schema, field: Field, lang: Lang) -> Schema:
    said = field.label if field.ask is None else LABELLED.fill(label=field.label, words=field.ask)
    return {**schema, "title": field.label.say(lang), "description": said.say(lang)}


def _or_null(schema: Schema) -> Schema:
    """Or null, which says that it is not known; what describes it stays outside."""
    about: Schema = {key: schema[key] for key in ("title", "description") if key in schema}
    inner = {key: value for key, value in schema.items() if key not in about}
    return {"anyOf": [inner, _NULL], **about}
