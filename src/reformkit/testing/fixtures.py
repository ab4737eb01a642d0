"""Running fixtures: what was expected beside what came out."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from reformkit.assessing.assessor import Assessor
from reformkit.assessing.weighed import Weighed
from reformkit.intake.fixtures import Fixture, Wanted, read_fixtures
from reformkit.model.decision import Decision
from reformkit.model.gives import NOTHING_GIVEN, CollectedGives, Gives
from reformkit.parsing.endings import FIXTURES, is_fixtures
from reformkit.problem import CaseError, Problem

ENDING = FIXTURES[0]


@dataclass(frozen=True, slots=True)
class Failure:
    """One thing that came out otherwise than expected: `what` is `startup.outcome`, `measures.include`, …"""

    what: str
    expected: str
    found: str


@dataclass(frozen=True, slots=True)
class FixtureResult:
    """One fixture, what came out, and everything that came out otherwise than expected."""

    fixture: Fixture
    failures: tuple[Failure, ...]
    assessment: Weighed

    @property
    def passed(self) -> bool:
        """Whether everything came out as expected."""
        return not self.failures


@dataclass(frozen=True, slots=True)
class FixtureReport:
    """The results of the fixtures that could be read, and the problems of those that could not."""

    results: list[FixtureResult] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    @property
    def passed(self) -> bool:
        """Whether every fixture could be read and passed."""
        return not self.problems and all(result.passed for result in self.results)

    @property
    def unconfirmed(self) -> list[FixtureResult]:
        """The results of fixtures whose expectation no person has confirmed yet."""
        return [result for result in self.results if not result.fixture.confirmed]


def fixture_files(path: str | os.PathLike[str]) -> list[Path]:
    """The fixture files (`*.cases.yaml`, `*.cases.yml`) of a folder and the folders in it; a file stands for itself."""
    place = Path(path)
    return sorted(file for file in place.rglob("*") if is_fixtures(file.name)) if place.is_dir() else [place]


def run_fixtures(book: Assessor, path: str | os.PathLike[str]) -> FixtureReport:
    """Assess every fixture of a file or folder and compare.

    >>> import reformkit
    >>> run_fixtures(reformkit.load(), "tests/cases/rows.cases.yaml").passed
    True
    """
    report = FixtureReport()
    for file in fixture_files(path):
        fixtures, problems = read_fixtures(file, book.rulebook, None if book.library is None else book.library.measures)
        report.problems.extend(problems)
        for fixture in fixtures:
            try:
                report.results.append(run_fixture(book, fixture))
            except CaseError as error:
                report.problems.extend(error.problems)
    return report


def run_fixture(book: Assessor, fixture: Fixture) -> FixtureResult:
    """Assess one fixture and compare. Raises `CaseError` for facts that cannot be taken."""
    assessment = book.assess(fixture.case, fixture.history, fixture.as_of, fixture.letter_on)
    return FixtureResult(fixture, tuple(failures(fixture, assessment)), assessment)


def failures(fixture: Fixture, assessment: Weighed) -> Iterator[Failure]:
    """Everything that differs from what a fixture expects."""
    for name, wanted in fixture.decisions.items():
        yield from otherwise_than(wanted, assessment.decisions[name])
    yield from measures_otherwise(fixture, assessment)


def measures_otherwise(fixture: Fixture, assessment: Weighed) -> Iterator[Failure]:
    """How the recommended measures differ from what a fixture expects."""
    if fixture.include is None and not fixture.exclude:
        return
    recommended = [r.measure.id for r in assessment.recommendations]
    include = fixture.include
    if include is not None and (not set(include) <= set(recommended) or (not include and recommended)):
        yield Failure("measures.include", ", ".join(include), ", ".join(recommended))
    if set(fixture.exclude) & set(recommended):
        yield Failure("measures.exclude", ", ".join(fixture.exclude), ", ".join(recommended))


def otherwise_than(wanted: Wanted, decision: Decision) -> Iterator[Failure]:
    """What of a decision came out otherwise than wanted."""
    pairs: list[tuple[str, object, object]] = [
        ("status", wanted.status, decision.status),
        ("outcome", wanted.outcome, decision.outcome),
        ("outcomes", wanted.outcomes, frozenset(decision.outcomes)),
        ("possible", wanted.possible, frozenset(decision.possible)),
        ("needs", wanted.needs, None if wanted.needs is None else tuple(n.fact for n in decision.needs)),
        ("rule", wanted.rule, decision.rule),
        ("rules", wanted.rules, frozenset(decision.rules)),
    ]
    for part, expected, found in pairs:
        if expected is not None and expected != found:
            yield Failure(f"{decision.decision}.{part}", _said(expected), _said(found))
    for outcome, name, value in wanted.gives or ():
        given = _given(decision, outcome)
        if given.get(name) != value:
            came = f"{name} {given[name]}" if name in given else ""
            yield Failure(f"{decision.decision}.gives", f"{name} {value}", came)
    if wanted.holding is not None and wanted.holding not in decision.rules:
        yield Failure(f"{decision.decision}.rules", wanted.holding, _said(frozenset(decision.rules)))


def _given(decision: Decision, outcome: str | None) -> Gives:
    """What came with the outcome, or with one of those that a decision collects."""
    match decision.gives:
        case CollectedGives() as collected:
            by_outcome = dict(zip(decision.outcomes, collected, strict=True))
            return by_outcome.get(str(outcome), NOTHING_GIVEN)
        case gives:
            return NOTHING_GIVEN if gives is None else gives


def _said(value: object) -> str:
    if isinstance(value, frozenset | tuple):
        return ", ".join(sorted(value) if isinstance(value, frozenset) else value)
    return str(value)
