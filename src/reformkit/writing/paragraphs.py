"""The paragraphs of a template's parts, as a person counts them, with the words that may hold placeholders.

Word and WPS split what one sees as one text into runs: after a correction, or where a single character is bold.
A `Paragraph` joins them again, and `replace` puts something else in their place in the first run it touches.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from reformkit.parsing.identity import masked
from reformkit.text import Text
from reformkit.writing.package import BODY, Package, W

_CALLED_HEAD = Text("{called}（“{shown}”）：", "{called} (`{shown}`):")
_PARAGRAPH = Text("{called}第 {number} 段{inside}", "{called}, paragraph {number}{inside}")

_PART = re.compile(r"word/(document|header\d*|footer\d*|footnotes|endnotes)\.xml")
_CALLED = {
    "header": Text("页眉", "the header"),
    "footer": Text("页脚", "the footer"),
    "footnotes": Text("脚注", "the footnotes"),
    "endnotes": Text("尾注", "the endnotes"),
}
_BODY = Text("正文", "the body")
_BETWEEN = {f"{W}tab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-", f"{W}ptab": "\t"}
_MOST_SHOWN = 30
_ALTERNATE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"


@dataclass(frozen=True)
class Paragraph:
    """One paragraph: its element, its number in its part, and what it stands in."""

    element: Any
    part: str
    number: int
    inside: Text | None = None

    @cached_property
    def pieces(self) -> tuple[tuple[Any, str], ...]:
        """The elements that hold the paragraph's words, each with its words; text boxes within it are apart."""
        return tuple(_pieces(self.element))

    @cached_property
    def words(self) -> str:
        """What the paragraph says."""
        return "".join(words for _, words in self.pieces)

    @cached_property
    def container(self) -> Any:
        """What the paragraph stands in: the body, a cell, a text box, a note."""
        return self.element.getparent()

    @cached_property
    def row(self) -> Any:
        """The row of a table that the paragraph stands in, or None."""
        return next((e for e in self.element.iterancestors() if e.tag in (f"{W}tr", f"{W}txbxContent")), None)

    @property
    def holds_more(self) -> bool:
        """Whether something other than words stands in the paragraph: a picture, a break of sections."""
        more = (f"{W}drawing", f"{W}pict", f"{W}object", f"{W}sectPr", f"{W}footnoteReference")
        return next(self.element.iter(*more), None) is not None

    @property
    def where(self) -> Text:
        """The paragraph as a person finds it, with its first words."""
        shown = " ".join(self.words.split())
        shown = masked(shown if len(shown) <= _MOST_SHOWN else shown[:_MOST_SHOWN] + "…")
        return _CALLED_HEAD.fill(called=self.called, shown=shown)

    @property
    def called(self) -> Text:
        """The paragraph by its part and number."""
        part = re.sub(r"\d+", "", self.part.removeprefix("word/").removesuffix(".xml"))
        called, inside = _CALLED.get(part, _BODY), self.inside or Text.same("")
        return _PARAGRAPH.fill(called=called, number=self.number, inside=inside)

    def replace(self, start: int, end: int, words: str) -> None:
        """Put words in the place of those from `start` to `end`, in the run that the first of them stands in."""
        at = 0
        for element, said in self.pieces:
            first, last = max(start - at, 0), min(end - at, len(said))
            if element.tag == f"{W}t" and first < last:
                element.text = said[:first] + words + said[last:]
                element.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
                words = ""
            at += len(said)
        for name in ("pieces", "words"):
            self.__dict__.pop(name, None)


def filled_parts(package: Package) -> list[str]:
    """The parts that placeholders are filled in: the body first, then headers, footers and notes."""
    parts = [part for part in package.trees if _PART.fullmatch(part)]
    return sorted(parts, key=lambda part: (part != BODY, part))


def paragraphs(tree: Any, part: str) -> Iterator[Paragraph]:
    """The paragraphs of a part in their order; those of tables and text boxes count too.

    What a text box holds stands in the file twice, for programs new and old; the second is given too, since both
    are filled, and has the number of the first.
    """
    number = 0
    for element in tree.iter(f"{W}p"):
        inside = None
        again = False
        for above in element.iterancestors():
            if above.tag == f"{W}tc":
                inside = inside or Text("（表格内）", " (in a table)")
            elif above.tag == f"{W}txbxContent":
                inside = inside or Text("（文本框内）", " (in a text box)")
            elif above.tag == _ALTERNATE:
                again = True
        number += not again
        yield Paragraph(element, part, number, inside)


def _pieces(element: Any) -> Iterator[tuple[Any, str]]:
    for child in element:
        if child.tag == f"{W}t":
            yield child, child.text or ""
        elif child.tag in _BETWEEN:
            yield child, _BETWEEN[child.tag]
        elif isinstance(child.tag, str) and child.tag not in (f"{W}txbxContent", f"{W}p", f"{W}pPr", f"{W}rPr"):
            yield from _pieces(child)
