"""Rulebooks among the resources of a Python package, wherever the package was imported from."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path, PurePosixPath

from reformkit.sources.archives import files_in
from reformkit.sources.fault import SourceError
from reformkit.sources.shelf import MOST_FILES, File, inside, is_of_a_rulebook, too_many
from reformkit.text import Text

_NO_PACKAGE = Text("没有可以导入的包 {name}", "there is no package {name} that can be imported")
_UNNAMED = Text("“package:”后面没有写包名", "no package is named behind `package:`")
_WRITE = Text("写作 package:包名/路径", "write package:NAME/path")
_INSTALL = Text("核对包名，或者先安装这个包", "check the name, or install the package first")


def package_of(said: str) -> tuple[Traversable, str]:
    """The resources of the package in `NAME/path`, and the path in it. Raises `SourceError` where there is no such package."""
    name, _, path = said.partition("/")
    if not name:
        raise SourceError(_UNNAMED, _WRITE)
    try:
        return files(name), str(inside(path))
    except (ImportError, TypeError, ValueError) as error:
        if isinstance(error, SourceError):
            raise
        raise SourceError(_NO_PACKAGE.fill(name=name), _INSTALL) from None


def archive_of(resource: Traversable) -> tuple[zipfile.ZipFile, str] | None:
    """The archive that a `zipfile.Path` is in, and the path in it."""
    return (resource.root, resource.at.rstrip("/")) if isinstance(resource, zipfile.Path) else None


def resource_files(resource: Traversable) -> Iterator[File]:
    """The files of rulebooks beneath a resource."""
    within = archive_of(resource)
    if within is not None:
        yield from files_in(within[0], within[0].filename or "zip")
        return
    waiting: list[tuple[PurePosixPath, Traversable]] = [(PurePosixPath(), resource)]
    seen = 0
    while waiting:
        path, one = waiting.pop()
        for child in sorted(one.iterdir(), key=lambda child: child.name):
            seen += 1
            if seen > MOST_FILES:
                raise too_many()
            if child.is_dir():
                waiting.append((path / child.name, child))
            elif is_of_a_rulebook(child.name):
                yield str(path / child.name), child.read_bytes()


def folder_of(resource: Traversable) -> Path | None:
    """The folder that a resource is, where it is one on disk."""
    return resource if isinstance(resource, Path) else None
