"""The package that a .docx is: opened, looked over, its parts parsed; nothing outside it is ever read.

What could run, fetch or swell is refused here, before any word of the template is looked at.
"""

from __future__ import annotations

import io
import os
import re
import stat
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from lxml import etree

from reformkit.problem import Place, Problem
from reformkit.text import Text
from reformkit.writing.filling import packed

_NO_BODY = Text("没有 {body}", "there is no {body}")
_FILE_ENDING_IN = Text("“{zh}”的文件", "a file that ends in `{en}`")
_TOO_MANY_PARTS = Text("超过 {most} 个部件", "it has more than {most} parts")
_ARCHIVE_UNREADABLE = Text("压缩包读不出（{words}）", "the archive cannot be read ({words})")
_NOT_WELL_FORMED = Text("{part} 第 {line} 行不合 XML 格式", "{part} is not well-formed on line {line}")
_TOO_MANY_ELEMENTS = Text("超过 {most} 个元素", "it has more than {most} elements")

MOST_BYTES = 20 * 1024 * 1024
"""Bytes that all parts may have together once unpacked, and that the file itself may have."""
MOST_PARTS = 500
MOST_ELEMENTS = 200_000

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
BODY = "word/document.xml"

_OTHER_KINDS = {
    ".doc": Text("旧版 Word 文档（.doc）", "a Word document of the old format (.doc)"),
    ".dot": Text("旧版 Word 模板（.dot）", "a Word template of the old format (.dot)"),
    ".wps": Text("WPS 文字文档（.wps）", "a WPS document (.wps)"),
    ".wpt": Text("WPS 文字模板（.wpt）", "a WPS template (.wpt)"),
    ".docm": Text("启用宏的文档（.docm）", "a document with macros (.docm)"),
    ".dotm": Text("启用宏的模板（.dotm）", "a template with macros (.dotm)"),
    ".dotx": Text("Word 模板文件（.dotx）", "a Word template (.dotx)"),
    ".odt": Text("OpenDocument 文档（.odt）", "an OpenDocument text (.odt)"),
    ".rtf": Text("RTF 文档（.rtf）", "an RTF document (.rtf)"),
    ".pdf": Text("PDF 文件（.pdf）", "a PDF (.pdf)"),
    ".ofd": Text("OFD 文件（.ofd）", "an OFD document (.ofd)"),
}
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLD = Text(
    "旧版 .doc、.wps 格式的文档，或者设了密码的文档",
    "a document of the old .doc or .wps format, or one with a password",
)
_ACTIVE = (
    (re.compile(r"vbaProject|vbaData", re.I), Text("宏", "macros")),
    (re.compile(r"/(embeddings|activeX|oleObjects?)/", re.I), Text("嵌入对象或者控件", "embedded objects or controls")),
    (re.compile(r"\.(bin|exe|js|vbs|html?|mht|rtf)$", re.I), Text("可执行或者外来内容", "foreign content")),
)
_PRINTER = re.compile(r"printerSettings\d*\.bin$", re.I)


@dataclass(slots=True)
class Package:
    """The parts of a .docx by name, in their order, and those that are XML as trees."""

    path: str
    parts: dict[str, bytes]
    trees: dict[str, Any] = field(default_factory=dict)

    def packed(self) -> bytes:
        """The package as a file: the same bytes for the same parts, whenever it is made."""
        return packed(self.parts)


def read_package(path: str | os.PathLike[str], data: bytes | None = None) -> tuple[Package | None, list[Problem]]:
    """A template's package, or None, and everything that keeps it from being used."""
    name = os.fspath(path)
    refused = _refused(name, data)
    if refused is not None:
        return None, [refused]
    try:
        data = _bytes(name) if data is None else data
        if data is None:
            return None, [_too_large(name, Text("文件超过 20 MB", "the file has more than 20 MB"))]
    except OSError as error:
        reason = error.strerror or "?"
        return None, [Problem("RK103", Place(name), {"path": name, "reason": Text.same(reason)})]
    if data.startswith(_OLE):
        return None, [Problem("RK710", Place(name), {"path": Path(name).name, "found": _OLD})]
    opened = _unpacked(name, data)
    if isinstance(opened, Problem):
        return None, [opened]
    problems = [*_active(opened), *_parsed(opened)]
    if BODY not in opened.trees and not problems:
        problems.append(_damaged(name, _NO_BODY.fill(body=BODY)))
    problems += [] if problems else _outside(opened)
    return opened, problems


def _refused(name: str, data: bytes | None) -> Problem | None:
    """A file that is not there, or whose name says that it is something else."""
    suffix = Path(name).suffix.lower()
    if suffix in _OTHER_KINDS:
        return Problem("RK710", Place(name), {"path": Path(name).name, "found": _OTHER_KINDS[suffix]})
    if data is not None:
        return None
    want = Text("模板文件", "a template")
    try:
        mode = Path(name).stat().st_mode
    except FileNotFoundError:
        return Problem("RK101", Place(name), {"path": name, "want": want, "hint": ""})
    except (OSError, ValueError) as error:
        reason = Text.same(getattr(error, "strerror", None) or "?")
        return Problem("RK103", Place(name), {"path": name, "reason": reason})
    if not stat.S_ISREG(mode):
        found = Text("文件夹", "a folder") if stat.S_ISDIR(mode) else Text("设备或管道", "a device or pipe")
        return Problem("RK102", Place(name), {"path": name, "found": found, "want": want})
    if suffix != ".docx":
        found = _FILE_ENDING_IN.fill(zh=suffix or "没有扩展名", en=suffix)
        return Problem("RK710", Place(name), {"path": Path(name).name, "found": found})
    return None


def _bytes(name: str) -> bytes | None:
    with Path(name).open("rb") as file:
        data = file.read(MOST_BYTES + 1)
    return None if len(data) > MOST_BYTES else data


def _too_large(name: str, what: Text) -> Problem:
    return Problem("RK712", Place(name), {"what": what})


def _damaged(name: str, what: Text) -> Problem:
    return Problem("RK711", Place(name), {"path": Path(name).name, "what": what})


def _unpacked(name: str, data: bytes) -> Package | Problem:
    """Every part, read against one limit whatever the directory of the archive claims."""
    parts: dict[str, bytes] = {}
    left = MOST_BYTES
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            if len(entries) > MOST_PARTS:
                return _too_large(name, _TOO_MANY_PARTS.fill(most=MOST_PARTS))
            for entry in entries:
                if entry.is_dir():
                    continue
                if entry.filename in parts or entry.filename.startswith("/") or ".." in entry.filename.split("/"):
                    return _damaged(name, Text("部件名称重复或者越界", "a part's name stands twice or leads outside"))
                if entry.flag_bits & 0x1:
                    return _damaged(name, Text("设有密码", "it has a password"))
                with archive.open(entry) as part:
                    parts[entry.filename] = part.read(left + 1)
                left -= len(parts[entry.filename])
                if left < 0:
                    return _too_large(name, Text("解压后超过 20 MB", "unpacked, it has more than 20 MB"))
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError) as error:
        said = type(error).__name__
        return _damaged(name, _ARCHIVE_UNREADABLE.fill(words=said))
    return Package(name, parts)


def _active(package: Package) -> Iterator[Problem]:
    """What could run when the letter is opened."""
    for part in package.parts:
        what = next((said for pattern, said in _ACTIVE if pattern.search(f"/{part}")), None)
        if what is not None and not _PRINTER.search(part):
            yield Problem("RK713", Place(package.path), {"what": what, "part": part})
    types = package.parts.get("[Content_Types].xml", b"")
    if b"macroEnabled" in types and not any("vba" in part.lower() for part in package.parts):
        yield Problem("RK713", Place(package.path), {"what": _ACTIVE[0][1], "part": "[Content_Types].xml"})


def _parsed(package: Package) -> Iterator[Problem]:
    """Each XML part as a tree: no document type, no entities, nothing fetched, no tree without end."""
    left = MOST_ELEMENTS
    for part, data in package.parts.items():
        if not part.endswith((".xml", ".rels")):
            continue
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, huge_tree=False
        )
        try:
            tree = etree.fromstring(data, parser)
        except (etree.XMLSyntaxError, ValueError) as error:
            place = getattr(error, "position", (0, 0))
            doctype = b"<!DOCTYPE" in data or b"<!\x00D" in data
            yield (
                _doctype(package, part)
                if doctype
                else _damaged(
                    package.path,
                    _NOT_WELL_FORMED.fill(part=part, line=place[0]),
                )
            )
            continue
        if tree.getroottree().docinfo.doctype or tree.getroottree().docinfo.internalDTD is not None:
            yield _doctype(package, part)
            continue
        left -= sum(1 for _ in tree.iter())
        if left < 0:
            most = MOST_ELEMENTS
            yield _too_large(package.path, _TOO_MANY_ELEMENTS.fill(most=most))
            return
        package.trees[part] = tree


def _doctype(package: Package, part: str) -> Problem:
    return Problem("RK715", Place(package.path), {"part": part})


def _outside(package: Package) -> Iterator[Problem]:
    """Every relationship that leads out of the package, and content of other files taken in whole."""
    for part, tree in package.trees.items():
        if part.endswith(".rels"):
            for relation in tree.iter("{*}Relationship"):
                target = relation.get("Target", "")
                if relation.get("TargetMode", "").lower() == "external" or re.match(
                    r"[a-zA-Z][a-zA-Z0-9+.-]*:|//|\\\\", target
                ):
                    yield Problem("RK714", Place(package.path), {"target": target[:80], "part": part})
        else:
            for name in ("altChunk", "subDoc"):
                if next(tree.iter(f"{W}{name}"), None) is not None:
                    what = Text("并入的其他文件", "other files taken in")
                    yield Problem("RK713", Place(package.path), {"what": what, "part": part})
