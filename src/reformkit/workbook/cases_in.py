"""The cases of a workbook, and their findings, which may stand on a sheet of their own."""

from __future__ import annotations

import os
from functools import partial

from reformkit.intake.findings import FindingReader
from reformkit.intake.sheet_findings import TITLES, SheetFindings, finding_columns_of, heads_findings
from reformkit.intake.tables import CarriedColumn, CaseTable, columns_of, names_facts
from reformkit.model.rulebook import Rulebook
from reformkit.model.vocabulary import Field
from reformkit.parsing.report import Report
from reformkit.problem import Place
from reformkit.reading.values import Lexicon
from reformkit.text import Text
from reformkit.workbook.no_workbooks import DAMAGED
from reformkit.workbook.reading import OpenSheet, Sought, open_sheet

_CASES = Text("案件表", "table of cases")
_HEADS = Text("“编号”和各项事实的名称", "`id` and the names of facts")

SHEETS = ("案件", "cases")
"""What the sheet of cases may be called; else it is the first whose header names facts."""

_OF_WORDS = ("choice", "text", "tags")
"""Of such facts a number is what its cell shows; of others it is the number."""

_IS_HIDDEN = Text("它是隐藏的", "it is hidden")
_READ_ALREADY = Text("已读了“{title}”", "`{title}` was read already")
_NO_HEADER = Text("没有写着“编号”、“症结”的表头", "it has no header with `id` and `cause`")


def open_workbook(
    path: str | os.PathLike[str], lexicon: Lexicon, report: Report, rulebook: Rulebook | None = None
) -> CaseTable | None:
    """The table of cases in a workbook, or None and problems; with the findings beside it, where there is a rulebook.

    It is on the sheet `案件` (or `cases`), else on the first visible one with a header that names facts. Findings are on
    a sheet `剖析发现` (or `findings`).
    """
    is_ours = _heads_findings if rulebook is not None else _heads_nothing
    sheet = open_sheet(path, Sought(partial(names_facts, lexicon=lexicon), _CASES, _HEADS, SHEETS, is_ours), report)
    columns = None if sheet is None else columns_of(sheet.header, lexicon, report)
    if sheet is None or columns is None:
        return None
    words = {i for i, column in enumerate(columns) if column == "id" or isinstance(column, CarriedColumn) or (isinstance(column, Field) and column.type in _OF_WORDS)}  # fmt: skip
    used = {i for i, column in enumerate(columns) if column is not None}
    errors = report.errors
    findings = None if rulebook is None else _findings_beside(sheet, rulebook, lexicon, report)
    if report.errors > errors:
        return None
    rows = sheet.rows(words, len(columns), report, used)
    return CaseTable(sheet.header.path, sheet.header.sheet, columns, rows, sheet.header.cells, findings)


def _heads_findings(title: str, cells: list[str]) -> bool:
    return title in TITLES and heads_findings(cells)


def _heads_nothing(title: str, cells: list[str]) -> bool:
    return False


def _findings_beside(cases: OpenSheet, rulebook: Rulebook, lexicon: Lexicon, report: Report) -> SheetFindings | None:
    """The findings on the sheets that are called so; None where there are none, or with problems."""
    found: SheetFindings | None = None
    path = cases.header.path
    for title in TITLES:
        place = Place(path, 1, 1, title)
        try:
            beside = None if title == cases.header.sheet else cases.beside(title, heads_findings)
        except Exception:  # the parsers of zip and XML each have their own
            report.add("RK194", place, reason=DAMAGED)
            continue
        if beside is None or not beside.rows:
            continue
        table = beside.table
        if table is None or not beside.shown:
            if table is not None or not any(names_facts(row.cells, lexicon) for row in beside.rows):
                report.add("RK880", place, reason=_NO_HEADER if table is None else _IS_HIDDEN)
            continue
        if found is not None:
            report.add("RK880", place, reason=_READ_ALREADY.fill(title=TITLES[0]))
            continue
        reader = FindingReader(rulebook, lexicon, report)
        columns = finding_columns_of(table.header, reader, lexicon, report)
        if columns is None:
            continue
        indices = set(columns.values())
        found = SheetFindings(columns, table.header.cells, reader, lexicon, report)
        found.take(table.rows(indices, max(indices) + 1, report, indices))
    return found
