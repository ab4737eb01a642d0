"""`reformkit year`: a year at a glance, of files of cases or of a ledger, on the terminal or as a paper."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Literal, get_args

import typer

from reformkit.files.opening import CaseFile
from reformkit.pages.which_year import is_year, year_said
from reformkit.pages.year import Year
from reformkit.printing.endings import format_of
from reformkit.printing.paper import brief, paper, speak
from reformkit.printing.problem_kinds import show_summed_up
from reformkit.printing.year_parts import print_parts
from reformkit.problem import WrongUse
from reformkit.terminal.case_files import CaseFiles
from reformkit.terminal.guard import FAULTS
from reformkit.terminal.opening import OfficeFile, day_of, open_ledger
from reformkit.terminal.options import FORMAT, Language, MeasuresFolder, OutFile, RulesFolder, a_day, open_book
from reformkit.terminal.targets import NEEDS_FILE, check_writable, write_whole
from reformkit.text import COMMA, Lang, Text

_NOTHING = Text(
    "请给出案件文件（reformkit year 案件.csv），或者指明台账（reformkit year 2022 --ledger 九原.ledger）",
    "name files of cases (reformkit year cases.csv) or a ledger (reformkit year 2022 --ledger name.ledger)",
)
_BOTH = Text(
    "案件文件和台账只能用一样：要汇总案件文件，去掉 {option}；要汇总台账，去掉 {paths}",
    "either files of cases or a ledger: leave out {option} for the files, {paths} for the ledger",
)
_CASES_ONLY = Text(
    "{option} 只用于案件文件，台账的案件互为其他案件",
    "{option} is for files of cases; those of a ledger count for each other",
)
_WHICH_YEAR = Text(
    "请写明台账的年度，如 reformkit year {year} --ledger …",
    "name the year of the ledger, as in reformkit year {year} --ledger …",
)
_ONE_YEAR = Text("一次汇总一个年度，现写了 {years}", "one year at a time, not {years}")
_YEAR_OR_PATH = Text(
    "“{word}”既是年度，又是这里的文件或文件夹；作文件用的，写成 ./{word}",
    "`{word}` is a year, and a file or folder here; for the file write ./{word}",
)
_NOT_WHOLE = Text(
    "没有汇总：{files} 读不出或没有读完，各数会少算。",
    "No summary: {files} could not be read, or not to the end, and the figures would be short.",
)

Format = Literal["text", "json", "html", "docx", "xlsx"]
_ENDINGS: dict[str, Format] = {f".{name}": name for name in get_args(Format) if name != "text"}
_BINARY = ("docx", "xlsx")


def year(
    context: typer.Context,
    words: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="YEAR PATH…",
            help="The year, where the cases do not tell it; case files or folders, unless --ledger is given. 年度（案件只属一个年度的可不写）；案件文件或文件夹，用台账的不写。",
            show_default=False,
        ),
    ] = None,
    *,
    ledger: Annotated[
        str | None,
        typer.Option(
            "--ledger",
            metavar="LEDGER",
            envvar="REFORMKIT_LEDGER",
            help="A ledger's file or URL, instead of case files. 台账文件或地址，代替案件文件。",
            show_default=False,
        ),
    ] = None,
    office: OfficeFile = None,
    history: Annotated[
        list[Path] | None,
        typer.Option(
            metavar="PATH",
            help="More cases that layers are counted over; those given always count for each other. 另供计数的案件；所给案件总是互为其他案件。",
            show_default=False,
        ),
    ] = None,
    as_of: Annotated[
        datetime | None,
        a_day(
            "Cases: the day of judging, where they state none. Ledger: the last day looked at. 案件：统一的研判日期；台账：看到哪一天为止。"
        ),
    ] = None,
    out: OutFile = None,
    format: Annotated[Format | None, FORMAT] = None,
    rules: RulesFolder = None,
    measures: MeasuresFolder = None,
    lang: Language = "zh",
) -> int:
    """A year at a glance: starts, layers, causes, measures, what waits; of a ledger also what is done or late. 年度汇总。"""
    which, paths = parted(words or [])
    if paths and _stated(context, "ledger"):
        raise WrongUse(_BOTH.fill(option="--ledger", paths=" ".join(map(str, paths))))
    if paths and _stated(context, "office"):
        raise WrongUse(_BOTH.fill(option="--office", paths=" ".join(map(str, paths))))
    if not paths and ledger is None:
        raise WrongUse(_NOTHING)
    written = format_of(out, format, _ENDINGS, "text")
    if out is not None:
        check_writable(out, [*paths, *(history or ())])
    if written in _BINARY and (out is None or (out.exists() and not out.is_file())):
        raise WrongUse(NEEDS_FILE.fill(format=written))
    if paths:
        files = CaseFiles(open_book(rules, measures))
        made = of_cases(files, paths, history or [], which, day_of(as_of), lang)
        if made is None:
            return FAULTS
        _write(made, out, written, lang)
        return FAULTS if files.faulty else 0
    if history:
        raise WrongUse(_CASES_ONLY.fill(option="--history"))
    if which is None:
        raise WrongUse(_WHICH_YEAR.fill(year=date.today().year))
    with open_ledger(str(ledger), office, rules, measures, read_only=True) as opened:
        made = opened.year(which, day_of(as_of))
    _write(made, out, written, lang)
    return 0


def parted(words: Sequence[str]) -> tuple[int | None, list[Path]]:
    """The year among the words, and the files. Raises `WrongUse` for two years, or a word that may be both."""
    years = [word for word in words if is_year(word)]
    for word in years:
        if Path(word).exists():
            raise WrongUse(_YEAR_OR_PATH.fill(word=word))
    if len(years) > 1:
        raise WrongUse(_ONE_YEAR.fill(years=COMMA.join(years)))
    return (year_said(years[0]) if years else None), [Path(word) for word in words if not is_year(word)]


def _stated(context: typer.Context, option: str) -> bool:
    """Whether an option stands on the command line; one of the environment gives way to files that are named."""
    source = context.get_parameter_source(option)
    return source is not None and source.name == "COMMANDLINE"


def of_cases(
    files: CaseFiles, paths: Sequence[Path], history: Sequence[Path], which: int | None, as_of: date | None, lang: Lang
) -> Year | None:
    """The year of files of cases; None, with a word, where one of them could not be read to its end."""
    cases, others = files.cases(paths), files.cases(history)
    errors = paper(sys.stderr, lang)
    show_summed_up(files.problems, errors)
    if files.unread:
        errors.say(_NOT_WHOLE.fill(files=COMMA.join(brief(str(path)) for path in files.unread)), "red")
        return None
    own = {case.id for case in cases}
    given = CaseFile(cases, unread=files.left_out(paths))
    return files.book.year(given, which, [case for case in others if case.id not in own], as_of)


def _write(made: Year, out: Path | None, format: Format, lang: Lang) -> None:
    if out is None and format == "text":
        print_parts(made, paper(sys.stdout, lang))
    elif out is None:
        speak(sys.stdout, data=True)
        typer.echo(
            json.dumps(made.to_dict(), ensure_ascii=False, indent=2)
            if format == "json"
            else made.made(f".{format}", lang).decode()
        )
    else:
        write_whole(out, made.made({"text": ".txt"}.get(format, f".{format}"), lang), lang)
