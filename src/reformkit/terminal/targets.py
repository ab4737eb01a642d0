"""Where a command is to write: refused before any work where nothing can be written, or an input would be lost."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path

from reformkit.beside import beside
from reformkit.printing.paper import paper
from reformkit.printing.problem_file import problems_beside
from reformkit.problem import WrongUse
from reformkit.text import Lang, Text

NEEDS_FILE = Text("写 {format} 须用 -o 指定文件", "{format} needs a file: -o FILE")
_CANNOT_WRITE = Text("不能写到 {out}：{why}", "cannot write to {out}: {why}")
_NAME_TOO_LONG = Text("文件名过长（{size} 字节）：{name}", "the name of the file is too long ({size} bytes): {name}")
_PROBLEMS_OVER_INPUT = Text(
    "{beside} 是所读的案件，而问题会列到同名文件中；请另写一个输出文件名",
    "{beside} is read as input, and problems would be listed in a file of that name; name another output",
)
_OVER_INPUT = Text("{out} 正是所读的案件，不能覆盖；请另写一个文件名", "{out} is read as input; name another file")
_LINK = Text("它是一个指向自身的链接；请另写一个文件名", "it is a link to itself; name another file")
_FOLDER = Text("这是文件夹；请在后面写上文件名", "it is a folder; add the name of a file")
_NO_FOLDER = Text(
    "没有文件夹 {folder}；请先建立，或另写一处", "there is no folder {folder}; make it, or name another place"
)
_NO_PERMISSION = Text("没有改写它的权限；请另写一个文件名", "there is no permission to change it; name another file")

WRITTEN = Text("已写到 {path}。", "Written to {path}.")

LONGEST_NAME = 255
"""Bytes of a file's name, with that of the list of problems beside it."""


def check_target(out: Path, inputs: Sequence[Path]) -> None:
    """Refuse what cannot be written beside its list of problems, and what would destroy the cases that are read."""
    check_writable(out, inputs)
    beside = problems_beside(out)
    if len(os.fsencode(beside.name)) > LONGEST_NAME:
        raise WrongUse(_NAME_TOO_LONG.fill(size=len(os.fsencode(out.name)), name=out.name))
    if beside.exists() and any(beside.samefile(path) for path in inputs if path.exists()):
        raise WrongUse(_PROBLEMS_OVER_INPUT.fill(beside=beside))


def check_writable(out: Path, inputs: Sequence[Path]) -> None:
    """Refuse what cannot be written, and what would destroy the cases that are read."""
    why = _in_the_way(out)
    if why is not None:
        raise WrongUse(_CANNOT_WRITE.fill(out=out, why=why))
    if out.exists() and any(
        out.samefile(path) or (path.is_dir() and out.resolve().parent == path.resolve())
        for path in inputs
        if path.exists()
    ):
        raise WrongUse(_OVER_INPUT.fill(out=out))


def write_whole(out: Path, data: bytes, lang: Lang) -> None:
    """Write a file whole or not at all, and say so; a device or pipe takes what comes, without a word."""
    if out.exists() and not out.is_file():
        with out.open("wb") as stream:
            stream.write(data)
        return
    with beside(out) as file:
        file.write(data)
    paper(sys.stderr, lang).say(WRITTEN.fill(path=str(out)))


def _in_the_way(out: Path) -> Text | None:
    """Why nothing can be written there."""
    folder = out.parent
    try:
        out.resolve()
    except (OSError, RuntimeError):  # RuntimeError before Python 3.13
        return _LINK
    if out.is_dir():
        return _FOLDER
    if not folder.is_dir():
        return _NO_FOLDER.fill(folder=str(folder))
    if out.exists() and not os.access(out, os.W_OK):
        return _NO_PERMISSION
    return None
