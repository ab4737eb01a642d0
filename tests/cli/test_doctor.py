"""What `doctor`, `--version` and `--help` say."""

from __future__ import annotations

import re

import pytest

import reformkit
from reformkit.cli import doctor
from tests.cli.conftest import Run


def test_every_line_has_a_mark_and_the_rulebook_is_counted(run: Run) -> None:
    result = run("doctor")
    assert result.exit_code == 0
    shown = result.stdout.replace("\n  ", "")
    assert all(re.match("[√！×] ", sign) for sign in shown.splitlines()[:-1])
    assert re.search(r"决策 6 项、规则 \d+ 条、症结 \d+ 项、措施 21 项", shown)


def test_a_missing_package_is_an_error(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "NEEDED", ("no-such-package",))
    result = run("doctor", "--lang", "en")
    assert result.exit_code == 1
    assert "× no-such-package: not installed" in result.stdout


def test_the_version_is_said(run: Run) -> None:
    assert run("--version").stdout.startswith(f"reformkit {reformkit.__version__} ")


@pytest.mark.parametrize("command", ["assess", "check", "measures", "replay", "doctor"])
def test_every_command_has_help(run: Run, command: str) -> None:
    assert command in run("--help").stdout
    assert "--lang" in run(command, "--help").stdout
