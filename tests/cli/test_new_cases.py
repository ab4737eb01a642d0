"""`reformkit new cases`: fixtures that cover, to be confirmed."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.cli.conftest import Run


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_what_is_written_passes_covers_all_and_is_not_confirmed(run: Run, tmp_path: Path, lang: str) -> None:
    path = tmp_path / "new.cases.yaml"
    done = run("new", "cases", "--decision", "notices", "-o", path, "--lang", lang)
    assert (done.exit_code, done.stdout) == (0, "")
    tested = run("test", path, "--coverage", "--decision", "notices")
    count = path.read_text(encoding="utf-8").count("\n- ")
    assert f"其中 {count} 例的预期尚未经人确认" in tested.stdout
    counts = re.findall(r"(\d+)/(\d+)", tested.stdout)
    assert len(counts) == 3
    assert all(covered == of for covered, of in counts)


def test_it_says_how_near_to_the_fewest_it_is(run: Run) -> None:
    done = run("new", "cases", "--decision", "startup")
    assert re.search(r"共 \d+ 例.*至少须 \d+ 例", done.stderr)
    assert "没有找到结论取决于此的案件：具有典型意义为是；具有典型意义为否" in done.stderr
    assert "规则: {是否启动以案促改: STA-G1}" in done.stdout


def test_causes_and_measures_are_covered_too(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "all.cases.yaml"
    assert run("new", "cases", "-o", path).exit_code == 0
    counts = re.search(r"症结 (\d+)/(\d+)，措施 (\d+)/(\d+)", run("test", path, "--coverage").stdout)
    assert counts is not None
    assert (counts[1], counts[3]) == (counts[2], counts[4])


def test_nothing_is_overwritten(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "old.cases.yaml"
    path.write_text("mine", encoding="utf-8")
    assert run("new", "cases", "-o", path).exit_code == 2
    assert path.read_text(encoding="utf-8") == "mine"
    assert run("new", "cases", "-o", tmp_path / "cases.yaml").exit_code == 2
