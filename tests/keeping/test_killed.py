"""Writers that are killed lose nothing that was acknowledged (`make soak` kills a thousand on each database)."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork")
def test_writers_that_are_killed_lose_nothing_and_write_nothing_twice(url: str, request: pytest.FixtureRequest) -> None:
    # in a process of its own: forking does not go with the threads of a test run
    command = [sys.executable, "-m", "tests.keeping.killing", "50", url]
    done = subprocess.run(
        command, cwd=request.config.rootpath, capture_output=True, text=True, check=False, timeout=300
    )
    assert done.returncode == 0, done.stderr
    assert "none lost, none twice" in done.stdout
