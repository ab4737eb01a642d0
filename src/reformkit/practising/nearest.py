"""The word that was probably meant."""

from __future__ import annotations

from collections.abc import Iterable

from reformkit.reading.words import Words
from reformkit.text import Text


def hint(word: str, known: Iterable[str]) -> Text:
    """The nearest of the known words, as the tail of a sentence; empty where none is near."""
    return Words({name: name for name in known}).hint(str(word))
