"""Hostile workbooks of rules: whatever is done to one, it is said at its place, and there is no crash, hang, network or file.

Some forty in the suite; `REFORMKIT_EXAMPLES` asks for more (`make soak`: a thousand).
"""

from __future__ import annotations

import faulthandler
import json
import os
import random
import socket
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

import reformkit as rk
from tests.grid.folder import Sheets, small, texts
from tests.grid.spoiling import WAYS

TIMES = max(len(WAYS) * 3, int(os.environ.get("REFORMKIT_EXAMPLES", "0")))
PATIENCE = 60
"""Seconds after which one workbook is called a hang."""

OF_THE_FILE = {"RK101", "RK103", "RK194", "RK870", "RK872"}
"""What is said of a workbook as a whole."""


@pytest.fixture(scope="module")
def sheets(tmp_path_factory: pytest.TempPathFactory) -> Sheets:
    return Sheets(small(tmp_path_factory.mktemp("hostile")))


@pytest.fixture(scope="module")
def english(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return Sheets(small(tmp_path_factory.mktemp("english")), "en").path


@pytest.fixture
def no_network(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("the network was asked for")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "create_connection", refuse)
    yield
    faulthandler.cancel_dump_traceback_later()


def is_located(problem: rk.Problem, path: Path) -> bool:
    """Whether a problem says where it is: at a cell, or that it concerns the whole file."""
    place = problem.place
    return place.path == str(path) and place.line >= 1 and place.column >= 1 and (bool(place.sheet) or problem.code in OF_THE_FILE)  # fmt: skip


@pytest.mark.usefixtures("no_network")
def test_whatever_is_done_to_a_workbook_of_rules_is_said(sheets: Sheets, english: Path, tmp_path: Path) -> None:
    before, bad = texts(sheets.rules), tmp_path / "bad.xlsx"
    silent = dict.fromkeys(WAYS, True)
    for number in range(TIMES):
        way = list(WAYS)[number % len(WAYS)]
        dice = random.Random(f"{way} {number}")
        WAYS[way](english if dice.random() < 0.2 and way != "another tool" else sheets.path, bad, dice)
        faulthandler.dump_traceback_later(PATIENCE, exit=True)
        result = rk.import_workbook(bad, sheets.rules, dry_run=True, delete=number % 2 == 0)
        silent[way] &= not (result.problems or result.changes)
        assert result.written == () and json.dumps(result.to_dict(), ensure_ascii=False)
        for problem in result.problems:
            assert is_located(problem, bad), (way, number, problem)
            assert all((problem.message(lang), problem.fix(lang)) for lang in ("zh", "en"))
    assert [way for way, is_silent in silent.items() if is_silent] == []  # or nothing was spoilt
    assert texts(sheets.rules) == before
    assert [path.name for path in tmp_path.iterdir()] == ["bad.xlsx"]
    assert {path.name for path in sheets.rules.parent.iterdir()} == {"small", "规则.xlsx"}


def test_a_hidden_sheet_that_was_changed_is_not_believed(sheets: Sheets, tmp_path: Path) -> None:
    bad = tmp_path / "bad.xlsx"
    with zipfile.ZipFile(sheets.path) as before, zipfile.ZipFile(bad, "w") as after:
        for name in before.namelist():
            after.writestr(name, before.read(name).replace(b"S-1&quot;", b"S-7&quot;").replace(b'["S-1"', b'["S-7"'))
    assert [problem.code for problem in rk.import_workbook(bad, sheets.rules).problems] == ["RK872"]
