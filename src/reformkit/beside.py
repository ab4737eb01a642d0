"""Files written whole or not at all: beside their place, on disk, then moved into it."""

from __future__ import annotations

import errno
import hashlib
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from secrets import token_hex
from time import monotonic, sleep
from typing import BinaryIO, NamedTuple

try:
    import fcntl
except ImportError:  # not on this system; then what is left is told by its process alone
    fcntl = None  # type: ignore[assignment]
try:
    import msvcrt
except ImportError:  # on Windows only
    msvcrt = None  # type: ignore[assignment]

_PART = re.compile(r"\.(.+)\.([0-9]+)(?:\.[0-9a-f]{16})?\.part")
_LONGEST_STEM = 150  # bytes of a name that its part keeps; a name may have 255 in all


_OWN = os.O_WRONLY | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0)
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0)


class Left(NamedTuple):
    """What a run that did not finish has left beside a file."""

    path: Path
    process: int
    at: datetime
    size: int
    written_now: bool


@contextmanager
def beside(path: Path) -> Iterator[BinaryIO]:
    """A file to write that takes the place of another when the block ends well, and is gone when it does not.

    A link is followed and permissions are kept. The file is locked while it is written, so that another run
    can tell it from one that was left (`left_beside`). Raises OSError with the name of the file.
    """
    target = path.resolve()
    part = target.with_name(f".{_stem(target.name)}.{os.getpid()}.{token_hex(8)}.part")
    is_ours = False
    try:
        with os.fdopen(os.open(part, _NEW, 0o666), "wb") as file:
            is_ours = True
            if fcntl is not None:
                with suppress(OSError):  # a file system without locks
                    fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            yield file
            file.flush()
            os.fsync(file.fileno())
        if target.exists():
            shutil.copymode(target, part)
        part.replace(target)
        _settle(target.parent)
    except OSError as error:
        if error.filename in (None, os.fspath(part)) and error.errno is not None:
            raise OSError(error.errno, error.strerror, os.fspath(path)) from error
        raise
    finally:
        if is_ours:
            part.unlink(missing_ok=True)


@contextmanager
def alone(path: Path, wait: float = 10.0) -> Iterator[None]:
    """Have a file locked for this process while the block runs, so that of those who ask for it one goes at a time.

    The file is made, and stays. The system takes the lock away from a process that ends, whichever way. Raises
    OSError where another has it for `wait` seconds, or the file cannot be made. On a file system without locks nobody is
    kept out.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    ends = monotonic() + wait
    with os.fdopen(os.open(path, _OWN, 0o666), "wb") as file:
        while True:
            try:
                _lock(file)
                break
            except OSError as error:
                if error.errno not in (errno.EACCES, errno.EAGAIN, errno.EDEADLK):
                    break
                if monotonic() > ends:
                    raise OSError(errno.EBUSY, os.strerror(errno.EBUSY), os.fspath(path)) from error
            sleep(0.01)
        yield  # closing the file gives the lock back


def _lock(file: BinaryIO) -> None:
    if fcntl is not None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    elif msvcrt is not None:
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]


def left_beside(path: Path) -> list[Left]:
    """What other runs have left beside a file, or are writing there now."""
    target = path.resolve()
    parts_left = []
    for part in sorted(target.parent.iterdir()):
        name = _PART.fullmatch(part.name)
        if name is None or name[1] != _stem(target.name) or not part.is_file():
            continue
        with suppress(FileNotFoundError):  # finished in the meantime
            said = part.stat()
            at = datetime.fromtimestamp(said.st_mtime)
            parts_left.append(Left(part, int(name[2]), at, said.st_size, _is_locked(part)))
    return parts_left


def _stem(name: str) -> str:
    """What the part of a file is called after: its name, as far as there is room for it."""
    raw = os.fsencode(name)
    if len(raw) <= _LONGEST_STEM:
        return name
    return f"{raw[:100].decode(errors='ignore')}-{hashlib.sha256(raw).hexdigest()[:16]}"


def _is_locked(part: Path) -> bool:
    if fcntl is None:
        return False
    with part.open("rb") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except OSError:
            return True
    return False


def _settle(folder: Path) -> None:
    """Have the folder's new entry on disk too."""
    with suppress(OSError, AttributeError):  # not every system can
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def refuse_existing(path: Path, overwrite: bool) -> None:
    """Raise FileExistsError for a file that is there, unless it may be replaced: people may have changed it."""
    if not overwrite and path.exists():
        words = "it exists already and may hold changes; name another file, or say overwrite=True"
        raise FileExistsError(errno.EEXIST, words, os.fspath(path))


def save(path: Path, data: bytes) -> None:
    """Put bytes into a file; a link is followed, permissions are kept, folders are made. Raises OSError."""
    path.resolve().parent.mkdir(parents=True, exist_ok=True)
    with beside(path) as file:
        file.write(data)
