"""Every YAML file of the project that must be good, with its kind, and its content as an editor sees it."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

import reformkit
from reformkit.book import Book
from reformkit.editing.kinds import kind_of
from reformkit.editing.tables import Tables
from reformkit.loading import bundled
from reformkit.parsing.located_yaml import read_yaml
from reformkit.parsing.report import Report
from reformkit.parsing.source import Source
from reformkit.parsing.tree import Lost, Mapping, Scalar, Sequence, Tree

ROOT = bundled()
GOOD = sorted(
    path
    for folder in ("rules", "measures", "examples", "tests/cases", "tests/bad/base")
    for path in (ROOT / folder).rglob("*.yaml")
)
_INTEGER = re.compile("[-+]?[0-9]+")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")


@cache
def book(rules: Path | None = None) -> Book:
    return reformkit.load(rules)


def book_of(path: Path) -> Book:
    """The rulebook over which a file of the project is written."""
    if path.is_relative_to(ROOT / "tests" / "bad"):
        return book(ROOT / "tests" / "bad" / "base" / "book")
    if (path.parent / "rulebook.yaml").exists():
        return book(path.parent)
    return book()


def tables(book: Book) -> Tables:
    return Tables(book.rulebook, book.library)


def tree_of(path: Path) -> Tree | None:
    report = Report()
    source = Source.read(path, report)
    return read_yaml(source, report) if source else None


def kind(path: Path) -> str:
    found = kind_of(path, tree_of(path))
    assert found is not None, path
    return found


def as_data(node: Tree | None) -> Any:
    """A tree as data, its plain scalars typed as YAML 1.2 has them; what cannot be taken is null."""
    match node:
        case Mapping():
            return {key.text: as_data(value) for key, value in node.pairs}
        case Sequence():
            return [as_data(item) for item in node.items]
        case Scalar():
            return node.text if node.quoted else _typed(node)
        case Lost() | None:
            return None


def _typed(node: Scalar) -> Any:
    if node.is_null:
        return None
    if node.text.lower() in ("true", "false") and node.text in (
        node.text.lower(),
        node.text.title(),
        node.text.upper(),
    ):
        return node.text.lower() == "true"
    if _INTEGER.fullmatch(node.text):
        return int(node.text)
    return float(node.text) if _FLOAT.fullmatch(node.text) else node.text
