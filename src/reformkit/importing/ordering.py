"""Rules taken out of a file, put into it, and put in another order: whole blocks of lines, with the comments above them.

Blank lines between rules stay where they are.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from reformkit.editing.drafting import under
from reformkit.editing.spans import Odd, SpanScalar, SpanSequence, spans


class Blocks:
    """The rules of a file as blocks of lines. Raises `Odd` where they stand in brackets or there are none.

    >>> blocks = Blocks("rules:\\n  - {id: a}\\n  # of b\\n  - {id: b}\\n")
    >>> blocks.order(["b", "a"])
    >>> blocks.text()
    'rules:\\n  # of b\\n  - {id: b}\\n  - {id: a}\\n'
    """

    def __init__(self, text: str) -> None:
        node = under(spans(text), "rules")
        if not isinstance(node, SpanSequence) or node.flow or not node.items:
            raise Odd
        self.column = node.column
        self._lines = text.split("\n")
        starts = []
        for item in node.items:
            line = item.line
            while line > node.line and self._lines[line][node.column : node.column + 1] != "-":
                line -= 1
            if self._lines[line][: node.column].strip() or self._lines[line][node.column : node.column + 1] != "-":
                raise Odd
            starts.append(line)
        firsts = [self._above(line, node.line) for line in starts]
        last = max(number for number in range(starts[-1], len(self._lines)) if self._is_inside(number, starts[-1]))
        ends = [*firsts[1:], last + 1]
        self._before = self._lines[: firsts[0]]
        self._behind = self._lines[last + 1 :]
        self._gaps: list[list[str]] = []
        self._blocks: dict[str, list[str]] = {}
        for item, first, end in zip(node.items, firsts, ends, strict=True):
            block = self._lines[first:end]
            blank = len(block)
            while blank and not block[blank - 1].strip():
                blank -= 1
            self._blocks[_id(item)] = block[:blank]
            self._gaps.append(block[blank:])
        self._ids = list(self._blocks)
        if len(self._ids) != len(node.items):
            raise Odd

    @property
    def ids(self) -> list[str]:
        """The ids of the rules, in their order."""
        return list(self._ids)

    def remove(self, id: str) -> None:
        """Take a rule out, with the comments above it. Raises `Odd` for the last one: a list needs one."""
        if len(self._ids) < 2:
            raise Odd
        at = self._ids.index(id)
        del self._ids[at], self._gaps[min(at, len(self._gaps) - 2)]
        del self._blocks[id]

    def add(self, id: str, lines: Sequence[str], after: str | None) -> None:
        """Put a rule behind another; None: before all."""
        at = 0 if after is None else self._ids.index(after) + 1
        spaced = any(gap for gap in self._gaps[:-1])
        self._gaps.insert(min(at, len(self._gaps) - 1), [""] if spaced else [])
        self._ids.insert(at, id)
        self._blocks[id] = list(lines)

    def order(self, ids: Sequence[str]) -> None:
        """Put rules in an order; those that are not named stay where they are."""
        waiting = iter([id for id in ids if id in self._blocks])
        named = {id for id in ids if id in self._blocks}
        self._ids = [next(waiting) if id in named else id for id in self._ids]

    def text(self) -> str:
        """The file with its rules as they are now."""
        lines = list(self._before)
        for id, gap in zip(self._ids, self._gaps, strict=True):
            lines += [*self._blocks[id], *gap]
        return "\n".join([*lines, *self._behind])

    def _above(self, line: int, least: int) -> int:
        """The first of the comment lines above a rule."""
        while line > least and self._lines[line - 1].lstrip().startswith("#"):
            line -= 1
        return line

    def _is_inside(self, number: int, start: int) -> bool:
        """Whether a line belongs to the last rule: it is deeper than the dash, or blank between such lines."""
        for line in self._lines[start + 1 : number + 1]:
            plain = line.lstrip()
            if plain and len(line) - len(plain) <= self.column:
                return False
        return number == start or bool(self._lines[number].strip())


def _id(item: object) -> str:
    node = under(item, "id")  # type: ignore[arg-type]
    if not isinstance(node, SpanScalar):
        raise Odd
    return node.text


def of_files(files: Mapping[str, str], ids: Sequence[str]) -> dict[str, list[str]]:
    """Ids by the file in which each stands, in their order."""
    found: dict[str, list[str]] = {}
    for id in ids:
        if id in files:
            found.setdefault(files[id], []).append(id)
    return found
