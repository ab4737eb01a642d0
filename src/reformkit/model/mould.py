"""Plain data of which most is the same in many records: made once, copied for whoever may change it, written once as JSON.

A record is a tree of dicts, lists and plain values in which moulds and casts may stand; `plain_data` and `json_text`
make of the same tree what `to_dict()` gives and its line of JSON, so that these two cannot come to differ.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from json import JSONEncoder
from json.encoder import encode_basestring
from math import inf, nan
from typing import Any

MOST_REMEMBERED = 20_000
"""Moulds that are kept of one kind; past it the memory starts afresh."""

OFTEN = 8
"""So many times a mould is copied; then it is often wanted, and compiled."""

_encode = JSONEncoder(ensure_ascii=False).encode


class Hole:
    """Stands in a mould where each record has a value of its own."""

    __slots__ = ()


HOLE = Hole()


class Wording(str):
    """A text in a mould with places for words, as `%` has them: `针对%(unit)s`."""

    __slots__ = ()


class OwnWords(dict[str, str]):
    """What fills the places of templates, by name; a name that is not there yet is asked of `word`.

    >>> OwnWords(str.upper)["unit"]
    'UNIT'
    """

    def __init__(self, word: Callable[[str], str]) -> None:
        self._word = word
        self.quoted = _Quoted(self)
        """The same as they stand within a text of JSON."""

    def __missing__(self, name: str) -> str:
        said = self[name] = self._word(name)
        return said


class _Quoted(dict[str, str]):
    def __init__(self, words: OwnWords) -> None:
        self._words = words

    def __missing__(self, name: str) -> str:
        said = self[name] = encode_basestring(self._words[name])[1:-1]
        return said


class Mould:
    """Plain data that is made once; in its holes each record has values of its own, in its templates words of its own.

    >>> mould = Mould({"measure": "IN-06", "findings": HOLE, "text": Wording("建议%(unit)s整改")})
    >>> plain_data(mould.cast([], words=OwnWords({"unit": "甲单位"}.get)))
    {'measure': 'IN-06', 'findings': [], 'text': '建议甲单位整改'}
    """

    __slots__ = ("_data", "_json", "_used", "holes", "made", "worded")

    def __init__(self, data: dict[str, Any] | list[Any]) -> None:
        leaves = [type(leaf) for leaf in _leaves(data)]
        self._data = data
        self._json: tuple[str, ...] | None = None
        self._used = 0
        self.holes = leaves.count(Hole)
        self.worded = Wording in leaves
        self.made: Callable[..., Any] = self._copied
        """Gives the data anew, the caller's to change, from words and then a value for each hole."""

    def cast(self, *values: Any, words: OwnWords | None = None) -> Cast:
        """The data with its holes filled, in their order, and its templates with words."""
        assert len(values) == self.holes and (words is not None or not self.worded)
        return Cast(self, values, words)

    @property
    def json(self) -> tuple[str, ...]:
        """What stands before, between and behind the holes, as JSON; with templates in it, each piece is one."""
        if self._json is None:
            pieces: list[str] = [""]
            _piece(self._data, pieces, self.worded)
            self._json = tuple(pieces)
        return self._json

    def _copied(self, words: OwnWords | None, *values: Any) -> Any:
        self._used += 1
        if self._used == OFTEN:
            self.made = _compiled(self._data, self.holes)
            return self.made(words, *values)
        return _copy(self._data, words, iter(values))


class Cast:
    """A mould with the values of its holes, in the order in which these stand in it, and the words of its templates."""

    __slots__ = ("mould", "values", "words")

    def __init__(self, mould: Mould, values: tuple[Any, ...], words: OwnWords | None) -> None:
        self.mould = mould
        self.values = values
        self.words = words


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


def _write(tree: Any, parts: list[str]) -> None:
    kind = type(tree)
    if kind is str:
        parts.append(encode_basestring(tree))
    elif kind is Mould:
        parts.append(tree.json[0])
    elif kind is Cast:
        pieces = tree.mould.json
        if tree.mould.worded:
            quoted = tree.words.quoted
            pieces = tuple([piece % quoted for piece in pieces])
        for piece, value in zip(pieces, tree.values, strict=False):
            parts.append(piece)
            _write(value, parts)
        parts.append(pieces[-1])
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
    if isinstance(data, dict | list):
        for value in data.values() if isinstance(data, dict) else data:
            yield from _leaves(value)
    else:
        yield data


def _piece(data: Any, pieces: list[str], worded: bool) -> None:
    """Add what data are as JSON to the last of some pieces; a hole begins another one."""
    match data:
        case Hole():
            pieces.append("")
        case dict() | list():
            named = isinstance(data, dict)
            pieces[-1] += "{" if named else "["
            for number, key in enumerate(data):
                pieces[-1] += ", " if number else ""
                pieces[-1] += f"{_quoted(key, worded)}: " if named else ""
                _piece(data[key] if named else key, pieces, worded)
            pieces[-1] += "}" if named else "]"
        case Wording():
            pieces[-1] += encode_basestring(data)
        case _:
            pieces[-1] += _quoted(data, worded)


def _quoted(data: Any, worded: bool) -> str:
    said = _encode(data)
    return said.replace("%", "%%") if worded else said


def _copy(data: Any, words: OwnWords | None, values: Iterator[Any]) -> Any:
    match data:
        case dict():
            return {key: _copy(value, words, values) for key, value in data.items()}
        case list():
            return [_copy(value, words, values) for value in data]
        case Hole():
            return next(values)
        case Wording():
            return str.__mod__(data, words)
        case _:
            return data


def _compiled(data: Any, holes: int) -> Callable[..., Any]:
    """What makes plain data as a literal of Python does, in less than a tenth of the time of `_copy`: see ADR 67.

    Nothing of the data becomes code: every value stands there as a quoted literal.
    """
    names = [f"hole_{number}" for number in range(holes)]
    source = f"lambda {', '.join(['words', *names])}: {_literal(data, iter(names))}"
    made: Callable[..., Any] = eval(source, {"__builtins__": {}, "inf": inf, "nan": nan})
    return made


def _literal(data: Any, names: Iterator[str]) -> str:
    match data:
        case dict():
            return f"{{{', '.join([f'{key!r}: {_literal(value, names)}' for key, value in data.items()])}}}"
        case list():
            return f"[{', '.join([_literal(value, names) for value in data])}]"
        case Hole():
            return next(names)
        case Wording():
            return f"{str(data)!r} % words"
        case _:
            return repr(data)


_SHORT = {dict: "{}", list: "[]", type(None): "null", bool: "false"}
_MADE = frozenset({dict, list, Mould, Cast})
