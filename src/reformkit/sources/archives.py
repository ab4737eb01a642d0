"""Rulebooks in zip archives and wheels: nothing is unpacked that could do harm, and what is refused is said.

Refused are names that lead out of the archive or stand there twice, links, files under a password, another
compression than zip's own (whose memory a hostile archive could choose), and more than `MOST_BYTES` in all, counted
as they are unpacked and not as the archive states them.
"""

from __future__ import annotations

import errno
import stat
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

from reformkit.sources.fault import SourceError
from reformkit.sources.shelf import MOST_BYTES, MOST_FILES, File, is_of_a_rulebook, too_many, too_much
from reformkit.text import Text

ENDINGS = (".zip", ".whl")

_UTF8_NAME, _UNDER_PASSWORD = 0x800, 0x1
_PLAIN = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)

_NOT_THERE = Text("找不到 {path}", "there is no {path}")
_NO_ARCHIVE = Text("{path} 不是 zip 或 wheel 文件，或者已损坏", "{path} is not a wheel or zip file, or it is damaged")
_PACK_AGAIN = Text("重新打包，或者重新取得这个文件", "pack it again, or get the file anew")
_LINK = Text("{path} 中的 {name} 是链接", "{name} in {path} is a link")
_NO_LINKS = Text("打包文件本身，不打包链接", "pack the file itself and not a link to it")
_PASSWORD = Text("{path} 中的 {name} 有密码", "{name} in {path} is under a password")
_NO_PASSWORD = Text("打包时不加密", "pack it without a password")
_OTHER_METHOD = Text("{path} 中的 {name} 的压缩方式不受理", "{name} in {path} is compressed in a way that is not taken")
_DEFLATE = Text("用一般的 zip 方式（deflate）打包", "pack it in zip's usual way (deflate)")
_DAMAGED = Text("{path} 中的 {name} 无法解开（已损坏）", "{name} in {path} cannot be unpacked (it is damaged)")
_BAD_NAME = Text(
    "{path} 中有一个文件名的编码不能辨认", "the name of a file in {path} is in no encoding that can be told"
)
_UTF8 = Text("打包时用 UTF-8 文件名", "pack it with names in UTF-8")
_LARGE = Text("{path} 超过 {most} MB", "{path} has more than {most} MB")
_SMALLER = Text("只打包规则册和措施库的文件", "pack only the files of the rulebook and its library")


def archive_files(path: Path) -> Iterator[File]:
    """The files of rulebooks in a zip archive or wheel. Raises `SourceError` where it cannot be taken as it is."""
    if not path.is_file():
        raise SourceError(_NOT_THERE.fill(path=str(path)))
    if path.stat().st_size > MOST_BYTES:
        raise SourceError(_LARGE.fill(path=str(path), most=MOST_BYTES >> 20), _SMALLER)
    try:
        with zipfile.ZipFile(path) as archive:
            yield from files_in(archive, str(path))
    except (zipfile.BadZipFile, NotImplementedError, UnicodeDecodeError) as error:
        raise SourceError(_NO_ARCHIVE.fill(path=str(path)), _PACK_AGAIN) from error
    except OSError as error:
        if error.errno != errno.EINVAL:  # a place before the file's beginning
            raise
        raise SourceError(_NO_ARCHIVE.fill(path=str(path)), _PACK_AGAIN) from None


def files_in(archive: zipfile.ZipFile, shown: str) -> Iterator[File]:
    """The files of rulebooks in an archive that is open."""
    entries = archive.infolist()
    if len(entries) > MOST_FILES:
        raise too_many()
    left = MOST_BYTES
    for entry in entries:
        name = _name(entry, shown)
        if stat.S_ISLNK(entry.external_attr >> 16):
            raise SourceError(_LINK.fill(path=shown, name=name), _NO_LINKS)
        if entry.is_dir() or name.endswith("/") or not is_of_a_rulebook(name):
            continue
        content = _content(archive, entry, shown, name, left)
        left -= len(content)
        yield name, content


def _content(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, shown: str, name: str, most: int) -> bytes:
    """A file of an archive, unpacked no further than it may go."""
    if entry.flag_bits & _UNDER_PASSWORD:
        raise SourceError(_PASSWORD.fill(path=shown, name=name), _NO_PASSWORD)
    if entry.compress_type not in _PLAIN:
        raise SourceError(_OTHER_METHOD.fill(path=shown, name=name), _DEFLATE)
    try:
        with archive.open(entry) as file:
            content = file.read(most + 1)
    except (NotImplementedError, RuntimeError, ValueError, zlib.error, EOFError, OSError, zipfile.BadZipFile):
        raise SourceError(_DAMAGED.fill(path=shown, name=name), _PACK_AGAIN) from None
    if len(content) > most:
        raise too_much()
    return content


def _name(entry: zipfile.ZipInfo, shown: str) -> str:
    """An entry's name: UTF-8 where it says so; else as it was meant, which on a Chinese Windows is GB18030."""
    name = entry.orig_filename
    if not name.isascii() and not entry.flag_bits & _UTF8_NAME:
        written = name.encode("cp437")
        for encoding in ("utf-8", "gb18030"):
            try:
                name = written.decode(encoding)
                break
            except UnicodeDecodeError:
                continue
        else:
            raise SourceError(_BAD_NAME.fill(path=shown), _UTF8)
    return name.replace("\\", "/")
