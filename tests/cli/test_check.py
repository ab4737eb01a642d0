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


def test_a_gap_is_shown_with_a_case_that_fails_until_it_is_mended(run: Run, rulebook: Path, tmp_path: Path) -> None:
    _spoil(rulebook / "startup.yaml", "      form: first\n", "      form: first\n      common_issue: true\n")
    result = run("check", rulebook)
    assert result.exit_code == 1
    assert "错误 RK301" in result.stdout
    before, _, after = result.stdout.partition("改好之前通不过）：\n")
    case = tmp_path / "shown.cases.yaml"
    case.write_text(after.partition("\n\n")[0], encoding="utf-8")
    assert before and run("test", case, "--rules", rulebook).exit_code == 1
    _spoil(rulebook / "startup.yaml", "      form: first\n      common_issue: true\n", "      form: first\n")
    assert run("test", case, "--rules", rulebook).exit_code == 0


def test_problems_as_sarif_name_file_line_and_case(run: Run, rulebook: Path) -> None:
    _spoil(rulebook / "startup.yaml", "      form: first\n", "      form: first\n      common_issue: true\n")
    sarif = json.loads(run("check", rulebook, "--format", "sarif", "--lang", "en").stdout)
    assert sarif["version"] == "2.1.0"
    (only,) = sarif["runs"]
    (result,) = [result for result in only["results"] if result["ruleId"] == "RK301"]
    assert only["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == "RK301"
    assert result["level"] == "error"
    (location,) = result["locations"]
    assert location["physicalLocation"]["artifactLocation"]["uri"].endswith("startup.yaml")
    assert location["physicalLocation"]["region"] == {"startLine": 2, "startColumn": 1, "endColumn": 9}
    assert result["properties"]["witness"]["form"] == "first"


def test_what_a_small_budget_leaves_open_is_named(run: Run, rulebook: Path) -> None:
    result = run("check", rulebook, "--budget", "1")
    assert result.exit_code == 0
    assert "RK308" in result.stdout
    assert "“是否启动以案促改”在步数以内没有证完" in result.stdout
