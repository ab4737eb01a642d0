"""`reformkit export`: a rulebook as a workbook, in which people change it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from reformkit.loading import load
from reformkit.printing.paper import brief, paper
from reformkit.problem import WrongUse
from reformkit.terminal.options import NO_FOLDER, Language, MeasuresFolder, folder, library_choice
from reformkit.text import Text

WRONG_ENDING = Text("{out} 不合：文件名应以 .xlsx 结尾", "{out}: the name should end in .xlsx")
_WRITTEN = Text(
    "已写出 {path}：{decisions} 项决策、{rules} 条规则。", "{path} written: {decisions} decisions, {rules} rules."
)
_NEXT = Text(
    "改好后先预演：reformkit import {path} {folder} --dry-run",
    "once it is changed, try it first: reformkit import {path} {folder} --dry-run",
)


def export(
    path: Annotated[Path, typer.Argument(help="Rulebook folder. 规则册文件夹。", show_default=False)],
    *,
    out: Annotated[
        Path, typer.Option("--out", "-o", help="The workbook to write, .xlsx. 写出的工作簿。", show_default=False)
    ],
    measures: MeasuresFolder = None,
    lang: Language = "zh",
) -> int:
    """Write a rulebook as a workbook: a sheet a decision, parameters, causes, measures. 把规则册写成 Excel 工作簿。"""
    if out.suffix.lower() != ".xlsx":
        raise WrongUse(WRONG_ENDING.fill(out=out))
    if not out.absolute().parent.is_dir():
        raise WrongUse(NO_FOLDER.fill(path=out.parent))
    book = load(folder(path), **library_choice(measures))
    book.export_workbook(out, lang)
    tables = book.rulebook.decisions.values()
    console = paper(sys.stdout, lang)
    rules = sum(len(table.rules) + len(table.disabled) for table in tables)
    console.say(_WRITTEN.fill(path=brief(str(out)), decisions=len(tables), rules=rules))
    console.say(_NEXT.fill(path=brief(str(out)), folder=brief(str(path))))
    return 0
