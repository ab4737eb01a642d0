"""What Typer says by itself, in the language asked for: headings of the help, and arguments that cannot be parsed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, get_args

import typer
from typer import rich_utils

from reformkit.text import Lang, Text

UsageError: type[Exception] = typer.BadParameter.__mro__[1]
"""Arguments that cannot be parsed; Typer gives the class no public name."""

_USAGE = Text("用法：", "Usage: ")
_HEADINGS = {
    "ARGUMENTS_PANEL_TITLE": Text("参数", "Arguments"),
    "OPTIONS_PANEL_TITLE": Text("选项", "Options"),
    "COMMANDS_PANEL_TITLE": Text("命令", "Commands"),
    "ERRORS_PANEL_TITLE": Text("错误", "Error"),
    "DEFAULT_STRING": Text("[默认：{}]", "[default: {}]"),
    "ENVVAR_STRING": Text("[环境变量：{}]", "[env var: {}]"),
    "REQUIRED_LONG_STRING": Text("[必填]", "[required]"),
    "ABORTED_TEXT": Text("已中止。", "Aborted."),
    "RICH_HELP": Text(
        "用 [blue]{command_path} {help_option}[/] 查看说明。", "Try [blue]'{command_path} {help_option}'[/] for help."
    ),
}
_ERRORS = {
    r"No such option: (.+) \(Possible options: (.+)\)": "没有选项 {0}；最接近的是：{1}",
    r"No such option: (.+)": "没有选项 {0}",
    r"No such command '(.*)'\. Did you mean (.+)\?": "没有命令 {0}；最接近的是：{1}",
    r"No such command '(.*)'\.": "没有命令 {0}",
    r"Missing command\.": "没有写命令",
    r"Missing argument '(.+)'\.": "缺少参数 {0}",
    r"Missing option (.+)\.": "缺少选项 {0}",
    r"Option '(.+)' requires an argument\.": "选项 {0} 后面要写一个值",
    r"Option '(.+)' does not take a value\.": "选项 {0} 不带值",
    r"Got unexpected extra arguments? ?(?:\(s\) )?\((.+)\)": "多出参数：{0}",
    r"Invalid value for '(.+?)'(?: \(env var: .+?\))?: (?:Value error, )?'(.*?)' is not one of (.+)\.": "{0} 不能是“{1}”，可用：{2}",
    r"Invalid value for '(.+?)'(?: \(env var: .+?\))?: (.+)": "{0} 的值有误：{1}",
}
"""What Typer says (its English, which has no data behind it) and the same in Chinese."""


_LANGUAGES: dict[str, Lang] = {lang: lang for lang in get_args(Lang)}


def asked_language(arguments: Sequence[str], environment: Mapping[str, str]) -> Lang:
    """The language that arguments ask for before they are parsed, else the environment; Chinese where neither does.

    >>> asked_language(["fmt", "--lang", "en"], {}), asked_language(["fmt"], {})
    ('en', 'zh')
    """
    asked = environment.get("REFORMKIT_LANG", "")
    for number, word in enumerate(arguments):
        if word == "--":
            break
        if word.startswith("--lang="):
            asked = word.removeprefix("--lang=")
        elif word == "--lang":
            asked = "".join(arguments[number + 1 : number + 2])
    return _LANGUAGES.get(asked, "zh")


def said(message: str) -> Text:
    """What Typer says of arguments, in both languages; what is not known here stays as it is.

    >>> said("No such option: --x").zh
    '没有选项 --x'
    """
    for pattern, chinese in _ERRORS.items():
        if (found := re.fullmatch(pattern, message, re.DOTALL)) is not None:
            parts = [part.replace("', '", "、").strip("'") for part in found.groups()]
            return Text(chinese.format(*parts), message)
    return Text.same(message)


@contextmanager
def spoken(lang: Lang) -> Iterator[None]:
    """Typer speaks this language while it lasts; what it is made of is put back afterwards."""
    context: Any = typer.Context.__mro__[1]
    formatter: Any = context.formatter_class
    wording = rich_utils._make_rich_text
    headings = {name: getattr(rich_utils, name) for name in _HEADINGS}

    class Formatter(formatter):  # type: ignore[misc]
        def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
            super().write_usage(prog, args, _USAGE.say(lang) if prefix is None else prefix)

    try:
        context.formatter_class, rich_utils._make_rich_text = Formatter, _folded(wording)
        for name, text in _HEADINGS.items():
            setattr(rich_utils, name, text.say(lang))
        yield
    finally:
        context.formatter_class, rich_utils._make_rich_text = formatter, wording
        for name, english in headings.items():
            setattr(rich_utils, name, english)


@contextmanager
def worded(lang: Lang) -> Iterator[None]:
    """An error of parsing gets its words before Typer shows it."""
    try:
        yield
    except UsageError as error:
        words = said(error.format_message()).say(lang)  # type: ignore[attr-defined]
        error.format_message = lambda: words  # type: ignore[attr-defined]
        raise


def _folded(wording: Callable[..., Any]) -> Callable[..., Any]:
    """Words that go on in the next line where they do not fit: Chinese has no blanks, and lost its end."""

    def word(**parts: Any) -> Any:
        text = wording(**parts)
        text.overflow = "fold"
        return text

    return word
