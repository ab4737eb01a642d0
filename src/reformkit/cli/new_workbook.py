"""`reformkit new workbook`: an empty workbook into which cases are put."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from reformkit.beside import beside
from reformkit.cli.export import ALREADY_THERE
from reformkit.extras import extra
from reformkit.printing.paper import brief, paper, typed
from reformkit.problem import WrongUse
from reformkit.terminal.options import NO_FOLDER, Language, RulesFolder, open_book
from reformkit.text import Text

_WRONG_ENDING = Text("{out} 不合：文件名应以 .xlsx 结尾", "{out}: the name should end in .xlsx")
_WRITTEN = Text("已写出 {path}。", "{path} written.")
_NEXT = Text("填好后：reformkit assess {path}", "once it is filled in: reformkit assess {path}")


def workbook(
    *,
    out: Annotated[
        Path, typer.Option("--out", "-o", help="A new file to write, .xlsx. 写出的新文件。", show_default=False)
    ],
    rules: RulesFolder = None,
    lang: Language = "zh",
) -> int:
    """An empty workbook of cases, with drop-downs and the questions as notes. 空白的案件工作簿，带下拉列表和填写提示。"""
    if out.suffix.lower() != ".xlsx":
        raise WrongUse(_WRONG_ENDING.fill(out=out))
    if out.exists():
        raise WrongUse(ALREADY_THERE.fill(out=out))
    if not out.absolute().parent.is_dir():
        raise WrongUse(NO_FOLDER.fill(path=out.parent))
    book = open_book(rules, "none")
    with extra("excel"):
        from reformkit.workbook.cases_out import write_cases  # noqa: PLC0415
    with beside(out) as file:
        write_cases(file, book.rulebook.vocabulary, lang)
    console = paper(sys.stdout, lang)
    console.say(_WRITTEN.fill(path=brief(str(out))))
    console.say(_NEXT.fill(path=typed(out)))
    return 0
