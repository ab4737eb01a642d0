"""The options that several commands share, and what they open."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields
from difflib import get_close_matches
from inspect import Parameter, signature
from pathlib import Path
from typing import Annotated, Any, Concatenate, TypeVar, get_type_hints

import typer

from reformkit.book import Book
from reformkit.dmn.opening import is_model
from reformkit.loading import load
from reformkit.problem import WrongUse
from reformkit.sources.opening import is_elsewhere
from reformkit.text import COMMA, Lang, Text

NOT_THERE = Text("找不到 {path}", "there is no {path}")
NO_FOLDER = Text("找不到文件夹 {path}", "there is no folder {path}")
NO_LIBRARY = Text("没有措施库", "there is no measure library")
_NOT_A_FOLDER = Text("{path} 不是文件夹", "{path} is not a folder")
_NEAR = Text("没有“{word}”这个{what}；最接近的是：{offered}", "there is no {what} `{word}`; the nearest: {offered}")
_OTHERS = Text("没有“{word}”这个{what}；可用的有：{offered}", "there is no {what} `{word}`; there are: {offered}")
_OFFERED = Text("{label}（{id}）", "{id}")
_IN_BRACKETS = re.compile(r"\s*[（(][^（(]*[)）]$")

RulesFolder = Annotated[
    Path | None,
    typer.Option(
        "--rules", metavar="DIR", help="Rulebook folder; without it, the bundled one. 规则册文件夹，默认用自带的。"
    ),
]
MeasuresFolder = Annotated[
    str | None,
    typer.Option(
        "--measures",
        metavar="DIR|none",
        help="Measure library, or none for rules alone; without it, what the rulebook names. 措施库文件夹；none 表示不用措施库。",
    ),
]
Language = Annotated[
    Lang,
    typer.Option(
        "--lang", envvar="REFORMKIT_LANG", help="Language of the output; Chinese unless asked. 输出语言，默认中文。"
    ),
]

HistoryPaths = Annotated[
    list[str] | None,
    typer.Option(
        metavar="PATH|self",
        help="Other cases, over which signals are counted; `self` for those given. 供计数的其他案件；self 指所给案件自身。",
    ),
]
FORMAT = typer.Option(
    help="Format of the output; by the ending of --out where it is not given, else text. 输出格式；不写的按输出文件的后缀，再则为文字。",
    show_default=False,
)
"""`--format` of a command whose output may also be written by `--out`."""

OutFile = Annotated[
    Path | None,
    typer.Option(
        "--out", "-o", metavar="FILE", help="Write to this file, whole or not at all. 写入文件。", show_default=False
    ),
]


def a_day(words: str) -> Any:
    """An option that is a day; `words` are its help, in both languages."""
    return typer.Option(formats=["%Y-%m-%d"], metavar="DAY", help=words, show_default=False)


def library_choice(measures: str | None) -> dict[str, Any]:
    """`--measures` as an argument of `load` and `check`: left out, none, or a library that is there."""
    if measures is None:
        return {}
    if measures == "none":
        return {"measures": None}
    return {"measures": measures if is_elsewhere(measures) else folder(Path(measures))}


def open_book(rules: Path | None, measures: str | None) -> Book:
    """The rulebook and library that a command works with."""
    return load(None if rules is None else source(rules), **library_choice(measures))


def source(path: Path) -> str | Path:
    """A folder that is there, or a rulebook that stands in none, as `load` takes it: `git:REV:FOLDER`, a zip, ...."""
    return str(path) if is_elsewhere(str(path)) or is_model(path) else folder(path)


def folder(path: Path) -> Path:
    """A folder that is there."""
    if not path.exists():
        raise WrongUse(NO_FOLDER.fill(path=path))
    if not path.is_dir():
        raise WrongUse(_NOT_A_FOLDER.fill(path=path))
    return path


def known(word: str, labels: Mapping[str, Text], what: Text) -> str:
    """The id that a word names, written as id or label in either language; otherwise the nearest is offered.

    What stands in brackets at the end of a label may be left out where no other begins so.
    """
    begun: dict[str, set[str]] = {}
    for id, label in labels.items():
        for name in (label.zh, label.en):
            begun.setdefault(_IN_BRACKETS.sub("", name.casefold()), set()).add(id)
    names = {begin: id for begin, ids in begun.items() if len(ids) == 1 for id in ids}
    names |= {name.casefold(): id for id, label in labels.items() for name in (label.zh, label.en, id)}
    if word.casefold() in names:
        return names[word.casefold()]
    near = get_close_matches(word.casefold(), names, n=3, cutoff=0.5)
    offered = list(dict.fromkeys(names[name] for name in near)) or list(labels)
    choices = COMMA.join(
        Text.same(id) if labels[id].zh == id else _OFFERED.fill(label=labels[id].zh, id=id) for id in offered
    )
    raise WrongUse((_NEAR if near else _OTHERS).fill(word=word, what=what, offered=choices))


R = TypeVar("R")


def taking(record: type[R]) -> Callable[[Callable[Concatenate[R, ...], int]], Callable[..., int]]:
    """Make a command of a function whose first parameter is a record of options: a dataclass with a field an option.

    The command takes what the record must have, then the function's own, then what the record may have, so that
    commands which share options name them once.
    """
    hints = get_type_hints(record, include_extras=True)
    shared = [
        Parameter(
            field.name,
            Parameter.KEYWORD_ONLY,
            default=Parameter.empty if field.default is MISSING else field.default,
            annotation=hints[field.name],
        )
        for field in fields(record)  # type: ignore[arg-type]  # a dataclass
    ]
    must = [option for option in shared if option.default is Parameter.empty]
    may = [option for option in shared if option.default is not Parameter.empty]
    names = {option.name for option in shared}

    def command_of(function: Callable[Concatenate[R, ...], int]) -> Callable[..., int]:
        _, *own = signature(function, eval_str=True).parameters.values()

        def command(**given: Any) -> int:
            options = record(**{name: given.pop(name) for name in names & given.keys()})
            return function(options, **given)

        of_command = [*must, *(option.replace(kind=Parameter.KEYWORD_ONLY) for option in own), *may]
        command.__signature__ = signature(command).replace(parameters=of_command)  # type: ignore[attr-defined]
        command.__annotations__ = {option.name: option.annotation for option in of_command}
        command.__name__, command.__doc__, command.__module__ = function.__name__, function.__doc__, function.__module__
        return command

    return command_of
