"""`reformkit assess` into a workbook."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from reformkit.assess import Assessment
from reformkit.beside import beside
from reformkit.book import Book
from reformkit.cli.sheets import CASES, PROBLEMS, Sheets
from reformkit.extras import extra
from reformkit.problem import Problem
from reformkit.text import Lang


def write_workbook(
    assessments: Iterable[Assessment],
    count: int,
    problems: Sequence[Problem],
    faults: Iterable[str],
    out: Path,
    book: Book,
    lang: Lang,
) -> None:
    """Write assessments and what is wrong with the input, whole or not at all.

    Raises `WrongUse` where Excel could not hold them: for their number before any is made.
    """
    with extra("excel"):
        from reformkit.cli.workbook_file import MOST_ROWS, WorkbookFile, too_many_rows  # noqa: PLC0415

    if count >= MOST_ROWS:
        raise too_many_rows(CASES.say(lang))
    sheets = Sheets(book, lang)
    heads = {name.say(lang): row for name, row in sheets.heads().items()}
    with beside(out) as file, WorkbookFile(file, heads) as workbook:
        for assessment in assessments:
            for name, row in sheets.rows(assessment):
                workbook.add(name.say(lang), row)
        for problem in problems:
            workbook.add(PROBLEMS.say(lang), sheets.of_problem(problem))
        for fault in faults:
            workbook.add(PROBLEMS.say(lang), sheets.of_fault(fault))
