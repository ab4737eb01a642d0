"""Values as Python has them, each taken in the type of its fact: whole numbers, flags, days, ids of choices and tags."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterable, Mapping
from datetime import date, datetime
from typing import Any

from reformkit.model.vocabulary import MOST_COUNT, Field, Value
from reformkit.parsing.source import forbidden
from reformkit.reading.words import Words


class ValueFault(Exception):
    def __init__(self, code: str, **values: object) -> None:
        self.code = code
        self.values = values


def choice_words(field: Field) -> Words:
    return Words({name: item.label.zh for name, item in field.values.items()})


def short(value: object) -> str:
    if isinstance(value, frozenset):
        value = sorted(map(str, value))
    try:
        text = str(value) if isinstance(value, date) else repr(value)
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
    look_over(value)
    word = value if isinstance(value, str) else short(value)
    words = choice_words(field)
    return ValueFault("RK130", word=word, hint=words.hint(word), known=words.known)


def look_over(value: object) -> None:
    """Say of a text which character of it no text may hold."""
    wrong = forbidden(value) if isinstance(value, str) else None
    if wrong is not None:
        raise ValueFault(wrong[0], **wrong[1])


def _take_flag(value: Any) -> bool:
    if value is True or value is False:
        return value
    raise ValueFault("RK131", word=short(value))


def _take_count(field: Field) -> Callable[[Any], int]:
    low, most = field.lowest, field.highest
    high = MOST_COUNT if most is None else most

    def take(value: Any) -> int:
        if type(value) is not int:
            raise ValueFault("RK132", word=short(value), hint="")
        if not low <= value <= high:
            shown = "∞" if most is None and value < low else high
            raise ValueFault("RK133", word=short(value), low=low, high=shown)
        return value

    return take


def _take_date(field: Field) -> Callable[[Any], date]:
    low, high = field.lowest, field.highest

    def take(value: Any) -> date:
        if isinstance(value, str) and re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
            try:
                value = date.fromisoformat(value)
            except ValueError:
                raise ValueFault("RK134", word=value) from None
        if not isinstance(value, date) or isinstance(value, datetime):
            look_over(value)
            raise ValueFault("RK134", word=short(value))
        if not low <= value <= high:
            raise ValueFault("RK133", word=value, low=low, high=high)
        return value

    return take


def _take_tags(field: Field) -> Callable[[Any], frozenset[str]]:
    known_tags = frozenset(field.values)

    def take(value: Any) -> frozenset[str]:
        if isinstance(value, str | Mapping) or not isinstance(value, Iterable):
            raise ValueFault("RK136", word=short(value))
        tags = list(value)
        for tag in tags:
            if not isinstance(tag, str) or tag not in known_tags:
                raise unknown_word(field, tag)
        return frozenset(tags)

    return take
