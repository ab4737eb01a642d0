"""A pytest plugin: each fixture of a `*.cases.yaml` file is a test, with its line as its place.

The rulebook is that of the ini option `reformkit_rules` (a folder, from the ini file; the bundled one if it is
not set), its library that of `reformkit_measures` (a folder, or `none`; else what the rulebook names).
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from reformkit.book import Book
    from reformkit.intake.fixtures import Fixture
    from reformkit.problem import Problem
    from reformkit.testing.fixtures import FixtureResult

ENDING = ".cases.yaml"
_BOOK = pytest.StashKey["Book"]()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Declare the ini options."""
    parser.addini("reformkit_rules", "Rulebook folder for *.cases.yaml; the bundled one if not set.", default="")
    parser.addini("reformkit_measures", "Measure library for *.cases.yaml: a folder, or `none`.", default="")


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """Take the fixture files; nothing of reformkit is loaded before there is one."""
    if file_path.name.endswith(ENDING):
        file: pytest.Collector = FixtureFile.from_parent(parent, path=file_path)
        return file
    return None


class FixtureFile(pytest.File):
    """A file of fixtures."""

    def collect(self) -> Iterator[pytest.Item]:
        """An item for each fixture, and one that fails for each problem of the file."""
        book = _book(self.config)
        fixtures, problems = book.read_fixtures(self.path)
        for problem in problems:
            name = f"{problem.code} line {problem.line}"
            yield ProblemItem.from_parent(self, name=name, problem=problem)
        for fixture in fixtures:
            name = f"{fixture.case.id} {fixture.name}".rstrip()
            yield FixtureItem.from_parent(self, name=name, fixture=fixture, book=book)


class FixtureItem(pytest.Item):
    """One fixture."""

    def __init__(self, *, fixture: Fixture, book: Book, **rest: Any) -> None:
        super().__init__(**rest)
        self.fixture = fixture
        self.book = book

    def runtest(self) -> None:
        """Assess and compare."""
        from reformkit.testing.fixtures import run_fixture

        result = run_fixture(self.book, self.fixture)
        if not result.passed:
            raise FixtureFailed(result)

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """What was expected, what came out and what would mend it, instead of a traceback."""
        from reformkit.problem import CaseError
        from reformkit.testing.failing import tell

        match excinfo.value:
            case FixtureFailed(result=result):
                return "\n".join((_line(self), *(line.say() for line in tell(result))))
            case CaseError(problems=problems):
                return "\n".join((_line(self), *(_said(problem) for problem in problems)))
            case _:
                return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, int, str]:
        """The file and line (from 0) of the fixture."""
        return self.path, self.fixture.case.place.line - 1, self.name


class ProblemItem(pytest.Item):
    """Something that is wrong with a fixture file: it fails, or is skipped where it is only a warning."""

    def __init__(self, *, problem: Problem, **rest: Any) -> None:
        super().__init__(**rest)
        self.problem = problem

    def runtest(self) -> None:
        """Fail, with the problem."""
        if self.problem.severity != "error":
            pytest.skip(self.problem.message())
        raise Unreadable

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """The problem with its fix."""
        if isinstance(excinfo.value, Unreadable):
            return f"{_line(self)}\n{_said(self.problem)}"
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, int, str]:
        """The file and line (from 0) of the problem."""
        return self.path, self.problem.line - 1, self.name


class FixtureFailed(Exception):
    """A fixture that came out otherwise than expected."""

    def __init__(self, result: FixtureResult) -> None:
        super().__init__(result.fixture.case.id)
        self.result = result


class Unreadable(Exception):
    """A fixture that cannot be read."""


def _book(config: pytest.Config) -> Book:
    """The rulebook of this run, read once."""
    if _BOOK not in config.stash:
        from reformkit.loading import load
        from reformkit.problem import RulebookError

        where = config.inipath.parent if config.inipath else config.rootpath
        rules, measures = (str(config.getini(f"reformkit_{name}")) for name in ("rules", "measures"))
        library = {"measures": None if measures == "none" else where / measures} if measures else {}
        try:
            config.stash[_BOOK] = load(where / rules if rules else None, **library)
        except RulebookError as error:
            raise pytest.UsageError("\n".join(str(problem) for problem in error.problems)) from None
    return config.stash[_BOOK]


def _line(item: FixtureItem | ProblemItem) -> str:
    path, line, name = item.reportinfo()
    return f"{path}:{line + 1}  {name}"


def _said(problem: Problem) -> str:
    return f"{problem.code} {problem.message()}\n{problem.fix()}\n{problem.message('en')}\n{problem.fix('en')}"
