"""The one reader of a value: what a word says of a fact, for every way in.

There are two dialects and no more. *Strict* (YAML, JSON, JSON Lines, Parquet, frames, Python) takes a value in one
form. *Office* tables (CSV, workbooks) take it as people write it. Texts are read alike in both.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, Literal, NamedTuple
from unicodedata import normalize

from reformkit.model.own_words import NONE_WORDS
from reformkit.model.scale import fits, on_scale, rounded, units_below
from reformkit.model.vocabulary import MOST_COUNT, Field, Value
from reformkit.parsing import lookalikes
from reformkit.parsing.identity import holds_identity_number
from reformkit.parsing.source import forbidden
from reformkit.reading import as_written, numbers
from reformkit.reading.form import count_of, date_of, flag_of, no_day
from reformkit.reading.keys import bare, is_bare_number, key_of, oddity
from reformkit.reading.words import Words
from reformkit.text import Text

NO_LIMIT = "∞"

AS_ITEMS = Text("，几项要分开写成列表：[{said}]{rest}", "; write several as items of a list: [{said}]{rest}")
IN_A_CELL = Text("，几项之间用“；”分开：{said}{rest}", "; separate several with `；`: {said}{rest}")
_NO_VALUE = Text("，其中没有“{word}”这个取值{hint}", "; there is no `{word}`{hint}")
LIMITS = Text("；界限有误的，修改词表中的 min、max", "; where that is wrong, change min and max in the vocabulary")
"""What is said of several tags that are written as one."""

LONGEST_UNKNOWN = 20
"""Characters; no word for what is not known is longer."""

LONGEST_REMEMBERED, MOST_REMEMBERED = 60, 10_000
"""Characters of a text, and texts, of which it is remembered what they say."""

Fault = tuple[str, Mapping[str, Any]]
"""The code of a problem, and what fills its blanks beside the fact."""


class Said(NamedTuple):
    """What a word says of a fact: its value (None: nothing that is known), and what is to be said of that."""

    value: Value | None
    faults: tuple[Fault, ...] = ()


class Taker:
    """Takes words as values of facts. `unknown` are the words for what is not known; none are known of rules."""

    def __init__(self, fields: Mapping[str, Field], unknown: Iterable[str] = ()) -> None:
        self.values = {name: Words(*field.words) for name, field in fields.items()}
        words = tuple(unknown)
        self._unknown = (frozenset(map(_folded, words)) | frozenset(map(bare, words))) - {""}
        self._texts: dict[str, Said] = {}

    @property
    def no_values(self) -> list[str]:
        """The words, `bare`, that are no value of a text."""
        return sorted(map(bare, self._unknown | as_written.ERRORS | _NONE | {""})) if self._unknown else []

    def take(self, field: Field, word: str, several: Text = AS_ITEMS, between: str = ", ") -> Said:
        """What a word says of a fact (of tags: one tag). `several` says how several tags are written."""
        match field.type:
            case "choice":
                return self._choice(field, word)
            case "tags":
                return self._tag(field, word, several, between)
            case "flag":
                flag = flag_of(word)
                return Said(flag) if flag is not None else _refused("RK131", word=word)
            case "count":
                count = count_of(word)
                return _refused("RK132", word=word, hint=_count_hint(word)) if count is None else bounded(field, count)
            case "number":
                number = numbers.number_of(word)
                return (
                    _refused("RK178", word=word, hint=numbers.hint(word)) if number is None else fitted(field, number)
                )
            case "date":
                day = date_of(word)
                return Said(None, (no_day(word),)) if day is None else bounded(field, day)
            case "text":
                return self.text(word)

    def take_as_written(self, field: Field, word: str) -> Said:
        """What a cell of an office table says of a fact (of tags: one tag)."""
        strict = self.take(field, word, IN_A_CELL, "；")
        if strict.value is not None or field.type == "text":
            return strict
        if self.is_unknown(word):
            return _unknown(word)
        match field.type:
            case "flag":
                flag = as_written.flag_said(word)
                return strict if flag is None else Said(flag)
            case "count":
                count = as_written.count_said(word)
                return strict if count is None else bounded(field, count)
            case "number":
                number = as_written.number_said(word)
                return strict if number is None else fitted(field, number)
            case "date":
                day = as_written.day_said(word)
                return strict if day is None else bounded(field, day)
        return strict

    def text(self, word: str) -> Said:
        """What a text says: the words as they are written, in NFC and without blanks at the ends."""
        said = self._texts.get(word)
        if said is None:
            said = self._text(word)
            if len(word) <= LONGEST_REMEMBERED:  # places and units come again and again
                if len(self._texts) >= MOST_REMEMBERED:
                    self._texts.clear()
                self._texts[word] = said
        return said

    def _text(self, word: str) -> Said:
        found = normalize("NFC", word).strip()
        wrong = forbidden(word)
        if wrong is not None:
            return Said(None, (wrong,))
        if not key_of(found):
            return _refused("RK135", word=word)
        if holds_identity_number(found):
            return _refused("RK139")
        if not self._unknown:
            return Said(found, odd(found))
        if found.lower() in as_written.ERRORS:
            return _refused("RK135", word=found)
        if self.says_nothing(found) or _ZERO.fullmatch(key_of(found)):
            return _unknown(found)
        if bare(found) in _NONE:
            return _refused("RK804", word=found)
        if is_bare_number(found):
            return Said(found, (*odd(found), ("RK262", {"word": found, "key": key_of(found)})))
        return Said(found, odd(found))

    def is_unknown(self, word: str) -> bool:
        """Whether a word says that something is not known."""
        return len(word) <= LONGEST_UNKNOWN and not self._unknown.isdisjoint((_folded(word), bare(word)))

    def says_nothing(self, word: str) -> bool:
        """Whether a word names nothing: it says that something is not known, or has neither letters nor digits."""
        return bool(self._unknown) and (self.is_unknown(word) or not bare(word))

    def is_no_id(self, word: str) -> bool:
        """Whether a word is none that a case could be known by."""
        return bool(self._unknown) and (
            self.says_nothing(word) or bare(word) in _NONE or word.lower() in as_written.ERRORS
        )

    def _tag(self, field: Field, word: str, several: Text, between: str) -> Said:
        """One tag; where the word plainly holds several, how they are told apart."""
        words, one = self.values[field.name], self._choice(field, word)
        found = one.value is None and words.apart(word)
        if not found:
            return one
        unknown = next((part for part in found if words.find(part) is None), None)
        rest = lookalikes.NOTHING if unknown is None else _NO_VALUE.fill(word=unknown, hint=words.hint(unknown))
        hint = several.fill(said=between.join(found), rest=rest)
        return _refused("RK130", word=word, hint=hint, known=words.known)

    def _choice(self, field: Field, word: str) -> Said:
        words = self.values[field.name]
        found = words.find(word)
        if found is not None or not field.values:
            return Said(found)
        return _refused("RK130", word=word, hint=lambda: words.hint(word), known=words.known)


_NONE = frozenset(map(bare, NONE_WORDS))
_ZERO = re.compile("[0〇.]+")


def fitted(field: Field, value: Decimal) -> Said:
    """A number with the decimal places of its fact, if it has no more of them and lies between the bounds."""
    places = field.places or 0
    if not fits(value, places):
        return _refused("RK179", word=str(value), places=places, near=str(rounded(value, places)))
    return bounded(field, on_scale(units_below(value, places), places))


def bounded(field: Field, value: int | Decimal | date) -> Said:
    """A count, a number or a day, if it lies between the bounds of its fact."""
    low, high = field.lowest, field.highest
    most = field.at(MOST_COUNT) if high is None else high
    if low <= value <= most:
        return Said(value)
    return Said(None, (out_of_bounds(field, str(value), is_low=value < low),))


def out_of_bounds(field: Field, word: str, is_low: bool) -> Fault:
    """What is wrong with a value below, or else above, the bounds of its fact."""
    high = field.highest
    most = NO_LIMIT if high is None and is_low else str(field.at(MOST_COUNT) if high is None else high)
    limits = lookalikes.NOTHING if (field.min if is_low else field.max) is None else LIMITS
    return "RK133", {"word": word, "low": str(field.lowest), "high": most, "limits": limits}


def odd(text: str) -> tuple[Fault, ...]:
    """The warning that a text is not written in the normal form by which it is compared, if there is one to give."""
    found = oddity(text)
    if found is None:
        return ()
    return (("RK801", {"word": text, "number": found.number, "char": found.char, "key": key_of(text)}),)


def spelt(word: str, other: str, first: Text) -> Mapping[str, Any]:
    """What fills the warning, or of ids the error, that two texts are written in two ways and compared as one."""
    return {"word": word, "other": other, "first": first, "key": key_of(word)}


def _refused(
    code: Literal["RK130", "RK131", "RK132", "RK133", "RK134", "RK135", "RK139", "RK178", "RK179", "RK804"],
    **values: Any,
) -> Said:
    return Said(None, ((code, values),))


def _unknown(word: str) -> Said:
    """That a word says that something is not known."""
    return Said(None, (("RK803", {"word": word}),))


def _folded(word: str) -> str:
    return key_of(word).casefold()


def _count_hint(word: str) -> Text:
    if len(word) > 18 and word.isascii() and word.isdigit():
        return Text("，数字过大", ", which is too large")
    return lookalikes.hint(word)
