"""What each record has of its own among plain data that are made once: holes for values, templates with words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from json.encoder import encode_basestring
from typing import Any


class Hole:
    """Stands in a mould where each record has a value of its own; `of` finds it, where the hole itself knows how."""

    __slots__ = ("of",)

    def __init__(self, of: Callable[[Any], Any] | None = None) -> None:
        self.of = of


HOLE = Hole()


class Wording(str):
    """A text in a mould with places for words, as `%` has them: `针对%(unit)s`."""

    __slots__ = ()


class OwnWords(dict[str, str]):
    """What fills the places of templates, by name; a name that is not there yet is asked of `word`.

    >>> OwnWords(str.upper)["unit"]
    'UNIT'
    """

    def __init__(self, word: Callable[[str], str]) -> None:
        self._word = word
        self.quoted = _Quoted(self)
        """The same as they stand within a text of JSON."""

    def __missing__(self, name: str) -> str:
        said = self[name] = self._word(name)
        return said


class _Quoted(dict[str, str]):
    def __init__(self, words: OwnWords) -> None:
        self._words = words

    def __missing__(self, name: str) -> str:
        said = self[name] = encode_basestring(self._words[name])[1:-1]
        return said


def in_template(template: str) -> Iterator[tuple[str, str | None]]:
    """What a template says, piece by piece, or the name of a word: `100 %%：%(unit)s` has four."""
    end = 0
    for found in _PLACE.finditer(template):
        yield template[end : found.start()], None
        yield ("%", None) if found[1] is None else ("", found[1])
        end = found.end()
    yield template[end:], None


_PLACE = re.compile(r"%%|%\(([^)]*)\)s")
