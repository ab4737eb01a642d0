"""A picture of lines over months, with their numbers below; told apart by marks and dashes, so that grey print will do."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import altair as alt
import vl_convert

from reformkit.drawing.fonts import CSS, required_font
from reformkit.drawing.panels import MonthLine

_INK, _GRID, _PALE = "#1f2328", "#d0d7de", "#8c959f"
_LOOKS = (
    ("circle", "●", "#1f2328", [1, 0]),
    ("square", "■", "#57606a", [7, 3]),
    ("triangle-up", "▲", "#a33b20", [2, 3]),
)
"""The mark of each line, how it is written, its colour and its dashes."""
_MONTH, _LEAST, _HEIGHT, _ROW = 46, 260, 210, 24


def monthly_svg(title: str, notes: Sequence[str], months: Sequence[str], lines: Sequence[MonthLine]) -> str:
    """A picture whose text a viewer sets in a font of its own."""
    return str(vl_convert.vegalite_to_svg(_chart(title, notes, months, lines, CSS)))


def monthly_png(title: str, notes: Sequence[str], months: Sequence[str], lines: Sequence[MonthLine]) -> bytes:
    """A picture with Chinese set in a font of this machine. Raises `WrongUse` where there is none."""
    font = required_font()
    vl_convert.register_font_directory(str(font.folder))
    return bytes(vl_convert.vegalite_to_png(_chart(title, notes, months, lines, font.family), scale=2))


def _chart(
    title: str, notes: Sequence[str], months: Sequence[str], lines: Sequence[MonthLine], font: str
) -> dict[str, Any]:
    width = max(_LEAST, _MONTH * len(months))
    drawn = [_line(line, place, months, width) for place, line in enumerate(lines)]
    picture = alt.layer(*drawn).properties(width=width, height=_HEIGHT)
    head = alt.Title(title, subtitle=_folded(notes, width), anchor="start", fontSize=15, subtitleFontSize=11, offset=12)
    chart = alt.vconcat(picture, _table(lines, months, width), spacing=6, title=head)
    chart = chart.configure(font=font, background="white").configure_view(stroke=None)
    chart = chart.configure_axis(
        gridColor=_GRID, labelColor=_INK, titleColor=_INK, labelFontSize=11, labelLimit=220, domainColor=_PALE
    )
    made: dict[str, Any] = chart.to_dict()
    return made


def _line(line: MonthLine, place: int, months: Sequence[str], width: int) -> Any:
    shape, _, colour, dash = _LOOKS[place]
    rows = [{"month": month, "number": number} for month, number in zip(months, line.numbers, strict=True)]
    base = alt.Chart(_data(rows)).encode(
        x=alt.X("month:O", sort=list(months), axis=alt.Axis(title=None, labels=False, ticks=False)),
        y=alt.Y(
            "number:Q", scale=alt.Scale(domainMin=0, nice=True), axis=alt.Axis(title=None, tickMinStep=1, format="d")
        ),
    )
    drawn = base.mark_line(color=colour, strokeDash=dash, strokeWidth=1.8)
    return drawn + base.mark_point(shape=shape, color=colour, filled=True, size=60, opacity=1)


def _table(lines: Sequence[MonthLine], months: Sequence[str], width: int) -> Any:
    """The numbers themselves, a row a line, each under its month; its mark stands before its name."""
    names = [f"{_LOOKS[place][1]} {line.title}" for place, line in enumerate(lines)]
    rows = [
        {"month": month, "name": name, "number": number}
        for name, line in zip(names, lines, strict=True)
        for month, number in zip(months, line.numbers, strict=True)
    ]
    axis = alt.Axis(title=None, orient="bottom", labelAngle=0, ticks=False, domain=False, labelPadding=6)
    return (
        alt.Chart(_data(rows))
        .mark_text(fontSize=11, color=_INK)
        .encode(
            x=alt.X("month:O", sort=list(months), axis=axis),
            y=alt.Y("name:N", sort=names, axis=alt.Axis(title=None, ticks=False, domain=False)),
            text="number:Q",
        )
        .properties(width=width, height=_ROW * len(lines))
    )


def _folded(notes: Sequence[str], width: int) -> list[str]:
    """Notes in lines that are no wider than the picture: pictures have no paragraphs."""
    lines: list[str] = []
    for note in notes:
        line, wide = "", 0.0
        for char in note:
            step = 11.0 if ord(char) > 0x2E7F else 5.6
            if wide + step > width + 90 and (ord(char) > 0x2E7F or char == " ") and char not in "，。；、）":
                lines.append(line)
                line, wide = "", 0.0
            if line or char != " ":
                line, wide = line + char, wide + step
        lines.append(line)
    return lines


def _data(rows: list[dict[str, Any]]) -> Any:
    inline: Any = alt.Data
    return inline(values=rows)
