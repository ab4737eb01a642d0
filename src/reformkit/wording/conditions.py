"""Conditions in words."""

from __future__ import annotations

from collections.abc import Mapping

from reformkit.model.condition import AllOf, AnyOf, Condition, Negation, Test
from reformkit.model.vocabulary import Field
from reformkit.text import Lang
from reformkit.wording.values import say_test


def say_condition(condition: Condition, fields: Mapping[str, Field], lang: Lang = "zh") -> str:
    """A condition by the labels of its facts: `阶段：已作处分决定；第一关意见：通过`.

    >>> from reformkit.text import Text
    >>> field = Field(name="people", type="count", label=Text("涉案人数", "people"))
    >>> say_condition(Negation(item=Test(fact="people", at_least=2)), {"people": field})
    '并非（涉案人数：至少2）'
    """
    zh = lang == "zh"

    def inside(item: Condition) -> str:
        said = say_condition(item, fields, lang)
        return said if isinstance(item, Test) else f"（{said}）" if zh else f"({said})"

    match condition:
        case Test():
            field = fields[condition.fact]
            return f"{field.label.say(lang)}{'：' if zh else ': '}{say_test(field, condition, lang)}"
        case Negation():
            said = say_condition(condition.item, fields, lang)
            return f"并非（{said}）" if zh else f"not ({said})"
        case AllOf():
            return ("；" if zh else "; ").join(map(inside, condition.items)) or ("任何情形" if zh else "any case")
        case AnyOf():
            return ("，或者" if zh else ", or ").join(map(inside, condition.items))
