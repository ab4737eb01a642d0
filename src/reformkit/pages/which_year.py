"""Which year is meant: a word that says one, and the refusal where it is not clear."""

from __future__ import annotations

import re
from unicodedata import normalize

from reformkit.problem import WrongUse
from reformkit.text import Text

_YEAR = re.compile("((?:19|20)[0-9]{2})年?")
_NO_YEAR = Text("“{word}”不是年度；写成 2022", "`{word}` is no year; write 2022")


class UnclearYear(WrongUse, ValueError):
    """It is not clear which year is meant, or there is nothing of it."""


def is_year(word: str) -> bool:
    """Whether a word says a year.

    >>> is_year("2022年"), is_year("22"), is_year("2022.csv")
    (True, False, False)
    """
    return _YEAR.fullmatch(_plain(word)) is not None


def year_said(word: int | str) -> int:
    """The year that a word says. Raises `UnclearYear` for another word.

    >>> year_said("２０２２年"), year_said(2022)
    (2022, 2022)
    """
    match = _YEAR.fullmatch(_plain(str(word)))
    if match is None:
        raise UnclearYear(_NO_YEAR.fill(word=str(word)))
    return int(match[1])


def _plain(word: str) -> str:
    return normalize("NFKC", word).strip()
