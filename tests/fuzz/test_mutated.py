"""No reader crashes, hangs or lets a traceback out, whatever is done to a good file (longer in `make soak`)."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("fcntl")
SECONDS = 10


def test_spoilt_files_of_every_kind_are_problems(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tests.fuzz.mutated", str(tmp_path), str(SECONDS)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stdout[-500:] + done.stderr[-3000:]
    assert len(done.stdout.splitlines()) == 11
