"""What a run leaves behind, reads and shows: ended in order, bounded, and nothing that a terminal obeys."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import polars as pl
import pytest

import reformkit as rk
from reformkit.beside import beside, left_beside
from reformkit.printing.paper import paper
from reformkit.printing.problem_file import HEADS
from tests.cli.conftest import Run

CASES = "id,origin,authority_level\n" + "".join(f"A-{i},filed_case,city\n" for i in range(40_000))


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.mark.parametrize("ending", ["xlsx", "jsonl"])
def test_a_run_that_is_asked_to_end_leaves_nothing_behind(ending: str, tmp_path: Path) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    (tmp_path / "in.csv").write_text(CASES)
    command = [sys.executable, "-m", "reformkit", "assess", str(tmp_path / "in.csv"), "-o", str(tmp_path / f"out.{ending}")]  # fmt: skip
    process = subprocess.Popen(command, env={**os.environ, "TMPDIR": str(scratch)}, stderr=subprocess.DEVNULL)
    until = time.monotonic() + 60
    while not list(tmp_path.glob(".out.*.part")) and process.poll() is None and time.monotonic() < until:
        time.sleep(0.05)
    process.send_signal(signal.SIGTERM)
    assert process.wait(60) == 128 + signal.SIGTERM
    assert names(tmp_path) == ["in.csv", "scratch"] and not names(scratch)


def test_a_part_is_a_new_file_of_no_foreseeable_name(tmp_path: Path) -> None:
    out, parts = tmp_path / "o.csv", set()
    for _ in range(2):
        with beside(out) as file:
            (left,) = left_beside(out)
            parts.add(left.path.name)
            assert left.process == os.getpid() and left.written_now
            file.write(b"x")
    assert len(parts) == 2 and names(tmp_path) == ["o.csv"]


def test_a_name_of_many_bytes_has_a_part_too(tmp_path: Path) -> None:
    out = tmp_path / ("案" * 80 + ".csv")
    with beside(out) as file:
        assert len(left_beside(out)) == 1
        file.write(b"x")
    assert out.read_bytes() == b"x" and not left_beside(out)


def test_a_name_too_long_for_the_problems_beside_it_is_said(run: Run, tmp_path: Path) -> None:
    (tmp_path / "c.csv").write_text("id\nA\n")
    done = run("assess", tmp_path / "c.csv", "-o", tmp_path / ("案" * 83 + ".csv"))
    assert done.exit_code == 2 and "文件名过长" in done.stderr


def test_a_clean_second_run_takes_the_old_problems_away(run: Run, tmp_path: Path) -> None:
    given, out, beside_it = tmp_path / "c.csv", tmp_path / "o.parquet", tmp_path / "o.problems.csv"
    given.write_text("id,origin\nA,filed_case\nB,nothing\n")
    assert run("assess", given, "-o", out).exit_code == 1 and beside_it.exists()
    given.write_text("id,origin\nA,filed_case\nB,filed_case\n")
    assert run("assess", given, "-o", out).exit_code == 0 and not beside_it.exists()
    beside_it.write_text(",".join(head.en for head in HEADS) + "\n")
    assert run("assess", given, "-o", tmp_path / "o.csv").exit_code == 0 and not beside_it.exists()
    beside_it.write_text("mine\n")
    assert run("assess", given, "-o", out).exit_code == 0 and beside_it.read_text() == "mine\n"


def test_an_input_is_never_the_list_of_problems(run: Run, tmp_path: Path) -> None:
    given = tmp_path / "y.problems.csv"
    given.write_text("id,origin\nA,nothing\n")
    done = run("assess", given, "-o", tmp_path / "y.parquet")
    assert (
        done.exit_code == 2
        and "另写一个输出文件名" in done.stderr.replace("\n", "")
        and given.read_text() == "id,origin\nA,nothing\n"
    )


@pytest.mark.parametrize("path", ["/dev/zero", "/dev/null", "fifo"])
def test_receipts_come_from_files_alone(path: str, run: Run, tmp_path: Path) -> None:
    if path == "fifo":
        path = str(tmp_path / path)
        os.mkfifo(path)
        os.open(path, os.O_RDWR)
    done = run("replay", path)
    assert done.exit_code == 2 and "不是文件" in done.stderr


def test_what_a_receipt_says_reaches_no_terminal_raw(run: Run, tmp_path: Path) -> None:
    (tmp_path / "r.json").write_text('{"case": {"id": "A\\u001b[31m\\nB"}, "outcomes": {}, "rulebook": {}}')
    done = run("replay", tmp_path / "r.json")
    assert "\x1b" not in done.stdout + done.stderr and r"A\x1b[31m\nB" in done.stdout


def test_what_a_parquet_file_says_reaches_no_terminal_raw(run: Run, tmp_path: Path) -> None:
    pl.DataFrame({"id": ["A\x1b]0;x\x07"], "origin": ["no\x1b[2Jne"], "\x1b[1mextra": ["x"]}).write_parquet(tmp_path / "c.parquet")  # fmt: skip
    for more in ((), ("-o", tmp_path / "o.csv"), ("-o", tmp_path / "o.parquet")):
        done = run("assess", tmp_path / "c.parquet", *more)
        assert done.exit_code == 1 and not re.search("[\x00-\x08\x0b-\x1f\x7f]", done.stdout + done.stderr)


def test_the_name_of_a_file_reaches_no_terminal_raw(run: Run, tmp_path: Path) -> None:
    for name in ("a\x1b[31m\nb.csv", "a\u202eb.txt"):
        (tmp_path / name).write_text("id,origin\nA,nothing\n")
        done = run("assess", tmp_path / name)
        assert done.exit_code == 1 and "\x1b" not in done.stderr and "\u202e" not in done.stderr
        assert "a\\" in done.stderr


def test_paper_shows_what_a_terminal_would_obey(capsys: pytest.CaptureFixture[str]) -> None:
    page = paper(sys.stdout)
    page.print("a\x1b[31mb\x9bc")
    page.say("x\x1by")
    first, second = capsys.readouterr().out.splitlines()
    assert first == "a\\x1b[31mb\\x9bc" and "\x1b" not in second


FORKS = """
import os, sys
import polars as pl
import reformkit as rk
book = rk.load()
frame = pl.DataFrame({"id": ["A"] * 1000, "origin": ["filed_case"] * 1000})
if sys.argv[1] == "after":
    book.decide_frame("startup", frame)
pid = os.fork()
if pid == 0:
    try:
        book.decide_frame("startup", frame)
        os.write(1, b"decided")
    except RuntimeError as error:
        os.write(1, type(error).__name__.encode())
    os._exit(0)
os.waitpid(pid, 0)
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="a system without fork")
@pytest.mark.parametrize(("when", "said"), [("before", "decided"), ("after", "ForkedError")])
def test_a_forked_process_says_that_it_cannot_use_frames(when: str, said: str) -> None:
    command = [sys.executable, "-W", "ignore", "-c", FORKS, when]
    assert subprocess.run(command, capture_output=True, text=True, timeout=60, check=True).stdout == said


def test_a_single_case_is_assessed_after_a_fork() -> None:
    program = "import os, reformkit as rk\nb = rk.load()\nb.assess({})\npid = os.fork()\nb.assess({})\nos._exit(0) if pid == 0 else os.waitpid(pid, 0)"  # fmt: skip
    assert subprocess.run([sys.executable, "-c", program], timeout=60, check=True).returncode == 0
    assert rk.load() is not None
