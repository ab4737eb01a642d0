"""`reformkit check`: everything that is wrong with a rulebook and its library."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated, Literal

import typer

import reformkit
from reformkit.book import BUNDLED, bundled
from reformkit.cli import watching
from reformkit.cli.guard import FAULTS, WrongUse
from reformkit.cli.options import Language, MeasuresFolder, folder, library_choice
from reformkit.cli.paper import paper, speak
from reformkit.cli.problems import show_problems


def check(
    path: Annotated[
        Path | None,
        typer.Argument(help="Rulebook folder; without it, the bundled one. 规则册文件夹。", show_default=False),
    ] = None,
    measures: MeasuresFolder = None,
    lang: Language = "zh",
    format: Annotated[Literal["text", "json"], typer.Option(help="Format of the output. 输出格式。")] = "text",
    watch: Annotated[
        bool, typer.Option("--watch", help="Look again whenever a file changes; Ctrl-C stops. 边改边查。")
    ] = False,
) -> int:
    """Everything wrong with a rulebook and its measures. 检查规则册和措施库。"""
    choice = library_choice(measures)
    if watch:
        if format != "text":
            raise WrongUse("--watch 只能用于文字输出", "--watch goes with text only")
        rules = bundled("rules") / BUNDLED if path is None else folder(path)
        return watching.watch(lambda: reformkit.check(rules, **choice), rules, choice.get("measures"), lang)
    problems = reformkit.check(None if path is None else folder(path), **choice)
    if format == "json":
        speak(sys.stdout, data=True)
        typer.echo(json.dumps([p.to_dict() for p in problems], ensure_ascii=False, indent=2, default=str))
    elif problems:
        show_problems(problems, lang, paper(sys.stdout))
    else:
        paper(sys.stdout).say("没有发现问题。" if lang == "zh" else "No problems found.")
    return FAULTS if any(p.severity == "error" for p in problems) else 0
