"""The bundled letters, read once."""

from __future__ import annotations

import pytest

from reformkit import Book
from reformkit.model.letter import Letters
from tests.books import bundled_book


@pytest.fixture(scope="session")
def book() -> Book:
    return bundled_book()


@pytest.fixture(scope="session")
def letters(book: Book) -> Letters:
    assert book.rulebook.letters is not None
    return book.rulebook.letters
