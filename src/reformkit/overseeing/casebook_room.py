"""How large the type of a page may be so that a case fits on it, reckoned from the width of its lines."""

from __future__ import annotations

from math import ceil
from typing import NamedTuple
from unicodedata import east_asian_width

from reformkit.reporting.lengths import PageOfCase
from reformkit.text import Lang

_WIDTH, _HEIGHT = 156 / 25.4 * 72, 247 / 25.4 * 72
"""The text of a page of A4 in points, with 25 mm above and below."""
_TITLE_SIZE, _TITLE_LINE = 18, 30


class Type(NamedTuple):
    """Size of characters and height of lines, in points."""

    size: float
    line: float


SIZES = (Type(14, 23), Type(13, 20), Type(12, 18), Type(10.5, 15.5), Type(9, 13.5))
"""What is tried, the largest first; below 小五 nobody reads."""


def type_for(page: PageOfCase, lang: Lang = "zh") -> Type | None:
    """The largest type in which a page holds a case; None where none is small enough."""
    title = ceil(_wide(page.title.say(lang)) * _TITLE_SIZE / _WIDTH) * _TITLE_LINE
    for type in SIZES:
        across = _WIDTH / type.size - 1.2  # the first line of each stands in by two characters, and few lines are full
        lines = sum(ceil(_wide(line) / across) or 1 for line in _lines(page, lang))
        if title + lines * type.line <= _HEIGHT - type.line:
            return type
    return None


def _lines(page: PageOfCase, lang: Lang) -> list[str]:
    said = [section.say(lang) for section in page.sections]
    return [line for head, lines in said for line in (head, *lines)]


def _wide(words: str) -> float:
    """The width of words in characters."""
    return sum(1 if east_asian_width(char) in "WFA" else 0.55 for char in words)
