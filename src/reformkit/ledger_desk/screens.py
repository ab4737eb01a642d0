"""Every screen and action over a ledger, for a desk to be given."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

from reformkit.desk.asking import Action, Answer, Ask, Screen, Show
from reformkit.desk.desk import Desk
from reformkit.ledger.ledger import Ledger
from reformkit.ledger_desk import (
    casebook_screen,
    comparison_screen,
    dispatch_screen,
    figures_screen,
    item_actions,
    items_screen,
    letter_screen,
    opening_screen,
)
from reformkit.ledger_desk.item_screen import item_view
from reformkit.ledger_desk.room import HERE, LedgerRoom
from reformkit.problem import LedgerError, Problem
from reformkit.text import Text

T = TypeVar("T")


@dataclass(frozen=True)
class LedgerFault:
    """Why a ledger cannot be read or written now."""

    title: Text
    problems: tuple[Problem, ...]


_CANNOT = Text("台账现在读不了", "The ledger cannot be read now")


def _readable(answer: Callable[[Desk, Ask], T]) -> Callable[[Desk, Ask], T | Show]:
    """The same, but where the ledger cannot be read or written, a page that says why."""

    def answered(desk: Desk, ask: Ask) -> T | Show:
        try:
            return answer(desk, ask)
        except LedgerError as error:
            return Show(f"{HERE}:fault.html", LedgerFault(_CANNOT, tuple(error.problems)), 503)

    return answered


def ledger_screens(ledger: Ledger, account: str) -> tuple[tuple[Screen, ...], tuple[Action, ...]]:
    """The screens and actions of a ledger on which one account works."""
    room = LedgerRoom(ledger, account)

    def of(view: Callable[[LedgerRoom, Ask], object]) -> Callable[[Desk, Ask], object]:
        return _readable(lambda _desk, ask: view(room, ask))

    def doing(do: Callable[[LedgerRoom, Ask], Answer]) -> Callable[[Desk, Ask], Answer]:
        return _readable(lambda _desk, ask: do(room, ask))

    page = partial("{}:{}.html".format, HERE)
    items, item, letter, sheet = page("items"), page("item"), page("letter"), page("dispatch")
    screens = (
        Screen("/items", items, of(items_screen.items_view), items_screen.TITLE),
        Screen(opening_screen.OPEN, page("opening"), _readable(partial(opening_screen.opening_view, room))),
        Screen("/items/{item}", item, of(item_view)),
        Screen("/items/{item}/files/{seq}", item, of(item_actions.file)),
        Screen("/items/{item}/letters/{kind}", letter, of(letter_screen.letter_view)),
        Screen("/items/{item}/letters/{kind}/preview.pdf", letter, of(letter_screen.preview)),
        Screen("/items/{item}/letters/{kind}/draft.docx", letter, of(letter_screen.draft)),
        Screen("/dispatch", sheet, of(dispatch_screen.dispatch_view), dispatch_screen.TITLE),
        Screen("/dispatch/{ending}", sheet, of(dispatch_screen.sheet_file)),
        Screen("/figures", page("figures"), of(figures_screen.figures_view), figures_screen.TITLE),
        Screen("/figures/months.svg", page("figures"), of(figures_screen.months_picture)),
        Screen("/casebook", page("casebook"), of(casebook_screen.casebook_view), casebook_screen.TITLE),
        Screen("/casebook/{ending}", page("casebook"), of(casebook_screen.casebook_file)),
        Screen("/comparison", page("comparison"), of(comparison_screen.comparison_view), comparison_screen.TITLE),
    )
    actions = (
        Action(opening_screen.OPEN, _readable(partial(opening_screen.open_item, room))),
        Action("/items/{item}/acts", doing(item_actions.act)),
        Action("/items/{item}/papers", doing(item_actions.hand_in), item_actions.MOST),
        Action("/items/{item}/papers/back", doing(item_actions.take_back)),
        Action("/items/{item}/letters/{kind}", doing(letter_screen.issue)),
        Action("/casebook", doing(casebook_screen.words_handed_in), casebook_screen.MOST),
        Action("/comparison", doing(comparison_screen.compared), comparison_screen.MOST),
    )
    return screens, actions
