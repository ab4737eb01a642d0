"""`reformkit dispatch`: the month's list, on the terminal or in a file, and the slips that press for what is overdue."""

from __future__ import annotations

import json
import sys
from datetime import datetime
from pathlib import Path
from typing import Annotated, Literal

import typer

from reformkit.printing.paper import paper, speak
from reformkit.problem import WrongUse
from reformkit.terminal.opening import LedgerAt, OfficeFile, day_of, open_ledger
from reformkit.terminal.options import Language, MeasuresFolder, RulesFolder, a_day
from reformkit.terminal.targets import WRITTEN
from reformkit.text import Text

_ENDING_REFUSED = Text("只能写为 {endings}", "the output must be one of {endings}")

_ENDINGS = (".docx", ".xlsx", ".txt", ".json")
_SLIPS = Text("督办单初稿 {count} 份，在 {folder}。", "{count} slips drafted in {folder}.")


def dispatch(
    ledger: LedgerAt,
    office: OfficeFile = None,
    as_of: Annotated[
        datetime | None,
        a_day("Day; today unless given. 调度日期。"),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output", "-o", metavar="FILE", help="A .docx, .xlsx, .txt or .json. 写到文件。", show_default=False
        ),
    ] = None,
    slips: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR", help="Draft a supervision letter for each overdue step. 逐项拟督办单。", show_default=False
        ),
    ] = None,
    rules: RulesFolder = None,
    measures: MeasuresFolder = None,
    lang: Language = "zh",
    format: Annotated[Literal["text", "json"], typer.Option(help="Format of the output. 输出格式。")] = "text",
) -> int:
    """The month's list: what is due, late, stuck, unanswered. 月调度：到期、逾期、未签收、未回复、待验收等。"""
    if output is not None and output.suffix.lower() not in _ENDINGS:
        raise WrongUse(_ENDING_REFUSED.fill(endings=" ".join(_ENDINGS)))
    console = paper(sys.stdout, lang)
    with open_ledger(ledger, office, rules, measures, read_only=True) as opened:
        sheet = opened.dispatch(day_of(as_of))
        if output is not None:
            sheet.save(output, lang)
            console.say(WRITTEN.fill(path=str(output)))
        elif format == "json":
            speak(sys.stdout, data=True)
            typer.echo(json.dumps(sheet.to_dict(), ensure_ascii=False, indent=2))
        else:
            for line in sheet.lines():
                console.say(line)
        if slips is not None:
            slips.mkdir(parents=True, exist_ok=True)
            drafted = opened.draft_slips(sheet, slips)
            console.say(_SLIPS.fill(count=len(drafted), folder=str(slips)))
    return 0
