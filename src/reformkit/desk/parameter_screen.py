"""The parameters: each with its values in time and the decisions that use it; a new value and what it does."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import partial

from reformkit.book import Book
from reformkit.desk.asking import Action, Answer, Ask, Goto, NotThere, Screen, Show, whole_number
from reformkit.desk.desk import Desk, Finder, Stale
from reformkit.desk.edit_actions import StaleView
from reformkit.desk.effect_screen import EffectCard, effect_card
from reformkit.desk.file_text import respelt
from reformkit.editing.spans import Odd, SpanMapping
from reformkit.editing.spelling import quoted
from reformkit.grid.splice import Splices
from reformkit.model.condition import parameters, tests
from reformkit.model.rulebook import ParameterTable, Rulebook
from reformkit.problem import Place
from reformkit.text import Text
from reformkit.wording.decisions import say_basis
from reformkit.wording.values import say_period

PATH = "/parameters"
_PLAIN = re.compile(r"-?\d+(\.\d+)?|\d{4}-\d\d-\d\d")
"""Values that YAML has without quotes, and the rule language takes as they are."""


@dataclass(frozen=True)
class ValueRow:
    """A value of a parameter: where it is edited (`number`, `sha`), and as it was before the staged edits."""

    number: int
    value: str
    was: str | None
    period: Text | None
    basis: Text | None
    is_assumption: bool
    is_whole: bool
    """Whether it is a whole number, which arrows can move."""
    sha: str
    """Empty where it cannot be edited here."""


@dataclass(frozen=True)
class ParameterRow:
    """A parameter, its values, and the decisions with a rule that uses it."""

    name: str
    label: Text
    values: tuple[ValueRow, ...]
    used_by: tuple[tuple[Text, str], ...]


@dataclass(frozen=True)
class ParametersView:
    """Every parameter, and what the staged edits do."""

    rows: tuple[ParameterRow, ...]
    effect: EffectCard


def parameters_view(desk: Desk, ask: Ask) -> ParametersView:
    """The view of the parameters."""
    rulebook = desk.book.rulebook
    rows = (_row(desk, rulebook, table) for table in rulebook.parameters.values())
    return ParametersView(tuple(rows), effect_card(desk))


def _row(desk: Desk, rulebook: Rulebook, table: ParameterTable) -> ParameterRow:
    values = tuple(_value(desk, table, number) for number in range(len(table.values)))
    used_by = tuple(
        (decision.title, f"/d/{name}")
        for name, decision in rulebook.decisions.items()
        if any(p.name == table.name for rule in decision.rules for test in tests(rule.when) for p in parameters(test))
    )
    return ParameterRow(table.name, table.label, values, used_by)


def _value(desk: Desk, table: ParameterTable, number: int) -> ValueRow:
    value = table.values[number]
    saved = desk.before.rulebook.parameters.get(table.name)
    was = None if saved is None or number >= len(saved.values) else saved.values[number].value
    try:
        sha = desk.block(table.name, parameter_at(table.name), entry=True).sha
    except (Odd, KeyError):
        sha = ""
    return ValueRow(
        number,
        value.value,
        was if was != value.value else None,
        say_period(value.period),
        say_basis(value.basis),
        value.basis is not None and value.basis.kind == "assumption",
        value.value.lstrip("-").isdigit(),
        sha,
    )


def parameter_at(name: str) -> Finder:
    """Where a parameter stands."""

    def find(book: Book) -> Place | None:
        table = book.rulebook.parameters.get(name)
        return None if table is None else table.place

    return find


def set_value(desk: Desk, ask: Ask) -> Answer:
    """Stage another value of a parameter: `name`, `number`, `value`, `sha` of the lines that were shown."""
    name, number = ask.of_form("name"), whole_number(ask.of_form("number"))
    table = desk.book.rulebook.parameters.get(name)
    if table is None or desk.reading.book is None or number is None or number >= len(table.values):
        raise NotThere
    words = ask.of_form("value").strip()
    try:
        block = desk.block(name, parameter_at(name), entry=True)
        change = partial(_replace, place=table.values[number].place, words=words)
        new = respelt(block, desk.text(block.path), change)
        desk.stage(block, name, new, ask.of_form("sha"), ask.of_form("tab"))
    except (KeyError, Odd):
        raise NotThere from None
    except Stale as stale:
        return Show("stale.html", StaleView(name, words, stale.now, PATH), 409)
    return Show("parameters_edit.html", parameters_view(desk, ask)) if ask.partial else Goto(PATH)


def _replace(splices: Splices, place: Place, words: str) -> None:
    node = splices.at(place)
    value = splices.value(node, "value")
    is_flow = isinstance(node, SpanMapping) and node.flow
    splices.replace(value, words if _PLAIN.fullmatch(words) else quoted(words, False, is_flow) if words else '""')


SCREENS = (
    Screen(
        PATH,
        "parameters.html",
        parameters_view,
        Text("参数", "Parameters"),
        lambda desk: bool(desk.book.rulebook.parameters),
    ),
)
ACTIONS = (Action(PATH, set_value),)
