"""What a file that is written will hold: by what is asked for, else by its ending; an ending that says otherwise is refused."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TypeVar

from reformkit.problem import WrongUse
from reformkit.text import COMMA, Text

F = TypeVar("F", bound=str)

TEXT = (".txt", ".md")
"""The endings of plain text; a name without an ending is text, too."""

DOCUMENTS = (
    *(".doc", ".docx", ".et", ".htm", ".html", ".odt", ".ods", ".pdf", ".png", ".rtf", ".svg", ".wps"),
    *(".csv", ".json", ".jsonl", ".parquet", ".xls", ".xlsx", ".zip"),
)
"""Endings that promise a format: nothing else is written under them, whatever is asked for."""

_REFUSED = Text(
    "不会写 {ending} 文件（{path}）；可写：{known}",
    "no {ending} file can be written ({path}); what can be: {known}",
)
_OTHERWISE = Text(
    "--format {format} 与文件名 {path} 不符：{ending} 应是另一种格式；请改文件名或格式",
    "--format {format} does not go with the name {path}: {ending} is another format; change one of the two",
)


def format_of(out: Path | None, asked: F | None, endings: Mapping[str, F], default: F, *, only: bool = False) -> F:
    """The format to write: the one asked for, else that of the ending of the file, else `default` (text).

    With `only` there is one format, and the file has one of its endings. Raises `WrongUse` for an ending that is not
    known, or that promises another format than is asked for.
    """
    ending = "" if out is None else out.suffix.lower()
    if out is None or not ending or (out.exists() and not out.is_file()):  # a device or pipe has no ending of meaning
        return asked or default
    written = {**({} if only else dict.fromkeys(TEXT, default)), **endings}
    if only and ending not in written:
        raise _refused(_REFUSED, out, known=COMMA.join(written))
    if asked is None:
        if ending not in written:
            raise _refused(_REFUSED, out, known=COMMA.join(written))
        return written[ending]
    if ending in DOCUMENTS and written.get(ending) != asked and not _both_json(ending, asked):
        raise _refused(_OTHERWISE, out, format=asked)
    return asked


def _both_json(ending: str, asked: str) -> bool:
    """JSON Lines are often called .json; nothing is lost by it."""
    return ending in (".json", ".jsonl") and asked in ("json", "jsonl")


def _refused(said: Text, out: Path, **values: Text | str) -> WrongUse:
    return WrongUse(said.fill(path=out.name, ending=out.suffix, **values))
