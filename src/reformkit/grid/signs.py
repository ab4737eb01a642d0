"""The words and signs of a cell's grammar, in both languages; either is taken wherever a cell is read.

    cell    :=  test ( OR test )*                 or: any of these tests of the fact
    test    :=  part ( COMMA part )*              all of them
    part    :=  value ( SEMICOLON value )*        one of
             |  BOUND value | TAGS value ( SEMICOLON value )*
             |  KNOWN | UNKNOWN
             |  NOT part | NOT ( test )
    value   :=  words | "words, with "" for a quote in them"

An empty cell asks nothing of the fact.
"""

from __future__ import annotations

from reformkit.text import Text

SEMICOLON, COMMA = Text("；", "; "), Text("，", ", ")
OR = Text(" 或 ", " or ")
NOT = Text("非", "not")
OPEN, CLOSE = Text("（", " ("), Text("）", ")")
KNOWN, UNKNOWN = Text("已知", "known"), Text("不详", "unknown")
BOUNDS = {"at_least": "≥", "more_than": ">", "at_most": "≤", "less_than": "<"}
TAGS = {
    "includes_all": Text("含", "has"),
    "includes_any": Text("含任一", "has any of"),
    "includes_none": Text("不含", "has none of"),
}

SAID_KNOWN = {"已知": True, "known": True, "不详": False, "未知": False, "unknown": False, "not known": False}
"""Words that ask whether a fact is known, as they are read."""

SAID_NOT = ("非", "不是", "除", "not")
SAID_TAGS = {
    **{sign.say(lang): key for key, sign in TAGS.items() for lang in ("zh", "en")},
    "包含": "includes_all",
    "均不含": "includes_none",
    "含全部": "includes_all",
}
SAID_OR = ("或", "或者", "or")
