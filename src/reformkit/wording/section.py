"""A part of a longer text: a head with the lines under it."""

from __future__ import annotations

from typing import NamedTuple

from reformkit.text import Lang, Text


class Section(NamedTuple):
    """A head and its lines; lines that give details (`DETAIL`) are indented under the one before them."""

    head: Text
    lines: list[Text]

    def say(self, lang: Lang = "zh") -> tuple[str, list[str]]:
        """Head and lines in one language."""
        return self.head.say(lang), [line.say(lang) for line in self.lines]
