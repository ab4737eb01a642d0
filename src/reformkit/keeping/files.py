"""Evidence and issued letters: files kept by the SHA-256 of their bytes, in a folder beside the ledger.

A file is written once, under its hash (`ab/abcdef…`), and is never changed; the ledger holds the hash. The same file
handed in twice is there once.
"""

from __future__ import annotations

import hashlib
import io
import os
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO, Literal

from reformkit.keeping.line import is_sha256
from reformkit.problem import LedgerError, Place, Problem, RefusedError
from reformkit.text import Text

_PIECE = 1024 * 1024

_TOO_LARGE = Text("超过 {most} MB 的上限", "it has more than {most} MB")

State = Literal["whole", "missing", "changed"]


@dataclass(frozen=True, slots=True)
class Kept:
    """A file as it is kept: its hash, its size in bytes, and the name under which it was handed in."""

    sha256: str
    bytes: int
    name: str


@dataclass(frozen=True, slots=True)
class Files:
    """A folder of files by hash. It is made when the first file is kept; none is larger than `most_mb` MB.

    >>> import tempfile
    >>> files = Files(Path(tempfile.mkdtemp()) / "佐证")
    >>> kept = files.keep("排查表".encode(), "排查表.txt")
    >>> files.find(kept.sha256).read_text(encoding="utf-8"), files.state(kept.sha256, kept.bytes)
    ('排查表', 'whole')
    """

    folder: Path
    most_mb: int = 50

    def keep(self, source: str | os.PathLike[str] | bytes | BinaryIO, name: str | None = None) -> Kept:
        """Keep a file, from its path, its bytes or a stream. On return it is on disk.

        Raises `RefusedError` (RK535) for a link, a folder or device, an empty or too large file; `LedgerError` where
        the folder cannot be written.
        """
        if isinstance(source, str | os.PathLike):
            path = Path(source)
            with _opened(path) as file:
                return self._keep(file, _clean(name or path.name))
        stream = io.BytesIO(source) if isinstance(source, bytes) else source
        return self._keep(stream, _clean(name or ""))

    def find(self, sha256: str) -> Path:
        """Where a kept file is. Raises `LedgerError` where it is missing (RK536) or not what it was (RK537)."""
        state = self.state(sha256)
        if state != "whole":
            code = "RK536" if state == "missing" else "RK537"
            values = {"sha256": sha256, "named": sha256[:12], "folder": os.fspath(self.folder)}
            raise LedgerError([Problem(code, Place(os.fspath(self.path(sha256))), values)])
        return self.path(sha256)

    def state(self, sha256: str, size: int | None = None) -> State:
        """Whether a file is there as it was kept. What is no plain file counts as changed."""
        if not is_sha256(sha256):  # or it would lead out of the folder
            return "missing"
        try:
            # a path as text: a ledger names a file in every third act, and all are looked at
            with _plain(f"{self.folder}{os.sep}{sha256[:2]}{os.sep}{sha256}") as file:
                if size is not None and os.fstat(file.fileno()).st_size != size:
                    return "changed"
                digest = hashlib.sha256()
                while piece := file.read(_PIECE):
                    digest.update(piece)
                return "whole" if digest.hexdigest() == sha256 else "changed"
        except FileNotFoundError:
            return "missing"
        except OSError:
            return "changed"

    def path(self, sha256: str) -> Path:
        """Where a file of this hash lies, or would."""
        return self.folder / sha256[:2] / sha256

    def _keep(self, file: BinaryIO, name: str) -> Kept:
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            handle, part = tempfile.mkstemp(prefix=".", suffix=".part", dir=self.folder)
            try:
                with os.fdopen(handle, "wb") as copy:
                    digest, size = self._copy(file, copy, name)
                    copy.flush()
                    os.fsync(copy.fileno())
                self._place(Path(part), digest)
            finally:
                Path(part).unlink(missing_ok=True)
        except OSError as error:
            code = "RK530" if error.errno == 28 else "RK532"
            what = error.strerror or str(error)
            raise LedgerError([Problem(code, Place(os.fspath(self.folder)), {"what": what})]) from error
        return Kept(digest, size, name)

    def _copy(self, file: BinaryIO, copy: BinaryIO, name: str) -> tuple[str, int]:
        digest, size, most = hashlib.sha256(), 0, self.most_mb * 1024 * 1024
        while piece := file.read(_PIECE):
            size += len(piece)
            if size > most:
                why = _TOO_LARGE.fill(most=self.most_mb)
                raise _refused(name, why, Text("拆分或压缩后再存", "split or compress it"))
            digest.update(piece)
            copy.write(piece)
        if size == 0:
            why = Text("文件没有内容", "it is empty")
            raise _refused(name, why, Text("核对后重新提交", "check it and hand it in again"))
        return digest.hexdigest(), size

    def _place(self, part: Path, sha256: str) -> None:
        target = self.path(sha256)
        if self.state(sha256) == "whole":
            return
        target.parent.mkdir(exist_ok=True)
        part.chmod(0o444)
        part.replace(target)  # what was missing or changed there is whole again
        _settle(target.parent)
        _settle(self.folder)


@dataclass(frozen=True, slots=True)
class WaitingFiles(Files):
    """A folder into which files come only when all that names them stands: until then they are looked over."""

    _given: list[tuple[str | os.PathLike[str] | bytes, str | None]] = field(default_factory=list)

    def keep(self, source: str | os.PathLike[str] | bytes | BinaryIO, name: str | None = None) -> Kept:
        """Look a file over as it would be kept, and keep it in mind. Raises as `Files.keep` does for its fault."""
        given = source if isinstance(source, str | os.PathLike | bytes) else source.read()
        kept = Files.keep(self, given, name)
        self._given.append((given, name))
        return kept

    def keep_all(self) -> None:
        """Keep all that was given."""
        files = Files(self.folder, self.most_mb)
        for source, name in self._given:
            files.keep(source, name)

    def _keep(self, file: BinaryIO, name: str) -> Kept:
        return Kept(*self._copy(file, _Nowhere(), name), name)


class _Nowhere(io.RawIOBase, BinaryIO):
    """What is written to it is gone."""

    def write(self, piece: Any) -> int:
        return len(piece)


def _refused(name: str, why: Text, fix: Text) -> RefusedError:
    return RefusedError([Problem("RK535", Place(name), {"name": name, "why": why, "fix": fix})])


def _clean(name: str) -> str:
    """A name that a line can hold: bytes of a foreign encoding become `?`."""
    return name.encode("utf-8", "replace").decode()


@contextmanager
def _opened(path: Path) -> Iterator[BinaryIO]:
    """A file that somebody hands in. Raises `RefusedError` for what is no plain file."""
    name, as_file = _clean(path.name), Text("提交文件本身", "hand in the file itself")
    try:
        if path.is_symlink():
            raise _refused(name, Text("这是链接", "it is a link"), as_file)
        with _plain(path) as file:
            yield file
    except _NotPlainError:
        raise _refused(name, Text("这不是文件", "it is no file"), as_file) from None
    except FileNotFoundError:
        raise _refused(name, Text("找不到", "it is not there"), Text("核对路径", "check the path")) from None
    except OSError as error:
        why = Text.same(error.strerror or str(error))
        raise _refused(name, why, Text("核对读取权限", "check the permission to read it")) from error


class _NotPlainError(OSError):
    """A link, folder, pipe or device."""


@contextmanager
def _plain(path: Path | str) -> Iterator[BinaryIO]:
    """A file to read, and nothing but a file: no link is followed, no pipe waited for."""
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    if not stat.S_ISREG(os.lstat(path).st_mode):
        raise _NotPlainError(path)
    with os.fdopen(os.open(path, flags), "rb") as file:
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            raise _NotPlainError(path)
        yield file


def _settle(folder: Path) -> None:
    """Have the folder's new entry on disk too."""
    with suppress(OSError, AttributeError):  # not every system can
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
