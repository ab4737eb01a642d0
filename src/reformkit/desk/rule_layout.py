"""How the rules of a decision lie in rows and columns, and what each cell comes to for a case."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from weakref import WeakKeyDictionary

from reformkit.book import Book
from reformkit.grid.cell_saying import CellWriter, Unsayable
from reformkit.grid.decision_plan import MANY_FACTS, MANY_RULES
from reformkit.grid.rule_rows import CellSlot, RuleRows, rule_rows
from reformkit.model.condition import Condition, Test, tests
from reformkit.model.decision import RuleTrace, Verdict
from reformkit.model.rulebook import DecisionTable, Rule, Rulebook

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


class _Rows:
    """Conditions in rows, each laid once for facts and parameters: an edit changes one rule of many."""

    def __init__(self, rulebook: Rulebook) -> None:
        self._of = rulebook.fields, rulebook.parameters
        self._writer = CellWriter(rulebook)
        self._laid: dict[Condition, RuleRows | None] = {}

    def fits(self, rulebook: Rulebook) -> bool:
        """Whether cells of another rulebook say the same."""
        return self._of == (rulebook.fields, rulebook.parameters)

    def keep(self, conditions: Iterable[Condition]) -> None:
        """Hold these and no others, else every letter that is typed would leave one behind."""
        self._laid = {when: self._laid[when] for when in conditions if when in self._laid}

    def of(self, when: Condition) -> RuleRows | None:
        """A condition in rows; None where cells cannot say it."""
        if when not in self._laid:
            try:
                self._laid[when] = rule_rows(when, self._of[0], self._writer)
            except Unsayable:
                self._laid[when] = None
        return self._laid[when]


_KEPT: dict[str, _Rows] = {}
"""By the name of a decision."""


def layout(book: Book, decision: str) -> Layout:
    """The layout of a decision, made once for a book."""
    made = _MADE.setdefault(book, {})
    if decision not in made:
        rows = _KEPT.get(decision)
        if rows is None or not rows.fits(book.rulebook):
            rows = _KEPT[decision] = _Rows(book.rulebook)
        made[decision] = _layout(book, book.rulebook.decisions[decision], rows)
    return made[decision]


def in_written_order(table: DecisionTable) -> list[Rule]:
    """Every rule where its file has it, those that are switched off among them."""
    if not table.disabled:
        return list(table.rules)
    files = list(dict.fromkeys(rule.place.path for rule in (*table.rules, *table.disabled)))
    return sorted([*table.rules, *table.disabled], key=lambda rule: (files.index(rule.place.path), rule.place.line))


def _layout(book: Book, table: DecisionTable, conditions: _Rows) -> Layout:
    fields = book.rulebook.fields
    laid: dict[str, RuleRows | None] = {}
    seen: dict[str, int] = {}
    for rule in in_written_order(table):
        laid[rule.id] = rows = conditions.of(rule.when)
        for row in () if rows is None else rows.rows:
            for at, fact in enumerate(row):
                seen[fact] = min(seen.get(fact, at), at)
    conditions.keep(rule.when for rule in (*table.rules, *table.disabled))
    order = list(fields)
    facts = tuple(sorted(seen, key=lambda fact: (seen[fact], order.index(fact))))
    return Layout(facts, laid, len(facts) > MANY_FACTS and len(laid) > MANY_RULES)


def verdicts(rule: Rule, rows: RuleRows, trace: RuleTrace) -> dict[tuple[int, str], Verdict]:
    """What each cell of a rule comes to, by row and fact."""
    of_test = {test: traced.verdict for test, traced in zip(tests(rule.when), trace.tests, strict=True)}
    return {(row, slot.fact): _of_slot(slot, of_test) for slot in rows.slots for row in slot.rows}


def _of_slot(slot: CellSlot, of_test: Mapping[Test, Verdict]) -> Verdict:
    """A cell holds where one of its tests does."""
    return _any(_of_test(test, of_test) for test in slot.tests)


def _of_test(test: Test, of_test: Mapping[Test, Verdict]) -> Verdict:
    found = of_test.get(test)
    if found is not None or test.excluded is None:
        return found or "open"
    return OPPOSITE[of_test[test.excluded]]  # a negation, which a cell says as a test


def _any(said: Iterable[Verdict]) -> Verdict:
    each = list(said)
    if "holds" in each:
        return "holds"
    return "open" if "open" in each else "fails"
