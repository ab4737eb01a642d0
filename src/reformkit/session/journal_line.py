"""A line of a journal: JSON that ends with a checksum of itself."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any, NamedTuple
from zlib import crc32

from reformkit.session import journal_end

START = b'{"reformkit":"journal"'
"""How a header begins."""

_SUM = re.compile(rb',"crc":"([0-9a-f]{8})"\}$')


class LineWritten(NamedTuple):
    """A line as it is written, and its checksum."""

    raw: bytes
    checksum: str


def line_of(said: Mapping[str, Any]) -> LineWritten:
    """What is said, as a line.

    >>> line_of({"n": 1, "forget": "A"}).raw
    b'{"n":1,"forget":"A","crc":"fd2946b1"}\\n'
    """
    body = json.dumps(said, ensure_ascii=False, separators=(",", ":"))
    try:
        raw = body.encode()
    except UnicodeEncodeError:  # a lone surrogate
        raw = json.dumps(said, separators=(",", ":")).encode()
    checksum = f"{crc32(raw):08x}"
    return LineWritten(raw[:-1] + f',"crc":"{checksum}"}}\n'.encode(), checksum)


def checksum_of(raw: bytes) -> str | None:
    """The checksum that a line has, if it is the line's."""
    text = raw.rstrip(b"\n")
    if text.startswith(START):
        text = journal_end.at_nought(text)
    match = _SUM.search(text)
    if match is None or crc32(text[: match.start()] + b"}") != int(match[1], 16):
        return None
    return match[1].decode()


def said_by(raw: bytes) -> dict[str, Any] | None:
    """What a line says whose checksum is right; None where nobody wrote it so."""
    try:
        said = json.loads(raw)
    except (ValueError, RecursionError):
        return None
    return said if isinstance(said, dict) and said.pop("crc", None) is not None else None


def was_written(raw: bytes) -> bool:
    """Whether a telling was written to its end: one that broke off lacks the line break, or holds zeros for what did
    not reach the disk."""
    return raw.endswith(b"\n") and b"\0" not in raw and bool(raw.strip())
