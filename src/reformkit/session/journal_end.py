"""How far a journal was told: a count in its first line that is written over, so that what is cut off its end is missed.

The count stands in the header under `told`: the number of tellings, the checksum of the last of them, and a checksum of
both. The header's own checksum is taken with the count at nought. The count is written once a telling is on disk, and
so never runs ahead of it; it is one telling behind where a process was killed in between.
"""

from __future__ import annotations

import re
from typing import NamedTuple
from zlib import crc32

_FIELD = re.compile(rb'(?<="told":")([0-9]{12}:[0-9a-f]{8}):([0-9a-f]{8})(?=")')


class End(NamedTuple):
    """The number of tellings, and the checksum of the last line of them."""

    number: int
    checksum: str


NOTHING = End(0, "00000000")


def written(end: End) -> bytes:
    """The end as it stands under `told`, always as long.

    >>> written(NOTHING)
    b'000000000000:00000000:c356a18f'
    """
    said = f"{end.number:012}:{end.checksum}".encode()
    return said + f":{crc32(said):08x}".encode()


def at_nought(line: bytes) -> bytes:
    """A header as it was written first."""
    return _FIELD.sub(written(NOTHING), line, count=1)


def found(line: bytes) -> tuple[int, End | None] | None:
    """Where the end stands in a header, and what it says (None: it is damaged); None in a header without one."""
    field = _FIELD.search(line)
    if field is None:
        return None
    number, checksum = field[1].decode().split(":")
    end = End(int(number), checksum)
    return field.start(), end if written(end) == field.group() else None
