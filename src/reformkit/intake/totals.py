"""Rows of totals, which are no cases."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from reformkit.intake.rows import Row
from reformkit.intake.tables import CaseTable
from reformkit.model.case import Unread
from reformkit.parsing.report import Report

_COUNTED = r"[0-9０-９]+\s*[件起案条宗例]\s*"
_TOTALS = re.compile(
    rf"(?:本页|本表|全部)?\s*(?:合|总|小|共|累)\s*计\s*(?:[:：].*|数|{_COUNTED})?|总数|共\s*{_COUNTED}", re.DOTALL
)


def without_totals(table: CaseTable, report: Report) -> CaseTable:
    """The same table without its rows of totals, which are said."""
    return replace(table, rows=_but_totals(table.rows, table.columns.index("id"), report))


def _but_totals(rows: Iterator[Row | Unread], id: int, report: Report) -> Iterator[Row | Unread]:
    for row in rows:
        word = None if isinstance(row, Unread) else _total_of(row.cells, id)
        if isinstance(row, Unread) or word is None:
            yield row
        else:
            report.add("RK810", row.place(), word=word, line=row.number)


def _total_of(cells: Sequence[str], id: int) -> str | None:
    """The word by which a row is one of totals: its first, or its id behind a running number."""
    first = next((cell.strip() for cell in cells if cell.strip()), "")
    named = cells[id].strip() if id < len(cells) else ""
    return next((word for word in (first, named) if is_total(word)), None)


def is_total(word: str) -> bool:
    """Whether a row that begins with this word adds up the others.

    >>> is_total("合计"), is_total("共 3 件"), is_total("合计办"), is_total("共3号")
    (True, True, False, False)
    """
    return _TOTALS.fullmatch(word.strip()) is not None
