"""A compiled decision table: one case decided by a lookup and an AND a fact."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from itertools import product
from types import MappingProxyType
from typing import Any

from reformkit.deciding import walk
from reformkit.deciding.cells import Variable
from reformkit.deciding.masks import Masks
from reformkit.deciding.meaning import Open, Opens, signature, value_tests
from reformkit.deciding.walk import CLASH, NONE, Walk
from reformkit.model.condition import Test
from reformkit.model.decision import CONFLICT, UNCOVERED, Answer, Decider, Decision, Settlement, Status
from reformkit.model.vocabulary import Facts, Field, Value

MOST_REMEMBERED = 50_000
"""Results kept by what is alive and unknown; past it the memory starts afresh."""

_MOST_TAG_CLASSES = 1 << 10


class Lookup(dict[Value, int]):
    """The boxes that accept each value of one fact, worked out when a value is first met."""

    def __init__(self, find: Callable[[Value], int]) -> None:
        super().__init__()
        self._find = find

    def __missing__(self, value: Value) -> int:
        if len(self) >= MOST_REMEMBERED:
            self.clear()
        mask = self[value] = self._find(value)
        return mask


class Table:
    """One decision table in force in one span of time, compiled."""

    def __init__(self, masks: Masks) -> None:
        self.masks = masks
        self.table = masks.table
        self.hit = masks.table.hit
        self.outcomes = tuple(masks.table.outcomes)
        self.rules = tuple(rule.id for rule in masks.table.rules)
        self._by_fact: dict[str, list[int]] = {}
        for i, variable in enumerate(masks.variables):
            self._by_fact.setdefault(variable.fact, []).append(i)
        self._lookups = {fact: Lookup(self._finder(numbers)) for fact, numbers in self._by_fact.items()}
        self._when_unknown = {fact: self._unknown_mask(numbers) for fact, numbers in self._by_fact.items()}
        self._facts = tuple(self._lookups.items())
        self._remembered: dict[tuple[int, tuple[str, ...]], Answer] = {}
        self._plain = self._plain_answers()
        self._by_outcome = self._walk_by_outcome()
        self._by_rule = Walk("first", masks.rule_of, masks.of_rule)
        self._quick: Callable[[Facts], Answer] = self._generate()

    # --- the boxes alive -------------------------------------------------------------------------------

    def _finder(self, numbers: list[int]) -> Callable[[Value], int]:
        masks = self.masks

        def find(value: Value) -> int:
            alive = masks.every
            for i in numbers:
                variable = masks.variables[i]
                alive &= masks.masks[i][1 if variable.aspect == "known" else variable.cell_of(value)]
            return alive

        return find

    def _unknown_mask(self, numbers: list[int]) -> int:
        """The boxes that do not need the fact to be known."""
        alive = self.masks.every
        for i in numbers:
            if self.masks.variables[i].aspect == "known":
                alive &= self.masks.masks[i][0]
        return alive

    def alive(self, facts: Facts, opens: Opens) -> tuple[int, tuple[str, ...]]:
        """The boxes that may hold, and the unknown facts that some of them test."""
        alive = self.masks.every
        unknown = []
        for fact, lookup in self._facts:
            value = facts.get(fact)
            if value is None:
                unknown.append(fact)
                alive &= self._when_unknown[fact]
            else:
                alive &= lookup[value]
        for fact in unknown:
            if fact in opens:
                for masks, _ in self._variables(fact, opens):
                    alive &= _union(masks)
        return alive, tuple(unknown)

    def _variables(self, fact: str, opens: Opens) -> Iterator[tuple[tuple[int, ...], int]]:
        """The variables of an unknown fact, with the masks of the cells that are still possible."""
        for i in self._by_fact[fact]:
            variable = self.masks.variables[i]
            if variable.aspect != "known":
                row = self.masks.masks[i]
                cells = _possible_cells(variable, opens.get(fact))
                yield (row if cells is None else tuple(row[c] for c in cells)), self.masks.free[i]

    def _unknown(self, unknown: tuple[str, ...], opens: Opens) -> list[tuple[tuple[int, ...], int]]:
        return [pair for fact in unknown for pair in self._variables(fact, opens)]

    # --- the answer ------------------------------------------------------------------------------------

    def decide(self, facts: Facts, opens: Opens = MappingProxyType({})) -> Answer:  # type: ignore[assignment]
        """What checked facts come to; those that are not there are unknown, those in `opens` partly known."""
        try:
            return self._quick(facts)
        except KeyError:  # something is unknown
            return self._with_unknown(facts, opens)

    def _with_unknown(self, facts: Facts, opens: Opens) -> Answer:
        alive, unknown = self.alive(facts, opens)
        if any(fact in opens for fact in unknown):
            return self._weigh(alive, unknown, opens)
        key = (alive, unknown)
        found = self._remembered.get(key)
        if found is None:
            if len(self._remembered) >= MOST_REMEMBERED:
                self._remembered.clear()
            found = self._remembered[key] = self._weigh(alive, unknown, opens)
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
            return Answer("decided", None, self.table.place, Settlement((), (), None, ()))
        if otherwise is None:
            return Answer("uncovered", None, self.table.place, Settlement((), (UNCOVERED,), None, ()))
        then = (otherwise.then,)
        return Answer("decided", otherwise.then, otherwise.place, Settlement(then, then, None, ()))

    def _settle(self, alive: int) -> Answer:
        """The answer when every fact is known: the boxes alive are those that hold."""
        if self.hit == "first" or not alive & (alive - 1):
            if self.hit != "collect":
                return self._plain[alive.bit_length()]
        key = (alive, ())
        found = self._remembered.get(key)
        if found is None:
            found = self._remembered[key] = self._several(alive)
        return found

    def _several(self, alive: int) -> Answer:
        rules = self._rules_of(alive)
        outcomes = tuple(o for i, o in enumerate(self.outcomes) if alive & self.masks.of_outcome[i])
        if self.hit == "collect":
            return Answer("decided", None, self.table.place, Settlement(outcomes, outcomes, None, rules))
        if len(rules if self.hit == "unique" else outcomes) > 1:
            return Answer("conflict", None, self.table.place, Settlement((), (CONFLICT,), None, rules))
        place = self._plain[alive.bit_length()].place
        return Answer("decided", outcomes[0], place, Settlement(outcomes, outcomes, rules[0], rules))

    def _rules_of(self, alive: int) -> tuple[str, ...]:
        return tuple(rule for i, rule in enumerate(self.rules) if alive & self.masks.of_rule[i])

    # --- unknown facts ---------------------------------------------------------------------------------

    def _weigh(self, alive: int, unknown: tuple[str, ...], opens: Opens) -> Answer:
        """The answer with unknown facts: by the two masks where they settle it, else by the walk."""
        variables = self._unknown(unknown, opens)
        if self.hit == "collect":
            return self._weigh_collect(alive, variables)
        sure = alive
        for _, free in variables:
            sure &= free
        alive, settled = self._by_outcome.shrink(alive, sure)
        if settled is None:
            results, exhausted = self._by_outcome.results(alive, variables)
        else:
            results, exhausted = {settled}, False
        rule, rules = self._giving(alive, variables)
        reserved = [CONFLICT] * (CLASH in results) + [UNCOVERED] * (NONE in results)
        seen = (*(o for i, o in enumerate(self.outcomes) if i in results), *reserved)
        if len(seen) > 1 or exhausted:
            settlement = Settlement((), seen, None, rules, exhausted)
            return Answer("undetermined", None, self.table.place, settlement)
        if not rules:
            return self._plain[0]
        if reserved:
            return Answer("conflict", None, self.table.place, Settlement((), (CONFLICT,), None, rules))
        place = self.table.place if rule is None else self.table.rules[self.rules.index(rule)].place
        return Answer("decided", seen[0], place, Settlement(seen, seen, rule, rules))

    def _weigh_collect(self, alive: int, variables: list[tuple[tuple[int, ...], int]]) -> Answer:
        sure, possible, exhausted = [], [], False
        for number, boxes in enumerate(self.masks.of_outcome):
            if alive & boxes:
                possible.append(self.outcomes[number])
                verdict = walk.covered(alive & boxes, variables)
                exhausted |= verdict is None
                if verdict:
                    sure.append(self.outcomes[number])
        settlement = Settlement(tuple(sure), tuple(possible), None, self._rules_of(alive), exhausted)
        status: Status = "decided" if sure == possible else "undetermined"
        return Answer(status, None, self.table.place, settlement)

    def _giving(self, alive: int, variables: list[tuple[tuple[int, ...], int]]) -> tuple[str | None, tuple[str, ...]]:
        """The rule that gives the result in every completion, if one does, and all that do in some."""
        results, exhausted = self._by_rule.results(alive, variables)
        only = next(iter(results)) if len(results) == 1 and not exhausted else NONE
        rule = self.rules[only] if only >= 0 else None
        if self.hit == "first":
            return rule, tuple(self.rules[i] for i in sorted(results) if i >= 0)
        return rule, self._rules_of(alive)  # a box alive holds in some completion

    def _walk_by_outcome(self) -> Walk:
        m, otherwise = self.masks, self.table.otherwise
        none = NONE if otherwise is None else self.outcomes.index(otherwise.then)
        if self.hit == "unique":
            return Walk("unique", m.outcome_of, m.of_outcome, m.rule_of, m.of_rule, none)
        policy: walk.Policy = "any" if self.hit == "any" else "first"
        return Walk(policy, m.outcome_of, m.of_outcome, m.outcome_of, m.of_outcome, none)

    # --- needs -----------------------------------------------------------------------------------------

    def needs(self, facts: Facts, opens: Opens) -> list[tuple[str, float]]:
        """The unknown facts on which the result hangs, each with the mean number of results that stay
        possible once it is known; fewest first.

        A set of more than 10 tested tags is averaged tag by tag, not set by set.
        """
        alive, unknown = self.alive(facts, opens)
        hanging = [fact for fact in unknown if self._matters(fact, alive, unknown, opens)]
        if len(hanging) < 2:
            return [(fact, 0.0) for fact in hanging]
        means = [(fact, self._mean_results(fact, alive, unknown, opens)) for fact in hanging]
        return sorted(means, key=lambda pair: pair[1])

    def _matters(self, fact: str, alive: int, unknown: tuple[str, ...], opens: Opens) -> bool:
        others = self._unknown(tuple(f for f in unknown if f != fact), opens)
        own = list(self._variables(fact, opens))
        for i, (masks, _) in enumerate(own):
            rest = others + own[:i] + own[i + 1 :]
            if self.hit == "collect":
                for boxes in self.masks.of_outcome:
                    starts = {alive & boxes & mask for mask in masks}
                    if len(starts) > 1 and _PRESENCE.matters(list(starts), _for_presence(rest, boxes)):
                        return True
            else:
                starts = {alive & mask for mask in masks}
                if len(starts) > 1 and self._by_outcome.matters(list(starts), rest):
                    return True
        return False

    def _mean_results(self, fact: str, alive: int, unknown: tuple[str, ...], opens: Opens) -> float:
        others = self._unknown(tuple(f for f in unknown if f != fact), opens)
        own = list(self._variables(fact, opens))
        starts = self._class_masks(fact, opens)
        if starts is not None:
            counts = [self._count(alive & mask, others) for mask in starts]
        else:  # too many sets of tags: the mean over the two cells of each tag
            counts = [
                self._count(alive & mask, others + own[:i] + own[i + 1 :])
                for i, (masks, _) in enumerate(own)
                for mask in masks
            ]
        return sum(counts) / len(counts)

    def _class_masks(self, fact: str, opens: Opens) -> list[int] | None:
        """For each class of values that no test tells apart, the boxes that accept it; None: too many."""
        own = list(self._variables(fact, opens))
        numbers = [i for i in self._by_fact[fact] if self.masks.variables[i].aspect != "known"]
        if self.masks.variables[numbers[0]].aspect == "value":
            return list(own[0][0])
        if len(own) > 10:
            return None
        asked: list[Test] = value_tests(self.table)[fact]
        open_ = opens.get(fact, _NOTHING_KNOWN)
        found: dict[tuple[bool, ...], int] = {}
        choices = []
        for i in numbers:
            tag = str(self.masks.variables[i].tag)
            cells = _possible_cells(self.masks.variables[i], opens.get(fact)) or (0, 1)
            choices.append([(tag, cell, self.masks.masks[i][cell]) for cell in cells])
        for picked in product(*choices):
            tags = open_.sure | {tag for tag, cell, _ in picked if cell}
            mask = self.masks.every
            for _, _, boxes in picked:
                mask &= boxes
            found.setdefault(signature(asked, tags), mask)
        return list(found.values())

    def _count(self, alive: int, unknown: list[tuple[tuple[int, ...], int]]) -> int:
        if self.hit == "collect":
            return max(1, len(walk.sets(alive, unknown, self.masks.of_outcome)[0]))
        return len(self._by_outcome.results(alive, unknown)[0])

    # --- generated code --------------------------------------------------------------------------------

    def _generate(self) -> Callable[[Facts], Answer]:
        """One lookup and one AND a fact, written for this table; KeyError for an unknown fact."""
        scope: dict[str, Any] = {"settle": self._settle, "plain": self._plain, "every": self.masks.every}
        terms = []
        for i, (fact, lookup) in enumerate(self._facts):
            scope[f"_{i}"] = lookup
            terms.append(f"_{i}[facts[{fact!r}]]")
        exec(f"def quick(facts):\n    return {self._settled_source(terms)}\n", scope)  # quoted fact names only
        quick: Callable[[Facts], Answer] = scope["quick"]
        return quick

    def _settled_source(self, terms: list[str]) -> str:
        alive = " & ".join(terms) or "every"
        return f"plain[({alive}).bit_length()]" if self.hit == "first" else f"settle({alive})"

    def shortcut(self, name: str, decider: Decider, fields: Mapping[str, Field]) -> Callable[[Facts], Decision | None]:
        """A decision straight from a dict of Python facts that nobody has checked.

        It answers where the facts are just the tested ones, all known and plainly right; otherwise None.
        """
        scope: dict[str, Any] = {"settle": self._settle, "plain": self._plain, "every": self.masks.every}
        learn = _Learner(self._lookups, fields)
        scope |= {"Decision": Decision, "decider": decider, "none": {}, "learn": learn}
        terms = []
        for i, (fact, lookup) in enumerate(self._facts):
            # Exact dicts, and exact types where Python takes one value for another (True is 1, 1.0 is 1).
            scope[f"_{i}"] = known = (
                {value: lookup[value] for value in fields[fact].values} if fields[fact].type == "choice" else {}
            )
            learn.known[fact] = known
            value = f"facts[{fact!r}]"
            match fields[fact].type:
                case "flag":
                    scope[f"_{i}t"], scope[f"_{i}f"] = lookup[True], lookup[False]
                    terms.append(f"(_{i}t if (v := {value}) is True else _{i}f if v is False else none[v])")
                case "count":
                    terms.append(f"(_{i}[v] if type(v := {value}) is int else none[v])")
                case _:
                    terms.append(f"_{i}[{value}]")
        source = (
            "def shortcut(facts):\n"
            f"    if len(facts) != {len(terms)}: return None\n"
            "    try:\n"
            f"        answer = {self._settled_source(terms)}\n"
            "    except (KeyError, TypeError):\n"
            "        if not learn(facts): return None\n"
            "        return shortcut(facts)\n"
            f"    return Decision({name!r}, answer, decider, facts.copy(), None)\n"
        )
        exec(source, scope)
        shortcut: Callable[[Facts], Decision | None] = scope["shortcut"]
        return shortcut


class _Learner:
    """Enters counts and dates that a shortcut has not met; says whether it learned anything."""

    def __init__(self, lookups: Mapping[str, Lookup], fields: Mapping[str, Field]) -> None:
        self._lookups = lookups
        self._fields = fields
        self.known: dict[str, dict[Any, int]] = {}

    def __call__(self, facts: Mapping[str, Any]) -> bool:
        learned = False
        for fact, known in self.known.items():
            field, value = self._fields[fact], facts.get(fact)
            if type(value) is not {"count": int, "date": date}.get(field.type) or value in known:
                continue
            if field.lowest <= value and (field.highest is None or value <= field.highest):
                if len(known) >= MOST_REMEMBERED:
                    known.clear()
                known[value] = self._lookups[fact][value]
                learned = True
        return learned


_NOTHING_KNOWN = Open(frozenset(), frozenset())


class _Presence(Walk):
    """Whether any box of one outcome holds: the two results of `collect`, outcome by outcome."""

    def __init__(self) -> None:
        super().__init__("first", (), ())

    def shrink(self, alive: int, sure: int) -> tuple[int, int | None]:
        if not alive:
            return 0, NONE
        return (sure, 0) if sure else (alive, None)


_PRESENCE = _Presence()


def _for_presence(unknown: list[tuple[tuple[int, ...], int]], boxes: int) -> list[tuple[tuple[int, ...], int]]:
    """The unknown variables as the boxes of one outcome see them."""
    return [(masks, free) for masks, free in unknown if boxes & ~free]


def _possible_cells(variable: Variable, open_: Open | None) -> tuple[int, ...] | None:
    """The cells that a partly known fact may still be in; None is all of them."""
    if open_ is None:
        return None
    if variable.aspect == "tag":
        if variable.tag in open_.sure:
            return (1,)
        return (0, 1) if variable.tag in open_.possible else (0,)
    return tuple(sorted({variable.cell_of(value) for value in open_.possible}))


def _union(masks: tuple[int, ...]) -> int:
    union = 0
    for mask in masks:
        union |= mask
    return union
