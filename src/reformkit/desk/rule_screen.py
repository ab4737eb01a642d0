"""One rule as it is written: its lines, what it rests on, and where it stands."""

from __future__ import annotations

from dataclasses import dataclass

from reformkit.desk.asking import address
from reformkit.desk.desk import Desk
from reformkit.desk.tried import Tried
from reformkit.editing.spans import Odd
from reformkit.model.rulebook import DecisionTable
from reformkit.text import Text


@dataclass(frozen=True)
class RuleEditor:
    """The lines of a rule; `sha` says which lines an edit was made on. `lines` are None where they cannot be edited alone."""

    decision: str
    rule: str
    title: Text
    path: str
    line: int
    lines: str | None
    sha: str
    close: str
    back: str
    """Where the page goes on when the form is sent without a script."""


def rule_editor(desk: Desk, table: DecisionTable, rule: str, case: Tried) -> RuleEditor | None:
    """The editor of a rule; None where the decision has none of that id."""
    found = next((each for each in (*table.rules, *table.disabled) if each.id == rule), None)
    if found is None:
        return None
    close = address(f"/d/{table.id}", case.query())
    back = address(f"/d/{table.id}", {**case.query(), "_rule": [rule]})
    title = found.title or Text.same("")
    try:
        block = desk.block(found.place)
    except Odd:
        path = desk.sound.path_of(found.place)
        return RuleEditor(table.id, rule, title, path, found.place.line, None, "", close, back)
    return RuleEditor(table.id, rule, title, block.path, block.line, block.text, block.sha, close, back)
