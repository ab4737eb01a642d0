"""Whether earlier results still hold."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run


@pytest.mark.parametrize("format", ["json", "jsonl"])
def test_unchanged_rules_leave_every_receipt_holding(run: Run, examples: Path, tmp_path: Path, format: str) -> None:
    out = tmp_path / "assessed"
    run("assess", examples / "cases", "--history", examples / "history", "--format", format, "-o", out)
    result = run("replay", out)
    assert result.exit_code == 0
    assert "√ EX-01：仍然成立" in result.stdout


def test_a_receipt_stands_by_itself(run: Run, first_case: Path, tmp_path: Path) -> None:
    assessed = json.loads(run("assess", first_case, "--format", "json").stdout)
    path = tmp_path / "receipt.json"
    path.write_text(json.dumps(assessed[0]["receipt"]), encoding="utf-8")
    assert run("replay", path).stdout == "√ EX-01：仍然成立\n"


def test_what_changed_is_said(run: Run, rulebook: Path, examples: Path, first_case: Path, tmp_path: Path) -> None:
    out = tmp_path / "assessed.json"
    run("assess", first_case, "--history", examples / "history", "--format", "json", "-o", out)
    parameters = rulebook / "parameters.yaml"
    parameters.write_text(parameters.read_text(encoding="utf-8").replace("value: 2,", "value: 9,"), encoding="utf-8")
    result = run("replay", out, "--rules", rulebook)
    assert result.exit_code == 1
    assert "× EX-01：结论有变化" in result.stdout
    assert "规则册已改动" in result.stdout
    assert "促改层次：原为“线（行业性专项促改）”，现为“点（新办理个案促改）”" in result.stdout
    assert "启动以案促改" not in result.stdout
    assert "其余结论6项仍然成立" in result.stdout
    english = run("replay", out, "--rules", rulebook, "--lang", "en").stdout
    assert "the rulebook has been edited\n" in english
    assert "other conclusions that still stand: 6" in english


@pytest.mark.parametrize("text", ["", "[]", "{}", "编号,单位\n", '{"receipt": 3}', "[1]", "[" * 5_000, "9" * 5_000])
def test_what_is_no_receipt_is_wrong_use(run: Run, tmp_path: Path, text: str) -> None:
    path = tmp_path / "file.json"
    path.write_text(text, encoding="utf-8")
    result = run("replay", path)
    assert result.exit_code == 2
    assert "不是回执" in result.stderr


def test_a_broken_receipt_does_not_hold(run: Run, first_case: Path, tmp_path: Path) -> None:
    (assessed,) = json.loads(run("assess", first_case, "--format", "json").stdout)
    path = tmp_path / "receipt.json"
    spoils: list[dict[str, object]] = [
        {"as_of": "never"},
        {"signals": 3},
        {"signals": {"industry_cases": {}}},
        {"case": {"id": "EX-01", "form": "fifth"}},
        {"outcomes": []},
        {"outcomes": {"startup": {"status": "decided"}}},
        {"measures": "IN-06"},
        {"rulebook": {}},
    ]
    for spoil in spoils:
        path.write_text(json.dumps(assessed["receipt"] | spoil), encoding="utf-8")
        result = run("replay", path)
        assert (result.exit_code, "× EX-01" in result.stdout) == (1, True), spoil


def test_bytes_that_are_no_text_are_said_to_be_so(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "file.json"
    path.write_bytes(b"\xff\xfe\x00")
    assert run("replay", path).exit_code == 2
    assert run("replay", tmp_path / "nothing").exit_code == 2


def test_an_edited_rulebook_with_the_same_conclusions_is_no_alarm(
    run: Run, rulebook: Path, examples: Path, tmp_path: Path
) -> None:
    out = tmp_path / "assessed.json"
    run("assess", examples / "cases", "--history", examples / "history", "--format", "json", "-o", out)
    parameters = rulebook / "parameters.yaml"
    parameters.write_text(parameters.read_text(encoding="utf-8").replace("value: 2,", "value: 1,"), encoding="utf-8")
    result = run("replay", out, "--rules", rulebook)
    assert result.exit_code == 1
    assert "√ EX-01：结论仍然成立\n  规则册已改动；结论和措施未变\n" in result.stdout
    assert "规则册或措施库已改动的 " in result.stdout
