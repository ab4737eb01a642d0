"""The year of the cases that were given, under what is staged: the same paper that `reformkit year` writes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from reformkit.assessing.yearly import year_of
from reformkit.desk.asking import Ask, Screen, whole_number
from reformkit.desk.desk import Desk
from reformkit.pages.which_year import UnclearYear
from reformkit.reporting.year_table import PartOf, YearTable, head_of, rows_of
from reformkit.text import Lang, Text

PATH = "/year"
TITLE = Text("年度", "The year")
FILE, YEAR = "_file", "_year"
"""What the address calls the file and the year that are chosen."""


@dataclass(frozen=True)
class YearLine:
    """A row of a table in words, with the share that it shows as a bar, of 100; None where it has none."""

    cells: tuple[str, ...]
    share: int | None


@dataclass(frozen=True)
class YearSheet:
    """A table of the year."""

    title: Text
    heads: tuple[str, ...]
    rows: tuple[YearLine, ...]
    note: Text | None


@dataclass(frozen=True)
class YearSection:
    """A part of the year: its sentences and tables."""

    head: Text
    lines: tuple[Text, ...]
    tables: tuple[YearSheet, ...]


@dataclass(frozen=True)
class YearChoice:
    """What may be chosen: a file of cases, a year that has some; and what is. A file is empty where all are taken."""

    files: tuple[str, ...]
    file: str
    years: tuple[tuple[int, int], ...]
    """Each with the number of its cases."""
    year: int | None


@dataclass(frozen=True)
class YearView:
    """A year in parts; `why_not` says why there is none."""

    title: Text
    parts: tuple[YearSection, ...]
    notes: tuple[Text, ...]
    choice: YearChoice
    why_not: Text | None = None


def year_view(desk: Desk, ask: Ask) -> YearView:
    """The year of the cases under the book that is shown: of all files or of one, among which the others count."""
    book, given = desk.book, desk.workspace.cases()
    whole, name = desk.case_file(book), ask.of_query(FILE)
    file = book.read_case_file(given[name], name=name) if name in given else whole
    others = [case for case in whole.cases if case.id not in {own.id for own in file.cases}]
    days = book.rulebook.vocabulary.dates
    numbers = Counter(of for case in file.cases if (of := year_of(case.facts, days)) is not None)
    asked = whole_number(ask.of_query(YEAR))
    choice = YearChoice(tuple(given), name if name in given else "", tuple(sorted(numbers.items())), asked)
    try:
        year = book.year(file, asked, others)
    except UnclearYear as error:
        return YearView(TITLE, (), (), choice, error.text)
    parts = tuple(
        YearSection(head_of(number, part), tuple(part.lines), tuple(_table(table, ask.lang) for table in part.tables))
        for number, part in enumerate(year.parts, 1)
    )
    return YearView(year.title, parts, tuple(year.notes), choice)


def _table(table: YearTable, lang: Lang) -> YearSheet:
    heads, *rows = rows_of(table, lang)
    shown = (YearLine(tuple(said), _share(row.cells)) for row, said in zip(table.rows, rows, strict=True))
    return YearSheet(table.title, tuple(heads), tuple(shown), table.note)


def _share(cells: Iterable[object]) -> int | None:
    found = next((cell for cell in cells if isinstance(cell, PartOf)), None)
    return None if found is None or not found.whole else round(100 * found.part / found.whole)


SCREENS = (
    Screen(
        PATH,
        "year.html",
        year_view,
        TITLE,
        lambda desk: bool(desk.workspace.cases()),
        is_slow=True,
    ),
)
