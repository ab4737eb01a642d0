"""What may be opened in the one file, told by a file's name: cases, fixtures, a rulebook that was saved; in words why not."""

from __future__ import annotations

from pathlib import PurePath
from typing import Literal

from reformkit.files.opening import ENDINGS
from reformkit.parsing.endings import is_fixtures, is_nearly_fixtures
from reformkit.text import Text

Kind = Literal["cases", "fixtures", "rules"]

NOT_HERE = (".parquet",)
"""Cases that only a Python with more packages reads."""
_INSIDE = tuple(ending for ending in ENDINGS if ending not in NOT_HERE)

_PARQUET = Text(
    "单文件不能读 Parquet（所需的软件包装不进来）；请另存为 .csv 或 .xlsx 再打开",
    "the one file cannot read Parquet (what reads it does not fit in); save it as .csv or .xlsx and open that",
)
_EMPTY = Text("这个文件是空的；请检查后重新选择", "the file is empty; choose another")
_NEARLY = Text(
    "测试案件的文件名须以 .cases.yaml 结尾；请改名后再打开",
    "the name of a file of fixtures ends in .cases.yaml; rename it and open it again",
)
_PAGE = Text(
    "网页不能再读回来；要接着办，打开当时“存案件”存下的 .json",
    "a page cannot be read again; open the .json that `Save the case` wrote",
)
_OTHER = Text(
    "不能打开这种文件（{ending}）；可打开的有：案件 {known}，测试案件 .cases.yaml，从本页下载的规则册 .zip",
    "files of this kind ({ending}) are not opened here, but these: cases {known}, fixtures .cases.yaml, a rulebook .zip saved from this page",
)
_NO_ENDING = Text("没有扩展名", "no ending")


def kind_of(name: str, data: bytes) -> Kind | Text:
    """What a file is taken for, or why it is not taken.

    >>> kind_of("a.csv", b"id"), kind_of("a.cases.yaml", b"[]"), kind_of("rules.zip", b"PK")
    ('cases', 'fixtures', 'rules')
    >>> kind_of("a.csv", b"").zh
    '这个文件是空的；请检查后重新选择'
    """
    ending = PurePath(name).suffix.lower()
    if not data.strip():
        return _EMPTY
    if is_fixtures(name):
        return "fixtures"
    if ending == ".zip":
        return "rules"
    if is_nearly_fixtures(name):
        return _NEARLY
    if ending in _INSIDE:
        return "cases"
    if ending in NOT_HERE:
        return _PARQUET
    if ending in (".html", ".htm"):
        return _PAGE
    return _OTHER.fill(ending=Text.same(ending) if ending else _NO_ENDING, known=" ".join(_INSIDE))
