"""Texts that are worded once with holes in them and cut at these, so that a case only fills what is its own."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

from reformkit.model.holes import Wording
from reformkit.text import LANGS, Lang, Text

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
    >>> cut.say("en", {"en unit": "A"})
    'A is advised'
    """

    __slots__ = ("_templates", "_text")

    def __init__(self, text: Text) -> None:
        self._text = text
        self._templates: dict[Lang, str] = {}

    def say(self, lang: Lang, words: Mapping[str, str]) -> str:
        """The text with its holes filled, in one language; `words` has what stands for each language and name."""
        return self._in(lang) % words

    def templates(self, langs: tuple[Lang, ...], known: Mapping[str, str] = MappingProxyType({})) -> dict[str, str]:
        """The text by language, as part of a mould; `known`: words that are the same for every record of it."""
        return {lang: self._as_part(lang, known) for lang in langs}

    def _as_part(self, lang: Lang, known: Mapping[str, str]) -> str:
        words = self._text.say(lang)
        for name, said in known.items():
            if name.startswith(name_in(lang, "")):
                words = words.replace(f"{_MARK}{name.removeprefix(name_in(lang, ''))}{_MARK}", said)
        return Wording(_template(words, lang)) if _MARK in words else words

    def _in(self, lang: Lang) -> str:
        found = self._templates.get(lang)
        if found is None:
            found = self._templates.setdefault(lang, _template(self._text.say(lang), lang))
        return found


def name_in(lang: Lang, name: str) -> str:
    """The name of what fills a hole in one language."""
    return f"{lang} {name}"


@lru_cache(maxsize=10_000)
def parts_of_name(name: str) -> tuple[Lang, str]:
    """The language and the name of a hole, of what `name_in` gives. Raises KeyError for another name."""
    for lang in LANGS:
        if name.startswith(name_in(lang, "")):
            return lang, name.removeprefix(name_in(lang, ""))
    raise KeyError(name)


def _template(words: str, lang: Lang) -> str:
    """Words with the holes as places of `%`: the names stand between two marks."""
    pieces = words.replace("%", "%%").split(_MARK)
    pieces[1::2] = [f"%({name_in(lang, name)})s" for name in pieces[1::2]]
    return "".join(pieces)
