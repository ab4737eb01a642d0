"""Where durable-rules is not, and where the system lacks what Windows lacks, an analyst's way is the same."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]

BLOCKED = """
import sys

class Blocked:
    names = {"durable", "durable_rules_engine", "fcntl", "grp", "posix_ipc", "pwd", "resource", "syslog", "termios"}

    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in self.names:
            raise ImportError(f"{name} is not on this system")

for name in Blocked.names:
    sys.modules.pop(name, None)
sys.meta_path.insert(0, Blocked())
"""


def _run(code: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", BLOCKED + code], cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False
    )


def test_the_library_works_and_a_session_decides_on_the_compiled_tables() -> None:
    done = _run(
        "import reformkit as rk\n"
        "book = rk.load()\n"
        "facts = {'origin': 'filed_case', 'authority_level': 'city', 'form': 'fourth'}\n"
        "print(book.assess({'id': 'X-1', **facts}).startup.outcome, bool(book.assess(facts).explain()))\n"
        "with book.session() as session:\n"
        "    session.tell('X-1', **facts)\n"
        "    print(session.by, session['X-1'].startup.outcome)\n"
        "try:\n"
        "    book.session(by='durable')\n"
        "except ImportError as error:\n"
        "    print(error)\n"
    )
    assert done.returncode == 0, done.stderr
    first, second, third = done.stdout.splitlines()
    assert (first, second) == ("start True", "compiled start")
    assert 'by="compiled" gives the same answers' in third


@pytest.mark.parametrize(
    "arguments",
    [
        ["assess", "examples/cases", "-o", "{out}/a.csv"],
        ["assess", "examples/year/cases.csv", "--history", "self", "-o", "{out}/a.xlsx"],
        ["check", "rules/xuchang"],
        ["watch", "examples/session/sector.jsonl"],
        ["test", "tests/cases/rows.cases.yaml"],
    ],
    ids=lambda arguments: f"{arguments[0]}{Path(arguments[-1]).suffix}",
)
def test_the_commands_of_an_analyst_work(arguments: list[str], tmp_path: Path) -> None:
    argv = ["reformkit", *(argument.format(out=tmp_path) for argument in arguments)]
    done = _run(f"sys.argv = {argv!r}\nfrom reformkit.__main__ import main\nsys.exit(main())\n")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Traceback" not in done.stderr


def test_a_session_without_by_uses_durable_rules_where_it_is() -> None:
    pytest.importorskip("durable")
    import reformkit

    with reformkit.load().session() as session:
        assert session.by == "durable"


def test_durable_rules_is_asked_for_only_where_it_can_be_built() -> None:
    with (ROOT / "pyproject.toml").open("rb") as file:
        wanted = tomllib.load(file)["project"]["dependencies"]
    (durable,) = [one for one in wanted if one.startswith("durable-rules")]
    assert durable.endswith("; python_version < '3.13' and sys_platform != 'win32'")
