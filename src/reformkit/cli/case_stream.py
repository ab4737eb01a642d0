"""`reformkit assess` one case after another, from files of any size into JSON Lines or a workbook."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from datetime import date
from pathlib import Path
from typing import NamedTuple

from reformkit.assessing.tally import Tally
from reformkit.assessment import Assessment
from reformkit.beside import beside
from reformkit.book import Book
from reformkit.extras import extra
from reformkit.model.case import Unread
from reformkit.printing.case_workbook import SheetProblems, WorkbookOut
from reformkit.printing.paper import paper
from reformkit.printing.problem_file import ProblemFile, Problems, problems_beside
from reformkit.printing.progress import ASSESSING, progress
from reformkit.printing.records import line_of
from reformkit.printing.run_summary import RunSummary
from reformkit.printing.tally import print_tally
from reformkit.terminal.case_files import all_files
from reformkit.terminal.guard import FAULTS
from reformkit.text import Lang

Sink = tuple[Callable[[Assessment], object], Callable[[Sequence[Unread]], None], Problems]
"""What takes assessments, cases that are left out, and every problem."""


class AskedDays(NamedTuple):
    """The day of judging and that of the letter, where they are given for all cases."""

    as_of: date | None
    letter_on: date | None


def assess_stream(
    book: Book,
    paths: Sequence[Path],
    days: AskedDays,
    out: Path,
    lang: Lang,
    *,
    why: bool,
    workbook: bool,
    strict: bool,
) -> int:
    """Assess files case by case into JSON Lines, or a workbook, without holding the cases.

    `strict`: a warning is a fault too.
    """
    with extra("frames"):
        from reformkit.files.case_stream import CaseStream  # noqa: PLC0415

    stream = CaseStream(all_files(paths), book.rulebook)
    tally, summary = Tally(), RunSummary(out, lang)
    sink: AbstractContextManager[Sink] = (
        _workbook(out, book, lang, stream.carried()) if workbook else _lines(out, lang, why)
    )
    with sink as (write, leave_out, problems), progress(ASSESSING, lang) as advance:
        for some in stream:
            early = book.dated_before_rules(some.cases, days.as_of)
            for problem in [*some.bad, *book.contradicted(some.cases), *early]:
                problems.add(problem)
            checked = [book.checker.case(case, is_read=True) for case in some.cases]
            for assessment in book.assess_many(checked, None, days.as_of, days.letter_on):
                write(assessment)
                tally.add(assessment)
            leave_out(some.unread)
            tally.left_out += len(some.unread)
            rows = len(some.cases) + len(some.unread)
            summary.add(rows, len(some.cases))
            advance(rows, some.share_read)
    console = paper(sys.stderr, lang)
    console.print()
    print_tally(tally, book, console)
    summary.show(problems, stream.ids_looked_for)
    return FAULTS if problems.counts["error"] or (strict and problems.counts["warning"]) else 0


@contextmanager
def _lines(out: Path, lang: Lang, why: bool) -> Iterator[Sink]:
    with ProblemFile(problems_beside(out), lang) as problems, beside(out) as file:
        yield lambda assessment: file.write(line_of(assessment, why)), lambda _: None, problems


@contextmanager
def _workbook(out: Path, book: Book, lang: Lang, carried: Sequence[str]) -> Iterator[Sink]:
    with beside(out) as file, WorkbookOut(file, book, lang, carried) as workbook:
        yield workbook.write, workbook.list_unread, SheetProblems(workbook, lang)
