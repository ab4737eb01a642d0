"""`reformkit assess` in columns: from file to file, whatever their size."""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from reformkit.beside import beside, left_beside
from reformkit.book import Book
from reformkit.cli.case_files import files_of
from reformkit.cli.guard import FAULTS, WrongUse
from reformkit.cli.paper import paper
from reformkit.cli.problem_file import ProblemFile
from reformkit.cli.problems import show_problems
from reformkit.cli.progress import progress
from reformkit.cli.tally import print_tally
from reformkit.extras import extra
from reformkit.tally import Tally
from reformkit.text import Lang


def assess_columns(
    book: Book, paths: Sequence[Path], history: Sequence[str], as_of: date | None, out: Path, lang: Lang
) -> int:
    """Assess Parquet files into a Parquet file, batch by batch; what is wrong with rows is listed beside it."""
    with extra("frames"):
        from reformkit.files import FrameFiles, ParquetOut, add  # noqa: PLC0415

    files = FrameFiles(book, [file for path in paths for file in files_of(path)])
    show_problems(files.notes, lang)
    others = None
    if history:
        named = [path for name in history for path in (paths if name == "self" else [Path(name)])]
        others = FrameFiles(book, [file for path in named for file in files_of(path)])
    held = None if others is None else others.history()
    tally, began, bad_rows = Tally(), time.monotonic(), 0
    label = "研判中" if lang == "zh" else "Assessing"
    with (
        ProblemFile(problems_beside(out), lang) as problems,
        beside(out) as file,
        ParquetOut(file, files.nothing(held, as_of)) as sink,
        progress(label, files.rows, lang) as advance,
    ):
        for part in files.assessed(held, as_of):
            sink.write(part.frame)
            for bad in part.bad:
                problems.add(bad.problem, bad.value)
            bad_rows += len({bad.row for bad in part.bad})
            add(tally, part.frame, book)
            advance(part.frame.height)
    console = paper(sys.stderr)
    print_tally(tally, book, lang, console)
    seconds = max(time.monotonic() - began, 0.001)
    rows = tally.cases + bad_rows
    if bad_rows:
        console.say(problems.said(), "red")
    console.say(
        f"共{rows}行，研判{tally.cases}行，有问题{bad_rows}行；{seconds:.1f}秒，每秒{rows / seconds:,.0f}行。已写 {out}。"
        if lang == "zh"
        else f"{rows} rows, {tally.cases} assessed, {bad_rows} with problems; {seconds:.1f} s, "
        f"{rows / seconds:,.0f} rows a second. Written: {out}."
    )
    return FAULTS if bad_rows else 0


def problems_beside(out: Path) -> Path:
    """Where the problems of the rows of an output are listed."""
    return out.with_name(f"{out.stem}.problems.csv")


def clear_left(out: Path, lang: Lang) -> None:
    """Say what an earlier run has left beside an output, and take it away. Raises `WrongUse` if it still runs."""
    for left in left_beside(out):
        at, size = left.at.strftime("%Y-%m-%d %H:%M:%S"), f"{left.size:,}"
        if left.written_now:
            raise WrongUse(
                f"另一次运行（进程 {left.process}）正在写 {out}；等它完成，或另写一个文件名",
                f"another run (process {left.process}) is writing {out} now; wait for it, or name another file",
            )
        left.path.unlink(missing_ok=True)
        paper(sys.stderr).say(
            f"上一次运行（进程 {left.process}，{at}）没有完成，留下 {left.path.name}（{size} 字节），已删去；从头研判。"
            if lang == "zh"
            else f"An earlier run (process {left.process}, {at}) did not finish and left {left.path.name} "
            f"({size} bytes), which is removed; all is assessed from the beginning.",
            "yellow",
        )
