"""A year as the rows of a sheet: sentences in the first column, tables beside it with numbers as numbers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from reformkit.reporting.year_table import PartOf, YearCell, YearPart, YearTable, head_of, said
from reformkit.text import LABELLED, Lang, Text
from reformkit.workbook.cells import Cell

if TYPE_CHECKING:
    from reformkit.workbook.writing import WorkbookFile

_SHARE_OF = Text("{head}占比", "{head}, share")


class SummaryRow(NamedTuple):
    """A row, and whether it is one of heads."""

    cells: list[Cell]
    is_head: bool = False


def write_year(sheets: WorkbookFile, name: str, parts: Sequence[YearPart], notes: Sequence[Text], lang: Lang) -> None:
    """Write a year to a sheet of a workbook."""
    for row in sheet_rows(parts, notes, lang):
        sheets.add(name, row.cells, head=row.is_head)


def sheet_rows(parts: Sequence[YearPart], notes: Sequence[Text], lang: Lang) -> Iterator[SummaryRow]:
    """Part after part: of the first its sentences at once, for the sheet is headed like it."""
    for number, part in enumerate(parts, 1):
        if number > 1:
            yield SummaryRow([])
            yield SummaryRow([head_of(number, part).say(lang)], is_head=True)
        for line in part.lines:
            yield SummaryRow([line.say(lang).strip()])
        for table in part.tables:
            yield SummaryRow([])
            yield SummaryRow([table.title.say(lang)])
            yield from _table(table, lang)
    if notes:
        yield SummaryRow([])
    for note in notes:
        yield SummaryRow([note.say(lang)])


def _table(table: YearTable, lang: Lang) -> Iterator[SummaryRow]:
    """A table; a share takes two columns, its number and its words, so that the number can be reckoned with.

    One that says a sentence of each row has its rows in the first column, which is wide.
    """
    if all(len(row.cells) == 1 and isinstance(row.cells[0], Text) for row in table.rows):
        for row in table.rows:
            yield SummaryRow([LABELLED.fill(label=row.label, words=said(row.cells[0])).say(lang)])
        return
    shares = [any(isinstance(row.cells[place], PartOf) for row in table.rows) for place in range(len(table.heads) - 1)]
    heads: list[Cell] = [table.heads[0].say(lang)]
    for head, is_share in zip(table.heads[1:], shares, strict=True):
        heads += [head.say(lang), _SHARE_OF.fill(head=head).say(lang)] if is_share else [head.say(lang)]
    yield SummaryRow(heads, is_head=True)
    for row in table.rows:
        cells: list[Cell] = [row.label.say(lang)]
        for cell, is_share in zip(row.cells, shares, strict=True):
            cells += _cells(cell, is_share, lang)
        yield SummaryRow(cells)
    if table.note is not None:
        yield SummaryRow([table.note.say(lang)])


def _cells(cell: YearCell, is_share: bool, lang: Lang) -> list[Cell]:
    if isinstance(cell, PartOf):
        return [cell.part, cell.said.say(lang)]
    alone: Cell = cell if isinstance(cell, int) else said(cell).say(lang)
    return [alone, None] if is_share else [alone]
