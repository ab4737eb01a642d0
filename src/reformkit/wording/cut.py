"""Texts that are worded once with holes in them and cut at these, so that a case only fills what is its own."""

from __future__ import annotations

import re
from collections.abc import Callable

from reformkit.text import Lang, Once, Text, Worded

_MARK = "\x00"  # no text of a library holds it
_AT_AN_EDGE = re.compile(r"\A\{|\}[。.]*\Z")


def hole(name: str) -> Text:
    """A text that stands where one of that name is to come."""
    return Text.same(f"{_MARK}{name}{_MARK}")


def has_blank_at_an_edge(text: Text) -> bool:
    """Whether a text begins or ends with a blank, so that how it is joined to others hangs on what fills it."""
    return any(_AT_AN_EDGE.search(words) is not None for words in (text.zh, text.en))


class CutText:
    """A text with holes, worded once in each language.

    >>> CutText(Text("建议{unit}整改", "{unit} is advised").fill(unit=hole("unit"))).fill(lambda name: Text.same("甲局")).zh
    '建议甲局整改'
    """

    __slots__ = ("_text",)

    def __init__(self, text: Text) -> None:
        self._text = Once(text)

    def fill(self, words: Callable[[str], Text]) -> Text:
        """The text with its holes filled; `words` gives what stands for a name."""

        def say(lang: Lang) -> str:
            pieces = self._text.say(lang).split(_MARK)
            for place in range(1, len(pieces), 2):
                pieces[place] = words(pieces[place]).say(lang)
            return "".join(pieces)

        return Worded(say)
