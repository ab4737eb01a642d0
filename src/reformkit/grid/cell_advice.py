"""Parts that cannot stand together in one test, and how the cell would say what is probably meant."""

from __future__ import annotations

from collections.abc import Sequence

from reformkit.grid import signs
from reformkit.grid.scanning import BoundPart, CellWord, KnownPart, NotPart, Part, TagsPart, ValuesPart
from reformkit.text import SEMICOLON, Text

_COMMA_BETWEEN = Text("几个取值之间用“；”，写成：{cell}", "values stand with `;` between them; write: {cell}")
_KNOWN_TOO = Text(
    "写了取值就是已知，“已知”不必写，写成：{cell}", "a value says that it is known; leave `known` out and write: {cell}"
)
_UNKNOWN_TOO = Text(
    "不详就没有取值；两样都算的，写成：{cell}", "what is unknown has no value; if either will do, write: {cell}"
)
_TWICE = Text("“{sign}”写了两次，合在一起写成：{cell}", "`{sign}` stands twice; together it is: {cell}")
_NOT_ANY, _SIGNED = Text("非（{values}）", "not ({values})"), Text.same("{sign} {values}")
_TWICE_ONLY = Text("“{sign}”写了两次", "`{sign}` stands twice")
_BOTH = Text("“已知”和“不详”不能同时要求", "a fact cannot be `known` and `unknown` at once")
_BESIDE = Text(
    "取值与“{sign}”一类的条件不能并列；符合其一即可的，中间写“ 或 ”",
    "values cannot stand beside a test such as `{sign}`; if either will do, put ` or ` between them",
)  # fmt: skip


def advice(parts: Sequence[Part]) -> Text | None:
    """Why the parts of one test cannot stand together, and what to write; None where they can.

    >>> from reformkit.grid.scanning import scanned
    >>> advice(scanned("甲，已知")[0]).zh
    '写了取值就是已知，“已知”不必写，写成：甲'
    >>> advice(scanned("甲，乙")[0]).en
    'values stand with `;` between them; write: 甲; 乙'
    """
    values = [word for part in parts if isinstance(part, ValuesPart) for word in part.words]
    others = [part for part in parts if not isinstance(part, ValuesPart)]
    if values and len(parts) > 1:
        known = {part.known for part in others if isinstance(part, KnownPart)}
        if len(known) < len(others) or len(known) > 1:
            odd = next((part for part in others if not isinstance(part, KnownPart)), others[0])
            return _BESIDE.fill(sign=sign_of(odd))
        if known == {False}:
            return _UNKNOWN_TOO.fill(cell=signs.OR.join((_values(values), signs.UNKNOWN)))
        return (_KNOWN_TOO if known else _COMMA_BETWEEN).fill(cell=_values(values))
    if len({part.known for part in others if isinstance(part, KnownPart)}) > 1:
        return _BOTH
    return _twice(others)


def _twice(parts: Sequence[Part]) -> Text | None:
    """What stands twice among parts, and both in one where they can be so."""
    for part in parts:
        same = [other for other in parts if _key(other) == _key(part)]
        if len(same) < 2:
            continue
        words = [word for other in same for word in _words(other)]
        joins = all(map(_words, same)) and not isinstance(part, BoundPart) and _key(part) != "includes_any"
        if not joins:
            return _TWICE_ONLY.fill(sign=sign_of(part))
        sign, values = sign_of(part), _values(words)
        cell = _NOT_ANY.fill(values=values) if isinstance(part, NotPart) else _SIGNED.fill(sign=sign, values=values)
        return _TWICE.fill(sign=sign, cell=cell)
    return None


def _key(part: Part) -> str:
    match part:
        case BoundPart() | TagsPart():
            return part.key
        case NotPart():
            return "not"
        case KnownPart():
            return "known"
    return ""


def _words(part: Part) -> tuple[CellWord, ...]:
    """The values that a part names and nothing else."""
    match part:
        case TagsPart() | ValuesPart():
            return part.words
        case NotPart(parts=(ValuesPart() as inner,)):
            return inner.words
    return ()


def sign_of(part: Part) -> Text:
    """The sign that a part begins with, or its first word."""
    match part:
        case BoundPart() | TagsPart():
            return Text.same(part.sign)
        case ValuesPart():
            return Text.same(part.words[0].text)
        case NotPart():
            return signs.NOT
        case KnownPart():
            return signs.KNOWN if part.known else signs.UNKNOWN


def _values(words: Sequence[CellWord]) -> Text:
    return SEMICOLON.join('"{}"'.format(word.text.replace('"', '""')) if word.quoted else word.text for word in words)
