"""`reformkit assess`: cases in, decisions, causes and measures out."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Annotated, Literal, TextIO, get_args

import typer
from rich.progress import track

from reformkit.assessment import Assessment
from reformkit.cli.case_columns import assess_columns
from reformkit.cli.case_files import CaseFiles, is_large
from reformkit.cli.case_stream import assess_stream
from reformkit.cli.guard import FAULTS
from reformkit.cli.left_over import clear_left
from reformkit.cli.options import Language, MeasuresFolder, RulesFolder, open_book
from reformkit.model.case import Case
from reformkit.printing.case_workbook import write_workbook
from reformkit.printing.pages import print_pages
from reformkit.printing.paper import brief, paper, sheet
from reformkit.printing.problems import show_problems
from reformkit.printing.records import write_csv, write_json, write_jsonl
from reformkit.printing.year import print_year
from reformkit.problem import WrongUse
from reformkit.text import Lang, Text

FEW, SCREENFUL = 5, 30
"""Up to so many cases are shown in full; with more than so many, progress is shown."""

_NO_CASES = Text("没有可研判的案件。", "There are no cases to assess.")

Format = Literal["text", "json", "jsonl", "csv", "parquet", "xlsx"]
_ENDINGS: dict[str, Format] = {f".{name}": name for name in get_args(Format) if name != "text"}


def assess(
    paths: Annotated[
        list[Path],
        typer.Argument(
            metavar="PATH",
            readable=False,
            help="Case files or folders. 案件文件或文件夹（.yaml .json .jsonl .csv .xlsx .parquet）。",
            show_default=False,
        ),
    ],
    *,
    rules: RulesFolder = None,
    measures: MeasuresFolder = None,
    history: Annotated[
        list[str] | None,
        typer.Option(
            metavar="PATH|self",
            help="Other cases, over which signals are counted; `self` for those given. 供计数的其他案件；self 指所给案件自身。",
        ),
    ] = None,
    as_of: Annotated[
        datetime | None,
        typer.Option(
            formats=["%Y-%m-%d"],
            help="The day whose rules apply; else each case's own. 按哪一天施行的规则；默认按各案日期。",
        ),
    ] = None,
    lang: Language = "zh",
    format: Annotated[
        Format | None,
        typer.Option(
            help="Format of the output; by the ending of --out where it is not given, else text. 输出格式；不写的按输出文件的后缀，再则为文字。",
            show_default=False,
        ),
    ] = None,
    why: Annotated[
        bool, typer.Option("--why", help="Add how each rule fared and what would change it. 附规则经过。")
    ] = False,
    out: Annotated[
        Path | None,
        typer.Option("--out", "-o", help="Write to this file, whole or not at all. 写入文件。", show_default=False),
    ] = None,
) -> int:
    """Assess cases: whether reform starts, where, why, and with which measures. 研判案件。"""
    if format is None:
        format = "text" if out is None else _ENDINGS.get(out.suffix.lower(), "text")
    if out is not None:
        check_target(out, [*paths, *(Path(name) for name in history or [] if name != "self")])
        clear_left(out, lang)
    book, day = open_book(rules, measures), as_of.date() if as_of else None
    is_file = out is not None and (out.is_file() or not out.exists())  # a device or pipe takes what comes, at once
    if format in ("parquet", "xlsx") and not is_file:
        raise WrongUse(f"写 {format} 须用 -o 指定文件", f"{format} needs a file: -o FILE")
    if (
        out is not None
        and is_file
        and (format == "parquet" or (format in ("csv", "jsonl", "xlsx") and is_large(paths)))
    ):
        if format in ("parquet", "csv"):
            return assess_columns(book, paths, history or [], day, out, lang, table=format == "csv")
        if not history:
            return assess_stream(book, paths, day, out, lang, why=why, workbook=format == "xlsx")
    files = CaseFiles(book)
    cases = files.cases(paths)
    others = _history(files, cases, history or [])
    show_problems(files.problems, lang)
    for fault in files.faults(lang):
        paper(sys.stderr).say(fault, "red")
    if is_file and files.unread:
        names = [brief(str(path)) for path in files.unread]
        paper(sys.stderr).say(
            f"没有写 {out}：{'、'.join(names)} 读不出或没有读完。"
            if lang == "zh"
            else f"{out} is not written: {', '.join(names)} could not be read, or not to the end.",
            "red",
        )
        return FAULTS
    if is_file and not cases:
        paper(sys.stderr).say(_NO_CASES.say(lang))
    assessments: Iterable[Assessment] = book.assess_many(cases, others, day)
    streams = out is None and sys.stdout.isatty() and (format != "text" or why)
    if len(cases) > SCREENFUL and sys.stderr.isatty() and not streams:  # where it is seen and stands in no one's way
        label = "研判中" if lang == "zh" else "Assessing"
        assessments = track(assessments, label, total=len(cases), console=paper(sys.stderr), transient=True)
    if format == "xlsx":
        assert out is not None
        write_workbook(assessments, len(cases), files.problems, files.faults(lang), out, book, lang)
        return FAULTS if files.faulty else 0
    with sheet(out, sys.stdout, data=format != "text", bom=format == "csv") as stream:
        match format:
            case "json":
                write_json(assessments, stream, why)
            case "jsonl":
                write_jsonl(assessments, stream, why)
            case "csv":
                write_csv(assessments, stream, book, lang)
            case "text":
                _write_text(assessments, stream, files, count=len(cases), why=why, lang=lang)
    return FAULTS if files.faulty else 0


def check_target(out: Path, inputs: Sequence[Path]) -> None:
    """Refuse what cannot be written, and what would destroy the cases that are read."""
    why = _in_the_way(out)
    if why is not None:
        raise WrongUse(f"不能写到 {out}：{why.zh}", f"cannot write to {out}: {why.en}")
    if out.exists() and any(
        out.samefile(path) or (path.is_dir() and out.resolve().parent == path.resolve())
        for path in inputs
        if path.exists()
    ):
        raise WrongUse(
            f"{out} 正是所读的案件，不能覆盖；请另写一个文件名", f"{out} is read as input; name another file"
        )


def _in_the_way(out: Path) -> Text | None:
    """Why nothing can be written there."""
    folder = out.parent
    try:
        out.resolve()
    except (OSError, RuntimeError):  # RuntimeError before Python 3.13
        return Text("它是一个指向自身的链接；请另写一个文件名", "it is a link to itself; name another file")
    if out.is_dir():
        return Text("这是文件夹；请在后面写上文件名", "it is a folder; add the name of a file")
    if not folder.is_dir():
        return Text(
            f"没有文件夹 {folder}；请先建立，或另写一处", f"there is no folder {folder}; make it, or name another place"
        )
    if out.exists() and not os.access(out, os.W_OK):
        return Text("没有改写它的权限；请另写一个文件名", "there is no permission to change it; name another file")
    return None


def _history(files: CaseFiles, cases: Sequence[Case], named: Sequence[str]) -> list[Case] | None:
    """The cases that signals count over; None (unknown) where nothing is named."""
    if not named:
        return None
    own = list(cases) if "self" in named else []
    return own + files.cases(Path(name) for name in named if name != "self")


def _write_text(
    assessments: Iterable[Assessment], stream: TextIO, files: CaseFiles, *, count: int, why: bool, lang: Lang
) -> None:
    """A few cases in full, as also those of which one asks why; many in a table."""
    console = paper(stream)
    if not count:
        console.say(_NO_CASES.say(lang))
    elif count <= FEW or why:
        print_pages(assessments, why, lang, console)
    else:
        print_year(assessments, files.book, files.problems, lang, console)
