"""Forms as they are asked and as they come back: fields, what was filled in, and what of it cannot be read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from reformkit.desk.asking import whole_number
from reformkit.model.evidence import Evidence
from reformkit.text import Text

Kind = Literal["words", "lines", "number", "choice", "choices", "flag"]

LATE = Text("补录理由（迟记时填写）", "Why it is entered late, if it is")
NO_PERIOD = Text(
    "“{period}”不是统计期，写成 2022、2022-03 或 2022-Q1", "`{period}` is no period; write 2022, 2022-03 or 2022-Q1"
)
_NO_NUMBER = Text("“{field}”须为整数，现为“{word}”", "`{field}` is to be a whole number, not `{word}`")
_NO_DAY = Text("“{word}”不是日期，写成 2022-03-04", "`{word}` is no day; write 2022-03-04")


class FormFault(Exception):
    """What was filled in cannot be read; `said` says so."""

    def __init__(self, said: Text) -> None:
        super().__init__(said.en)
        self.said = said


@dataclass(frozen=True)
class Option:
    """A value that may be chosen."""

    value: str
    label: Text | str


@dataclass(frozen=True)
class FormField:
    """A field of a form. `must`: it is to be filled in; `options` where it is a choice."""

    name: str
    label: Text
    kind: Kind = "words"
    options: tuple[Option, ...] = ()
    must: bool = False


@dataclass(frozen=True)
class Filled:
    """A form as it came in: its words by name, and the papers that go with the act."""

    words: Mapping[str, Sequence[str]]
    evidence: tuple[Evidence, ...] = ()

    def one(self, name: str) -> str:
        """One word, without blanks around it; empty where there is none."""
        return next(iter(self.words.get(name, ())), "").strip()

    def some(self, name: str) -> str | None:
        return self.one(name) or None

    def all(self, name: str) -> list[str]:
        return [word for word in self.words.get(name, ()) if word.strip()]

    def whole(self, name: str, label: Text) -> int:
        """A whole number. Raises `FormFault`."""
        word = self.one(name)
        number = whole_number(word)
        if number is None:
            raise FormFault(_NO_NUMBER.fill(field=label, word=word))
        return number


def day_said(word: str, today: date) -> date:
    """A day as a form says it; today where it says none. Raises `FormFault`."""
    if not word.strip():
        return today
    try:
        return date.fromisoformat(word.strip())
    except ValueError:
        raise FormFault(_NO_DAY.fill(word=word)) from None
