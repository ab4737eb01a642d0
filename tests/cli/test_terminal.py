"""The command as it runs in a shell: pipes, encodings, signals, colour."""

from __future__ import annotations

import os
import pty
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from reformkit.loading import bundled

COMMAND = [sys.executable, "-m", "reformkit"]
SOURCE = str(Path(__file__).parents[2] / "src")


def environment(**more: str) -> dict[str, str]:
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("LC_", "LANG", "PYTHON", "COLUMNS", "NO_COLOR"))}
    return kept | {"PYTHONPATH": SOURCE} | more


def start(*arguments: object, **more: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [*COMMAND, *map(str, arguments)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment(**more)
    )


@pytest.mark.parametrize("format", ["text", "csv", "jsonl"])
def test_a_broken_pipe_is_quiet(format: str) -> None:
    process = start("assess", bundled("examples") / "year" / "cases.csv", "--format", format)
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.close()
    said = process.stderr.read()
    assert (process.wait(60), said) == (141, b"")
    process.stderr.close()


@pytest.mark.parametrize("arguments", [["doctor"], ["--help"], ["measures"], ["measures", "XX"]])
def test_a_locale_without_chinese_still_speaks_it(arguments: list[str]) -> None:
    ascii_only = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    out, err = start(*arguments, **ascii_only).communicate(timeout=60)
    assert b"Traceback" not in err
    assert any("一" <= c <= "龥" for c in (out + err).decode("utf-8"))


def test_text_speaks_the_encoding_of_the_terminal_and_data_utf8() -> None:
    gbk = {"PYTHONIOENCODING": "gb18030"}
    assert "共 21 项。" in start("measures", **gbk).communicate(timeout=60)[0].decode("gb18030")
    assert "资产资源清查" in start("measures", "--format", "json", **gbk).communicate(timeout=60)[0].decode("utf-8")


def test_a_pipe_gets_no_colour() -> None:
    assert b"\x1b[" not in start("measures", "IN-06").communicate(timeout=60)[0]


@pytest.mark.parametrize(("more", "coloured"), [({}, True), ({"NO_COLOR": "1"}, False)])
def test_a_terminal_gets_colour_unless_it_asks_for_none(more: dict[str, str], coloured: bool) -> None:
    shown = in_terminal("measures", "IN-06", TERM="xterm-256color", **more)
    assert ("\x1b[1;36m" in shown) is coloured


def test_progress_is_shown_to_who_watches_and_leaves_nothing(tmp_path: Path) -> None:
    shown = in_terminal(
        "assess", bundled("examples") / "year" / "cases.csv", "-o", tmp_path / "out.txt", TERM="xterm-256color"
    )
    assert "研判中" in shown
    assert (tmp_path / "out.txt").read_text(encoding="utf-8").startswith("汇总\n")


def test_an_interrupt_is_quiet() -> None:
    many = bundled("examples") / "year" / "cases.csv"
    code = (
        "import os, signal, reformkit.cli.assess as m\n"
        "def interrupted(*_): os.kill(os.getpid(), signal.SIGINT)\n"
        "m.print_year = interrupted\n"
        "from reformkit.cli import app\n"
        f"app(['assess', {str(many)!r}])"
    )
    process = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, env=environment(), timeout=60, check=False
    )
    assert (process.returncode, process.stdout, process.stderr) == (128 + signal.SIGINT, b"", b"")


def test_an_interrupt_while_the_command_is_loaded_is_quiet() -> None:
    code = (
        "import sys\n"
        "class Interrupting:\n"
        "    def find_spec(self, name, *more):\n"
        "        if name == 'reformkit.cli': raise KeyboardInterrupt\n"
        "sys.meta_path.insert(0, Interrupting())\n"
        "from reformkit.__main__ import main\n"
        "main()"
    )
    process = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, env=environment(), timeout=60, check=False
    )
    assert (process.returncode, process.stdout, process.stderr) == (128 + signal.SIGINT, b"", b"")


def in_terminal(*arguments: object, **more: str) -> str:
    """What a command shows on a terminal of its own."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [*COMMAND, *map(str, arguments)], stdin=theirs, stdout=theirs, stderr=theirs, env=environment(**more)
    )
    os.close(theirs)
    shown = b""
    try:
        while part := os.read(ours, 65536):
            shown += part
    except OSError:  # the terminal closes with its last user
        pass
    os.close(ours)
    assert process.wait(60) == 0
    return shown.decode("utf-8")


@pytest.mark.parametrize(("closed", "open_"), [("1", "2"), ("2", "1")])
def test_a_closed_stream_is_no_fault(closed: str, open_: str) -> None:
    case = sorted((bundled("examples") / "cases").glob("01-*.yaml"))[0]
    command = f"{sys.executable} -m reformkit assess '{case}' {closed}>&-"
    done = subprocess.run(["bash", "-c", command], env=environment(), capture_output=True, text=True, check=False)
    assert done.returncode == 0
    assert "Traceback" not in done.stdout + done.stderr
    assert ("是否启动以案促改：启动" in done.stdout) == (open_ == "1")
