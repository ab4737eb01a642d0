"""The decisions of a rulebook in their order: an outcome is a fact for the next decision.

Long because whatever is asked of a rulebook on a day, before and after deciding, is asked of its chain.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from functools import cached_property
from pathlib import PurePath
from typing import Literal, TypeVar

from reformkit.deciding import flips as flipping
from reformkit.deciding import meaning
from reformkit.deciding.afterwards import Afterwards
from reformkit.deciding.boxes import Cut, cut
from reformkit.deciding.derived import derivations
from reformkit.deciding.in_force import as_declared, in_force, rule_in_force, span_of, turning_days
from reformkit.deciding.masks import stack
from reformkit.deciding.meaning import Opens, opens_of
from reformkit.deciding.shortcut import Shortcut, shortcut
from reformkit.deciding.stands import (
    MeantTable,
    Stand,
    TableInForce,
    Taken,
    derived_facts,
    has_moved,
    moved_facts,
    pass_on,
)
from reformkit.deciding.table import CompiledTable
from reformkit.deciding.tracing import Tracer
from reformkit.model.condition import Test
from reformkit.model.decision import Answer, Decision, Flip, Need, TableGives, Trace, need_of
from reformkit.model.digest import digest_of
from reformkit.model.mould import Moulds
from reformkit.model.rulebook import Basis, DecisionTable, Rule, Rulebook
from reformkit.model.vocabulary import Dates, Facts, Field
from reformkit.text import Text

T = TypeVar("T")
_NO_OPENS: Opens = {}
Way = Literal["compiled", "durable", "meaning"]
WAYS: tuple[Way, ...] = ("compiled", "durable", "meaning")

MOST_DAYS = 10_000
"""Days for which the tables in force are kept at hand."""


class Chain:
    """A rulebook ready to decide: each decision compiled for each span of time, when first needed.

    Facts given to it must have been checked against the rulebook's fields; a name that is not among the
    facts is unknown, but for what `PartlyKnown` facts say of it. `durable` makes of a compiled table one that
    durable-rules decides, for those who ask for that way; `say` words a decision, for those who show one.
    """

    def __init__(
        self,
        rulebook: Rulebook,
        durable: Callable[[CompiledTable], TableInForce] | None = None,
        say: Callable[[DecisionTable, Decision], Text] | None = None,
    ) -> None:
        self.rulebook = rulebook
        self._say = say
        self._durable = durable
        self.fields = rulebook.fields
        self.dates = rulebook.vocabulary.dates
        self._days = {name: turning_days(table) for name, table in rulebook.decisions.items()}
        self._derivations = derivations(rulebook.vocabulary)
        self._derived = {
            name: tuple(d for d in self._derivations if d[0] in self._reach(name)) for name in rulebook.decisions
        }
        tested = {name for derived in self._derived.values() for name, _ in derived}
        self._tested_derivations = tuple(d for d in self._derivations if d[0] in tested)
        self._upstream = {
            name: tuple(d for d in rulebook.order if d in self._reach(name)) for name in rulebook.decisions
        }
        self._alone = {name for name in rulebook.decisions if not self._upstream[name] and not self._derived[name]}
        """The decisions that build on no other and on nothing derived: they see the facts as they are given."""
        self._built_on = {up for upstream in self._upstream.values() for up in upstream}
        self._in_force: dict[tuple[str, int], DecisionTable] = {}
        self._cuts: dict[tuple[str, int], Cut] = {}
        self._tables: dict[tuple[str, int], CompiledTable] = {}
        self._ways: dict[tuple[str, int, str], TableInForce] = {}
        self._needs = {
            name: None if field.source == "signal" else need_of(field) for name, field in self.fields.items()
        }
        self.moulds = Moulds()
        self._tracers: dict[tuple[str, int], Tracer] = {}
        self._by_day: dict[date | None, tuple[tuple[str, CompiledTable, bool], ...]] = {}
        self._by_day_and_way: dict[tuple[date | None, Way], Mapping[str, TableInForce]] = {}

    @cached_property
    def digest(self) -> str:
        """The SHA-256 of the rulebook."""
        return digest_of(self.rulebook)

    @cached_property
    def folder(self) -> str:
        """Where the rulebook was read from; places in results are told as seen from there."""
        return str(PurePath(self.rulebook.place.path).parent)

    def _reach(self, name: str) -> set[str]:
        """The facts that a decision tests, those that the decisions before it do, and all that these follow from."""
        facts = set(self.rulebook.vocabulary.behind(self.rulebook.decisions[name].facts))
        for fact in list(facts):
            if fact in self.rulebook.decisions:
                facts |= self._reach(fact)
        return facts

    def hangs_on(self, name: str) -> frozenset[str]:
        """The facts on which a decision may hang: those that it or one before it tests, and what these follow from."""
        return frozenset(self._reach(name))

    # --- tables ----------------------------------------------------------------------------------------

    def in_force(self, name: str, day: date | None) -> DecisionTable:
        """A decision's table as it stands on a day, its rules in the order in which they are read."""
        key = (name, span_of(self._days[name], day))
        if key not in self._in_force:
            self._in_force[key] = in_force(self.rulebook.decisions[name], key[1], self._days[name])
        return self._in_force[key]

    def _as_declared(self, name: str, day: date | None) -> DecisionTable:
        """A decision's table on a day under its own hit policy, as the meaning takes it."""
        days = self._days[name]
        return as_declared(self.rulebook.decisions[name], span_of(days, day), days)

    def table(self, name: str, day: date | None) -> CompiledTable:
        """A decision's compiled table on a day (None: its last state).

        Raises `TooManyBoxes` where a rule has too many alternatives.
        """
        key = (name, span_of(self._days[name], day))
        found = self._tables.get(key)
        if found is None:
            found = self._tables[key] = CompiledTable(stack(self.cut(name, day)))
        return found

    def cut(self, name: str, day: date | None) -> Cut:
        """A decision's cells and boxes on a day. Raises `TooManyBoxes` where a rule has too many alternatives."""
        key = (name, span_of(self._days[name], day))
        if key not in self._cuts:
            self._cuts[key] = cut(self.in_force(name, day), self.fields)
        return self._cuts[key]

    def take_over(self, before: Chain) -> None:
        """Take what another chain has compiled of the decisions that are the same, over the same facts."""
        for name, table in self.rulebook.decisions.items():
            if before.rulebook.decisions.get(name) is not table:
                continue
            if all(before.fields.get(fact) == self.fields.get(fact) for fact in table.facts):
                for span in range(len(self._days[name]) + 1):
                    _hand_over((name, span), before._in_force, self._in_force)
                    _hand_over((name, span), before._cuts, self._cuts)
                    _hand_over((name, span), before._tables, self._tables)

    # --- deciding --------------------------------------------------------------------------------------

    def decide(self, name: str, facts: Facts, as_of: date | None = None, by: Way = "compiled") -> Decision:
        """One decision. `facts` must not change afterwards: what is asked later is worked out from them."""
        if by == "compiled" and not self._upstream[name]:
            state = (
                derived_facts(facts, self.dates.judged(facts, as_of), self._derived[name])
                if self._derived[name]
                else facts
            )
            answer = self.table(name, self.dates.in_force(facts, as_of) if self._days[name] else None).decide(
                state, opens_of(facts)
            )
        else:
            answer = self._take(name, facts, as_of, by)[name].answer
        return Decision(answer, (self, name, facts, as_of, by))

    def shortcut(self, name: str) -> Shortcut:
        """The fastest way to one decision from unchecked Python facts; it gives None where it is no way.

        There is one only for a decision that builds on no other, on nothing derived and on no date.
        """
        if self._days[name] or name not in self._alone:
            return lambda facts: None
        return shortcut(name, self.table(name, None), self, self.fields)

    def decide_all(self, facts: Facts, as_of: date | None = None) -> dict[str, Decision]:
        """Every decision of the rulebook, each after those it builds on."""
        state = derived_facts(facts, self.dates.judged(facts, as_of), self._tested_derivations)
        opens: Opens = dict(opens_of(facts))
        decided = {}
        day = self.dates.in_force(facts, as_of)
        tables = self._on(day)
        afterwards = Afterwards(self, state, opens, day, tables)
        for name, table, builds_on in tables:
            answer = table.decide(state, opens)
            if builds_on and name not in state:
                pass_on(name, answer, self.fields[name].type == "tags", state, opens)
            decided[name] = Decision(answer, (afterwards, name, facts, as_of, "compiled"))
        return decided

    def stand(self, facts: Facts, as_of: date | None, by: Way, before: Stand | None = None) -> Stand:
        """Every decision with what it was taken from, as `decide_all` takes them; those about which nothing has changed are not taken anew.

        `before` is how the same case stood when other facts of it were known.
        """
        state = derived_facts(facts, self.dates.judged(facts, as_of), self._tested_derivations)
        opens: Opens = dict(opens_of(facts))
        tables = self._standing_on(self.dates.in_force(facts, as_of), by)
        answers: dict[str, Answer] = {}
        taken = Stand(answers, state, opens, tables, (self, facts, as_of, by))
        moved: set[str] = set()
        if before is not None:
            ours = self.rulebook.decisions.keys()
            moved = moved_facts(state, opens, before) - ours
            is_stated = not (ours.isdisjoint(facts) and ours.isdisjoint(before.asked[1]))
            if not moved and tables is before.tables and not is_stated:
                return before._replace(asked=taken.asked)
        for name, table in tables.items():
            if before is not None and before.tables[name] is table and moved.isdisjoint(table.facts):
                answer = before.answers[name]
            else:
                answer = table.decide(state, opens)
            answers[name] = answer
            if name in self._built_on:
                if name not in state:
                    pass_on(name, answer, self.fields[name].type == "tags", state, opens)
                if before is not None and has_moved(name, taken, before):
                    moved.add(name)
        return taken

    def _standing_on(self, day: date | None, by: Way) -> Mapping[str, TableInForce]:
        """Every decision in order with its table on a day, in one of the ways to decide."""
        found = self._by_day_and_way.get((day, by))
        if found is None:
            if len(self._by_day_and_way) >= MOST_DAYS:
                self._by_day_and_way.clear()
            found = self._by_day_and_way[day, by] = {name: self.way(name, day, by) for name in self.rulebook.order}
        return found

    def way(self, name: str, day: date | None, by: str) -> TableInForce:
        """A decision's table on a day, in one of the ways to decide."""
        if by == "compiled":
            return self.table(name, day)
        key = (name, span_of(self._days[name], day), by)
        found = self._ways.get(key)
        if found is None:
            if by == "durable":
                assert self._durable is not None, "this chain was made without durable-rules"
                found = self._durable(self.table(name, day))
            else:
                found = MeantTable(self._as_declared(name, day), self.fields)
            self._ways[key] = found
        return found

    def derive(self, facts: Facts, as_of: date | None) -> Facts:
        """The facts with those that follow from them."""
        return derived_facts(facts, self.dates.judged(facts, as_of), self._derivations)

    def _on(self, day: date | None) -> tuple[tuple[str, CompiledTable, bool], ...]:
        """The decisions in order, each with its table on a day and whether another one builds on it."""
        found = self._by_day.get(day)
        if found is None:
            if len(self._by_day) >= MOST_DAYS:
                self._by_day.clear()
            found = self._by_day[day] = tuple(
                (name, self.table(name, day), name in self._built_on) for name in self.rulebook.order
            )
        return found

    def _take(self, name: str, facts: Facts, as_of: date | None, by: str) -> dict[str, Taken]:
        """A decision and those before it that are not stated, each with the state in which it was taken."""
        day = self.dates.in_force(facts, as_of)
        state = derived_facts(facts, self.dates.judged(facts, as_of), self._derived[name])
        opens: Opens = dict(opens_of(facts))
        taken: dict[str, Taken] = {}
        for earlier in self._upstream[name]:
            if earlier not in facts:
                answer = self.way(earlier, day, by).decide(state, opens)
                taken[earlier] = Taken(answer, dict(state), dict(opens))
                pass_on(earlier, answer, self.fields[earlier].type == "tags", state, opens)
        taken[name] = Taken(self.way(name, day, by).decide(state, opens), state, opens)
        return taken

    def taken(self, facts: Facts, as_of: date | None = None) -> dict[str, Taken]:
        """Every decision as it was taken, each with what was known when all had been."""
        stand = self.stand(facts, as_of, "compiled")
        return {name: Taken(d.answer, stand.state, stand.opens) for name, d in stand.decisions.items()}

    def retaken(
        self, taken: Mapping[str, Taken], facts: Facts, as_of: date | None, changed: Mapping[str, Answer]
    ) -> dict[str, Answer]:
        """The answers that differ once some decisions have come out otherwise: those, and what builds on them."""
        answers = {name: answer for name, answer in changed.items() if answer != taken[name].answer}
        for name, table, _ in self._on(self.dates.in_force(facts, as_of)):
            moved = [before for before in self._upstream[name] if before in answers and before not in facts]
            if not moved or name in changed:
                continue
            state, opens = dict(taken[name].state), dict(taken[name].opens)
            for before in moved:
                state.pop(before, None)
                opens.pop(before, None)
                pass_on(before, answers[before], self.fields[before].type == "tags", state, opens)
            answer = table.decide(state, opens)
            if answer != taken[name].answer:
                answers[name] = answer
        return answers

    # --- what a Decision asks afterwards ---------------------------------------------------------------

    def needs(self, decision: str, facts: Facts, as_of: date | None, by: str) -> tuple[Need, ...]:
        """The questions worth asking: what the result hangs on, but for signals, which nobody can state."""
        return self.questions(self.hanging(decision, facts, as_of, by))

    def questions(self, facts: tuple[str, ...]) -> tuple[Need, ...]:
        """The questions that ask for some facts; nobody is asked for signals."""
        return tuple([need for fact in facts if (need := self._needs[fact]) is not None])

    def hanging(self, decision: str, facts: Facts, as_of: date | None, by: str = "compiled") -> tuple[str, ...]:
        """The unknown facts on which a result hangs; an earlier outcome is replaced by what that one hangs on."""
        day = self.dates.in_force(facts, as_of)
        taken = self._take(decision, facts, as_of, by)
        wants: dict[str, None] = {}

        def ask(name: str) -> None:
            for fact in self._hanging(name, taken[name], day, by):
                if fact in taken:
                    ask(fact)
                else:
                    wants[self.asked_for(fact, facts, as_of)] = None

        ask(decision)
        return tuple(wants)

    def asked_for(self, fact: str, facts: Facts, as_of: date | None) -> str:
        """What to ask to learn a fact: what a comparison of days lacks, if nobody would be asked for its result."""
        derived = self.fields[fact].derived
        if derived is None or derived.day is None:
            return fact
        return what_is_wanting(
            self.fields[fact], self.dates, derived.day in facts, bool(self.dates.judged(facts, as_of))
        )

    def _hanging(self, name: str, taken: Taken, day: date | None, by: str) -> list[str]:
        if by == "meaning":
            table = self._as_declared(name, day)
            return [fact for fact, _ in meaning.needs(meaning.complete(table, self.fields, taken.state, taken.opens))]
        return [fact for fact, _ in self.table(name, day).needs(taken.state, taken.opens)]

    def trace(self, decision: str, facts: Facts, as_of: date | None, deciding: str | None) -> Trace:
        """Each rule's verdict; `deciding` is the rule that gave the outcome."""
        state, opens = facts, opens_of(facts)
        if decision not in self._alone:
            _, state, opens = self._take(decision, facts, as_of, "compiled")[decision]
        day = self.dates.in_force(facts, as_of) if self._days[decision] else None
        return self.trace_of(decision, state, opens, day, deciding)

    def trace_of(self, decision: str, state: Facts, opens: Opens, day: date | None, deciding: str | None) -> Trace:
        """Each rule's verdict on what was known when a decision was taken, with the rules of a day."""
        key = (decision, span_of(self._days[decision], day))
        tracer = self._tracers.get(key)
        if tracer is None:
            tracer = self._tracers[key] = Tracer(self.in_force(decision, day), self.fields)
        return Trace(tracer, tracer.order, state, opens, deciding)

    def holding(self, decision: str, rules: tuple[str, ...], facts: Facts, as_of: date | None) -> frozenset[str]:
        """Those of some rules that hold whatever is unknown."""
        trace = self.trace(decision, facts, as_of, None)
        return frozenset(rule for rule in rules if trace.of(rule).verdict == "holds")

    def flips(self, decision: str, facts: Facts, as_of: date | None) -> list[Flip]:
        return flipping.flips(self, decision, facts, as_of)

    def grounds(self, decision: str, rule: str | None) -> tuple[Text | None, Basis | None]:
        """The reason and basis of a rule; of `otherwise` for None."""
        table = self.rulebook.decisions[decision]
        said = table.otherwise if rule is None else next(r for r in table.rules if r.id == rule)
        return (None, None) if said is None else (said.because, said.basis)

    def given(self, decision: str) -> TableGives:
        """What comes with the outcomes of a decision."""
        table = self.rulebook.decisions[decision]
        return TableGives(table.given, table.hit == "collect")

    def told(self, decision: Decision) -> Text | None:
        """A decision in words, where somebody words decisions."""
        return None if self._say is None else self._say(self.rulebook.decisions[decision.decision], decision)

    def upstream(self, decision: str) -> tuple[str, ...]:
        """The decisions that one builds on, each after those it builds on itself."""
        return self._upstream[decision]

    def spans(self, decision: str) -> list[date | None]:
        """A day in each span of time between which something of a decision changes; None for the last one."""
        days = self._days[decision]
        return [None, *(day - timedelta(days=1) for day in reversed(days) if day > date.min)]

    def day_of(self, facts: Facts) -> date | None:
        """The day that a case itself gives."""
        return self.dates.in_force(facts, None)

    def span(self, decision: str, day: date | None) -> int:
        """The number of the span of time in which a day lies, for one decision."""
        return span_of(self._days[decision], day)

    def rule_in_force(self, decision: str, rule: Rule, day: date | None) -> Rule | None:
        """A rule, or one that might stand in its place, as it would stand on a day; None where it is not in force."""
        days = self._days[decision]
        return rule_in_force(rule, span_of(days, day), days)

    def turning_days(self, decision: str) -> tuple[date, ...]:
        """The days on which something of a decision, or of one before it, changes."""
        return tuple(sorted({day for name in (*self._upstream[decision], decision) for day in self._days[name]}))

    def tested(self, decision: str, day: date | None) -> dict[str, list[Test]]:
        """For each fact that a decision or one before it tests on a day: the tests of its value."""
        asked: dict[str, dict[Test, None]] = {}
        for name in (*self._upstream[decision], decision):
            for fact, tests in meaning.value_tests(self.in_force(name, day)).items():
                asked.setdefault(fact, {}).update(dict.fromkeys(tests))
        return {fact: list(tests) for fact, tests in asked.items()}


def what_is_wanting(field: Field, dates: Dates, has_day: bool, is_judged: bool) -> str:
    """What to ask where a fact that follows from days is unknown, by what is known of these.

    With the day itself, the day of judging is wanting. Without it a person may know the answer none the less;
    where the vocabulary puts no question for it, the day is asked for.
    """
    assert field.derived is not None, "only derived facts follow from days"
    day = field.derived.day
    if has_day:
        return field.name if is_judged or dates.assessed is None else dates.assessed
    return field.name if day is None or field.derived.days_since is None or field.ask is not None else day


def _hand_over(key: tuple[str, int], theirs: Mapping[tuple[str, int], T], mine: dict[tuple[str, int], T]) -> None:
    if key in theirs:
        mine[key] = theirs[key]
