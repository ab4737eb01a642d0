"""How words are spelt: the id or the Chinese label of one position, plain or in quotes."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import yaml

from reformkit.editing.spans import SpanScalar
from reformkit.reading.words import Words
from reformkit.text import Lang, Text

_ID = re.compile(r"[^\W][\w.\-]*")


@dataclass(frozen=True, slots=True)
class Word:
    """A scalar that is a word: what it stands for, and its spelling in the language that is wanted.

    `bare` words (numbers, days, flags) are never quoted; the others are where YAML would take them for
    something else.
    """

    scalar: SpanScalar
    means: object
    spelling: str
    bare: bool = False
    key: bool = False
    flow: bool = False

    def written(self) -> str:
        """The word as YAML."""
        return self.spelling if self.bare else quoted(self.spelling, self.key, self.flow)


class Dictionary:
    """The words of one position, with id and Chinese label each."""

    def __init__(
        self, labels: Mapping[str, str], also: Mapping[str, str] | None = None, ids_only: bool = False
    ) -> None:
        self._labels = labels
        self._words = Words(labels, also)
        self._ids_only = ids_only

    def find(self, word: str) -> str | None:
        """The id that a word stands for."""
        return self._words.find(word)

    def spelling(self, word: str, id: str, to: Lang | None) -> str:
        """A word in a language; as it is, if none is wanted or the other form would be ambiguous or no key."""
        wanted = word if to is None else Text(self._labels.get(id, id), id).say(to)
        sound = self._words.find(wanted) == id and not (self._ids_only and not _ID.fullmatch(wanted))
        return wanted if sound and not wanted.startswith("$") else word  # `$` would name a parameter


@cache
def quoted(word: str, key: bool, flow: bool) -> str:
    """A word as YAML: plain where every reader of YAML takes it for this text, else in double quotes.

    >>> quoted("no", False, False), quoted("启动", False, True), quoted("a, b", False, True)
    ('"no"', '启动', '"a, b"')
    """
    text = f"{word}: x" if key else f"x: {word}"
    try:
        found = list(_plain_words(f"{{{text}}}" if flow else text))
    except yaml.YAMLError:
        found = []
    resolver: Any = yaml.SafeLoader("")
    plain = resolver.resolve(yaml.ScalarNode, word, (True, False)) == "tag:yaml.org,2002:str"
    if plain and found == ([word, "x"] if key else ["x", word]):
        return word
    return json.dumps(word, ensure_ascii=False)


def _plain_words(text: str) -> Iterable[str]:
    return (event.value for event in yaml.parse(text) if isinstance(event, yaml.ScalarEvent))
