"""A rulebook on a workbench: read again and again, each time with the texts that are staged over its files."""

from __future__ import annotations

import os
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from reformkit.book import Book, PathLike
from reformkit.loading import FROM_RULEBOOK, opened_library, read_open
from reformkit.parsing.memory import Memory
from reformkit.parsing.overlay import Overlay
from reformkit.problem import NOWHERE, Problem
from reformkit.sources.opening import Source, opened
from reformkit.staging.staged import StagedBook
from reformkit.text import Text


class Workbench:
    """A rulebook that is being edited, wherever it comes from; nothing is ever written there.

    Texts and problems name files by their paths as seen from `root`, with `/` between the parts: for a folder that is
    the folder itself unless one above it is given, for a mapping of texts they are its own names. `measures` as in
    `load`. What was laid out for reading goes with `close`, or at the end of a `with`.

    >>> words = {"rulebook.yaml": "{name: small, vocabulary: words.yaml}",
    ...          "words.yaml": "fields: {urgent: {type: flag, label: 紧急}}",
    ...          "way.yaml": "{decision: way, title: 办法, hit: first, outcomes: [fast, slow],"
    ...                      " rules: [{id: W-1, when: {urgent: true}, then: fast}], otherwise: slow}"}
    >>> with Workbench(words) as bench:
    ...     saved = bench.read()
    ...     edited = bench.read({"way.yaml": words["way.yaml"].replace("urgent: true", "urgent: false")})
    >>> [one.book.decide("way", {"urgent": True}).outcome for one in (saved, edited)]
    ['fast', 'slow']
    """

    def __init__(self, rules: Source, measures: PathLike | None = FROM_RULEBOOK, root: PathLike | None = None) -> None:
        """Raises `SourceError` where there is nothing."""
        self._until_closed = ExitStack()
        found = self._until_closed.enter_context(opened(rules))
        self._source = replace(found, folder=Path(os.path.normpath(found.folder.absolute())))
        self._library = self._until_closed.enter_context(opened_library(measures))
        shelf = found.shelf
        above = Path(root) if root is not None else self._source.folder if shelf is None else shelf.root
        self._memory = Memory()
        self._last: Book | None = None
        self.root = Path(os.path.normpath(above.absolute()))

    def read(self, texts: Mapping[str, str | None] | None = None) -> StagedBook:
        """The rulebook with texts in the place of its files; None in the place of a text takes the file away.

        Files are read as they now are. Raises ValueError for a path that leads out of `root`.
        """
        staged = {self.path(name): text for name, text in (texts or {}).items()}
        overlay = Overlay(staged)
        book, problems = read_open(self._source, self._library, overlay, self._memory, self._last)
        self._last = book or self._last
        return StagedBook(book, tuple(map(self.said, problems)), self, overlay, self._memory)

    def path(self, name: str) -> str:
        """The whole path of a file by its name as seen from `root`. Raises ValueError where that leads out of it."""
        path = os.path.normpath(self.root / name)
        if not path.startswith(f"{self.root}{os.sep}"):
            raise ValueError(f"{name} leads out of {self.root}")
        return path

    def name(self, path: str) -> str:
        """The name of a file, as seen from `root`, by the path that a place has.

        >>> with Workbench({"rulebook.yaml": "{name: a, vocabulary: b.yaml}", "b.yaml": "fields: {c: {type: flag}}"}) as bench:
        ...     bench.name(str(bench.root / "b.yaml"))
        'b.yaml'
        """
        return Path(os.path.relpath(path, self.root)).as_posix()

    def said(self, problem: Problem) -> Problem:
        """A problem with the name of its file in the place of the whole path."""
        if self._source.shelf is not None:
            return self._source.said(problem)
        place = problem.place if problem.place == NOWHERE else problem.place.within(str(self.root))
        return replace(problem, place=place, values={key: self._named(value) for key, value in problem.values.items()})

    def _named(self, value: Any) -> Any:
        """What fills a blank of a message, with names of files in the place of whole paths."""
        if isinstance(value, Text):
            return value.each(self._named)
        return value.replace(f"{self.root}{os.sep}", "") if isinstance(value, str) else value

    def close(self) -> None:
        """Take away what was laid out for reading: what was read stays usable, but for the templates of letters."""
        self._until_closed.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()
