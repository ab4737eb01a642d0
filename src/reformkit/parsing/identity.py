"""Citizens' identity numbers, which no file of reformkit may hold."""

from __future__ import annotations

import re
import unicodedata

_BETWEEN = r"\s.\-_/,:+*，、．／＿＊\u00ad\u00b7\u200b-\u200f\u2010-\u2015\u2060\ufeff"
_GAP = f"[{_BETWEEN}]*"
"""What people put between the digits, each or some of them."""

PERHAPS_IDENTITY = f"[0-9０-９](?:[{_BETWEEN}]*[0-9０-９]){{13}}"
"""A pattern of texts that are worth looking at: so many digits with nothing but gaps between them."""


def _apart(*digits: str) -> str:
    """Digits, each of a set, with gaps between them."""
    return _GAP.join(digits)


_ANY = "[0-9]"
_PROVINCES = "|".join(
    _apart(first, second)
    for first, second in (
        *(("1", "[1-5]"), ("2", "[1-3]"), ("3", "[1-7]"), ("4", "[1-6]"), ("5", "[0-4]"), ("6", "[1-5]")),
        *(("7", "1"), ("8", "[1-3]")),
    )
)
_MONTH = f"(?:{_apart('0', '[1-9]')}|{_apart('1', '[0-2]')})"
_DAY = f"(?:{_apart('0', '[1-9]')}|{_apart('[12]', _ANY)}|{_apart('3', '[01]')})"
_YEAR = f"(?:{_apart('1', '[89]')}|{_apart('2', '0')}){_GAP}{_apart(_ANY, _ANY)}"
_CITIZEN, _FOREIGNER = f"(?:{_PROVINCES})", _apart("9", _ANY)  # a foreigner's card begins with 9
_PLACE = _apart(*[_ANY] * 4)
_NOW = _apart(f"(?:{_CITIZEN}|{_FOREIGNER})", _PLACE, _YEAR, _MONTH, _DAY, *[_ANY] * 3, "[0-9Xx]")
_BEFORE = _apart(_CITIZEN, _PLACE, _apart(_ANY, _ANY), _MONTH, _DAY, *[_ANY] * 3)
_DIGITS = re.compile(PERHAPS_IDENTITY)
_NUMBER = re.compile(f"(?<![0-9])(?:{_NOW}|{_BEFORE})(?![0-9])")


def holds_identity_number(text: str) -> bool:
    """Whether a text holds what looks like an identity number of 18 or, as before 1999, 15 digits.

    >>> holds_identity_number("证号 110101 19900101 000X")
    True
    >>> holds_identity_number("1 1 0 1 0 1 . 1 9 9 0 . 0 1 . 0 1 - 0 0 0 X")
    True
    >>> holds_identity_number("110101/19900101/000X"), holds_identity_number("110101_19900101_000X")
    (True, True)
    >>> holds_identity_number("呼纪立〔2022〕第110101号")
    False
    """
    return _DIGITS.search(text) is not None and _NUMBER.search(_narrow(text)) is not None


def masked(text: str) -> str:
    """A text with every identity number struck out, so that a problem does not repeat it."""
    if not holds_identity_number(text):
        return text
    return _NUMBER.sub(lambda m: "*" * len(m.group()), _narrow(text))


def _narrow(text: str) -> str:
    return (
        text if text.isascii() else "".join(unicodedata.normalize("NFKC", c) if "０" <= c <= "ｚ" else c for c in text)
    )
