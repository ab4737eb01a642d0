"""A year on the terminal: its parts with sentences set as running text and tables without lines."""

from __future__ import annotations

from reformkit.pages.year import Year
from reformkit.printing.paper import Paper
from reformkit.printing.setting import Cell, plain_table
from reformkit.reporting.year_table import YearTable, head_of, rows_of


def print_parts(year: Year, console: Paper) -> None:
    """The title, part after part, then what always stands at the end."""
    console.say(year.title, "bold")
    for number, part in enumerate(year.parts, 1):
        console.print()
        console.say(head_of(number, part), "bold cyan")
        for line in part.lines:
            console.say(line)
        for table in part.tables:
            console.print()
            _print_table(table, console)
    console.print()
    for note in year.notes:
        console.say(note, "dim")


def _print_table(table: YearTable, console: Paper) -> None:
    console.say(table.title)
    heads, *rows = rows_of(table, console.lang)
    shown = plain_table(heads)
    shown.columns[0].no_wrap = False
    for row in rows:
        shown.add_row(*map(Cell, row))
    console.print(shown)
    if table.note is not None:
        console.say(table.note, "dim")
