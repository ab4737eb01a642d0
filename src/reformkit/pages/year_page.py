"""A year as one HTML page that needs nothing else, reads on a telephone and prints on A4."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from html import escape

from reformkit.hypertext.frame import fragment, framed, unbroken, words
from reformkit.reporting.year_table import YearPart, YearTable, head_of, rows_of
from reformkit.text import Lang, Text


def page(
    title: Text, parts: Sequence[YearPart], notes: Sequence[Text], pictures: Mapping[str, bytes], lang: Lang
) -> str:
    """The page whole."""
    body = _lines(title, parts, notes, pictures, lang)
    return "\n".join(framed(words(title, lang), body, lang)) + "\n"


def part_of_page(title: Text, parts: Sequence[YearPart], notes: Sequence[Text], lang: Lang) -> str:
    """The same without its charts, as a part of a notebook or of another page."""
    return fragment(_lines(title, parts, notes, {}, lang), lang)


def _lines(
    title: Text, parts: Sequence[YearPart], notes: Sequence[Text], pictures: Mapping[str, bytes], lang: Lang
) -> Iterator[str]:
    yield f"<h1>{words(title, lang)}</h1>"
    for number, part in enumerate(parts, 1):
        yield f"<h2>{words(head_of(number, part), lang)}</h2>"
        yield from (f"<p>{_line(line, lang)}</p>" for line in part.lines)
        for table in part.tables:
            if table.id in pictures:
                yield f'<figure tabindex="0">{pictures[table.id].decode()}</figure>'
            yield from _table(table, lang)
    yield from (f'<p class="aside">{_line(note, lang)}</p>' for note in notes)


def _table(table: YearTable, lang: Lang) -> Iterator[str]:
    heads, *rows = rows_of(table, lang)
    yield f'<div class="wide" tabindex="0"><table><caption>{words(table.title, lang)}</caption>'
    yield f"<thead><tr>{''.join(f'<th>{escape(head)}</th>' for head in heads)}</tr></thead><tbody>"
    for row, said in zip(table.rows, rows, strict=True):
        cells = [f"<td>{unbroken(escape(said[0]))}</td>"]
        for cell, shown in zip(row.cells, said[1:], strict=True):
            kind = "" if isinstance(cell, Text) else ' class="number"'
            cells.append(f"<td{kind}>{escape(shown)}</td>")
        yield f"<tr>{''.join(cells)}</tr>"
    yield "</tbody></table></div>"
    if table.note is not None:
        yield f'<p class="aside">{words(table.note, lang)}</p>'


def _line(text: Text, lang: Lang) -> str:
    return unbroken(words(text.say(lang).strip(), lang))
