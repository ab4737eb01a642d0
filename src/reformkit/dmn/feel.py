"""One cell of a DMN table: the unary tests of S-FEEL, read from text and written as text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from reformkit.text import Text

Constant = str | bool | Decimal | date | None
"""A value as FEEL writes it; None is its null."""

Operator = Literal["<", "<=", ">", ">="]

_TOKEN = re.compile(
    r"""\s*(?:(?P<string>"(?:[^"\\]|\\.)*")
    |(?P<date>(?:date\s*\(\s*"(?P<long>[^"]*)"\s*\)|@"(?P<short>[^"]*)"))
    |(?P<number>-?(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?(?![\w.]*[A-Za-z_]))
    |(?P<word>[^\W\d]\w*)
    |(?P<sign><=|>=|\.\.|[-<>\[\](),]))""",
    re.VERBOSE,
)
_ESCAPE = re.compile(r"\\(u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{6}|.)", re.DOTALL)
_DAY = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")
_ESCAPED = {"n": "\n", "t": "\t", "r": "\r", '"': '"', "\\": "\\", "'": "'"}
_MOST_DIGITS = 100
_CURLY = re.compile("[“”„＂«»]")

_UNREAD = Text("读不懂“{word}”", "`{word}` cannot be read")
_QUOTES = Text("引号要用英文直引号：{word}", "quotation marks have to be straight ones: {word}")
_EXPRESSION = Text(
    "“{word}”是表达式或变量，这里只能写固定的值",
    "`{word}` is an expression or a variable; only fixed values can stand here",
)
_NO_DAY = Text("“{word}”不是日期", "`{word}` is no date")
_TOO_FAR = Text("“{word}”太大或者太接近零", "`{word}` is too large or too near to zero")
_MISSING = Text("后面缺一个值", "a value is missing after it")
_OVER = Text("“{word}”以后多出内容", "something is left over from `{word}` on")


class NotRead(ValueError):
    """A cell that is no list of unary tests over fixed values: why, and at which character of the text."""

    def __init__(self, why: Text, at: int) -> None:
        super().__init__(why.en)
        self.why = why
        self.at = at


@dataclass(frozen=True, slots=True)
class Compared:
    """A bound on one side."""

    operator: Operator
    value: Constant


@dataclass(frozen=True, slots=True)
class Between:
    """An interval, each end with whether it belongs to it."""

    low: Constant
    low_in: bool
    high: Constant
    high_in: bool


Alternative = Constant | Compared | Between


@dataclass(frozen=True, slots=True)
class UnaryTests:
    """The alternatives of a cell, of which one has to hold; or, if it is `negated`, none may."""

    alternatives: tuple[Alternative, ...]
    negated: bool = False

    @property
    def constants(self) -> Iterator[Constant]:
        """Every value that is named."""
        for part in self.alternatives:
            match part:
                case Compared():
                    yield part.value
                case Between():
                    yield from (part.low, part.high)
                case _:
                    yield part


def parse_cell(text: str) -> UnaryTests | None:
    """A cell as tests; None where it asks nothing.

    Raises `NotRead` for anything but comparisons, intervals and lists of fixed values.

    >>> parse_cell('not("a", "b")')
    UnaryTests(alternatives=('a', 'b'), negated=True)
    >>> parse_cell("[18..65), > 70")
    UnaryTests(alternatives=(Between(low=Decimal('18'), low_in=True, high=Decimal('65'), high_in=False), Compared(operator='>', value=Decimal('70'))), negated=False)
    >>> parse_cell("-") is None
    True
    """
    if text.strip() in ("", "-"):
        return None
    tokens = _Tokens(text)
    negated = tokens.word("not")
    if negated:
        tokens.expect("(")
    parts = [_alternative(tokens)]
    while tokens.sign(","):
        parts.append(_alternative(tokens))
    if negated:
        tokens.expect(")")
    tokens.end()
    return UnaryTests(tuple(parts), negated)


def parse_constant(text: str) -> Constant:
    """What an output entry gives. Raises `NotRead` for anything but one fixed value.

    >>> parse_constant(' date("2022-03-01") '), parse_constant("-0.5"), parse_constant("1.5e3"), parse_constant("true")
    (datetime.date(2022, 3, 1), Decimal('-0.5'), Decimal('1500'), True)
    """
    tokens = _Tokens(text)
    value = _constant(tokens)
    tokens.end()
    return value


def parse_constants(text: str) -> tuple[Constant, ...] | None:
    """A list of fixed values, as allowed values have it; None where it is none. Raises `NotRead`."""
    cell = parse_cell(text)
    if cell is None or cell.negated or any(isinstance(part, Compared | Between) for part in cell.alternatives):
        return None
    return tuple(cell.constants)


def say_constant(value: Constant) -> str:
    r"""A value as FEEL writes it.

    >>> say_constant('第"一"种'), say_constant(Decimal("1E+2")), say_constant(False)
    ('"第\\"一\\"种"', '100', 'false')
    """
    match value:
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case Decimal():
            return f"{value:f}"
        case date():
            return f'date("{value.isoformat()}")'
        case str():
            return '"' + value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t") + '"'


def say_cell(alternatives: Sequence[Alternative], negated: bool = False) -> str:
    """A cell as text; `parse_cell` reads it back.

    >>> say_cell([Between(Decimal(1), True, Decimal(5), False), Decimal(9)]), say_cell(["a"], negated=True), say_cell([])
    ('[1..5), 9', 'not("a")', '-')
    """
    said = ", ".join(_said(part) for part in alternatives)
    return f"not({said})" if negated else said or "-"


def _said(part: Alternative) -> str:
    match part:
        case Compared():
            return f"{part.operator} {say_constant(part.value)}"
        case Between():
            begin, end = "[" if part.low_in else "(", "]" if part.high_in else ")"
            return f"{begin}{say_constant(part.low)}..{say_constant(part.high)}{end}"
        case _:
            return say_constant(part)


# --- reading --------------------------------------------------------------------------------------------


class _Tokens:
    """The words of a text, one after another."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0

    def _next(self) -> re.Match[str] | None:
        return _TOKEN.match(self._text, self._at)

    def take(self, kind: str) -> re.Match[str] | None:
        found = self._next()
        if found is None or found[kind] is None:
            return None
        self._at = found.end()
        return found

    def word(self, word: str) -> bool:
        found = self._next()
        return found is not None and found["word"] == word and self.take("word") is not None

    def sign(self, *signs: str) -> str | None:
        found = self._next()
        if found is None or found["sign"] not in signs:
            return None
        self._at = found.end()
        return found["sign"]

    def expect(self, *signs: str) -> str:
        found = self.sign(*signs)
        if found is None:
            raise self.unread()
        return found

    def end(self) -> None:
        if self._text[self._at :].strip():
            raise self.unread(_OVER)

    def unread(self, why: Text = _UNREAD) -> NotRead:
        """Why what comes next cannot be taken."""
        rest = self._text[self._at :]
        at = self._at + len(rest) - len(rest.lstrip())
        word = rest.strip().split(",")[0].strip() or self._text.strip()
        if not rest.strip():
            return NotRead(_MISSING, at)
        if _CURLY.match(word):
            return NotRead(_QUOTES.fill(word=word), at)
        return NotRead(why.fill(word=word), at)


def _alternative(tokens: _Tokens) -> Alternative:
    operator = tokens.sign("<=", ">=", "<", ">")
    if operator is not None:
        return Compared(operator, _constant(tokens))  # type: ignore[arg-type]
    begin = tokens.sign("[", "(", "]")
    if begin is None:
        return _constant(tokens)
    low = _constant(tokens)
    tokens.expect("..")
    high = _constant(tokens)
    return Between(low, begin == "[", high, tokens.expect("]", ")", "[") == "]")


def _constant(tokens: _Tokens) -> Constant:
    if found := tokens.take("string"):
        return _ESCAPE.sub(_unescaped, found["string"][1:-1])
    if found := tokens.take("date"):
        said = found["long"] if found["long"] is not None else found["short"]
        try:
            return date.fromisoformat(said if _DAY.fullmatch(said) else "")
        except ValueError:
            raise NotRead(_NO_DAY.fill(word=said), found.start("date")) from None
    if found := tokens.take("number"):
        number = Decimal(found["number"])
        if abs(number.adjusted()) > _MOST_DIGITS:
            raise NotRead(_TOO_FAR.fill(word=found["number"]), found.start("number"))
        return Decimal(f"{number:f}")
    for word, value in (("true", True), ("false", False), ("null", None)):
        if tokens.word(word):
            return value
    raise tokens.unread(_EXPRESSION)


def _unescaped(found: re.Match[str]) -> str:
    said = found[1]
    if len(said) == 1:
        return _ESCAPED.get(said, found[0])
    number = int(said[1:], 16)
    return chr(number) if number < 0xD800 or 0xDFFF < number < 0x110000 else found[0]
