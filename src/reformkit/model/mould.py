"""Plain data of which most is the same in many records: made once, copied for whoever may change it, written once as JSON.

A record is a tree of dicts, lists and plain values in which moulds and casts may stand; `plain_data` and `json_text`
make of the same tree what `to_dict()` gives and its line of JSON, so that these two cannot come to differ.

Long because data copied, written as a literal and written as JSON are to be read beside one another.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from functools import cached_property, lru_cache
from json import JSONEncoder
from json.encoder import encode_basestring
from math import inf, nan
from typing import Any, TypeVar

from reformkit.model.holes import Hole, OwnWords, Wording, in_template

T = TypeVar("T", str, bytes)

MOST_REMEMBERED = 20_000
"""Moulds that are kept of one kind; past it the memory starts afresh."""

OFTEN = 8
"""So many times a mould is copied; then it is often wanted, and compiled."""

_encode = JSONEncoder(ensure_ascii=False).encode


class Mould:
    """Plain data that is made once; in its holes each record has values of its own, in its templates words of its own.

    Other moulds may stand in it, and casts with holes: their words are those of the whole.

    >>> from reformkit.model.holes import HOLE
    >>> mould = Mould({"measure": "IN-06", "findings": HOLE, "text": Wording("建议%(unit)s整改")})
    >>> words = OwnWords({"unit": "甲单位"}.get)
    >>> plain_data(mould.cast([], words=words))
    {'measure': 'IN-06', 'findings': [], 'text': '建议甲单位整改'}
    >>> plain_data(Mould([mould.cast(HOLE, words=words), HOLE]).cast([], 1, words=words))
    [{'measure': 'IN-06', 'findings': [], 'text': '建议甲单位整改'}, 1]
    """

    def __init__(self, data: dict[str, Any] | list[Any]) -> None:
        leaves = list(_leaves(data))
        self._data = data
        self._used = 0
        self.holes = [leaf for leaf in leaves if type(leaf) is Hole]
        """Its holes, in the order in which they stand in it."""
        self.worded = any(type(leaf) is Wording for leaf in leaves)
        self.made: Callable[..., Any] = self._copied
        """Gives the data anew, the caller's to change, from words and then a value for each hole."""

    def cast(self, *values: Any, words: OwnWords | None = None) -> Cast:
        """The data with its holes filled, in their order, and its templates with words."""
        assert len(values) == len(self.holes) and (words is not None or not self.worded)
        return Cast(self, values, words)

    def text(self, words: OwnWords | None, values: Iterable[str]) -> str:
        """The data as JSON, from the values of its holes as JSON."""
        return "".join(self.pieces.filled(self.pieces.parts, words, values, str))

    def encoded(self, words: OwnWords | None, values: Iterable[str]) -> bytes:
        """The data as JSON in UTF-8; what is the same for many records was encoded before."""
        return b"".join(self.pieces.filled(self.pieces.encoded, words, values, _in_utf8))

    @cached_property
    def pieces(self) -> _Pieces:
        """What stands before, between and behind its holes and words, as JSON."""
        pieces = _Pieces()
        pieces.add(self._data)
        return pieces

    def compiled(self) -> Callable[..., Any]:
        """`made` in a tenth of the time, for one that is often wanted."""
        self._used = max(self._used, OFTEN)
        if self.made == self._copied:
            self.made = _compiled(self._data)
        return self.made

    def _copied(self, words: OwnWords | None, *values: Any) -> Any:
        self._used += 1
        if self._used >= OFTEN:
            return self.compiled()(words, *values)
        return _copy(self._data, words, iter(values))


class Cast:
    """A mould with the values of its holes, in the order in which these stand in it, and the words of its templates.

    `plain`: the values are plain data made for it, in which no moulds and casts stand.
    """

    __slots__ = ("mould", "plain", "values", "words")

    def __init__(self, mould: Mould, values: tuple[Any, ...], words: OwnWords | None, *, plain: bool = False) -> None:
        self.mould = mould
        self.values = values
        self.words = words
        self.plain = plain

    @property
    def json_values(self) -> Iterator[str]:
        """The values as JSON."""
        return map(_plain_json if self.plain else json_text, self.values)


class Moulds(dict[Hashable, tuple[object, Mould]]):
    """Moulds by what they are made of: an object that does not change, and what else tells them apart."""

    def of(self, owner: object, key: Hashable, make: Callable[[], Mould]) -> Mould:
        """The mould of an object, made when it is first wanted. The object is kept, so that none other has its number."""
        found = self.get((id(owner), key))
        if found is None:
            if len(self) >= MOST_REMEMBERED:
                self.clear()
            found = self[id(owner), key] = owner, make()
        return found[1]


def plain_data(tree: Any) -> Any:
    """A record as plain data, the caller's to change; its own dicts and lists are used up."""
    kind = type(tree)
    if kind is Mould:
        return tree.made(None)
    if kind is Cast:
        if tree.plain:
            return tree.mould.made(tree.words, *tree.values)
        values = [plain_data(value) if value and type(value) in _MADE else value for value in tree.values]
        return tree.mould.made(tree.words, *values)
    if kind is list:
        return [plain_data(value) if type(value) in _MADE else value for value in tree]
    if kind is dict:
        for key, value in tree.items():
            if type(value) in _MADE:
                tree[key] = plain_data(value)
    return tree


def json_text(tree: Any) -> str:
    """A record as JSON in one line: what `json.dumps(plain_data(tree), ensure_ascii=False)` gives."""
    parts: list[str] = []
    _write(tree, parts)
    return "".join(parts)


def json_bytes(tree: Any) -> bytes:
    """`json_text` in UTF-8, at the cost of what is a record's own; what is no text of Unicode becomes a `?`."""
    if type(tree) is Cast:
        return tree.mould.encoded(tree.words, tree.json_values)
    return _in_utf8(json_text(tree))


def _plain_json(data: Any) -> str:
    """Plain data as JSON; what stands in every record is spared the encoder."""
    kind = type(data)
    if not data and kind in _SHORT:
        return _SHORT[kind]
    return encode_basestring(data) if kind is str else _encode(data)


def _in_utf8(text: str) -> bytes:
    return text.encode("utf-8", "replace")


@lru_cache(maxsize=MOST_REMEMBERED)
def _kept_in_utf8(part: str) -> bytes:
    """One object for all moulds in which a part stands."""
    return _in_utf8(part)


def _write(tree: Any, parts: list[str]) -> None:
    kind = type(tree)
    if kind is str:
        parts.append(encode_basestring(tree))
    elif kind is Mould:
        parts.append(tree.text(None, ()))
    elif kind is Cast:
        parts.append(tree.mould.text(tree.words, tree.json_values))
    elif kind is dict and tree:
        between = "{"
        for key, value in tree.items():
            if type(value) is str:  # most of all, and spared a call
                parts.append(f"{between}{encode_basestring(key)}: {encode_basestring(value)}")
            else:
                parts.append(f"{between}{encode_basestring(key)}: ")
                _write(value, parts)
            between = ", "
        parts.append("}")
    elif kind is list and tree:
        between = "["
        for value in tree:
            parts.append(between)
            _write(value, parts)
            between = ", "
        parts.append("]")
    elif kind in _SHORT and not tree:  # spared the encoder, as are the others that stand in every record
        parts.append(_SHORT[kind])
    elif tree is True:
        parts.append("true")
    else:
        parts.append(_encode(tree))


def _leaves(data: Any) -> Iterator[Any]:
    """What stands in data; what stands in the moulds in it comes in its place."""
    if isinstance(data, dict | list):
        for value in data.values() if isinstance(data, dict) else data:
            yield from _leaves(value)
    elif isinstance(data, Mould):
        yield from _leaves(data._data)
    elif isinstance(data, Cast):
        values = iter(data.values)
        for leaf in _leaves(data.mould):
            yield from _leaves(next(values)) if type(leaf) is Hole else (leaf,)
    else:
        yield data


class _Pieces:
    """Data as JSON in parts: those at `words` and `holes` are blank, for the words and values of a record."""

    def __init__(self) -> None:
        self.parts: list[str] = [""]
        self.words: list[tuple[int, str]] = []
        self.holes: list[int] = []

    def filled(
        self, parts: Sequence[T], words: OwnWords | None, values: Iterable[str], encoded: Callable[[str], T]
    ) -> Sequence[T]:
        """The parts, encoded, with those of a record in their places."""
        found = list(parts)
        if words is not None:
            quoted = words.quoted
            for number, name in self.words:
                found[number] = encoded(quoted[name])
        for number, value in zip(self.holes, values, strict=True):
            found[number] = encoded(value)
        return found

    @cached_property
    def encoded(self) -> list[bytes]:
        """The parts in UTF-8."""
        return [_kept_in_utf8(part) for part in self.parts]

    def add(self, data: Any) -> None:
        """What data are as JSON, behind what is there."""
        match data:
            case Hole():
                self.holes.append(len(self.parts))
                self.parts += ["", ""]
            case dict() | list():
                named = isinstance(data, dict)
                self.parts[-1] += "{" if named else "["
                for number, key in enumerate(data):
                    self.parts[-1] += ", " if number else ""
                    self.parts[-1] += f"{_encode(key)}: " if named else ""
                    self.add(data[key] if named else key)
                self.parts[-1] += "}" if named else "]"
            case Mould():
                self._add_pieces(data.pieces, iter(()))
            case Cast():
                self._add_pieces(data.mould.pieces, iter(data.values))
            case Wording():
                self.parts[-1] += '"'
                for said, name in in_template(data):
                    if name is None:
                        self.parts[-1] += encode_basestring(said)[1:-1]
                    else:
                        self._add_word(name)
                self.parts[-1] += '"'
            case _:
                self.parts[-1] += _encode(data)

    def _add_word(self, name: str) -> None:
        self.words.append((len(self.parts), name))
        self.parts += ["", ""]

    def _add_pieces(self, other: _Pieces, values: Iterator[Any]) -> None:
        """The pieces of a mould in the data: the same texts, so that they are held once."""
        names, holes = dict(other.words), set(other.holes)
        for number, part in enumerate(other.parts):
            if number in holes:
                self.add(next(values))
            elif number in names:
                self._add_word(names[number])
            elif part:
                self.parts.append(part)
        self.parts.append("")


def _copy(data: Any, words: OwnWords | None, values: Iterator[Any]) -> Any:
    match data:
        case dict():
            return {key: _copy(value, words, values) for key, value in data.items()}
        case list():
            return [_copy(value, words, values) for value in data]
        case Hole():
            return next(values)
        case Mould():
            return data.made(words)
        case Cast():
            return data.mould.made(words, *[_copy(value, words, values) for value in data.values])
        case Wording():
            return str.__mod__(data, words)
        case _:
            return data


def _compiled(data: Any) -> Callable[..., Any]:
    """What makes plain data as a literal of Python does, in less than a tenth of the time of `_copy`: see ADR 67.

    Nothing of the data becomes code: every value stands there as a quoted literal.
    """
    written = _Literal()
    literal = written.of(data)
    said = "".join([f"    {word} = words[{name!r}]\n" for name, word in written.words.items()])
    source = f"def made({', '.join(['words', *written.holes])}):\n{said}    return {literal}\n"
    scope: dict[str, Any] = {"__builtins__": {}, "inf": inf, "nan": nan, **written.moulds}
    exec(source, scope)
    made: Callable[..., Any] = scope["made"]
    return made


class _Literal:
    """Writes data as a literal: `words`, `holes` and `moulds` are what they are called in it."""

    def __init__(self) -> None:
        self.words: dict[str, str] = {}
        self.holes: list[str] = []
        self.moulds: dict[str, Callable[..., Any]] = {}

    def of(self, data: Any) -> str:
        match data:
            case dict():
                return f"{{{', '.join([f'{key!r}: {self.of(value)}' for key, value in data.items()])}}}"
            case list():
                return f"[{', '.join([self.of(value) for value in data])}]"
            case Hole():
                self.holes.append(f"hole_{len(self.holes)}")
                return self.holes[-1]
            case Mould():
                return self._made(data, ())
            case Cast():
                return self._made(data.mould, data.values)
            case Wording():
                return " ".join([self._said(said, name) for said, name in in_template(data)])
            case _:
                return repr(data)

    def _made(self, mould: Mould, values: tuple[Any, ...]) -> str:
        name = f"mould_{len(self.moulds)}"
        self.moulds[name] = mould.compiled()
        return f"{name}({', '.join(['words', *map(self.of, values)])})"

    def _said(self, said: str, name: str | None) -> str:
        if name is None:
            return repr(said)
        word = self.words.setdefault(name, f"word_{len(self.words)}")
        return f'f"{{{word}}}"'


_SHORT = {dict: "{}", list: "[]", type(None): "null", bool: "false"}
_MADE = frozenset({dict, list, Mould, Cast})
