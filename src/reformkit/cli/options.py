"""The options that several commands share, and what they open."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Any

import typer

from reformkit.book import Book
from reformkit.loading import load
from reformkit.problem import WrongUse
from reformkit.text import Lang, Text

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


def library_choice(measures: str | None) -> dict[str, Any]:
    """`--measures` as an argument of `load` and `check`: left out, none, or a folder that is there."""
    if measures is None:
        return {}
    return {"measures": None if measures == "none" else folder(Path(measures))}


def open_book(rules: Path | None, measures: str | None) -> Book:
    """The rulebook and library that a command works with."""
    return load(None if rules is None else folder(rules), **library_choice(measures))


def folder(path: Path) -> Path:
    """A folder that is there."""
    if not path.exists():
        raise WrongUse(f"找不到文件夹 {path}", f"there is no folder {path}")
    if not path.is_dir():
        raise WrongUse(f"{path} 不是文件夹", f"{path} is not a folder")
    return path


def known(word: str, labels: Mapping[str, Text], what: Text) -> str:
    """The id that a word names, written as id or label in either language; otherwise the nearest is offered."""
    names = {name.casefold(): id for id, label in labels.items() for name in (label.zh, label.en, id)}
    if word.casefold() in names:
        return names[word.casefold()]
    near = get_close_matches(word.casefold(), names, n=3, cutoff=0.5)
    offered = list(dict.fromkeys(names[name] for name in near)) or list(labels)
    zh, en = f"没有“{word}”这个{what.zh}", f"there is no {what.en} `{word}`"
    if near:
        raise WrongUse(f"{zh}；最接近的是：{_list_zh(offered, labels)}", f"{en}; the nearest: {', '.join(offered)}")
    raise WrongUse(f"{zh}；可用的有：{_list_zh(offered, labels)}", f"{en}; there are: {', '.join(offered)}")


def _list_zh(ids: Iterable[str], labels: Mapping[str, Text]) -> str:
    return "、".join(id if labels[id].zh == id else f"{labels[id].zh}（{id}）" for id in ids)
