"""A checked template made ready to be filled: its tags become Jinja's. This needs lxml; filling then needs none.

Nothing of the template but its checked tags is read as Jinja: the delimiters are characters that it does not hold.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from lxml import etree

from reformkit.writing.filling import LetterMould, PartSource
from reformkit.writing.package import Package, W
from reformkit.writing.paragraphs import Paragraph, filled_parts, paragraphs
from reformkit.writing.tags import Tag, tags_in

_PRIVATE = range(0xE000, 0xF8FF)
_REPEATED_IDS = ("paraId", "textId")


def moulded(package: Package, used: Iterable[tuple[str, str | None]]) -> LetterMould:
    """The mould of a checked template; `used` are the names that it uses."""
    sources = {part: _source(package.parts[part], part) for part in filled_parts(package)}
    return LetterMould(package.path, frozenset(used), dict(package.parts), sources)


def _source(data: bytes, part: str) -> PartSource:
    tree = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))
    mark = next(chr(c) for c in _PRIVATE if chr(c) not in etree.tostring(tree, encoding="unicode"))
    for paragraph in list(paragraphs(tree, part)):
        _mark(paragraph, mark)
    _without_ids(tree)
    return PartSource(mark, etree.tostring(tree, encoding="unicode"))


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


def _without_ids(tree: Any) -> None:
    """Leave out what would stand twice once a paragraph is repeated: bookmarks, and the ids of paragraphs and rows."""
    for element in list(tree.iter(f"{W}bookmarkStart", f"{W}bookmarkEnd", f"{W}proofErr")):
        if element.tail:  # a tag that took the place of the paragraph after it
            _put_for(element, "")
        else:
            element.getparent().remove(element)
    for element in tree.iter(f"{W}p", f"{W}tr"):
        for name in [n for n in element.attrib if n.rpartition("}")[2] in _REPEATED_IDS]:
            del element.attrib[name]
