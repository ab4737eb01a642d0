"""Conditions in words."""

from __future__ import annotations

from collections.abc import Mapping

from reformkit.model.condition import AllOf, AnyOf, Condition, Negation, Test
from reformkit.model.vocabulary import Field
from reformkit.text import LABELLED, SEMICOLON, Text
from reformkit.wording.values import say_test

ANY_CASE = Text("任何情形", "any case")

_BRACKETS = (
    Text("（{condition}）", "({condition})"),
    Text("［{condition}］", "[{condition}]"),
    Text("〔{condition}〕", "{{{condition}}}"),
)
"""Brackets within brackets have another form (GB/T 15834), from the outermost inwards."""
_NOT = Text("并非{condition}", "not {condition}")
_OR = Text("，或者", ", or ")


def say_condition(condition: Condition, fields: Mapping[str, Field], depth: int = 0) -> Text:
    """A condition by the labels of its facts: `阶段：已作处分决定；第一关意见：通过`.

    `depth` is the number of brackets in which it stands.

    >>> field = Field(name="people", type="count", label=Text("涉案人数", "people"))
    >>> say_condition(Negation(item=Test(fact="people", at_least=2)), {"people": field}).zh
    '并非（涉案人数：至少2）'
    """
    match condition:
        case Test():
            field = fields[condition.fact]
            return LABELLED.fill(label=field.label, words=say_test(field, condition))
        case Negation():
            return _NOT.fill(condition=_bracketed(condition.item, fields, depth))
        case AllOf(items=(item,)) | AnyOf(items=(item,)):
            return say_condition(item, fields, depth)
        case AllOf():
            items = condition.items
            return SEMICOLON.join(_inside(item, fields, depth) for item in items) if items else ANY_CASE
        case AnyOf():
            return _OR.join(_inside(item, fields, depth) for item in condition.items)


def _inside(item: Condition, fields: Mapping[str, Field], depth: int) -> Text:
    if isinstance(item, AllOf | AnyOf) and len(item.items) == 1:
        return _inside(item.items[0], fields, depth)
    return say_condition(item, fields, depth) if isinstance(item, Test | Negation) else _bracketed(item, fields, depth)


def _bracketed(item: Condition, fields: Mapping[str, Field], depth: int) -> Text:
    return _BRACKETS[depth % len(_BRACKETS)].fill(condition=say_condition(item, fields, depth + 1))
