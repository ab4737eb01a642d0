"""A rulebook handed over as its texts, by the path of each: from a database, a form, a test."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import PurePath

from reformkit.sources.shelf import File

Texts = Mapping[str, str | bytes]
"""What each file holds, by its path with `/` between the parts."""


def files_of(texts: Texts) -> Iterator[File]:
    """The files of a mapping of texts. Raises TypeError for a path or a content that is of another type."""
    for name, content in texts.items():
        if not isinstance(name, str | PurePath):
            raise TypeError(f"the path of a text is a str, not {type(name).__name__}")
        yield name.as_posix() if isinstance(name, PurePath) else name, bytes_of(content, f"the text of {str(name)!r}")


def bytes_of(content: object, what: str) -> bytes:
    """A text in UTF-8, or bytes as they are; what no text may hold is said when it is read, at its place."""
    if isinstance(content, str):
        return content.encode("utf-8", "surrogatepass")
    if isinstance(content, bytes | bytearray | memoryview):
        return bytes(content)
    raise TypeError(f"{what} is a str or bytes, not {type(content).__name__}")
