"""`reformkit import`: a workbook of rules taken back into its folder, or a model of another tool into a new one."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated, Literal

import typer

from reformkit.dmn.opening import is_model
from reformkit.importing.models import import_dmn
from reformkit.importing.taking import import_workbook
from reformkit.printing.imports import print_import, print_model_import
from reformkit.printing.paper import paper, speak
from reformkit.printing.problems import show_problems
from reformkit.problem import WrongUse
from reformkit.terminal.guard import FAULTS
from reformkit.terminal.options import NOT_THERE, Language, folder


def import_rules(
    workbook: Annotated[
        Path, typer.Argument(help="The workbook, or a .dmn model. 工作簿，或 .dmn 模型。", show_default=False)
    ],
    path: Annotated[
        Path,
        typer.Argument(
            help="The folder it was exported from; for a model, a new one. 导出它的规则册文件夹；模型则为新文件夹。",
            show_default=False,
        ),
    ],
    *,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would change, write nothing. 只预演，不写文件。")
    ] = False,
    delete: Annotated[
        bool, typer.Option("--delete", help="Delete the rules whose rows are gone. 确认删除少了的规则。")
    ] = False,
    lang: Language = "zh",
    format: Annotated[Literal["text", "json"], typer.Option(help="Format of the output. 输出格式。")] = "text",
) -> int:
    """Take a workbook of rules back: each changed cell one changed place of the YAML. 把改过的工作簿导入规则册。"""
    if not workbook.exists():
        raise WrongUse(NOT_THERE.fill(path=workbook))
    is_of_model = is_model(workbook)
    if is_of_model:
        result = import_dmn(workbook, path, dry_run)
    else:
        result = import_workbook(workbook, folder(path), dry_run, delete=delete)
    if format == "json":
        speak(sys.stdout, data=True)
        json.dump(result.to_dict(), sys.stdout, ensure_ascii=False, indent=2)
        sys.stdout.write("\n")
    else:
        show_problems(result.problems, paper(sys.stderr, lang))
        (print_model_import if is_of_model else print_import)(result, paper(sys.stdout, lang), dry_run)
    return 0 if result.sound else FAULTS
