"""A picture of shares beside numbers: a panel each, the same rows in each, legible in grey print."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import altair as alt
import vl_convert

from reformkit.drawing.fonts import CSS, required_font
from reformkit.drawing.panels import Bars, Dots, Panel

_INK, _GRID = "#1f2328", "#d0d7de"
_DARK, _BAND, _PALE = "#1f5a8a", "#b6bec8", "#8c959f"
_ROW, _WIDTH, _ACROSS = 30, 240, 3


def comparison_svg(
    title: str,
    notes: Sequence[str],
    names: Sequence[str],
    panels: Sequence[Panel],
    size: tuple[int, int] = (_WIDTH, _ROW),
) -> str:
    """A picture whose text a viewer sets in a font of its own; `size`: the width of a panel, the height of a row."""
    return str(vl_convert.vegalite_to_svg(_chart(title, notes, names, panels, CSS, size)))


def comparison_png(
    title: str,
    notes: Sequence[str],
    names: Sequence[str],
    panels: Sequence[Panel],
    size: tuple[int, int] = (_WIDTH, _ROW),
) -> bytes:
    """A picture with Chinese set in a font of this machine. Raises `WrongUse` where there is none."""
    font = required_font()
    vl_convert.register_font_directory(str(font.folder))
    return bytes(vl_convert.vegalite_to_png(_chart(title, notes, names, panels, font.family, size), scale=2))


def _chart(
    title: str, notes: Sequence[str], names: Sequence[str], panels: Sequence[Panel], font: str, size: tuple[int, int]
) -> dict[str, Any]:
    width, height = size[0], size[1] * max(1, len(names))
    kinds = [[panel for panel in panels if isinstance(panel, kind)] for kind in (Dots, Bars)]
    lines = [
        alt.hconcat(*(_view(panel, names, (width, height), panel is line[0]) for panel in line), spacing=14)
        for kind in kinds
        for line in _batched(kind)
    ]
    head = alt.Title(title, subtitle=list(notes), anchor="start", fontSize=15, subtitleFontSize=11, offset=12)
    chart = alt.vconcat(*lines, spacing=22, title=head).configure(font=font, background="white")
    chart = chart.configure_view(stroke=None).configure_axis(
        gridColor=_GRID,
        labelColor=_INK,
        titleColor=_INK,
        labelFontSize=11,
        titleFontSize=11,
        labelLimit=220,
        domainColor=_PALE,
    )
    made: dict[str, Any] = chart.to_dict()
    return made


def _batched(panels: Sequence[Panel]) -> list[Sequence[Panel]]:
    """Panels in lines that fit a page across."""
    return [panels[at : at + _ACROSS] for at in range(0, len(panels), _ACROSS)]


def _view(panel: Panel, names: Sequence[str], size: tuple[int, int], named: bool) -> Any:
    if isinstance(panel, Dots):
        return _dots(panel, names, size, named)
    return _bars(panel, names, size, named)


def _dots(panel: Dots, names: Sequence[str], size: tuple[int, int], named: bool) -> Any:
    rows = [
        {
            "row": number,
            "name": name,
            "v": dot.value,
            "low": dot.low,
            "high": dot.high,
            "words": dot.words,
            "few": dot.few,
        }
        for number, (name, dot) in enumerate(zip(names, panel.rows, strict=True))
        if dot is not None
    ]
    base = alt.Chart(_data(rows)).properties(width=size[0], height=size[1])
    y = _rows(names, named)
    axis = alt.Axis(format="%", title=panel.title, tickCount=5)
    x = alt.X("v:Q", scale=alt.Scale(domain=[0, 1]), axis=axis)
    band = base.mark_rule(color=_BAND, strokeWidth=6).encode(
        y=y, x=alt.X("low:Q", scale=alt.Scale(domain=[0, 1]), axis=axis), x2="high:Q"
    )
    point = base.mark_point(size=75, opacity=1, strokeWidth=2).encode(
        y=y,
        x=x,
        stroke=alt.condition("datum.few", alt.value(_PALE), alt.value(_DARK)),
        fill=alt.condition("datum.few", alt.value("white"), alt.value(_DARK)),
    )
    words = base.mark_text(align="center", dy=-11, fontSize=10, color=_INK).encode(y=y, x=x, text="words:N")
    return alt.layer(band, point, words)


def _bars(panel: Bars, names: Sequence[str], size: tuple[int, int], named: bool) -> Any:
    rows = [
        {"row": number, "name": name, "v": bar.value, "words": bar.words}
        for number, (name, bar) in enumerate(zip(names, panel.rows, strict=True))
        if bar is not None
    ]
    base = alt.Chart(_data(rows)).properties(width=size[0], height=size[1])
    y = _rows(names, named)
    most = panel.most or max((bar.value for bar in panel.rows if bar is not None), default=1) or 1
    x = alt.X(
        "v:Q", scale=alt.Scale(domain=[0, most * 1.35], nice=False), axis=alt.Axis(title=panel.title, tickCount=3)
    )
    bars = base.mark_bar(color=_BAND, size=15).encode(y=y, x=x)
    return alt.layer(bars, base.mark_text(align="left", dx=4, fontSize=10, color=_INK).encode(y=y, x=x, text="words:N"))


def _rows(names: Sequence[str], named: bool) -> Any:
    scale = alt.Scale(domain=list(range(len(names))))
    words = "[" + ",".join(f"'{_escaped(name)}'" for name in names) + "][datum.value]"
    axis = alt.Axis(title=None, labelExpr=words, ticks=False, labelPadding=14) if named else None
    return alt.Y("row:O", scale=scale, axis=axis)


def _escaped(name: str) -> str:
    return name.replace("\\", "\\\\").replace("'", "\\'")


def _data(rows: list[dict[str, Any]]) -> Any:
    inline: Any = alt.Data
    return inline(values=rows)
