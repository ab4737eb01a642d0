"""The kinds of YAML files that make a rulebook, what they are called, and the keys by which each is told."""

from __future__ import annotations

from collections.abc import Collection

from reformkit.reading import keywords
from reformkit.text import Text

TITLES = {
    "decision": Text("决策", "A decision"),
    "rules": Text("规则文件", "A file of rules"),
    "rulebook": Text("规则册", "A rulebook"),
    "parameters": Text("参数", "Parameters"),
    "signals": Text("计数", "Signals"),
    "vocabulary": Text("词表", "A vocabulary"),
    "causes": Text("症结", "Causes"),
    "references": Text("引用文件", "References"),
    "measures": Text("措施", "Measures"),
    "procedure": Text("流程", "Procedures"),
    "letters": Text("文书", "Letters"),
    "figures": Text("指标", "Figures"),
    "integrity": Text("比对", "A comparison"),
    "office": Text("机关", "An office"),
    "calendar": Text("工作日历", "A calendar of workdays"),
    "cases": Text("案件", "Cases"),
    "fixtures": Text("测试案件", "Fixtures"),
}

_TELLING = {
    "decision": ("decision",),
    "rulebook": ("name", "vocabulary"),
    "parameters": ("parameters",),
    "signals": ("signals",),
    "vocabulary": ("fields",),
    "causes": ("weak_points", "causes"),
    "references": ("references",),
    "measures": ("weak_point", "measures"),
    "rules": ("rules",),
    "procedure": ("procedures",),
    "letters": ("letters", "placeholders"),
    "figures": ("figures",),
    "integrity": ("indicators",),
    "office": ("office", "bodies"),
    "calendar": ("known_until",),
}
"""All of these keys, in English or in Chinese, tell a kind."""


def told_by(keys: Collection[str]) -> str | None:
    """The kind of rulebook file that has these keys at its top; None if it is none.

    >>> told_by({"决策", "规则"}), told_by({"id", "form"})
    ('decision', None)
    """
    for kind, telling in _TELLING.items():
        if all(key in keys or keywords.ZH[key] in keys for key in telling):
            return kind
    return None
