"""Which encoding a text is in, judged by all of it: UTF-8 or GB18030, and how sure that is.

Nearly every text in UTF-8 is also some text in GB18030, and a few short ones in GB18030 are valid UTF-8 (某医院 is
`ĳҽԺ`), so no line by itself decides. What tells them apart is how Chinese looks in UTF-8, three bytes a character:
text in GB18030 is full of bytes that cannot stand there, text in UTF-8 with some damage is full of such characters.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import IO, Literal

BLOCK = 1 << 20
"""Bytes that are judged at once."""

MOST_DOUBTFUL = 10_000
"""Lines that are remembered as written in the other encoding."""

_LEADS_OF_THREE = bytes(range(0xE0, 0xF5))  # and of four
_LEADS_OF_TWO = bytes(range(0xC2, 0xE0))
_WIDE = re.compile("[\u0800-\ufffc\U00010000-\U0010ffff]")
_NARROW = re.compile("[\x80-\u07ff]+")
_RUN = re.compile(rb"[\x80-\xff]+")
_OF_CHINESE = re.compile(rb"(?:[\xc2-\xdf][\xa1-\xbf])+")  # characters of GB2312 that are letters in UTF-8


@dataclass(frozen=True)
class FileEncoding:
    """An encoding; with `readings` (line, as UTF-8, as GB18030) where the bytes are good text in both.

    `others`: lines that are plainly in the other encoding.
    """

    encoding: Literal["UTF-8", "GB18030"]
    readings: tuple[int, str, str] | None = None
    others: frozenset[int] = frozenset()


@dataclass
class _Evidence:
    """What was seen of a text: `wide` characters of three bytes or more, `narrow` ones of two, `bad` bytes."""

    wide: int = 0
    narrow: int = 0
    bad: int = 0
    as_gb18030: int = 0  # lines that are no UTF-8, and are GB18030
    first_narrow: tuple[int, bytes] | None = None
    in_both: tuple[int, bytes] | None = None  # the first line of letters in UTF-8 that is words in GB18030
    lines: int = field(default=0, repr=False)

    def take(self, block: bytes) -> None:
        """Look at some whole lines."""
        if not block.isascii():
            try:
                block.decode()
            except UnicodeDecodeError:
                self._line_by_line(block)
            else:
                self._count(block, self.lines + 1)
        self.lines += _breaks(block)

    def _line_by_line(self, block: bytes) -> None:
        for number, line in enumerate(block.splitlines(), self.lines + 1):
            if line.isascii():
                continue
            try:
                line.decode()
            except UnicodeDecodeError:
                text = line.decode(errors="replace")
                self.bad += text.count("\ufffd")
                self.wide += len(_WIDE.findall(text))
                self.as_gb18030 += _is_gb18030(line)
            else:
                self._count(line, number)

    def _count(self, good: bytes, number: int) -> None:
        narrow = _among(good, _LEADS_OF_TWO)
        self.wide += _among(good, _LEADS_OF_THREE)
        self.narrow += narrow
        if not narrow or self.in_both is not None:
            return
        if self.first_narrow is None or _OF_CHINESE.search(good):
            for numbered in enumerate(good.splitlines(), number):
                if self.first_narrow is None and not numbered[1].isascii():
                    self.first_narrow = numbered
                if _is_in_both(numbered[1]):
                    self.in_both = numbered
                    break


def judged(file: IO[bytes]) -> FileEncoding:
    """Which encoding a file is in, which is then read to its end."""
    if file.read(3) == codecs.BOM_UTF8:
        return FileEncoding("UTF-8")
    file.seek(0)
    seen = _Evidence()
    for block in _blocks(file):
        seen.take(block)
    if not seen.bad and seen.wide:
        return FileEncoding("UTF-8", None if seen.in_both is None else _readings(*seen.in_both))
    if not seen.bad:
        doubtful = seen.in_both or seen.first_narrow
        if doubtful is None or not _is_gb18030(doubtful[1]):
            return FileEncoding("UTF-8")
        return FileEncoding("UTF-8" if seen.in_both is None else "GB18030", _readings(*doubtful))
    file.seek(0)
    if not _is_gb(seen):
        return FileEncoding("UTF-8", others=frozenset(_lines(file, _is_in_both)) if seen.in_both else frozenset())
    return FileEncoding("GB18030", others=frozenset(_lines(file, _is_plainly_utf8)) if seen.wide else frozenset())


def _is_gb(seen: _Evidence) -> bool:
    return seen.as_gb18030 > 0 and seen.wide <= seen.bad


def _readings(number: int, line: bytes) -> tuple[int, str, str]:
    return number, _said(line.decode()), _said(line.decode("gb18030"))


def _said(line: str) -> str:
    """What in a line the encoding decides, with a few characters around."""
    match = re.search("[^\x00-\x7f]+", line)
    return match.group()[:20] if match else line[:20]


def _lines(file: IO[bytes], are_so: Callable[[bytes], bool]) -> Iterator[int]:
    """The numbers of lines that are so."""
    number, left = 0, MOST_DOUBTFUL
    for block in _blocks(file):
        for line in block.splitlines():
            number += 1
            if left and not line.isascii() and are_so(line):
                left -= 1
                yield number


def _is_in_both(line: bytes) -> bool:
    """Whether a line has words of GB2312 and nothing else beyond ASCII, all of them letters in UTF-8."""
    runs = _RUN.findall(line)
    return any(len(run) >= 4 for run in runs) and all(map(_OF_CHINESE.fullmatch, runs))


def _is_plainly_utf8(line: bytes) -> bool:
    try:
        text = line.decode()
    except UnicodeDecodeError:
        return False
    return _NARROW.search(text) is None and len(_WIDE.findall(text)) > 1


def _is_gb18030(line: bytes) -> bool:
    try:
        line.decode("gb18030")
    except UnicodeDecodeError:
        return False
    return True


def _blocks(file: IO[bytes]) -> Iterable[bytes]:
    """A file in whole lines, about a block of them at once."""
    kept = b""
    while piece := file.read(BLOCK):
        end = piece.rfind(b"\n") + 1
        if end:
            yield kept + piece[:end]
            kept = piece[end:]
        else:
            kept += piece
            if len(kept) > 16 * BLOCK:  # one line without end is judged in parts, perhaps through a character
                yield kept
                kept = b""
    if kept:
        yield kept


def _breaks(block: bytes) -> int:
    return block.count(b"\n") + block.count(b"\r") - block.count(b"\r\n")


def _among(data: bytes, those: bytes) -> int:
    return len(data) - len(data.translate(None, those))
