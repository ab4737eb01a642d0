"""Two tables in force as one list of rules, cut as one table: what is the same in both stands there once."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property
from typing import Literal

from reformkit.deciding.boxes import Box, cut
from reformkit.deciding.cells import Variable
from reformkit.deciding.cover import Space
from reformkit.model.decision import CONFLICT, UNCOVERED
from reformkit.model.rulebook import DecisionTable, Rule
from reformkit.model.vocabulary import Field

ABSENT: Literal["absent"] = "absent"
"""Under `collect`, the result for an outcome that is not collected."""

NONE, CLASH = -1, -2
"""In the place of a rule: no rule is true; rules conflict."""


@dataclass(frozen=True)
class Side:
    """One of the two tables, its rules by their numbers in the merged table, in order.

    `of_rule`: the boxes of each rule, as bits; a rule that no case meets has none. `shared`: the boxes
    that the other table has too. With `outcome` set, only whether that outcome is collected is asked.
    """

    table: DecisionTable
    rules: dict[int, Rule]
    of_rule: dict[int, int]
    shared: int
    outcome: str | None = None

    @cached_property
    def boxes(self) -> int:
        """The boxes of all rules."""
        union = 0
        for bits in self.of_rule.values():
            union |= bits
        return union

    @property
    def own(self) -> int:
        """The boxes that the other table does not have."""
        return self.boxes & ~self.shared

    @cached_property
    def of_outcome(self) -> dict[str, int]:
        """The boxes of each outcome."""
        masks: dict[str, int] = {}
        for number in self.rules:
            result = self.result(number)
            masks[result] = masks.get(result, 0) | self.of_rule[number]
        return masks

    @property
    def falls_back(self) -> bool:
        """Whether the outcome that is asked for is collected where no rule holds; other rules then keep it away."""
        otherwise = self.table.otherwise
        return self.outcome is not None and otherwise is not None and self.outcome in otherwise.outcomes

    @property
    def clashes(self) -> bool:
        """Whether rules can conflict."""
        return self.table.hit in ("unique", "any")

    def only(self, outcome: str) -> Side:
        """The part of a collecting table that gives one outcome, or keeps it away."""
        whole = Side(self.table, self.rules, self.of_rule, self.shared, outcome)
        if whole.falls_back:
            return whole
        rules = {n: rule for n, rule in self.rules.items() if rule.then == outcome}
        return Side(self.table, rules, {n: self.of_rule[n] for n in rules}, self.shared, outcome)

    def result(self, rule: int) -> str:
        """What the table comes to where this rule gives the result (or `NONE`, or `CLASH`)."""
        if rule == CLASH:
            return CONFLICT
        if self.outcome is not None:
            given = self.falls_back if rule == NONE else self.rules[rule].then == self.outcome
            return self.outcome if given else ABSENT
        if rule != NONE:
            return self.rules[rule].then
        return UNCOVERED if self.table.otherwise is None else self.table.otherwise.then

    def taking(self, rule: int) -> int:
        """The boxes that take a case away from a rule that is true (from `NONE`: every box)."""
        if rule == CLASH:
            return 0
        if rule == NONE:
            return self.boxes
        own = self.of_rule[rule]
        if self.table.hit == "unique":
            return self.boxes & ~own
        earlier = self.boxes & ((own & -own) - 1)
        if self.table.hit == "any":
            return earlier | self.boxes & ~self.of_outcome[self.rules[rule].then]
        if self.falls_back:  # the rules that give the outcome come before those that keep it away
            giving = self.of_outcome.get(str(self.outcome), 0)
            return earlier & giving if self.result(rule) == self.outcome else earlier | giving
        return earlier

    def rivals(self, number: int) -> int:
        """The boxes that conflict with a rule's where both are true."""
        rule = self.rules[number]
        group = self.of_rule[number] if self.table.hit == "unique" else self.of_outcome[rule.then]
        return self.boxes & ~group


@dataclass(frozen=True, slots=True)
class MergedTables:
    """Both tables over one space; `rule_of[j]` is the number of the rule of box `j`.

    `within`: the cases that both can take; a tag that the fields do not have is absent.
    """

    space: Space
    rule_of: tuple[int, ...]
    before: Side
    after: Side
    within: Box


def merge(old: DecisionTable, new: DecisionTable, fields: dict[str, Field]) -> MergedTables:
    """Both tables as one list of rules, each side's in its own order; rules that test and give the same are one.

    Raises `TooManyBoxes` as `cut` does.
    """
    rules: list[Rule] = []
    numbers: tuple[list[int], list[int]] = ([], [])
    said, says = ([(rule.when, rule.then) for rule in table.rules] for table in (old, new))
    for kind, i, j, k, end in SequenceMatcher(None, said, says, autojunk=False).get_opcodes():
        if kind == "equal":
            both = range(len(rules), len(rules) + j - i)
            numbers[0].extend(both)
            numbers[1].extend(both)
            rules += new.rules[k:end]
        else:
            for own, gone in zip(numbers, (old.rules[i:j], new.rules[k:end]), strict=True):
                own.extend(range(len(rules), len(rules) + len(gone)))
                rules += gone
    outcomes = {**old.outcomes, **new.outcomes}
    table = DecisionTable(id=new.id, title=new.title, hit=new.hit, outcomes=outcomes, rules=tuple(rules))
    space = Space(cut(table, fields))
    of_rule = [0] * len(rules)
    for bit, (number, _) in enumerate(space.cut.boxes):
        of_rule[number] |= 1 << bit
    shared = 0
    for number in set(numbers[0]) & set(numbers[1]):
        shared |= of_rule[number]
    before, after = (
        Side(table, dict(zip(own, table.rules, strict=True)), {n: of_rule[n] for n in own}, shared)
        for table, own in ((old, numbers[0]), (new, numbers[1]))
    )
    within = {v: 0b01 for v, variable in enumerate(space.variables) if is_strange(variable, fields)}
    return MergedTables(space, tuple(number for number, _ in space.cut.boxes), before, after, within)


def is_strange(variable: Variable, fields: dict[str, Field]) -> bool:
    """Whether a variable is a tag that the fields do not have."""
    return variable.tag is not None and variable.tag not in fields[variable.fact].values
