"""Files of any size, read line by line: JSON Lines and CSV."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterator
from io import TextIOWrapper
from pathlib import Path
from typing import BinaryIO

from reformkit.intake.encoding import FileEncoding, judged
from reformkit.parsing.report import Report
from reformkit.parsing.source import CONTROL, LOOKED_AT, forbidden, is_there, reason, wide_encoding
from reformkit.problem import Place

KEPT = 1024
"""Lines that are kept for problems to show."""

_OTHER = {"UTF-8": "GB18030", "GB18030": "UTF-8"}
_CODECS = {"UTF-8": "utf-8-sig", "GB18030": "gb18030"}


class Lines:
    """The lines of a file, one after another; the last few are kept for problems to show.

    `others` are the numbers of those that are plainly in another encoding.
    """

    def __init__(self, path: str, encoding: str, others: frozenset[int] = frozenset()) -> None:
        self.path = path
        self.encoding = encoding
        self.others = others
        self._recent: deque[tuple[int, str]] = deque(maxlen=KEPT)
        self._size = 0
        self._file: BinaryIO | None = None

    def __iter__(self) -> Iterator[tuple[int, str]]:
        """Number and text of each line, its line break included; a byte that is not text becomes a lone surrogate."""
        with Path(self.path).open("rb") as file:
            self._size, self._file = max(1, os.fstat(file.fileno()).st_size), file
            text = TextIOWrapper(file, _CODECS[self.encoding], errors="surrogateescape", newline="")
            for pair in enumerate(text, 1):
                self._recent.append(pair)
                yield pair

    @property
    def share(self) -> float:
        """How much of the file has been read, from 0 to 1."""
        if self._file is None or self._file.closed:
            return float(self._file is not None)
        return self._file.tell() / self._size

    def line(self, number: int) -> str | None:
        """A line that was read lately, without its break."""
        return next((line.rstrip("\r\n") for n, line in self._recent if n == number), None)


def open_lines(path: str | os.PathLike[str], report: Report, also_gb18030: bool = False) -> Lines | None:
    """A file to be read line by line, or None and a problem."""
    name = os.fspath(path)
    if not is_there(name, report):
        return None
    try:
        with Path(name).open("rb") as file:
            wide = wide_encoding(file.read(LOOKED_AT))
            file.seek(0)
            encoding = judged(file) if also_gb18030 and not wide else FileEncoding("UTF-8")
    except OSError as error:
        report.add("RK103", Place(name), path=name, reason=reason(error))
        return None
    if wide:
        report.add("RK105", Place(name), seen=wide)
        return None
    lines = Lines(name, encoding.encoding, encoding.others)
    report.show(lines)
    if encoding.readings is not None:
        number, utf8, gb18030 = encoding.readings
        report.add("RK188", Place(name, number), utf8=utf8, gb18030=gb18030, taken=encoding.encoding)
    return lines


def is_clean(number: int, line: str, lines: Lines, report: Report) -> bool:
    """Whether a line holds text only, in the file's encoding; if not, the first fault of it is reported."""
    if number in lines.others:
        report.add("RK189", Place(lines.path, number), encoding=lines.encoding, other=_OTHER[lines.encoding])
        return False
    match = CONTROL.search(line)
    if match is None:
        return True
    code, values = forbidden(line, lines.encoding) or ("", {})
    report.add(code, Place(lines.path, number, match.start() + 1), **values)
    return False
