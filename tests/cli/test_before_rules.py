"""A case dated before the rules gets what holds otherwise, and every way out says that no rule was asked."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from tests.cli.conftest import Run, bundled_book

ROWS = (
    "id,origin,authority_level,filed_on,coordinator_gate\n"
    "A-1,filed_case,county,1990-03-01,passed\n"
    "A-2,filed_case,county,2022-03-01,passed\n"
)


@pytest.fixture
def cases(tmp_path: Path) -> Path:
    path = tmp_path / "c.csv"
    path.write_text(ROWS, encoding="utf-8")
    return path


@pytest.mark.parametrize("most", [1, 8 << 20], ids=["streamed", "held"])
@pytest.mark.parametrize("ending", ["csv", "jsonl", "parquet", "txt"])
def test_the_command_warns_of_a_case_before_the_rules(
    ending: str, most: int, cases: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reformkit.terminal.case_files.LARGE", most)
    said = run("assess", cases, "-o", cases.with_name(f"out.{ending}"), "--lang", "en")
    assert (said.exit_code, said.stderr.count("RK817")) == (0, 1)
    assert "1990-03-01" in said.stderr


@pytest.mark.parametrize("ending", ["csv", "parquet"])
def test_a_day_of_judging_makes_it_right_and_is_asked_itself(ending: str, cases: Path, run: Run) -> None:
    out = cases.with_name(f"out.{ending}")
    assert "RK817" not in run("assess", cases, "-o", out, "--as-of", "2022-05-01").stderr
    assert "2001-05-01" in run("assess", cases, "-o", out, "--as-of", "2001-05-01").stderr


def test_an_assessment_and_a_frame_say_it_in_their_data() -> None:
    book, case = bundled_book(), {"id": "A-1", "filed_on": "1990-03-01"}
    assert [problem["code"] for problem in book.assess(case).to_dict()["problems"]] == ["RK817"]
    assert book.assess(case, as_of=date(2022, 5, 1)).problems == ()
    assert book.check_frame(pl.DataFrame([case]))["code"].to_list() == ["RK817"]
