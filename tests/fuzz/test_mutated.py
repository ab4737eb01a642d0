"""No reader crashes, hangs, lets a traceback out or answers otherwise than another way in, whatever is done to a file.

A few tries of each here, always the same; a minute of new ones in `make check`, more in `make soak`.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.fuzz.mutated import READERS

pytest.importorskip("fcntl")
TRIES = 2


def test_spoilt_files_of_every_kind_are_problems(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tests.fuzz.mutated", str(tmp_path), str(-TRIES)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    assert done.stdout.splitlines() == [f"{name} {TRIES}" for name in READERS]
