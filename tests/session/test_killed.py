"""A process that tells is killed at any point; what it acknowledged is in its journal (see `killing`)."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.session.killing import STEPS

pytest.importorskip("fcntl")
ROOT = Path(__file__).parents[2]
SLICES = [(0, 20), (690, 710)]  # of a thousand; all of them in `make soak`


@pytest.mark.parametrize(("first", "last"), SLICES)
def test_killed_at_any_point_nothing_that_was_acknowledged_is_lost(tmp_path: Path, first: int, last: int) -> None:
    command = [sys.executable, "-m", "tests.session.killing", str(tmp_path), str(first), str(last)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("killed after each of 20 tellings") and "nothing acknowledged was lost" in done.stdout


def test_every_kind_of_record_is_killed_at() -> None:
    for first, last in SLICES:
        assert {step.kind for step in STEPS[first:last]} == {"tell", "retract", "forget"}
