"""What a screen is asked, and what it may answer; nothing here knows of a server."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from reformkit.text import Lang, Text

if TYPE_CHECKING:
    from reformkit.desk.desk import Desk

Values = Mapping[str, Sequence[str]]
"""What a query or a form says, by name; a name may stand more than once."""
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class Ask:
    """A request: the blanks of the address, what its query and its form say, the body of an upload, the language."""

    path: Mapping[str, str] = field(default_factory=dict)
    query: Values = field(default_factory=dict)
    form: Values = field(default_factory=dict)
    body: bytes = b""
    lang: Lang = "zh"
    here: str = "/"
    """The address of the page from which something is asked."""
    partial: bool = False
    """Whether a piece of a page is asked for, which a script puts into the page that is there."""

    def of_form(self, name: str) -> str:
        """One word of the form; empty where it says nothing."""
        return next(iter(self.form.get(name, ())), "")

    def of_query(self, name: str) -> str:
        """One word of the query; empty where it says nothing."""
        return next(iter(self.query.get(name, ())), "")

    @property
    def facts(self) -> dict[str, tuple[str, ...]]:
        """What the query says of facts: every name that does not begin with `_`."""
        return {name: tuple(words) for name, words in self.query.items() if not name.startswith("_")}


@dataclass(frozen=True)
class GivenFile:
    """A file that was handed in, held in memory: what it is called, and its bytes."""

    name: str
    data: bytes

    @property
    def digest(self) -> str:
        """Which one it is."""
        return hashlib.sha256(self.data).hexdigest()


class NotThere(Exception):
    """There is nothing at this address."""


@dataclass(frozen=True)
class Goto:
    """Go on at another address of the desk."""

    address: str


@dataclass(frozen=True)
class Show:
    """A page, or a piece of one, made from a view model; `status` as HTTP has it."""

    template: str
    view: object
    status: int = 200


@dataclass(frozen=True)
class Download:
    """A file for whoever asks."""

    name: str
    media: str
    data: bytes


Answer = Goto | Show | Download


@dataclass(frozen=True)
class Screen:
    """A page with an address of its own. With a `title` it stands in the menu, where `is_there` says so.

    `path` may have blanks (`/d/{decision}`); `view` makes the view model that the template shows, or another answer.
    """

    path: str
    template: str
    view: Callable[[Desk, Ask], object]
    title: Text | None = None
    is_there: Callable[[Desk], bool] = lambda desk: True
    is_slow: bool = False
    """Whether it may take long: then it does not hold the desk's `turn`, and other requests are answered meanwhile."""


@dataclass(frozen=True)
class Action:
    """What a form posts to. `most` bounds its body, in bytes. One that `is_slow` takes the desk's `turn` where it needs it."""

    path: str
    do: Callable[[Desk, Ask], Answer]
    most: int = 1 << 20
    is_slow: bool = False


_MOST_DIGITS = 18


def whole_number(words: str) -> int | None:
    """A number from zero up as an address or a form says it; None where it is none, or has more digits than any here.

    >>> whole_number("12"), whole_number("²"), whole_number("9" * 5000)
    (12, None, None)
    """
    return int(words) if words.isascii() and words.isdigit() and len(words) <= _MOST_DIGITS else None


def address(path: str, query: Mapping[str, Sequence[str] | str]) -> str:
    """An address with its query.

    >>> address("/d/startup", {"origin": "filed_case", "causes": ["a", "b"]})
    '/d/startup?origin=filed_case&causes=a&causes=b'
    """
    words = urlencode(query, doseq=True)
    return f"{path}?{words}" if words else path
