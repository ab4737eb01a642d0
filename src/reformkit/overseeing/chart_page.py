"""One page of HTML for a chart: the picture, the same numbers as a table, and what always stands under them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from reformkit.text import Lang

Cell = str | int | None

_STYLE = """
body{font:15px/1.7 "Noto Sans CJK SC","Microsoft YaHei",sans-serif;margin:2em auto;max-width:64em;padding:0 1em;color:#1f2328}
h1{font-size:1.3em} .wide{overflow-x:auto} table{border-collapse:collapse;width:100%;font-size:.9em}
th,td{border:1px solid #8c959f;padding:.3em .6em;text-align:left} td.few{color:#6e7781;font-style:italic}
svg{max-width:100%;height:auto} @page{size:A4 landscape;margin:12mm} tr{break-inside:avoid}
"""


def chart_page(
    title: str,
    picture: str,
    heads: Sequence[str],
    rows: Iterable[Sequence[Cell]],
    notes: Sequence[str],
    lang: Lang,
    few: str = "",
) -> str:
    """The page. Cells that say `few` are set back, for they are of too few to be compared."""
    cells = "".join(f"<th>{escape(head)}</th>" for head in heads)
    body = "".join("<tr>" + "".join(_cell(cell, few) for cell in row) + "</tr>" for row in rows)
    under = "".join(f"<p>{escape(note)}</p>" for note in notes)
    return (
        f'<!doctype html>\n<html lang="{lang}"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><title>{escape(title)}</title>'
        f"<style>{_STYLE}</style></head><body>\n<h1>{escape(title)}</h1>\n{picture}\n"
        f'<div class="wide"><table><thead><tr>{cells}</tr></thead><tbody>{body}</tbody></table></div>\n{under}\n'
        "</body></html>\n"
    )


def _cell(cell: Cell, few: str) -> str:
    said = "" if cell is None else str(cell)
    marked = ' class="few"' if few and said == few else ""
    return f"<td{marked}>{escape(said)}</td>"
