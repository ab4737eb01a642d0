"""The bundled rulebook and the examples, read once."""

from __future__ import annotations

from pathlib import Path

import pytest

import reformkit as rk
from reformkit.model.library import Library
from tests.books import bundled_book

EXAMPLES = Path(__file__).parents[2] / "examples"


@pytest.fixture(scope="session")
def book() -> rk.Book:
    return bundled_book()


@pytest.fixture(scope="session")
def library(book: rk.Book) -> Library:
    assert book.library is not None
    return book.library


@pytest.fixture(scope="session")
def history(book: rk.Book) -> list[rk.Case]:
    return book.read_cases(EXAMPLES / "history" / "cases.yaml")


@pytest.fixture(scope="session")
def examples(book: rk.Book) -> dict[str, rk.Case]:
    files = sorted((EXAMPLES / "cases").glob("*.yaml"))
    return {case.id: case for file in files for case in book.read_cases(file)}


@pytest.fixture(scope="session")
def year(book: rk.Book) -> list[rk.Case]:
    return book.read_cases(EXAMPLES / "year" / "cases.csv")
