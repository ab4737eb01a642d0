"""Rules as a message names them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from reformkit.text import Text

_MOST_NAMED = 5

_MARKED, _BETWEEN = Text("“{name}”", "`{name}`"), Text("", ", ")
_AND_MORE = Text("{named}等 {number} 条", "{named} and {more} more")


def some_rules(rules: Sequence[str]) -> Text:
    """Rules by id, the first five of many.

    >>> some_rules(["A", "B"]).zh, some_rules(["A", "B"]).en
    ('“A”“B”', '`A`, `B`')
    """
    named = marked(rules[:_MOST_NAMED])
    more = len(rules) - _MOST_NAMED
    return named if more <= 0 else _AND_MORE.fill(named=named, number=len(rules), more=more)


def marked(names: Iterable[Text | str]) -> Text:
    """Names in the marks that messages give them, one after another.

    >>> marked([Text("启动", "startup"), "layer"]).en
    '`startup`, `layer`'
    """
    return _BETWEEN.join(_MARKED.fill(name=name) for name in names)
