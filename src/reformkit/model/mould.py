"""Plain data of which most is the same in many records: made once, copied for whoever may change it, written once as JSON.

A record is a tree of dicts, lists and plain values in which moulds and casts may stand; `plain_data` and `json_text`
make of the same tree what `to_dict()` gives and its line of JSON, so that these two cannot come to differ.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from json import JSONEncoder
from json.encoder import encode_basestring
from typing import Any

MOST_REMEMBERED = 20_000
"""Moulds that are kept of one kind; past it the memory starts afresh."""

_encode = JSONEncoder(ensure_ascii=False).encode


class Mould:
    """Plain data that is made once; `holes` are the keys of it whose values each record has of its own.

    >>> mould = Mould({"measure": "IN-06", "text": None}, holes=("text",))
    >>> plain_data(mould.cast("甲单位"))
    {'measure': 'IN-06', 'text': '甲单位'}
    """

    __slots__ = ("_data", "_json", "copy", "holes")

    def __init__(self, data: dict[str, Any] | list[Any], holes: tuple[str, ...] = ()) -> None:
        self._data = data
        self._json: tuple[str, ...] | None = None
        self.holes = holes
        self.copy = _copier(data)
        """Gives the data anew, the caller's to change."""

    def cast(self, *values: Any) -> Cast:
        """The data with its holes filled, in their order."""
        return Cast(self, values)

    @property
    def json(self) -> tuple[str, ...]:
        """What stands before, between and behind the holes, as JSON."""
        if self._json is None:
            self._json = self._written()
        return self._json

    def _written(self) -> tuple[str, ...]:
        if not self.holes:
            return (_encode(self._data),)
        assert isinstance(self._data, dict)
        pieces, piece, between = [], "{", ""
        for key, value in self._data.items():
            piece += f"{between}{encode_basestring(key)}: "
            between = ", "
            if key in self.holes:
                pieces.append(piece)
                piece = ""
            else:
                piece += _encode(value)
        return (*pieces, piece + "}")


class Cast:
    """A mould with the values of its holes, in the order in which these stand in it."""

    __slots__ = ("mould", "values")

    def __init__(self, mould: Mould, values: tuple[Any, ...]) -> None:
        self.mould = mould
        self.values = values


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
        return tree.copy()
    if kind is Cast:
        made = tree.mould.copy()
        for hole, value in zip(tree.mould.holes, tree.values, strict=True):
            made[hole] = plain_data(value) if type(value) in _MADE else value
        return made
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
    else:
        parts.append(_encode(tree))


def _copier(data: Any) -> Callable[[], Any]:
    """What copies plain data: only what holds something that can be changed itself is gone through."""
    places = data.items() if isinstance(data, dict) else enumerate(data)
    nested = [(place, value) for place, value in places if isinstance(value, dict | list)]
    if not nested:
        return _copy_of(data)
    copiers = [(place, _copier(value)) for place, value in nested]
    if isinstance(data, list) and len(nested) == len(data):
        every = [copy for _, copy in copiers]
        return lambda: [copy() for copy in every]

    def copied() -> Any:
        made = data.copy()
        for place, copy in copiers:
            made[place] = copy()
        return made

    return copied


def _copy_of(data: dict[str, Any] | list[Any]) -> Callable[[], Any]:
    return data.copy


_MADE = frozenset({dict, list, Mould, Cast})
