"""Rules as a message names them."""

from __future__ import annotations

from collections.abc import Sequence

from reformkit.text import Text

_MOST_NAMED = 5


def some_rules(rules: Sequence[str]) -> Text:
    """Rules by id, the first five of many.

    >>> some_rules(["A", "B"]).zh, some_rules(["A", "B"]).en
    ('“A”“B”', '`A`, `B`')
    """
    named, more = rules[:_MOST_NAMED], len(rules) - _MOST_NAMED
    zh, en = "".join(f"“{rule}”" for rule in named), ", ".join(f"`{rule}`" for rule in named)
    return Text(zh, en) if more <= 0 else Text(f"{zh}等 {len(rules)} 条", f"{en} and {more} more")
