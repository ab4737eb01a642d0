"""The fixtures of tests/cases: each comes out as it says; and what a report tells when one does not."""

from __future__ import annotations

from pathlib import Path

import pytest

import reformkit as rk
from reformkit.proving.fixtures import fixture_files
from reformkit.reading.fixtures import Fixture

CASES = Path(__file__).parent / "cases"
BOOK = rk.load()
READ = {file: BOOK.read_fixtures(file) for file in fixture_files(CASES)}


@pytest.mark.parametrize("file", READ, ids=lambda file: file.name)
def test_a_fixture_file_has_no_problem(file: Path) -> None:
    assert [str(problem) for problem in READ[file][1]] == []


@pytest.mark.parametrize(
    "fixture", [f for found, _ in READ.values() for f in found], ids=lambda f: f"{f.case.id} {f.name}"
)
def test_a_fixture_comes_out_as_it_says(fixture: Fixture, tmp_path: Path) -> None:
    class One:
        def read_fixtures(self, path: Path) -> tuple[list[Fixture], list[rk.Problem]]:
            return [fixture], []

        def assess_fixture(self, fixture: Fixture) -> rk.Assessment:
            return BOOK.assess_fixture(fixture)

    (result,) = rk.run_fixtures(One(), tmp_path / "one").results
    assert result.failures == ()


WRONG = """
- id: W-1
  name: wrong in every way
  origin: filed_case
  authority_level: city
  form: fourth
  history: []
  findings: [{cause: institution.asset_rules}]
  expect:
    startup: {status: decided, outcome: "no", possible: [start, conflict], needs: [form]}
    rules: {startup: STA-C2}
    measures: {include: [PR-01], exclude: [IN-06]}
"""


def test_a_failure_says_what_was_expected_and_what_was_found(tmp_path: Path) -> None:
    file = tmp_path / "wrong.cases.yaml"
    file.write_text(WRONG, encoding="utf-8")
    report = rk.run_fixtures(BOOK, tmp_path)
    assert not report.passed
    assert [(f.what, f.expected, f.found) for f in report.results[0].failures] == [
        ("startup.outcome", "no", "start"),
        ("startup.possible", "conflict, start", "start"),
        ("startup.needs", "form", ""),
        ("startup.rule", "STA-C2", "STA-C1"),
        ("measures.include", "PR-01", "IN-06"),
        ("measures.exclude", "IN-06", "IN-06"),
    ]


def test_a_bad_fixture_is_reported_and_the_others_are_run(tmp_path: Path) -> None:
    file = tmp_path / "bad.cases.yaml"
    file.write_text(
        "- {id: A, as_of: soon, expect: {startup: strat, lyer: line, measures: {inclde: []}}}\n"
        "- {id: B, expect: {startup: {status: undetermined}}}\n"
        "- {id: C, history: [{origin: filed_case}], expect: {layer: {status: opne, needs: [colour]}}}\n",
        encoding="utf-8",
    )
    report = rk.run_fixtures(BOOK, file)
    assert [result.fixture.case.id for result in report.results] == ["B"]
    assert report.results[0].passed
    assert [(p.line, p.code) for p in report.problems] == [
        (1, "RK134"),
        (1, "RK130"),
        (1, "RK120"),
        (1, "RK120"),
        (3, "RK121"),
        (3, "RK141"),
        (3, "RK129"),
    ]
