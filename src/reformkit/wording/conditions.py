"""Conditions in words."""

from __future__ import annotations

from collections.abc import Mapping

from reformkit.model.condition import AllOf, AnyOf, Condition, Negation, Test
from reformkit.model.vocabulary import Field
from reformkit.text import LABELLED, SEMICOLON, Text
from reformkit.wording.values import say_test

ANY_CASE = Text("任何情形", "any case")

_INSIDE = Text("（{condition}）", "({condition})")
_NOT = Text("并非（{condition}）", "not ({condition})")
_OR = Text("，或者", ", or ")


def say_condition(condition: Condition, fields: Mapping[str, Field]) -> Text:
    """A condition by the labels of its facts: `阶段：已作处分决定；第一关意见：通过`.

    >>> field = Field(name="people", type="count", label=Text("涉案人数", "people"))
    >>> say_condition(Negation(item=Test(fact="people", at_least=2)), {"people": field}).zh
    '并非（涉案人数：至少2）'
    """
    match condition:
        case Test():
            field = fields[condition.fact]
            return LABELLED.fill(label=field.label, words=say_test(field, condition))
        case Negation():
            return _NOT.fill(condition=say_condition(condition.item, fields))
        case AllOf():
            return SEMICOLON.join(_inside(item, fields) for item in condition.items) if condition.items else ANY_CASE
        case AnyOf():
            return _OR.join(_inside(item, fields) for item in condition.items)


def _inside(item: Condition, fields: Mapping[str, Field]) -> Text:
    words = say_condition(item, fields)
    return words if isinstance(item, Test) else _INSIDE.fill(condition=words)
