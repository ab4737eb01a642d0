"""Commas that cut what was meant as one: in braces and brackets YAML ends an unquoted text at each."""

from __future__ import annotations

from reformkit.parsing.source import Source
from reformkit.parsing.tree import Mapping, Scalar, Sequence, Tree
from reformkit.text import Text

_WHOLE = Text("：半角逗号把“{whole}”分成了两项", ": the comma cuts `{whole}` in two")
_NOTHING = Text.same("")
_OPENING, _CLOSING = "(（〔[【《“", ")）〕]】》”"


def lacks_colon(key: Scalar, line: int, column: int, source: Source) -> bool:
    """Whether no colon stands between a plain key and the place (from 0) at which the parser found that it has no value."""
    written = source.line(key.place.line) or ""
    begin, end = key.place.column - 1, key.place.column - 1 + len(key.text)
    if written[begin:end] != key.text:
        return False  # written over several lines
    return ":" not in (written[end:column] if line + 1 == key.place.line else written[end:])


def cut_before(key: Scalar, mapping: Mapping) -> Text:
    """What a key without a colon was probably cut from, as the middle of a sentence: the value before it."""
    before = mapping.pairs[-1][1] if mapping.pairs else None
    if not isinstance(before, Scalar) or before.quoted or before.is_null or before.place.line != key.place.line:
        return _NOTHING
    return _WHOLE.fill(whole=f"{before.text}, {key.text}")


def cut_items(sequence: Sequence) -> list[tuple[Scalar, Text]]:
    """The items of a list in brackets in which a bracket opens that closes in the next, with what both were cut from."""
    found = []
    for item, following in zip(sequence.items, sequence.items[1:], strict=False):
        if _leans(item, _OPENING, _CLOSING) and _leans(following, _CLOSING, _OPENING):
            assert isinstance(item, Scalar) and isinstance(following, Scalar)
            found.append((following, _WHOLE.fill(whole=f"{item.text}, {following.text}")))
    return found


def _leans(node: Tree, more: str, fewer: str) -> bool:
    """Whether a plain text has more brackets of one side than of the other."""
    if not isinstance(node, Scalar) or node.quoted:
        return False
    return sum(map(node.text.count, more)) > sum(map(node.text.count, fewer))
