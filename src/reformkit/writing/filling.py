"""A template's mould filled: each part is rendered by Jinja, and the parts are packed again.

The mould was made of a checked template (`moulding`). Nothing here needs lxml, so the one file fills letters too.
The same mould and values give the same bytes.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import SimpleNamespace
from typing import Any, NamedTuple
from xml.dom import minidom

from jinja2 import StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup, escape

from reformkit.writing.filters import FILTERS, OF_NUMBER, day_said

_DECLARED = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_NEXT_LINE = Markup('</w:t><w:br/><w:t xml:space="preserve">')
_UNBROKEN = Markup('</w:t><w:noBreakHyphen/><w:t xml:space="preserve">')
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_ENDING_WITH_PARAGRAPH = ("tc", "txbxContent", "hdr", "ftr", "footnote", "endnote")
_WRITERS = re.compile(r"<(dc:creator|cp:lastModifiedBy|Manager|Company)>[^<]*</\1>")
_TITLE = re.compile(r"<dc:title\s*/>|<dc:title>[^<]*</dc:title>")


class PartSource(NamedTuple):
    """A part of a template as Jinja reads it; `mark` is the character that its delimiters are told by."""

    mark: str
    text: str


@dataclass(frozen=True)
class LetterMould:
    """A checked template that is ready to be filled: its parts, and of those with tags what Jinja reads.

    `used` are the names that the template uses: of fields, and of the parts of their entries.
    """

    path: str
    used: frozenset[tuple[str, str | None]]
    parts: Mapping[str, bytes]
    sources: Mapping[str, PartSource]

    @property
    def fields(self) -> frozenset[str]:
        """The fields that the template names."""
        return frozenset(name for name, _ in self.used)

    def filled(self, values: Mapping[str, Any], title: str) -> bytes:
        """The bytes of a .docx with the fields filled; its properties name no writer, and `title` as the title.

        `values` holds every field that the template names: a text, a day, a list of texts, or a list of entries whose
        parts are mappings.
        """
        parts = dict(self.parts)
        for part, source in self.sources.items():
            parts[part] = _rendered(source, values)
        for part in ("docProps/core.xml", "docProps/app.xml"):
            if part in parts:
                parts[part] = _without_writers(parts[part], title)
        return packed(parts)


def packed(parts: Mapping[str, bytes]) -> bytes:
    """The parts of a .docx as a file: the same bytes for the same parts, whenever it is made."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o600 << 16
            archive.writestr(info, data)
    return buffer.getvalue()


def _rendered(source: PartSource, values: Mapping[str, Any]) -> bytes:
    mark = source.mark
    environment = ImmutableSandboxedEnvironment(
        block_start_string=f"{mark}%",
        block_end_string=f"%{mark}",
        variable_start_string=f"{mark}{{",
        variable_end_string=f"}}{mark}",
        comment_start_string=f"{mark}#",
        comment_end_string=f"#{mark}",
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_written,
        keep_trailing_newline=True,
    )
    environment.globals = {}
    environment.tests = {}
    environment.filters = {name: function for name, (function, _) in FILTERS.items()}
    said = environment.from_string(source.text).render({name: _offered(value) for name, value in values.items()})
    return _DECLARED + _mended(said).encode()


def _written(value: Any) -> Any:
    """A value as it stands in the letter: a day in words, line breaks and the hyphens of numbers as the document's."""
    if isinstance(value, date):
        return day_said(value)
    if isinstance(value, str):
        return Markup(OF_NUMBER.sub(str(_UNBROKEN), str(escape(value)))).replace("\n", _NEXT_LINE)
    return value


def _offered(value: Any) -> Any:
    """A value as the template meets it: the parts of an entry by name and nothing else of it."""
    if isinstance(value, (list, tuple)):
        return [SimpleNamespace(**entry) if isinstance(entry, Mapping) else entry for entry in value]
    return value


def _mended(said: str) -> str:
    """The part with a paragraph at the end of whatever must end with one and lost its own to an empty loop."""
    document = minidom.parseString(said.encode())
    lacking = [
        element
        for name in _ENDING_WITH_PARAGRAPH
        for element in document.getElementsByTagNameNS(_W, name)
        if not _ends_with_paragraph(element)
    ]
    for element in lacking:
        prefix = f"{element.prefix}:" if element.prefix else ""
        element.appendChild(document.createElementNS(_W, f"{prefix}p"))
    return "".join(node.toxml() for node in document.childNodes) if lacking else said


def _ends_with_paragraph(element: minidom.Element) -> bool:
    inside = [child for child in element.childNodes if child.nodeType == child.ELEMENT_NODE]
    return bool(inside) and (inside[-1].namespaceURI, inside[-1].localName) == (_W, "p")


def _without_writers(data: bytes, title: str) -> bytes:
    said = _WRITERS.sub(r"<\1></\1>", data.decode("utf-8-sig", "replace"))
    return _TITLE.sub(lambda _: f"<dc:title>{escape(title)}</dc:title>", said).encode()
