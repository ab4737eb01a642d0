"""The word that was probably meant."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from reformkit.reading.words import Words
from reformkit.text import COMMA, Text

_NAMED = Text("{id}（{title}）", "{id} ({title})")


def hint(word: str, known: Iterable[str]) -> Text:
    """The nearest of the known words, as the tail of a sentence; empty where none is near."""
    return Words({name: name for name in known}).hint(str(word))


def words_of(titles: Mapping[str, Text]) -> Words:
    """Words that are written as ids or as titles in either language."""
    return Words({id: title.zh for id, title in titles.items()}, {title.en: id for id, title in titles.items()})


def named(titles: Mapping[str, Text]) -> Text:
    """All that may be written: each id with its title."""
    return COMMA.join([_NAMED.fill(id=id, title=title) for id, title in titles.items()])
