"""Evidence and issued letters, by the hash of their bytes."""

from __future__ import annotations

import hashlib
import io
import os
from pathlib import Path

import pytest

from reformkit.keeping.files import Files, Kept
from reformkit.problem import LedgerError, RefusedError


def why(caught: pytest.ExceptionInfo[RefusedError]) -> str:
    assert [problem.code for problem in caught.value.problems] == ["RK535"]
    return caught.value.problems[0].message("en")


def test_a_file_is_found_again_by_its_hash_whichever_way_it_came(tmp_path: Path) -> None:
    files, content = Files(tmp_path / "佐证"), "排查表".encode() * 500_000
    (tmp_path / "表.pdf").write_bytes(content)
    kept = Kept(hashlib.sha256(content).hexdigest(), len(content), "表.pdf")
    assert files.keep(tmp_path / "表.pdf") == kept
    assert files.keep(str(tmp_path / "表.pdf")) == kept
    assert files.keep(content, "表.pdf") == kept
    assert files.keep(io.BytesIO(content), "别的.pdf").sha256 == kept.sha256
    assert files.find(kept.sha256).read_bytes() == content
    assert [path.name for path in files.folder.rglob("*") if path.is_file()] == [kept.sha256]


def test_a_kept_file_is_written_once_and_cannot_be_written_to(tmp_path: Path) -> None:
    files = Files(tmp_path)
    path = files.find(files.keep(b"x").sha256)
    before = path.stat()
    files.keep(b"x")
    assert (path.stat().st_ino, path.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)
    assert before.st_mode & 0o222 == 0


def test_a_file_that_was_lost_or_changed_is_whole_again_when_it_is_handed_in_once_more(tmp_path: Path) -> None:
    files = Files(tmp_path)
    kept = files.keep(b"paper")
    path = files.path(kept.sha256)
    for spoil, code in ((lambda: (path.chmod(0o644), path.write_bytes(b"other")), "RK537"), (path.unlink, "RK536")):
        spoil()
        with pytest.raises(LedgerError) as lost:
            files.find(kept.sha256)
        assert [problem.code for problem in lost.value.problems] == [code]
        files.keep(b"paper")
        assert files.find(kept.sha256).read_bytes() == b"paper"


def test_a_file_larger_than_the_limit_is_refused_and_leaves_nothing(tmp_path: Path) -> None:
    files = Files(tmp_path / "kept", most_mb=1)
    files.keep(b"x" * 1024 * 1024)
    with pytest.raises(RefusedError) as refused:
        files.keep(io.BytesIO(b"x" * (1024 * 1024 + 1)), "大.pdf")
    assert why(refused) == "`大.pdf` cannot be kept as evidence: it has more than 1 MB"
    assert len([path for path in files.folder.rglob("*") if path.is_file()]) == 1


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_only_plain_files_are_evidence(tmp_path: Path) -> None:
    files = Files(tmp_path / "kept")
    (tmp_path / "real").write_bytes(b"x")
    (tmp_path / "link").symlink_to(tmp_path / "real")
    (tmp_path / "dangling").symlink_to(tmp_path / "nowhere")
    (tmp_path / "empty").touch()
    os.mkfifo(tmp_path / "pipe")
    for name, reason in {
        "link": "it is a link",
        "dangling": "it is a link",
        "pipe": "it is no file",
        "empty": "it is empty",
        "absent": "it is not there",
        ".": "it is no file",
    }.items():
        with pytest.raises(RefusedError) as refused:
            files.keep(tmp_path / name)
        assert why(refused).endswith(reason), name
    assert list(tmp_path.rglob("*.part")) == []


@pytest.mark.parametrize("sha256", ["", "../../etc/passwd", "A" * 64, "a" * 63])
def test_what_is_no_hash_leads_nowhere(tmp_path: Path, sha256: str) -> None:
    assert Files(tmp_path).state(sha256) == "missing"


def test_a_name_of_foreign_bytes_is_kept_so_that_a_line_can_hold_it(tmp_path: Path) -> None:
    assert Files(tmp_path).keep(b"x", os.fsdecode(b"\xb1\xed.pdf")).name == "??.pdf"


def test_a_folder_that_cannot_be_written_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "kept").write_bytes(b"a file")
    with pytest.raises(LedgerError) as refused:
        Files(tmp_path / "kept").keep(b"x")
    assert [problem.code for problem in refused.value.problems] == ["RK532"]
