"""`reformkit assess` in columns: from file to file, whatever their size."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any, BinaryIO

import typer

from reformkit.assessing.tally import Tally
from reformkit.beside import beside
from reformkit.book import Book
from reformkit.extras import extra
from reformkit.printing.paper import paper
from reformkit.printing.problem_file import ProblemFile, problems_beside
from reformkit.printing.problems import show_problems
from reformkit.printing.progress import ASSESSING, progress
from reformkit.printing.run_summary import NO_CASES, RunSummary
from reformkit.printing.tally import print_tally
from reformkit.terminal.case_files import all_files
from reformkit.terminal.guard import FAULTS
from reformkit.text import Lang


def assess_columns(
    book: Book,
    paths: Sequence[Path],
    history: Sequence[str],
    as_of: date | None,
    out: Path,
    lang: Lang,
    *,
    table: bool,
    strict: bool,
) -> int:
    """Assess files into a Parquet file (or a CSV `table`), batch by batch; what is wrong with rows is listed beside.

    `strict`: a warning is a fault too.
    """
    with extra("frames"):
        from reformkit.files.assessed import FrameFiles  # noqa: PLC0415
        from reformkit.frames.screening import Screening  # noqa: PLC0415
        from reformkit.frames.tally import add  # noqa: PLC0415

    files = FrameFiles(book, all_files(paths))
    if not table:
        files.check_columns()
    of_files = files.problems
    show_problems(of_files, paper(sys.stderr, lang))
    counted = [*(paths if "self" in history else []), *(Path(name) for name in history if name != "self")]
    held, left_out = FrameFiles(book, all_files(counted)).history() if counted else (None, [])
    assessed = {os.fspath(path) for path in all_files(paths)}
    screening = None if history else Screening(book, as_of)
    tally, summary = Tally(), RunSummary(out, lang)
    with (
        ProblemFile(problems_beside(out), lang) as problems,
        beside(out) as file,
        _sink(file, files, held, as_of, lang, table) as sink,
        progress(ASSESSING, lang) as advance,
    ):
        for bad in left_out:
            if bad.problem.path not in assessed:  # what is wrong with the others is said below
                problems.add(bad.problem, bad.value)
        for part in files.assessed(held, as_of):
            sink.write(part.frame)
            if table:
                sink.list_unread(part.unread)
            for bad in part.bad:
                problems.add(bad.problem, bad.value)
            tally.left_out += len(part.unread)
            before = tally.cases
            add(tally, part.frame, book, screening)
            summary.add(part.rows, tally.cases - before)
            advance(part.rows, files.share_read)
        if not summary.rows and not problems.counts and not of_files:
            paper(sys.stderr, lang).say(NO_CASES)
            raise typer.Exit(FAULTS)  # a file that is there stays
    console = paper(sys.stderr, lang)
    console.print()
    print_tally(tally, book, console)
    summary.show(problems, files.ids_looked_for)
    severities = {*problems.counts, *(problem.severity for problem in of_files)}
    is_faulty = summary.left_out or "error" in severities or (strict and "warning" in severities)
    return FAULTS if is_faulty else 0


def _sink(file: BinaryIO, files: Any, held: Any, as_of: date | None, lang: Lang, table: bool) -> Any:
    if table:
        from reformkit.printing.case_table import TableOut  # noqa: PLC0415

        return TableOut(file, files.book, lang, files.carried)
    from reformkit.files.parquet_out import ParquetOut  # noqa: PLC0415

    return ParquetOut(file, files.nothing(held, as_of))
