"""`reformkit assess`: cases in, decisions, causes and measures out."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Annotated, Literal, get_args

import typer
from rich.progress import track

from reformkit.assessment import Assessment
from reformkit.beside import beside
from reformkit.book import Book
from reformkit.cli.case_columns import assess_columns
from reformkit.cli.case_stream import AskedDays, assess_stream
from reformkit.model.case import Case, Unread
from reformkit.printing.case_workbook import write_workbook
from reformkit.printing.endings import format_of
from reformkit.printing.left_over import clear_left
from reformkit.printing.pages import print_pages
from reformkit.printing.paper import Paper, brief, paper, sheet
from reformkit.printing.problem_file import clear_problems, problems_beside
from reformkit.printing.problem_kinds import show_summed_up
from reformkit.printing.progress import ASSESSING
from reformkit.printing.records import write_csv, write_json, write_jsonl
from reformkit.printing.run_summary import NO_CASES
from reformkit.printing.year import print_left_out, print_year
from reformkit.problem import WrongUse
from reformkit.reporting.lengths import Length
from reformkit.terminal.case_files import CaseFiles, is_large
from reformkit.terminal.guard import FAULTS
from reformkit.terminal.options import (
    FORMAT,
    HistoryPaths,
    Language,
    MeasuresFolder,
    OutFile,
    RulesFolder,
    a_day,
    open_book,
)
from reformkit.terminal.targets import NEEDS_FILE, check_target
from reformkit.text import COMMA, Lang, Text
from reformkit.writing.memo_file import made

FEW, SCREENFUL = 5, 30
"""Up to so many cases are shown in full; with more than so many, progress is shown."""

_NOT_WRITTEN = Text(
    "没有写 {out}：{files} 读不出或没有读完。",
    "{out} is not written: {files} could not be read, or not to the end.",
)


_NO_LENGTH = Text(
    "--length 只用于文字、.html、.docx；{format} 总是写全部内容",
    "--length is for text, .html and .docx; {format} always holds everything",
)

Format = Literal["text", "json", "jsonl", "csv", "parquet", "xlsx", "html", "docx"]
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
    history: HistoryPaths = None,
    as_of: Annotated[
        datetime | None,
        a_day(
            "The day of judging, whose rules apply; else each case's own. 研判日期，按该日施行的规则；默认按各案日期。"
        ),
    ] = None,
    letter_on: Annotated[
        datetime | None,
        a_day(
            "The day of the letter, whose law is cited; else the day of judging. 文书日期，引用该日施行的条文；默认按研判日期。"
        ),
    ] = None,
    lang: Language = "zh",
    format: Annotated[Format | None, FORMAT] = None,
    length: Annotated[
        Length | None,
        typer.Option(
            help="How much of each case, as text, .html or .docx: the brief, the memo or the working paper. 篇幅：short 送阅版，memo 研判意见（默认），annex 工作底稿。",
            show_default=False,
        ),
    ] = None,
    why: Annotated[
        bool, typer.Option("--why", help="Add how each rule fared and what would change it. 附规则经过。")
    ] = False,
    out: OutFile = None,
    strict: Annotated[
        bool, typer.Option("--strict", help="Warnings are errors: exit with 1 if there is one. 提醒也算错误。")
    ] = False,
) -> int:
    """Assess cases: whether reform starts, where, why, and with which measures. 研判案件。"""
    others, days = history or [], AskedDays(as_of and as_of.date(), letter_on and letter_on.date())
    output = Output(out, format_of(out, format, _ENDINGS, "text"), lang, why, length)
    if length is not None and output.format not in ("text", "html", "docx"):
        raise WrongUse(_NO_LENGTH.fill(format=output.format))
    if out is not None:
        check_target(out, [*paths, *(Path(name) for name in others if name != "self")])
        clear_left(out, lang)
    if output.format in ("parquet", "xlsx", "docx") and not output.is_file:
        raise WrongUse(NEEDS_FILE.fill(format=output.format))
    book = open_book(rules, measures)
    if out is not None and output.is_file and (output.format == "parquet" or _is_streamed(output.format, paths)):
        if output.format in ("parquet", "csv"):
            table = output.format == "csv"
            return assess_columns(book, paths, others, days.as_of, out, lang, table=table, strict=strict)
        if not others:
            workbook = output.format == "xlsx"
            return assess_stream(book, paths, days, out, lang, why=why, workbook=workbook, strict=strict)
    return _assess_held(book, paths, others, days, output, strict)


@dataclass(frozen=True, slots=True)
class Output:
    """Where the assessments go, and how they are written; no path: to stdout."""

    path: Path | None
    format: Format
    lang: Lang
    why: bool
    length: Length | None = None

    @property
    def is_file(self) -> bool:
        """Whether it is a file, written whole; a device or pipe takes what comes, at once."""
        return self.path is not None and (self.path.is_file() or not self.path.exists())

    def is_paper(self, count: int) -> bool:
        """Whether a file gets each case in full, on lines that are never broken."""
        full = self.format == "text" and not self.why and count > 0 and (count <= FEW or self.length is not None)
        return self.is_file and count > 0 and (full or self.format in ("html", "docx"))

    @property
    def streams(self) -> bool:
        """Whether it goes to the terminal as it is made, which shows by itself how far it is."""
        return self.path is None and sys.stdout.isatty() and (self.format != "text" or self.why)


def _is_streamed(format: Format, paths: Sequence[Path]) -> bool:
    return format in ("csv", "jsonl", "xlsx") and is_large(paths)


def _assess_held(
    book: Book, paths: Sequence[Path], history: Sequence[str], days: AskedDays, output: Output, strict: bool
) -> int:
    """Assess cases that are all held in memory."""
    files, errors = CaseFiles(book), paper(sys.stderr, output.lang)
    cases = files.cases(paths)
    others = files.history(paths, history)
    files.problems += book.dated_before_rules(cases, days.as_of)
    show_summed_up(files.problems, errors)
    if output.is_file and files.unread:
        names = COMMA.join(brief(str(path)) for path in files.unread)
        errors.say(_NOT_WRITTEN.fill(out=str(output.path), files=names), "red")
        return FAULTS
    if not cases and (output.is_file or output.format != "text"):
        errors.say(NO_CASES)
    unread = files.left_out(paths)
    if output.is_file and not cases and not unread:
        return FAULTS  # a file that is there stays
    assessments: Iterable[Assessment] = book.assess_many(cases, others, days.as_of, days.letter_on)
    if len(cases) > SCREENFUL and sys.stderr.isatty() and not output.streams:  # seen, and in no one's way
        label = errors.words(ASSESSING)
        assessments = track(assessments, label, total=len(cases), console=errors, transient=True)
    _write(assessments, cases, unread, files, output)
    if output.format != "text":
        print_left_out(unread, errors)
    if output.is_file and output.path is not None:
        clear_problems(problems_beside(output.path))
    return FAULTS if files.faulty or not cases or (strict and files.warned) else 0


def _write(
    assessments: Iterable[Assessment],
    cases: Sequence[Case],
    unread: Sequence[Unread],
    files: CaseFiles,
    output: Output,
) -> None:
    count, carried = len(cases), list(dict.fromkeys(name for case in cases for name in case.carried))
    if output.format == "xlsx":
        assert output.path is not None
        write_workbook(assessments, count, files.problems, unread, output.path, files.book, output.lang, carried)
        return
    if output.path is not None and output.is_paper(count):
        ending = {"html": ".html", "docx": ".docx"}.get(output.format, ".txt")
        with beside(output.path) as file:
            file.write(made(assessments, ending, output.length or "memo", output.lang))
        return
    with sheet(output.path, sys.stdout, data=output.format != "text", bom=output.format == "csv") as stream:
        match output.format:
            case "json":
                write_json(assessments, stream, output.why)
            case "jsonl":
                write_jsonl(assessments, stream, output.why)
            case "csv":
                write_csv(assessments, stream, files.book, output.lang, carried, unread)
            case "html":
                stream.write(made(assessments, ".html", output.length or "memo", output.lang).decode())
            case "text":
                console = paper(stream, output.lang, in_a_file=output.path is not None)
                _write_text(assessments, count, unread, files, output, console)


def _write_text(
    assessments: Iterable[Assessment],
    count: int,
    unread: Sequence[Unread],
    files: CaseFiles,
    output: Output,
    console: Paper,
) -> None:
    """A few cases in full, and any number with `--why` or `--length`; many in a table."""
    if not count:
        console.say(NO_CASES)
        print_left_out(unread, console)
    elif count <= FEW or output.why or output.length is not None:
        print_pages(assessments, output.why, console, output.length or "memo")
        print_left_out(unread, console)
    else:
        print_year(assessments, files.book, unread, files.problems, console)
