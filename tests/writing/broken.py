"""Templates that are broken, one fault each as far as a fault comes alone; `broken.expected` says what is said of them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from typing import Any

from tests.writing.templates import (
    BODY,
    Parts,
    field_code,
    notes,
    packed,
    split_in_runs,
    template,
    text_box,
    with_document,
    with_parts,
    with_words,
    with_xml,
)


def _lines(*words: str) -> Callable[[], bytes]:
    return lambda: template("{{ 主送 }}：", *words)


def _xml(xml: str) -> Callable[[], bytes]:
    return lambda: with_document(lambda document: with_xml(document, xml))


def _replaced(old: str, new: str, part: str = BODY) -> Callable[[], bytes]:
    return lambda: with_words(old.encode(), new.encode(), part)


def _part(name: str, said: bytes) -> Callable[[], bytes]:
    def change(parts: Parts) -> None:
        parts[name] = said

    return lambda: with_parts(template("{{ 主送 }}："), change)


def _relation(kind: str, target: str) -> Callable[[], bytes]:
    said = f'<Relationship Id="rId99" Type="http://x/{kind}" Target="{target}" TargetMode="External"/></Relationships>'
    return _replaced("</Relationships>", said, "word/_rels/document.xml.rels")


def _table(*rows: tuple[str, ...]) -> Callable[[], bytes]:
    def write(document: Any) -> None:
        table = document.add_table(rows=len(rows), cols=len(rows[0]))
        for row, words in zip(table.rows, rows, strict=True):
            for cell, said in zip(row.cells, words, strict=True):
                cell.text = said

    return lambda: with_document(write)


def _header(words: str) -> Callable[[], bytes]:
    def write(document: Any) -> None:
        document.sections[0].header.paragraphs[0].add_run(words)

    return lambda: with_document(write)


def _split(*pieces: str) -> Callable[[], bytes]:
    return lambda: with_document(lambda document: split_in_runs(document, *pieces))


def _picture_beside_a_tag(document: Any) -> None:
    with_xml(document, "<w:t>{%p if 附件 %}</w:t><w:pict/>")
    document.paragraphs[-1].runs[0].text = ""
    document.add_paragraph("{%p endif %}")


def _bomb() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(BODY, b"<w:document>" + b" " * 60_000_000)
    return buffer.getvalue()


def _cut() -> bytes:
    return template("{{ 主送 }}：")[:-200]


def _lying() -> bytes:
    """A package whose directory says that a large part is small."""
    data = bytearray(_bomb())
    at = data.rfind(b"PK\x01\x02")
    data[at + 24 : at + 28] = (10).to_bytes(4, "little")
    return bytes(data)


_ENTITIES = (
    b'<?xml version="1.0"?><!DOCTYPE w [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'
    b'<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/'
    b'2006/main"><w:body><w:p><w:r><w:t>&c;</w:t></w:r></w:p></w:body></w:document>'
)
_OUTSIDE = _ENTITIES.replace(b'"aaaaaaaaaa"', b'SYSTEM "file:///etc/passwd"')

ENDINGS = {
    "old format by its name": ".doc",
    "WPS by its name": ".wps",
    "macros by its name": ".docm",
    "a picture": ".png",
}
"""The endings of names that are not .docx."""

BROKEN: dict[str, Callable[[], bytes]] = {
    # the file
    "old format by its name": lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    "WPS by its name": lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    "old format under another name": lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
    "macros by its name": _lines("正文"),
    "a picture": lambda: b"\x89PNG",
    "no package": lambda: b"hello",
    "an empty file": lambda: b"",
    "a package cut off": _cut,
    "a package of something else": lambda: packed({"xl/workbook.xml": b"<a/>"}),
    "a bomb": _bomb,
    "a bomb that lies": _lying,
    "too many parts": lambda: packed({f"p{n}.xml": b"<a/>" for n in range(501)}),
    "a path that leads outside": lambda: packed({"../x.xml": b"<a/>", BODY: b"<a/>"}),
    "XML cut off": _part("word/header1.xml", b"<w:hdr"),
    "entities within entities": _part(BODY, _ENTITIES),
    "an entity that reads a file": _part(BODY, _OUTSIDE),
    "a document type in a header": _part("word/header1.xml", _ENTITIES),
    # what could run or fetch
    "macros": _part("word/vbaProject.bin", b"x"),
    "an embedded object": _part("word/embeddings/oleObject1.bin", b"x"),
    "a picture from outside": _relation("image", "http://example.invalid/a.png"),
    "a template from outside": _relation("attachedTemplate", "file:///c:/a.dotm"),
    "another file taken in": _replaced("<w:sectPr", "<w:altChunk/><w:sectPr"),
    "a field that reads a file": _xml(field_code("INCLUDE", 'TEXT "c:/a.docx"')),
    "a field that runs a program": _xml(field_code("DDEAUTO c:/cmd.exe")),
    "a date that changes by itself": _xml(field_code(" DATE \\@ yyyy年M月d日 ")),
    # what would go out
    "a tracked change": _replaced("<w:r><w:t>正文</w:t></w:r>", '<w:ins w:id="1"><w:r><w:t>正文</w:t></w:r></w:ins>'),
    "a comment": _xml('<w:commentReference w:id="1"/>'),
    "an identity number": _lines("联系人证号110101199001010007"),
    # braces
    "full-width braces": _lines("｛｛ 单位 ｝｝"),
    "one brace": _lines("请{单位}整改"),
    "a brace missing": _lines("请{{ 单位 }整改"),
    "blanks between braces": _lines("请{ { 单位 } }整改"),
    "a tag over two paragraphs": _lines("请{{ 单位", " }}整改"),
    "a brace left over": _lines("请{{ 单位 }}}整改"),
    "a comment of the template language": _lines("{# 待核 #}"),
    # names
    "a field that is not there": _lines("{{ 主送单位 }}"),
    "a field split in runs": _split("{", "{ 主", "送单", "位 }", "}："),
    "a field in a header": _header("{{ 机关名 }}"),
    "a field in a text box": _xml(text_box("{{ 印发日期 }}")),
    "a field in a footnote": lambda: with_parts(template("{{ 主送 }}："), notes("{{ 注 }}")),
    "a field in a cell": _table(("甲", "{{ 序号 }}")),
    "a part that is not there": _lines("{%p for 问题 in 问题清单 %}", "{{ 问题.金额 }}", "{%p endfor %}"),
    "a part of a list": _lines("{{ 问题清单.事实 }}"),
    "a variable after its loop": _lines(
        "{%p for 问题 in 问题清单 %}", "{{ 问题.事实 }}", "{%p endfor %}", "{{ 问题.事实 }}"
    ),
    "a list as one text": _lines("抄送：{% if 抄送 %}{{ 抄送 }}{% endif %}"),
    "a loop over one text": _lines("{%p for 字 in 标题 %}", "{{ 字 }}", "{%p endfor %}"),
    "an optional field without if": _lines("签发：{{ 签发 }}"),
    "a filter that is not there": _lines("{{ 成文日期 | 大写 }}"),
    "a filter that does not fit": _lines("{{ 标题 | 日期 }}"),
    "a filter with a full-width bar": _lines("{{ 附件 ｜ 顿号 }}"),
    "a filter that lets XML through": _lines("{{ 标题 | safe }}"),
    # what a sandbox lets through, and more
    "a billion letters": _lines("{{ 'a' * 1000000000 }}"),
    "a call": _lines("{%p for i in range(1000000000000) %}", "字", "{%p endfor %}"),
    "a way into Python": _lines("{{ ''.__class__.__mro__ }}", "{{ 标题.__class__ }}"),
    "a subscript": _lines("{{ 标题[0] }}"),
    "a comparison": _lines("{%p if 回复期限 > 成文日期 %}", "逾期", "{%p endif %}"),
    "an include": _lines("{% include '/etc/passwd' %}"),
    "a macro of the language": _lines("{% set a = 标题 %}"),
    "an empty tag": _lines("{{ }}"),
    "half an expression": _lines("{{ 标题 | }}"),
    "brackets without end": _lines("{% if " + "(" * 60 + "标题 %}字{% endif %}"),
    # pairs
    "a loop without end": _lines("{%p for 问题 in 问题清单 %}", "{{ 问题.事实 }}"),
    "an end without loop": _lines("{%p endfor %}"),
    "an if ended as a loop": _lines("{%p if 附件 %}", "附件", "{%p endfor %}"),
    "a loop begun within a line": _lines("{% for 问题 in 问题清单 %}", "{{ 问题.事实 }}", "{% endfor %}"),
    "a loop out of its cell": _table(("{%p for 问题 in 问题清单 %}", "{%p endfor %}")),
    "words beside a tag": _lines("附件：{%p if 附件 %}", "{%p endif %}"),
    "a picture beside a tag": lambda: with_document(_picture_beside_a_tag),
    "words beside a row's tag": _table(
        ("{%tr for 建议 in 建议清单 %}", "序"), ("{{ 建议.正文 }}", ""), ("{%tr endfor %}", "")
    ),
    "a row's tag outside a table": _lines("{%tr if 附件 %}", "{%tr endif %}"),
    # where nothing is filled
    "a field in a formula": _xml(
        '<m:oMath xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"><m:r><m:t>{{ 标题 }}</m:t></m:r></m:oMath>'
    ),
    "a field in the properties": _replaced(
        "<cp:keywords", "<dc:subject>{{ 标题 }}</dc:subject><cp:keywords", "docProps/core.xml"
    ),
}
