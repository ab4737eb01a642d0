"""Figures as a table: reported and accepted side by side, as they stood and as they stand."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from rich.table import Table

from reformkit.model.rulebook import Rulebook
from reformkit.overseeing import monthly_sheet
from reformkit.overseeing.comparison_sheet import heads, notes, rows_of
from reformkit.printing.paper import Paper
from reformkit.text import Lang, Text

if TYPE_CHECKING:
    from reformkit.overseeing.comparison import Comparison
    from reformkit.overseeing.figures import Figure, Figures
    from reformkit.overseeing.monthly import Months

NONE = "—"
_FIGURE, _VALUE, _ACCEPTED = Text("指标", "Figure"), Text("报送", "Reported"), Text("验收认定", "Accepted")
_LATE, _NOW, _ADDED = Text("其中补录", "Entered late"), Text("现在", "Now"), Text("追补", "Since then")
_NOTHING = Text("台账中没有可以计入的记录。", "The ledger has nothing that counts here.")
_WITHOUT = Text("未填", "not said")


def print_figures(figures: Figures, console: Paper, now: Figures | None = None) -> None:
    """A row a figure. With `now`, what the same figures are today, and what came to them since."""
    heads = [_FIGURE, _VALUE, _ACCEPTED, _LATE, *([_NOW, _ADDED] if now else [])]
    table = _table(heads, console)
    for figure in figures:
        row = [console.words(figure.title), figure.value, figure.accepted, figure.late or None]
        today = None if now is None else now[figure.id].value
        more = today - figure.value if isinstance(today, int) and isinstance(figure.value, int) else None
        row += [] if now is None else [today, f"{more:+d}" if more else None]
        table.add_row(*map(_shown, row))
    console.print(table)
    if not any(figure.value for figure in figures):
        console.say(_NOTHING)


def print_groups(groups: Mapping[str | None, Figures], labels: Mapping[str, Text], console: Paper) -> None:
    """A row a figure, a column a group; each cell what was reported, and in brackets what was accepted."""
    names = [labels.get(name, Text.same(name)) if name else _WITHOUT for name in groups]
    table = _table([_FIGURE, *names], console)
    for id in next(iter(groups.values())).rules.figures if groups else ():
        found = [figures[id] for figures in groups.values()]
        table.add_row(console.words(found[0].title), *map(_cell, found))
    console.print(table if groups else console.words(_NOTHING))


def group_labels(rulebook: Rulebook, by: str) -> dict[str, Text]:
    """What the values of a property are called: of a fact, or of a decision that gives it."""
    field, table = rulebook.vocabulary.fields.get(by), rulebook.decisions.get(by)
    named = field.values if field is not None else table.outcomes if table is not None else {}
    return {id: item.label for id, item in named.items()}


def print_comparison(comparison: Comparison, console: Paper) -> None:
    """The shares of reform, then what the office states, a row each; under them what always stands there."""
    columns = list(zip(heads(comparison, console.lang), *rows_of(comparison, console.lang), strict=True))
    own = 2 + 3 * len(comparison.shares)
    shares = [column for place, column in enumerate(columns[2:own]) if place % 3 < 2]  # intervals are for files
    for part in (shares, columns[own:]):
        if part:
            table = _table([Text.same(str(column[0])) for column in (columns[0], *part)], console)
            for row in zip(columns[0][1:], *(column[1:] for column in part), strict=True):
                table.add_row(*map(_shown, row))
            console.print(table)
            console.say()
    for note in notes(comparison, console.lang):
        console.say(note)


def print_months(monthly: Months, console: Paper) -> None:
    """A row a month; under them what always stands there."""
    table = _table([Text.same(head) for head in monthly_sheet.heads(console.lang)], console)
    for row in monthly_sheet.rows_of(monthly):
        table.add_row(*map(_shown, row))
    console.print(table)
    console.say()
    for note in monthly_sheet.notes(monthly, console.lang):
        console.say(note)


def figure_records(figures: Figures, lang: Lang, now: Figures | None = None) -> list[dict[str, Any]]:
    """Plain data of each figure, for JSON."""
    return [
        {
            "id": figure.id,
            "title": figure.title.say(lang),
            "value": figure.value,
            "accepted": figure.accepted,
            "late": figure.late,
            **({} if now is None else {"now": now[figure.id].value}),
        }
        for figure in figures
    ]


def _cell(figure: Figure) -> str:
    accepted = "" if figure.accepted is None or not figure.value else f" ({figure.accepted})"
    return f"{_shown(figure.value)}{accepted}"


def _shown(value: object) -> str:
    return NONE if value is None else str(value)


def _table(heads: list[Text], console: Paper) -> Table:
    table = Table(box=None, pad_edge=False)
    for place, head in enumerate(heads):
        table.add_column(console.words(head), justify="right" if place else "left", overflow="fold")
    return table
