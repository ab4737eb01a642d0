"""Texts of a rulebook to a book: what is the same as before is read once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from reformkit.book import Book
from reformkit.loading import FROM_RULEBOOK, reading
from reformkit.problem import Place, Problem, RulebookError
from reformkit.sources.fault import SourceError
from reformkit.sources.opening import unopened


@dataclass(frozen=True)
class BookReading:
    """What texts came to: a book, or none and why. `root` stands before every path in the book."""

    book: Book | None
    problems: tuple[Problem, ...] = ()
    root: str = ""

    def path_of(self, place: Place) -> str:
        """The path in the workspace of what the book says stands at a place."""
        return place.path.removeprefix(self.root).replace("\\", "/").lstrip("/")


@dataclass
class TextsReader:
    """Reads rulebooks from texts, and keeps the last few that it read."""

    most: int = 4
    _kept: dict[frozenset[tuple[str, bytes]], BookReading] = field(default_factory=dict)

    def read(self, texts: Mapping[str, bytes]) -> BookReading:
        """The book that texts by their paths make."""
        key = frozenset(texts.items())
        if key not in self._kept:
            while len(self._kept) >= self.most:
                del self._kept[next(iter(self._kept))]
            self._kept[key] = _read(texts)
        return self._kept[key]


def _read(texts: Mapping[str, bytes]) -> BookReading:
    try:
        with reading(texts, FROM_RULEBOOK) as (book, problems, source):
            return BookReading(book, tuple(problems), source.within or "")
    except SourceError as error:
        return BookReading(None, (unopened(error, ""),))
    except RulebookError as error:
        return BookReading(None, tuple(error.problems))
