"""Files that stand in no folder, laid into one for as long as they are read."""

from __future__ import annotations

import os
import shutil
import tempfile
import unicodedata
import weakref
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path, PurePosixPath
from types import TracebackType
from typing import Any, Self

from reformkit.problem import Place, Problem
from reformkit.sources.fault import SourceError
from reformkit.text import Text

File = tuple[str, bytes]
"""A file by its path, with `/` between its parts, and what it holds."""

KINDS = (".yaml", ".yml", ".docx")
"""What a rulebook is made of: its YAML, and the templates that its letters name."""

MOST_FILES = 10_000
MOST_BYTES = 64 << 20
"""Of all files together, unpacked; a rulebook with its library has some 2 MB."""

_OUTSIDE = Text("{name} 指向所给内容之外", "{name} leads out of what was given")
_INSIDE = Text("只用相对路径，不含“..”“\\”和盘符", "use relative paths, without `..`, `\\` and drives")
_TWICE = Text(
    "{name} 出现两次（只有大小写或写法不同的，也算）",
    "{name} stands there twice (upper and lower case, and ways to encode a letter, are not told apart)",
)
_ONCE = Text("只留一个", "leave one of them")
_UNUSABLE = Text("{name} 不能用作文件名", "{name} cannot be the name of a file")
_RENAME = Text("改用较短的、一般的文件名", "give it a shorter, plainer name")
_TOO_MUCH = Text("解开后超过 {most} MB", "unpacked it has more than {most} MB")
_TOO_MANY = Text("文件超过 {most} 个", "there are more than {most} files")
_LESS = Text("只留规则册和措施库的文件", "leave only the files of the rulebook and its library")


def is_of_a_rulebook(name: str) -> bool:
    """Whether a file is of a kind that rulebooks are made of.

    >>> is_of_a_rulebook("rules/startup.yaml"), is_of_a_rulebook("setup.py")
    (True, False)
    """
    return PurePosixPath(name).suffix.lower() in KINDS


def too_many() -> SourceError:
    """There are more files than any rulebook has."""
    return SourceError(_TOO_MANY.fill(most=MOST_FILES), _LESS)


def too_much() -> SourceError:
    """There is more in them than in any rulebook."""
    return SourceError(_TOO_MUCH.fill(most=MOST_BYTES >> 20), _LESS)


def inside(name: str) -> PurePosixPath:
    """The path of a file within what was given; raises `SourceError` for one that leads out of it.

    >>> str(inside("rules/./small/../startup.yaml"))
    'rules/startup.yaml'
    """
    parts: list[str] = []
    if name.startswith("/") or "\\" in name or ":" in name:
        raise SourceError(_OUTSIDE.fill(name=name), _INSIDE)
    for part in PurePosixPath(name).parts:
        if part != "..":
            parts.append(part)
        elif parts:
            parts.pop()
        else:
            raise SourceError(_OUTSIDE.fill(name=name), _INSIDE)
    return PurePosixPath(*parts)


class Shelf:
    """A folder with files in it, gone at the end of the `with` unless it is kept for something that still needs it.

    `shown` is what stands for the folder in all that is said of it.
    """

    def __init__(self, files: Iterable[File], shown: str = "") -> None:
        self._files = files
        self._shown = shown
        self.root = Path()

    def __enter__(self) -> Self:
        self.root = Path(tempfile.mkdtemp(prefix="reformkit-")).resolve()
        self._away = weakref.finalize(self, shutil.rmtree, self.root, ignore_errors=True)
        try:
            self._fill()
        except BaseException:
            self._away()
            raise
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._away()

    def keep_for(self, owner: object) -> None:
        """Leave the folder there for as long as its owner is."""
        self._away.detach()
        weakref.finalize(owner, shutil.rmtree, self.root, ignore_errors=True)

    def said(self, problem: Problem) -> Problem:
        """A problem with its paths as the caller knows them."""
        values = {key: self._said(value) for key, value in problem.values.items()}
        return replace(problem, place=self.place(problem.place), values=values)

    def place(self, place: Place) -> Place:
        """A place with its path as the caller knows it."""
        return replace(place, path=self._said(place.path))

    def _said(self, value: Any) -> Any:
        if isinstance(value, Text):
            return value.each(self._said)
        if not isinstance(value, str):
            return value
        root = str(self.root)
        return value.replace(f"{root}{os.sep}", self._shown).replace(root, self._shown.rstrip("/:") or ".")

    def _fill(self) -> None:
        seen: set[str] = set()
        size = 0
        for name, content in self._files:
            path = inside(name)
            spelt = unicodedata.normalize("NFC", str(path)).casefold()
            size += len(content)
            if spelt in seen:
                raise SourceError(_TWICE.fill(name=name), _ONCE)
            if len(seen) >= MOST_FILES:
                raise too_many()
            if size > MOST_BYTES:
                raise too_much()
            seen.add(spelt)
            try:
                (self.root / path).parent.mkdir(parents=True, exist_ok=True)
                (self.root / path).write_bytes(content)
            except (OSError, ValueError):
                raise SourceError(_UNUSABLE.fill(name=name), _RENAME) from None
