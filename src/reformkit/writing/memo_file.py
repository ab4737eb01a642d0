"""Assessments into files: .txt, .html and .docx, in one of three lengths, whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from reformkit.assessing.weighed import Weighed
from reformkit.beside import beside
from reformkit.extras import extra
from reformkit.reporting.html import html
from reformkit.reporting.lengths import LENGTHS, Length, lines, page
from reformkit.text import COMMA, Lang, Text

ENDINGS = (".docx", ".html", ".txt")

_ENDING = Text(
    "研判意见可写成 {known}，不能写成 {ending}；请改文件名",
    "an assessment is written as {known}, not as {ending}; change the name",
)
_NO_ENDING = Text("没有后缀的文件", "a file without an ending")
_LENGTH = Text("篇幅只有 {known}，没有“{length}”", "the lengths are {known}, not `{length}`")


def save(
    assessments: Iterable[Weighed], path: str | os.PathLike[str], length: Length = "memo", lang: Lang = "zh"
) -> Path:
    """Write assessments one after another. Raises ValueError for another ending or length."""
    target = Path(path)
    ending = target.suffix.lower()
    if length not in LENGTHS:
        raise ValueError(_LENGTH.fill(known=COMMA.join(LENGTHS), length=str(length)).en)
    if ending not in ENDINGS:
        raise ValueError(_ENDING.fill(known=COMMA.join(ENDINGS), ending=ending or _NO_ENDING).en)
    data = made(assessments, ending, length, lang)
    with beside(target) as file:
        file.write(data)
    return target


def made(assessments: Iterable[Weighed], ending: str, length: Length, lang: Lang) -> bytes:
    """What stands in a file with one of the endings."""
    pages = (page(assessment, length) for assessment in assessments)
    if ending == ".docx":
        with extra("practice"):
            from reformkit.writing.memo_sheet import document  # noqa: PLC0415 (most never write one)

        return document(pages, lang, close=length == "short")
    if ending == ".html":
        return "".join(f"{line}\n" for line in html(pages, lang)).encode()
    return "\n\n".join("".join(f"{line}\n" for line in lines(each, lang)) for each in pages).encode()
