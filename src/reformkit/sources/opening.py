"""A source told by what it is, and opened: the folder in which its rulebook stands for as long as it is read."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.resources.abc import Traversable
from pathlib import Path, PurePosixPath

from reformkit.problem import NOWHERE, Place, Problem
from reformkit.sources.archives import ENDINGS, archive_files
from reformkit.sources.fault import A_RULEBOOK, SourceError
from reformkit.sources.resources import archive_of, folder_of, package_of, resource_files
from reformkit.sources.revisions import place_in, revision_files
from reformkit.sources.shelf import File, Shelf
from reformkit.sources.texts import Texts, files_of
from reformkit.text import Text

Source = str | os.PathLike[str] | Texts | Traversable
"""A folder; a `.zip` or `.whl` file, or a folder in one (`rules.zip/mine`); `git:REV:FOLDER`; `package:NAME/path`; the
texts of the files by their paths; a resource of a package."""

GIT, PACKAGE = "git:", "package:"
BUNDLED_IN_WHEEL = "reformkit/rules/jiuyuan"


@dataclass(frozen=True)
class SourceKind:
    """What is read from a source: it is found by its `head` file; what it is called, and what several are."""

    head: str
    one: Text
    several: Text


RULEBOOK = SourceKind("rulebook.yaml", A_RULEBOOK, Text("规则册", "rulebooks"))
LIBRARY = SourceKind("causes.yaml", Text("措施库", "measure library"), Text("措施库", "measure libraries"))

_NOT_THERE = Text("找不到 {name}", "there is no {name}")
_NO_NAME = Text("路径是空的", "the path is empty")
_NO_TEXTS = Text("没有给出任何文本", "no texts were given")
_NO_HEAD = Text("{name}中没有 {head}", "there is no {head} in {name}")
_GIVE_ALL = Text("{one}的文件都要给出，连同 {head}", "give all files of the {one}, {head} among them")
_SEVERAL = Text("{name}中有几个{several}：{found}", "there are several {several} in {name}: {found}")
_CHOOSE = Text("写明是哪一个文件夹，例如 {name}/{first}", "say which folder, as in {name}/{first}")
_ONE = Text("只给出其中一个{one}的文件", "give the files of one of them only")
_NO_FOLDER = Text("{name}中没有文件夹 {folder}", "there is no folder {folder} in {name}")
_OTHER_FOLDER = Text("核对文件夹的名称", "check the name of the folder")
_TEXTS = Text("所给的文本", "the texts given")


@dataclass(frozen=True)
class OpenSource:
    """The folder of a rulebook or a library for as long as it is read.

    `shelf` holds it where it is not one's own folder; no path may then lead out of it. `retold` says a problem as one of
    what the files were made from.
    """

    folder: Path
    shelf: Shelf | None = None
    retold: Callable[[Problem], Problem] | None = None

    @property
    def within(self) -> str | None:
        """The folder out of which nothing may be read; None for one's own folders."""
        return None if self.shelf is None else str(self.shelf.root)

    def said(self, problem: Problem) -> Problem:
        """A problem with its paths as the caller knows them."""
        problem = problem if self.shelf is None else self.shelf.said(problem)
        return problem if self.retold is None else self.retold(problem)

    def keep_for(self, owner: object) -> None:
        """Leave what was laid out there for as long as its owner is."""
        if self.shelf is not None:
            self.shelf.keep_for(owner)


def is_elsewhere(name: str) -> bool:
    """Whether a name is that of a rulebook in no folder: in the notation, or an archive.

    >>> is_elsewhere("git:HEAD:rules/jiuyuan"), is_elsewhere("rules/jiuyuan")
    (True, False)
    """
    return (not Path(name).exists() and name.startswith((GIT, PACKAGE))) or archive_in(name) is not None


def unopened(error: SourceError, source: object) -> Problem:
    """Why a source could not be opened, as a problem."""
    source = source if error.source is None else error.source
    place = NOWHERE if isinstance(source, Mapping) or source == "" else Place(str(source))
    return Problem("RK850", place, {"wanted": error.wanted, "reason": error.text, "how": error.fix})


@contextmanager
def opened(source: Source, kind: SourceKind = RULEBOOK) -> Iterator[OpenSource]:
    """The folder of a rulebook or a library, wherever it comes from. Raises `SourceError` where there is none."""
    if isinstance(source, str | os.PathLike):
        with _named(os.fspath(source), kind) as found:
            yield found
    elif isinstance(source, Mapping):
        if not source:
            raise SourceError(_NO_TEXTS, _GIVE_ALL.fill(one=kind.one, head=kind.head))
        with _laid_out(files_of(source), "", "", _TEXTS, kind) as found:
            yield found
    elif isinstance(source, Traversable):
        with _resource(source, "", "", kind) as found:
            yield found
    else:
        raise TypeError(f"a {kind.one.en} is a path, a mapping of texts or a resource, not {type(source).__name__}")


@contextmanager
def _named(name: str, kind: SourceKind) -> Iterator[OpenSource]:
    """A source that is named by a path or in the notation."""
    if not name:
        raise SourceError(_NO_NAME)
    if name.startswith(GIT) and not Path(name).exists():
        revision, folder = _revision(name)
        top, wanted = place_in(folder)
        shown = f"{revision}:"
        with _laid_out(revision_files(top, revision, wanted), wanted, shown, Text.same(name), kind) as found:
            yield found
    elif name.startswith(PACKAGE) and not Path(name).exists():
        resource, wanted = package_of(name.removeprefix(PACKAGE))
        with _resource(resource, wanted, f"{name.split('/', maxsplit=1)[0]}/", kind) as found:
            yield found
    elif (archive := archive_in(name)) is not None:
        path, wanted = archive
        with _laid_out(archive_files(path), wanted, f"{path}/", Text.same(str(path)), kind) as found:
            yield found
    else:
        yield OpenSource(Path(name))


def _revision(name: str) -> tuple[str, str]:
    revision, colon, folder = name.removeprefix(GIT).partition(":")
    if not colon or not revision:
        raise SourceError(_NOT_THERE.fill(name=name))
    return revision, folder


def archive_in(name: str) -> tuple[Path, str] | None:
    """The archive that a path names or runs through, and the path in it.

    >>> archive_in("rules/jiuyuan") is None
    True
    """
    if Path(name).is_dir():
        return None
    whole = Path(name)
    for path in (whole, *whole.parents):
        if path.suffix.lower() in ENDINGS and (path.is_file() or path == whole):
            inner = whole.relative_to(path)
            return path, "" if path == whole else inner.as_posix()
    return None


@contextmanager
def _resource(resource: Traversable, wanted: str, shown: str, kind: SourceKind) -> Iterator[OpenSource]:
    folder = folder_of(resource)
    if folder is not None:
        yield OpenSource(folder / wanted)
        return
    archive = archive_of(resource)
    if archive is not None:
        wanted = "/".join(filter(None, (archive[1], wanted if wanted != "." else "")))
        shown = f"{archive[0].filename or 'zip'}/"
    name = Text.same(shown.rstrip("/") or str(resource))
    with _laid_out(resource_files(resource), wanted, shown, name, kind) as found:
        yield found


@contextmanager
def _laid_out(files: Iterator[File], wanted: str, shown: str, name: Text, kind: SourceKind) -> Iterator[OpenSource]:
    """Files laid into a folder; `wanted` is the one to read among them, or empty where it is to be found."""
    with Shelf(files, shown) as shelf:
        if wanted and not (shelf.root / wanted).is_dir():
            raise SourceError(_NO_FOLDER.fill(name=name, folder=wanted), _OTHER_FOLDER)
        inside = wanted or _only_one(shelf.root, name, shown, kind)
        yield OpenSource(shelf.root / inside, shelf)


def _only_one(root: Path, name: Text, shown: str, kind: SourceKind) -> str:
    """The folder of the one rulebook or library there is; in a wheel of reformkit, of the bundled one."""
    folders = [path.parent.relative_to(root).as_posix() for path in root.rglob(kind.head)]
    if BUNDLED_IN_WHEEL in folders:
        return BUNDLED_IN_WHEEL
    folders.sort(key=lambda folder: (len(PurePosixPath(folder).parts), folder))
    if not folders:
        give_all = _GIVE_ALL.fill(one=kind.one, head=kind.head)
        raise SourceError(_NO_HEAD.fill(name=name, head=kind.head), give_all)
    if len(folders) > 1:
        found = Text("、".join(folders), ", ".join(folders))
        how = _CHOOSE.fill(name=shown.rstrip("/"), first=folders[0]) if shown else _ONE.fill(one=kind.one)
        raise SourceError(_SEVERAL.fill(name=name, several=kind.several, found=found), how)
    return folders[0]
