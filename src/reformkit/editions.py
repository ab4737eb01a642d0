"""The two rulebooks of a comparison: a folder, a git revision, a wheel, the bundled one; and what differs."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple
from warnings import warn

from reformkit.book import Book, PathLike
from reformkit.comparing.case_changes import CaseChanges, case_changes
from reformkit.comparing.diff import Diff
from reformkit.comparing.diff import diff as differences
from reformkit.files.opening import CaseFile
from reformkit.loading import FROM_RULEBOOK, reading
from reformkit.model.case import Case
from reformkit.problem import CaseError, Problem, RulebookError
from reformkit.sources.fault import SourceError
from reformkit.sources.opening import GIT, PACKAGE, archive_in
from reformkit.sources.opening import Source as Where
from reformkit.sources.revisions import place_in, repository_of
from reformkit.text import Text

Source = Where | Book
"""A loaded `Book`, or what `load` takes."""

Cases = PathLike | Iterable[Case | Mapping[str, Any]]

_NOT_THERE = Text("找不到 {name}", "there is no {name}")
_NO_FOLDER = Text(
    "“git:版本”取另一方的文件夹，而另一方不是文件夹",
    "git:REV takes the folder of the other rulebook, which is not a folder",
)
_OLD = Text("“{name}”这种写法将停用，请写 {full}", "{name} is deprecated, write {full}")
_IN_FULL = Text("请写“git:版本:文件夹”", "write git:REV:FOLDER")


class OldNotation(DeprecationWarning):
    """A git revision named in one of the older ways; `text` says so in both languages."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text


class Edition(NamedTuple):
    """One of the two rulebooks, with what it is called."""

    book: Book
    name: str


def diff(old: Source, new: Source, cases: Cases | None = None, measures: Where | None = FROM_RULEBOOK) -> Diff:
    """What differs between two rulebooks, and what becomes of stored cases.

    `old`, `new`: a `Book`, or what `load` takes: a folder, `git:REV:FOLDER`, a `.zip` or `.whl` file, `bundled`, ….
    `cases`: a file, or cases; signals count over them. `measures`: another library for both, as in `load`; None leaves it
    out. Raises `RulebookError` for a rulebook with errors, `SourceError` (a ValueError) for one that is not there,
    `CaseError` where no case can be taken by both.

    >>> diff("bundled", "rules/jiuyuan").regions
    []
    """
    before, after = editions(old, new, measures)
    difference = compare(before, after)
    if cases is None:
        return difference
    given = cases if isinstance(cases, str | os.PathLike) else list(cases)
    files = (read_cases(side.book, given) for side in (before, after))
    return replace(difference, cases=compare_cases(before.book, after.book, *files))


def compare(old: Edition, new: Edition) -> Diff:
    """What differs between two rulebooks that are loaded."""
    difference = differences(old.book.rulebook, new.book.rulebook, old.book.library, new.book.library)
    return replace(difference, names=(old.name, new.name))


# --- rulebooks -----------------------------------------------------------------------------------------


def editions(old: Source, new: Source, measures: Where | None = FROM_RULEBOOK) -> tuple[Edition, Edition]:
    """Both rulebooks; raises `RulebookError` with the problems of both, `SourceError` where one is not there."""
    both: list[Edition] = []
    problems: list[Problem] = []
    for source, other in ((old, new), (new, old)):
        try:
            both.append(edition(source, other, measures))
        except RulebookError as error:
            problems += error.problems
    if problems:
        raise RulebookError(problems)
    return both[0], both[1]


def edition(source: Source, other: Source, measures: Where | None = FROM_RULEBOOK) -> Edition:
    """A rulebook from wherever it is; `other` is the one that it is compared with.

    Raises `RulebookError` with every problem found, `SourceError` where there is nothing.
    """
    if isinstance(source, Book):
        return Edition(source, source.rulebook.name)
    where = _in_full(str(source), other) if isinstance(source, str | os.PathLike) else source
    with reading(where, measures) as (book, problems, found):
        if not found.folder.is_dir():
            raise SourceError(_NOT_THERE.fill(name=str(source)))
        if book is None:
            raise RulebookError(problems)
    return Edition(book, where.removeprefix(GIT) if isinstance(where, str) else book.rulebook.name)


def _in_full(name: str, other: Source) -> str:
    """A name in the one notation; the two older ones for a git revision are taken with a warning."""
    if Path(name).is_dir() or ":" not in name or name.startswith(PACKAGE) or archive_in(name) is not None:
        return name
    if name.startswith(GIT) and ":" in name.removeprefix(GIT):
        return name
    if name.startswith(GIT):
        full = f"{name}:{_home(other)}"
    else:
        revision, _, folder = name.partition(":")
        full = f"{GIT}{revision}:{folder.strip('/')}"
    warn(OldNotation(_OLD.fill(name=name, full=full)), stacklevel=5)
    return full


def _home(other: Source) -> str:
    """The other rulebook's folder, as it is written after a revision."""
    folder = Path(other) if isinstance(other, str | os.PathLike) else None
    if folder is None or not folder.is_dir():
        raise SourceError(_NO_FOLDER, _IN_FULL)
    top, inside = place_in(str(folder.absolute()))
    return inside if top == _top_here() else str(folder.resolve())


def _top_here() -> Path | None:
    try:
        return repository_of(Path.cwd())
    except SourceError:
        return None


# --- cases ---------------------------------------------------------------------------------------------


def read_cases(book: Book, cases: Cases) -> CaseFile:
    """The cases that a rulebook can take, from a file or as they are given, and what is wrong with the others."""
    if isinstance(cases, str | os.PathLike):
        return book.read_case_file(cases)
    file = CaseFile()
    for case in cases:
        try:
            file.cases.append(book.checker.case(case))
        except CaseError as error:
            file.problems += error.problems
    return file


def compare_cases(old: Book, new: Book, before: CaseFile, after: CaseFile) -> CaseChanges:
    """Every case that both rulebooks can take, assessed with each; signals count over all of them.

    Raises `CaseError` where there are only cases that cannot be taken.
    """
    both = {case.id for case in before.cases} & {case.id for case in after.cases}
    problems = list({str(problem): problem for problem in [*before.problems, *after.problems]}.values())
    if not both and problems:
        raise CaseError(problems)
    assessed = []
    for book, file in ((old, before), (new, after)):
        cases = [case for case in file.cases if case.id in both]
        assessed.append(book.assess_many(cases, cases))
    changes = case_changes(zip(*assessed, strict=True))
    changes.problems = problems
    return changes
