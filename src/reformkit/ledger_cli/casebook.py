"""`reformkit casebook`: what archived items that consent can teach, a page each, without what tells who it was."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from reformkit.overseeing.casebook_sheet import ENDINGS, pages
from reformkit.printing.paper import paper
from reformkit.printing.problems import show_problems
from reformkit.problem import LetterError, WrongUse
from reformkit.reporting.lengths import lines
from reformkit.terminal.opening import LedgerAt, OfficeFile, open_ledger
from reformkit.terminal.options import Language, MeasuresFolder, RulesFolder
from reformkit.text import Text

_ENDING_REFUSED = Text("案例汇编只能写为 {endings}", "a casebook is written as one of {endings}")
_NO_PERIOD = Text(
    "“{period}”不是统计期，写成 2022、2022-03 或 2022-Q1", "`{period}` is no period; write 2022, 2022-03 or 2022-Q1"
)
_WRITTEN = Text("{count}个案例已写到 {path}。", "{count} cases written to {path}.")
_FRONT_ONLY = Text(
    "没有可收录的案例，只有首页写到 {path}。", "There are no cases; the front page alone is written to {path}."
)


def casebook(
    ledger: LedgerAt,
    period: Annotated[
        str | None,
        typer.Argument(
            metavar="PERIOD", help="2022, 2022-03, 2022-Q1: when items were archived. 归档时间。", show_default=False
        ),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="FILE", help="A .docx, .html or .txt. 写到文件。", show_default=False),
    ] = None,
    words: Annotated[
        Path | None,
        typer.Option(
            "--words",
            metavar="FILE",
            help="YAML of words to be replaced, items left out. 改写文件：哪些字句改成什么、哪些不收录。",
            show_default=False,
        ),
    ] = None,
    office: OfficeFile = None,
    rules: RulesFolder = None,
    measures: MeasuresFolder = None,
    lang: Language = "zh",
) -> int:
    """Cases that can teach others, checked for what tells who it was. 案例汇编：已归档并同意收录的，先查识别信息。"""
    if output is not None and output.suffix.lower() not in ENDINGS:
        raise WrongUse(_ENDING_REFUSED.fill(endings=" ".join(ENDINGS)))
    with open_ledger(ledger, office, rules, measures, read_only=True) as opened:
        try:
            found = opened.casebook(period, words)
        except ValueError:
            raise WrongUse(_NO_PERIOD.fill(period=period or "")) from None
    if any(problem.severity == "error" for problem in found.problems):
        raise LetterError(found.problems)
    console = paper(sys.stdout, lang)
    show_problems(found.problems, paper(sys.stderr, lang))
    if output is not None:
        found.save(output, lang)
        count = len(found.cases)
        console.say(_WRITTEN.fill(count=count, path=output) if count else _FRONT_ONLY.fill(path=output))
    else:
        for page in pages(found):
            for line in lines(page, lang):
                console.say(Text.same(line))
            console.say()
    return 0
