"""The cases that a command is given: files and folders, each read once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path

from reformkit.book import Book
from reformkit.files.opening import ENDINGS, CaseFile
from reformkit.intake.identifying import clash, id_problem
from reformkit.model.case import Case, Unread
from reformkit.printing.paper import brief
from reformkit.problem import Place, Problem, WrongUse
from reformkit.reading.keys import key_of
from reformkit.terminal.options import NOT_THERE
from reformkit.text import COMMA, Text

_AT = Text(" {place} ", "{place}")
_NO_CASES = Text(
    "文件夹 {path} 中没有案件文件（{endings}）", "there are no case files ({endings}) in the folder {path}"
)

LARGE = 8 << 20
"""Bytes of text; of Parquet and workbooks an eighth, as they are packed."""

_WEIGHTS = dict.fromkeys((".parquet", ".xlsx", ".xlsm"), 8)


class CaseFiles:
    """Reads case files for one rulebook.

    `problems` gathers what is wrong with them, also cases whose id an earlier file already has; `unread` are the files
    that could not be read, or not to their end.
    """

    def __init__(self, book: Book) -> None:
        self.problems: list[Problem] = []
        self._repeated: dict[Place, Unread] = {}
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
                first = self._ids.setdefault(key, case)
                if case.id != first.id:
                    self._leave_out(case, first)
                elif by_id.setdefault(key, case) is not case:
                    self._leave_out(case, by_id[key])
        return list(by_id.values())

    def history(self, paths: Iterable[Path], named: Sequence[str]) -> list[Case] | None:
        """The cases that signals count over, each once; `self` names those of `paths`. None (unknown) where nothing is named."""
        if not named:
            return None
        return self.cases([*(paths if "self" in named else ()), *(Path(name) for name in named if name != "self")])

    def left_out(self, paths: Iterable[Path]) -> list[Unread]:
        """The cases of files and folders that could not be taken, in order."""
        return [case for file in all_files(paths) for case in self._left_out_of(file)]

    def _left_out_of(self, path: Path) -> list[Unread]:
        file = self._file(path)
        places = {case.place for case in file.cases}
        again = [case for place, case in self._repeated.items() if place in places]
        return sorted([*file.unread, *again], key=lambda case: case.place)

    def _leave_out(self, case: Case, first: Case) -> None:
        """Say once that a case has the id of another that was read, perhaps in another spelling."""
        if case.place not in self._repeated:
            self._repeated[case.place] = Unread(case.place, case.id)
            fault = clash(case.id, first.id, _AT.fill(place=brief(str(first.place))))
            self.problems.append(id_problem(fault, case.place))

    @property
    def faulty(self) -> bool:
        """Whether some case could not be taken."""
        return any(problem.severity == "error" for problem in self.problems)

    @property
    def warned(self) -> bool:
        """Whether there is a warning."""
        return any(problem.severity == "warning" for problem in self.problems)

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
