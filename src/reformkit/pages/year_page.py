"""A year as one HTML page that needs nothing else, reads on a telephone and prints on A4."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from html import escape

from reformkit.reporting.year_table import YearPart, YearTable, head_of, rows_of
from reformkit.text import Lang, Text, visible

_TAG = Text("zh-CN", "en")
_STYLE = """
@page { size: A4; margin: 20mm 18mm; }
body { margin: 0 auto; max-width: 52rem; padding: 2rem 1.2rem 4rem; color: #1f2328;
  font: 16px/1.7 "Noto Sans CJK SC", "Microsoft YaHei", "PingFang SC", sans-serif; }
h1 { font-size: 1.5rem; text-align: center; margin: 0 0 1.2rem; } h2 { font-size: 1.15rem; margin: 1.6rem 0 .3rem; }
h1, h2, caption { line-height: 1.5; break-after: avoid; }
p { margin: .3rem 0; overflow-wrap: anywhere; } p.note { color: #59636e; font-size: .9em; }
.wide { overflow-x: auto; margin: .8rem 0; } figure { margin: 1rem 0; overflow-x: auto; break-inside: avoid; }
figure svg { min-width: 34rem; max-width: 100%; height: auto; }
table { border-collapse: collapse; width: 100%; font-size: .92em; } caption { text-align: left; font-weight: 600; }
th, td { border: 1px solid #8c959f; padding: .25em .6em; text-align: left; vertical-align: top; }
th { background: #f0f2f4; white-space: nowrap; } td.number { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
td:first-child { min-width: 5.5em; }
tr { break-inside: avoid; } thead { display: table-header-group; }
@media print { body { max-width: none; padding: 0; font-size: 10.5pt; } .wide, figure { overflow: visible; }
  figure svg { min-width: 0; } }
"""


def page(
    title: Text, parts: Sequence[YearPart], notes: Sequence[Text], pictures: Mapping[str, bytes], lang: Lang
) -> str:
    """The page whole."""
    return "\n".join(_lines(title, parts, notes, pictures, lang)) + "\n"


def _lines(
    title: Text, parts: Sequence[YearPart], notes: Sequence[Text], pictures: Mapping[str, bytes], lang: Lang
) -> Iterator[str]:
    head = _shown(title, lang)
    yield f'<!DOCTYPE html>\n<html lang="{_TAG.say(lang)}">\n<head>\n<meta charset="utf-8">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield f"<title>{head}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<h1>{head}</h1>"
    for number, part in enumerate(parts, 1):
        yield f"<h2>{_shown(head_of(number, part), lang)}</h2>"
        yield from (f"<p>{_shown(line, lang)}</p>" for line in part.lines)
        for table in part.tables:
            if table.id in pictures:
                yield f"<figure>{pictures[table.id].decode()}</figure>"
            yield from _table(table, lang)
    yield from (f'<p class="note">{_shown(note, lang)}</p>' for note in notes)
    yield "</body>\n</html>"


def _table(table: YearTable, lang: Lang) -> Iterator[str]:
    heads, *rows = rows_of(table, lang)
    yield f'<div class="wide"><table><caption>{_shown(table.title, lang)}</caption>'
    yield f"<thead><tr>{''.join(f'<th>{escape(head)}</th>' for head in heads)}</tr></thead><tbody>"
    for row, words in zip(table.rows, rows, strict=True):
        cells = [f"<td>{escape(words[0])}</td>"]
        for cell, said in zip(row.cells, words[1:], strict=True):
            kind = "" if isinstance(cell, Text) else ' class="number"'
            cells.append(f"<td{kind}>{escape(said)}</td>")
        yield f"<tr>{''.join(cells)}</tr>"
    yield "</tbody></table></div>"
    if table.note is not None:
        yield f'<p class="note">{_shown(table.note, lang)}</p>'


def _shown(text: Text, lang: Lang) -> str:
    return escape(visible(text.say(lang).strip()))
