"""`reformkit desk` before it serves anything."""

from __future__ import annotations

import socket
import sys
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from reformkit.desk.desk import Desk
from reformkit.serving import loopback


def run(arguments: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    from reformkit.cli import app

    monkeypatch.setenv("COLUMNS", "200")
    with pytest.raises(SystemExit) as ended:
        app(["desk", "--no-open", *arguments])
    said = capsys.readouterr()
    return int(ended.value.code or 0), said.out + said.err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--rules", "nowhere"], "找不到文件夹 nowhere"),
        (["--cases", "nowhere.csv"], "找不到 nowhere.csv"),
        (["--cases", "nowhere.csv", "--lang", "en"], "there is no nowhere.csv"),
    ],
)
def test_what_is_not_there_is_said(
    arguments: list[str], said: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    code, words = run(arguments, monkeypatch, capsys)
    assert code == 2 and said in words and "Traceback" not in words


def test_a_ledger_that_is_not_there_is_no_empty_one(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    code, words = run(["--ledger", str(tmp_path / "typed.wrong"), "--as", "0017"], monkeypatch, capsys)
    assert code == 1 and "RK522" in words and "Traceback" not in words


def test_a_port_that_is_taken_is_said(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server((loopback.LOOPBACK, 0)) as taken:
        code, words = run(["--port", str(taken.getsockname()[1])], monkeypatch, capsys)
    assert code == 2 and "已被占用" in words


def test_without_its_packages_the_command_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "uvicorn", None)
    monkeypatch.delitem(sys.modules, "reformkit.serving.loopback")
    monkeypatch.delattr("reformkit.serving.loopback")
    code, words = run([], monkeypatch, capsys)
    assert code == 2 and "reformkit[desk]" in words


def test_the_address_is_printed_with_a_token_that_no_server_sees(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    served: list[Desk] = []

    class Server:
        def __init__(self, config: object, worker: object) -> None:
            served.append(config)  # type: ignore[arg-type]

        def run(self, sockets: list[socket.socket]) -> None:
            assert sockets[0].getsockname()[0] == "127.0.0.1"

    monkeypatch.setattr(loopback, "DeskServer", Server)
    code, words = run([], monkeypatch, capsys)
    assert code == 0 and len(served) == 1
    address = next(word for word in words.split() if word.startswith("案头已打开"))
    assert address.startswith("案头已打开：http://127.0.0.1:") and len(address.partition("/#")[2]) >= 32


def test_the_address_is_no_argument_of_the_browser(monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr(loopback.webbrowser, "open", opened.append)
    with loopback._opened("http://127.0.0.1:1/#secret"):
        page = Path(urlsplit(opened[0]).path)
        assert "secret" not in opened[0] and 'url=http://127.0.0.1:1/#secret"' in page.read_text(encoding="utf-8")
        assert page.parent.stat().st_mode & 0o077 == 0
    assert not page.exists()
