"""Facts that a person tells of an item in words, read as a file of its case would be."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from reformkit.book import Book
    from reformkit.ledger.item import Item


def facts_told(item: Item, pairs: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """Facts by their names, from names and values as a case file has them. Raises `CaseError` for what none can have."""
    book: Book = item.book  # type: ignore[assignment]  # the ledger's own book
    own = item.standing.opened.case
    lines = [f"id: {own['id'] if own else item.id}", *map(": ".join, pairs)]
    (case,) = book.read_cases("\n".join(lines) + "\n", name="facts.yaml")
    return {name: value for name, value in case.to_dict().items() if name != "id"}
