"""The table of assessments (CSV), made from columns: to the letter what `write_csv` makes of single assessments."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from functools import partial
from io import TextIOWrapper
from typing import BinaryIO

import polars as pl

from reformkit.book import Book
from reformkit.model.rulebook import DecisionTable
from reformkit.printing.records import STATUSES, harmless, row_heads
from reformkit.text import Lang
from reformkit.wording.decisions import say_outcome

_BETWEEN = "\x1f"  # no id holds it


class TableOut:
    """A CSV file that is written batch by batch; whole when the `with` block ends well."""

    def __init__(self, file: BinaryIO, book: Book, lang: Lang) -> None:
        self._book = book
        self._lang = lang
        self._stream = TextIOWrapper(file, "utf-8-sig", errors="replace", newline="")
        self._rows = csv.writer(self._stream, lineterminator="\n")
        self._rows.writerow(map(harmless, row_heads(book, lang)))

    def write(self, frame: pl.DataFrame) -> None:
        """Add the rows of a frame of assessments; those that are problems are left out."""
        frame = frame.filter(pl.col(f"{self._book.rulebook.order[0]}_status") != "problem")
        self._rows.writerows(zip(*self._cells(frame), strict=True))

    def _cells(self, frame: pl.DataFrame) -> Iterator[list[str]]:
        lang, book = self._lang, self._book
        for name in ("id", "unit"):
            yield _texts(frame, name)
        for name in book.rulebook.order:
            table = book.rulebook.decisions[name]
            yield _said(frame, name, partial(_say_outcome, table, lang))
            yield _said(frame, f"{name}_status", lambda status: STATUSES[status].say(lang))
        yield _said(frame, "needs", lambda fact: book.fields[fact].label.say(lang))
        library = book.library
        if library is None:
            yield from [[""] * frame.height] * 3
            return
        for name in ("causes_found", "causes_suspected"):
            yield _said(frame, name, lambda cause: library.causes[cause].label.say(lang))
        yield _said(frame, "measures", lambda id: f"{id} {library.measures[id].title.say(lang)}")

    def __enter__(self) -> TableOut:
        return self

    def __exit__(self, kind: object, *error: object) -> None:
        self._stream.detach()


def _say_outcome(table: DecisionTable, lang: Lang, outcome: str) -> str:
    return say_outcome(table, outcome, lang)


def _texts(frame: pl.DataFrame, name: str) -> list[str]:
    """A column of texts; empty where there is none."""
    if name not in frame.columns:
        return [""] * frame.height
    words = frame.get_column(name).cast(pl.String).fill_null("")
    return [harmless(word) for word in words.str.normalize("NFC").to_list()]


def _said(frame: pl.DataFrame, name: str, say: Callable[[str], str]) -> list[str]:
    """A column of ids, or of lists of them, in words; each different value is worded once."""
    ids = frame.get_column(name)
    if ids.dtype == pl.List:
        ids = ids.list.join(_BETWEEN)
    ids = ids.fill_null("")
    words = {id: harmless("；".join(map(say, id.split(_BETWEEN)))) if id else "" for id in ids.unique().to_list()}
    return [words[id] for id in ids.to_list()]
