"""What Typer says by itself is said in the language asked for, and no Chinese is cut off."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest


def _run(*arguments: str, width: int = 80, lang: str | None = None) -> str:
    environment = {key: value for key, value in os.environ.items() if key != "REFORMKIT_LANG"}
    environment |= {"COLUMNS": str(width), "TERMINAL_WIDTH": str(width)} | ({"REFORMKIT_LANG": lang} if lang else {})
    done = subprocess.run(
        [sys.executable, "-m", "reformkit", *arguments], env=environment, capture_output=True, check=False
    )
    return (done.stdout + done.stderr).decode()


@pytest.mark.parametrize(
    ("arguments", "zh", "en"),
    [
        (["asess"], "没有命令 asess；最接近的是：assess、measures", "No such command 'asess'. Did you mean"),
        (["fmt"], "缺少参数 PATH", "Missing argument 'PATH'."),
        (["fmt", "--helpp"], "没有选项 --helpp；最接近的是：--help", "No such option: --helpp"),
        (["graph", "--format", "x"], "不能是“x”，可用：", "is not one of"),
        (["fmt", "--lang", "fr", "x"], "--lang 不能是“fr”，可用：zh、en", ""),
        (["item", "shw"], "没有命令 shw；最接近的是：show", "No such command 'shw'"),
    ],
)
def test_what_cannot_be_parsed_is_said_in_the_language_asked_for(arguments: list[str], zh: str, en: str) -> None:
    chinese, english = _run(*arguments, width=200), _run(*arguments, width=200, lang="en")
    assert zh in chinese and "错误" in chinese and "用法：" in chinese and "Usage" not in chinese
    if "--lang" in arguments:  # asked for in a language that is none: Chinese
        return
    assert en in english and "Error" in english and "Usage: " in english and "错误" not in english


def test_the_help_has_its_headings_in_the_language_asked_for_and_is_never_cut_off() -> None:
    for width in (80, 50):
        chinese = _run("--help", width=width)
        assert "选项" in chinese and "命令" in chinese and "…" not in chinese
    assert "─ Options ─" in _run("fmt", "--help", "--lang", "en")
    assert "…" not in _run("assess", "--help")
