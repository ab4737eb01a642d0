"""A file's text with plain line ends, and how its bytes were: what is edited, and what is written back."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace

from reformkit.editing.spans import Odd
from reformkit.grid.splice import Splices
from reformkit.problem import Place

_MARK = "\ufeff"


@dataclass(frozen=True, slots=True)
class FileText:
    """A text, its byte order mark (or none) and its line ends.

    >>> FileText.of(b"a: 1\\r\\nb: 2\\r\\n").text
    'a: 1\\nb: 2\\n'
    """

    text: str
    mark: str = ""
    ends: str = "\n"

    @classmethod
    def of(cls, data: bytes) -> FileText | None:
        """The text of a file's bytes; None where they would not come back as they were (other encodings, mixed ends)."""
        try:
            whole = data.decode()
        except UnicodeDecodeError:
            return None
        mark = _MARK if whole.startswith(_MARK) else ""
        ends = "\r\n" if "\r\n" in whole else "\n"
        file = cls(whole.removeprefix(mark).replace("\r\n", "\n"), mark, ends)
        return file if file.data == data and "\r" not in file.text else None

    @property
    def data(self) -> bytes:
        """The bytes that are written."""
        return (self.mark + self.text.replace("\n", self.ends)).encode()

    def with_text(self, text: str) -> FileText:
        """Another text, written in the same way."""
        return replace(self, text=text)


@dataclass(frozen=True, slots=True)
class Block:
    """Whole lines of a file that say one thing: a rule, a parameter. `line` is the first one, counted from 1."""

    path: str
    line: int
    text: str

    @property
    def sha(self) -> str:
        """What tells whether someone has changed it."""
        return sha_of(self.text)


def block_at(path: str, text: str, place: Place, *, entry: bool = False) -> Block:
    """The lines of the mapping that begins at a place, or of the `entry` whose key stands there.

    Raises `Odd` where it has no lines of its own.

    >>> block_at("a.yaml", "rules:\\n  - id: A\\n    then: x\\n\\n  - id: B\\n", Place("a.yaml", 2, 5)).text
    '  - id: A\\n    then: x\\n'
    """
    splices = Splices(text)
    if entry:
        _, key, node = splices.pair_at(place)
        end = max(splices.end(node), key.end)
    else:
        end = splices.end(splices.at(place))
    first = sum(len(line) + 1 for line in text.split("\n")[: place.line - 1])
    after = text.find("\n", end)
    last = len(text) if after < 0 else after + 1
    lead = text[first : first + place.column - 1]
    rest = text[end:last].strip()
    if lead.strip(" -") or (rest and not rest.startswith("#")):
        raise Odd  # it shares its lines with something else
    return Block(path, place.line, text[first:last])


def respelt(block: Block, text: str, change: Callable[[Splices], None]) -> str:
    """The lines of a block with some words in them put in other words; `text` is that of the whole file.

    Raises `Odd` where the change cannot be made in these lines alone.

    >>> text = "a:\\n  - {value: 2}  # two\\nb: 1\\n"
    >>> block = block_at("a.yaml", text, Place("a.yaml", 2, 5))
    >>> respelt(block, text, lambda splices: splices.replace(splices.value(splices.at(Place("a.yaml", 2, 5)), "value"), "3"))
    '  - {value: 3}  # two\\n'
    """
    splices = Splices(text)
    change(splices)
    new = splices.text()
    start = sum(len(line) + 1 for line in text.split("\n")[: block.line - 1])
    rest = len(text) - start - len(block.text)
    if new[:start] != text[:start] or new[len(new) - rest :] != text[len(text) - rest :]:
        raise Odd
    return new[start : len(new) - rest]


def sha_of(text: str) -> str:
    """The digest of a text."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
