"""JSON with comments and trailing commas, as VS Code keeps its settings: edited in place, the rest left as it is."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

_GAP = re.compile(r"(?:\s|//[^\n]*|/\*.*?\*/)*", re.DOTALL)
_STRING = re.compile(r'"(?:[^"\\\n]|\\.)*"')
_ATOM = re.compile(r'[^\s,\]}/"\[{:]+')


class NotJson(ValueError):
    """The text is no JSON, even with comments allowed."""


@dataclass(frozen=True, slots=True)
class Value:
    """A value with where it stands; of an object, its members by key."""

    start: int
    end: int
    plain: Any
    members: Mapping[str, Value] | None = None


def with_member(text: str, path: tuple[str, ...], value: Any) -> str:
    """A text with a member of nested objects set; comments and everything else stay. Raises NotJson.

    >>> print(with_member('{\\n  // mine\\n  "a": 1,\\n}', ("b",), [2]))
    {
      "b": [
        2
      ],
      // mine
      "a": 1,
    }
    """
    root = parse(text)
    at = root
    for depth, key in enumerate(path):
        if at.members is None:
            raise NotJson(f"`{'.'.join(path[:depth]) or '{}'}` is no object")
        member = at.members.get(key)
        if member is None:
            rest = value
            for outer in reversed(path[depth + 1 :]):
                rest = {outer: rest}
            return _inserted(text, at, key, rest, depth + 1)
        at = member
    return text[: at.start] + _dumped(value, len(path)) + text[at.end :]


def _inserted(text: str, where: Value, key: str, value: Any, depth: int) -> str:
    indent = "  " * depth
    head, tail = text[: where.start + 1], text[where.start + 1 :]
    said = f"\n{indent}{json.dumps(key, ensure_ascii=False)}: {_dumped(value, depth)}"
    if where.members:
        return head + said + "," + ("" if tail[:1] in "\r\n" else "\n" + indent) + tail
    return head + said + "\n" + "  " * (depth - 1) + tail.lstrip(" \t\r\n")


def _dumped(value: Any, depth: int) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2).replace("\n", "\n" + "  " * depth)


def parse(text: str) -> Value:
    """A text as a located value. Raises NotJson."""
    start = _skip(text, 0)
    if start == len(text):
        raise NotJson("there is nothing in it")
    try:
        value = _value(text, start)
    except RecursionError:
        raise NotJson("it is nested too deep") from None
    if _skip(text, value.end) != len(text):
        raise NotJson("something is left over at its end")
    return value


def _skip(text: str, at: int) -> int:
    match = _GAP.match(text, at)
    return match.end() if match else at


def _value(text: str, at: int) -> Value:
    match text[at : at + 1]:
        case "{":
            return _object(text, at)
        case "[":
            items, end = [], _skip(text, at + 1)
            while text[end : end + 1] != "]":
                item = _value(text, end)
                items.append(item.plain)
                end = _after_comma(text, item.end, "]")
            return Value(at, end + 1, items)
        case '"':
            match = _STRING.match(text, at)
        case _:
            match = _ATOM.match(text, at)
    if match is None:
        raise NotJson(f"line {text.count(chr(10), 0, at) + 1}")
    try:
        return Value(at, match.end(), json.loads(match.group(), strict=False))
    except ValueError:
        raise NotJson(f"line {text.count(chr(10), 0, at) + 1}") from None


def _object(text: str, at: int) -> Value:
    members: dict[str, Value] = {}
    end = _skip(text, at + 1)
    while text[end : end + 1] != "}":
        key = _value(text, end)
        colon = _skip(text, key.end)
        if not isinstance(key.plain, str) or text[colon : colon + 1] != ":":
            raise NotJson(f"line {text.count(chr(10), 0, end) + 1}")
        value = members[key.plain] = _value(text, _skip(text, colon + 1))
        end = _after_comma(text, value.end, "}")
    return Value(at, end + 1, {key: value.plain for key, value in members.items()}, members)


def _after_comma(text: str, at: int, closing: str) -> int:
    end = _skip(text, at)
    if text[end : end + 1] == ",":
        return _skip(text, end + 1)
    if text[end : end + 1] != closing:
        raise NotJson(f"line {text.count(chr(10), 0, end) + 1}")
    return end
