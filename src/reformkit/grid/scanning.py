"""A cell taken apart: its tests, their parts, and the words in these, before anything is known of the fact."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple

from reformkit.grid import signs
from reformkit.reading.meant_tests import COMPARED
from reformkit.text import Text

_EMPTY_PART = Text("“{mark}”的一边没有内容", "there is nothing on one side of `{mark}`")
_NO_VALUE = Text("“{sign}”后面没有取值", "there is no value behind `{sign}`")
_OPEN_QUOTE = Text("引号没有收尾：{rest}", "the quote is not closed: {rest}")
_BEHIND_QUOTE = Text("引号后面还有“{rest}”", "there is `{rest}` behind the quote")
_OPEN_BRACKET = Text("括号没有收尾", "the bracket is not closed")
_BEHIND_BRACKET = Text("括号后面还有“{rest}”", "there is `{rest}` behind the bracket")
_TOO_DEEP = Text("括号套得太深", "brackets stand too deep in each other")

_QUOTES = {'"': '"', "＂": "＂", "“": "”"}
_OPENING, _CLOSING = "（(", "）)"
_SEMICOLONS, _COMMAS = "；;", "，,"
_OR = re.compile(rf"\s+(?:{'|'.join(sorted(signs.SAID_OR, key=len, reverse=True))})(?=\s)", re.I)
_SIGNS = {
    **{
        sign: key for key, words in COMPARED.items() for sign in words.split() if not sign[0].isalnum() and key != "not"
    },
    "＞＝": "at_least",
    "≧": "at_least",
    "＞": "more_than",
    "＜＝": "at_most",
    "≦": "at_most",
    "＜": "less_than",
}
_SIGN = re.compile("|".join(map(re.escape, sorted(_SIGNS, key=len, reverse=True))))
_TAGS = re.compile(
    rf"({'|'.join(map(re.escape, sorted(signs.SAID_TAGS, key=len, reverse=True)))})(?=[\s\"“＂]|$)", re.I
)
_NOT = re.compile(rf"(?:{'|'.join(signs.SAID_NOT)})(?=[\s\"“＂（(])|≠|!=|<>", re.I)
_DEEPEST = 20
LONGEST = 32_767


class CellWord(NamedTuple):
    """A word of a cell; one in quotes means nothing but itself."""

    text: str
    quoted: bool


@dataclass(frozen=True, slots=True)
class ValuesPart:
    """One of these values."""

    words: tuple[CellWord, ...]


@dataclass(frozen=True, slots=True)
class BoundPart:
    """A bound, by the key that the rule language has for it."""

    key: str
    sign: str
    word: CellWord


@dataclass(frozen=True, slots=True)
class TagsPart:
    """How tags are included, by the key that the rule language has for it."""

    key: str
    sign: str
    words: tuple[CellWord, ...]


@dataclass(frozen=True, slots=True)
class KnownPart:
    """Whether the fact is known."""

    known: bool


@dataclass(frozen=True, slots=True)
class NotPart:
    """A test that must not hold."""

    parts: tuple[Part, ...]


Part = ValuesPart | BoundPart | TagsPart | KnownPart | NotPart


class CellFault(Exception):
    """A cell that is not written by the grammar; `text` says why."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text


def scanned(cell: str) -> tuple[tuple[Part, ...], ...]:
    """The tests of a cell, any of which may hold, each with its parts; none where it is blank.

    Raises `CellFault`.

    >>> scanned("甲；乙")
    ((ValuesPart(words=(CellWord(text='甲', quoted=False), CellWord(text='乙', quoted=False))),),)
    >>> [part.known for (part,) in scanned("已知 或 不详")]
    [True, False]
    """
    if not cell.strip():
        return ()
    return _Scanner(cell).cell()


class _Scanner:
    def __init__(self, cell: str) -> None:
        self._cell = cell
        self._at = 0
        self._depth = 0

    def cell(self) -> tuple[tuple[Part, ...], ...]:
        tests = [self._test()]
        while self._at < len(self._cell):
            mark = _OR.match(self._cell, self._at)
            if mark is None:
                raise CellFault(_BEHIND_BRACKET.fill(rest=self._cell[self._at : self._at + 20].strip()))
            self._at = mark.end()
            tests.append(self._test())
        return tuple(tests)

    def _test(self) -> tuple[Part, ...]:
        parts = [self._part()]
        while self._at < len(self._cell) and self._cell[self._at] in _COMMAS:
            self._at += 1
            parts.append(self._part())
        return tuple(parts)

    def _part(self) -> Part:
        self._skip()
        cell = self._cell
        if mark := _NOT.match(cell, self._at):
            self._at = mark.end()
            return self._negated(mark.group())
        if mark := _SIGN.match(cell, self._at):
            self._at = mark.end()
            words = self._words(mark.group(), one=True)
            return BoundPart(_SIGNS[mark.group()], mark.group(), words[0])
        if mark := _TAGS.match(cell, self._at):
            self._at = mark.end()
            return TagsPart(signs.SAID_TAGS[mark.group().lower()], mark.group(), self._words(mark.group()))
        words = self._words(None)
        if len(words) == 1 and not words[0].quoted and words[0].text.lower() in signs.SAID_KNOWN:
            return KnownPart(signs.SAID_KNOWN[words[0].text.lower()])
        return ValuesPart(words)

    def _negated(self, sign: str) -> NotPart:
        self._skip()
        if self._cell[self._at : self._at + 1] not in tuple(_OPENING):
            if self._depth >= _DEEPEST:
                raise CellFault(_TOO_DEEP)
            self._depth += 1
            if self._at >= len(self._cell):
                raise CellFault(_NO_VALUE.fill(sign=sign))
            part = self._part()
            self._depth -= 1
            return NotPart((part,))
        inside, end = self._bracket()
        if self._depth >= _DEEPEST:
            raise CellFault(_TOO_DEEP)
        inner = _Scanner(inside)
        inner._depth = self._depth + 1
        parts = inner._test()
        inner._skip()
        if inner._at < len(inside):
            raise CellFault(_BEHIND_BRACKET.fill(rest=inside[inner._at : inner._at + 20].strip()))
        self._at = end
        self._until_mark(_BEHIND_BRACKET)
        return NotPart(parts)

    def _bracket(self) -> tuple[str, int]:
        """What stands in the bracket that opens here, and where it is closed."""
        depth, at, cell = 0, self._at, self._cell
        while at < len(cell):
            if cell[at] in _QUOTES:
                at = self._quote_end(at)
                continue
            depth += (cell[at] in _OPENING) - (cell[at] in _CLOSING)
            at += 1
            if depth == 0:
                return cell[self._at + 1 : at - 1], at
        raise CellFault(_OPEN_BRACKET)

    def _words(self, sign: str | None, one: bool = False) -> tuple[CellWord, ...]:
        """Values between semicolons."""
        words = [self._word(sign)]
        while not one and self._at < len(self._cell) and self._cell[self._at] in _SEMICOLONS:
            self._at += 1
            words.append(self._word(None))
        if one and self._cell[self._at : self._at + 1] in tuple(_SEMICOLONS):
            raise CellFault(_BEHIND_BRACKET.fill(rest=self._cell[self._at : self._at + 20].strip()))
        return tuple(words)

    def _word(self, sign: str | None) -> CellWord:
        self._skip()
        cell, start = self._cell, self._at
        if start < len(cell) and cell[start] in _QUOTES:
            end = self._quote_end(start)
            mark = _QUOTES[cell[start]]
            self._at = end
            self._until_mark(_BEHIND_QUOTE)
            return CellWord(cell[start + 1 : end - 1].replace(mark * 2, mark), True)
        depth = 0
        while self._at < len(cell):
            char = cell[self._at]
            if depth == 0 and (char in _SEMICOLONS + _COMMAS or _OR.match(cell, self._at)):
                break
            depth = max(0, depth + (char in _OPENING) - (char in _CLOSING))
            self._at += 1
        if depth and self._at == len(cell):
            raise CellFault(_OPEN_BRACKET)
        word = cell[start : self._at].strip()
        if not word:
            beside = cell[self._at : self._at + 1] or cell[:start].rstrip()[-1:]
            raise CellFault(_NO_VALUE.fill(sign=sign) if sign else _EMPTY_PART.fill(mark=beside))
        return CellWord(word, False)

    def _quote_end(self, start: int) -> int:
        """The place behind the quote that ends what begins here; a doubled one is part of the words."""
        mark, at = _QUOTES[self._cell[start]], start + 1
        while (at := self._cell.find(mark, at)) >= 0:
            if self._cell[at + 1 : at + 2] != mark:
                return at + 1
            at += 2
        raise CellFault(_OPEN_QUOTE.fill(rest=self._cell[start : start + 20]))

    def _until_mark(self, fault: Text) -> None:
        """Go on to the next separator, where nothing else may stand before it."""
        if _OR.match(self._cell, self._at):
            return
        self._skip()
        if self._at < len(self._cell) and self._cell[self._at] not in _SEMICOLONS + _COMMAS:
            raise CellFault(fault.fill(rest=self._cell[self._at : self._at + 20].strip()))

    def _skip(self) -> None:
        while self._at < len(self._cell) and self._cell[self._at].isspace():
            self._at += 1
