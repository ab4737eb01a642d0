"""A diagram: labelled boxes in columns, with links from left to right; where each box goes on the page."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import fmean
from typing import Literal

from reformkit.text import width_of

Style = Literal["plain", "main", "also"]
"""How a link is drawn: `main` solid and strong, `also` dashed."""

FONT_SIZE = 14
_LINE, _PADDING, _GAP, _AISLE, _MARGIN, _HEAD = 19, 9, 12, 150, 24, 50
_WAY = "way"
"""The kind of a box that only keeps room for a link that passes a column."""
_TOKENS = re.compile(r"[!-~\u00c0-\u024f]+|\S|\s+")
_CLOSING = "，。；：、！？”’）》】％,.;:!?)%"


@dataclass(frozen=True, slots=True)
class Box:
    """A box; `kind` gives its colour."""

    id: str
    label: str
    column: int
    kind: str


@dataclass(frozen=True, slots=True)
class Link:
    """An arrow from a box to one further right."""

    start: str
    end: str
    style: Style = "plain"
    tone: str = ""
    """The kind of box whose colour it has; otherwise that of its start."""


@dataclass(frozen=True)
class Diagram:
    """Boxes in columns, from top to bottom as listed. `kinds` names each kind of box, `links` each style used."""

    title: str
    boxes: tuple[Box, ...]
    links: tuple[Link, ...]
    kinds: Mapping[str, str]
    styles: Mapping[Style, str]


@dataclass(frozen=True, slots=True)
class Placed:
    """A box on the page, in points; its label in lines."""

    box: Box
    x: float
    y: float
    width: float
    height: float
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Page:
    """A diagram with every box in its place; no two overlap, and no link passes under a box.

    `paths` are the points of each link, from the right side of its start to the left side of its end.
    """

    diagram: Diagram
    boxes: Mapping[str, Placed]
    paths: Sequence[Sequence[tuple[float, float]]]
    width: float
    height: float


def untangled(boxes: Sequence[Box], links: Sequence[Link]) -> tuple[Box, ...]:
    """The boxes in an order in which links cross less: each near the middle of those it is linked with.

    The boxes of the first column keep their order, and within a column those of one neighbour on the left stay
    together.
    """
    columns = _columns(boxes)
    for names in columns[1:]:
        rank = {id: i for column in columns for i, id in enumerate(column)}
        lefts = {id: [rank[link.start] for link in links if link.end == id] for id in names}
        names.sort(key=lambda id: fmean(lefts[id]) if lefts[id] else rank[id])
    by_id = {box.id: box for box in boxes}
    return tuple(by_id[id] for column in columns for id in column)


def laid(diagram: Diagram, most: int) -> Page:
    """A page for a diagram; labels are broken at `most` columns of a letter's width (a Chinese character has two)."""
    ways, chains = _ways(diagram)
    segments = [Link(*pair) for pair in dict.fromkeys(pair for chain in chains for pair in pairwise(chain))]
    everything = untangled((*diagram.boxes, *ways), segments) if ways else diagram.boxes
    lines = {box.id: broken(box.label, most) for box in everything}
    heights = {box.id: 2.0 if box.kind == _WAY else len(lines[box.id]) * _LINE + 2 * _PADDING for box in everything}
    columns = _columns(everything)
    tallest = max(range(len(columns)), key=lambda i: _stack([heights[id] for id in columns[i]]), default=0)
    middles: dict[str, float] = {}
    at = float(_MARGIN + _HEAD)
    for id in columns[tallest] if columns else ():
        middles[id] = at + heights[id] / 2
        at += heights[id] + _GAP
    bottom = at
    for i in [*range(tallest - 1, -1, -1), *range(tallest + 1, len(columns))]:
        wanted = {id: _wanted(id, segments, middles, (_MARGIN + _HEAD + bottom) / 2) for id in columns[i]}
        middles |= _apart(columns[i], wanted, heights, _MARGIN + _HEAD, bottom)
    widths = [max(max(map(width_of, lines[id])) for id in names) * FONT_SIZE / 2 + 2 * _PADDING for names in columns]
    lefts = [_MARGIN + sum(widths[:i]) + i * _AISLE for i in range(len(columns))]
    boxes = {
        box.id: Placed(box, lefts[n], middles[box.id] - heights[box.id] / 2, widths[n], heights[box.id], lines[box.id])
        for n, names in enumerate(columns)
        for box in everything
        if box.id in names
    }
    right = max((b.x + b.width for b in boxes.values()), default=300)
    low = max((b.y + b.height for b in boxes.values()), default=100)
    paths = [_path([boxes[id] for id in chain]) for chain in chains]
    drawn = {id: placed for id, placed in boxes.items() if placed.box.kind != _WAY}
    return Page(diagram, drawn, paths, max(right, 560) + _MARGIN, low + _MARGIN)


def _ways(diagram: Diagram) -> tuple[list[Box], list[list[str]]]:
    """A place to pass for each link in each column between its ends, shared by the links of one start; and their ways."""
    column = {box.id: box.column for box in diagram.boxes}
    ways: dict[str, Box] = {}
    chains = []
    for link in diagram.links:
        between = [
            f"{link.start} → {n}" for n in sorted({*column.values()}) if column[link.start] < n < column[link.end]
        ]
        for id in between:
            ways[id] = Box(id, "", int(id.rsplit(" ", 1)[1]), _WAY)
        chains.append([link.start, *between, link.end])
    return list(ways.values()), chains


def _path(chain: Sequence[Placed]) -> list[tuple[float, float]]:
    points = []
    for i, placed in enumerate(chain):
        y = placed.y + placed.height / 2
        points += [(placed.x, y)] if i else []
        points += [(placed.x + placed.width, y)] if i < len(chain) - 1 else []
    return points


def _columns(boxes: Sequence[Box]) -> list[list[str]]:
    """The ids of each column that has boxes, from left to right."""
    used = sorted({box.column for box in boxes})
    return [[box.id for box in boxes if box.column == column] for column in used]


def _stack(heights: Sequence[float]) -> float:
    return sum(heights) + _GAP * max(0, len(heights) - 1)


def _wanted(id: str, links: Sequence[Link], middles: Mapping[str, float], otherwise: float) -> float:
    """The height at which a box would stand best: in the middle of those it is linked with."""
    near = [middles[link.end] for link in links if link.start == id and link.end in middles]
    near += [middles[link.start] for link in links if link.end == id and link.start in middles]
    return fmean(near) if near else otherwise


def _apart(
    names: Sequence[str], wanted: Mapping[str, float], heights: Mapping[str, float], top: float, bottom: float
) -> dict[str, float]:
    """Boxes of a column near where they want to be, none over another, in their order."""
    names = sorted(names, key=lambda id: wanted[id])
    middles: dict[str, float] = {}
    edge = top
    for id in names:
        middles[id] = max(wanted[id], edge + heights[id] / 2)
        edge = middles[id] + heights[id] / 2 + _GAP
    edge = max(bottom, top + _stack([heights[id] for id in names]) + _GAP)
    for id in reversed(names):
        middles[id] = min(middles[id], edge - _GAP - heights[id] / 2)
        edge = middles[id] - heights[id] / 2
    return middles


def broken(text: str, most: int) -> tuple[str, ...]:
    """A label in lines of at most `most` columns; a closing mark is kept with what it closes.

    >>> broken("资产资源清查与公开处置。", 22)
    ('资产资源清查与公开处置。',)
    """
    lines = [""]
    for token in _TOKENS.findall(text):
        if width_of(lines[-1] + token) > most and lines[-1].strip() and token not in _CLOSING:
            lines[-1] = lines[-1].rstrip()
            lines.append("")
        lines[-1] += token if lines[-1] else token.lstrip()
    if len(lines) > 1 and width_of(lines[-1]) <= 2:  # one character alone takes another with it
        lines[-2:] = [lines[-2][:-1], lines[-2][-1] + lines[-1]]
    return tuple(lines)
