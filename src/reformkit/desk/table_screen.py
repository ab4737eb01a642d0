"""A decision as a table: the rule that decides lit, and in every cell whether the tried case meets it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import Literal

from reformkit.desk.asking import Ask, Goto, NotThere, Screen, address
from reformkit.desk.desk import Desk
from reformkit.desk.effect_screen import EffectCard, effect_card
from reformkit.desk.rule_layout import Layout, in_written_order, layout, verdicts
from reformkit.desk.rule_screen import RuleEditor, rule_editor
from reformkit.desk.tried import Tried, tried
from reformkit.desk.try_screen import TryCard, try_card
from reformkit.grid.decision_plan import OR_ROW, fact_column
from reformkit.model.decision import Decision, RuleTrace, Verdict
from reformkit.model.rulebook import DecisionTable, Rule
from reformkit.model.vocabulary import Field
from reformkit.text import COMMA, Text
from reformkit.wording.conditions import say_condition
from reformkit.wording.decisions import say_basis, say_outcome
from reformkit.wording.rulebook import HITS
from reformkit.wording.values import say_period

RULE = "_rule"
"""What the address calls the rule that is edited."""

MOST_OPTIONS = 60
"""Words that are offered for a cell."""

RowState = Literal["", "lit", "holds", "open", "fails", "off", "later"]
"""How a rule fares: it decides, holds, is open, fails; it is switched off, or not in force on the day of the case."""

_TOLD_FIRST: tuple[RowState, ...] = ("lit", "holds", "open", "", "fails", "later", "off")
"""The order of a long list where a case is tried: what speaks of it stands first."""

STATES: dict[RowState, Text] = {
    "lit": Text("据此定论", "decides"),
    "holds": Text("符合", "holds"),
    "open": Text("尚不能确定", "open"),
    "fails": Text("不符合", "does not hold"),
    "off": Text("已停用", "switched off"),
    "later": Text("当日未施行", "not in force that day"),
}
_ELSE = Text("以上都不符合", "where none of these holds")
_OTHERWISE = Text("其余", "otherwise")
_NO_GROUP = Text("其他", "Others")
_RULES = Text("{number} 条规则", "{number} rules")
_START = "startup"


@dataclass(frozen=True)
class TableColumn:
    """A fact over the cells that test it; `note` says what is asked and what a cell may hold."""

    fact: str
    label: Text
    note: Text
    options: tuple[Text, ...]


@dataclass(frozen=True)
class TableCell:
    """What a rule asks of a fact, whether the tried case meets it, and whether it is the first that it does not."""

    fact: str
    words: Text
    verdict: Verdict | Literal[""] = ""
    is_first: bool = False


@dataclass(frozen=True)
class TableRow:
    """A row of a rule. `span` is the number of its rows on the first of them, 0 on the others."""

    rule: str
    row: int
    span: int
    shown: Text
    title: Text
    cells: tuple[TableCell, ...]
    outcome: Text
    state: RowState
    because: Text | None = None
    basis: Text | None = None
    period: Text | None = None
    is_assumption: bool = False
    is_edited: bool = False
    href: str = ""
    rest: Text | None = None
    """Its condition in words where no cells can say it."""
    group: Text | None = None
    """The heading of a group of which this row is the first; None for the others."""


@dataclass(frozen=True)
class TableView:
    """A decision with the tried case in it, and the rule that is edited."""

    decision: str
    title: Text
    hit: Text
    number: Text
    columns: tuple[TableColumn, ...]
    rows: tuple[TableRow, ...]
    listed: bool
    trying: TryCard
    editor: RuleEditor | None
    effect: EffectCard
    states: Mapping[RowState, Text]
    outcomes: tuple[Text, ...]
    labels: Mapping[str, Text]
    """The label of each fact that is tested."""


def table_view(desk: Desk, ask: Ask) -> TableView:
    """The view of a decision. Raises `NotThere` for one that the rulebook does not have."""
    book, name = desk.book, ask.path["decision"]
    table = book.rulebook.decisions.get(name)
    if table is None:
        raise NotThere
    case = tried(desk, ask)
    decision = None if case.assessment is None else case.assessment.decisions.get(name)
    laid = layout(book, name)
    edited = ask.of_query(RULE)
    rows = tuple(_rows(desk, table, laid, decision, case, edited))
    if laid.listed and decision is not None:
        rows = tuple(sorted(rows, key=lambda row: (not row.is_edited, _TOLD_FIRST.index(row.state))))
    elif laid.listed:
        rows = tuple(_grouped(rows, laid))
    return TableView(
        name,
        table.title,
        HITS[table.hit],
        _RULES.fill(number=len(laid.rules)),
        tuple(_column(desk, fact) for fact in laid.facts),
        rows,
        laid.listed,
        try_card(desk, ask, table, case),
        rule_editor(desk, table, edited, case) if edited else None,
        effect_card(desk),
        STATES,
        tuple(choice.label for choice in table.outcomes.values()),
        {fact: book.rulebook.fields[fact].label for fact in laid.facts},
    )


def _grouped(rows: Sequence[TableRow], laid: Layout) -> Iterable[TableRow]:
    """The rows by what they ask of the fact that most rules test, with a heading before each group."""
    tested = Counter(fact for rule in laid.rules.values() if rule is not None for fact in {*chain(*rule.rows)})
    leading = max(laid.facts, key=tested.__getitem__)
    groups: dict[Text, list[TableRow]] = {}
    at = _NO_GROUP
    for row in rows:
        if not row.row:  # a row of alternatives stays with its rule
            at = next((cell.words for cell in row.cells if cell.fact == leading and row.rule), _NO_GROUP)
        groups.setdefault(at, []).append(row)
    for heading, (first, *others) in groups.items():
        yield replace(first, group=heading)
        yield from others


def _column(desk: Desk, fact: str) -> TableColumn:
    column = fact_column(desk.book.rulebook.fields[fact])
    assert column.note is not None
    return TableColumn(fact, column.label, column.note, column.options[:MOST_OPTIONS])


def _rows(
    desk: Desk, table: DecisionTable, laid: Layout, decision: Decision | None, case: Tried, edited: str
) -> Iterable[TableRow]:
    fields = desk.book.rulebook.fields
    traces = {} if decision is None else {entry.rule: entry for entry in decision.trace}
    disabled = {rule.id for rule in table.disabled}
    for rule in in_written_order(table):
        trace = traces.get(rule.id)
        state = _state(rule, table, decision, trace, rule.id in disabled)
        href = address(f"/d/{table.id}", {**case.query(), RULE: [rule.id]})
        yield from _of_rule(rule, table, fields, laid, trace, state, href, rule.id == edited)
    if table.otherwise is not None:
        is_it = decision is not None and decision.status == "decided" and decision.rule is None and not decision.rules
        outcome = COMMA.join(say_outcome(table, each) for each in table.otherwise.outcomes)
        doubtful = table.otherwise.basis is not None and table.otherwise.basis.kind == "assumption"
        yield TableRow(
            "",
            0,
            1,
            _OTHERWISE,
            _ELSE,
            tuple(TableCell(fact, Text.same("")) for fact in laid.facts),
            outcome,
            "lit" if is_it else "fails" if decision is not None and decision.status == "decided" else "",
            table.otherwise.because,
            say_basis(table.otherwise.basis),
            is_assumption=doubtful,
        )


def _state(
    rule: Rule, table: DecisionTable, decision: Decision | None, trace: RuleTrace | None, disabled: bool
) -> RowState:
    if disabled:
        return "off"
    if decision is None:
        return ""
    if trace is None:
        return "later"
    if decision.rule == rule.id or (table.hit == "collect" and trace.verdict == "holds"):
        return "lit"
    return trace.verdict


def _of_rule(
    rule: Rule,
    table: DecisionTable,
    fields: Mapping[str, Field],
    laid: Layout,
    trace: RuleTrace | None,
    state: RowState,
    href: str,
    is_edited: bool,
) -> Iterable[TableRow]:
    rows = laid.rules[rule.id]
    found = {} if trace is None or rows is None else verdicts(rule, rows, trace)
    first = next((key for key, verdict in found.items() if verdict == "fails"), None) if state == "fails" else None
    words = [{}] if rows is None else rows.rows
    for number, row in enumerate(words):
        cells = (
            TableCell(fact, row.get(fact, Text.same("")), found.get((number, fact), ""), (number, fact) == first)
            for fact in laid.facts
            if not laid.listed or fact in row
        )
        yield TableRow(
            rule.id,
            number,
            0 if number else len(words),
            OR_ROW if number else Text.same(rule.id),
            rule.title or Text.same(""),
            tuple(cells),
            say_outcome(table, rule.then),
            state,
            rule.because,
            say_basis(rule.basis),
            say_period(rule.period),
            rule.basis is not None and rule.basis.kind == "assumption",
            is_edited,
            href,
            None if rows is not None else say_condition(rule.when, fields),
        )


def start(desk: Desk, ask: Ask) -> Goto:
    """The first page: whether reform starts, or the last of the decisions, on which the others have a say."""
    names = desk.book.rulebook.order
    return Goto(f"/d/{_START if _START in names else names[-1]}")


SCREENS = (Screen("/", "table.html", start), Screen("/d/{decision}", "table.html", table_view))
