"""The journal of a session: every telling a line, on disk before it is acknowledged (docs/session.md)."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from reformkit.assessing.prepared import Prepared
from reformkit.model.telling import Telling
from reformkit.problem import CaseError, Place, Problem
from reformkit.session import journal_end
from reformkit.session.journal_end import End
from reformkit.session.journal_head import comparable, differs, used_by
from reformkit.session.journal_line import START, checksum_of, line_of, said_by, was_written
from reformkit.text import Text

_NO_LINK = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0)
TORN = ".torn"
"""What a file is called in which broken last lines are set aside: the journal's name with this after it."""


Told = dict[str, dict[str, tuple[Any, int]]]
"""By case and fact, what was told last, and the line that says so."""

_GAP = Text("缺少第 {number} 条，其后编号不连", "telling number {number} is missing before it")


class Journal:
    """A file of tellings, held by one session at a time.

    Opening it reads what is there: `told` is what holds after all of it, `number` counts its tellings,
    `problems` are warnings (a torn last line that was set aside, lines that are missing at the end, a rulebook that
    has changed since).
    Raises `CaseError` where a line is corrupt or another session holds the file.
    """

    def __init__(
        self,
        path: str | os.PathLike[str],
        book: Prepared,
        as_of: date | None,
        fsync: bool = True,
        letter_on: date | None = None,
    ) -> None:
        self.path = os.fspath(path)
        self.told: Told = {}
        self.number = 0
        self.problems: list[Problem] = []
        self._fsync = fsync
        self._process, self._place = os.getpid(), Path(self.path).absolute()
        self._last = 0  # where the last line begins
        self._checksum = self._checksum_before = journal_end.NOTHING.checksum  # of the last telling, and the one before
        self._end_at: int | None = None  # where the file says how far it was told
        self._kept: End | None = None  # what it said when it was opened
        self._is_as_kept = True
        is_new = not Path(self.path).exists()
        self._file = os.open(self.path, os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0), 0o644)
        try:
            if not stat.S_ISREG(os.fstat(self._file).st_mode):  # a device or pipe keeps nothing
                raise CaseError([Problem("RK504", Place(self.path), {"path": self.path})])
            self._lock()
            used = used_by(book, as_of, letter_on)
            before = self._read()
            if before is not None:
                now = comparable(used, book, before)
                if any(before.get(name) != now.get(name) for name in ("sha256", "as_of", "letter_on")):
                    self._warn("RK505", 1, differs=differs(before, now))
            lost = self._missing()
            is_same = before == used and self._end_at is not None and not lost
            self._header = {} if is_same else {**used, **({"lost": lost} if lost else {})}
            if is_new:
                _sync_folder(Path(self.path))
        except BaseException:
            os.close(self._file)
            raise

    def begin(self) -> None:
        """Say in the journal what it is used with from here on. Called once all that it has told was taken up."""
        if self._header and self._end_at is None:
            start = os.lseek(self._file, 0, os.SEEK_END)
            told = journal_end.written(journal_end.NOTHING).decode()
            self._write({"reformkit": "journal", "told": told, **self._header})
            self._end_at = start + len(START) + len(',"told":"')
        elif self._header:
            self._write({"reformkit": "journal", **self._header})
        self._say_end(self.number, self._checksum)

    def append(self, telling: Telling) -> None:
        """Keep a telling; on return it is on disk (with `fsync`, past the operating system's memory too).

        Raises `CaseError` where it would be kept in vain: the file is no longer where it was opened, or this is
        another process, into which the session was forked.
        """
        self._check_process()
        if telling.number == self.number:  # written, but interrupted before it came to hold: it was never acknowledged
            self._say_end(self.number - 1, self._checksum_before)
            os.ftruncate(self._file, self._last)
            self._checksum = self._checksum_before
        last = os.lseek(self._file, 0, os.SEEK_END)
        checksum = self._write(telling.to_dict())
        self._checksum_before, self._checksum = self._checksum, checksum
        self.number, self._last = telling.number, last
        self._say_end(self.number, self._checksum)

    def _check_process(self) -> None:
        if os.getpid() != self._process:
            raise CaseError([Problem("RK506", Place(self.path), {"path": self.path})])

    def _check_place(self) -> None:
        """Raise `CaseError` where the file was deleted, moved or replaced: what it keeps nobody would find."""
        held = os.fstat(self._file)
        try:
            there = self._place.stat()
        except OSError:
            there = None
        if there is None or (there.st_dev, there.st_ino) != (held.st_dev, held.st_ino):
            raise CaseError([Problem("RK507", Place(self.path), {"path": self.path})])

    def close(self) -> None:
        """Let go of the file."""
        if self._file >= 0:
            if self._fsync:
                os.fsync(self._file)
            os.close(self._file)
            self._file = -1

    # --- reading ---------------------------------------------------------------------------------------

    def _read(self) -> dict[str, Any] | None:
        """Take up every line; what the last of them says of the rulebook, None for an empty journal."""
        used: dict[str, Any] | None = None
        good = line = self._lines = 0
        with os.fdopen(os.dup(self._file), "rb") as file:
            size = os.fstat(self._file).st_size
            while raw := file.readline():
                line += 1
                if line == 1 and raw[: len(START)] != START[: len(raw)]:
                    raise CaseError([Problem("RK504", Place(self.path), {"path": self.path})])
                said = self._parsed(raw, line)
                if said is None and good + len(raw) == size and not was_written(raw):
                    self._set_aside(raw, good, line)
                    break
                if said is None:
                    why = Text("校验和不符", "its checksum does not match")
                    raise CaseError([Problem("RK501", Place(self.path, line), {"why": why})])
                if "reformkit" in said:
                    if not isinstance(said.get("parts", {}), dict):
                        raise self._no_telling(line)
                    used = {name: value for name, value in said.items() if name not in ("reformkit", "told", "lost")}
                    self._read_end(raw, good)
                else:
                    self._take(said, line)
                    self._checksum_before, self._checksum = self._checksum, checksum_of(raw) or ""
                if self._kept is not None and self._kept.number == self.number:
                    self._is_as_kept = self._kept.checksum == self._checksum
                good += len(raw)
                self._lines = line
                if not raw.endswith(b"\n"):  # whole, but for the line break
                    self._put(b"\n")
        return used

    def _parsed(self, raw: bytes, line: int) -> dict[str, Any] | None:
        """What a line says; None where it is not as it was written. Raises `CaseError` where nobody wrote it so."""
        if checksum_of(raw) is None:
            return None
        said = said_by(raw)
        if said is None:
            raise self._no_telling(line)
        return said

    def _read_end(self, raw: bytes, start: int) -> None:
        """Take up how far the journal was told, where the first header that says so stands."""
        found = journal_end.found(raw) if self._end_at is None else None
        if found is not None:
            offset, self._kept = found
            self._end_at, self._is_as_kept = start + offset, False

    def _missing(self) -> int:
        """How many tellings were cut off the end, which is warned of."""
        if self._kept is not None and self._kept.number > self.number:
            lost = self._kept.number - self.number
            self._warn("RK508", max(1, self._lines), lost=lost, kept=self._kept.number, found=self.number)
            return lost
        if not self._is_as_kept:
            self._warn("RK509", max(1, self._lines), found=self.number)
        return 0

    def _no_telling(self, line: int) -> CaseError:
        why = Text("不是本工具写的一条", "it is no telling")
        return CaseError([Problem("RK501", Place(self.path, line), {"why": why})])

    def _take(self, said: Mapping[str, Any], line: int) -> None:
        self.number += 1
        if said.get("n") != self.number:
            why = _GAP.fill(number=self.number)
            raise CaseError([Problem("RK501", Place(self.path, line), {"why": why})])
        match {name: part for name, part in said.items() if name not in ("n", "on")}:
            case {"tell": str(case_id), "facts": dict(facts), **rest} if not rest:
                told = self.told.setdefault(case_id, {})
                for name, value in facts.items():
                    told.pop(name, None)
                    if value is not None:
                        told[name] = value, line
            case {"retract": str(case_id), "facts": list(names), **rest} if (
                not rest and case_id in self.told and all(isinstance(name, str) for name in names)
            ):
                for name in names:
                    self.told[case_id].pop(name, None)
            case {"forget": str(case_id), **rest} if not rest and case_id in self.told:
                del self.told[case_id]
            case _:
                raise self._no_telling(line)

    def _set_aside(self, raw: bytes, start: int, line: int) -> None:
        """Keep a broken last line in a file beside the journal, and end the journal before it."""
        aside = Path(self.path + TORN)
        handle = os.open(aside, os.O_WRONLY | os.O_APPEND | os.O_CREAT | _NO_LINK, 0o644)
        with os.fdopen(handle, "ab") as file:
            if not stat.S_ISREG(os.fstat(handle).st_mode):
                raise OSError(errno.EINVAL, os.strerror(errno.EINVAL), str(aside))
            file.write(raw.rstrip(b"\n") + b"\n")
            file.flush()
            os.fsync(file.fileno())
        os.ftruncate(self._file, start)
        os.fsync(self._file)
        self._warn("RK502", line, aside=str(aside), bytes=len(raw))

    def _warn(self, code: str, line: int, **values: Any) -> None:
        self.problems.append(Problem(code, Place(self.path, line), values))

    # --- writing ---------------------------------------------------------------------------------------

    def _write(self, said: Mapping[str, Any]) -> str:
        """Write a line; its checksum."""
        raw, checksum = line_of(said)
        self._put(raw)
        return checksum

    def _say_end(self, number: int, checksum: str) -> None:
        """Write over how far the journal is told."""
        if self._end_at is not None:
            try:
                os.pwrite(self._file, journal_end.written(End(number, checksum)), self._end_at)
            except OSError as error:
                error.filename = self.path
                raise

    def _put(self, raw: bytes) -> None:
        """Write at the end, all of it or nothing."""
        end = os.lseek(self._file, 0, os.SEEK_END)
        try:
            rest = memoryview(raw)
            while rest:
                rest = rest[os.write(self._file, rest) :]
            if self._fsync:
                os.fsync(self._file)
            self._check_place()
        except BaseException as error:
            os.ftruncate(self._file, end)
            if isinstance(error, OSError):
                error.filename = self.path
            raise

    def _lock(self) -> None:
        try:
            import fcntl
        except ImportError:
            raise OSError(f"{self.path}: a journal needs file locks (fcntl), which this system does not have") from None
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise CaseError([Problem("RK503", Place(self.path), {"path": self.path})]) from None


def _sync_folder(path: Path) -> None:
    folder = os.open(path.resolve().parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
