"""Changes of single spans of a YAML text; every other byte stays.

A value is put in the place of another, a key is added at the end of its mapping, or taken out with its line.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reformkit.editing.spans import Odd, Span, SpanMapping, SpanScalar, SpanSequence, spans
from reformkit.editing.spelling import quoted
from reformkit.problem import Place
from reformkit.reading import keywords
from reformkit.text import Lang


class Splices:
    """The changes of one text. Raises `Odd` for a shape that is not edited so.

    >>> splices = Splices("a: 1  # one\\nb: {c: 2}\\n")
    >>> splices.replace(splices.value(splices.root, "a"), "3")
    >>> splices.put(splices.value(splices.root, "b"), "d", "4")
    >>> splices.text()
    'a: 3  # one\\nb: {c: 2, d: 4}\\n'
    """

    def __init__(self, text: str) -> None:
        self.old = text
        self.root = spans(text)
        self._edits: dict[tuple[int, int], list[str]] = {}

    def text(self) -> str:
        """The text with its changes. Raises `Odd` where two of them touch the same words."""
        parts: list[str] = []
        at = 0
        for (start, end), new in sorted(self._edits.items()):
            if start == end == at - 1 and parts[-1] == "" and self.old[start] == "\n":
                parts += [line.removeprefix("\n") + "\n" for line in new]  # behind a line that goes with its break
                continue
            if start < at:
                raise Odd
            parts += [self.old[at:start], *new]
            at = end
        return "".join([*parts, self.old[at:]])

    @property
    def count(self) -> int:
        """How many spans are changed."""
        return len(self._edits)

    # --- finding ---------------------------------------------------------------------------------------

    def value(self, node: Span | None, *path: str) -> Span | None:
        """What stands under keys, one below the other, each in either language."""
        for key in path:
            pair = _pair(node, key)
            node = None if pair is None else pair[1]
        return node

    def at(self, place: Place) -> Span:
        """The mapping or scalar that begins at a place. Raises `Odd` where there is none."""
        for node in _nodes(self.root):
            if (node.line, node.column) == (place.line - 1, place.column - 1):
                return node
        raise Odd

    def pair_at(self, place: Place) -> tuple[SpanMapping, SpanScalar, Span]:
        """The entry whose key stands at a place, in its mapping. Raises `Odd` where there is none."""
        for node in (node for node in _nodes(self.root) if isinstance(node, SpanMapping)):
            for key, value in node.pairs:
                if (key.line, key.column) == (place.line - 1, place.column - 1):
                    return node, key, value
        raise Odd

    # --- changing --------------------------------------------------------------------------------------

    def replace(self, node: Span | None, new: str) -> None:
        """Put words in the place of a value."""
        if node is None:
            raise Odd
        start, end = node.start, self.end(node)
        self._add(start, end, f" {new}" if start == end and self.old[start - 1 : start] == ":" else new)

    def replace_block(self, node: Span | None, key: str, lines: Sequence[str]) -> None:
        """Put lines in the place of what stands under a key; comments between the two stay where they are.

        >>> splices = Splices("when:  # then\\n  # first\\n  a: 1\\nb: 2\\n")
        >>> splices.replace_block(splices.root, "when", ["  c: 3"])
        >>> splices.text()
        'when:  # then\\n  # first\\n  c: 3\\nb: 2\\n'
        """
        pair = _pair(node, key)
        if pair is None:
            raise Odd
        name, value = pair
        colon = self.old.index(":", name.end)
        between = self.old[colon + 1 : value.start].split("\n")
        if any(line.strip() and not line.strip().startswith("#") for line in between):
            raise Odd  # an anchor or a tag
        start = value.start if len(between) == 1 else value.start - len(between[-1]) - 1
        said = "".join(f"\n{line}" for line in lines)
        self._add(colon + 1 if len(between) == 1 else start, self.end(value), said)

    def put(self, node: Span | None, key: str, value: str) -> None:
        """Add an entry at the end of a mapping."""
        if not isinstance(node, SpanMapping):
            raise Odd
        if node.flow:
            if not node.pairs:
                self._add(node.start, node.end, f"{{{key}: {value}}}")
                return
            end = (
                self.end(node.pairs[-1][1]) if node.pairs[-1][1].end > node.pairs[-1][0].end else node.pairs[-1][1].end
            )
            self._add(end, end, f", {key}: {value}")
            return
        if not node.pairs:
            raise Odd
        end = self._line_end(self.end(node.pairs[-1][1]))
        self._add(end, end, f"\n{' ' * node.column}{key}: {value}")

    def append(self, node: SpanSequence, item: str) -> None:
        """Add an item at the end of a list that has some."""
        if not node.items:
            raise Odd
        end = self.end(node.items[-1])
        if not node.flow:
            end = self._line_end(end)
        self._add(end, end, f", {item}" if node.flow else f"\n{' ' * node.column}- {item}")

    def drop(self, node: Span | None, key: SpanScalar) -> None:
        """Take an entry out of a mapping that has others."""
        if not isinstance(node, SpanMapping) or len(node.pairs) < 2:
            raise Odd
        number = next(i for i, (name, _) in enumerate(node.pairs) if name is key)
        value = node.pairs[number][1]
        if node.flow and number == 0:
            self._add(key.start, node.pairs[1][0].start, "")
        elif node.flow:
            self._add(self.end(node.pairs[number - 1][1]), self.end(value), "")
        elif self.old[self._line_start(key.start) : key.start].strip():  # behind the dash of a list
            end = self._line_end(self.end(value)) + 1
            self._add(key.start, end + len(self.old[end:]) - len(self.old[end:].lstrip()), "")
        else:
            self._add(self._line_start(key.start), self._line_end(self.end(value)) + 1, "")

    def set(self, node: Span | None, key: str, value: str, lang: Lang) -> None:
        """Say a value under a key: in the place of the one that is there, or as a new entry; `""` takes it out."""
        pair = _pair(node, key)
        if pair is None:
            if value:
                self.put(node, keywords.spelt(key).say(lang), value)
        elif value:
            self.replace(pair[1], value)
        else:
            self.drop(node, pair[0])

    def set_text(self, node: Span | None, key: str, words: str, said_in: Lang, lang: Lang) -> bool:
        """Say a text under a key, in one language; whether it is now otherwise than in the other language."""
        pair = _pair(node, key)
        inner = None if pair is None else pair[1]
        if not words or not isinstance(inner, SpanMapping):
            self.set(node, key, quoted(words, False, _in_flow(node)) if words else "", lang)
            return False
        others = [name.text for name, _ in inner.pairs if name.text != said_in]
        self.set(inner, said_in, quoted(words, False, inner.flow), lang)
        return bool(others)

    def _add(self, start: int, end: int, new: str) -> None:
        self._edits.setdefault((start, end), []).append(new)

    def end(self, node: Span) -> int:
        """The place behind the last character of a value."""
        if isinstance(node, SpanScalar):
            return (
                node.start + len(self.old[node.start : node.end].rstrip())
                if node.style in ("|", ">") and node.style
                else node.end
            )
        if node.flow:
            return node.end
        parts = [value for _, value in node.pairs] if isinstance(node, SpanMapping) else node.items
        return self.end(parts[-1]) if parts else node.start

    def _line_start(self, at: int) -> int:
        return self.old.rfind("\n", 0, at) + 1

    def _line_end(self, at: int) -> int:
        end = self.old.find("\n", at)
        return len(self.old) if end < 0 else end


def _pair(node: Span | None, key: str) -> tuple[SpanScalar, Span] | None:
    names = (key, keywords.ZH.get(key, key))
    pairs = node.pairs if isinstance(node, SpanMapping) else ()
    return next((pair for pair in pairs if pair[0].text in names), None)


def _in_flow(node: Span | None) -> bool:
    return isinstance(node, SpanMapping) and node.flow


def _nodes(node: Span | None) -> Iterator[Span]:
    if node is None:
        return
    if isinstance(node, SpanMapping):
        yield node
        for _, value in node.pairs:
            yield from _nodes(value)
    elif isinstance(node, SpanSequence):
        for item in node.items:
            yield from _nodes(item)
    else:
        yield node
