"""A pytest plugin: each fixture of a `*.cases.yaml` file is a test, with its line as its place.

Others call files so, too: they are taken only where the ini option `reformkit_rules` names a rulebook (a folder, as
seen from the ini file, or `bundled`), where a rulebook stands in a folder above them, which they are then fixtures of,
or where one is named on the command line. A run in which none was taken says at its end how many were left alone. The library is that of `reformkit_measures` (a folder, or `none`; else what
the rulebook names).
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from reformkit.parsing.endings import is_fixtures

if TYPE_CHECKING:
    from reformkit.book import Book
    from reformkit.intake.fixtures import Fixture
    from reformkit.problem import Problem
    from reformkit.testing.fixtures import FixtureResult

BUNDLED = "bundled"
RULEBOOK = "rulebook.yaml"
_BOOKS = pytest.StashKey[dict[Path | None, "Book"]]()
_TAKEN = pytest.StashKey[set[Path]]()
_LEFT = pytest.StashKey[set[Path]]()
_LEFT_ALONE = (
    "reformkit：有 {files} 个案件测试文件（如 {first}）没有运行：其上没有 rulebook.yaml，也没有设置 reformkit_rules。",
    "reformkit: {files} of *.cases.yaml (such as {first}) not run: no rulebook.yaml above, no ini option reformkit_rules.",
)
"""Said at the end; not a `Text`, of which nothing is loaded before there is a file of ours."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """Declare the ini options."""
    parser.addini("reformkit_rules", "Rulebook folder for *.cases.yaml, or `bundled`.", default="")
    parser.addini("reformkit_measures", "Measure library for *.cases.yaml: a folder, or `none`.", default="")


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """Take the fixture files that are ours; nothing of reformkit is loaded before there is one."""
    if not is_fixtures(file_path.name):
        return None
    is_configured, above = (
        bool(parent.config.getini("reformkit_rules")),
        _rulebook_above(file_path, parent.config.rootpath),
    )
    if not is_configured and above is None and not parent.session.isinitpath(file_path):
        if any(map(parent.session.isinitpath, file_path.parents)):  # pytest looks at files beside those asked for, too
            parent.config.stash.setdefault(_LEFT, set()).add(file_path)
        return None
    parent.config.stash.setdefault(_TAKEN, set()).add(file_path)
    file: pytest.Collector = FixtureFile.from_parent(parent, path=file_path, rules=None if is_configured else above)
    return file


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Say what was left alone, where no fixtures were run: that is no success of theirs."""
    left = sorted(config.stash.get(_LEFT, ()))
    if left and not config.stash.get(_TAKEN, ()):
        for said in _LEFT_ALONE:
            terminalreporter.write_line(said.format(files=len(left), first=left[0].name))


def _rulebook_above(path: Path, root: Path) -> Path | None:
    """The nearest folder above a file, within the root of the run, that holds a rulebook."""
    within = (folder for folder in path.parents if folder.is_relative_to(root))
    return next((folder for folder in within if (folder / RULEBOOK).is_file()), None)


class FixtureFile(pytest.File):
    """A file of fixtures, of the rulebook in a folder `rules`, or of the configured one."""

    def __init__(self, *, rules: Path | None, **rest: Any) -> None:
        super().__init__(**rest)
        self.rules = rules

    def collect(self) -> Iterator[pytest.Item]:
        """An item for each fixture, and one that fails for each problem of the file."""
        book = _book(self.config, self.rules)
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


def _book(config: pytest.Config, folder: Path | None) -> Book:
    """The rulebook of a folder, or that of the configuration, each read once."""
    books = config.stash.setdefault(_BOOKS, {})
    if folder not in books:
        from reformkit.loading import load
        from reformkit.problem import RulebookError

        where = config.inipath.parent if config.inipath else config.rootpath
        rules, measures = (str(config.getini(f"reformkit_{name}")) for name in ("rules", "measures"))
        library = {"measures": None if measures == "none" else where / measures} if measures else {}
        named = None if rules in ("", BUNDLED) else where / rules
        try:
            books[folder] = load(named if folder is None else folder, **library)
        except RulebookError as error:
            raise pytest.UsageError("\n".join(str(problem) for problem in error.problems)) from None
    return books[folder]


def _line(item: FixtureItem | ProblemItem) -> str:
    path, line, name = item.reportinfo()
    return f"{path}:{line + 1}  {name}"


def _said(problem: Problem) -> str:
    return f"{problem.code} {problem.message()}\n{problem.fix()}\n{problem.message('en')}\n{problem.fix('en')}"
