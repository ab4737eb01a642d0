"""What `check` says of a rulebook."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.conftest import Run


def test_the_bundled_rulebook_has_no_problems(run: Run) -> None:
    result = run("check")
    assert (result.exit_code, result.stdout) == (0, "没有发现问题。\n")
    assert run("check", "--lang", "en").stdout == "No problems found.\n"
    assert json.loads(run("check", "--format", "json").stdout) == []


def test_a_problem_is_shown_with_its_line_and_a_caret(run: Run, rulebook: Path) -> None:
    _spoil(rulebook / "startup.yaml", "hit: first", "hit: frist")
    result = run("check", rulebook)
    assert result.exit_code == 1
    assert f"{rulebook / 'startup.yaml'}:4:6" in result.stdout
    assert "  4 │ hit: frist\n    │      ^\n" in result.stdout
    assert "最接近的是“first”" in result.stdout


def test_problems_as_json_have_both_languages(run: Run, rulebook: Path) -> None:
    _spoil(rulebook / "startup.yaml", "hit: first", "hit: frist")
    (problem,) = json.loads(run("check", rulebook, "--format", "json").stdout)
    assert (problem["severity"], problem["line"], problem["column"]) == ("error", 4, 6)
    assert set(problem["message"]) == set(problem["fix"]) == {"zh", "en"}


def test_a_faulty_rulebook_stops_assess_with_its_problems(run: Run, rulebook: Path, first_case: Path) -> None:
    _spoil(rulebook / "startup.yaml", "hit: first", "hit: frist")
    result = run("assess", first_case, "--rules", rulebook)
    assert (result.exit_code, result.stdout) == (1, "")
    assert "startup.yaml:4:6" in result.stderr


def test_rules_alone_can_be_checked(run: Run, rulebook: Path) -> None:
    assert run("check", rulebook, "--measures", "none").exit_code == 0


def test_a_folder_that_is_not_there_is_wrong_use(run: Run, tmp_path: Path, first_case: Path) -> None:
    assert run("check", tmp_path / "nothing").exit_code == 2
    assert run("check", first_case).exit_code == 2
    assert run("check", "--measures", tmp_path / "nothing").exit_code == 2


def _spoil(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
