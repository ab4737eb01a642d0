"""The charts of a year: bars by sector with both numbers on each, in the order of the table, never of size."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from reformkit.drawing.panels import Bar, Bars
from reformkit.extras import MissingExtra, extra
from reformkit.problem import WrongUse
from reformkit.reporting.year_table import PartOf, YearCell, YearPart, YearTable
from reformkit.text import Lang, Text

_SIZE = 140, 22
"""Width of a panel and height of a row: three and the names stand across a page of A4 in a size that is read."""

_CAPTION = Text(
    "按词表先后排列，不排名；各栏同一刻度，横条为件数，标注为件数或“件数/该行总数”。",
    "In the vocabulary's order, never ranked; one scale; a bar is a number, its label the number, or of how many.",
)
_LEFT_OUT = Text("图未附：{why}。各表已列全部数字。", "No charts: {why}. The tables hold all of their numbers.")


def drawings(
    parts: Sequence[YearPart], lang: Lang, format: Literal["svg", "png"]
) -> tuple[dict[str, bytes], tuple[Text, ...]]:
    """The charts by the id of their table, and a line that says why there are none, where that is so."""
    tables = [table for part in parts for table in part.tables if table.drawn and len(table.rows) > 1]
    try:
        return {table.id: _drawn(table, lang, format) for table in tables}, ()
    except (MissingExtra, WrongUse) as missing:  # not installed, or no font with Chinese characters
        return {}, (_LEFT_OUT.fill(why=missing.text),)


def _drawn(table: YearTable, lang: Lang, format: Literal["svg", "png"]) -> bytes:
    with extra("pictures"):
        from reformkit.drawing.comparison import comparison_png, comparison_svg  # noqa: PLC0415
    rows = [row for row in table.rows if row.id != "all"]
    names = [row.label.say(lang) for row in rows]
    bars = {place: [_bar(row.cells[place]) for row in rows] for place in table.drawn}
    most = max((bar.value for of in bars.values() for bar in of if bar is not None), default=0)  # one scale for all
    panels = [Bars(table.heads[1 + place].say(lang), of, most) for place, of in bars.items()]
    title, notes = table.title.say(lang), [_CAPTION.say(lang)]
    if format == "png":
        return comparison_png(title, notes, names, panels, size=_SIZE)
    return comparison_svg(title, notes, names, panels, size=_SIZE).encode()


def _bar(cell: YearCell) -> Bar | None:
    if isinstance(cell, PartOf):
        return Bar(cell.part, cell.counts)
    return Bar(cell, str(cell)) if isinstance(cell, int) else None
