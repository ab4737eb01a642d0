"""The table of indicators opened, by the reader that reads tables of cases: its header, and its rows as they are written."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator
from pathlib import Path
from typing import NamedTuple

from reformkit.extras import extra
from reformkit.intake.csv_rows import csv_rows
from reformkit.intake.lines import open_lines
from reformkit.intake.rows import Row
from reformkit.intake.separators import report_separator
from reformkit.model.case import Unread
from reformkit.parsing.report import Report
from reformkit.problem import Place
from reformkit.text import Text

ENDINGS = (".csv", ".xlsx", ".xlsm")

_WHAT = Text("指标表", "table of indicators")
_HEADS = Text("“{by}”和各指标的名称", "`{by}` and the names of indicators")


class OpenTable(NamedTuple):
    """A table of indicators that is open: its header, and its rows, which can be read once.

    Of a workbook the columns that are named say numbers as they are shown (`007`), the others what they are.
    """

    header: Row
    rows: Callable[[Container[int]], Iterator[Row]]


Heads = Callable[[list[str]], bool]
"""Whether cells look like the header that is looked for."""


def open_stated(path: str, is_header: Heads, by: Text, report: Report) -> OpenTable | None:
    """A .csv, .xlsx or .xlsm as a table, or None and problems. `by` is what the rows are headed with."""
    match Path(path).suffix.lower():
        case ".csv":
            return _of_csv(path, is_header, report)
        case ending if ending in ENDINGS:
            return _of_workbook(path, is_header, by, report)
        case ending:
            report.add("RK552", Place(path), ending=ending or "—", known=", ".join(ENDINGS))
            return None


def _of_csv(path: str, is_header: Heads, report: Report) -> OpenTable | None:
    lines = open_lines(path, report, also_gb18030=True)
    if lines is None:
        return None
    rows = (row for row in csv_rows(lines, report) if not isinstance(row, Unread))
    header = next(rows, None)
    if header is None:
        if not report.errors:
            report.add("RK113", Place(path))
        return None
    if len(header.cells) == 1 and report_separator(header, is_header, report):
        return None
    return OpenTable(header, lambda shown: rows)


def _of_workbook(path: str, is_header: Heads, by: Text, report: Report) -> OpenTable | None:
    with extra("excel"):
        from reformkit.workbook.reading import Sought, open_sheet  # noqa: PLC0415 (most tables are CSV)

    sought = Sought(is_header, _WHAT, _HEADS.fill(by=by))
    sheet = open_sheet(path, sought, report, percentages=True)
    if sheet is None:
        return None
    cells = sheet.header.cells
    while not cells[-1].strip():
        cells.pop()
    return OpenTable(sheet.header, lambda shown: sheet.rows(shown, len(cells), report))
