"""The month's list on the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run, bundled_book
from tests.practising.story import begun


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    """A ledger with one letter sent and not received."""
    story = begun(tmp_path / "九原.ledger", tmp_path, bundled_book())
    story.to_the_letters()
    story.send()
    story.ledger.close()
    return tmp_path / "九原.ledger"


def test_list_is_printed_with_the_anchor_last(run: Run, ledger: Path) -> None:
    said = run("dispatch", "--ledger", ledger, "--as-of", "2022-04-06")
    assert (said.exit_code, said.stderr) == (0, "")
    lines = [line.strip() for line in said.stdout.splitlines() if line.strip()]
    assert lines[0] == "以案促改月调度（2022-04-06），下次调度 2022-04-08"
    assert "逾期（1）" in lines and "文书未签收（1）" in lines
    anchor = run("ledger", "anchor", ledger).stdout.strip().split(":")
    assert lines[-1] == f"台账截至第{anchor[0]}号·校验码{anchor[1]}"
    assert (
        "Letters not received (1)"
        in run("dispatch", "--ledger", ledger, "--as-of", "2022-04-06", "--lang", "en").stdout
    )


def test_list_is_data_and_a_file_and_slips(run: Run, ledger: Path, tmp_path: Path) -> None:
    plain = json.loads(run("dispatch", "--ledger", ledger, "--as-of", "2022-04-06", "--format", "json").stdout)
    assert plain["counts"]["overdue"] == 1
    made = run(
        "dispatch", "--ledger", ledger, "--as-of", "2022-04-06", "-o", tmp_path / "月调度.docx", "--slips", tmp_path / "督办"
    )  # fmt: skip
    assert made.exit_code == 0 and "督办单初稿 1 份" in made.stdout
    assert (tmp_path / "月调度.docx").exists()
    assert [path.suffix for path in (tmp_path / "督办").iterdir()] == [".docx"]
    wrong = run("dispatch", "--ledger", ledger, "-o", tmp_path / "月调度.pdf")
    assert (wrong.exit_code, wrong.stderr.strip()) == (2, "只能写为 .docx .xlsx .txt .json")


def test_ledger_that_is_not_there_is_said(run: Run, tmp_path: Path) -> None:
    missing = run("dispatch", "--ledger", tmp_path / "没有.ledger")
    assert missing.exit_code == 1
    assert "错误 RK" in missing.stderr
