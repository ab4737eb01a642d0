"""`reformkit check`: everything that is wrong with a rulebook and its library."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated, Literal

import typer

from reformkit.checking.showing import fixture_of
from reformkit.editing.fixture_text import fixture_text
from reformkit.loading import BUNDLED, bundled, examine
from reformkit.printing.paper import paper, speak
from reformkit.printing.problems import show_problems
from reformkit.printing.progress import busy
from reformkit.printing.sarif import as_sarif
from reformkit.problem import Problem, WrongUse
from reformkit.terminal import watching
from reformkit.terminal.guard import FAULTS
from reformkit.terminal.options import Language, MeasuresFolder, folder, library_choice, source
from reformkit.text import Text

_WATCH_IN_TEXT = Text("--watch 只能用于文字输出", "--watch goes with text only")

_CHECKING = Text("正在检查……", "Checking …")


def check(
    path: Annotated[
        Path | None,
        typer.Argument(
            help="Rulebook folder, or a .dmn model; without it, the bundled one. 规则册文件夹或 .dmn 模型。",
            show_default=False,
        ),
    ] = None,
    measures: MeasuresFolder = None,
    lang: Language = "zh",
    format: Annotated[Literal["text", "json", "sarif"], typer.Option(help="Format of the output. 输出格式。")] = "text",
    budget: Annotated[
        int | None,
        typer.Option(
            min=1, metavar="N", help="States that one proof may take; 20,000 unless given. 每项证明最多的步数。"
        ),
    ] = None,
    office: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", help="An office, held to its duties. 机关文件，一并检查职责。", show_default=False
        ),
    ] = None,
    watch: Annotated[
        bool, typer.Option("--watch", help="Look again whenever a file changes; Ctrl-C stops. 边改边查。")
    ] = False,
) -> int:
    """Everything wrong with a rulebook and its measures, for every case. 检查规则册和措施库，对所有可能的案件证明。"""
    choice = library_choice(measures)
    if watch:
        if format != "text":
            raise WrongUse(_WATCH_IN_TEXT)
        rules = bundled("rules") / BUNDLED if path is None else folder(path)
        if choice.get("measures") is not None:
            folder(Path(choice["measures"]))  # only files on disk can be watched
        return watching.watch(lambda: examine(rules, budget=budget, **choice)[1], rules, choice.get("measures"), lang)
    with busy(_CHECKING, lang):
        book, problems = examine(None if path is None else source(path), budget=budget, office=office, **choice)
    if format == "json":
        speak(sys.stdout, data=True)
        typer.echo(json.dumps([p.to_dict() for p in problems], ensure_ascii=False, indent=2, default=str))
    elif format == "sarif":
        speak(sys.stdout, data=True)
        typer.echo(as_sarif(problems, lang))
    elif problems:

        def case_of(problem: Problem) -> str | None:
            fixture = fixture_of(problem, lang)
            return None if book is None or fixture is None else fixture_text(fixture, book.rulebook, lang)

        show_problems(problems, paper(sys.stdout, lang), case_of)
    else:
        paper(sys.stdout, lang).say(watching.NO_PROBLEMS)
    return FAULTS if any(p.severity == "error" for p in problems) else 0
