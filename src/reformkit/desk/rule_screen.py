"""One rule as it is written: its lines, what it rests on, and where it stands."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from reformkit.book import Book
from reformkit.desk.asking import address
from reformkit.desk.desk import Desk, Finder
from reformkit.desk.file_text import Block
from reformkit.desk.rule_history import RuleSave, saves_of
from reformkit.desk.tried import Tried
from reformkit.editing.spans import Odd
from reformkit.model.rulebook import DecisionTable
from reformkit.problem import Place, Problem
from reformkit.text import LABELLED, Text


@dataclass(frozen=True)
class LineNote:
    """A problem, and on which line of the shown ones it stands, counted from 1."""

    problem: Problem
    line: int


@dataclass(frozen=True)
class WordFor:
    """A word of the rule language, and what it means."""

    word: str
    label: Text


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
    notes: tuple[LineNote, ...]
    words: tuple[WordFor, ...]
    close: str
    back: str
    """Where the page goes on when the form is sent without a script."""
    use: str
    """Where it is told what the rule does."""
    saves: tuple[RuleSave, ...] = ()


def rule_editor(desk: Desk, table: DecisionTable, rule: str, case: Tried) -> RuleEditor | None:
    """The editor of a rule; None where there is none of that id."""
    close = address(f"/d/{table.id}", case.query())
    back = address(f"/d/{table.id}", {**case.query(), "_rule": [rule]})
    use = address(f"/d/{table.id}/use", {"_rule": rule})
    found = next((each for each in (*table.rules, *table.disabled) if each.id == rule), None)
    title = Text.same("") if found is None or found.title is None else found.title
    try:
        block = desk.block(rule, rule_at(table.id, rule))
    except KeyError:
        return None
    except Odd:
        return RuleEditor(table.id, rule, title, "", 0, None, "", (), (), close, back, use)
    notes = notes_in(block, desk.problems)
    words, saves = words_for(desk), saves_of(desk, block.path, rule)
    return RuleEditor(
        table.id, rule, title, block.path, block.line, block.text, block.sha, notes, words, close, back, use, saves
    )


def rule_at(decision: str, rule: str) -> Finder:
    """Where a rule stands."""

    def find(book: Book) -> Place | None:
        table = book.rulebook.decisions.get(decision)
        rules = () if table is None else (*table.rules, *table.disabled)
        return next((each.place for each in rules if each.id == rule), None)

    return find


def notes_in(block: Block, problems: Iterable[Problem]) -> tuple[LineNote, ...]:
    """The problems that stand in a block, at its own lines."""
    last = block.line + block.text.count("\n")
    own = (p for p in problems if p.path == block.path and block.line <= p.line < max(last, block.line + 1))
    return tuple(LineNote(problem, problem.line - block.line + 1) for problem in own)


def words_for(desk: Desk) -> tuple[WordFor, ...]:
    """The words that may stand in a rule, each with what it means: facts, their values, parameters."""
    rulebook = desk.book.rulebook
    words: dict[str, Text] = {f"${name}": table.label for name, table in rulebook.parameters.items()}
    for name, field in rulebook.fields.items():
        words[name] = field.label
        for value, choice in field.values.items():
            words.setdefault(value, LABELLED.fill(label=field.label, words=choice.label))
    return tuple(WordFor(word, label) for word, label in words.items())
