"""Why a file is no workbook that is read here: what it is instead, by its bytes and never by its name."""

from __future__ import annotations

from pathlib import Path
from zipfile import BadZipFile, ZipFile

from reformkit.parsing.source import reason
from reformkit.text import Text
from reformkit.workbook.merged import contents
from reformkit.workbook.parts import MOST_HELD

DAMAGED = Text("内容已损坏，或不是工作簿", "it is damaged, or no workbook")
_ENCRYPTED_SAID = Text("设有密码", "it is encrypted")
_OLD_SAID = Text("这是旧的 .xls 或 .et 格式", "it is in the old format of .xls or .et")
_TOO_MUCH = Text(
    "文字和样式展开后有 {mb} MB，超过 {most} MB 的上限；案件多的，分成几个工作簿",
    "its texts and styles are {mb} MB unpacked, more than the limit of {most} MB; split it into several workbooks",
)
_TEXT_SAID = Text("这是文本（如 .csv、.yaml），不是工作簿", "it is text such as .csv or .yaml, and no workbook")

_OLD, _ENCRYPTED = b"\xd0\xcf\x11\xe0", "EncryptedPackage".encode("utf-16-le")
_BEGINNINGS = (
    (b"%PDF", Text("这是 PDF", "it is a PDF")),
    (b"<", Text("这是网页或 XML，不是工作簿", "it is a web page or XML, and no workbook")),
    (b"{\\rtf", Text("这是 RTF 文档", "it is an RTF document")),
)
_PARTS = (
    ("xl/workbook.bin", Text("这是 .xlsb 格式", "it is in the format .xlsb")),
    ("word/document.xml", Text("这是 Word 文档", "it is a Word document")),
    ("ppt/presentation.xml", Text("这是演示文稿", "it is a presentation")),
    ("Index/Document.iwa", Text("这是 Numbers 表格", "it is a sheet of Numbers")),
)
_OPEN_SHEET, _OPEN_TEXT = (
    Text("这是 .ods 格式（LibreOffice 的表格）", "it is in the format .ods of LibreOffice"),
    Text("这是 OpenDocument 文档，不是表格", "it is an OpenDocument document, and no sheet"),
)
_LOOKED_AT = 4_096


def no_workbook(path: str) -> Text | None:
    """Why a file is no workbook of this kind; None where it looks like one and can be held."""
    try:
        with Path(path).open("rb") as file:
            begin = file.read(_LOOKED_AT)
            file.seek(0)
            if begin.startswith(_OLD):
                return _ENCRYPTED_SAID if any(_ENCRYPTED in part for part in contents(file)) else _OLD_SAID
    except OSError as error:
        return reason(error)
    if begin.startswith(b"PK\x03\x04"):
        return _of_archive(path)
    said = next((said for sign, said in _BEGINNINGS if begin.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(sign)), None)
    return said or (_TEXT_SAID if is_text(begin) else DAMAGED)


def is_text_table(path: str) -> bool:
    """Whether a file is text such as .csv."""
    return no_workbook(path) is _TEXT_SAID


def is_text(begin: bytes) -> bool:
    """Whether bytes begin a text with lines, in UTF-8, UTF-16 or a Chinese encoding.

    >>> is_text("编号,层级".encode("gbk")), is_text(bytes(range(256))), is_text(b"")
    (True, False, False)
    """
    if begin.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    return bool(begin) and not any(byte < 32 and byte not in (9, 10, 13) for byte in begin)


def _of_archive(path: str) -> Text | None:
    """Why an archive is not opened: of another kind, or its texts and styles, which are held, would fill the memory."""
    try:
        with ZipFile(path) as archive:
            parts = {part.filename: part.file_size for part in archive.infolist()}
            kind = archive.read("mimetype")[:200] if parts.get("mimetype", _LOOKED_AT) < _LOOKED_AT else b""
    except (BadZipFile, OSError, RuntimeError, NotImplementedError, ValueError):
        return DAMAGED
    if b"opendocument" in kind:
        return _OPEN_SHEET if b"spreadsheet" in kind else _OPEN_TEXT
    other = next((said for part, said in _PARTS if part in parts), None)
    if other is not None:
        return other
    size = sum(size for name, size in parts.items() if name.endswith(".xml") and not name.startswith("xl/worksheets/"))
    return None if size <= MOST_HELD else too_large(size)


def too_large(size: int) -> Text:
    """What is said of texts and styles that would take so many bytes."""
    return _TOO_MUCH.fill(mb=size >> 20, most=MOST_HELD >> 20)
