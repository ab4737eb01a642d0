"""A year in words, for files of text: a line a sentence, tables set in columns, nothing broken by hand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from reformkit.reporting.year_table import YearPart, YearTable, head_of, rows_of
from reformkit.text import Lang, Text, Worded, width_of

EMPTY = Text.same("")
_GAP, _INDENT = "  ", "  "


def text_lines(title: Text, parts: Sequence[YearPart], notes: Sequence[Text]) -> Iterator[Text]:
    """The title, part after part with its sentences and tables, then what always stands at the end."""
    yield title
    for number, part in enumerate(parts, 1):
        yield EMPTY
        yield head_of(number, part)
        yield from part.lines
        for table in part.tables:
            yield EMPTY
            yield table.title
            yield from _rows(table)
            if table.note is not None:
                yield table.note
    if notes:
        yield EMPTY
    yield from notes


def _rows(table: YearTable) -> Iterator[Text]:
    for place in range(len(table.rows) + 1):
        yield Worded(partial(_row, table, place))


def _row(table: YearTable, place: int, lang: Lang) -> str:
    rows = list(rows_of(table, lang))
    widths = [max(map(width_of, column)) for column in zip(*rows, strict=True)]
    cells = (words + " " * (width - width_of(words)) for words, width in zip(rows[place], widths, strict=True))
    return (_INDENT + _GAP.join(cells)).rstrip()
