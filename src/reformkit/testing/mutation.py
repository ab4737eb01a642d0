"""How well fixtures guard a rulebook: which of its mutants they notice, and proof for those that no case could."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date

from reformkit.assessing.prepared import Prepared
from reformkit.assessing.weighed import Weighed
from reformkit.comparing.compare import regions
from reformkit.deciding.boxes import TooManyBoxes, boxes_of, cut
from reformkit.deciding.cells import bits, domains
from reformkit.deciding.cover import Space, Unproven
from reformkit.intake.fixtures import Fixture
from reformkit.model.rulebook import DecisionTable
from reformkit.model.vocabulary import Facts
from reformkit.testing.mutants import Mutant, mutants
from reformkit.testing.noticing import Noticing
from reformkit.testing.stating import ways

FEW_RULES = 40
"""Up to so many rules a table is compared whole; of more, only those that meet the changed one."""


@dataclass(frozen=True, slots=True)
class Unnoticed:
    """A mutant that no fixture notices, and a case that tells it apart: the decision, its facts and day."""

    mutant: Mutant
    decision: str
    facts: Facts
    day: date | None


@dataclass(slots=True)
class MutationReport:
    """What became of every mutant. `score` is the share noticed of those that some case tells apart."""

    noticed: list[tuple[Mutant, Fixture]] = field(default_factory=list)
    unnoticed: list[Unnoticed] = field(default_factory=list)
    equivalent: list[Mutant] = field(default_factory=list)
    unproven: list[Mutant] = field(default_factory=list)

    @property
    def differing(self) -> int:
        """The mutants that some case tells apart."""
        return len(self.noticed) + len(self.unnoticed)

    @property
    def score(self) -> float:
        """Noticed of differing, from 0 to 1; 1 where nothing differs."""
        return len(self.noticed) / self.differing if self.differing else 1.0

    def of(self, decision: str) -> MutationReport:
        """The same for the mutants of one decision."""
        return MutationReport(
            [pair for pair in self.noticed if pair[0].decision == decision],
            [one for one in self.unnoticed if one.mutant.decision == decision],
            [mutant for mutant in self.equivalent if mutant.decision == decision],
            [mutant for mutant in self.unproven if mutant.decision == decision],
        )


def mutate(
    book: Prepared,
    assessed: Iterable[tuple[Fixture, Weighed]],
    decision: str | None = None,
    pause: Callable[[], None] | None = None,
    rule: str | None = None,
) -> MutationReport:
    """Ask of every mutant whether a fixture notices it; of the others, whether any case could.

    `assessed` are fixtures that pass, with what came out. With `decision`, only mutants of that one; with its `rule`, of
    that rule. What `pause` raises before a mutant ends it.
    """
    report = MutationReport()
    noticing, differences = Noticing(book, assessed), Differences(book)
    for mutant in mutants(book.rulebook, decision, rule):
        if pause is not None:
            pause()
        try:
            fixture = noticing.noticed_by(mutant)
            if fixture is not None:
                report.noticed.append((mutant, fixture))
                continue
            difference = differences.first(mutant)
        except TooManyBoxes:
            report.unproven.append(mutant)
            continue
        if isinstance(difference, Unnoticed):
            report.unnoticed.append(difference)
        else:
            (report.equivalent if difference else report.unproven).append(mutant)
    return report


class Differences:
    """Finds a case that tells a mutant from the rulebook, or proves that there is none."""

    def __init__(self, book: Prepared) -> None:
        self.book = book
        self._spaces: dict[tuple[str, int], _Meeting] = {}

    def first(self, mutant: Mutant) -> Unnoticed | bool:
        """A case that tells a mutant apart; else whether it is proven that there is none.

        Each decision is looked at by itself, earlier outcomes as facts, on every day. Raises `TooManyBoxes`
        where the mutant cannot be compiled.
        """
        if mutant.given is not None:
            return self._giving(mutant, mutant.given[0])
        proven = True
        for name in mutant.replaced:
            for day in self.book.chain.spans(name):
                for region in regions(*self._tables(mutant, name, day), self.book.rulebook.fields):
                    if region.proven:
                        return Unnoticed(mutant, name, region.witness, day)
                    proven = False
        return proven

    def _giving(self, mutant: Mutant, outcome: str) -> Unnoticed | bool:
        """A case that comes to an outcome, with which a value comes that a mutant moves."""
        proven = True
        for day in self.book.chain.spans(mutant.decision):
            space = Space(self.book.chain.cut(mutant.decision, day))
            for box, by in ways(space, outcome):
                try:
                    point = space.uncovered(box, by)
                except Unproven:
                    proven = False
                    continue
                if point is not None:
                    return Unnoticed(mutant, mutant.decision, space.witness(point), day)
        return proven

    def _tables(self, mutant: Mutant, name: str, day: date | None) -> tuple[DecisionTable, DecisionTable]:
        """The decision before and after, in force on a day, with only those rules that the change can touch."""
        chain = self.book.chain
        table, changed = chain.in_force(name, day), mutant.replaced[name]
        kept = self._kept(mutant, table, day)
        before = [rule for rule in table.rules if rule.id in kept or rule.id in changed]
        after = []
        for rule in before:
            new = changed.get(rule.id, rule)
            stands = None if new is None else chain.rule_in_force(name, new, day) if rule.id in changed else rule
            after += [] if stands is None else [stands]
        return (
            table.model_copy(update={"rules": tuple(before)}),
            table.model_copy(update={"rules": tuple(after)}),
        )

    def _kept(self, mutant: Mutant, table: DecisionTable, day: date | None) -> set[str]:
        """The rules beside the changed ones that can have a part in the difference."""
        changed = mutant.replaced[table.id]
        if table.hit == "collect" and table.otherwise is None:
            thens = {rule.then for rule in table.rules if rule.id in changed}
            return {rule.id for rule in table.rules if rule.then in thens}
        if len(table.rules) <= FEW_RULES or not mutant.relaxed:
            return {rule.id for rule in table.rules}
        key = (table.id, self.book.chain.span(table.id, day))
        if key not in self._spaces:
            self._spaces[key] = _Meeting(self.book, table)
        return self._spaces[key].rules(self.book, mutant, day)


class _Meeting:
    """Which rules of a table meet another one."""

    def __init__(self, book: Prepared, table: DecisionTable) -> None:
        self.table = table
        self.space = Space(cut(table, book.rulebook.fields))
        self.domains = domains(table, book.rulebook.fields)

    def rules(self, book: Prepared, mutant: Mutant, day: date | None) -> set[str]:
        met = 0
        for rule in mutant.relaxed:
            stands = book.chain.rule_in_force(self.table.id, rule, day)
            for box in [] if stands is None else boxes_of(stands, self.space.variables, self.domains):
                met |= self.space.meeting(box)
        return {self.table.rules[self.space.cut.boxes[box][0]].id for box in bits(met)}
