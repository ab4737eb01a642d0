"""The desk itself: a workspace, what is staged over it, the book that both make, the cases that an edit is held to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import count

from reformkit.book import Book
from reformkit.desk.file_text import Block, FileText, block_at, sha_of
from reformkit.desk.reader import BookReading, TextsReader
from reformkit.desk.staging import Clash, Staging
from reformkit.desk.workspace import Contents, Workspace
from reformkit.editing.spans import Odd
from reformkit.files.opening import CaseFile
from reformkit.model.case import Case
from reformkit.problem import Place, RulebookError


class Stale(Exception):
    """Something was edited that is no longer what was shown; `now` is what stands there (None: it is gone)."""

    def __init__(self, now: str | None) -> None:
        super().__init__(now)
        self.now = now


@dataclass(frozen=True)
class OnDisk:
    """What the workspace holds: bytes by path, the texts among them that can be edited, and the book they make."""

    contents: Contents
    files: Mapping[str, FileText]
    reading: BookReading


@dataclass
class _Staged:
    """The steps so far, and at which of them the desk is; those after it can be done again."""

    steps: list[Staging] = field(default_factory=lambda: [Staging()])
    at: int = 0

    @property
    def now(self) -> Staging:
        return self.steps[self.at]

    def add(self, staging: Staging) -> None:
        self.steps[self.at + 1 :] = [staging]
        self.at += 1


class Desk:
    """One workspace as one person works on it. Raises `RulebookError` where its files make no book."""

    def __init__(self, workspace: Workspace, reader: TextsReader | None = None) -> None:
        self.workspace = workspace
        self._reader = reader or TextsReader()
        self._numbers = count(1)
        self._staged = _Staged()
        self.ground = self._look()
        if self.ground.reading.book is None:
            raise RulebookError(self.ground.reading.problems)
        self._sound = self.ground.reading
        self._cases: tuple[Book, CaseFile] | None = None

    # --- what there is ---------------------------------------------------------------------------------

    @property
    def staging(self) -> Staging:
        """What is staged now."""
        return self._staged.now

    @property
    def reading(self) -> BookReading:
        """What the files with the staged edits in them come to. Raises `Clash` where they no longer fit the files."""
        return self._reading(self.staging)

    def _reading(self, staging: Staging) -> BookReading:
        if not staging.pieces:
            return self.ground.reading
        changed = {path: file.data for path, file in staging.over(self.ground.files).items()}
        return self._reader.read({**self.ground.contents, **changed})

    @property
    def sound(self) -> BookReading:
        """The reading that is shown: that of the staging, or the last one that made a book."""
        try:
            reading = self.reading
        except Clash:
            return self._sound
        if reading.book is not None:
            self._sound = reading
        return self._sound

    @property
    def book(self) -> Book:
        """The book that is shown."""
        book = self.sound.book
        assert book is not None
        return book

    @property
    def before(self) -> Book:
        """The book as the files are, without what is staged."""
        book = self.ground.reading.book
        return self.book if book is None else book

    def text(self, path: str) -> str:
        """The text of a file with the staged edits in it. Raises KeyError where there is none that can be edited."""
        return self.staging.over(self.ground.files).get(path, self.ground.files[path]).text

    def block(self, place: Place, *, entry: bool = False) -> Block:
        """The lines of what stands at a place of the book that is shown. Raises `Odd` where they cannot be edited alone."""
        path = self.sound.path_of(place)
        try:
            return block_at(path, self.text(path), place, entry=entry)
        except (KeyError, Clash):
            raise Odd from None

    def refresh(self) -> None:
        """Look whether the files have changed, and take them as they are now."""
        if dict(self.workspace.rulebook()) != dict(self.ground.contents):
            self.ground = self._look()

    def _look(self) -> OnDisk:
        contents = self.workspace.rulebook()
        files = {path: text for path, data in contents.items() if (text := FileText.of(data)) is not None}
        return OnDisk(contents, files, self._reader.read(contents))

    # --- cases -----------------------------------------------------------------------------------------

    def case_file(self, book: Book) -> CaseFile:
        """The cases that were given, as a book takes them."""
        if self._cases is None or self._cases[0].rulebook.vocabulary != book.rulebook.vocabulary:
            together = CaseFile()
            for name, data in self.workspace.cases().items():
                file = book.read_case_file(data, name=name)
                together.cases += file.cases
                together.problems += file.problems
                together.unread += file.unread
            self._cases = book, together
        return self._cases[1]

    def case(self, id: str) -> Case | None:
        """A case that was given, by its id."""
        return next((case for case in self.case_file(self.book).cases if case.id == id), None)

    # --- edits -----------------------------------------------------------------------------------------

    def stage(self, path: str, what: str, shown: str, new: str) -> Staging:
        """Put other lines in the place of those that were shown. Raises `Stale` where they are no longer there."""
        text = self.text(path)
        if f"\n{text}".count(f"\n{shown}") != 1:
            raise Stale(None)
        staging = self.staging.stage(next(self._numbers), path, what, shown, new)
        self._staged.add(staging)
        return staging

    def undo(self) -> None:
        """Go back one edit."""
        self._staged.at = max(0, self._staged.at - 1)

    def redo(self) -> None:
        """Go forward again."""
        self._staged.at = min(len(self._staged.steps) - 1, self._staged.at + 1)

    @property
    def can_undo(self) -> bool:
        return self._staged.at > 0

    @property
    def can_redo(self) -> bool:
        return self._staged.at < len(self._staged.steps) - 1


def shown_sha(block: Block | None) -> str:
    """What an edit says of the lines that it was made on."""
    return "" if block is None else sha_of(block.text)
