"""What `fmt` writes, what it leaves alone, and what it says."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

import reformkit
from tests.cli.conftest import Run


def test_a_rulebook_goes_to_chinese_and_back(run: Run, rulebook: Path, tmp_path: Path) -> None:
    before = {path: path.read_bytes() for path in tmp_path.rglob("*.yaml")}
    digest = reformkit.load(rulebook).digest
    assert run("fmt", rulebook / "startup.yaml", "--check").exit_code == 0
    assert run("fmt", rulebook / "startup.yaml", "--to", "zh", "--check").exit_code == 1
    assert {path: path.read_bytes() for path in before} == before
    assert run("fmt", tmp_path, "--to", "zh").exit_code == 0
    assert "结论: 启动" in (rulebook / "startup.yaml").read_text("utf-8")
    assert reformkit.load(rulebook).digest == digest
    assert run("fmt", tmp_path, "--to", "en").exit_code == 0
    assert {path: path.read_bytes() for path in before} == before


def test_a_file_with_errors_is_left_as_it_is_and_its_problems_are_shown(run: Run, rulebook: Path) -> None:
    path = rulebook / "startup.yaml"
    path.write_text(path.read_text("utf-8").replace("hit: first", "hit: frist", 1), encoding="utf-8")
    before = path.read_bytes()
    result = run("fmt", path, "--to", "zh")
    assert (result.exit_code, path.read_bytes()) == (1, before)
    assert "startup.yaml:4:6" in result.stderr


def test_bad_cases_are_left_as_they_are(run: Run, bad_cases: Path) -> None:
    before = bad_cases.read_bytes()
    result = run("fmt", bad_cases, "--to", "en")
    assert (result.exit_code, bad_cases.read_bytes()) == (1, before) and "县纪" in result.stderr


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_bom_newlines_permissions_and_links_stay(run: Run, tmp_path: Path, newline: str) -> None:
    real, link = tmp_path / "真.yaml", tmp_path / "案件.yaml"
    lines = ["# 注", "- id: A", "  form: third   # 末", ""]
    real.write_bytes("\ufeff".encode() + newline.join(lines).encode())
    real.chmod(0o640)
    link.symlink_to(real)
    assert run("fmt", link, "--to", "zh").exit_code == 0
    wanted = ["# 注", "- 编号: A", "  处置形态: 第三种形态   # 末", ""]
    assert real.read_bytes() == "\ufeff".encode() + newline.join(wanted).encode()
    assert stat.S_IMODE(real.stat().st_mode) == 0o640 and link.is_symlink()
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([real.name, link.name])


def test_a_file_of_something_else_is_passed_over_in_a_folder_and_named_alone(run: Run, tmp_path: Path) -> None:
    other = tmp_path / "compose.yaml"
    other.write_text("services:   {a: 1}\n")
    assert run("fmt", tmp_path).exit_code == 0
    assert run("fmt", other).exit_code == 1
    assert other.read_text() == "services:   {a: 1}\n"
    assert run("fmt", tmp_path / "nothing.yaml").exit_code == 2


def test_a_decision_that_no_rulebook_reads_is_left_alone(run: Run, tmp_path: Path) -> None:
    lone = tmp_path / "d.yaml"
    lone.write_text("decision: d\nhit: first\noutcomes: [x]\nrules:\n- {then: x, id: A, when: {}}\n")
    before = lone.read_bytes()
    result = run("fmt", lone)
    assert (result.exit_code, lone.read_bytes()) == (1, before) and "没有规则册" in result.stderr
