"""The layout of the house: keys of a record in order, two spaces a level, one space in braces; comments go along.

Lines are moved and shifted whole. What stands inside a text, or in brackets over several lines, keeps its lines.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise

from reformkit.editing.spans import Odd, Span, SpanScalar, SpanSequence, scalars
from reformkit.editing.spans import SpanMapping as Map

Order = Mapping[int, list[int]]
"""For a record, by the index of its first character: the numbers of its entries in the order of the house."""


def laid_out(text: str, root: Span, order: Order) -> str:
    """A text in the layout of the house. Raises Odd where it has a shape that is left alone."""
    lines = text.split("\n")
    if isinstance(root, SpanScalar) or root.flow:
        return text
    writer = _Writer(text, lines, order)
    begin = writer.lead(root.line, 0)
    made = [*_kept(lines[:begin]), *writer.node(root, begin, len(lines), 0)]
    *_, last = scalars(root)
    if last.style in ("|", ">"):  # blank lines at the end may belong to the text
        return "\n".join(made)
    return "\n".join(made).rstrip("\n") + "\n"


def _kept(lines: list[str]) -> list[str]:
    return [line.rstrip() for line in lines]


class _Writer:
    def __init__(self, text: str, lines: list[str], order: Order) -> None:
        self._text = text
        self._lines = lines
        self._order = order

    def lead(self, line: int, least: int) -> int:
        """The first of the comment lines that stand directly above a line."""
        while line > least and self._lines[line - 1].lstrip().startswith("#"):
            line -= 1
        return line

    def node(self, node: Span, begin: int, end: int, column: int) -> list[str]:
        """The lines of a block collection that takes the lines from `begin` to `end`, moved to a column."""
        assert not isinstance(node, SpanScalar)
        starts = [self._line_of(node, i) for i in range(len(_parts(node)))]
        if any(one >= other for one, other in pairwise(starts)):
            raise Odd
        leads = [self.lead(line, before + 1) for before, line in pairwise(starts)]
        rest = min(end, self._last_line(_parts(node)[-1]) + 1)
        edges = [begin, *leads, max(rest, starts[-1] + 1)]
        blocks = []
        for i, start in enumerate(starts):
            above = self._comments(edges[i], start, node.column, column)
            blocks.append([*above, *self._entry(node, i, start, edges[i + 1], column)])
        tail = self._comments(edges[-1], end, node.column, column)
        order = self._order.get(node.start) if isinstance(node, Map) else None
        if order is not None and order != sorted(order):
            blocks = self._moved(blocks, order)
        return [line for block in blocks for line in block] + tail

    @staticmethod
    def _moved(blocks: list[list[str]], order: list[int]) -> list[list[str]]:
        """Entries in another order; the blank lines between them stay where they are."""
        gaps, bare = [], []
        for block in blocks:
            size = len(block)
            while size and not block[size - 1]:
                size -= 1
            bare.append(block[:size])
            gaps.append(block[size:])
        return [bare[number] + gaps[place] for place, number in enumerate(order)]

    def _line_of(self, node: Map | SpanSequence, number: int) -> int:
        """The line on which an entry begins: that of its key, or of its dash."""
        if isinstance(node, Map):
            key = node.pairs[number][0]
            if key.column != node.column or key.style in ("|", ">") or key.last_line != key.line:
                raise Odd
            return key.line
        line = node.items[number].line
        while not self._is_dash(line, node.column):
            line -= 1
            if line < node.line:
                raise Odd
        return line

    def _is_dash(self, line: int, column: int) -> bool:
        text = self._lines[line]
        dash = text[column : column + 1] == "-" and text[column + 1 : column + 2] in ("", " ")
        return dash and not text[:column].replace("-", " ").strip()

    def _comments(self, begin: int, end: int, old: int, new: int) -> list[str]:
        """Comments and blank lines beside entries that move from one column to another."""
        return [_comment_line(line, old, new) for line in self._lines[begin:end]]

    def _entry(self, node: Map | SpanSequence, number: int, start: int, stop: int, column: int) -> list[str]:
        """An entry without the comments above it."""
        if isinstance(node, Map):
            key, value = node.pairs[number]
            return self._of_key(key, value, start, stop, column)
        value, inner = node.items[number], column + 2
        if isinstance(value, SpanScalar) or value.flow:
            if value.line != start:
                raise Odd
            return self._dashed(self._plain(value, value.column, start, stop, inner), column)
        if isinstance(value, SpanSequence) or (
            value.line > start and self._lines[start][node.column :].rstrip() != "-"
        ):
            raise Odd
        begin = start if value.line == start else self.lead(value.line, start + 1)
        return self._dashed(self.node(value, begin, stop, inner), column)

    @staticmethod
    def _dashed(lines: list[str], column: int) -> list[str]:
        """The lines of an item with its dash; comments that have come to stand first go above it."""
        first = next((i for i, line in enumerate(lines) if line.strip() and not line.lstrip().startswith("#")), None)
        if first is None:
            raise Odd
        above = [" " * column + line.strip() if line else "" for line in lines[:first]]
        return [*above, " " * column + "- " + lines[first][column + 2 :], *lines[first + 1 :]]

    def _of_key(self, key: SpanScalar, value: Span, start: int, stop: int, column: int) -> list[str]:
        if isinstance(value, SpanScalar) or value.flow:
            return self._plain(value, key.column, start, stop, column, key)
        if value.line == start:
            raise Odd
        begin = self.lead(value.line if isinstance(value, Map) else self._line_of(value, 0), start + 1)
        head = self._lines[start][key.column :].rstrip()
        between = self._comments(start + 1, begin, value.column, column + 2)
        return [" " * column + head, *between, *self.node(value, begin, stop, column + 2)]

    def _plain(
        self, value: Span, old: int, start: int, stop: int, new: int, key: SpanScalar | None = None
    ) -> list[str]:
        """A text or bracketed collection with its key: the first line anew if it is all of it, the rest shifted."""
        first = self._lines[start]
        if (
            value.line == start
            and value.last_line == start
            and (isinstance(value, SpanSequence | Map) or not value.style)
        ):
            line_start = self._text.rfind("\n", 0, value.start) + 1
            rest = first[value.end - line_start :]
            body = "".join(self._flow(value))
            if key is not None:
                head = self._text[key.start : key.end] + ": "
                between = self._text[key.end : value.start].strip()
                if between != ":":
                    raise Odd
                body = head + body if body else head.rstrip()
            lines = [" " * new + (body + _comment(rest)).rstrip()]
        else:
            lines = [" " * new + self._first(first[old:], value, start)]
        is_text = isinstance(value, SpanScalar) and value.style in ("|", ">")
        text_end = self._last_line(value) + 1
        for number in range(start + 1, stop):
            line = self._lines[number]
            if number < text_end:
                lines.append(_shifted(line, new - old, is_text))
            else:
                lines.append(_comment_line(line, old, new))
        return lines

    def _last_line(self, node: Span) -> int:
        """The last line on which something of a node stands."""
        if isinstance(node, SpanScalar) or node.flow:
            return node.line + self._text[node.start : node.end].rstrip().count("\n")
        return max((self._last_line(part) for part in _parts(node)), default=node.line)

    @staticmethod
    def _first(line: str, value: Span, start: int) -> str:
        in_text = (
            isinstance(value, SpanScalar)
            and value.line == start
            and value.last_line > start
            and value.style in ("'", '"')
        )
        return line if in_text else line.rstrip()

    def _flow(self, node: Span) -> Iterator[str]:
        """A value on one line with one space after each colon and comma."""
        match node:
            case SpanScalar():
                yield self._text[node.start : node.end]
            case SpanSequence():
                yield "["
                for i, item in enumerate(node.items):
                    yield ", " if i else ""
                    yield from self._flow(item)
                yield "]"
            case Map():
                yield "{"
                numbers = self._order.get(node.start) or range(len(node.pairs))
                for place, number in enumerate(numbers):
                    key, value = node.pairs[number]
                    if ":" not in self._text[key.end : value.start] or not self._text[key.start : key.end]:
                        raise Odd
                    yield ", " if place else ""
                    yield self._text[key.start : key.end] + ": "
                    yield from self._flow(value)
                yield "}"


def _parts(node: Map | SpanSequence) -> list[Span]:
    return [value for _, value in node.pairs] if isinstance(node, Map) else node.items


def _comment_line(line: str, old: int, new: int) -> str:
    """A comment that moves with an entry; one that stands further left keeps its distance."""
    said = line.strip()
    column = len(line) - len(line.lstrip())
    return " " * max(0, new + min(0, column - old)) + said if said else ""


def _comment(rest: str) -> str:
    """What follows a value on its line: nothing, or a comment with its distance."""
    said = rest.strip()
    if not said:
        return ""
    if not said.startswith("#"):
        raise Odd
    gap = rest[: len(rest) - len(rest.lstrip())]
    return (gap if len(gap) > 1 else "  ") + said


def _shifted(line: str, by: int, is_text: bool) -> str:
    """A line moved to the right or left; blank lines of a text stay as they are."""
    if not line.strip(" "):
        return line if is_text and by == 0 else line[-by:] if is_text and by < 0 else line if is_text else ""
    body = line if is_text else line.rstrip()
    if by >= 0:
        return " " * by + body
    return body[min(-by, len(body) - len(body.lstrip(" "))) :]
