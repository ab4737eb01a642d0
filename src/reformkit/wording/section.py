"""A part of a longer text: a head with the lines under it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from reformkit.text import Lang, Text


class Section(NamedTuple):
    """A head and its lines; lines that give details (`DETAIL`) are indented under the one before them."""

    head: Text
    lines: list[Text]

    def say(self, lang: Lang = "zh") -> tuple[str, list[str]]:
        """Head and lines in one language."""
        return self.head.say(lang), [line.say(lang) for line in self.lines]


_NUMERALS = "一二三四五六七八九十"
_HEAD = Text("{numeral}、{head}", "{number}. {head}")


def numbered_sections(parts: Iterable[tuple[Text, Iterator[Text]]]) -> Iterator[Section]:
    """Heads and lines as numbered sections; a part without lines is left out."""
    number = 0
    for head, part in parts:
        lines = list(part)
        if lines:
            number += 1
            yield Section(_HEAD.fill(numeral=numeral(number), number=number, head=head), lines)


def numeral(number: int) -> str:
    """A number below a hundred in Chinese.

    >>> numeral(3), numeral(10), numeral(12), numeral(25)
    ('三', '十', '十二', '二十五')
    """
    tens, ones = divmod(number, 10)
    return ("" if tens == 0 else "十" if tens == 1 else f"{_NUMERALS[tens - 1]}十") + (
        _NUMERALS[ones - 1] if ones else ""
    )
