"""`reformkit compare`: shares of reform beside the indicators that an office states; nothing is ranked."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated, Literal

import typer

from reformkit.model.integrity import Group
from reformkit.overseeing.comparison_sheet import ENDINGS
from reformkit.printing.figures import print_comparison
from reformkit.printing.paper import paper, speak
from reformkit.printing.problems import show_problems
from reformkit.problem import WrongUse
from reformkit.terminal.opening import LedgerAt, OfficeFile, open_ledger
from reformkit.terminal.options import NOT_THERE, Language, RulesFolder
from reformkit.terminal.targets import WRITTEN
from reformkit.text import Text

_ENDING_REFUSED = Text("比对只能写为 {endings}", "a comparison is written as one of {endings}")
_OWN_PERIODS = Text(
    "按年度比对时，各行自成统计期，不写 --period", "each row of years is a period of its own: leave --period out"
)
_NO_PERIOD = Text("{period} 不是这里能用的统计期或分组", "{period} is no period or group here")


def compare(
    stated: Annotated[
        Path, typer.Argument(metavar="TABLE", help="Indicators, .csv or .xlsx. 机关填报的指标表。", show_default=False)
    ],
    ledger: LedgerAt,
    by: Annotated[Group, typer.Option(help="What the rows are. 各行按什么分。")] = "region",
    period: Annotated[
        str | None,
        typer.Option(
            metavar="2022|2022-03|2022-Q1", help="Period; else all time. 统计期，默认全部。", show_default=False
        ),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output", "-o", metavar="FILE", help="A .svg, .png, .xlsx, .html or .json. 写到文件。", show_default=False
        ),
    ] = None,
    format: Annotated[Literal["text", "json"], typer.Option(help="Format of the output. 输出格式。")] = "text",
    office: OfficeFile = None,
    rules: RulesFolder = None,
    lang: Language = "zh",
) -> int:
    """Reform beside the state of integrity, by region, unit, industry or year. 促改与廉政情况比对，不排名。"""
    if not stated.exists():
        raise WrongUse(NOT_THERE.fill(path=stated))
    if output is not None and output.suffix.lower() not in ENDINGS:
        raise WrongUse(_ENDING_REFUSED.fill(endings=" ".join(ENDINGS)))
    if by == "year" and period is not None:
        raise WrongUse(_OWN_PERIODS)
    with open_ledger(ledger, office, rules, None, read_only=True) as opened:
        try:
            comparison = opened.compare(stated, by, period)
        except ValueError:
            raise WrongUse(_NO_PERIOD.fill(period=period or by)) from None
    console = paper(sys.stdout, lang)
    show_problems(comparison.problems, paper(sys.stderr, lang))
    if output is not None:
        comparison.save(output, lang)
        console.say(WRITTEN.fill(path=output))
    elif format == "json":
        speak(sys.stdout, data=True)
        typer.echo(json.dumps(comparison.to_dict(), ensure_ascii=False, indent=2))
    else:
        print_comparison(comparison, console)
    return 0
