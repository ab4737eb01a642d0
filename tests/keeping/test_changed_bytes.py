"""Every single changed byte is found: of a line, its hash, what stands beside it, the end, an export, a file."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from reformkit.keeping.exchange import export, restore, verify_export
from reformkit.keeping.store import Store
from reformkit.keeping.verify import verify
from reformkit.problem import LedgerError, Problem
from tests.keeping.acting import Clock, filled
from tests.keeping.test_store import without_triggers

BITS = (0x01, 0x80)
"""What is changed in a byte: a letter becomes another one, or the text no text at all."""

PLACES = {
    "act": ("line", "hash", "id", "item", "series"),
    "ledger": ("hash", "at"),
    "file": ("sha256",),
}


def spoilt(content: bytes) -> Iterator[tuple[int, bytes]]:
    """The content with one byte changed, for every byte and bit."""
    for position in range(len(content)):
        for bit in BITS:
            yield position, content[:position] + bytes([content[position] ^ bit]) + content[position + 1 :]


def spoil(path: Path, statement: str) -> None:
    """Change a database whose triggers were taken away first."""
    change = sqlite3.connect(path, isolation_level=None)
    try:
        for each in [*without_triggers("sqlite"), statement]:
            change.execute(each)
    finally:
        change.close()


def found(store: Store) -> list[Problem]:
    try:
        return verify(store)
    except LedgerError as error:
        return error.problems


@pytest.mark.parametrize(("table", "column"), [(table, column) for table, names in PLACES.items() for column in names])
def test_every_changed_byte_of_a_database_is_found(tmp_path: Path, table: str, column: str) -> None:
    path = tmp_path / "a.ledger"
    with filled(Store(path, clock=Clock()), 5) as store:
        with sqlite3.connect(path, isolation_level=None) as change:
            change.execute("PRAGMA synchronous=OFF")
            for statement in without_triggers("sqlite"):
                change.execute(statement)
            rows = change.execute(
                f"SELECT rowid, CAST({column} AS BLOB) FROM {table} WHERE {column} NOT NULL"
            ).fetchall()
            assert rows
            without = {problem.code for problem in verify(store)}
            assert without == {"RK546"}
            for row, content in rows:
                for position, bad in spoilt(content):
                    try:
                        change.execute(f"UPDATE {table} SET {column} = CAST(? AS TEXT) WHERE rowid = ?", (bad, row))
                    except sqlite3.IntegrityError:  # it stands twice now: the database itself refuses that
                        continue
                    problems = [problem for problem in found(store) if problem.code != "RK546"]
                    assert problems, (row, position, bad)
                    if column == "line":
                        assert (problems[0].code, problems[0].line) == ("RK541", row), (row, position, bad)
                change.execute(f"UPDATE {table} SET {column} = CAST(? AS TEXT) WHERE rowid = ?", (content, row))
        change.close()
        assert {problem.code for problem in verify(store)} == {"RK546"}


@pytest.mark.parametrize(
    "change", ["seq = seq + 100", "n = n + 1", "number = coalesce(number, 0) + 1", "number = NULL"]
)
def test_every_changed_number_beside_a_line_is_found(tmp_path: Path, change: str) -> None:
    for row in range(1, 9):
        path = tmp_path / f"{row}.ledger"
        with filled(Store(path), 8) as store:
            try:
                spoil(path, f"UPDATE act SET {change} WHERE seq = {row}")
            except sqlite3.IntegrityError:
                continue
            changed = change != "number = NULL" or row % 4 == 0
            assert ({problem.code for problem in verify(store)} > {"RK546"}) == changed


@pytest.mark.parametrize(
    "change", ["seq = seq - 1", "seq = seq + 1", "schema = 0", "schema = 7", "id = 2", "at = NULL"]
)
def test_every_changed_number_of_the_end_is_found(tmp_path: Path, change: str) -> None:
    path = tmp_path / "a.ledger"
    filled(Store(path), 3).close()
    spoil(path, f"UPDATE ledger SET {change}")
    try:
        with Store(path) as store:
            assert {problem.code for problem in verify(store)} == {"RK543", "RK546"}
    except LedgerError as error:
        assert {problem.code for problem in error.problems} <= {"RK521", "RK523"}


def test_every_changed_byte_of_an_export_is_found_and_nothing_is_restored_from_it(tmp_path: Path) -> None:
    path, bad = tmp_path / "a.jsonl", tmp_path / "bad.jsonl"
    with filled(Store(tmp_path / "a.ledger", clock=Clock()), 5) as store:
        export(store, path)
    content = path.read_bytes()
    assert verify_export(path) == []
    for position, changed in spoilt(content):
        bad.write_bytes(changed)
        assert verify_export(bad), position
        if position % 37 == 0:
            with pytest.raises(LedgerError):
                restore(bad, tmp_path / "b.ledger")
            assert not (tmp_path / "b.ledger").exists()


def test_an_export_that_was_cut_off_or_added_to_is_found(tmp_path: Path) -> None:
    path, bad = tmp_path / "a.jsonl", tmp_path / "bad.jsonl"
    with filled(Store(tmp_path / "a.ledger", clock=Clock()), 4) as store:
        export(store, path)
    content = path.read_bytes()
    for length in range(len(content)):
        bad.write_bytes(content[:length])
        assert verify_export(bad), length
    for more in (b"\n", b" ", b"x", content.splitlines(keepends=True)[-1]):
        bad.write_bytes(content + more)
        assert verify_export(bad), more
        bad.write_bytes(more + content)
        assert verify_export(bad), more


def test_every_changed_byte_of_a_kept_file_is_found(tmp_path: Path) -> None:
    with filled(Store(tmp_path / "a.ledger"), 5) as store:
        (path,) = (path for path in store.files.folder.rglob("*") if path.is_file())
        content = path.read_bytes()
        path.chmod(0o644)
        for position, changed in [*spoilt(content), (0, content[:-1]), (0, content + b"x"), (0, b"")]:
            path.write_bytes(changed)
            assert [(p.code, p.line) for p in verify(store)] == [("RK537", 5)], position
        assert verify(store, files=False) == []
        path.unlink()
        assert [(p.code, p.line) for p in verify(store)] == [("RK536", 5)]
        path.symlink_to(tmp_path / "elsewhere")
        (tmp_path / "elsewhere").write_bytes(content)
        assert [(p.code, p.line) for p in verify(store)] == [("RK537", 5)]
