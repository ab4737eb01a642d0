"""A compiled decision table: one case decided by a lookup and an AND a fact."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from types import MappingProxyType
from typing import Any, TypeVar

from reformkit.deciding.masks import Masks
from reformkit.deciding.meaning import Opens
from reformkit.deciding.unknown import Unknown, rules_of
from reformkit.model.decision import CONFLICT, UNCOVERED, Answer, Settlement, Trace
from reformkit.model.vocabulary import Facts, Value

MOST_REMEMBERED = 50_000
"""Results kept by what is alive and unknown; past it the memory starts afresh."""

T = TypeVar("T")

NOTHING_KNOWN: Opens = MappingProxyType({})  # type: ignore[assignment]


class Lookup(dict[Value | None, T]):
    """Something of each value of one fact (the boxes that accept it), worked out when a value is first met.

    None is one of the values: the fact is unknown.
    """

    def __init__(self, find: Callable[[Value | None], T]) -> None:
        super().__init__()
        self._find = find

    def __missing__(self, value: Value | None) -> T:
        if len(self) >= MOST_REMEMBERED:
            self.clear()
        found = self[value] = self._find(value)
        return found


class CompiledTable:
    """One decision table in force in one span of time, compiled.

    A *state* is the boxes alive with, below them, a bit for each tested fact that is known: one number
    says all that the result hangs on.
    """

    def __init__(self, masks: Masks) -> None:
        self.masks = masks
        self.table = masks.table
        self.hit = masks.table.hit
        self.outcomes = tuple(masks.table.outcomes)
        self.rules = tuple(rule.id for rule in masks.table.rules)
        numbers: dict[str, list[int]] = {}
        for i, variable in enumerate(masks.variables):
            numbers.setdefault(variable.fact, []).append(i)
        self.facts = tuple(numbers)
        """The facts that some box tests, in the order of the vocabulary."""
        self.known = (1 << len(numbers)) - 1
        """A state's bits when every fact is known."""
        self.numbers = numbers
        """The variables of each tested fact."""
        self._shift = len(numbers)
        self._first = self.hit == "first"
        self.lookups = {fact: Lookup(self._finder(own, bit)) for bit, (fact, own) in enumerate(numbers.items())}
        self._remembered: dict[object, Answer] = {}
        self._asked: dict[object, list[tuple[str, float]]] = {}
        self._holding: dict[object, frozenset[str]] = {}
        self._settled: dict[int, Answer] = {}
        self.plain = self._plain_answers()
        self.state = self._generate()
        """What is known of all that it tests, with the boxes that it leaves alive: a number for checked facts."""

    def _finder(self, numbers: list[int], bit: int) -> Callable[[Value | None], int]:
        masks, shift, known = self.masks, len(self.facts), self.known

        def find(value: Value | None) -> int:
            alive = masks.every
            for i in numbers:
                variable = masks.variables[i]
                if variable.aspect == "known":
                    alive &= masks.masks[i][int(value is not None)]
                elif value is not None:
                    alive &= masks.masks[i][variable.cell_of(value)]
            return alive << shift | (known if value is not None else known & ~(1 << bit))

        return find

    def _generate(self) -> Callable[[Facts], int]:
        """The state of checked facts: one lookup and one AND a fact, written for this table."""
        scope: dict[str, Any] = {f"_{i}": lookup for i, lookup in enumerate(self.lookups.values())}
        terms = [f"_{i}[get({fact!r})]" for i, fact in enumerate(self.facts)] or [str(self.masks.every)]
        exec(f"def state(facts):\n    get = facts.get\n    return {' & '.join(terms)}\n", scope)  # quoted names only
        state: Callable[[Facts], int] = scope["state"]
        return state

    # --- the answer ------------------------------------------------------------------------------------

    def decide(self, facts: Facts, opens: Opens = NOTHING_KNOWN) -> Answer:
        """What checked facts come to; those that are not there are unknown, those in `opens` partly known."""
        state = self.state(facts)
        if self._first and state & self.known == self.known:
            return self.plain[(state >> self._shift).bit_length()]
        return self.answer(state, opens)

    def answer(self, state: int, opens: Opens = NOTHING_KNOWN) -> Answer:
        """The answer for a state, with what is partly known of the facts that are unknown in it."""
        key: object = state
        if opens:
            partly = tuple([(fact, opens[fact]) for fact in opens if fact in self.lookups])
            key = (state, partly) if partly else state
        found = self._remembered.get(key)
        if found is None:
            if len(self._remembered) >= MOST_REMEMBERED:
                self._remembered.clear()
            found = self._remembered[key] = self._work_out(state, opens)
        return found

    def _work_out(self, state: int, opens: Opens) -> Answer:
        alive, unknown = self._read(state)
        return self.unknown.answer(alive, unknown, opens) if unknown else self.settle(alive)

    def may_hold(self, facts: Facts, opens: Opens = NOTHING_KNOWN) -> tuple[str, ...]:
        """The rules that may still hold, in order: all others are false whatever is unknown."""
        alive, unknown = self._read(self.state(facts))
        return rules_of(self.masks, self.unknown.restrict(alive, unknown, opens) if opens else alive)

    def needs(self, facts: Facts, opens: Opens = NOTHING_KNOWN) -> list[tuple[str, float]]:
        """The unknown facts on which the result hangs (see `Unknown.needs`)."""
        key = self.key(facts, opens)
        found = self._asked.get(key)
        if found is None:
            if len(self._asked) >= MOST_REMEMBERED:
                self._asked.clear()
            found = self._asked[key] = self.unknown.needs(*self._read(key[0]), opens)
        return found

    def key(self, facts: Facts, opens: Opens = NOTHING_KNOWN) -> tuple[int, object]:
        """What is known of all that the table tests: equal for cases of which it says the same."""
        return self.state(facts), tuple([(fact, opens[fact]) for fact in opens if fact in self.lookups])

    def holding(
        self, rules: tuple[str, ...], facts: Facts, opens: Opens, traced: Callable[[], Trace]
    ) -> frozenset[str]:
        """Those of some rules that hold whatever is unknown, by the case's trace, which is asked for once of cases alike."""
        key = (rules, self.key(facts, opens))
        found = self._holding.get(key)
        if found is None:
            if len(self._holding) >= MOST_REMEMBERED:
                self._holding.clear()
            trace = traced()
            found = self._holding[key] = frozenset([rule for rule in rules if trace.of(rule).verdict == "holds"])
        return found

    @cached_property
    def unknown(self) -> Unknown:
        """What answers where facts are unknown."""
        return Unknown(self.masks, self.numbers, self.plain)

    def _read(self, state: int) -> tuple[int, tuple[str, ...]]:
        unknown = tuple(fact for bit, fact in enumerate(self.facts) if not state >> bit & 1)
        return state >> self._shift, unknown

    def settle(self, alive: int) -> Answer:
        """The answer when the boxes alive are those that hold."""
        if self._first:
            return self.plain[alive.bit_length()]
        found = self._settled.get(alive)
        if found is None:
            if len(self._settled) >= MOST_REMEMBERED:
                self._settled.clear()
            found = self._settled[alive] = self._several(alive)
        return found

    def _plain_answers(self) -> list[Answer]:
        """The answers of single rules, by the bit length of the boxes alive; at 0, when none is."""
        rules = [self._rule_answer(i) for i in range(len(self.rules))]
        return [self._none_answer(), *(rules[rule] for rule in self.masks.rule_of)]

    def _rule_answer(self, number: int) -> Answer:
        rule = self.table.rules[number]
        return Answer("decided", rule.then, rule.place, Settlement((rule.then,), (rule.then,), rule.id, (rule.id,)))

    def _none_answer(self) -> Answer:
        otherwise = self.table.otherwise
        if self.hit == "collect":
            place = self.table.place if otherwise is None else otherwise.place
            given = tuple(o for o in self.outcomes if otherwise is not None and o in otherwise.outcomes)
            return Answer("decided", None, place, Settlement(given, given, None, ()))
        if otherwise is None:
            return Answer("uncovered", None, self.table.place, Settlement((), (UNCOVERED,), None, ()))
        then = (otherwise.then,)
        return Answer("decided", otherwise.then, otherwise.place, Settlement(then, then, None, ()))

    def _several(self, alive: int) -> Answer:
        """The answer of the boxes that hold, under `unique`, `any` and `collect`."""
        if not alive:
            return self.plain[0]
        rules = rules_of(self.masks, alive)
        outcomes = tuple(o for i, o in enumerate(self.outcomes) if alive & self.masks.of_outcome[i])
        if self.hit == "collect":
            return Answer("decided", None, self.table.place, Settlement(outcomes, outcomes, None, rules))
        if len(rules if self.hit == "unique" else outcomes) > 1:
            return Answer("conflict", None, self.table.place, Settlement((), (CONFLICT,), None, rules))
        place = self.plain[alive.bit_length()].place
        return Answer("decided", outcomes[0], place, Settlement(outcomes, outcomes, rules[0], rules))
