"""What Typer says by itself, in the language asked for: headings of the help, and arguments that cannot be parsed."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, get_args

import typer
from typer import rich_utils
from typer.core import TyperArgument, TyperOption

from reformkit.text import Lang, Text

UsageError: type[Exception] = typer.BadParameter.__mro__[1]
"""Arguments that cannot be parsed; Typer gives the class no public name."""

_PARAMETERS: tuple[Any, ...] = (TyperArgument, TyperOption)
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
_HELP = {"Show this message and exit.": Text("显示这份说明。", "Show this message and exit.")}
_PLACES = {"[OPTIONS]": "[选项]", "COMMAND [ARGS]...": "命令 [参数]..."}
"""What stands in a usage line for what may be typed, and the same in Chinese."""

_TYPES = {
    "<bool>": Text.same(""),
    "<%Y-%m-%d>": Text("<年-月-日>", "<YYYY-MM-DD>"),
    "<int>": Text("<整数>", "<number>"),
    "<str>": Text("<文字>", "<text>"),
    "<list[str]>": Text("<文字>", "<text>"),
    "<path>": Text("<路径>", "<path>"),
    "<Path>": Text("<路径>", "<path>"),
    "<list[Path]>": Text("<路径>", "<path>"),
}
"""What Typer shows of an option's type, in words that are no Python; a flag takes no value."""

_NO_DAY = Text(
    "不能是“{word}”，写成 年-月-日，如 2022-03-01", "'{word}' is no day; write YYYY-MM-DD, such as 2022-03-01"
)
_IS_NO_DAY = re.compile(r"'(.*?)' does not match the formats '%Y-%m-%d'\.", re.DOTALL)

EMPTY_PATH = Text("路径是空的；指当前文件夹的，写 .", "the path is empty; write . where the current folder is meant")
EMPTY = Text("不能是空的", "it may not be empty")

_VALUES = {
    **{re.escape(text.en): text.zh for text in (EMPTY_PATH, EMPTY)},
    r"'(.*?)' is not one of (.+)\.": "不能是“{0}”，可用：{1}",
    r"Input should be a valid integer.*": "要写整数",
    r"Input should be a valid number.*": "要写数字",
    r"Input should be a valid boolean.*": "写 true 或 false",
    r"Input should be greater than or equal to (.+)": "不得小于 {0}",
    r"Input should be less than or equal to (.+)": "不得大于 {0}",
    r"Input should be greater than (.+)": "须大于 {0}",
    r"Input should be less than (.+)": "须小于 {0}",
    r"(?:File|Directory|Path) '(.+)' does not exist\.": "“{0}”不存在",
    r"(?:File|Directory|Path) '(.+)' is a file\.": "“{0}”是文件",
    r"(?:File|Directory|Path) '(.+)' is a directory\.": "“{0}”是文件夹",
    r"(?:File|Directory|Path) '(.+)' is not readable\.": "“{0}”读不出",
    r"(?:File|Directory|Path) '(.+)' is not writable\.": "“{0}”不能写入",
    r"(\d+) values are required, but (\d+) given\.": "要写 {0} 个值，现有 {1} 个",
}
"""What Typer says of a value (its English, which has no data behind it) and the same in Chinese."""

_ERRORS = {
    r"No such option: (.+) \(Possible options: (.+)\)": "没有选项 {0}；最接近的是：{1}",
    r"No such option: (.+)": "没有选项 {0}",
    r"No such command '(.*)'\. Did you mean (.+)\?": "没有命令 {0}；最接近的是：{1}",
    r"No such command '(.*)'\.": "没有命令 {0}",
    r"Missing command\.": "没有写命令",
    r"Missing argument '(.+)'\..*": "缺少参数 {0}",
    r"Missing option '([^']+)' \(env var: '(.+?)'\)\..*": "缺少选项 {0}（也可设环境变量 {1}）",
    r"Missing option '?(.+?)'?\..*": "缺少选项 {0}",
    r"Missing parameter: (.+)": "缺少参数 {0}",
    r"Option '(.+)' requires an argument\.": "选项 {0} 后面要写一个值",
    r"Option '(.+)' requires (\d+) arguments\.": "选项 {0} 后面要写 {1} 个值",
    r"Option '(.+)' does not take a value\.": "选项 {0} 不带值",
    r"Argument '(.+)' takes (\d+) values\.": "参数 {0} 要写 {1} 个值",
    r"Got unexpected extra arguments? ?(?:\(s\) )?\((.+)\)": "多出参数：{0}",
    r"Could not open file '(.+?)': (.+)": "打不开“{0}”：{1}",
}
"""What Typer says of arguments, and the same in Chinese."""

_OF_A_VALUE = re.compile(r"Invalid value(?: for '?(.+?)'?)?(?: \(env var: .+?\))?: (?:Value error, )?(.+)", re.DOTALL)
_WRONG_VALUE = Text("{what}{said}", "Invalid value for {what}: {said}")
_WRONG = Text("参数有误：{said}", "{said}")

_CHINESE = re.compile("[\u3400-\u9fff]")


_VARIABLE = "REFORMKIT_LANG"
_LANGUAGES: dict[str, Lang] = {lang: lang for lang in get_args(Lang)}


def asked_language(arguments: Sequence[str], environment: Mapping[str, str]) -> Lang:
    """The language that arguments ask for before they are parsed, else the environment; Chinese where neither does.

    >>> asked_language(["fmt", "--lang", "en"], {}), asked_language(["fmt"], {})
    ('en', 'zh')
    """
    asked = _LANGUAGES.get(environment.get(_VARIABLE, ""), "zh")
    for number in range(arguments.index("--") if "--" in arguments else len(arguments)):
        asked = language_at(arguments, number)[0] or asked
    return asked


def language_at(arguments: Sequence[str], number: int) -> tuple[Lang | None, int]:
    """The language that an argument asks for, with the next if need be, and how many arguments say so.

    >>> language_at(["--lang", "en"], 0), language_at(["--lang=zh"], 0), language_at(["--lang", "xx"], 0)
    (('en', 2), ('zh', 1), (None, 0))
    """
    option, is_one, word = arguments[number].partition("=")
    if option != "--lang":
        return None, 0
    said = word if is_one else "".join(arguments[number + 1 : number + 2])
    asked = _LANGUAGES.get(said)
    return asked, 0 if asked is None else 1 if is_one else 2


@contextmanager
def speaking(asked: Lang | None) -> Iterator[None]:
    """Commands speak the language asked for while it lasts, unless they are asked for another."""
    before = os.environ.get(_VARIABLE)
    try:
        if asked is not None:
            os.environ[_VARIABLE] = asked
        yield
    finally:
        os.environ.pop(_VARIABLE, None)
        if before is not None:
            os.environ[_VARIABLE] = before


def halves(words: str) -> Text:
    """Help that says the same in both languages, one after the other: English up to the last full stop before Chinese.

    >>> halves("Read YAML. 读 YAML。").zh, halves("Show the version.").zh
    ('读 YAML。', 'Show the version.')
    """
    if words in _HELP:
        return _HELP[words]
    match = _CHINESE.search(words)
    end = words.rfind(". ", 0, match.start()) if match else -1
    return Text.same(words) if end < 0 else Text(words[end + 2 :].strip(), words[: end + 1])


def said(message: str) -> Text:
    """What Typer says of arguments, in both languages.

    >>> said("No such option: --x").zh, said("Invalid value for '--as-of': Value error, '3' is not one of 1, 2.").en
    ('没有选项 --x', "Invalid value for --as-of: '3' is not one of 1, 2.")
    """
    of_value = _OF_A_VALUE.fullmatch(message)
    if of_value is not None:
        what, value = of_value.groups()
        no_day = _IS_NO_DAY.fullmatch(value)
        why = _translated(value, _VALUES) if no_day is None else _NO_DAY.fill(word=no_day[1])
        return _WRONG_VALUE.fill(what=f"{what} " if what else "", said=why).replace(" :", ":")
    return _translated(message, _ERRORS)


def _translated(message: str, known: Mapping[str, str]) -> Text:
    for pattern, chinese in known.items():
        if (match := re.fullmatch(pattern, message, re.DOTALL)) is not None:
            parts = [part.replace("', '", "、").strip("'") for part in match.groups()]
            return Text(chinese.format(*parts), message)
    return Text(_WRONG.fill(said=message).zh, message)


@contextmanager
def spoken(lang: Lang) -> Iterator[None]:
    """Typer speaks this language while it lasts; what it is made of is put back afterwards."""
    context: Any = typer.Context.__mro__[1]
    formatter: Any = context.formatter_class
    wording, types = rich_utils._make_rich_text, {kind: kind.display_type_rich for kind in _PARAMETERS}
    headings = {name: getattr(rich_utils, name) for name in _HEADINGS}

    class Formatter(formatter):  # type: ignore[misc]
        def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
            super().write_usage(prog, _usage(args).say(lang), _USAGE.say(lang) if prefix is None else prefix)

    rich: Any = rich_utils
    plain: Any = rich.Text

    class Folded(plain):  # type: ignore[misc]
        def __init__(self, *args: Any, **parts: Any) -> None:
            super().__init__(*args, **{"overflow": "fold", **parts})

    try:
        rich.Text = Folded
        context.formatter_class, rich_utils._make_rich_text = Formatter, _folded(wording, lang)
        for kind, shown in types.items():
            kind.display_type_rich = _typed(shown, lang)
        for name, text in _HEADINGS.items():
            setattr(rich_utils, name, text.say(lang))
        yield
    finally:
        rich.Text = plain
        context.formatter_class, rich_utils._make_rich_text = formatter, wording
        for kind, shown in types.items():
            kind.display_type_rich = shown
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


def _usage(arguments: str) -> Text:
    """The end of a usage line."""
    chinese = arguments
    for english, place in _PLACES.items():
        chinese = chinese.replace(english, place)
    return Text(chinese, arguments)


def _typed(shown: Callable[..., str | None], lang: Lang) -> Callable[..., str | None]:
    """The type of an option in words."""

    def typed(self: Any, ctx: Any) -> str | None:
        name = shown(self, ctx)
        return name if name not in _TYPES else _TYPES[name].say(lang) or None

    return typed


def _folded(wording: Callable[..., Any], lang: Lang) -> Callable[..., Any]:
    """Words in one language, that go on in the next line where they do not fit: Chinese has no blanks, and lost its
    end."""

    def word(**parts: Any) -> Any:
        text = wording(**{**parts, "text": halves(parts["text"]).say(lang)})
        text.overflow = "fold"
        return text

    return word
