"""Staged texts of a rulebook to a book, read on a workbench that reads once what is the same as before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from threading import Lock

from reformkit.book import Book
from reformkit.problem import Place, Problem
from reformkit.staging.staged import StagedBook
from reformkit.staging.workbench import Workbench


@dataclass(frozen=True)
class BookReading:
    """What texts came to: a book, or none and why."""

    staged: StagedBook
    bench: Workbench

    @property
    def book(self) -> Book | None:
        return self.staged.book

    @property
    def problems(self) -> tuple[Problem, ...]:
        """The problems of reading, their paths as the workspace has them."""
        return self.staged.problems

    def path_of(self, place: Place) -> str:
        """The path in the workspace of what the book says stands at a place."""
        return self.bench.name(place.path)


@dataclass
class TextsReader:
    """Reads a rulebook with texts staged over its files, and keeps the last few that it read."""

    bench: Workbench
    most: int = 6
    lock: Lock = field(default_factory=Lock)
    """Held while the workbench reads or proves: it is used from one thread at a time."""
    _kept: dict[frozenset[tuple[str, str | bytes]], BookReading] = field(default_factory=dict)

    def read(self, contents: Mapping[str, bytes], texts: Mapping[str, str]) -> BookReading:
        """The book that files make with texts in the place of some; `contents` is what the files hold now."""
        key: frozenset[tuple[str, str | bytes]] = frozenset([*contents.items(), *texts.items()])
        with self.lock:
            return self._read(key, texts)

    def _read(self, key: frozenset[tuple[str, str | bytes]], texts: Mapping[str, str]) -> BookReading:
        if key not in self._kept:
            while len(self._kept) >= self.most:
                del self._kept[next(iter(self._kept))]
            self._kept[key] = BookReading(self.bench.read(texts), self.bench)
        return self._kept[key]
