"""A file handed over as what it holds: a text, bytes or a stream, with the name that says its kind."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import PurePath
from typing import IO

from reformkit.sources.shelf import Shelf
from reformkit.sources.texts import bytes_of

Content = str | bytes | bytearray | memoryview | IO[str] | IO[bytes]
"""What a file holds, or a stream of it that is open."""


@contextmanager
def as_file(content: object, name: str | None) -> Iterator[tuple[str, Shelf]]:
    """The path of a file with that content while it is read, and what says its places.

    Without a name a stream has that of its file. Raises TypeError where there is no name, and for what is no content.
    """
    read = getattr(content, "read", None)
    name = getattr(content, "name", None) if name is None else name
    if not isinstance(name, str) or not PurePath(name).name:
        raise TypeError('cases that are not in a file want a name that says their kind: name="cases.csv"')
    data = bytes_of(content if read is None else read(), "what is read")
    with Shelf([], str(PurePath(name).parent / "x")[:-1]) as shelf:
        path = shelf.root / PurePath(name).name
        try:
            path.write_bytes(data)
        except (OSError, ValueError):  # no file can be called so
            path = shelf.root / f"cases{PurePath(name).suffix[:9].encode('ascii', 'ignore').decode()}"
            path.write_bytes(data)
        yield str(path), shelf
