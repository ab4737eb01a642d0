"""Killed in the middle or out of room, a run leaves its output absent or as it was, and the next says what it found."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import polars as pl
import pytest

from tests.cli.conftest import Run, bundled_book
from tests.cli.test_files import in_a_process, made, names

ROWS = 1_200
KINDS = [
    ("cases.parquet", "out.parquet"),
    ("cases.csv", "out.parquet"),
    ("cases.csv", "out.csv"),
    ("cases.csv", "out.jsonl"),
]

# Everything is large; after each batch the run says so and waits.
SLOW = """
import sys, time
import reformkit.files.assessed
from reformkit.cli import app
from reformkit.terminal import case_files
from reformkit.printing import run_summary
case_files.LARGE, reformkit.files.assessed.ROWS = 0, 500
add = run_summary.RunSummary.add
def slowly(self, *counts):
    add(self, *counts)
    print("written", file=sys.stderr, flush=True)
    time.sleep(60)
run_summary.RunSummary.add = slowly
app(sys.argv[1:])
"""


@pytest.fixture(params=KINDS, ids="-".join)
def paths(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[Path, Path]:
    """Cases, and where their assessments go."""
    cases, (given, out) = made(bundled_book(), ROWS), request.param
    if given.endswith(".csv"):
        cases.select(pl.exclude(pl.List)).write_csv(tmp_path / given)
    else:
        cases.write_parquet(tmp_path / given, row_group_size=500)
    return tmp_path / given, tmp_path / out


def rows(path: Path) -> int:
    if path.suffix == ".parquet":
        return pl.read_parquet(path).height
    return len(path.read_text(encoding="utf-8-sig").splitlines()) - (path.suffix == ".csv")


def started(given: Path, out: Path) -> subprocess.Popen[str]:
    """A run in the middle of its work."""
    command = [sys.executable, "-B", "-c", SLOW, "assess", str(given), "-o", str(out)]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    assert process.stderr is not None
    assert process.stderr.readline() == "written\n"
    return process


def test_a_killed_run_leaves_the_old_file_and_the_next_says_what_it_found(run: Run, paths: tuple[Path, Path]) -> None:
    given, out = paths
    out.write_bytes(b"old")
    with started(given, out) as process:
        (part,) = out.parent.glob(f".{out.name}.{process.pid}.*.part")
        busy = run("assess", given, "-o", out)
        process.kill()
    assert busy.exit_code == 2 and f"另一次运行（进程 {process.pid}）正在写" in busy.stderr
    assert part.exists() and out.read_bytes() == b"old"
    again = run("assess", given, "-o", out)
    assert again.exit_code == 0
    assert f"上一次运行（进程 {process.pid}，" in again.stderr.replace("\n  ", "")
    assert rows(out) == ROWS and names(out.parent) == sorted([given.name, out.name])


@pytest.mark.parametrize("paths", [KINDS[2]], indirect=True, ids="-".join)
def test_a_killed_run_leaves_nothing_where_nothing_was(paths: tuple[Path, Path]) -> None:
    given, out = paths
    with started(given, out) as process:
        process.kill()
    assert not out.exists()


def test_a_file_that_may_not_grow_leaves_no_output(paths: tuple[Path, Path]) -> None:
    given, out = paths
    process = in_a_process("assess", given, "-o", out, limit=4096)
    said = process.communicate(timeout=120)[1]
    assert (process.returncode, said.strip().splitlines()[-1]) == (1, f"无法读写 {out}：文件超过允许的大小")
    assert names(given.parent) == [given.name]


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 8 KB."""
    disk = tmp_path / "disk"
    disk.mkdir()
    if subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=8k", "tmpfs", disk], capture_output=True, check=False
    ).returncode:
        pytest.skip("mounting is not allowed here")
    yield disk
    subprocess.run(["umount", disk], check=True)


def test_a_full_disk_leaves_no_output(run: Run, paths: tuple[Path, Path], small_disk: Path) -> None:
    given, out = paths
    result = run("assess", given, "-o", small_disk / out.name)
    assert result.exit_code == 1
    assert f"无法读写 {small_disk / out.name}：磁盘已满" in result.stderr.replace("\n", "")
    assert names(small_disk) == []
