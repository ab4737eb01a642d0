"""The bundled letters, read once."""

from __future__ import annotations

import pytest

from reformkit import Book, load
from reformkit.model.letter import Letters


@pytest.fixture(scope="session")
def book() -> Book:
    return load()


@pytest.fixture(scope="session")
def letters(book: Book) -> Letters:
    assert book.rulebook.letters is not None
    return book.rulebook.letters
