"""Edits: lines of a rule staged, undone, done again."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

from reformkit.desk.asking import Action, Answer, Ask, Goto, NotThere, Show
from reformkit.desk.desk import Desk, Stale
from reformkit.desk.effect_screen import EffectCard, effect_card
from reformkit.desk.rule_screen import LineNote, notes_in, rule_at
from reformkit.desk.table_screen import TableView, table_view
from reformkit.editing.spans import Odd

_TABLES = "/d/"


@dataclass(frozen=True)
class StagedView:
    """What an edit changes on the page: the effect's card, the digest and the problems of the lines that are open (empty
    where none are), the table that is shown."""

    effect: EffectCard
    sha: str
    notes: tuple[LineNote, ...]
    table: TableView | None


@dataclass(frozen=True)
class StaleView:
    """An edit that was made on lines which are no longer there: both texts."""

    what: str
    mine: str
    now: str
    back: str


def stage(desk: Desk, ask: Ask) -> Answer:
    """Stage the lines of a rule: `decision`, `rule`, `sha` of those that were shown, `text`, `tab` of who types."""
    decision, rule = ask.of_form("decision"), ask.of_form("rule")
    text = ask.of_form("text").replace("\r\n", "\n")
    find = rule_at(decision, rule)
    try:
        block = desk.block(rule, find)
        desk.stage(block, rule, text, ask.of_form("sha"), ask.of_form("tab"))
    except (KeyError, Odd):
        raise NotThere from None
    except Stale as stale:
        return Show("stale.html", StaleView(rule, text, stale.now, ask.here), 409)
    if not ask.partial:
        return Goto(ask.here)
    new = desk.block(rule, find)
    return Show(
        "staged_edit.html", StagedView(effect_card(desk), new.sha, notes_in(new, desk.problems), table_at(desk, ask))
    )


def table_at(desk: Desk, ask: Ask) -> TableView | None:
    """The table of the page from which something was asked, as it is by now; None where that is another page."""
    here = urlsplit(ask.here)
    decision = here.path.removeprefix(_TABLES)
    if not here.path.startswith(_TABLES) or decision not in desk.book.rulebook.decisions:
        return None
    query = parse_qs(here.query, keep_blank_values=True, max_num_fields=2_000)
    return table_view(desk, Ask({"decision": decision}, query, lang=ask.lang))


def undo(desk: Desk, ask: Ask) -> Answer:
    """Go back one edit."""
    desk.undo()
    return Goto(ask.here)


def redo(desk: Desk, ask: Ask) -> Answer:
    """Go forward again."""
    desk.redo()
    return Goto(ask.here)


ACTIONS = (Action("/stage", stage), Action("/undo", undo), Action("/redo", redo))
