"""Bytes that are no text, numbers too large, types that Polars lacks: their row is a problem, and no other is touched."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

import pytest

from tests.fuzz.hostile_columns import COLUMNS, OF_POLARS

DAMAGED = ("index beyond the dictionary", "offsets that go back", "negative offset")
"""Columns that contradict themselves: nothing of them can be trusted."""

ALL_WRONG = ("decimal of 256 bits", "interval")
UNDECODABLE = (
    "unit",
    "large unit",
    "view unit",
    "sliced unit",
    "dictionary unit",
    "choice",
    "date",
    "tags",
    "evidence",
)

Told = dict[tuple[str, str], Any]


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Told:
    """What a process that is given every hostile column says of each, by name and way in."""
    folder = tmp_path_factory.mktemp("hostile")
    command = [sys.executable, "-m", "tests.fuzz.hostile_columns", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 0, (lines[-1:], done.stderr[-2000:])
    return {(name, way): said for name, way, said in lines}


@pytest.mark.parametrize("name", COLUMNS)
@pytest.mark.parametrize("way", ["table", "pandas"])
def test_a_hostile_column_costs_its_row_alone(name: str, way: str, told: Told) -> None:
    said = told[name, way]
    if name in DAMAGED:
        assert said == {"error": ["RK191"]}
    else:
        bad = [0, 1, 2] if name in ALL_WRONG else [] if name == "not used" else [1]
        assert [row for row, status in enumerate(said) if status == "problem"] == bad


@pytest.mark.parametrize("name", OF_POLARS)
def test_a_value_that_no_column_of_facts_can_hold_costs_its_row_alone(name: str, told: Told) -> None:
    assert [status == "problem" for status in told[name, "polars"]] == [False, True, False]


@pytest.mark.parametrize("name", UNDECODABLE)
def test_bytes_that_are_no_text_are_named(name: str, told: Told) -> None:
    assert told[name, "checked"] == ["RK106"]
    if name != "dictionary unit":  # Arrow itself gives up the whole column of a file
        assert told[name, "parquet"] == {"cases": ["A", "C"], "codes": ["RK106"], "rows": [2]}


def test_a_file_says_of_each_hostile_column_what_the_frame_says(told: Told) -> None:
    for name in ("milliseconds beyond the calendar", "unsigned", "control character"):
        of_values = [
            code for code in told[name, "checked"] if code != "RK817"
        ]  # of rules, said when a case is assessed
        assert told[name, "parquet"] == {"cases": ["A", "C"], "codes": of_values, "rows": [2]}
    assert told["not used", "parquet"] == {"cases": ["A", "B", "C"], "codes": [], "rows": []}
