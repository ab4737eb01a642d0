"""Hostile workbooks of rules: whatever is done to one, a problem comes of it, and no crash and no file.

Sixty in the suite; `REFORMKIT_EXAMPLES` asks for more (`make soak`: a thousand).
"""

from __future__ import annotations

import os
import random
import socket
import zipfile
from pathlib import Path

import pytest

import reformkit as rk
from tests.grid.folder import Sheets, small, texts

TIMES = int(os.environ.get("REFORMKIT_EXAMPLES", "60"))
SPLINTERS = [b"", b"<", b"&x;", b"<!DOCTYPE a [<!ENTITY b 'c'>]>", b"\x00", b"\xff\xfe", b'r="A1"', b't="e"', b"<f>1+1</f>", b"</row>", b'"', b"_x0000_", b"=cmd|'/c calc'!A1", b"../../x", "或".encode(), "≥".encode(), "“".encode(), b"[" * 200, b"1e999", b"9" * 400, b'hidden="1"', b'<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>']  # fmt: skip
"""What is put into the middle of a part."""


@pytest.fixture(scope="module")
def sheets(tmp_path_factory: pytest.TempPathFactory) -> Sheets:
    return Sheets(small(tmp_path_factory.mktemp("hostile")))


def spoilt(good: Path, bad: Path, dice: random.Random) -> None:
    """A workbook with some bytes of a part, or of the whole file, put otherwise."""
    if dice.random() < 0.15:
        data = bytearray(good.read_bytes())
        for _ in range(dice.randint(1, 20)):
            data[dice.randrange(len(data))] = dice.randrange(256)
        bad.write_bytes(data[: dice.randrange(len(data))] if dice.random() < 0.3 else data)
        return
    with zipfile.ZipFile(good) as before, zipfile.ZipFile(bad, "w", zipfile.ZIP_DEFLATED) as after:
        names = before.namelist()
        chosen = dice.sample([n for n in names if "sheet" in n.lower() or "shared" in n.lower()] or names, 2)
        for name in names:
            data = before.read(name)
            if name in chosen:
                for _ in range(dice.randint(1, 4)):
                    at, cut = dice.randrange(len(data) + 1), dice.choice([0, 0, 1, 5, 50])
                    data = data[:at] + dice.choice(SPLINTERS) + data[at + cut :]
            after.writestr("../../" + name if dice.random() < 0.02 else name, data)


def test_whatever_is_done_to_a_workbook_of_rules_is_said(
    sheets: Sheets, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_network(*_: object, **__: object) -> None:
        raise AssertionError("the network was asked for")

    monkeypatch.setattr(socket, "socket", no_network)
    before, bad = texts(sheets.rules), tmp_path / "bad.xlsx"
    said = 0
    for number in range(TIMES):
        spoilt(sheets.path, bad, random.Random(number))
        result = rk.import_workbook(bad, sheets.rules, dry_run=True, delete=number % 2 == 0)
        said += bool(result.problems or result.changes)
        assert result.written == ()
    assert said > TIMES // 2  # or nothing was spoilt
    assert texts(sheets.rules) == before
    assert [path.name for path in tmp_path.iterdir()] == ["bad.xlsx"]
    assert {path.name for path in sheets.rules.parent.iterdir()} == {"small", "规则.xlsx"}


def test_a_hidden_sheet_that_was_changed_is_not_believed(sheets: Sheets, tmp_path: Path) -> None:
    bad = tmp_path / "bad.xlsx"
    with zipfile.ZipFile(sheets.path) as before, zipfile.ZipFile(bad, "w") as after:
        for name in before.namelist():
            after.writestr(name, before.read(name).replace(b"S-1&quot;", b"S-7&quot;").replace(b'["S-1"', b'["S-7"'))
    assert [problem.code for problem in rk.import_workbook(bad, sheets.rules).problems] == ["RK872"]
