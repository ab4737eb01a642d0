"""A line of the ledger: one act as canonical JSON, and its hash.

A line is what is hashed, printed and exported, so its text is fixed to the byte:

- one JSON object in UTF-8, on one line, without blanks between its parts;
- keys sorted by code point, each once;
- values are objects, lists, text, whole numbers within ±(2**53 - 1), true, false and null. There are no floats: what
  has decimals is said as text, for no two languages write them alike;
- text stands as it was said, every character as itself, except that JSON's own escapes are used for `"`, `\\` and
  control characters. It is not normalised: NFC changes characters of Chinese names (U+F900 becomes U+8C48), and a
  ledger keeps what was said. Halves of surrogate pairs, which UTF-8 cannot hold, are refused;
- at most 32 levels and 1,000,000 characters.

The hash is SHA-256 over the previous line's hash (64 hexadecimal digits; zeros before the first) and the line. So each
hash stands for all lines up to it, and sixteen of its digits, printed and filed, for the whole ledger (`Head.anchor`).
"""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from reformkit.problem import Place, Problem, RefusedError
from reformkit.text import Text

START = "0" * 64
"""The hash before the first line."""

ALWAYS = frozenset({"at", "id", "item", "n", "seq"})
"""The fields that every line has from the store."""
OWN = ALWAYS | {"asked", "number", "series"}
"""The fields of a line that the store gives; all others are the act's."""

MOST_LEVELS = 32
MOST_CHARACTERS = 1_000_000
MOST_NUMBER = 2**53 - 1
"""The largest whole number that every reader of JSON keeps exactly."""

_TOO_LONG = Text("超过 {most} 个字符", "has more than {most} characters")
_TOO_LARGE = Text("数字过大", "is too large a number")
_TOO_DEEP = Text("嵌套超过 {most} 层", "is nested more than {most} deep")
_BAD_CHARACTER = Text("含有无法保存的字符 {code}", "holds the character {code}, which cannot be kept")
_BAD_KEY = Text("作为键须为文字", "is a key and must be text")
_BAD_TYPE = Text("是 {kind} 类型的值，不能保存", "is a value of type {kind}, which cannot be kept")

_ENCODER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
_NESTED = (dict, list, tuple)
_SHA256 = re.compile("[0-9a-f]{64}")
_ANCHOR = re.compile(r"([0-9]{1,15}):([0-9a-f]{16,64})")


def canonical(said: Mapping[str, Any]) -> str:
    """The one text of an object, as this module's description fixes it.

    Raises `RefusedError` (RK527) for what no line can hold, every fault of it at once.

    >>> canonical({"说": ["是", 1, None], "on": "2022-03-04"})
    '{"on":"2022-03-04","说":["是",1,null]}'
    """
    problems = [Problem("RK527", Place("act"), {"where": where, "what": what}) for where, what in _faults(said, "", 0)]
    if problems:
        raise RefusedError(problems)
    text = _written(said)
    if len(text) > MOST_CHARACTERS:
        what = _TOO_LONG.fill(most=MOST_CHARACTERS)
        raise RefusedError([Problem("RK527", Place("act"), {"where": Text("全文", "act"), "what": what})])
    return text


def chained(previous: str, text: str) -> str:
    """The hash of a line after another.

    >>> chained(START, "{}")[:16]
    '5508d2b710e64bc4'
    """
    # a line that was tampered with may hold bytes that are no UTF-8: they are hashed as they are
    return hashlib.sha256((previous + text).encode("utf-8", "surrogateescape")).hexdigest()


@dataclass(frozen=True, slots=True)
class Line:
    """An act as it was written: its text, its hash, and what the text says."""

    text: str
    hash: str
    said: Mapping[str, Any] = field(compare=False, repr=False)

    @classmethod
    def read(cls, text: str, hash: str) -> Line:
        """A line from its text. Raises ValueError where that is no JSON object."""
        try:
            said = json.loads(text)
        except RecursionError:
            raise ValueError("too many levels") from None
        if not isinstance(said, dict):
            raise ValueError("not an object")
        return cls(text, hash, said)

    @property
    def seq(self) -> int:
        """The number of the act in the ledger, from 1."""
        return int(self.said["seq"])

    @property
    def n(self) -> int:
        """The number of the act in its item, from 1."""
        return int(self.said["n"])

    @property
    def id(self) -> str:
        return str(self.said["id"])

    @property
    def item(self) -> str:
        return str(self.said["item"])

    @property
    def at(self) -> datetime:
        """The moment at which it was written."""
        return datetime.fromisoformat(self.said["at"])

    @property
    def series(self) -> str | None:
        """The series in which the act took a number, if it took one."""
        return self.said.get("series")

    @property
    def number(self) -> int | None:
        return self.said.get("number")

    def named_files(self) -> list[tuple[str, int]]:
        """The files that the act names, as hash and size."""
        return list(named_files(self.said)) if '"sha256"' in self.text else []

    def is_canonical(self) -> bool:
        """Whether the text is the one text of what it says."""
        return _written(self.said) == self.text


@dataclass(frozen=True, slots=True)
class Head:
    """Where a ledger ends: the number, hash and moment of its last line.

    >>> Head(12, "5508d2b710e64bc4" + "0" * 48, None).anchor
    '12:5508d2b710e64bc4'
    """

    seq: int
    hash: str
    at: datetime | None

    @property
    def anchor(self) -> str:
        """What is printed on a sheet and filed: it holds the whole ledger up to here."""
        return f"{self.seq}:{self.hash[:16]}"


@dataclass(frozen=True, slots=True)
class Anchor:
    """A printed anchor: the number of an act, and the first digits of its hash (sixteen or more).

    >>> Anchor.read("12：5508D2B710E64BC4")
    Anchor(seq=12, digits='5508d2b710e64bc4')
    """

    seq: int
    digits: str

    @classmethod
    def read(cls, words: str) -> Anchor:
        """An anchor as a person copies it from paper: full-width signs and blanks do no harm. Raises ValueError."""
        plain = "".join(unicodedata.normalize("NFKC", words).split()).lower()
        match = _ANCHOR.fullmatch(plain)
        if match is None:
            raise ValueError(words)
        return cls(int(match[1]), match[2])


def is_sha256(digest: str) -> bool:
    """Whether a text is a SHA-256 as it is written here: 64 hexadecimal digits, in lower case."""
    return _SHA256.fullmatch(digest) is not None


def named_files(said: Any) -> Iterator[tuple[str, int]]:
    """The files that an act names, wherever in it: `{"sha256": …, "bytes": …}`, each as hash and size."""
    if isinstance(said, dict):
        if "sha256" in said:
            digest, size = said["sha256"], said.get("bytes")
            if isinstance(digest, str) and isinstance(size, int):
                yield digest, size
        inner: Iterable[Any] = said.values()
    elif isinstance(said, _NESTED):
        inner = said
    else:
        return
    for value in inner:
        if isinstance(value, _NESTED):
            yield from named_files(value)


def _written(said: Mapping[str, Any]) -> str:
    return _ENCODER.encode(said)


def _faults(value: Any, where: str, level: int) -> Iterator[tuple[str, Text]]:
    """What keeps a value out of a line, each with the keys that lead to it."""
    match value:
        case None | bool():
            pass
        case int():
            if abs(value) > MOST_NUMBER:
                yield where, _TOO_LARGE
        case str():
            bad = next((char for char in value if "\ud800" <= char <= "\udfff"), None)
            if bad is not None:
                code = f"U+{ord(bad):04X}"
                yield where, _BAD_CHARACTER.fill(code=code)
        case dict() if level < MOST_LEVELS:
            for key, inner in value.items():
                step = f"{where}.{key}" if where else str(key)
                if not isinstance(key, str):
                    yield step, _BAD_KEY
                else:
                    yield from _faults(key, step, level)
                    yield from _faults(inner, step, level + 1)
        case list() | tuple() if level < MOST_LEVELS:
            for number, inner in enumerate(value, 1):
                yield from _faults(inner, f"{where}[{number}]", level + 1)
        case dict() | list() | tuple():
            yield where, _TOO_DEEP.fill(most=MOST_LEVELS)
        case _:
            kind = type(value).__name__
            yield where, _BAD_TYPE.fill(kind=kind)
