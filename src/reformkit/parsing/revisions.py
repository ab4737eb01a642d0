"""Rulebooks that stand in no folder: the files of a git revision, and those of a wheel.

Git is asked for its objects as they are stored (`ls-tree`, `cat-file`); nothing is checked out and none of the
repository's own filters or hooks is run. Only the files that a rulebook is made of are taken.
"""

from __future__ import annotations

import errno
import os
import subprocess
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from reformkit.text import Text

Files = Iterator[tuple[str, bytes]]
"""Files by their path, with `/` between its parts."""

KINDS = (".yaml", ".docx")
"""What a rulebook is made of: its YAML, and the templates that its letters name."""

MOST_BYTES = 64 << 20
"""Of one file, unpacked; a rulebook has no such file."""

_PLAIN, _LINK, _REPOSITORY = ("100644", "100755"), "120000", "160000"


class SourceError(ValueError):
    """Something that was to be compared is not there; `text` says what, in both languages."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.text = Text(zh, en)


@contextmanager
def unpacked(files: Files) -> Iterator[Path]:
    """Files in a folder for as long as they are read."""
    with TemporaryDirectory(prefix="reformkit-") as folder:
        root = Path(folder).resolve()
        for name, content in files:
            path = PurePosixPath(name)
            if ".." not in path.parts and not path.is_absolute():
                (root / path).parent.mkdir(parents=True, exist_ok=True)
                (root / path).write_bytes(content)
        yield root


# --- wheels --------------------------------------------------------------------------------------------


def wheel_files(path: Path, wanted: str) -> Files:
    """The files of rulebooks in a wheel. Raises `SourceError` where it is none, or `wanted` is not among them."""
    if not path.is_file():
        raise SourceError(f"找不到 {path}", f"there is no {path}")
    try:
        with zipfile.ZipFile(path) as wheel:
            inside = [info for info in wheel.infolist() if info.filename.endswith(KINDS)]
            if wanted not in {info.filename for info in inside}:
                raise SourceError(f"{path} 中没有自带的规则册", f"there is no bundled rulebook in {path}")
            for info in inside:
                yield info.filename, _member(wheel, info, path)
    except SourceError:
        raise
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError) as error:
        if isinstance(error, OSError) and error.errno != errno.EINVAL:  # a place before the file's beginning
            raise
        raise SourceError(f"{path} 不是 wheel 文件，或者已损坏", f"{path} is not a wheel, or it is damaged") from None


def _member(wheel: zipfile.ZipFile, info: zipfile.ZipInfo, path: Path) -> bytes:
    """A file of a wheel, unpacked as far as a rulebook's file may go."""
    try:
        with wheel.open(info) as file:
            content = file.read(MOST_BYTES + 1)
    except (NotImplementedError, RuntimeError, zlib.error, EOFError, zipfile.BadZipFile):
        raise SourceError(
            f"{path} 中的 {info.filename} 无法解开（已损坏、加密或者压缩方式不支持）",
            f"{info.filename} in {path} cannot be unpacked (damaged, encrypted, or compressed in an unknown way)",
        ) from None
    if len(content) > MOST_BYTES:
        raise SourceError(f"{path} 中的 {info.filename} 过大", f"{info.filename} in {path} is too large")
    return content


# --- git -----------------------------------------------------------------------------------------------


def revision_files(top: Path, revision: str, inside: str) -> Files:
    """The files of rulebooks in a git revision. Raises `SourceError` where git has no such revision or `inside`,
    the folder that is wanted, is a submodule or a link there."""
    tree = _git(top, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{tree}}")
    if tree is None:
        raise SourceError(f"git 中没有版本“{revision}”", f"git knows no revision `{revision}`")
    listed = _git(top, "ls-tree", "-r", "-z", "--full-tree", tree.decode().strip()) or b""
    names: dict[str, str] = {}
    for entry in filter(None, listed.split(b"\0")):
        head, _, name = entry.partition(b"\t")
        mode, _, object_id = head.decode().split(" ")
        path = os.fsdecode(name)
        above = path == inside or inside.startswith(f"{path}/")
        if mode in (_LINK, _REPOSITORY) and (above or (path.startswith(f"{inside}/") and path.endswith(KINDS))):
            what = Text("子模块", "a submodule") if mode == _REPOSITORY else Text("链接", "a link")
            raise SourceError(
                f"版本“{revision}”中的 {path} 是{what.zh}，其中的文件不在这个版本里",
                f"{path} in the revision {revision} is {what.en}; its files are not part of that revision",
            )
        if mode in _PLAIN and path.endswith(KINDS):
            names[path] = object_id
    yield from _objects(top, names)


def _objects(top: Path, names: dict[str, str]) -> Files:
    """The contents of git objects, as they are stored."""
    asked = "".join(f"{object_id}\n" for object_id in names.values()).encode()
    rest = memoryview(_git(top, "cat-file", "--batch", asked=asked) or b"")
    for name in names:
        line, _, _ = bytes(rest[:200]).partition(b"\n")
        size = int(line.rsplit(b" ", 1)[-1])
        start = len(line) + 1
        yield name, bytes(rest[start : start + size])
        rest = rest[start + size + 1 :]


def repository_of(folder: Path) -> Path:
    """The top folder of the repository that a folder is in. Raises `SourceError` where there is none."""
    top = _git(folder, "rev-parse", "--show-toplevel")
    if top is None:
        raise SourceError(f"{folder} 不在 git 仓库中", f"{folder} is not in a git repository")
    return Path(os.fsdecode(top).rstrip("\n")).resolve()


def _git(folder: Path, *arguments: str, asked: bytes = b"") -> bytes | None:
    """What git says of a folder's repository, whatever the environment points git to; None where it fails."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    command = ["git", "-C", str(folder), *arguments]
    try:
        done = subprocess.run(command, input=asked, capture_output=True, check=False, env=environment | {"LC_ALL": "C"})
    except FileNotFoundError:
        raise SourceError("没有安装 git，不能与版本比较", "git is not installed") from None
    if b"dubious ownership" in done.stderr:
        raise SourceError(
            f"{folder} 的仓库属于另一用户，git 不予读取；确认可信后执行 git config --global --add safe.directory 仓库",
            f"the repository of {folder} belongs to another user, and git does not read it; if you trust it, "
            "run git config --global --add safe.directory REPOSITORY",
        )
    return done.stdout if done.returncode == 0 else None
