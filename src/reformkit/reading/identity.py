"""Citizens' identity numbers, which no file of reformkit may hold."""

from __future__ import annotations

import re
import unicodedata

_GAP = r"[\s\-\u200b\u200c\u200d\u2060\ufeff]*"
_DIGITS = re.compile(r"[0-9０-９](?:[\s\-\u200b\u200c\u200d\u2060\ufeff]*[0-9０-９]){13}")
_PROVINCE = r"(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3])"
_MONTH_DAY = r"(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])"
_NUMBER = re.compile(
    rf"(?<![0-9]){_PROVINCE}[0-9]{{4}}{_GAP}"
    rf"(?:(?:18|19|20)[0-9]{{2}}{_GAP}{_MONTH_DAY}{_GAP}[0-9]{{3}}{_GAP}[0-9Xx]|[0-9]{{2}}{_MONTH_DAY}[0-9]{{3}})(?![0-9])"
)


def holds_identity_number(text: str) -> bool:
    """Whether a text holds what looks like an identity number of 18 or, as before 1999, 15 digits.

    >>> holds_identity_number("证号 110101 19900101 000X")
    True
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
