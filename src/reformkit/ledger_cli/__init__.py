"""The commands over a ledger of reform, a file each.

Comes in: the arguments of a command; where the ledger and the office stand (`terminal/opening`).
To read: `item` and `acts` (one matter, and what is done on it), `item_letter` and `letter` (its letters, and their
    templates), `ledger` (kept as a whole), then what is read off it: `dispatch`, `figures`, `compare`, `casebook`.
Goes out: an exit code; what is shown is made in `printing/`.
"""

from __future__ import annotations

import typer

from reformkit.ledger_cli import (
    acts,
    casebook,
    compare,
    dispatch,
    figures,
    item,
    item_letter,
    ledger,
    letter,
    take_over,
)
from reformkit.terminal.guard import guarded

of_ledger = typer.Typer(
    help="The ledger as a whole: whether it is as it was written, out and back. 台账：核验、校验码、导出、恢复。",
    no_args_is_help=True,
)
for of_all in (ledger.verify, ledger.anchor, ledger.export, ledger.restore, take_over.take_over):
    of_ledger.command()(guarded(of_all))

of_items = typer.Typer(
    help="Items of reform: opened, found, carried on by acts that are guarded. 促改事项：立项、查找、办理。",
    no_args_is_help=True,
)
of_items.command("open")(guarded(item.open_item))
of_items.command("list")(guarded(item.list_of))
for looked in (item.show, item.menu):
    of_items.command()(guarded(looked))
for verb in acts.VERBS:
    of_items.command()(guarded(verb))

of_letters = typer.Typer(
    help="Letters: their templates checked, drawn up, looked at, issued. 文书：查模板、拟稿、预览、发文。",
    no_args_is_help=True,
)
of_letters.command("list")(guarded(letter.list_letters))
for of_one in (letter.check, item_letter.fill, item_letter.preview, item_letter.issue, letter.sheets):
    of_letters.command()(guarded(of_one))


def add_ledger_commands(app: typer.Typer) -> None:
    """Add every command over a ledger to the command line."""
    for overseeing in (dispatch.dispatch, figures.figures, compare.compare, casebook.casebook):
        app.command()(guarded(overseeing))
    for group, name in ((of_ledger, "ledger"), (of_items, "item"), (of_letters, "letter")):
        app.add_typer(group, name=name)
