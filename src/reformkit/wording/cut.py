"""Texts that are worded once with holes in them and cut at these, so that a case only fills what is its own."""

from __future__ import annotations

import re
from collections.abc import Mapping

from reformkit.text import LANGS, Lang, Text, Worded

_MARK = "\x00"  # no text of a library holds it
_STOPS = "。."
_AT_AN_EDGE = re.compile(rf"\A\{{(\w+)|\{{(\w+)[^{{}}]*\}}[{_STOPS}]*\Z")


def hole(name: str) -> Text:
    """A text that stands where one of that name is to come."""
    return Text.same(f"{_MARK}{name}{_MARK}")


def blanks_at_edges(text: Text) -> frozenset[str]:
    """The blanks with which a text begins or ends, in one of the languages: how it is joined to others hangs on these.

    >>> blanks_at_edges(Text("由{township}加强检查。", "closer inspection by {township}."))
    frozenset({'township'})
    """
    found = (names for words in (text.zh, text.en) for names in _AT_AN_EDGE.findall(words))
    return frozenset(name for names in found for name in names if name)


def stays_as_it_is(text: Text) -> bool:
    """Whether words at the edge of a text stay as they are when it is joined to others: without a stop, not in capitals."""
    return not text.zh.endswith(tuple(_STOPS)) and not text.en.endswith(tuple(_STOPS)) and text.within() == text


class CutText:
    """A text with holes, worded once in each language.

    >>> cut = CutText(Text("建议{unit}整改", "{unit} is advised").fill(unit=hole("unit")))
    >>> cut.fill({"unit": Text.same("甲局")}).zh
    '建议甲局整改'
    """

    __slots__ = ("_pieces", "_text")

    def __init__(self, text: Text) -> None:
        self._text = text
        self._pieces: dict[Lang, list[str]] = {}

    @property
    def has_holes(self) -> bool:
        """Whether a case has something to fill in."""
        return any(len(self._in(lang)) > 1 for lang in LANGS)

    def fill(self, words: Mapping[str, Text]) -> Text:
        """The text with its holes filled; `words` has what stands for each name."""
        return Worded(lambda lang: self.say(lang, words))

    def to_dict(self, langs: tuple[Lang, ...], words: Mapping[str, Text]) -> dict[str, str]:
        """The text with its holes filled, as plain data."""
        return {lang: self.say(lang, words) for lang in langs}

    def say(self, lang: Lang, words: Mapping[str, Text]) -> str:
        """The text with its holes filled, in one language."""
        pieces = self._in(lang)
        if len(pieces) == 1:
            return pieces[0]
        pieces = pieces.copy()
        for place in range(1, len(pieces), 2):
            pieces[place] = words[pieces[place]].say(lang)
        return "".join(pieces)

    def _in(self, lang: Lang) -> list[str]:
        """What stands before, in and behind the holes, each with its name."""
        found = self._pieces.get(lang)
        if found is None:
            found = self._pieces.setdefault(lang, self._text.say(lang).split(_MARK))
        return found
