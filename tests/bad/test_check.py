"""Every problem of logic and knowledge is shown by a bad file, its exact message, and a fixture that fails."""

from __future__ import annotations

from pathlib import Path

import pytest

from reformkit.checking.reasons import REASONS
from reformkit.checking.showing import fixture_of
from reformkit.editing.fixture_text import fixture_text
from reformkit.problem_codes import CODES
from reformkit.testing.fixtures import run_fixtures
from tests.bad.checking import FILES, HERE, examined
from tests.bad.reading import said


@pytest.mark.parametrize("bad", FILES, ids=lambda bad: bad.name)
def test_bad_file_gives_its_expected_problems(bad: Path, tmp_path: Path) -> None:
    expected = bad.with_name(bad.name + ".expected").read_text(encoding="utf-8")
    found = examined(bad, tmp_path)[1]
    assert "\n".join(said(problem, tmp_path) for problem in found) + "\n" == expected
    assert bad.name[:5] in {problem.code for problem in found}


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("bad", [bad for bad in FILES if bad.name < "RK308"], ids=lambda bad: bad.name)
def test_the_case_of_a_problem_is_a_fixture_that_fails(bad: Path, lang: str, tmp_path: Path) -> None:
    book, problems = examined(bad, tmp_path)
    assert book is not None
    for problem in problems:
        fixture = fixture_of(problem, lang)  # type: ignore[arg-type]
        assert fixture is not None
        file = tmp_path / "shown.cases.yaml"
        file.write_text(fixture_text(fixture, book.rulebook, lang), encoding="utf-8")  # type: ignore[arg-type]
        report = run_fixtures(book, file)
        assert not report.problems
        assert [result.passed for result in report.results] == [False]


@pytest.mark.parametrize("mended", sorted(HERE.glob("*.prefer")), ids=lambda path: path.name)
def test_the_preferred_way_has_no_problem(mended: Path, tmp_path: Path) -> None:
    assert [said(problem, tmp_path) for problem in examined(mended, tmp_path)[1]] == []


def test_every_check_has_a_bad_file_a_better_one_and_a_reason() -> None:
    of_checks = {code for code in CODES if "RK300" <= code < "RK500"} - {"RK309"}
    assert REASONS.keys() == of_checks
    assert {bad.name[:5] for bad in FILES} | {"RK308"} == of_checks
    assert {path.name[:5] for path in HERE.glob("*.prefer")} | {"RK308"} == of_checks
