"""The two rulebooks of a comparison: a folder, a git revision, a wheel, the bundled one; and what differs."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

from reformkit.book import Book, PathLike
from reformkit.comparing.case_changes import CaseChanges, case_changes
from reformkit.comparing.diff import Diff
from reformkit.comparing.diff import diff as differences
from reformkit.files.opening import CaseFile
from reformkit.loading import BUNDLED, FROM_RULEBOOK, load, read
from reformkit.model.case import Case
from reformkit.parsing.revisions import SourceError, repository_of, revision_files, unpacked, wheel_files
from reformkit.problem import CaseError, Place, Problem, RulebookError

Source = PathLike | Book
"""A loaded `Book`; a folder; `git:REV` (the other one's folder as it was at a revision) or `REV:FOLDER` (as git
writes it, from the root of the repository); a `.whl` file, for the rulebook bundled in it; `bundled`."""

Cases = PathLike | Iterable[Case | Mapping[str, Any]]

_IN_WHEEL = "reformkit"


class Edition(NamedTuple):
    """One of the two rulebooks, with what it is called."""

    book: Book
    name: str


def diff(old: Source, new: Source, cases: Cases | None = None, measures: PathLike | None = FROM_RULEBOOK) -> Diff:
    """What differs between two rulebooks, and what becomes of stored cases.

    `old`, `new`: a folder, a `Book`, `git:REV` (the other one's folder at a revision), `REV:FOLDER`, a `.whl`
    file, or `bundled`. `cases`: a file, or cases; signals count over them. `measures`: another library
    for both; None leaves it out. Raises `RulebookError` for a rulebook with errors, `SourceError` (a
    ValueError) for one that is not there, `CaseError` where no case can be taken by both.

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


def editions(old: Source, new: Source, measures: PathLike | None = FROM_RULEBOOK) -> tuple[Edition, Edition]:
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


def edition(source: Source, other: Source, measures: PathLike | None = FROM_RULEBOOK) -> Edition:
    """A rulebook from wherever it is; `other` is the one that it is compared with.

    Raises `RulebookError` with every problem found, `SourceError` where there is nothing.
    """
    if isinstance(source, Book):
        return Edition(source, source.rulebook.name)
    name = str(source)
    if Path(name).is_dir():
        return Edition(load(name, measures), name)
    if name == "bundled":
        return Edition(load(None, measures), name)
    if name.lower().endswith(".whl"):
        with unpacked(wheel_files(Path(name), f"{_IN_WHEEL}/rules/{BUNDLED}/rulebook.yaml")) as root:
            return _load(root, Path(_IN_WHEEL, "rules", BUNDLED), f"{name}:", measures, name)
    if ":" in name:
        revision, _, folder = name.partition(":")
        if revision == "git":
            revision, (top, inside) = folder, _home(other)
        else:
            top, inside = repository_of(Path.cwd()), folder.strip("/")
        with unpacked(revision_files(top, revision, inside)) as root:
            if not (root / inside).is_dir():
                raise SourceError(
                    f"版本“{revision}”中没有文件夹 {inside}", f"there is no folder {inside} in the revision {revision}"
                )
            return _load(root, Path(inside), f"{revision}:", measures, f"{revision}:{inside}")
    raise SourceError(
        f"找不到 {name}；可写：规则册文件夹、git:版本、版本:文件夹、.whl 文件、bundled（自带的）",
        f"there is no {name}; a folder, git:REV, REV:FOLDER, a .whl file or `bundled` may stand here",
    )


def _load(root: Path, inside: Path, shown: str, measures: PathLike | None, name: str) -> Edition:
    """A rulebook from a place that will not stay; its problems name where it came from."""
    book, problems = read(root / inside, measures)
    if book is None:
        raise RulebookError(_renamed(problem, root, shown) for problem in problems)
    return Edition(book, name)


def _renamed(problem: Problem, root: Path, shown: str) -> Problem:
    def said(value: Any) -> Any:
        return value.replace(f"{root}/", shown) if isinstance(value, str) else value

    place = Place(said(problem.place.path), problem.place.line, problem.place.column)
    return replace(problem, place=place, values={key: said(value) for key, value in problem.values.items()})


def _home(other: Source) -> tuple[Path, str]:
    """The repository of the other rulebook's folder, and the folder's path in it."""
    folder = None if isinstance(other, Book) else Path(other)
    if folder is None or not folder.is_dir():
        raise SourceError(
            "“git:版本”取另一方的文件夹，而另一方不是文件夹；请写“版本:文件夹”",
            "git:REV takes the folder of the other rulebook, which is not a folder; write REV:FOLDER",
        )
    top = repository_of(folder)
    return top, folder.resolve().relative_to(top).as_posix()


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
