"""The cases that a command is given: files and folders, each read once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from importlib.util import find_spec
from pathlib import Path

from reformkit.book import Book
from reformkit.cli.options import NOT_THERE
from reformkit.files.opening import ENDINGS, CaseFile
from reformkit.intake.identifying import clash, id_problem
from reformkit.model.case import Case
from reformkit.printing.paper import brief
from reformkit.problem import Place, Problem, WrongUse
from reformkit.reading.keys import key_of
from reformkit.text import COMMA, Text

_AT = Text(" {place} ", "{place}")
_NO_CASES = Text(
    "文件夹 {path} 中没有案件文件（{endings}）", "there are no case files ({endings}) in the folder {path}"
)

LARGE = 8 << 20
"""Bytes of text; of Parquet and workbooks an eighth, as they are packed."""

_REPEATED = Text(
    "案件编号“{id}”在 {there} 已有，{here} 的未计入。",
    "the case id `{id}` is already used at {there}; the case at {here} is left out",
)
_WEIGHTS = dict.fromkeys((".parquet", ".xlsx", ".xlsm"), 8)


class CaseFiles:
    """Reads case files for one rulebook.

    `problems` gathers what is wrong with them; `repeated` the cases whose id an earlier file already has,
    `unread` the files that could not be read, or not to their end.
    """

    def __init__(self, book: Book) -> None:
        self.problems: list[Problem] = []
        self.repeated: dict[Place, Case] = {}
        self.unread: list[Path] = []
        self.book = book
        self._read: dict[Path, CaseFile] = {}
        self._ids: dict[str, Case] = {}  # by the ids as they are compared

    def cases(self, paths: Iterable[Path]) -> list[Case]:
        """The good cases of files and folders, in order; a file or an id met again is passed over.

        Raises `WrongUse` for a path that is not there, or a folder without case files.
        """
        by_id: dict[str, Case] = {}
        for file in all_files(paths):
            for case in self._file(file).cases:
                key = key_of(case.id)
                if self._is_misspelt(case, self._ids.setdefault(key, case)):
                    continue
                if by_id.setdefault(key, case) is not case:
                    self.repeated[case.place] = by_id[key]
        return list(by_id.values())

    def _is_misspelt(self, case: Case, first: Case) -> bool:
        """Whether a case has the id of another that was read, in another spelling; that is said once."""
        if case.id == first.id:
            return False
        there = brief(str(first.place))
        problem = id_problem(clash(case.id, first.id, _AT.fill(place=there)), case.place)
        if problem not in self.problems:
            self.problems.append(problem)
        return True

    @property
    def faulty(self) -> bool:
        """Whether some case could not be taken."""
        return bool(self.repeated) or any(problem.severity == "error" for problem in self.problems)

    @property
    def warned(self) -> bool:
        """Whether there is a warning."""
        return any(problem.severity == "warning" for problem in self.problems)

    def faults(self) -> Iterator[Text]:
        """What is wrong among the files, and not within one of them."""
        for place, first in self.repeated.items():
            yield _REPEATED.fill(id=first.id, there=brief(str(first.place)), here=brief(str(place)))

    def _file(self, path: Path) -> CaseFile:
        key = path.resolve()
        if key not in self._read:
            self._read[key] = file = self.book.read_case_file(path, all_warnings=True)
            self.problems += file.problems
            self.unread += [] if file.whole else [path]
        return self._read[key]


def _is_of_cases(path: Path) -> bool:
    return path.suffix.lower() in ENDINGS and path.is_file() and not path.name.startswith("~$")  # open in Excel


def all_files(paths: Iterable[Path]) -> list[Path]:
    """The case files of files and folders, each once. Raises `WrongUse` as `files_of` does."""
    return list({file.resolve(): file for path in paths for file in files_of(path)}.values())


def is_large(paths: Iterable[Path]) -> bool:
    """Whether the files are too large to hold in memory and can be streamed (Polars is installed)."""
    sizes = ((path, path.stat().st_size) for path in all_files(paths))
    weight = sum(size * _WEIGHTS.get(path.suffix.lower(), 1) for path, size in sizes)
    return weight > LARGE and find_spec("polars") is not None


def files_of(path: Path) -> Iterator[Path]:
    """A file itself; of a folder the case files in it, by name."""
    if path.is_dir():
        files = sorted(p for p in path.iterdir() if _is_of_cases(p))
        if not files:
            raise WrongUse(_NO_CASES.fill(path=path, endings=COMMA.join(ENDINGS)))
        yield from files
    elif path.exists():
        yield path
    else:
        raise WrongUse(NOT_THERE.fill(path=path))
