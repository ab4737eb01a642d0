"""A text file: found, opened, decoded and looked over before anything is read from it."""

from __future__ import annotations

import codecs
import os
import re
import stat
from collections.abc import Callable, Hashable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from reformkit.parsing.overlay import NO_OVERLAY, Overlay
from reformkit.parsing.report import Report
from reformkit.problem import NOWHERE, Place, Problem
from reformkit.text import Text

_SYSTEM_SAYS = Text("系统报告：{words}", "the system says: {words}")

MAX_BYTES = 32 * 1024 * 1024

CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]")
"""Characters that no text may hold: a parser, an editor and a reader would each see something else."""

NO_TEXT = "\ufffe"
"""Stands, with a byte as `0xFF` after it, where a text in columns could not be decoded; no text may hold it."""

_UNDECODED = re.compile(NO_TEXT + "(0x[0-9A-F]{2})")
_WIDE = re.compile("[\u0800-\ufffc\U00010000-\U0010ffff]")
_BREAK = re.compile("\r\n|\r|\n")

LOOKED_AT = 4096
"""Bytes by which an encoding is told."""

NO_HINT = Text.same("")
_SLASH = Text("，各段之间应写 /，不写 \\", "; write / between its parts, not \\")
FILE, FOLDER, OTHER = Text("文件", "a file"), Text("文件夹", "a folder"), Text("设备或管道", "a device or pipe")


class Source:
    """A text with the path it came from; problems show its lines."""

    def __init__(self, path: str, text: str) -> None:
        self.path = path
        self.text = text
        self._lines: list[str] | None = None

    @property
    def lines(self) -> list[str]:
        """All lines, without their ends."""
        if self._lines is None:
            self._lines = _BREAK.split(self.text)
        return self._lines

    def line(self, number: int) -> str | None:
        """A line by its number, counted from 1."""
        lines = self.lines
        return lines[number - 1] if 0 < number <= len(lines) else None

    def place(self, position: int) -> Place:
        """The place of a character, counted from 0."""
        before = _BREAK.split(self.text[:position])
        return Place(self.path, len(before), len(before[-1]) + 1)

    @classmethod
    def read(cls, path: str | os.PathLike[str], report: Report, named_at: Place | None = None) -> Source | None:
        """A file's text, or None and a problem; a missing file is reported where it was named."""
        name = os.fspath(path)
        if not is_there(name, report, named_at):
            return None
        place = Place(name)
        staged = report.overlay.text(name)
        if staged is not None:
            return cls._shown(("text", name, staged), lambda: cls.of_text(name, staged, report), report)
        try:
            size = Path(name).stat().st_size
            if size > MAX_BYTES:
                report.add("RK104", place, size=f"{size / 1024 / 1024:.0f}", most=MAX_BYTES // 1024 // 1024)
                return None
            data = Path(name).read_bytes()
        except OSError as error:
            report.add("RK103", place, path=name, reason=reason(error))
            return None
        return cls._shown(("text", name, data), lambda: cls.of_bytes(name, data, report), report)

    @staticmethod
    def _shown(what: Hashable, make: Callable[[], Source | None], report: Report) -> Source | None:
        """A text that was read, or read before, whose lines problems show."""
        source = report.remembered(what, (), make, alone=True)
        if source is not None:
            report.show(source)
        return source

    @classmethod
    def of_bytes(cls, path: str, data: bytes, report: Report) -> Source | None:
        """A text from its bytes: UTF-8 with or without a byte order mark, and no control characters."""
        wide = wide_encoding(data)
        if wide:
            report.add("RK105", Place(path), seen=wide)
            return None
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            _report_bad_byte(path, data, error, report)
            return None
        return cls.of_text(path, text, report)

    @classmethod
    def of_text(cls, path: str, text: str, report: Report) -> Source | None:
        """A text that is already decoded, if it holds no control characters."""
        source = cls(path, text.removeprefix("\ufeff"))
        report.show(source)
        match = CONTROL.search(source.text)
        if match:
            report.add("RK107", source.place(match.start()), char=f"U+{ord(match.group()):04X}")
            return None
        return source


def forbidden(text: str, encoding: str = "UTF-8") -> tuple[str, dict[str, Any]] | None:
    """The first character that no text may hold, as the code and values of a problem; None where there is none."""
    match = CONTROL.search(text)
    if match is None:
        return None
    code, undecoded = ord(match.group()), _UNDECODED.match(text, match.start())
    if undecoded is not None:
        return "RK106", {"encoding": encoding, "byte": undecoded[1]}
    if 0xDC80 <= code <= 0xDCFF:
        return "RK106", {"encoding": encoding, "byte": f"0x{code - 0xDC00:02X}"}
    return "RK107", {"char": f"U+{code:04X}"}


def is_there(path: str, report: Report, named_at: Place | None = None, want: Text = FILE) -> bool:
    """Whether a path is the file or folder that is wanted; if not, a problem."""
    if leads_out(path, report):
        shown = os.path.relpath(path, report.within)
        report.add("RK851", named_at or Place(shown), path=shown)
        return False
    place = named_at or Place(path)
    try:
        kind = _kind(path, report.overlay)
    except FileNotFoundError:
        report.add("RK101", place, path=path, want=want, hint=slash_hint(path) if named_at else NO_HINT)
        return False
    except (OSError, ValueError) as error:
        report.add("RK103", place, path=path, reason=reason(error))
        return False
    if kind != want:
        report.add("RK102", place, path=path, found=kind, want=want)
    return kind == want


def slash_hint(path: str) -> Text:
    """That a path in a file has `/` between its parts, where it has none and is written with backslashes."""
    return _SLASH if "\\" in path and os.sep == "/" else NO_HINT


def _kind(path: str, overlay: Overlay) -> Text:
    """What a path is. Raises as `Path.stat` does where there is nothing."""
    if overlay.text(path) is not None:
        return FILE
    if overlay.hides(path):
        raise FileNotFoundError(path)
    try:
        mode = Path(path).stat().st_mode
    except FileNotFoundError:
        if overlay.is_in(path):
            return FOLDER
        raise
    return FILE if stat.S_ISREG(mode) else FOLDER if stat.S_ISDIR(mode) else OTHER


def lies_there(path: str | os.PathLike[str], report: Report) -> bool:
    """Whether something is at a path, be it a link that leads nowhere."""
    overlay = report.overlay
    return overlay.text(path) is not None or (os.path.lexists(path) and not overlay.hides(path))


def is_file(path: Path, report: Report) -> bool:
    """Whether a file is at a path."""
    return report.overlay.text(path) is not None or (path.is_file() and not report.overlay.hides(path))


def leads_out(path: str, report: Report) -> bool:
    """Whether a path leads out of the folder within which everything is to be read."""
    within = report.within
    return within is not None and not f"{os.path.normpath(path)}{os.sep}".startswith(f"{within}{os.sep}")


def names_in(folder: str, report: Report) -> list[str]:
    """The names of what a folder holds, in order, hidden files left out; none, and a problem, if it cannot be read."""
    try:
        names = {path.name for path in Path(folder).iterdir()}
    except OSError as error:
        if isinstance(error, FileNotFoundError) and report.overlay.is_in(folder):
            names = set()
        else:
            report.add("RK103", Place(folder), path=folder, reason=reason(error))
            return []
    return sorted(name for name in report.overlay.names(folder, names) if not name.startswith("."))


def reason(error: Exception) -> Text:
    """Why a file cannot be opened, in plain words."""
    match error:
        case PermissionError():
            return Text("没有读取权限", "there is no permission to read it")
        case NotADirectoryError():
            return Text("路径中有一段不是文件夹", "a part of its path is not a folder")
        case ValueError():
            return Text("路径中有不能使用的字符", "its path holds a character that no path may hold")
        case _:
            said = getattr(error, "strerror", None) or "?"
            return _SYSTEM_SAYS.fill(words=said)


def wide_encoding(data: bytes) -> str | None:
    """UTF-16 or UTF-32, told by a byte order mark or by where the zero bytes of the first 4,096 are: a comma has one."""
    for mark, encoding in (
        (codecs.BOM_UTF32_LE, "UTF-32"),
        (codecs.BOM_UTF32_BE, "UTF-32"),
        (codecs.BOM_UTF16_LE, "UTF-16"),
        (codecs.BOM_UTF16_BE, "UTF-16"),
    ):
        if data.startswith(mark):
            return encoding
    head = data[:LOOKED_AT]
    even, odd = head[::2].count(0), head[1::2].count(0)
    less, more = sorted((even, odd))  # of Chinese characters few have a zero byte, on the other side
    return "UTF-16" if more > max(1, len(head) // 100) and more >= 4 * less else None


def _report_bad_byte(path: str, data: bytes, error: UnicodeDecodeError, report: Report) -> None:
    try:
        other = None if _is_damaged_utf8(data) else data.decode("gb18030")
    except UnicodeDecodeError:
        other = None
    if other is not None:
        report.show(Source(path, other))
        report.add("RK105", Place(path), seen="GB18030")
    else:
        before = Source(path, data[: error.start].decode("utf-8-sig", "replace"))
        report.show(Source(path, data.decode("utf-8-sig", "replace")))
        report.add("RK106", before.place(len(before.text)), encoding="UTF-8", byte=f"0x{error.object[error.start]:02X}")


def _is_damaged_utf8(data: bytes) -> bool:
    """Whether bytes are a text in UTF-8 with some damage: most of what is not ASCII has three bytes a character."""
    text = data.decode("utf-8-sig", "replace")
    return len(_WIDE.findall(text)) > text.count("\ufffd")


def with_excerpts(problems: Sequence[Problem], overlay: Overlay = NO_OVERLAY) -> list[Problem]:
    """Problems found after reading, each with the line that it stands on."""
    report = Report(overlay=overlay)
    for path in {problem.path for problem in problems if problem.place != NOWHERE}:
        Source.read(path, report)
    return [replace(problem, excerpt=report.excerpt(problem.place)) for problem in problems]
