"""The year of the cases that were given, or of a file that is handed in, under what is staged: what `reformkit year` writes.

A file that is handed in is held in memory while the desk runs; nothing of it is written.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from reformkit.assessing.yearly import year_of
from reformkit.desk.asking import Action, Answer, Ask, GivenFile, Goto, Screen, address, whole_number
from reformkit.desk.desk import Desk
from reformkit.pages.which_year import UnclearYear
from reformkit.problem import Problem
from reformkit.reporting.year_table import PartOf, YearTable, head_of, rows_of
from reformkit.text import Lang, Text

PATH = "/year"
TITLE = Text("年度", "The year")
FILE, YEAR = "_file", "_year"
"""What the address calls the file and the year that are chosen."""
HANDED_IN = "*"
"""The file that was handed in, as the address calls it."""
MOST = 64 << 20
"""Bytes of a file that is handed in."""
MOST_SHOWN = 30
"""Problems of it that are shown."""


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

    files: tuple[tuple[str, str], ...]
    """Each as the address calls it, and as people do."""
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
    problems: tuple[Problem, ...] = ()
    """What is wrong with the file that was handed in, errors first; of many the first."""
    faulty: int = 0
    """How many there are."""


def year_view(desk: Desk, ask: Ask) -> YearView:
    """The year of the cases under the book that is shown: of all files or of one, among which the others count."""
    book, given, handed_in = desk.book, desk.workspace.cases(), desk.year_file
    whole, name, problems = desk.case_file(book), ask.of_query(FILE), list[Problem]()
    files = [(of, of) for of in given]
    if handed_in is not None:
        files.append((HANDED_IN, handed_in.name))
    if handed_in is not None and (name == HANDED_IN or not given):
        name, file = HANDED_IN, book.read_case_file(handed_in.data, name=handed_in.name)
        problems = sorted(file.problems, key=lambda problem: problem.severity != "error")
    else:
        file = book.read_case_file(given[name], name=name) if name in given else whole
        name = name if name in given else ""
    others = [case for case in whole.cases if case.id not in {own.id for own in file.cases}]
    days = book.rulebook.vocabulary.dates
    numbers = Counter(of for case in file.cases if (of := year_of(case.facts, days)) is not None)
    asked = whole_number(ask.of_query(YEAR))
    said = tuple(problems[:MOST_SHOWN]), len(problems)
    choice = YearChoice(tuple(files), name, tuple(sorted(numbers.items())), asked)
    if not files:
        return YearView(TITLE, (), (), choice)
    try:
        year = book.year(file, asked, others)
    except UnclearYear as error:
        return YearView(TITLE, (), (), choice, error.text, *said)
    parts = tuple(
        YearSection(head_of(number, part), tuple(part.lines), tuple(_table(table, ask.lang) for table in part.tables))
        for number, part in enumerate(year.parts, 1)
    )
    return YearView(year.title, parts, tuple(year.notes), choice, None, *said)


def hand_in(desk: Desk, ask: Ask) -> Answer:
    """Hold a file of cases to see its year; the one before is let go."""
    desk.year_file = GivenFile(ask.of_query("name")[-200:] or "cases.csv", ask.body)
    return Goto(address(PATH, {FILE: HANDED_IN}))


def _table(table: YearTable, lang: Lang) -> YearSheet:
    heads, *rows = rows_of(table, lang)
    shown = (YearLine(tuple(said), _share(row.cells)) for row, said in zip(table.rows, rows, strict=True))
    return YearSheet(table.title, tuple(heads), tuple(shown), table.note)


def _share(cells: Iterable[object]) -> int | None:
    found = next((cell for cell in cells if isinstance(cell, PartOf)), None)
    return None if found is None or not found.whole else round(100 * found.part / found.whole)


SCREENS = (Screen(PATH, "year.html", year_view, TITLE, is_slow=True),)
ACTIONS = (Action(PATH, hand_in, MOST),)
