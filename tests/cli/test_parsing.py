"""What Typer says by itself is said in the language asked for, and no Chinese is cut off."""

from __future__ import annotations

import re
import shlex
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
import typer
from typer import rich_utils

from reformkit.cli import app
from reformkit.printing.typer_words import halves, said

CHINESE = re.compile("[\u3400-\u9fff]")
COMMANDS: list[tuple[tuple[str, ...], Any]] = []


def _collect(command: Any, path: tuple[str, ...] = ()) -> None:
    COMMANDS.append((path, command))
    for name, inner in getattr(command, "commands", {}).items():
        _collect(inner, (*path, name))


_collect(typer.main.get_command(app))


Say = Callable[..., str]


@pytest.fixture
def say(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Say:
    """What the command line says, in a terminal so many characters wide."""

    def said_by(*arguments: str, width: int = 80, lang: str | None = None) -> str:
        monkeypatch.delenv("REFORMKIT_LANG", raising=False)
        monkeypatch.setenv("COLUMNS", str(width))
        monkeypatch.setattr(rich_utils, "MAX_WIDTH", width)
        if lang is not None:
            monkeypatch.setenv("REFORMKIT_LANG", lang)
        with pytest.raises(SystemExit):
            COMMANDS[0][1].main(list(arguments), prog_name="reformkit")
        return "".join(capsys.readouterr())

    return said_by


@pytest.mark.parametrize(
    ("arguments", "zh", "en"),
    [
        (["asess"], "没有命令 asess；最接近的是：assess、measures", "No such command 'asess'. Did you mean"),
        (["fmt"], "缺少参数 PATH", "Missing argument 'PATH'."),
        (["fmt", "--helpp"], "没有选项 --helpp；最接近的是：--help", "No such option: --helpp"),
        (["graph", "--format", "x"], "不能是“x”，可用：", "is not one of"),
        (["fmt", "--lang", "fr", "x"], "--lang 不能是“fr”，可用：zh、en", ""),
        (["dispatch"], "缺少选项 --ledger（也可设环境变量 REFORMKIT_LEDGER）", "Missing option '--ledger'"),
        (["item", "shw"], "没有命令 shw；最接近的是：show", "No such command 'shw'"),
    ],
)
def test_what_cannot_be_parsed_is_said_in_the_language_asked_for(
    say: Say, arguments: list[str], zh: str, en: str
) -> None:
    chinese, english = say(*arguments, width=200), say(*arguments, width=200, lang="en")
    assert zh in chinese and "错误" in chinese and "用法：" in chinese and "Usage" not in chinese
    if "--lang" in arguments:  # asked for in a language that is none: Chinese
        return
    assert en in english and "Error" in english and "Usage: " in english and "错误" not in english


def test_the_help_has_its_headings_in_the_language_asked_for_and_is_never_cut_off(say: Say) -> None:
    for width in (80, 50):
        chinese = say("--help", width=width)
        assert "选项" in chinese and "命令" in chinese and "…" not in chinese
    assert "─ Options ─" in say("fmt", "--help", "--lang", "en")
    assert "…" not in say("assess", "--help")


def _texts(command: Any) -> list[str]:
    """All that a command says in its help: of itself, of its options, of the commands below it."""
    below = [inner.help or "" for inner in getattr(command, "commands", {}).values()]
    said = [command.help or "", *(getattr(option, "help", None) or "" for option in command.params), *below]
    return [" ".join(words.partition("\n\n")[0].split()) for words in said if words]


def test_every_help_stands_in_both_languages() -> None:
    for path, command in COMMANDS:
        for words in _texts(command):
            both = halves(words)
            assert CHINESE.search(both.zh) and not CHINESE.search(both.en), (path, words)


def test_the_whole_help_is_in_the_language_asked_for_and_nothing_is_cut_off(say: Say) -> None:
    for path, command in COMMANDS:
        chinese, english = say(*path, "--help"), say("--lang", "en", *path, "--help")
        assert not CHINESE.search(english), path
        for words in _texts(command):
            for one, shown in ((halves(words).zh, chinese), (halves(words).en, english)):
                assert Counter(one.replace(" ", "")) <= Counter(shown), path
        sentences = re.findall(r"[a-z]+ [a-z]+ [a-z]+", chinese)
        assert [words for words in sentences if not words.startswith("reformkit ")] == [], path


@pytest.mark.parametrize(
    ("message", "zh"),
    [
        ("Invalid value for '--as-of': Value error, '3' does not match the formats '%Y-%m-%d'.", "--as-of 不能是“3”，写成 年-月-日，如 2022-03-01"),
        ("Invalid value for '--sample': Input should be greater than or equal to 1", "--sample 不得小于 1"),
        ("Invalid value for 'PATH': File 'x' does not exist.", "PATH “x”不存在"),
        ("Option '--pair' requires 2 arguments.", "选项 --pair 后面要写 2 个值"),
        ("Something quite new.", "参数有误：Something quite new."),
    ],
)  # fmt: skip
def test_what_typer_says_of_values_is_said_in_chinese_too(message: str, zh: str) -> None:
    assert said(message).zh == zh


def test_a_day_is_asked_for_in_words_that_are_no_programs(say: Say) -> None:
    for lang, wanted in (("en", "'2022/13/1' is no day; write YYYY-MM-DD"), ("zh", "不能是“2022/13/1”，写成 年-月-日")):
        words = say("assess", "x.csv", "--as-of", "2022/13/1", "--lang", lang, width=120)
        assert wanted in words and "%Y" not in words


def test_the_language_before_a_command_holds_unless_the_command_is_asked_for_another(say: Say) -> None:
    assert "Inventory" in say("--lang=en", "measures", "IN-06")
    assert "资产资源清查" in say("--lang", "en", "measures", "IN-06", "--lang", "zh")
    assert "--lang 不能是“xx”" in say("--lang", "xx", "measures")
    assert "资产资源清查" in say("measures", "IN-06")  # and is forgotten afterwards


@pytest.mark.parametrize(
    "arguments",
    [
        *("check ''", "assess ''", "assess {case} --rules ''", "assess {case} --rules=", "assess {case} --history ''"),
        *("assess {case} -o ''", "fmt ''", "test ''", "replay ''", "year ''", "import '' mine", "figures --office ''"),
    ],
)
def test_an_empty_path_is_not_the_current_folder(say: Say, arguments: str) -> None:
    words = [word.format(case="examples/cases/01-approve-and-start.yaml") for word in shlex.split(arguments)]
    assert "空的" in say(*words)
    assert "empty" in say(*words, lang="en")
