"""The table of assessments (CSV), made from columns: to the letter what `write_csv` makes of single assessments."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from io import TextIOWrapper
from typing import Any, BinaryIO

from reformkit.book import Book
from reformkit.files.assessed_columns import carried_texts, good_rows, texts, worded
from reformkit.model.case import Unread
from reformkit.model.rulebook import DecisionTable
from reformkit.printing.records import given_names, harmless, row_heads, row_of_unread
from reformkit.text import Lang
from reformkit.wording.decisions import STATUSES, say_outcome


class TableOut:
    """A CSV file that is written batch by batch; whole when the `with` block ends well."""

    def __init__(self, file: BinaryIO, book: Book, lang: Lang, carried: Sequence[str]) -> None:
        self._book = book
        self._lang = lang
        self._stream = TextIOWrapper(file, "utf-8-sig", errors="replace", newline="")
        self._rows = csv.writer(self._stream, lineterminator="\n")
        self._carried = carried
        self._rows.writerow(map(harmless, [*row_heads(book, lang), *carried]))

    def write(self, frame: Any) -> None:
        """Add the rows of a frame of assessments; those that are problems are left out."""
        good = good_rows(frame, self._book.rulebook.order[0])
        self._rows.writerows(zip(*self._cells(good), strict=True))

    def list_unread(self, cases: Sequence[Unread]) -> None:
        """Add cases that could not be read."""
        for case in cases:
            cells = [*row_of_unread(case, self._book, self._lang), *[""] * len(self._carried)]
            self._rows.writerow(map(harmless, cells))

    def _cells(self, frame: Any) -> Iterator[list[str]]:
        yield from self._of_assessments(frame)
        for name in self._carried:
            yield [harmless(text) for text in carried_texts(frame, name)]

    def _of_assessments(self, frame: Any) -> Iterator[list[str]]:
        lang, book = self._lang, self._book
        for name in ("id", "unit"):
            yield [harmless(text) for text in texts(frame, name)]
        for name in book.rulebook.order:
            table = book.rulebook.decisions[name]
            yield worded(frame, name, _each(partial(_say_outcome, table, lang)))
            yield worded(frame, f"{name}_status", _each(lambda status: STATUSES[status].say(lang)))
            for key in given_names(table):
                yield worded(frame, name, partial(_say_given, table, key))
        yield worded(frame, "needs", _each(lambda fact: book.fields[fact].label.say(lang)))
        library = book.library
        if library is None:
            yield from [[""] * frame.height] * 3
            return
        for name in ("causes_found", "causes_suspected"):
            yield worded(frame, name, _each(lambda cause: library.causes[cause].label.say(lang)))
        yield worded(frame, "measures", _each(lambda id: f"{id} {library.measures[id].title.say(lang)}"))

    def __enter__(self) -> TableOut:
        return self

    def __exit__(self, kind: object, *error: object) -> None:
        self._stream.detach()


def _say_outcome(table: DecisionTable, lang: Lang, outcome: str) -> str:
    return say_outcome(table, outcome).say(lang)


def _say_given(table: DecisionTable, key: str, outcomes: list[str]) -> str:
    given = [table.given.get(outcome, {}) for outcome in outcomes]
    return harmless("；".join(str(values[key]) for values in given if key in values))


def _each(say: Callable[[str], str]) -> Callable[[list[str]], str]:
    """Several ids in words, in one cell."""
    return lambda ids: harmless("；".join(map(say, ids)))
