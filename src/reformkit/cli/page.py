"""`reformkit page`: a few cases, or the year of many, as one HTML page that needs nothing else and prints on A4."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Annotated, Literal

import typer

from reformkit.cli.year import of_cases, parted
from reformkit.printing.endings import format_of
from reformkit.printing.paper import paper, speak
from reformkit.printing.problem_kinds import show_summed_up
from reformkit.printing.run_summary import NO_CASES_IN
from reformkit.problem import WrongUse
from reformkit.reporting.case_page import case_page
from reformkit.reporting.html import html
from reformkit.terminal.case_files import CaseFiles
from reformkit.terminal.guard import FAULTS
from reformkit.terminal.opening import day_of
from reformkit.terminal.options import HistoryPaths, Language, MeasuresFolder, OutFile, RulesFolder, a_day, open_book
from reformkit.terminal.targets import check_writable, write_whole
from reformkit.text import COMMA, Lang, Text

FEW = 5
"""Up to so many cases have a page each; more are shown as their year."""

Kind = Literal["cases", "year"]

_NOTHING = Text(
    "请给出案件文件，如 reformkit page 案件.yaml -o 研判.html",
    "name files of cases, as in reformkit page case.yaml -o page.html",
)
_NO_SELF = Text(
    "年度页中所给案件总是互为其他案件，不写 --history self",
    "the cases of a year always count for each other: leave out --history self",
)


def page(
    words: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="YEAR PATH…",
            help="Case files or folders; before them the year, where the cases do not tell it. 案件文件或文件夹；案件分属几个年度的，前面写明年度。",
            show_default=False,
        ),
    ] = None,
    *,
    out: OutFile = None,
    kind: Annotated[
        Kind | None,
        typer.Option(
            help="A page each, or the year of all; else a page each for up to five cases. 各案一页，或者全年汇总；不写的，五件以内各案一页。",
            show_default=False,
        ),
    ] = None,
    history: HistoryPaths = None,
    as_of: Annotated[datetime | None, a_day("The day of judging, where the cases state none. 统一的研判日期。")] = None,
    rules: RulesFolder = None,
    measures: MeasuresFolder = None,
    lang: Language = "zh",
) -> int:
    """One HTML page of a few cases or of a year: to read on any screen, to print on A4, to send. 单页研判、年度网页。"""
    which, paths = parted(words or [])
    if not paths:
        raise WrongUse(_NOTHING)
    others = history or []
    format_of(out, "html", {".html": "html", ".htm": "html"}, "html", only=True)
    if out is not None:
        check_writable(out, [*paths, *(Path(name) for name in others if name != "self")])
    files = CaseFiles(open_book(rules, measures))
    cases = files.cases(paths)
    if which is not None or kind == "year" or (kind is None and len(cases) > FEW):
        if "self" in others:
            raise WrongUse(_NO_SELF)
        made = of_cases(files, paths, [Path(name) for name in others], which, day_of(as_of), lang)
        if made is None:
            return FAULTS
        data = made.made(".html", lang)
    else:
        data = _of_each(files, paths, others, as_of, lang)
    if not data:
        return FAULTS
    if out is None:
        speak(sys.stdout, data=True)
        typer.echo(data.decode(), nl=False)
    else:
        write_whole(out, data, lang)
    return FAULTS if files.faulty else 0


def _of_each(
    files: CaseFiles, paths: Sequence[Path], others: Sequence[str], as_of: datetime | None, lang: Lang
) -> bytes:
    """Every case on a page of its own; nothing, with a word, where there is none."""
    cases, errors, day = files.cases(paths), paper(sys.stderr, lang), day_of(as_of)
    counted = files.history(paths, others)
    files.problems += files.book.dated_before_rules(cases, day)
    show_summed_up(files.problems, errors)
    if not cases:
        errors.say(NO_CASES_IN.fill(files=COMMA.join(map(str, paths))))
    assessed = files.book.assess_many(cases, counted, day)
    return "".join(f"{line}\n" for line in html(map(case_page, assessed), lang, "")).encode()
