"""`reformkit export`: a rulebook as a workbook, in which people change it; or a decision as a DMN model."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from reformkit.dmn.opening import is_model
from reformkit.loading import load
from reformkit.printing.paper import brief, paper, typed
from reformkit.problem import WrongUse
from reformkit.terminal.opening import day_of
from reformkit.terminal.options import NO_FOLDER, Language, MeasuresFolder, a_day, known, library_choice, source
from reformkit.text import Text

_WRONG_ENDING = Text("{out} 不合：文件名应以 .xlsx 或 .dmn 结尾", "{out}: the name should end in .xlsx or .dmn")
ALREADY_THERE = Text("{out} 已经存在，请另写一个文件名", "{out} exists already; name another file")
_ONE_DECISION = Text(
    "写 .dmn 要用 --decision 指明一项决策（可另加 --as-of）；写 .xlsx 不用这两项",
    "for .dmn name one decision with --decision, and a day with --as-of if wanted; for .xlsx neither",
)
_DECISION = Text("决策", "decision")
_MODEL_WRITTEN = Text("已写出 {path}（事实齐全的案件结论一致）。", "{path} written (it agrees on complete cases).")
_WRITTEN = Text(
    "已写出 {path}：{decisions} 项决策、{rules} 条规则。", "{path} written: {decisions} decisions, {rules} rules."
)
_NEXT = Text(
    "改好后先预演：reformkit import {path} {folder} --dry-run",
    "once it is changed, try it first: reformkit import {path} {folder} --dry-run",
)


def export(
    path: Annotated[
        Path,
        typer.Argument(
            help="Rulebook folder; or bundled, git:REV:FOLDER, a .zip. 规则册文件夹，或 bundled 等。",
            show_default=False,
        ),
    ],
    *,
    out: Annotated[
        Path,
        typer.Option(
            "--out",
            "-o",
            help="The workbook, .xlsx; or .dmn for one decision. 工作簿 .xlsx；一项决策写成 .dmn。",
            show_default=False,
        ),
    ],
    decision: Annotated[
        str | None, typer.Option(help="For .dmn: the decision to write. 写成 .dmn 的决策。", show_default=False)
    ] = None,
    as_of: Annotated[
        datetime | None,
        a_day("For .dmn: the rules of a day. 按哪一天的规则写 .dmn。"),
    ] = None,
    measures: MeasuresFolder = None,
    lang: Language = "zh",
) -> int:
    """Write a rulebook as a workbook: a sheet a decision, parameters, causes, measures. 把规则册写成 Excel 工作簿。"""
    is_of_model = is_model(out)
    if out.suffix.lower() != ".xlsx" and not is_of_model:
        raise WrongUse(_WRONG_ENDING.fill(out=out))
    if is_of_model is not (decision is not None) or (as_of is not None and not is_of_model):
        raise WrongUse(_ONE_DECISION)
    if not out.absolute().parent.is_dir():
        raise WrongUse(NO_FOLDER.fill(path=out.parent))
    if out.exists():  # it may hold changes that were not taken back yet
        raise WrongUse(ALREADY_THERE.fill(out=out))
    where = str(path) if str(path) == "bundled" and not path.is_dir() else source(path)
    book = load(where, **library_choice(measures))
    if decision is not None:
        labels = {id: table.title for id, table in book.rulebook.decisions.items()}
        book.export_dmn(known(decision, labels, _DECISION), out, day_of(as_of), lang)
        paper(sys.stdout, lang).say(_MODEL_WRITTEN.fill(path=brief(str(out))))
        return 0
    book.export_workbook(out, lang)
    tables = book.rulebook.decisions.values()
    console = paper(sys.stdout, lang)
    rules = sum(len(table.rules) + len(table.disabled) for table in tables)
    console.say(_WRITTEN.fill(path=brief(str(out)), decisions=len(tables), rules=rules))
    if path.is_dir():  # into which it can be taken back
        console.say(_NEXT.fill(path=typed(out), folder=typed(path)))
    return 0
