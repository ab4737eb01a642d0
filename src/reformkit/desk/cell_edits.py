"""A cell of a table edited in its place: the words of the cell become one changed span of the rule's YAML."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from reformkit.desk.asking import Action, Answer, Ask, Goto, NotThere, Show, whole_number
from reformkit.desk.desk import Desk
from reformkit.desk.edit_actions import StagedView, table_at
from reformkit.desk.effect_screen import effect_card
from reformkit.desk.file_text import respelt
from reformkit.desk.rule_layout import layout
from reformkit.desk.rule_screen import rule_at
from reformkit.editing.drafting import language_of
from reformkit.editing.spans import Odd, SpanMapping
from reformkit.editing.spelling import quoted
from reformkit.grid.base import BaseSheet
from reformkit.grid.cell_reading import CellReader
from reformkit.grid.plan import PlanRecord
from reformkit.grid.splice import Splices
from reformkit.importing.condition_edits import ConditionEdits
from reformkit.importing.merged_sheet import RecordEdit
from reformkit.importing.sheet_records import SheetTable
from reformkit.model.rulebook import DecisionTable, Rule
from reformkit.parsing.report import Report
from reformkit.problem import Place, Problem
from reformkit.text import SEMICOLON, Lang, Text
from reformkit.workbook.rules_in import TextSheet

THEN = "then"
"""What the column of outcomes is called."""

_NOWHERE = SheetTable(TextSheet("", "", True, []), BaseSheet("", "", False, {}, {}), {}, [])
"""The sheet of an edit that comes from no workbook: its faults have the place of the edit."""


_NOT_HERE = Text(
    "规则 {rule} 的这一格不能在表中改；点规则编号，在 YAML 原文中改",
    "this cell of rule {rule} cannot be edited in the table; pick the rule's id and edit it as YAML",
)
_NO_OUTCOME = Text("没有结论“{word}”；可用的结论：{known}", "there is no outcome `{word}`; the outcomes are: {known}")


class _RefusedCellError(Exception):
    """The words of a cell cannot be taken."""

    def __init__(self, problems: list[Problem], said: Text | None = None) -> None:
        super().__init__("cell")
        self.problems = problems
        self.said = said


def set_cell(desk: Desk, ask: Ask) -> Answer:
    """Stage what a cell says: `decision`, `rule`, `row`, `fact` (or `then`), `words`."""
    decision, id, row = ask.of_form("decision"), ask.of_form("rule"), whole_number(ask.of_form("row"))
    table = desk.book.rulebook.decisions.get(decision)
    rules = () if table is None else (*table.rules, *table.disabled)
    rule = next((each for each in rules if each.id == id), None)
    if table is None or rule is None or row is None or desk.reading.book is None:
        raise NotThere
    find = rule_at(decision, id)
    try:
        block = desk.block(id, find)
        change = _change(desk, table, rule, row, ask)
        desk.stage(block, id, respelt(block, desk.text(block.path), change))
    except KeyError:
        raise NotThere from None
    except Odd:
        return _refused(desk, [], _NOT_HERE.fill(rule=id))
    except _RefusedCellError as refused:
        return _refused(desk, refused.problems, refused.said)
    if not ask.partial or "_rule=" in ask.here:  # the text beside it is another now
        return Goto(ask.here)
    return Show("staged_edit.html", StagedView(effect_card(desk), "", (), table_at(desk, ask)))


def _change(desk: Desk, table: DecisionTable, rule: Rule, row: int, ask: Ask) -> partial[None]:
    fact, words = ask.of_form("fact"), ask.of_form("words").strip()
    if fact == THEN:
        return partial(_then, table=table, rule=rule, words=words)
    rows = layout(desk.book, table.id).rules[rule.id]
    if rows is None or row >= len(rows.rows) or fact not in desk.book.rulebook.fields:
        raise Odd
    said = [{name: cell.say(ask.lang) for name, cell in each.items()} for each in rows.rows]
    beside = {slot.fact: slot.rows for slot in rows.slots}
    for number in beside.get(fact, (row,)) if row in beside.get(fact, (row,)) else (row,):
        said[number][fact] = words
        if not words:
            del said[number][fact]
    return partial(_test, desk=desk, rule=rule, rows=said)


def _test(splices: Splices, desk: Desk, rule: Rule, rows: list[dict[str, str]]) -> None:
    report = Report()
    edits = ConditionEdits(desk.book.rulebook, CellReader(desk.book.rulebook, report))
    record = PlanRecord(rule.id, (), rule.place)
    edit = RecordEdit(record, Place(rule.id, 0, 0), rows=rows)
    edits.apply(splices, splices.at(rule.place), rule, edit, _NOWHERE, _lang(splices))
    if report.errors:
        raise _RefusedCellError(report.problems())


def _then(splices: Splices, table: DecisionTable, rule: Rule, words: str) -> None:
    labels = {id: choice.label for id, choice in table.outcomes.items()}
    found = next((id for id, label in labels.items() if words in (id, label.zh, label.en)), None)
    if found is None:
        raise _RefusedCellError([], _NO_OUTCOME.fill(word=words, known=SEMICOLON.join(labels.values())))
    node = splices.at(rule.place)
    label = Text(labels[found].zh, found).say(_lang(splices))
    splices.replace(splices.value(node, THEN), quoted(label, False, isinstance(node, SpanMapping) and node.flow))


def _lang(splices: Splices) -> Lang:
    return language_of(splices.root)


def _refused(desk: Desk, problems: list[Problem], said: Text | None) -> Show:
    card = replace(effect_card(desk), problems=tuple(problems), said=said, first="")
    return Show("refused_cell.html", card)


ACTIONS = (Action("/cell", set_cell),)
