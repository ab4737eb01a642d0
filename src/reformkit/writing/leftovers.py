"""What a template may hold beside its words and would go out with the letter: tracked changes, comments, fields that
read from outside or change by themselves, and placeholders that stand where nothing is filled in."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from reformkit.text import Text
from reformkit.writing.package import Package, W
from reformkit.writing.paragraphs import Paragraph, filled_parts, paragraphs

_IN_PART = Text("“{part}”中，", "in `{part}`,")

Add = Callable[..., None]

_CHANGES = frozenset(
    f"{W}{name}"
    for name in [
        "ins",
        "del",
        "moveFrom",
        "moveTo",
        "rPrChange",
        "pPrChange",
        "sectPrChange",
        "tblPrChange",
        "trPrChange",
        "tcPrChange",
        "cellIns",
        "cellDel",
    ]
)
_COMMENTS = frozenset(f"{W}{name}" for name in ("commentReference", "commentRangeStart"))
_CHANGED = Text("修订痕迹", "a tracked change")
_COMMENTED = Text("批注", "a comment")
_HARMLESS = frozenset(["PAGE", "NUMPAGES", "SECTION", "SECTIONPAGES", "STYLEREF", "REF", "PAGEREF", "SEQ", "EQ"])
_TAG = re.compile(r"\{\{|\{%|｛｛|｛%")


def check_leftovers(package: Package, add: Add) -> None:
    """Report everything of the kind."""
    filled = set(filled_parts(package))
    for part, tree in package.trees.items():
        if part in filled:
            owners = {id(p.element): p for p in paragraphs(tree, part)}
            _check_marks(tree, owners, add)
            _check_field_codes(tree, owners, add)
            _check_unfilled(tree, owners, add)
        elif not part.endswith(".rels"):
            for words in _texts(tree):
                if _TAG.search(words):
                    add("RK730", None, where=_IN_PART.fill(part=part), word=words.strip())


def _owner(element: Any, owners: dict[int, Paragraph]) -> Paragraph | None:
    """The paragraph that an element stands in."""
    while element is not None:
        if id(element) in owners:
            return owners[id(element)]
        element = element.getparent()
    return None


def _check_marks(tree: Any, owners: dict[int, Paragraph], add: Add) -> None:
    said = set()
    for element in tree.iter():
        what = _CHANGED if element.tag in _CHANGES else _COMMENTED if element.tag in _COMMENTS else None
        if what is None:
            continue
        paragraph = _owner(element, owners) or next(iter(owners.values()), None)
        if paragraph is not None and (paragraph.number, what) not in said:
            said.add((paragraph.number, what))
            add("RK716", paragraph, what=what)


def _check_field_codes(tree: Any, owners: dict[int, Paragraph], add: Add) -> None:
    """Fields by their codes, put together where Word has split them; of fields within fields each by itself."""
    codes: list[str] = []
    for element in tree.iter(f"{W}fldChar", f"{W}instrText", f"{W}fldSimple"):
        code = None
        if element.tag == f"{W}fldSimple":
            code = element.get(f"{W}instr", "")
        elif element.tag == f"{W}instrText":
            if codes:
                codes[-1] += element.text or ""
            else:
                code = element.text or ""
        elif element.get(f"{W}fldCharType") == "begin":
            codes.append("")
        elif element.get(f"{W}fldCharType") == "end" and codes:
            code = codes.pop()
        if code is not None and code.strip():
            _check_code(code, _owner(element, owners), add)
    for code in codes:
        _check_code(code, next(iter(owners.values()), None), add)


def _check_code(code: str, paragraph: Paragraph | None, add: Add) -> None:
    word = code.split(maxsplit=1)[0].upper() if code.split() else ""
    if word and word not in _HARMLESS and paragraph is not None:
        add("RK717", paragraph, word=word)


def _check_unfilled(tree: Any, owners: dict[int, Paragraph], add: Add) -> None:
    """Placeholders in formulas, field codes, drawings and alternative texts."""
    for element in tree.iter():
        words = [] if element.tag == f"{W}t" else [element.text or ""]
        words += element.attrib.values() if isinstance(element.tag, str) else []
        for text in words:
            if _TAG.search(text):
                paragraph = _owner(element, owners)
                where = Text("文档设置", "the settings")
                add("RK730", paragraph, where=where, word=text.strip())


def _texts(tree: Any) -> Iterator[str]:
    for element in tree.iter():
        if isinstance(element.text, str):
            yield element.text
        if isinstance(element.tag, str):
            yield from element.attrib.values()
