"""A disk that is full: nothing is half written, what was acknowledged stays, and the act can be tried again."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from reformkit.keeping.exchange import export, restore
from reformkit.keeping.store import Store
from reformkit.keeping.verify import verify
from reformkit.problem import LedgerError
from tests.keeping.acting import appending

LONG = {"kind": "done", "reason": "核" * 2000}


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Path]:
    """A disk of 300 kB."""
    disk = tmp_path / "disk"
    disk.mkdir()
    try:
        made = subprocess.run(
            ["mount", "-t", "tmpfs", "-o", "size=300k", "tmpfs", disk], capture_output=True, check=False
        )
    except FileNotFoundError:
        made = None
    if made is None or made.returncode:
        pytest.skip("no small disk can be mounted here (it takes root)")
    yield disk
    subprocess.run(["umount", disk], check=True)


def fill(store: Store) -> tuple[list[str], LedgerError]:
    """Write until the disk is full; the ids that were acknowledged, and what was said then."""
    done: list[str] = []
    for count in range(200):
        try:
            store.write(appending("A", LONG), id=f"act-{count}")
        except LedgerError as error:
            return done, error
        done.append(f"act-{count}")
    raise AssertionError("it is never full")


def test_a_full_disk_loses_nothing_and_writes_nothing_by_half(small: Path) -> None:
    with Store(small / "a.ledger") as store:
        done, error = fill(store)
        assert [problem.code for problem in error.problems] == ["RK530"]
        assert len(done) > 5
        assert [line.id for line in store.lines()] == done
        assert verify(store) == []
        with pytest.raises(LedgerError) as refused:
            store.files.keep(b"x" * 300_000, "大.pdf")
        assert [problem.code for problem in refused.value.problems] == ["RK530"]
        assert [path for path in store.files.folder.rglob("*") if path.is_file()] == []
        with pytest.raises(OSError, match=str(small / "a.jsonl")):
            export(store, small / "a.jsonl")
        assert sorted(path.name for path in small.iterdir()) == ["a.ledger", "a.ledger.files"]


def test_when_there_is_room_again_the_same_act_is_written_once(small: Path) -> None:
    ballast = small / "ballast"
    ballast.write_bytes(b"x" * 100_000)
    with Store(small / "a.ledger") as store:
        done, _error = fill(store)
        ballast.unlink()
        again = store.write(appending("A", LONG), id=f"act-{len(done)}")
        assert (again.again, again.lines[0].seq) == (False, len(done) + 1)
        assert verify(store) == []


def test_restoring_to_a_disk_without_room_leaves_nothing_there(small: Path, tmp_path: Path) -> None:
    with Store(tmp_path / "big.ledger") as store:
        for count in range(60):
            store.write(appending("A", LONG), id=f"act-{count}")
        export(store, tmp_path / "big.jsonl")
    with pytest.raises(LedgerError) as refused:
        restore(tmp_path / "big.jsonl", small / "b.ledger")
    assert [problem.code for problem in refused.value.problems] == ["RK530"]
    assert list(small.iterdir()) == []


def test_a_database_that_may_not_grow_is_full_too(tmp_path: Path) -> None:
    with Store(tmp_path / "a.ledger") as store:

        def stop_growing(connection: Any, _record: object, _proxy: object) -> None:
            connection.execute("PRAGMA max_page_count=40")

        event.listen(store._access._engine, "checkout", stop_growing)
        done, error = fill(store)
        assert [problem.code for problem in error.problems] == ["RK530"]
        assert error.problems[0].message("zh") == "磁盘已满，没有写入：database or disk is full"
        assert [line.id for line in store.lines()] == done
        assert verify(store) == []


@pytest.fixture
def nobody(tmp_path: Path) -> Iterator[None]:
    """Root may write everything: be somebody else."""
    for folder in (tmp_path, *tmp_path.parents):
        if folder.stat().st_uid == os.geteuid() and folder.name.startswith(("pytest-", "popen-", "test_")):
            folder.chmod(0o755)
    is_root = os.geteuid() == 0
    if is_root:
        os.seteuid(65534)
    yield
    if is_root:
        os.seteuid(0)


@pytest.mark.skipif(os.name != "posix", reason="permissions of this system are others")
def test_a_file_that_may_not_be_written_is_read_and_says_so_when_written(
    tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    path = tmp_path / "a.ledger"
    with Store(path) as store:
        store.write(appending("A", LONG))
    path.chmod(0o444)
    request.getfixturevalue("nobody")
    with Store(path) as store:
        assert store.head().seq == 1
        with pytest.raises(LedgerError) as refused:
            store.write(appending("A", {}))
        assert [problem.code for problem in refused.value.problems] == ["RK531"]
