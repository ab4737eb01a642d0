"""The texts of a model's entries: read as cells and values, each fault at its character."""

from __future__ import annotations

import re

from reformkit.dmn.feel import Constant, NotRead, UnaryTests, parse_cell, parse_constant, parse_constants
from reformkit.dmn.model import OWN
from reformkit.dmn.xml import Element
from reformkit.parsing.report import Report
from reformkit.problem import Place
from reformkit.text import LANGS


def cell_in(element: Element | None, report: Report) -> UnaryTests | None:
    """The tests of an entry; None where it asks nothing, or cannot be read (RK894)."""
    if element is None:
        return None
    try:
        return parse_cell(text_of(element))
    except NotRead as error:
        report.add("RK894", _place_in(element, error.at), why=error.why)
        return None


def constant_in(element: Element, report: Report) -> Constant:
    """The value of an entry; null where it cannot be read (RK894)."""
    try:
        return parse_constant(text_of(element))
    except NotRead as error:
        report.add("RK894", _place_in(element, error.at), why=error.why)
        return None


def constants_in(element: Element, report: Report) -> tuple[Constant, ...] | None:
    """The values that an entry lists; None where it is no list, or cannot be read (RK894)."""
    try:
        return parse_constants(text_of(element))
    except NotRead as error:
        report.add("RK894", _place_in(element, error.at), why=error.why)
        return None


def _holder(element: Element) -> Element:
    """Where the text of an entry stands: in `text`, or (in older models) in the entry itself."""
    return element.first("text") or element


def text_of(element: Element) -> str:
    """The text of an entry, without the blanks around it."""
    return _holder(element).text.strip()


def name_in(expression: Element) -> str:
    """The name that an expression is, if it is one."""
    return spaced(text_of(expression))


def text_place(element: Element) -> Place:
    """Where the text of an entry begins."""
    return _holder(element).text_place or _holder(element).place


def _place_in(element: Element, at: int) -> Place:
    """The place of a character of an entry's text."""
    begin, before = text_place(element), text_of(element)[:at]
    lines = re.split("\r\n|\r|\n", before)
    column = begin.column + len(before) if len(lines) == 1 else len(lines[-1]) + 1
    return Place(begin.path, begin.line + len(lines) - 1, column)


def own_of(element: Element) -> tuple[tuple[str, str], ...]:
    """What reformkit noted of an element when it wrote it; of its values too, under `zh-` and `en-` with each."""
    begin = f"{{{OWN}}}"
    noted = [(key.removeprefix(begin), said) for key, said in element.attributes.items() if key.startswith(begin)]
    for extension in element.all("extensionElements"):
        for value in (v for v in extension.children if (v.namespace, v.name) == (OWN, "value")):
            id = value.attributes.get("id", "")
            noted += [(f"{lang}-{id}", value.attributes.get(lang, "")) for lang in LANGS]
    return tuple(noted)


def spaced(name: str) -> str:
    """A name or a sentence with single blanks."""
    return " ".join(name.split())
