"""The desk itself: a workspace, what is staged over it, the book that both make, the cases that an edit is held to."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from itertools import count
from operator import is_
from threading import Lock, RLock

from reformkit.assessment import Assessment
from reformkit.book import Book
from reformkit.desk.asking import GivenFile
from reformkit.desk.file_text import Block, FileText, block_at
from reformkit.desk.reader import BookReading, TextsReader
from reformkit.desk.staging import Clash, StagedPiece, Staging, stands_once
from reformkit.desk.steps import Steps
from reformkit.desk.workspace import Contents, Workspace
from reformkit.editing.spans import Odd
from reformkit.files.opening import CaseFile
from reformkit.intake.fixtures import read_fixtures
from reformkit.model.case import Case
from reformkit.problem import CaseError, Place, Problem, RulebookError
from reformkit.sources.contents import as_file
from reformkit.staging.apart import Worker
from reformkit.staging.held import Held
from reformkit.staging.workbench import Workbench
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


class Desk:
    """One workspace as one person works on it. Raises `RulebookError` where its files make no book.

    Whoever changes what is staged, or writes it, holds `turn`; what takes long is made without it. A `worker` proves what
    would take the interpreter from everyone else; without one it is proven here.
    """

    def __init__(self, workspace: Workspace, worker: Worker | None = None) -> None:
        self.workspace = workspace
        self.worker = worker
        self.turn = RLock()
        self.reader = TextsReader(workspace.bench())
        self._last_read: tuple[Staging, OnDisk, BookReading] | None = None
        self._numbers = count(1)
        self._steps = Steps()
        self.ground = self._look()
        if self.ground.reading.book is None:
            raise RulebookError(self.ground.reading.problems)
        self._sound = self.ground.reading
        self._cases = Held[Book, CaseFile](lambda one, other: one.rulebook.vocabulary == other.rulebook.vocabulary)
        self._assessed = Held[Book, tuple[Assessment, ...]](is_)
        self._ran = Held[Book, FixtureReport](is_)
        self.workbook: GivenFile | None = None
        """The workbook of rules that was handed in."""
        self.year_file: GivenFile | None = None
        """The file of cases that was handed in to see its year."""
        self._aside: tuple[Lock, list[Workbench]] = Lock(), []

    # --- what there is ---------------------------------------------------------------------------------

    @property
    def staging(self) -> Staging:
        """What is staged now."""
        return self._steps.now

    @property
    def reading(self) -> BookReading:
        """What the files with the staged edits in them come to. Raises `Clash` where they no longer fit the files."""
        staging, ground = self.staging, self.ground
        if not staging.pieces:
            return ground.reading
        last = self._last_read  # looked at once: another thread may put another there
        if last is None or last[0] is not staging or last[1] is not ground:
            changed = {path: file.text for path, file in staging.over(ground.files).items()}
            reading = self.reader.read(ground.contents, {**self.workspace.since_bench(), **changed})
            last = self._last_read = staging, ground, reading
        return last[2]

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

    @contextmanager
    def bench_aside(self) -> Iterator[Workbench]:
        """A workbench for what takes long, beside the one that reads what is typed; one asks for it at a time."""
        lock, made = self._aside
        with lock:
            if not made:
                made.append(self.workspace.bench())
            yield made[0]

    # --- cases -----------------------------------------------------------------------------------------

    def case_file(self, book: Book) -> CaseFile:
        """The cases that were given, as a book takes them."""
        return self._cases.of(book, lambda: self._read_cases(book))

    def _read_cases(self, book: Book) -> CaseFile:
        together = CaseFile()
        for name, data in self.workspace.cases().items():
            file = book.read_case_file(data, name=name)
            together.cases += file.cases
            together.problems += file.problems
            together.unread += file.unread
        return together

    def case(self, id: str) -> Case | None:
        """A case that was given, by its id."""
        return next((case for case in self.case_file(self.book).cases if case.id == id), None)

    @property
    def assessed(self) -> tuple[Assessment, ...]:
        """The cases as the book of the saved files assesses them, which edits are held to."""
        book = self.before
        cases = self.case_file(book).cases
        return self._assessed.of(book, lambda: tuple(book.assess_many(cases, cases)))

    @property
    def ran(self) -> FixtureReport:
        """The fixtures as they run with the book of the saved files."""
        book = self.before
        return self._ran.of(book, lambda: self._run(book))

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

    def given_anew(self) -> None:
        """Look anew at the cases and fixtures, for others were given; what is staged is held to these."""
        self._cases.forget()
        self._assessed.forget()
        self._ran.forget()
        self._steps.go(0, next(self._numbers))

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
        self._steps.go(-1, next(self._numbers))

    def redo(self) -> None:
        """Go forward again."""
        self._steps.go(1, next(self._numbers))

    def nothing_staged(self) -> None:
        """Begin anew from the files, as after a save."""
        self._steps = Steps([Staging(next(self._numbers))])
        self.refresh()

    @property
    def can_undo(self) -> bool:
        return self._steps.can_undo

    @property
    def can_redo(self) -> bool:
        return self._steps.can_redo

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is wrong with the files as they are staged."""
        try:
            return self.reading.problems
        except Clash:
            return ()
