"""Numbers as the strict dialect and Python have them, as exact decimals; how many places they may have is not asked here."""

from __future__ import annotations

import re
from decimal import Decimal
from numbers import Integral, Rational, Real

from reformkit.model.scale import is_moderate
from reformkit.parsing import lookalikes
from reformkit.text import Text

SURE_DIGITS = 15
"""Digits that a floating-point number keeps whatever they are; of more, the last may have been others."""

SURE_OF_SINGLES = 6
"""The same of floating-point numbers of 32 bits."""

TOO_LARGE = Text("，数字过大", ", which is too large")
UNSURE = Text("，浮点数存不准这么多位数字", ", which has more digits than a floating-point number keeps")
_ALONE = Text("，只写数字，不写单位", ", write the number alone, without its unit")
_COMMAS = Text("，千分位逗号请删去", ", leave out the commas between thousands")
_ODD_COMMAS = Text(
    "，逗号不在千分位上，小数点用“.”", ", whose commas are not between thousands; a decimal point is `.`"
)

_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]{1,3})?")
_WITH_UNIT = re.compile(r"[¥￥$]?\s*[+-]?[0-9][0-9.,]*\s*[^\W\d_]+|[¥￥$]\s*[0-9].*|[+-]?[0-9][0-9.,]*\s*[%‰]")
_THOUSANDS = re.compile(r"-?[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?")
_LONGEST = 60


def number_of(word: str) -> Decimal | None:
    """A number in ASCII digits, as YAML and JSON write it; None if it is none, or beyond all measure.

    >>> number_of("12.50"), number_of("-3"), number_of("1e-2"), number_of("012"), number_of("1,200")
    (Decimal('12.50'), Decimal('-3'), Decimal('0.01'), None, None)
    """
    if len(word) > _LONGEST or not _NUMBER.fullmatch(word):
        return None
    found = Decimal(word)
    return found if is_moderate(found) else None


def number_in(value: object) -> Decimal | None:
    """A number that Python has in one form or another; a float is the shortest number that is read as it.

    >>> number_in(12), number_in(12.1), number_in(Decimal("12.10")), number_in("12.1"), number_in(True)
    (Decimal('12'), Decimal('12.1'), Decimal('12.10'), Decimal('12.1'), None)
    """
    if isinstance(value, str):
        return number_of(value)
    if isinstance(value, float):
        found = Decimal(float.__repr__(value))
    elif isinstance(value, Decimal):
        found = value
    elif isinstance(value, Integral) and not isinstance(value, bool):
        found = Decimal(int(value))
    elif isinstance(value, Real) and not isinstance(value, Rational):  # of NumPy, which says the shortest form too
        found = Decimal(str(value))
    else:
        return None
    return found if is_moderate(found) else None


def is_sure(value: object, units: int) -> bool:
    """Whether a number of so many units of its last place is what was meant: a floating-point number keeps its first
    digits only."""
    if isinstance(value, Rational | Decimal | str):
        return True
    digits = SURE_DIGITS if isinstance(value, float) else SURE_OF_SINGLES
    return len(str(abs(units))) <= digits


def hint(word: str) -> Text:
    """What to say of a word that is no number, as the tail of a sentence; empty if there is nothing to say."""
    looks = lookalikes.hint(word)
    if looks != lookalikes.NOTHING:
        return looks
    if _NUMBER.fullmatch(word) and "-" not in word[1:]:
        return TOO_LARGE
    if _WITH_UNIT.fullmatch(word):
        return _ALONE
    if "," in word and _NUMBER.fullmatch(word.replace(",", "")):
        return _COMMAS if _THOUSANDS.fullmatch(word) else _ODD_COMMAS
    return lookalikes.NOTHING
