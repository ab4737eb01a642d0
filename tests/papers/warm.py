"""A `reformkit` that is imported once and forked for each command: a second less for every command of a paper.

Comes in: nothing. `warm_command(folder, environment)` starts the server and writes a script named `reformkit` into the folder; put the
folder first on PATH, in a shell of any kind, with pipes too.
Goes out: what the command prints, written to the caller's own files, and its exit code. Each command has a process of
its own, the caller's current folder and environment; only the importing is shared. `tests/test_package.py` and others
run the installed command itself.
"""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from reformkit.__main__ import main

CLIENT = """\
#!{python} -IS
import json, os, socket, sys
with socket.socket(socket.AF_UNIX) as server:
    server.connect({address!r})
    asked = json.dumps([sys.argv[1:], os.getcwd(), dict(os.environ)]).encode()
    socket.send_fds(server, [len(asked).to_bytes(4)], [0, 1, 2])
    server.sendall(asked)
    sys.exit(int(server.recv(8) or b"70"))
"""


@contextmanager
def warm_command(folder: Path, environment: Mapping[str, str]) -> Iterator[Path]:
    """The folder with a script `reformkit` in it, which works as long as the context is open."""
    address, script = folder / "socket", folder / "reformkit"
    script.write_text(CLIENT.format(python=sys.executable, address=str(address)), encoding="utf-8")
    script.chmod(0o755)
    with subprocess.Popen(
        [sys.executable, "-m", "tests.papers.warm", str(address)],
        env=dict(environment) | {"PYTHONPATH": os.pathsep.join(sys.path)},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
    ) as server:
        assert server.stdout is not None
        assert server.stdout.readline() == b"ready\n"
        try:
            yield folder
        finally:
            server.terminate()


def _serve(address: str) -> None:
    """Fork for each connection, for ever."""
    import reformkit.cli  # noqa: F401 (what every command imports; the work of the server alone)

    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(address)
        listening.listen()
        signal.signal(signal.SIGCHLD, signal.SIG_IGN)
        os.write(1, b"ready\n")
        while True:
            caller, _ = listening.accept()
            if os.fork() == 0:
                listening.close()
                signal.signal(signal.SIGCHLD, signal.SIG_DFL)
                _answer(caller)
            caller.close()


def _answer(caller: socket.socket) -> None:
    """Run what was asked in a process of its own, and tell its exit code."""
    size, files, *_ = socket.recv_fds(caller, 4, 3)
    asked = b""
    while len(asked) < int.from_bytes(size):
        asked += caller.recv(1 << 16)
    arguments, folder, environment = json.loads(asked)
    child = os.fork()
    if child == 0:
        for own, given in enumerate(files):
            os.dup2(given, own)
        os.closerange(3, max(files) + 1)
        sys.stdin, sys.stdout, sys.stderr = os.fdopen(0), os.fdopen(1, "w"), os.fdopen(2, "w", 1)
        os.chdir(folder)
        os.environ.clear()
        os.environ.update(environment)
        sys.argv = ["reformkit", *arguments]
        os._exit(_exit_code())
    caller.sendall(str(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])).encode())
    os._exit(0)


def _exit_code() -> int:
    try:
        main()
    except SystemExit as left:
        code = left.code if isinstance(left.code, int) else int(left.code is not None)
    else:
        code = 0
    sys.stdout.flush()
    sys.stderr.flush()
    return code


if __name__ == "__main__":
    _serve(sys.argv[1])
