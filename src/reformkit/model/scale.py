"""Numbers with a fixed count of decimal places: exact decimals to look at, whole numbers of the last place to count by."""

from __future__ import annotations

from decimal import Context, Decimal

MOST_PLACES = 6
"""More decimal places no number has; so many are always written out, and never as a power of ten."""

_WHOLE = Context(prec=60)  # a program may have set the usual one to anything
_MOST_DIGITS = 50


def on_scale(units: int, places: int) -> Decimal:
    """So many units of the last place, as a number.

    >>> on_scale(1250, 2), on_scale(-5, 1), on_scale(0, 2)
    (Decimal('12.50'), Decimal('-0.5'), Decimal('0.00'))
    """
    return Decimal(units).scaleb(-places, _WHOLE)


def units_below(value: Decimal, places: int) -> int:
    """How many units of the last place a finite number has, rounded down.

    >>> units_below(Decimal("12.5"), 2), units_below(Decimal("12.559"), 2), units_below(Decimal("-0.01"), 1)
    (1250, 1255, -1)
    """
    numerator, denominator = value.as_integer_ratio()
    return numerator * int(10**places) // denominator


def fits(value: Decimal, places: int) -> bool:
    """Whether a number has no more decimal places; one that is none, or is beyond all measure, does not.

    >>> fits(Decimal("12.500"), 2), fits(Decimal("12.505"), 2), fits(Decimal("NaN"), 2)
    (True, False, False)
    """
    return is_moderate(value) and units_below(value, places) == value.scaleb(places, _WHOLE)


def is_moderate(value: Decimal) -> bool:
    """Whether a number is finite and of so few digits that it can be counted with."""
    _, digits, exponent = value.as_tuple()
    return isinstance(exponent, int) and len(digits) <= _MOST_DIGITS and -_MOST_DIGITS <= exponent <= _MOST_DIGITS


def rounded(value: Decimal, places: int) -> Decimal:
    """The nearest number of so many places; of two, the one further from zero.

    >>> rounded(Decimal("12.505"), 2), rounded(Decimal("-12.505"), 2)
    (Decimal('12.51'), Decimal('-12.51'))
    """
    units = (2 * units_below(abs(value), places + 3) + 10**3) // (2 * 10**3)
    return on_scale(-units if value < 0 else units, places)
