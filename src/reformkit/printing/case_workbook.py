"""`reformkit assess` into a workbook."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, BinaryIO

from reformkit.assessing.yearly import YearCount
from reformkit.assessment import Assessment
from reformkit.beside import beside
from reformkit.book import Book
from reformkit.extras import extra
from reformkit.model.case import Unread
from reformkit.pages.of_cases import SHARES
from reformkit.pages.year_rows import write_year
from reformkit.printing.problem_file import Problems
from reformkit.printing.sheets import CASES, PROBLEMS, Sheets
from reformkit.problem import Problem
from reformkit.reporting.tally import SUMMARY_SHEET
from reformkit.reporting.year_of_cases import parts_of_cases
from reformkit.text import Lang, Text

_SHEET = Text("工作表“{name}”", "the sheet `{name}`")


class WorkbookOut:
    """A workbook of assessments and problems; whole when the `with` block ends well.

    Raises `WrongUse` where Excel could not hold what is written.
    """

    def __init__(self, file: BinaryIO, book: Book, lang: Lang, carried: Sequence[str]) -> None:
        with extra("excel"):
            from reformkit.workbook.writing import WorkbookFile  # noqa: PLC0415

        self._lang = lang
        self._sheets = Sheets(book, lang, carried)
        self._book = book
        self._count = YearCount()
        heads = {name.say(lang): row for name, row in self._sheets.heads().items()}
        self._file = WorkbookFile(file, heads, free=(SUMMARY_SHEET.say(lang),))

    def write(self, assessment: Assessment) -> None:
        """Add what an assessment says to the sheets."""
        self._count.add(assessment, assessment.needs)
        for name, row in self._sheets.rows(assessment):
            self._file.add(name.say(self._lang), row)

    def list_problem(self, problem: Problem, value: str = "") -> None:
        """Add a problem to its sheet."""
        self._file.add(PROBLEMS.say(self._lang), self._sheets.of_problem(problem, value))

    def list_unread(self, cases: Iterable[Unread]) -> None:
        """Add cases that could not be read to the sheet of cases."""
        for case in cases:
            self._count.whole.left_out += 1
            self._file.add(CASES.say(self._lang), self._sheets.of_unread(case))

    def __enter__(self) -> WorkbookOut:
        self._file.__enter__()
        return self

    def __exit__(self, *error: Any) -> None:
        if error[0] is None:
            parts = parts_of_cases(self._count, self._book)
            write_year(self._file, SUMMARY_SHEET.say(self._lang), parts, (SHARES,), self._lang)
        self._file.__exit__(*error)


class SheetProblems(Problems):
    """Problems that are counted, shown if they are among the first, and put on a sheet."""

    def __init__(self, out: WorkbookOut, lang: Lang) -> None:
        super().__init__(lang, _SHEET.fill(name=PROBLEMS))
        self._out = out

    def add(self, problem: Problem, value: str = "") -> None:
        """Take one more problem."""
        super().add(problem, value)
        self._out.list_problem(problem, value)


def write_workbook(
    assessments: Iterable[Assessment],
    count: int,
    problems: Sequence[Problem],
    unread: Sequence[Unread],
    out: Path,
    book: Book,
    lang: Lang,
    carried: Sequence[str],
) -> None:
    """Write so many assessments and what is wrong with the input, whole or not at all.

    Raises `WrongUse` where Excel could not hold them: for their number before any is made.
    """
    with extra("excel"):
        from reformkit.workbook.writing import check_rows  # noqa: PLC0415

    check_rows(CASES.say(lang), count + len(unread) + 1)
    with beside(out) as file, WorkbookOut(file, book, lang, carried) as workbook:
        for assessment in assessments:
            workbook.write(assessment)
        workbook.list_unread(unread)
        for problem in problems:
            workbook.list_problem(problem)
