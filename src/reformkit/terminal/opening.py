"""What the commands about items, letters and the month's list share: a ledger, its office, and where output goes."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from reformkit.book import Book
from reformkit.extras import extra
from reformkit.ledger.office import Office
from reformkit.terminal.options import open_book

if TYPE_CHECKING:
    from reformkit.ledger.ledger import Ledger

LedgerAt = Annotated[
    str,
    typer.Option(
        "--ledger",
        metavar="LEDGER",
        envvar="REFORMKIT_LEDGER",
        help="A ledger's file or URL. 台账文件，或 sqlite:///…、postgresql+psycopg://… 地址。",
        show_default=False,
    ),
]
OfficeFile = Annotated[
    Path | None,
    typer.Option(
        "--office",
        metavar="FILE",
        envvar="REFORMKIT_OFFICE",
        help="The office; without it, the invented one that comes with the package. 机关文件 office.yaml，默认用示例。",
        show_default=False,
    ),
]


def open_ledger(ledger: str, office: Path | None, rules: Path | None, measures: str | None, **options: Any) -> Ledger:
    """A ledger with its book and office."""
    return ledger_of(open_book(rules, measures), ledger, office, **options)


def ledger_of(book: Book, ledger: str, office: Path | None, **options: Any) -> Ledger:
    """A ledger over a book that is loaded."""
    held = Office.example() if office is None else Office.read(office, book)
    with extra("practice"):
        from reformkit.ledger.ledger import Ledger  # noqa: PLC0415

    return Ledger(ledger, book, held, **options)


def day_of(words: datetime | None) -> date | None:
    """A day that was given as an option."""
    return None if words is None else words.date()
