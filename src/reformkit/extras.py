"""Packages that only some uses need: said in words where one is not installed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from reformkit.text import Text

_FOR = {
    "frames": Text("读写 Parquet、按列研判", "reading and writing Parquet, and assessing in columns,"),
    "practice": Text("促改台账、文书和月调度", "ledgers, letters and the month's dispatch"),
    "pictures": Text("画图", "drawing pictures"),
    "desk": Text("案头", "the desk"),
    "excel": Text("读写 Excel 工作簿", "reading and writing Excel workbooks"),
}


_MISSING = Text("{what}须另装：{install}（缺少 {name}）", "{what} needs more: {install} (no {name})")


class MissingExtra(ImportError):
    """An optional package is not installed; `text` says which to install."""

    def __init__(self, extra: str, name: str | None) -> None:
        what, install = _FOR[extra], f"pip install 'reformkit[{extra}]'"
        self.text = _MISSING.fill(what=what, install=install, name=str(name))
        super().__init__(self.text.en, name=name)


@contextmanager
def extra(name: str) -> Iterator[None]:
    """Imports that need an extra. Raises `MissingExtra` where a package is not there."""
    try:
        yield
    except ModuleNotFoundError as error:
        raise MissingExtra(name, error.name) from error
