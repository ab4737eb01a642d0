"""A page as SVG or PNG, by Altair and vl-convert; no browser and no network."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from reformkit.drawing.colours import COLOURS
from reformkit.drawing.diagram import FONT_SIZE, Link, Page, Placed
from reformkit.drawing.fonts import FAMILIES, Font

_STEPS = 24
_LEGEND_GAP = 26
_INK = "#1f2328"


def svg(page: Page) -> str:
    """A picture whose text a viewer sets in a font of its own."""
    import vl_convert

    families = ", ".join(f"'{family}'" if " " in family else family for family in (*FAMILIES, "sans-serif"))
    return str(vl_convert.vegalite_to_svg(_chart(page, families)))


def png(page: Page, font: Font, scale: float = 2) -> bytes:
    """A picture with Chinese set in a font that was found; `scale` is pixels for each point."""
    import vl_convert

    vl_convert.register_font_directory(str(font.folder))
    return bytes(vl_convert.vegalite_to_png(_chart(page, font.family), scale=scale))


def _chart(page: Page, font: str) -> dict[str, Any]:
    import altair as alt

    def scaled(name: str, channel: Any, end: float) -> Any:
        return channel(name, type="quantitative", axis=None, scale=alt.Scale(domain=[0, end], nice=False, zero=False))

    def x(name: str = "x") -> Any:
        return scaled(name, alt.X, page.width)

    def y(name: str = "y") -> Any:
        flipped = alt.Scale(domain=[page.height, 0], nice=False, zero=False)
        return alt.Y(name, type="quantitative", axis=None, scale=flipped)

    def data(rows: list[dict[str, Any]]) -> Any:
        inline: Any = alt.Data
        return inline(values=rows)

    layers = []
    for style, dash, width in (("plain", [1, 0], 1.2), ("also", [5, 4], 1.1), ("main", [1, 0], 1.9)):
        points = [
            row for n, link in enumerate(page.diagram.links) if link.style == style for row in _curve(page, n, link)
        ]
        if points:
            line = alt.Chart(data(points)).mark_line(strokeDash=dash, strokeWidth=width, opacity=0.75)
            colour = alt.Color("colour:N", scale=None, legend=None)
            layers.append(line.encode(x=x(), y=y(), detail="link:N", order="step:Q", color=colour))
    boxes = [*map(_row, page.boxes.values()), *_legend_boxes(page)]
    rects = alt.Chart(data(boxes)).mark_rect(cornerRadius=5, strokeWidth=1.2, opacity=1)
    fill, stroke = alt.Fill("fill:N", scale=None, legend=None), alt.Stroke("line:N", scale=None, legend=None)
    layers.append(rects.encode(x=x(), y=y(), x2="x2:Q", y2="y2:Q", fill=fill, stroke=stroke))
    for row in _legend_lines(page):
        rule = alt.Chart(data([row])).mark_rule(strokeDash=row["dash"], strokeWidth=row["width"], color="#555f6b")
        layers.append(rule.encode(x=x(), y=y(), x2="x2:Q"))
    texts = [*_labels(page), *_legend_texts(page)]
    words = alt.Chart(data(texts)).mark_text(
        align="left", baseline="middle", fontSize=FONT_SIZE, lineBreak="\n", lineHeight=19, color=_INK, font=font
    )
    layers.append(words.encode(x=x(), y=y(), text="text:N"))
    title = alt.Chart(data([{"x": 24, "y": 26, "text": page.diagram.title}])).mark_text(
        align="left", baseline="middle", fontSize=FONT_SIZE + 5, fontWeight="bold", color=_INK, font=font
    )
    layers.append(title.encode(x=x(), y=y(), text="text:N"))
    chart = alt.layer(*layers).properties(width=page.width, height=page.height, background="white", padding=0)
    made: dict[str, Any] = chart.configure_view(stroke=None).to_dict()
    return made


def _row(placed: Placed) -> dict[str, Any]:
    colour = COLOURS[placed.box.kind]
    return {
        "x": placed.x,
        "x2": placed.x + placed.width,
        "y": placed.y,
        "y2": placed.y + placed.height,
        "fill": colour.fill,
        "line": colour.line,
    }


def _curve(page: Page, number: int, link: Link) -> Iterator[dict[str, Any]]:
    """Points of a curve that leaves a box at its right side and comes to another at its left."""
    colour = COLOURS[link.tone or page.boxes[link.start].box.kind].line
    for part, ((x0, y0), (x1, y1)) in enumerate(pairwise(page.paths[number])):
        for step in range(_STEPS + 1):
            t = step / _STEPS
            ease = t * t * (3 - 2 * t)
            at = {"x": x0 + (x1 - x0) * t, "y": y0 + (y1 - y0) * ease}
            yield {"link": number, "step": part * (_STEPS + 1) + step, "colour": colour, **at}


def _labels(page: Page) -> Iterator[dict[str, Any]]:
    for placed in page.boxes.values():
        first = placed.y + placed.height / 2 - (len(placed.lines) - 1) * 19 / 2
        yield {"x": placed.x + 9, "y": first, "text": "\n".join(placed.lines)}


def _legend(page: Page) -> Iterator[tuple[str, str, str, float]]:
    """What is in the legend, with its name and where it begins; it stands under the title."""
    at = 24.0
    for what, names in (("kind", page.diagram.kinds), ("style", page.diagram.styles)):
        for key, said in names.items():
            yield what, str(key), said, at
            at += _LEGEND_GAP + 12 + sum(14 if ord(c) > 255 else 7.5 for c in said)


def _legend_boxes(page: Page) -> Iterator[dict[str, Any]]:
    for what, kind, _, at in _legend(page):
        if what == "kind":
            colour = COLOURS[kind]
            yield {"x": at, "x2": at + 18, "y": 45, "y2": 57, "fill": colour.fill, "line": colour.line}


def _legend_lines(page: Page) -> Iterator[dict[str, Any]]:
    for what, style, _, at in _legend(page):
        if what == "style":
            dash, width = ([5, 4], 1.4) if style == "also" else ([1, 0], 2.2)
            yield {"x": at, "x2": at + 18, "y": 51, "dash": dash, "width": width}


def _legend_texts(page: Page) -> Iterator[dict[str, Any]]:
    yield from ({"x": at + 23, "y": 51.5, "text": said} for _, _, said, at in _legend(page))
