"""What `schema` writes, and what it leaves alone."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from reformkit.editing.jsonc import parse
from tests.cli.conftest import Run


def test_schemas_of_every_kind_are_printed(run: Run) -> None:
    made = json.loads(run("schema").stdout)
    assert {"decision", "rulebook", "vocabulary", "cases", "fixtures", "measures"} <= set(made)
    level = made["decision"]["definitions"]["test_authority_level"]
    assert "county" in level["anyOf"][0]["anyOf"][0]["enum"] and "县级" in level["anyOf"][0]["anyOf"][0]["enum"]
    assert level["description"].startswith("机关层级：")


def test_schema_files_go_where_they_are_asked(run: Run, tmp_path: Path) -> None:
    assert run("schema", "-o", tmp_path / "s").exit_code == 0
    assert json.loads((tmp_path / "s" / "decision.schema.json").read_text("utf-8"))["type"] == "object"


def test_settings_bind_the_files_of_the_rulebook_and_its_library(
    run: Run, rulebook: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("案件").mkdir()
    Path("案件", "一.yaml").write_text("编号: A-1\n", encoding="utf-8")
    Path(".vscode").mkdir()
    old = '\ufeff{\r\n  "a": 1 // 我的\r\n}\r\n'
    Path(".vscode/settings.json").write_bytes(old.encode())
    assert run("schema", "--vscode", "--rules", rulebook).exit_code == 0
    new = Path(".vscode/settings.json").read_bytes().decode()
    assert new.startswith("\ufeff") and "// 我的\r\n" in new and new.count("\n") == new.count("\r\n")
    bound = parse(new[1:].replace("\r\n", "\n")).plain["yaml.schemas"]
    folder = ".vscode/reformkit/jiuyuan"
    assert bound[f"{folder}/cases.schema.json"] == ["案件/*.yaml"]
    assert "rules/jiuyuan/startup.yaml" in bound[f"{folder}/decision.schema.json"]
    assert bound[f"{folder}/vocabulary.schema.json"] == ["rules/vocabulary.yaml"]
    assert not any("xuchang" in pattern for listed in bound.values() for pattern in listed)
    assert all(Path(schema).exists() for schema in bound)


def test_settings_that_cannot_be_read_are_left_alone(
    run: Run, rulebook: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path(".vscode").mkdir()
    Path(".vscode/settings.json").write_text('{"a": ', encoding="utf-8")
    result = run("schema", "--vscode", "--rules", rulebook)
    assert result.exit_code == 1 and "yaml.schemas" in result.stderr
    assert Path(".vscode/settings.json").read_text("utf-8") == '{"a": '


def test_a_workspace_without_the_rulebook_is_wrong_use(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run("schema", "--vscode").exit_code == 2
