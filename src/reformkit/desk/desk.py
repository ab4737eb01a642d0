"""The desk itself: a workspace, what is staged over it, the book that both make, the cases that an edit is held to."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import count

from reformkit.assessment import Assessment
from reformkit.book import Book
from reformkit.desk.file_text import Block, FileText, block_at
from reformkit.desk.given import GivenWorkbook
from reformkit.desk.reader import BookReading, TextsReader
from reformkit.desk.staging import Clash, StagedPiece, Staging, stands_once
from reformkit.desk.workspace import Contents, Workspace
from reformkit.editing.spans import Odd
from reformkit.files.opening import CaseFile
from reformkit.intake.fixtures import read_fixtures
from reformkit.model.case import Case
from reformkit.problem import CaseError, Place, Problem, RulebookError
from reformkit.sources.contents import as_file
from reformkit.testing.fixtures import FixtureReport, run_fixture

Finder = Callable[[Book], Place | None]
"""Where something stands in a book; None where it has no such thing."""


class Stale(Exception):
    """Something was edited that is no longer what was shown; `now` is what stands there."""

    def __init__(self, now: str) -> None:
        super().__init__(now)
        self.now = now


@dataclass(frozen=True)
class OnDisk:
    """What the workspace holds: bytes by path, the texts among them that can be edited, and the book they make."""

    contents: Contents
    files: Mapping[str, FileText]
    reading: BookReading

    @cached_property
    def book(self) -> Book:
        """The book; asked for where there is one."""
        assert self.reading.book is not None
        return self.reading.book


@dataclass
class _Steps:
    """The stagings so far, and at which of them the desk is; those after it can be done again.

    `typed` is the last one's tab and what it changed, where it came letter by letter.
    """

    all: list[Staging] = field(default_factory=lambda: [Staging()])
    at: int = 0
    typed: tuple[str, str, str] | None = None

    @property
    def now(self) -> Staging:
        return self.all[self.at]

    def add(self, staging: Staging, typed: tuple[str, str, str] | None) -> None:
        """One step more; letters typed one after another in the same place are one step."""
        if typed is not None and typed == self.typed and self.at == len(self.all) - 1 > 0:
            self.all[self.at] = staging
        else:
            self.all[self.at + 1 :] = [staging]
            self.at += 1
        self.typed = typed


class Desk:
    """One workspace as one person works on it. Raises `RulebookError` where its files make no book."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self.reader = TextsReader(workspace.bench())
        self._numbers = count(1)
        self._steps = _Steps()
        self.ground = self._look()
        if self.ground.reading.book is None:
            raise RulebookError(self.ground.reading.problems)
        self._sound = self.ground.reading
        self._cases: tuple[Book, CaseFile] | None = None
        self._assessed: tuple[Book, tuple[Assessment, ...]] | None = None
        self._ran: tuple[Book, FixtureReport] | None = None
        self.workbook: GivenWorkbook | None = None

    # --- what there is ---------------------------------------------------------------------------------

    @property
    def staging(self) -> Staging:
        """What is staged now."""
        return self._steps.now

    @property
    def reading(self) -> BookReading:
        """What the files with the staged edits in them come to. Raises `Clash` where they no longer fit the files."""
        if not self.staging.pieces:
            return self.ground.reading
        changed = {path: file.text for path, file in self.staging.over(self.ground.files).items()}
        return self.reader.read(self.ground.contents, {**self.workspace.since_bench(), **changed})

    @property
    def sound(self) -> BookReading:
        """The reading that is shown: that of what is staged, or the last one that made a book."""
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
        """The book as the files are, without what is staged; the one that is shown where they make none."""
        return self.ground.reading.book or self.book

    def text(self, path: str) -> str:
        """The text of a file with the staged edits in it. Raises `Odd` where there is none that can be edited."""
        try:
            return self.staging.over(self.ground.files).get(path, self.ground.files[path]).text
        except (KeyError, Clash):
            raise Odd from None

    def block(self, what: str, find: Finder, *, entry: bool = False) -> Block:
        """The lines of a rule, a parameter: as they are staged, else as they are. Raises `Odd` where they cannot be
        edited alone, KeyError where there is none."""
        piece = self._piece(what, find)
        if piece is not None:
            return self._located(piece.path, piece.after)
        for reading in (self.ground.reading, self.sound):
            place = None if reading.book is None else find(reading.book)
            if place is None:
                continue
            path = reading.path_of(place)
            if reading is not self.ground.reading:
                return block_at(path, self.text(path), place, entry=entry)
            if path not in self.ground.files:
                raise Odd
            block = block_at(path, self.ground.files[path].text, place, entry=entry)
            if stands_once(block.text, self.text(path)):  # else a piece over more lines has changed it
                return self._located(path, block.text)
        raise KeyError(what)

    def _piece(self, what: str, find: Finder) -> StagedPiece | None:
        place = None if self.ground.reading.book is None else find(self.ground.reading.book)
        path = None if place is None else self.ground.reading.path_of(place)
        return next((piece for piece in self.staging.pieces if (piece.path, piece.what) == (path, what)), None)

    def _located(self, path: str, lines: str) -> Block:
        text = self.text(path)
        at = f"\n{text}".find(f"\n{lines}")
        return Block(path, text[: max(at, 0)].count("\n") + 1, lines)

    def refresh(self) -> None:
        """Look whether the files have changed, and take them as they are now."""
        if dict(self.workspace.rulebook()) != dict(self.ground.contents):
            self.ground = self._look()

    def _look(self) -> OnDisk:
        contents = self.workspace.rulebook()
        files = {path: text for path, data in contents.items() if (text := FileText.of(data)) is not None}
        return OnDisk(contents, files, self.reader.read(contents, self.workspace.since_bench()))

    # --- cases -----------------------------------------------------------------------------------------

    def case_file(self, book: Book) -> CaseFile:
        """The cases that were given, as a book takes them."""
        held = self._cases  # looked at once: another thread may put others there
        if held is None or held[0].rulebook.vocabulary != book.rulebook.vocabulary:
            together = CaseFile()
            for name, data in self.workspace.cases().items():
                file = book.read_case_file(data, name=name)
                together.cases += file.cases
                together.problems += file.problems
                together.unread += file.unread
            held = self._cases = book, together
        return held[1]

    def case(self, id: str) -> Case | None:
        """A case that was given, by its id."""
        return next((case for case in self.case_file(self.book).cases if case.id == id), None)

    @property
    def assessed(self) -> tuple[Assessment, ...]:
        """The cases as the book of the saved files assesses them, which edits are held to."""
        book, held = self.before, self._assessed
        if held is None or held[0] is not book:
            cases = self.case_file(book).cases
            held = self._assessed = book, tuple(book.assess_many(cases, cases))
        return held[1]

    @property
    def ran(self) -> FixtureReport:
        """The fixtures as they run with the book of the saved files."""
        book, held = self.before, self._ran
        if held is None or held[0] is not book:
            held = self._ran = book, self._run(book)
        return held[1]

    def _run(self, book: Book) -> FixtureReport:
        report = FixtureReport()
        measures = None if book.library is None else book.library.measures
        for name, data in self.workspace.fixtures().items():
            with as_file(data, name) as (path, shelf):
                fixtures, problems = read_fixtures(path, book.rulebook, measures)
            report.problems.extend(map(shelf.said, problems))
            for fixture in fixtures:
                try:
                    report.results.append(run_fixture(book, fixture))
                except CaseError as error:
                    report.problems.extend(map(shelf.said, error.problems))
        return report

    # --- edits -----------------------------------------------------------------------------------------

    def stage(self, block: Block, what: str, new: str, sha: str | None = None, tab: str = "") -> Staging:
        """Put other lines in the place of a block.

        `sha` says which lines were shown to whoever edits; `tab` in which window they type. Raises `Stale` where others
        stand there now, unless the same window has put them there (its own letters may overtake each other).
        """
        typed = (tab, block.path, what) if tab else None
        if sha is not None and sha != block.sha and (typed is None or typed != self._steps.typed):
            raise Stale(block.text)
        if not stands_once(block.text, self.text(block.path)):
            raise Odd
        staging = self.staging.stage(next(self._numbers), block.path, what, block.text, new)
        self._steps.add(staging, typed)
        return staging

    def stage_texts(self, texts: Mapping[str, str]) -> None:
        """Put whole new texts in the place of those of files, in one step."""
        staging = self.staging
        for path, text in texts.items():
            staging = staging.with_text(next(self._numbers), path, self.ground.files[path].text, text)
        self._steps.add(staging, None)

    def staged_texts(self) -> dict[str, str]:
        """What is read in the place of files. Raises `Clash`."""
        over = self.staging.over(self.ground.files)
        return {**self.workspace.since_bench(), **{path: file.text for path, file in over.items()}}

    def undo(self) -> None:
        """Go back one edit."""
        self._go(-1)

    def redo(self) -> None:
        """Go forward again."""
        self._go(1)

    def _go(self, way: int) -> None:
        steps = self._steps
        steps.at = min(max(steps.at + way, 0), len(steps.all) - 1)
        steps.all[steps.at] = steps.now.numbered(next(self._numbers))
        steps.typed = None

    def nothing_staged(self) -> None:
        """Begin anew from the files, as after a save."""
        self._steps = _Steps([Staging(next(self._numbers))])
        self.refresh()

    @property
    def can_undo(self) -> bool:
        return self._steps.at > 0

    @property
    def can_redo(self) -> bool:
        return self._steps.at < len(self._steps.all) - 1

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is wrong with the files as they are staged."""
        try:
            return self.reading.problems
        except Clash:
            return ()
