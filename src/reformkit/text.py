"""Words in the two languages of reformkit: what is shown stands once, as a `Text`, with blanks for what differs.

Functions that word something return a `Text`; only the outermost place, which prints it, says in which language
(`say`). So no control flow asks for the language. A filled or joined text is worded when it is said, so that a
memo in one language costs nothing in the other.

Long because a text and the texts that are worded late are made from one another.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from os import PathLike
from string import Formatter
from typing import Any, Literal, NamedTuple, NoReturn, TypeAlias
from unicodedata import east_asian_width

Lang = Literal["zh", "en"]
Value: TypeAlias = "Text | str | int | float | PathLike[str]"
"""What fills a blank."""
LANGS: tuple[Lang, ...] = ("zh", "en")


def languages(lang: Lang | None) -> tuple[Lang, ...]:
    """The languages in which something is wanted: one, or all of them. Raises ValueError for another."""
    if lang is None:
        return LANGS
    return (one_language(lang, ", or None for all of them"),)


def one_language(lang: Lang, otherwise: str = "") -> Lang:
    """The one language in which something is to be said. Raises ValueError for what is none, None too."""
    if lang not in LANGS:
        raise ValueError(f"lang must be one of {', '.join(LANGS)}{otherwise}, not {lang!r}")
    return lang


_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")


def visible(text: str, keep: str = "") -> str:
    """A text in one line, without anything that a terminal obeys: such characters are written out, but for some to `keep`.

    >>> visible("a\x1b[31m")
    'a\\\\x1b[31m'
    """
    if text.isprintable():
        return text
    return _UNSEEN.sub(lambda match: match[0] if match[0] in keep else match[0].encode("unicode_escape").decode(), text)


def legible(text: str) -> str:
    """A text in one line in which nothing is that cannot be seen: white space is a blank, all else is written out.

    >>> legible("九原\\u200b区\\n东")
    '九原\\\\u200b区 东'
    """
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() else " " if c.isspace() else f"\\u{ord(c):04x}" for c in text)


class _Piece(NamedTuple):
    """Words as they stand, and the blank behind them (None behind the last) with the format of its value."""

    literal: str
    blank: str | None
    format: str


class _Template(NamedTuple):
    """A text taken apart at its blanks."""

    blanks: frozenset[str]
    zh: tuple[_Piece, ...]
    en: tuple[_Piece, ...]


class _TakenApart:
    """Keeps the template of a text once it was needed, apart from the fields that make the text."""

    __slots__ = ("_template",)

    _template: _Template


@dataclass(frozen=True, slots=True)
class Text(_TakenApart):
    """One text in Chinese and English.

    >>> Text("启动", "Start").say("en")
    'Start'
    """

    zh: str
    en: str

    @classmethod
    def same(cls, words: str) -> Text:
        """A text that reads the same in both languages."""
        return Text(words, words)

    def say(self, lang: Lang = "zh") -> str:
        """The text in one language. Raises ValueError for another."""
        return self.zh if lang == "zh" else self.en if lang == "en" else one_language(lang)

    def to_dict(self, langs: tuple[Lang, ...] = LANGS) -> dict[str, str]:
        """Plain data for JSON: the text by language.

        >>> Text("启动", "Start").to_dict()
        {'zh': '启动', 'en': 'Start'}
        """
        return {lang: self.say(lang) for lang in langs}

    @property
    def blanks(self) -> frozenset[str]:
        """The names of its blanks; the two languages need not have the same."""
        try:
            return self._template.blanks
        except AttributeError:
            return self._apart().blanks

    def fill(self, **values: Value) -> Text:
        """The text with its blanks filled; a value that is a `Text` is said in each language.

        A brace that is no blank is doubled; numbers may have a format (`{share:.1f}`). Raises `ValueError` where
        a blank is left open, or where a value has no blank in either language.

        >>> Text("结论为“{label}”", "the result is “{label}”").fill(label=Text("启动", "Start")).say("en")
        'the result is “Start”'
        """
        try:
            template = self._template
        except AttributeError:
            template = self._apart()
        if values.keys() != template.blanks:
            raise ValueError(f"the blanks of {self} are {sorted(template.blanks)}, not {sorted(values)}")
        return _Filled(template, values)

    def join(self, parts: Iterable[Text | str]) -> Text:
        """Parts with this text between them, as `str.join` does it.

        >>> COMMA.join([Text("点", "point"), Text("线", "line")]).say("en")
        'point, line'
        """
        items = tuple(parts)
        return Worded(
            lambda lang: self.say(lang).join([item if isinstance(item, str) else item.say(lang) for item in items])
        )

    def each(self, function: Callable[[str], str]) -> Text:
        """The text with a function applied to it in each language.

        >>> Text("启动。", "Start.").each(lambda words: words.rstrip("。."))
        Text(zh='启动', en='Start')
        """
        return Worded(lambda lang: function(self.say(lang)))

    def replace(self, old: str, new: Text | str) -> Text:
        """The text with one piece replaced wherever it stands.

        >>> Text("至少$n", "at least $n").replace("$n", "3").say("en")
        'at least 3'
        """
        return Worded(lambda lang: self.say(lang).replace(old, new.say(lang) if isinstance(new, Text) else new))

    def within(self) -> Text:
        """The text as part of a sentence: in English its first letter is small, unless it is a name or code.

        >>> Text("启动", "Start").within().en, Text("县纪委", "CDI").within().en
        ('start', 'CDI')
        """
        return Worded(lambda lang: self.zh if lang == "zh" else _uncapitalised(self.en))

    def _apart(self) -> _Template:
        """Take the text apart at its blanks, and keep what that gave."""
        zh, en = _pieces(self.zh), _pieces(self.en)
        blanks = frozenset(piece.blank for piece in (*zh, *en) if piece.blank is not None)
        object.__setattr__(self, "_template", _Template(blanks, zh, en))
        return self._template


class _Late(Text):
    """A text that is worded when it is said; equal to the plain `Text` of the same words."""

    __slots__ = ()

    @property
    def zh(self) -> str:
        return self.say("zh")

    @property
    def en(self) -> str:
        return self.say("en")

    def say(self, lang: Lang = "zh") -> str:
        """The text in one language, worded now."""
        raise NotImplementedError

    def fill(self, **values: Value) -> NoReturn:
        """Raises `TypeError`: what is worded has no blanks, though a value in it may have braces."""
        raise TypeError("a text is filled once, with all of its values")

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Text) and (self.zh, self.en) == (other.zh, other.en)

    def __hash__(self) -> int:
        return hash((self.zh, self.en))

    def __repr__(self) -> str:
        return f"Text(zh={self.zh!r}, en={self.en!r})"

    def __reduce__(self) -> tuple[Any, ...]:
        return Text, (self.zh, self.en)

    # Set like any object's, and not as a frozen dataclass's: a memo makes hundreds of these.
    __setattr__ = object.__setattr__


class _Filled(_Late):
    """A template and the values for its blanks."""

    __slots__ = ("_parts", "_values")

    def __init__(self, template: _Template, values: Mapping[str, Value]) -> None:
        self._parts = template
        self._values = values

    def say(self, lang: Lang = "zh") -> str:
        """The text in one language, worded now."""
        words = []
        for literal, blank, form in self._parts.zh if one_language(lang) == "zh" else self._parts.en:
            words.append(literal)
            if blank is not None:
                value = self._values[blank]
                said = value.say(lang) if isinstance(value, Text) else value
                words.append(said if isinstance(said, str) and not form else format(said, form))
        return "".join(words)


class Worded(_Late):
    """A text that a function words."""

    __slots__ = ("_words",)

    def __init__(self, words: Callable[[Lang], str]) -> None:
        self._words = words

    def say(self, lang: Lang = "zh") -> str:
        """The text in one language, worded now."""
        return self._words(lang)


class Once(_Late):
    """A text that is worded once in each language, when it is first said in it."""

    __slots__ = ("_said", "_text")

    def __init__(self, text: Text) -> None:
        self._text = text
        self._said: dict[Lang, str] = {}

    def say(self, lang: Lang = "zh") -> str:
        """The text in one language."""
        said = self._said.get(lang)
        if said is None:
            said = self._said[lang] = self._text.say(lang)
        return said


def width_of(words: str) -> int:
    """How wide words are, in columns of a letter's width; a Chinese character has two.

    >>> width_of("点 point")
    8
    """
    return sum(2 if east_asian_width(c) in "WF" or c in "“”‘’…—·" else 1 for c in words)


COMMA = Text("、", ", ")
"""Between the items of a list."""
SEMICOLON = Text("；", "; ")
"""Between statements, or items that hold commas."""
LABELLED = Text("{label}：{words}", "{label}: {words}")
"""Something and what is said of it."""
BRACKETED = Text("（{words}）", " ({words})")
"""A remark in brackets, with the space before it that English has."""
DETAIL = Text.same("  {words}")
"""A line that belongs under the one before it."""
NONE = Text("无", "none")
"""What an empty list is said as."""


def _pieces(words: str) -> tuple[_Piece, ...]:
    pieces = []
    for literal, blank, form, conversion in Formatter().parse(words):
        if conversion:
            raise ValueError(f"a blank has a name and a format, and nothing else: {words!r}")
        pieces.append(_Piece(literal, blank, form or ""))
    return tuple(pieces)


def _uncapitalised(words: str) -> str:
    return words[:1].lower() + words[1:] if words[1:2].islower() or words[1:2] == " " else words
