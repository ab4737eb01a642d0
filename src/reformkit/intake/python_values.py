"""Values as Python has them, each taken in the type of its fact: counts, numbers, flags, days, ids of choices and tags.

What NumPy and pandas have for a whole number, a flag and a day at midnight is taken too, and becomes Python's own.
Neither package is imported here: their numbers are `numbers.Integral`, their days are datetimes or can be made one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterable, Mapping
from contextlib import suppress
from datetime import date, datetime, time
from decimal import Decimal
from math import inf, isnan
from numbers import Integral, Real
from typing import Any

from reformkit.model.vocabulary import MOST_COUNT, Field, Value
from reformkit.parsing.lookalikes import NOTHING
from reformkit.parsing.source import forbidden
from reformkit.reading import numbers
from reformkit.reading.form import no_day
from reformkit.reading.taking import Fault, fitted, out_of_bounds
from reformkit.reading.words import Words
from reformkit.text import Text


class ValueFault(Exception):
    def __init__(self, code: str, **values: object) -> None:
        self.code = code
        self.values = values


def choice_words(field: Field) -> Words:
    return Words(*field.words)


def short(value: object) -> str:
    if isinstance(value, frozenset):
        value = sorted(map(str, value))
    try:
        text = str(value) if isinstance(value, date | Decimal | float) else repr(value)
    except ValueError:  # Python does not write out numbers of more than 4,300 digits
        text = "10…" if value > 0 else "-10…"  # type: ignore[operator]
    return text if len(text) <= 60 else text[:57] + "…"


def plainly_right(field: Field) -> tuple[type, Container[Any]] | None:
    """An exact type and the values of it that need no further look; None where each needs one."""
    match field.type:
        case "choice":
            return str, dict.fromkeys(field.values)
        case "flag":
            return bool, (True, False)
        case "count":
            return int, range(field.lowest, _MANY if field.highest is None else field.highest + 1)
    return None


_MANY = 1 << 62


def taker(field: Field) -> Callable[[Any], Value]:
    """The check of one field's Python values."""
    match field.type:
        case "choice":
            return _take_choice(field)
        case "flag":
            return _take_flag
        case "count":
            return _take_count(field)
        case "number":
            return _take_number(field)
        case "date":
            return _take_date(field)
        case "tags":
            return _take_tags(field)
    raise AssertionError(field.type)


def _take_choice(field: Field) -> Callable[[Any], str]:
    values = {name: name for name in field.values}

    def take(value: Any) -> str:
        try:
            return values[value]
        except (KeyError, TypeError):
            raise unknown_word(field, value) from None

    return take


def unknown_word(field: Field, value: object) -> ValueFault:
    """What is wrong with a word that is no value of a field: it holds what no text may, or no value is called so."""
    wrong = forbidden(value) if isinstance(value, str) else None
    if wrong is not None:
        return ValueFault(wrong[0], **wrong[1])
    word = value if isinstance(value, str) else short(value)
    words = choice_words(field)
    return ValueFault("RK130", word=word, hint=words.hint(word, only_ids=True), known=words.known)


def look_over(value: object) -> None:
    """Say of a text which character of it no text may hold."""
    wrong = forbidden(value) if isinstance(value, str) else None
    if wrong is not None:
        raise ValueFault(wrong[0], **wrong[1])


def is_missing(value: object) -> bool:
    """Whether a value is what NumPy and pandas have for none: NaN, NaT, NA.

    >>> is_missing(float("nan")), is_missing(None), is_missing("nan")
    (True, False, False)
    """
    kind = type(value)
    if isinstance(value, Real) and not isinstance(value, Integral):
        return isnan(value)
    return kind.__name__ in _MISSING or (_is_numpy(value, "datetime64") and str(value) == "NaT")


_ENDLESS = (inf, -inf)
_MISSING = ("NaTType", "NAType")
_WORDLESS = re.compile(r"<.*>|\A[+-]?inf(inity)?\Z", re.DOTALL | re.IGNORECASE)
"""How Python shows what has no words of its own, often by its address, and a number without end."""


def id_of(value: object) -> str:
    """An id as Python has it, in its own words and without blanks at the ends; a whole number is one, and None is none.

    Raises `ValueFault` for what is no id: True, an endless number, an object that is shown in `<…>`.

    >>> id_of(" A-1 "), id_of(3.0), id_of(None)
    ('A-1', '3', '')
    """
    if isinstance(value, str):
        return value.strip()
    if value is None or is_missing(value):
        return ""
    words = ""
    if not isinstance(value, bool | Mapping | list | set | tuple) and not _is_numpy(value, "bool", "bool_"):
        is_whole = isinstance(value, Real) and value not in _ENDLESS and value == value // 1
        with suppress(ValueError):  # Python does not write out numbers of more than 4,300 digits
            words = str(int(value) if is_whole else value).strip()  # type: ignore[call-overload]
    if not words or _WORDLESS.search(words):
        raise ValueFault("RK135", word=short(value))
    return words


def _is_numpy(value: object, *kinds: str) -> bool:
    kind = type(value)
    return kind.__module__ == "numpy" and kind.__name__ in kinds


def _take_flag(value: Any) -> bool:
    if value is True or value is False:
        return value
    if _is_numpy(value, "bool", "bool_"):
        return bool(value)
    raise ValueFault("RK131", word=short(value))


def _take_count(field: Field) -> Callable[[Any], int]:
    low, most = field.lowest, field.highest
    high = MOST_COUNT if most is None else most

    def take(value: Any) -> int:
        if not isinstance(value, Integral) or isinstance(value, bool):
            raise ValueFault("RK132", word=short(value), hint="")
        count = int(value)
        if not low <= count <= high:
            raise _outside(out_of_bounds(field, short(count), is_low=count < low))
        return count

    return take


def _take_number(field: Field) -> Callable[[Any], Decimal]:
    def take(value: Any) -> Decimal:
        look_over(value)
        found = numbers.number_in(value)
        if found is None:
            raise ValueFault("RK178", word=short(value), hint=_number_hint(value))
        said = fitted(field, found)
        if not isinstance(said.value, Decimal):
            ((code, values),) = said.faults
            raise ValueFault(code, **values)
        if not numbers.is_sure(value, field.ordinal(said.value)):
            raise ValueFault("RK178", word=short(value), hint=numbers.UNSURE)
        return said.value

    return take


def _number_hint(value: object) -> Text:
    """What to say of a value that is no number."""
    if isinstance(value, str):
        return numbers.hint(value)
    is_large = isinstance(value, Decimal) and value.is_finite() and abs(value) > 1
    is_large |= isinstance(value, Integral) and not isinstance(value, bool)
    return numbers.TOO_LARGE if is_large else NOTHING


def _take_date(field: Field) -> Callable[[Any], date]:
    low, high = field.lowest, field.highest

    def take(value: Any) -> date:
        if isinstance(value, str) and re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
            try:
                value = date.fromisoformat(value)
            except ValueError:
                raise ValueFault("RK134", word=value, hint=NOTHING) from None
        day = _day_of(value)
        if day is None:
            look_over(value)
            is_number = isinstance(value, Real | Decimal) and not isinstance(value, bool)
            code, said = no_day(str(value) if is_number or isinstance(value, str) else "")
            raise ValueFault(code, **{**said, "word": short(value)})
        if not low <= day <= high:
            raise _outside(out_of_bounds(field, str(day), is_low=day < low))
        return day

    return take


def _outside(fault: Fault) -> ValueFault:
    code, values = fault
    return ValueFault(code, **values)


def _day_of(value: Any) -> date | None:
    """The day that Python's, pandas' or NumPy's dates and moments at midnight are; None for anything else."""
    if _is_numpy(value, "datetime64"):
        whole = value.astype("datetime64[D]")
        value = whole.item() if whole == value else None  # no date where it is NaT or beyond the calendar
    if isinstance(value, datetime):
        return value.date() if _is_midnight(value) else None
    return value if isinstance(value, date) else None


def _is_midnight(moment: datetime) -> bool:
    try:
        return moment.time() == time() and not getattr(moment, "nanosecond", 0)
    except ValueError:  # pandas' NaT is a datetime
        return False


def _take_tags(field: Field) -> Callable[[Any], frozenset[str]]:
    known_tags = frozenset(field.values)

    def take(value: Any) -> frozenset[str]:
        if isinstance(value, str | Mapping) or not isinstance(value, Iterable):
            raise ValueFault("RK136", word=short(value))
        tags = list(value)
        for tag in tags:
            if not isinstance(tag, str) or tag not in known_tags:
                raise unknown_word(field, tag)
        return frozenset(map(str, tags))

    return take
