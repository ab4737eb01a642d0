"""What may not go out in a letter: identity numbers, blanks that nobody filled, and what official documents write
otherwise."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from reformkit.parsing.identity import holds_identity_number
from reformkit.parsing.source import CONTROL
from reformkit.problem import Place, Problem
from reformkit.text import Text

_UNFILLED = re.compile(
    r"\{[^{}]{0,40}\}|[{}]|_{3,}|＿{2,}|×{2,}|(?<![A-Za-z0-9])[Xx]{2,}(?![A-Za-z0-9])|待填写?|待补充?|此处填写"
)
_NUMBER = re.compile(r"[\[(（【［][0-9]{4}[\])）】］]\s*第?[0-9]+号")
_PADDED = re.compile(r"[0-9]{4}年(?:0[1-9]月(?:[0-9]{1,2}日)?|[0-9]{1,2}月0[1-9]日)")
_HEXAGONAL = Text("年份用六角括号，如〔2022〕3号", "put the year in hexagonal brackets, such as 〔2022〕3号")
_UNPADDED = Text("月、日不编虚位，如 2022年3月4日", "do not pad month and day, such as 2022年3月4日")


def faults_in(words: str, field: str | Text, place: Place) -> Iterator[Problem]:
    """Everything in a text of a letter that may not go out."""
    control = CONTROL.search(words)
    if control:
        yield Problem("RK744", place, {"field": field, "char": f"U+{ord(control.group()):04X}"})
    if holds_identity_number(words):
        yield Problem("RK741", place, {"field": field})
    for match in _UNFILLED.finditer(words):
        yield Problem("RK742", place, {"field": field, "word": match.group()})
    for pattern, want in ((_NUMBER, _HEXAGONAL), (_PADDED, _UNPADDED)):
        for match in pattern.finditer(words):
            yield Problem("RK743", place, {"field": field, "word": match.group(), "want": want})


def words_of(value: Any) -> Iterator[str]:
    """Every text in what a field holds."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from words_of(part)
    elif isinstance(value, (list, tuple)):
        for entry in value:
            yield from words_of(entry)
