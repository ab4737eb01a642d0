"""A YAML text as nodes that know where they begin and end, so that a text can be edited without writing it anew."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(slots=True)
class SpanNode:
    """A node with the index, line and column (from 0) of its first character, and of the one after its last."""

    start: int
    end: int
    line: int
    column: int
    last_line: int


@dataclass(slots=True)
class SpanScalar(SpanNode):
    """A word or text; `style` is empty for a plain one, else a quote, `|` or `>`."""

    text: str
    style: str


@dataclass(slots=True)
class SpanSequence(SpanNode):
    """A list, in brackets if `flow`."""

    flow: bool
    items: list[Span] = field(default_factory=list)


@dataclass(slots=True)
class SpanMapping(SpanNode):
    """Keys and values in written order, in braces if `flow`."""

    flow: bool
    pairs: list[tuple[SpanScalar, Span]] = field(default_factory=list)


Span = SpanScalar | SpanSequence | SpanMapping


class Odd(Exception):
    """The text has a shape that is not laid out anew."""


def spans(text: str) -> Span | None:
    """The one node of a text that the reader has taken; None if it has nothing but comments."""
    loader = _LOADER(text)
    try:
        return _read(loader)
    finally:
        loader.dispose()


def _read(loader: Any) -> Span | None:
    root: Span | None = None
    opened: list[SpanSequence | SpanMapping] = []
    keys: list[SpanScalar | None] = []
    while (event := loader.get_event()) is not None:
        kind = type(event)
        if kind is yaml.ScalarEvent:
            node: Span = SpanScalar(*_range(event), event.value, event.style or "")
        elif kind in (yaml.SequenceStartEvent, yaml.MappingStartEvent):
            made = (SpanSequence if kind is yaml.SequenceStartEvent else SpanMapping)(
                *_range(event), bool(event.flow_style)
            )
            opened.append(made)
            keys.append(None)
            continue
        elif kind in (yaml.SequenceEndEvent, yaml.MappingEndEvent):
            node = opened.pop()
            keys.pop()
            node.end, node.last_line = event.end_mark.index, event.end_mark.line
        else:
            continue
        if not opened:
            root = node
        elif isinstance(opened[-1], SpanSequence):
            opened[-1].items.append(node)
        elif keys[-1] is None:
            if not isinstance(node, SpanScalar):
                raise Odd
            keys[-1] = node
        else:
            opened[-1].pairs.append((keys[-1], node))
            keys[-1] = None
    return root


def _range(event: Any) -> tuple[int, int, int, int, int]:
    begin, end = event.start_mark, event.end_mark
    return begin.index, end.index, begin.line, begin.column, end.line


def scalars(node: Span | None) -> Iterator[SpanScalar]:
    """Every scalar, keys included, in the order of the text."""
    match node:
        case SpanScalar():
            yield node
        case SpanSequence():
            for item in node.items:
                yield from scalars(item)
        case SpanMapping():
            for key, value in node.pairs:
                yield key
                yield from scalars(value)


def comments(text: str, node: Span | None) -> list[str]:
    """Every comment of a text, from `#` to the end of its line."""
    texts, at = [], 0
    for scalar in [*scalars(node), None]:
        stop = len(text) if scalar is None else scalar.start
        if scalar is not None and scalar.style in ("|", ">") and scalar.style:
            stop = _header_end(text, scalar.start)  # a block scalar may have a comment on its first line
        while (mark := text.find("#", at, stop)) >= 0:
            line_end = text.find("\n", mark)
            at = len(text) if line_end < 0 else line_end
            texts.append(text[mark:at].rstrip())
        at = max(at, stop if scalar is None else scalar.end)
    return texts


def _header_end(text: str, start: int) -> int:
    end = text.find("\n", start)
    return len(text) if end < 0 else end
