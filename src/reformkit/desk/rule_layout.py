"""How the rules of a decision lie in rows and columns, and what each cell comes to for a case."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from weakref import WeakKeyDictionary

from reformkit.book import Book
from reformkit.grid.cell_saying import CellWriter, Unsayable
from reformkit.grid.decision_plan import MANY_FACTS, MANY_RULES
from reformkit.grid.rule_rows import CellSlot, RuleRows, rule_rows
from reformkit.model.condition import Test, tests
from reformkit.model.decision import RuleTrace, Verdict
from reformkit.model.rulebook import DecisionTable, Rule

OPPOSITE: dict[Verdict, Verdict] = {"holds": "fails", "fails": "holds", "open": "open"}


@dataclass(frozen=True)
class Layout:
    """The facts that have a column, and each rule in rows; None for a rule that no cells can say.

    `listed`: of so many rules over so many facts each is shown by itself, with its tests below each other.
    """

    facts: tuple[str, ...]
    rules: Mapping[str, RuleRows | None]
    listed: bool


_MADE: WeakKeyDictionary[Book, dict[str, Layout]] = WeakKeyDictionary()


def layout(book: Book, decision: str) -> Layout:
    """The layout of a decision, made once for a book."""
    made = _MADE.setdefault(book, {})
    if decision not in made:
        made[decision] = _layout(book, book.rulebook.decisions[decision])
    return made[decision]


def in_written_order(table: DecisionTable) -> list[Rule]:
    """Every rule where its file has it, those that are switched off among them."""
    if not table.disabled:
        return list(table.rules)
    files = list(dict.fromkeys(rule.place.path for rule in (*table.rules, *table.disabled)))
    return sorted([*table.rules, *table.disabled], key=lambda rule: (files.index(rule.place.path), rule.place.line))


def _layout(book: Book, table: DecisionTable) -> Layout:
    fields, writer = book.rulebook.fields, CellWriter(book.rulebook)
    laid: dict[str, RuleRows | None] = {}
    seen: dict[str, int] = {}
    for rule in in_written_order(table):
        try:
            laid[rule.id] = rows = rule_rows(rule.when, fields, writer)
        except Unsayable:
            laid[rule.id] = None
            continue
        for row in rows.rows:
            for at, fact in enumerate(row):
                seen[fact] = min(seen.get(fact, at), at)
    order = list(fields)
    facts = tuple(sorted(seen, key=lambda fact: (seen[fact], order.index(fact))))
    return Layout(facts, laid, len(facts) > MANY_FACTS and len(laid) > MANY_RULES)


def verdicts(rule: Rule, rows: RuleRows, trace: RuleTrace) -> dict[tuple[int, str], Verdict]:
    """What each cell of a rule comes to, by row and fact."""
    of_test = {id(test): traced.verdict for test, traced in zip(tests(rule.when), trace.tests, strict=True)}
    return {(row, slot.fact): _of_slot(slot, of_test) for slot in rows.slots for row in slot.rows}


def _of_slot(slot: CellSlot, of_test: Mapping[int, Verdict]) -> Verdict:
    """A cell holds where one of its tests does."""
    return _any(_of_test(test, of_test) for test in slot.tests)


def _of_test(test: Test, of_test: Mapping[int, Verdict]) -> Verdict:
    found = of_test.get(id(test))
    if found is not None:
        return found
    return OPPOSITE[of_test[id(test.excluded)]]  # a negation, which a cell says as a test


def _any(said: Iterable[Verdict]) -> Verdict:
    each = list(said)
    if "holds" in each:
        return "holds"
    return "open" if "open" in each else "fails"
