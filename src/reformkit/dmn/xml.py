"""XML as a tree in which every element and text has its place; a document type, or more than a model can need, is refused."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.parsers import expat

from reformkit.parsing.report import Report
from reformkit.problem import Place
from reformkit.text import Text

MOST_BYTES = 32 << 20
MOST_ELEMENTS = 200_000
DEEPEST = 100

_NOT_XML = Text("不是完整的 XML（{why}）", "it is no well-formed XML ({why})")
_TOO_LARGE = Text("超过 {most} MB", "it has more than {most} MB")
_TOO_MANY = Text(
    "元素超过 {most} 个，或层次超过 {deep} 层", "it has more than {most} elements, or more than {deep} levels"
)
_DOCTYPE = Text("有文档类型或实体声明", "it declares a document type or an entity")


@dataclass(eq=False, slots=True)
class Element:
    """An element: its namespace and name, its attributes, what stands within, its text, and where both begin.

    Attributes of a namespace are named `{namespace}name`.
    """

    namespace: str
    name: str
    attributes: dict[str, str]
    place: Place
    children: list[Element] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    text_place: Place | None = None

    @property
    def text(self) -> str:
        return "".join(self.texts)

    def all(self, *names: str) -> Iterator[Element]:
        """The children of some names, of this element's own namespace."""
        return (c for c in self.children if c.name in names and c.namespace == self.namespace)

    def first(self, name: str) -> Element | None:
        """The first child of a name."""
        return next(self.all(name), None)


class _Refused(Exception):
    def __init__(self, why: Text) -> None:
        self.why = why


def read_xml(data: bytes, path: str, report: Report) -> Element | None:
    """The root of a document; None, and a problem (RK890), where there is none.

    Nothing outside the text is read: a document type or an entity is refused, and so is a document of more than 32 MB,
    200,000 elements or 100 levels.
    """
    reading = _Reading(path)
    try:
        if len(data) > MOST_BYTES:
            raise _Refused(_TOO_LARGE.fill(most=MOST_BYTES >> 20))
        reading.parser.Parse(data, True)
    except expat.ExpatError as error:
        place = Place(path, error.lineno, error.offset + 1)
        report.add("RK890", place, why=_NOT_XML.fill(why=expat.ErrorString(error.code)))
    except (_Refused, LookupError, UnicodeError, ValueError) as error:
        why = error.why if isinstance(error, _Refused) else _NOT_XML.fill(why=str(error))
        report.add("RK890", reading.here, why=why)
    else:
        return reading.root
    return None


class _Reading:
    def __init__(self, path: str) -> None:
        self._path = path
        self._open: list[Element] = []
        self._elements = 0
        self.root: Element | None = None
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.StartDoctypeDeclHandler = self._refuse
        self.parser.EntityDeclHandler = self._refuse
        self.parser.ExternalEntityRefHandler = self._refuse
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._characters

    @property
    def here(self) -> Place:
        return Place(self._path, max(self.parser.CurrentLineNumber, 1), self.parser.CurrentColumnNumber + 1)

    def _refuse(self, *_: object) -> int:
        raise _Refused(_DOCTYPE)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._elements += 1
        if self._elements > MOST_ELEMENTS or len(self._open) >= DEEPEST:
            raise _Refused(_TOO_MANY.fill(most=f"{MOST_ELEMENTS:,}", deep=DEEPEST))
        namespace, _, local = name.rpartition(" ")
        element = Element(namespace, local, {_attribute(key): said for key, said in attributes.items()}, self.here)
        if self._open:
            self._open[-1].children.append(element)
        else:
            self.root = element
        self._open.append(element)

    def _end(self, _: str) -> None:
        self._open.pop()

    def _characters(self, text: str) -> None:
        element = self._open[-1]
        if element.text_place is None and not text.isspace():
            blanks = len(text) - len(text.lstrip())
            here = self.here
            element.text_place = Place(here.path, here.line, here.column + blanks)
        element.texts.append(text)


def _attribute(key: str) -> str:
    namespace, _, local = key.rpartition(" ")
    return f"{{{namespace}}}{local}" if namespace else local
