"""The types that a model names, and what they allow."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from reformkit.dmn.entries import cell_in, constants_in
from reformkit.dmn.feel import Constant, UnaryTests
from reformkit.dmn.model import DmnType, Typed
from reformkit.dmn.xml import Element
from reformkit.parsing.report import Report
from reformkit.text import Text

_TYPES: dict[str, DmnType] = {"string": "string", "number": "number", "boolean": "boolean", "date": "date"}

_LIST = Text("“{name}”是列表", "`{name}` is a list")
_PARTS = Text("“{name}”由几部分组成", "`{name}` is made of parts")
_TYPE = Text("“{name}”的类型是“{type}”", "`{name}` is of type `{type}`")
_NO_TYPE = Text("“{name}”没有写类型，从各行也看不出", "`{name}` says no type, and its rows do not show one")
_RING = Text("类型“{name}”的定义绕回自身", "the type `{name}` is defined by itself")


class Untyped(Exception):
    """A value whose type a rulebook does not have."""

    def __init__(self, why: Text) -> None:
        super().__init__(why.en)
        self.why = why


class ItemTypes:
    """The item definitions of a model."""

    def __init__(self, root: Element, report: Report) -> None:
        self._definitions = {d.attributes.get("name", ""): d for d in root.all("itemDefinition")}
        self._report = report

    def typed(self, name: str, ref: str | None, rows: Iterable[UnaryTests | None]) -> Typed:
        """The type behind a reference, and what it allows; without a reference, what the rows show.

        Raises `Untyped` for lists, parts and types that a rulebook does not have.
        """
        allowed, seen = None, set[str]()
        while ref in self._definitions:
            definition = self._definitions[ref]
            if ref in seen:
                raise Untyped(_RING.fill(name=ref))
            seen.add(ref)
            if definition.attributes.get("isCollection") == "true":
                raise Untyped(_LIST.fill(name=name))
            if definition.first("itemComponent") is not None:
                raise Untyped(_PARTS.fill(name=name))
            allowed = allowed or cell_in(definition.first("allowedValues"), self._report)
            allowed = allowed or cell_in(definition.first("typeConstraint"), self._report)
            inner = definition.first("typeRef")
            ref = inner.text.strip() if inner is not None else None
        if ref is None or ref in ("Any", "feel:Any"):
            shown = {type for cell in rows if cell for c in cell.constants if (type := _type_of(c)) is not None}
            if len(shown) != 1:
                raise Untyped(_NO_TYPE.fill(name=name))
            return Typed(shown.pop(), allowed)
        kind = _TYPES.get(ref.removeprefix("feel:"))
        if kind is None:
            raise Untyped(_TYPE.fill(name=name, type=ref))
        return Typed(kind, allowed)

    def order(self, ref: str | None) -> tuple[Constant, ...]:
        """The allowed values of a type, which rank what a table of one output gives."""
        definition = self._definitions.get(ref or "")
        allowed = definition.first("allowedValues") if definition is not None else None
        return (constants_in(allowed, self._report) or ()) if allowed is not None else ()


def _type_of(value: Constant) -> DmnType | None:
    match value:
        case None:
            return None
        case bool():
            return "boolean"
        case str():
            return "string"
        case date():
            return "date"
        case _:
            return "number"
