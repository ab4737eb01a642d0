"""Templates for tests, made paragraph by paragraph, and their packages taken apart and put together again."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from typing import Any

from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

Parts = dict[str, bytes]
BODY = "word/document.xml"


def template(*paragraphs: str) -> bytes:
    """A template of paragraphs."""
    return with_document(lambda document: [document.add_paragraph(words) for words in paragraphs])


def with_document(write: Callable[[Any], object]) -> bytes:
    """A template that a function writes with python-docx."""
    document = Document()
    write(document)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def with_parts(data: bytes, change: Callable[[Parts], object]) -> bytes:
    """A template whose parts a function changes."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    change(parts)
    return packed(parts)


def packed(parts: Parts) -> bytes:
    """Parts as a package."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, said in parts.items():
            archive.writestr(name, said)
    return buffer.getvalue()


def with_words(old: bytes, new: bytes, part: str = BODY, *paragraphs: str) -> bytes:
    """A template with some XML of a part replaced."""

    def change(parts: Parts) -> None:
        assert old in parts[part]
        parts[part] = parts[part].replace(old, new, 1)

    return with_parts(template(*(paragraphs or ("{{ 主送 }}：", "正文"))), change)


def with_xml(document: Any, xml: str) -> None:
    """Add a paragraph that holds some XML."""
    document.add_paragraph("前文")._p.append(parse_xml(f"<w:r {nsdecls('w')}>{xml}</w:r>"))


def split_in_runs(document: Any, *pieces: str) -> None:
    """Add a paragraph whose words stand in several runs, every second of them bold."""
    paragraph = document.add_paragraph()
    for number, words in enumerate(pieces):
        paragraph.add_run(words).bold = number % 2 == 1


def text_box(words: str) -> str:
    """A text box, once for new programs and once for old ones, as Word writes it."""
    inside = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in words.split("\n"))
    return (
        '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
        ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
        ' xmlns:v="urn:schemas-microsoft-com:vml">'
        f'<mc:Choice Requires="wps"><w:drawing><wps:wsp><wps:txbx><w:txbxContent>{inside}</w:txbxContent></wps:txbx>'
        f"</wps:wsp></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox><w:txbxContent>{inside}</w:txbxContent>"
        "</v:textbox></w:pict></mc:Fallback></mc:AlternateContent>"
    )


def field_code(*codes: str) -> str:
    """A field whose code stands in several runs."""
    said = "".join(f"<w:instrText>{code}</w:instrText>" for code in codes)
    return f'<w:fldChar w:fldCharType="begin"/>{said}<w:fldChar w:fldCharType="end"/>'


def notes(words: str) -> Callable[[Parts], None]:
    """A change that gives a template a footnote."""

    def change(parts: Parts) -> None:
        parts["word/footnotes.xml"] = (
            f'<w:footnotes {nsdecls("w")}><w:footnote w:id="1"><w:p><w:r><w:t>{words}</w:t></w:r></w:p></w:footnote>'
            "</w:footnotes>"
        ).encode()
        types = parts["[Content_Types].xml"]
        kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
        said = f'<Override PartName="/word/footnotes.xml" ContentType="{kind}"/></Types>'
        parts["[Content_Types].xml"] = types.replace(b"</Types>", said.encode())

    return change
