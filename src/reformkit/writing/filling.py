"""A checked template filled: its tags become Jinja's, each part is rendered, and the parts are packed again.

Nothing of the template but its checked tags is read as Jinja: the delimiters are characters that it does not hold.
The same template and values give the same bytes.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from types import SimpleNamespace
from typing import Any

from jinja2 import StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment
from lxml import etree
from markupsafe import Markup, escape

from reformkit.writing.filters import FILTERS, OF_NUMBER, day_said
from reformkit.writing.package import Package, W
from reformkit.writing.paragraphs import Paragraph, filled_parts, paragraphs
from reformkit.writing.tags import Tag, tags_in

_PRIVATE = range(0xE000, 0xF8FF)
_DECLARED = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_NEXT_LINE = Markup('</w:t><w:br/><w:t xml:space="preserve">')
_UNBROKEN = Markup('</w:t><w:noBreakHyphen/><w:t xml:space="preserve">')
_ENDING_WITH_PARAGRAPH = tuple(f"{W}{name}" for name in ("tc", "txbxContent", "hdr", "ftr", "footnote", "endnote"))
_REPEATED_IDS = ("paraId", "textId")
_WRITERS = re.compile(r"<(dc:creator|cp:lastModifiedBy|Manager|Company)>[^<]*</\1>")
_TITLE = re.compile(r"<dc:title\s*/>|<dc:title>[^<]*</dc:title>")


def filled(package: Package, values: Mapping[str, Any], title: str) -> bytes:
    """A template's package with its fields filled, as the bytes of a .docx.

    `values` holds every field that the template names: a text, a day, a list of texts, or a list of entries whose
    parts are mappings. Its properties name no writer, and `title` as the title.
    """
    parts = dict(package.parts)
    for part in filled_parts(package):
        parts[part] = _filled_part(parts[part], part, values)
    for part in ("docProps/core.xml", "docProps/app.xml"):
        if part in parts:
            parts[part] = _without_writers(parts[part], title)
    return Package(package.path, parts).packed()


def _filled_part(data: bytes, part: str, values: Mapping[str, Any]) -> bytes:
    tree = _parsed(data)
    mark = next(chr(c) for c in _PRIVATE if chr(c) not in etree.tostring(tree, encoding="unicode"))
    for paragraph in list(paragraphs(tree, part)):
        _mark(paragraph, mark)
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
    source = etree.tostring(tree, encoding="unicode")
    said = environment.from_string(source).render({name: _offered(value) for name, value in values.items()})
    tree = _parsed(said.encode())
    _mend(tree)
    return _DECLARED + bytes(etree.tostring(tree, encoding="UTF-8"))


def _parsed(data: bytes) -> Any:
    return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))


def _mark(paragraph: Paragraph, mark: str) -> None:
    """Give the tags of a paragraph their delimiters; a tag of a whole paragraph or row takes its place."""
    for tag in reversed(tags_in(paragraph.words)):
        if tag.level == "within":
            paragraph.replace(tag.start, tag.end, _marked(tag, mark))
        else:
            _put_for(paragraph.element if tag.level == "paragraph" else paragraph.row, _marked(tag, mark))


def _marked(tag: Tag, mark: str) -> str:
    return f"{mark}{{{tag.said}}}{mark}" if tag.is_field else f"{mark}%{tag.said}%{mark}"


def _put_for(element: Any, words: str) -> None:
    """Put words between elements, in the place of one."""
    words += element.tail or ""
    before, parent = element.getprevious(), element.getparent()
    if before is None:
        parent.text = (parent.text or "") + words
    else:
        before.tail = (before.tail or "") + words
    element.tail = None
    parent.remove(element)


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


def _mend(tree: Any) -> None:
    """What repeating leaves behind: ids that stand twice, and cells without the paragraph that they must end with."""
    for element in list(tree.iter(f"{W}bookmarkStart", f"{W}bookmarkEnd", f"{W}proofErr")):
        element.getparent().remove(element)
    for element in tree.iter(f"{W}p", f"{W}tr"):
        for name in [n for n in element.attrib if n.rpartition("}")[2] in _REPEATED_IDS]:
            del element.attrib[name]
    for element in tree.iter(*_ENDING_WITH_PARAGRAPH):
        if len(element) == 0 or element[-1].tag != f"{W}p":
            etree.SubElement(element, f"{W}p")


def _without_writers(data: bytes, title: str) -> bytes:
    said = _WRITERS.sub(r"<\1></\1>", data.decode("utf-8-sig", "replace"))
    return _TITLE.sub(lambda _: f"<dc:title>{escape(title)}</dc:title>", said).encode()
