"""A year as a Word document: the layout of official papers, tables with lines, charts as wide as the text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from io import BytesIO

from docx.document import Document as Docx
from docx.enum.text import WD_LINE_SPACING
from docx.shared import Mm, Pt

from reformkit.reporting.year_table import YearPart, YearTable, head_of, rows_of
from reformkit.text import Lang, Text, visible, width_of
from reformkit.writing.forms import Row, form
from reformkit.writing.sheets import CENTRE, FOUR, LEFT, SECOND, TITLE, TWO, heading, new_sheet, write

_ACROSS, _IN_TABLES = 156, 10.5
"""Millimetres of text across the page, and points of the words in a table."""
_ROW = 7
_NOTE = 12
_LETTER, _EDGES, _WORD = 2.05, 4.5, 14
"""Millimetres of a letter in a table, and of a cell beside its words; letters of a word that is kept whole."""
_MOST_PICTURE = 215
"""Millimetres that a picture may be high."""


def document(
    title: Text, parts: Sequence[YearPart], notes: Sequence[Text], pictures: Mapping[str, bytes], lang: Lang
) -> bytes:
    """The .docx of a year. `pictures` are charts as PNG, by the id of the table that they stand over."""
    sheet = new_sheet()
    head = write(sheet, _shown(title, lang), face=TITLE, size=TWO, side=CENTRE, first=0)
    head.paragraph_format.line_spacing = Pt(34)
    for number, part in enumerate(parts, 1):
        heading(sheet, _shown(head_of(number, part), lang))
        for line in part.lines:
            write(sheet, _shown(line, lang))
        for table in part.tables:
            _add(sheet, table, pictures.get(table.id), lang)
    for note in notes:
        write(sheet, _shown(note, lang), size=_NOTE)
    file = BytesIO()
    sheet.save(file)
    return file.getvalue()


def _add(sheet: Docx, table: YearTable, picture: bytes | None, lang: Lang) -> None:
    """A table under its title, with its chart over it and its note under it."""
    if picture is not None:
        _draw(sheet, picture)
    write(sheet, _shown(table.title, lang), face=SECOND, size=FOUR, first=0, together=True)
    heads, *rows = rows_of(table, lang)
    lines: list[Row] = [[(f"*{head}", 1) for head in heads], *([(words, 1) for words in row] for row in rows)]
    form(sheet, _columns([heads, *rows]), lines, dict.fromkeys(range(len(lines)), _ROW), _IN_TABLES)
    write(sheet, "" if table.note is None else _shown(table.note, lang), size=_NOTE, first=0)


def _columns(rows: Sequence[Sequence[str]]) -> list[int]:
    """The widths of columns in mm: what their words need; where that is too much, wide ones have their words broken.

    A word is broken only where the longest words of all columns do not stand beside each other.
    """
    columns = list(zip(*rows, strict=True))
    needed = [_room(max(map(width_of, column))) for column in columns]
    if sum(needed) <= _ACROSS:
        return [int(width * _ACROSS / sum(needed)) for width in needed]
    least = [_room(2 + max(width_of(word) for words in column for word in words.split() or [""])) for column in columns]
    least = [min(width, _room(_WORD)) for width in least]  # Chinese is broken anywhere
    left, widest = float(_ACROSS), 0.0
    for place, width in enumerate(sorted(needed)):
        widest = left / (len(needed) - place)  # what each of those that are left may have
        if width > widest:
            break
        left -= width
    widths = [max(low, min(width, widest)) for low, width in zip(least, needed, strict=True)]
    over = sum(widths) - _ACROSS
    spare = [width - low for low, width in zip(least, widths, strict=True)]
    if over > 0 and sum(spare) > 0:
        widths = [width - room * min(1, over / sum(spare)) for width, room in zip(widths, spare, strict=True)]
    return [int(width * min(1, _ACROSS / sum(widths))) for width in widths]


def _room(letters: int) -> float:
    return _EDGES + _LETTER * letters


def _draw(sheet: Docx, picture: bytes) -> None:
    paragraph = write(sheet, "", side=LEFT, first=0, together=True)
    paragraph.paragraph_format.line_spacing_rule = WD_LINE_SPACING.SINGLE
    shape = paragraph.add_run().add_picture(BytesIO(picture), width=Mm(_ACROSS))
    if shape.height > Mm(_MOST_PICTURE):
        shape.width, shape.height = round(shape.width * Mm(_MOST_PICTURE) / shape.height), Mm(_MOST_PICTURE)


def _shown(text: Text, lang: Lang) -> str:
    return visible(text.say(lang).strip())
