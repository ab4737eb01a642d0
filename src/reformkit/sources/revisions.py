"""Rulebooks as they were at a git revision.

Git is asked for its objects as they are stored (`ls-tree`, `cat-file`); nothing is checked out and none of the
repository's own filters or hooks is run. Only the files that a rulebook is made of are taken.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path, PurePath

from reformkit.sources.fault import SourceError
from reformkit.sources.shelf import File, is_of_a_rulebook
from reformkit.text import Text

_PLAIN, _LINK, _REPOSITORY = ("100644", "100755"), "120000", "160000"

_NO_GIT = Text("没有安装 git，不能读取版本", "git is not installed, and a revision cannot be read")
_INSTALL = Text("安装 git，或者改用文件夹或 zip", "install git, or give a folder or a zip")
_NO_REVISION = Text("git 中没有版本“{revision}”", "git knows no revision `{revision}`")
_OTHER_REVISION = Text("写提交、标签或分支的名称", "write the name of a commit, tag or branch")
_NOT_IN_IT = Text(
    "版本“{revision}”中的 {path} 是{what}，其中的文件不在这个版本里",
    "{path} in the revision {revision} is {what}; its files are not part of that revision",
)
_SUBMODULE, _A_LINK = Text("子模块", "a submodule"), Text("链接", "a link")
_OTHER_PLACE = Text("写文件实际所在的仓库和文件夹", "name the repository and folder where the files are")
_NO_REPOSITORY = Text("{folder} 不在 git 仓库中", "{folder} is not in a git repository")
_IN_REPOSITORY = Text(
    "在仓库中执行，或者写文件夹的完整路径", "run it within the repository, or write the folder with its whole path"
)
_OF_ANOTHER = Text(
    "{folder} 的仓库属于另一用户，git 不予读取",
    "the repository of {folder} belongs to another user, and git does not read it",
)
_TRUST = Text(
    "确认可信后执行 git config --global --add safe.directory 仓库",
    "if you trust it, run git config --global --add safe.directory REPOSITORY",
)


def revision_files(top: Path, revision: str, inside: str) -> Iterator[File]:
    """The files of rulebooks in a git revision. Raises `SourceError` where git has no such revision or `inside`,
    the folder that is wanted, is a submodule or a link there."""
    tree = _git(top, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{tree}}")
    if tree is None:
        raise SourceError(_NO_REVISION.fill(revision=revision), _OTHER_REVISION)
    listed = _git(top, "ls-tree", "-r", "-z", "--full-tree", tree.decode().strip()) or b""
    names: dict[str, str] = {}
    for entry in filter(None, listed.split(b"\0")):
        head, _, name = entry.partition(b"\t")
        mode, _, object_id = head.decode().split(" ")
        path = os.fsdecode(name)
        above = path == inside or inside.startswith(f"{path}/")
        if mode in (_LINK, _REPOSITORY) and (above or (path.startswith(f"{inside}/") and is_of_a_rulebook(path))):
            what = _SUBMODULE if mode == _REPOSITORY else _A_LINK
            raise SourceError(_NOT_IN_IT.fill(path=path, revision=revision, what=what), _OTHER_PLACE)
        if mode in _PLAIN and is_of_a_rulebook(path):
            names[path] = object_id
    yield from _objects(top, names)


def _objects(top: Path, names: dict[str, str]) -> Iterator[File]:
    """The contents of git objects, as they are stored."""
    asked = "".join(f"{object_id}\n" for object_id in names.values()).encode()
    rest = memoryview(_git(top, "cat-file", "--batch", asked=asked) or b"")
    for name in names:
        line, _, _ = bytes(rest[:200]).partition(b"\n")
        size = int(line.rsplit(b" ", 1)[-1])
        start = len(line) + 1
        yield name, bytes(rest[start : start + size])
        rest = rest[start + size + 1 :]


def place_in(folder: str) -> tuple[Path, str]:
    """The repository that a folder is in, and its path there, whether or not it is on disk now.

    A path from the root of the file system says the repository too; another is meant as git writes it, from the top of
    the repository that one works in. Raises `SourceError` where there is no repository.
    """
    if not Path(folder).is_absolute():
        return repository_of(Path.cwd()), _from_top(PurePath(os.path.normpath(folder or ".")))
    whole = Path(os.path.normpath(folder))
    near = next(path for path in (whole, *whole.parents) if path.is_dir())
    top = repository_of(near)
    return top, _from_top((near.resolve() / whole.relative_to(near)).relative_to(top))


def _from_top(path: PurePath) -> str:
    return "" if path == PurePath() else path.as_posix()


def repository_of(folder: Path) -> Path:
    """The top folder of the repository that a folder is in. Raises `SourceError` where there is none."""
    top = _git(folder, "rev-parse", "--show-toplevel")
    if top is None:
        raise SourceError(_NO_REPOSITORY.fill(folder=str(folder)), _IN_REPOSITORY)
    return Path(os.fsdecode(top).rstrip("\n")).resolve()


def is_committed(path: Path) -> bool:
    """Whether git has a file as it stands: tracked, and changed in nothing since the last commit."""
    real = path.resolve()
    try:
        if _git(real.parent, "ls-files", "--error-unmatch", "--", real.name) is None:
            return False
        return _git(real.parent, "status", "--porcelain", "--", real.name) == b""
    except SourceError:
        return False


def _git(folder: Path, *arguments: str, asked: bytes = b"") -> bytes | None:
    """What git says of a folder's repository, whatever the environment points git to; None where it fails."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    command = ["git", "-C", str(folder), *arguments]
    try:
        done = subprocess.run(command, input=asked, capture_output=True, check=False, env=environment | {"LC_ALL": "C"})
    except FileNotFoundError:
        raise SourceError(_NO_GIT, _INSTALL) from None
    if b"dubious ownership" in done.stderr:
        raise SourceError(_OF_ANOTHER.fill(folder=str(folder)), _TRUST)
    return done.stdout if done.returncode == 0 else None
