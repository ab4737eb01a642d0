"""Facts as a person can state them, and no more of them than a result needs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date

from reformkit.assessing.prepared import Prepared
from reformkit.deciding.boxes import Box, cut, meet
from reformkit.deciding.cover import Space, Unproven
from reformkit.deciding.meaning import MOST_TESTED_TAGS, candidates, operands, value_tests
from reformkit.model.condition import Test
from reformkit.model.decision import CONFLICT, UNCOVERED, Decision
from reformkit.model.rulebook import DecisionTable
from reformkit.model.vocabulary import Facts, Field, Value

Must = Callable[[Facts], bool]


class Stating:
    """Turns facts that decide into facts that a person can state: earlier outcomes become what leads to them."""

    def __init__(self, book: Prepared) -> None:
        self.book = book
        self.chain = book.chain
        self._spaces: dict[tuple[str, int], Space] = {}

    def space(self, decision: str, day: date | None) -> Space:
        """The boxes of a decision in force on a day."""
        key = (decision, self.chain.span(decision, day))
        if key not in self._spaces:
            self._spaces[key] = Space(cut(self.chain.in_force(decision, day), self.book.rulebook.fields))
        return self._spaces[key]

    def as_of(self, decision: str, facts: Facts, day: date | None) -> date | None:
        """The day that has to be given for a case to be decided as on a day (None: by the last state)."""
        if self.chain.span(decision, self.chain.day_of(facts)) == self.chain.span(decision, day):
            return None
        return day or self.chain.turning_days(decision)[-1]

    def stated(
        self, decision: str, facts: Facts, day: date | None, must: Must | None = None, keep: Must | None = None
    ) -> Facts:
        """The same case in as few facts as a person would state, with the same result.

        An earlier outcome is replaced by facts that lead to it, where there are any that go with the
        others; a signal stays as it is, for a fixture may state it. Facts on which the result still hangs are
        added, so that the case is decided. `must` is what has to stay true besides; `keep` what has to once the
        case is decided, if it is true then.
        """
        as_of = self.as_of(decision, facts, day)

        def taken(facts: Facts) -> Decision:
            return self.chain.decide(decision, facts, as_of)

        facts = self._settled(decision, facts, as_of, must)
        wanted = taken(facts)
        kept = [condition for condition in (must, keep) if condition is not None and condition(facts)]

        def holds(facts: Facts) -> bool:
            then = taken(facts)
            same = (then.status, then.outcomes, then.possible, then.rule)
            return same == (wanted.status, wanted.outcomes, wanted.possible, wanted.rule) and all(
                condition(facts) for condition in kept
            )

        for earlier in reversed(self.chain.upstream(decision)):
            if earlier in facts:
                facts = next((led for led in self._led(earlier, facts, day) if holds(led)), facts)
        return _fewest(self._in_order(facts), holds)

    def _in_order(self, facts: Facts) -> Facts:
        return {name: facts[name] for name in self.book.rulebook.fields if name in facts}

    def _led(self, decision: str, facts: Facts, day: date | None) -> Iterator[Facts]:
        """The facts without an earlier outcome, with others that lead to it, as far as they go with the rest."""
        outcome, rest = facts[decision], {name: value for name, value in facts.items() if name != decision}
        space = self.space(decision, day)
        table = space.cut.table
        if table.hit == "collect" or not isinstance(outcome, str):
            return
        fixed = self._fixed(space, rest)
        for box, by in ways(space, outcome):
            both = meet(box, fixed)
            try:
                point = None if both is None else space.uncovered(both, by)
            except Unproven:
                continue
            if point is not None:
                found = {**space.witness(point), **rest}
                if self.chain.decide(decision, found, day).outcome == outcome:
                    yield found

    def _fixed(self, space: Space, facts: Facts) -> Box:
        """The cells of the facts that are settled already."""
        fixed: Box = {}
        for number, variable in enumerate(space.variables):
            if variable.fact in facts:
                value = facts[variable.fact]
                fixed[number] = 0b10 if variable.aspect == "known" else 1 << variable.cell_of(value)
        return fixed

    def _settled(self, decision: str, facts: Facts, as_of: date | None, must: Must | None) -> Facts:
        """The facts with more of them, so that the case is decided, by as few outcomes as can be."""
        while True:
            taken = self.chain.taken(facts, as_of)[decision]
            if taken.answer.status != "undetermined":
                return facts
            day = as_of or self.chain.day_of(facts)
            table = self.chain.in_force(decision, day)
            live = set(self.chain.table(decision, day).may_hold(taken.state, taken.opens))
            asked = value_tests(table.model_copy(update={"rules": tuple(r for r in table.rules if r.id in live)}))
            for fact in (f for f in self.book.rulebook.fields if f in asked and f not in taken.state):
                plainest = self._plainest(decision, facts, fact, asked[fact], as_of, must)
                if plainest is not None:
                    facts = plainest
                    break
            else:
                return facts

    def _plainest(
        self, decision: str, facts: Facts, fact: str, asked: list[Test], as_of: date | None, must: Must | None
    ) -> Facts | None:
        """The facts with one more, at the value that leaves least possible; None where none goes with `must`."""
        options: list[tuple[int, bool, int, Facts]] = []
        for number, value in enumerate(plain_values(self.book.rulebook.fields[fact], asked)):
            tried = {**facts, fact: value}
            if must is None or must(tried):
                then = self.chain.decide(decision, tried, as_of)
                options.append((len(then.possible), then.status in (CONFLICT, UNCOVERED), number, tried))
        return min(options, key=lambda option: option[:3])[3] if options else None


def ways(space: Space, outcome: str | None) -> Iterable[tuple[Box, int]]:
    """Boxes whose points come to an outcome (None: to that of no rule), each with the boxes that take points away."""
    table = space.cut.table
    for bit, (number, box) in enumerate(space.cut.boxes):
        if table.rules[number].then == outcome:
            yield box, rivals(space, table, bit)
    if table.otherwise is not None and outcome in table.otherwise.outcomes:
        yield {}, space.every


def rivals(space: Space, table: DecisionTable, bit: int) -> int:
    """The boxes that keep a rule from giving the result where its own box, at a bit, holds."""
    own = space.cut.boxes[bit][0]
    match table.hit:
        case "first":
            return sum(1 << b for b, (number, _) in enumerate(space.cut.boxes) if number < own)
        case "unique":
            return sum(1 << b for b, (number, _) in enumerate(space.cut.boxes) if number != own)
        case "any":
            then = table.rules[own].then
            return sum(1 << b for b, (number, _) in enumerate(space.cut.boxes) if table.rules[number].then != then)
        case _:  # collect; a table in force is never under `priority`
            return 0


def plain_values(field: Field, asked: list[Test]) -> Iterable[Value]:
    """A value of every class, the plainest first: false, the empty set, the first of a choice."""
    if field.type == "flag":
        return [False, True]
    if field.type == "tags":
        tags = list(dict.fromkeys(str(x) for test in asked for x in operands(test)))
        return [frozenset(), *(frozenset({tag}) for tag in tags[: 4 * MOST_TESTED_TAGS])]
    return list(candidates(field, asked))


def _fewest(facts: Facts, holds: Must) -> Facts:
    """Facts without those that can be left out, one after another, the last first."""
    for name in reversed(list(facts)):
        fewer = {other: value for other, value in facts.items() if other != name}
        if holds(fewer):
            facts = fewer
    return facts
