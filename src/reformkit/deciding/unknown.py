"""What unknown facts leave possible: the two masks where they settle it, the exact walk where they do not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import product

from reformkit.deciding import walk
from reformkit.deciding.cells import Variable
from reformkit.deciding.cover import covered
from reformkit.deciding.masks import Masks
from reformkit.deciding.meaning import Open, Opens, signature, value_tests
from reformkit.deciding.presence import GIVEN, PRESENCE, for_presence, walks_of_otherwise
from reformkit.deciding.walk import CLASH, NONE, Walk
from reformkit.model.decision import CONFLICT, UNCOVERED, Answer, Settlement, Status

MOST_TAGS = 10
"""Up to so many tested tags of an unknown fact, every set of them is tried when needs are put in order."""

MOST_STATES = 1_000
"""States for each of the many walks that put needs in order: the order may be rougher, never long in coming."""

Cells = list[tuple[tuple[int, ...], int]]
"""For each unknown variable: the masks of its possible cells, and the boxes that accept all of them."""


def rules_of(masks: Masks, alive: int) -> tuple[str, ...]:
    """The rules with a box alive, in order."""
    if alive.bit_count() * 4 > len(masks.of_rule):
        return tuple(rule.id for rule, boxes in zip(masks.table.rules, masks.of_rule, strict=True) if alive & boxes)
    numbers = set()
    while alive:
        numbers.add(masks.rule_of[alive.bit_length() - 1])
        alive &= ~(1 << alive.bit_length() - 1)
    return tuple(masks.table.rules[number].id for number in sorted(numbers))


class Unknown:
    """What unknown facts leave possible in one compiled table.

    `numbers` are the variables of each fact; `plain` the answers of single boxes, at 0 that of none.
    """

    def __init__(self, masks: Masks, numbers: Mapping[str, list[int]], plain: list[Answer]) -> None:
        self.masks = masks
        self.table = masks.table
        self.hit = masks.table.hit
        self.outcomes = tuple(masks.table.outcomes)
        self._numbers = numbers
        self._plain = plain
        self._by_outcome = self._walk_by_outcome()
        self._by_rule = Walk("first", masks.rule_of, masks.of_rule)
        self._otherwise = walks_of_otherwise(masks)
        self._asked = value_tests(masks.table)

    def _variables(self, fact: str, opens: Opens) -> Iterator[tuple[tuple[int, ...], int]]:
        """The variables of an unknown fact, with the masks of the cells that are still possible."""
        for i in self._numbers[fact]:
            variable = self.masks.variables[i]
            if variable.aspect != "known":
                row, cells = self.masks.masks[i], _possible_cells(variable, opens.get(fact))
                if cells is None:
                    yield row, self.masks.free[i]
                else:  # a box that accepts all that is left of the fact does not hang on it
                    left = tuple(row[c] for c in cells)
                    yield left, _common(left, self.masks.every)

    def cells(self, unknown: tuple[str, ...], opens: Opens) -> Cells:
        """The variables of the unknown facts."""
        return [pair for fact in unknown for pair in self._variables(fact, opens)]

    def restrict(self, alive: int, unknown: tuple[str, ...], opens: Opens) -> int:
        """The boxes alive that accept some value which a partly known fact may still have."""
        for fact in unknown:
            if fact in opens:
                for masks, _ in self._variables(fact, opens):
                    alive &= _union(masks)
        return alive

    # --- the answer ------------------------------------------------------------------------------------

    def answer(self, alive: int, unknown: tuple[str, ...], opens: Opens) -> Answer:
        """The answer with unknown facts: by the two masks where they settle it, else by the walk."""
        variables = self.cells(unknown, opens)
        alive = self.restrict(alive, unknown, opens)
        if self.hit == "collect":
            return self._answer_collect(alive, variables)
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
        place = self.table.place if rule is None else next(r.place for r in self.table.rules if r.id == rule)
        return Answer("decided", seen[0], place, Settlement(seen, seen, rule, rules))

    def agreed(self, alive: int, variables: Cells) -> tuple[Status, str | None, str | None]:
        """Status, outcome and rule of `answer` and nothing else (not for `collect`): the walks end at two results.

        `variables` are those of the unknown facts (`cells`); the boxes alive accept what is partly known.
        """
        sure = alive
        for _, free in variables:
            sure &= free
        alive, settled = self._by_outcome.shrink(alive, sure)
        result = settled
        if result is None:
            results, exhausted = self._by_outcome.results(alive, variables, enough=2)
            if len(results) > 1 or exhausted:
                return "undetermined", None, None
            result = results.pop()
        if result < 0:
            return ("conflict" if result == CLASH else "uncovered"), None, None
        top = alive.bit_length() - 1
        if top >= 0 and not sure >> top and alive & self.masks.of_rule[self.masks.rule_of[top]] == 1 << top:
            return "decided", self.outcomes[result], None  # the first rule that may hold has one box, and it may fail
        rules, exhausted = self._by_rule.results(alive, variables, enough=2)
        only = next(iter(rules)) if len(rules) == 1 and not exhausted else NONE
        return "decided", self.outcomes[result], self.table.rules[only].id if only >= 0 else None

    def collected(self, alive: int, variables: Cells) -> tuple[tuple[str, ...], tuple[str, ...], bool]:
        """Under `collect` the outcomes that are sure, those that are possible, and whether the budget ran out."""
        sure, possible, exhausted = [], [], False
        worst, left = walk.worst(alive, variables)
        for number, boxes in enumerate(self.masks.of_outcome):
            if number in self._otherwise:
                results, open_ = self._otherwise[number].results(alive, variables, enough=2)
                exhausted |= open_
                if GIVEN in results:
                    possible.append(self.outcomes[number])
                if NONE not in results:
                    sure.append(self.outcomes[number])
            elif alive & boxes:
                possible.append(self.outcomes[number])
                verdict = covered(worst & boxes, left)
                exhausted |= verdict is None
                if verdict:
                    sure.append(self.outcomes[number])
        return tuple(sure), tuple(possible), exhausted

    def _answer_collect(self, alive: int, variables: Cells) -> Answer:
        if not alive:
            return self._plain[0]
        sure, possible, exhausted = self.collected(alive, variables)
        settlement = Settlement(sure, possible, None, rules_of(self.masks, alive), exhausted)
        status: Status = "decided" if sure == possible else "undetermined"
        return Answer(status, None, self.table.place, settlement)

    def _giving(self, alive: int, variables: Cells) -> tuple[str | None, tuple[str, ...]]:
        """The rule that gives the result in every completion, if one does, and all that do in some."""
        results, exhausted = self._by_rule.results(alive, variables)
        only = next(iter(results)) if len(results) == 1 and not exhausted else NONE
        rule = self.table.rules[only].id if only >= 0 else None
        if self.hit == "first":
            return rule, tuple(self.table.rules[i].id for i in sorted(results) if i >= 0)
        return rule, rules_of(self.masks, alive)  # a box alive holds in some completion

    def _walk_by_outcome(self) -> Walk:
        m, otherwise = self.masks, self.table.otherwise
        none = NONE if otherwise is None or self.hit == "collect" else self.outcomes.index(otherwise.then)
        if self.hit == "unique":
            return Walk("unique", m.outcome_of, m.of_outcome, m.rule_of, m.of_rule, none)
        policy: walk.Policy = "any" if self.hit == "any" else "first"
        return Walk(policy, m.outcome_of, m.of_outcome, m.outcome_of, m.of_outcome, none)

    # --- needs -----------------------------------------------------------------------------------------

    def needs(self, alive: int, unknown: tuple[str, ...], opens: Opens) -> list[tuple[str, float]]:
        """The unknown facts on which the result hangs, each with the mean number of results that stay
        possible once it is known; fewest first.

        A set of more than ten tested tags is averaged tag by tag, not set by set.
        """
        alive = self.restrict(alive, unknown, opens)
        hanging = [fact for fact in unknown if self._matters(fact, alive, unknown, opens)]
        if len(hanging) < 2:
            return [(fact, 0.0) for fact in hanging]
        means = [(fact, self._mean_results(fact, alive, unknown, opens)) for fact in hanging]
        return sorted(means, key=lambda pair: pair[1])

    def _matters(self, fact: str, alive: int, unknown: tuple[str, ...], opens: Opens) -> bool:
        others = self.cells(tuple(f for f in unknown if f != fact), opens)
        own = list(self._variables(fact, opens))
        for i, (masks, _) in enumerate(own):
            rest = others + own[:i] + own[i + 1 :]
            if self.hit == "collect":
                whole = list({alive & mask for mask in masks})
                if len(whole) > 1 and any(w.matters(whole, rest, 10 * MOST_STATES) for w in self._otherwise.values()):
                    return True
                for number, boxes in enumerate(self.masks.of_outcome):
                    if number in self._otherwise:
                        continue
                    starts = {alive & boxes & mask for mask in masks}
                    if len(starts) > 1 and PRESENCE.matters(list(starts), for_presence(rest, boxes), 10 * MOST_STATES):
                        return True
            else:
                starts = {alive & mask for mask in masks}
                if len(starts) > 1 and self._by_outcome.matters(list(starts), rest, 10 * MOST_STATES):
                    return True
        return False

    def _mean_results(self, fact: str, alive: int, unknown: tuple[str, ...], opens: Opens) -> float:
        others = self.cells(tuple(f for f in unknown if f != fact), opens)
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
        numbers = [i for i in self._numbers[fact] if self.masks.variables[i].aspect != "known"]
        if self.masks.variables[numbers[0]].aspect == "value":
            return list(own[0][0])
        if len(own) > MOST_TAGS:
            return None
        asked = self._asked[fact]
        open_ = opens.get(fact, _NOTHING_KNOWN)
        by_signature: dict[tuple[bool, ...], int] = {}
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
            by_signature.setdefault(signature(asked, tags), mask)
        return list(by_signature.values())

    def _count(self, alive: int, unknown: Cells) -> int:
        """How many results stay possible; past the budget, and past ten tested variables, a rough number."""
        if self.hit != "collect":
            return len(self._by_outcome.results(alive, unknown, MOST_STATES)[0])
        tested = [free for _, free in unknown if alive & ~free]
        if len(tested) > MOST_TAGS:  # too many sets to walk: the outcomes that no box gives for sure
            sure = alive
            for free in tested:
                sure &= free
            return 1 + sum(1 for boxes in self.masks.of_outcome if alive & boxes and not sure & boxes)
        sets, exhausted = walk.sets(alive, unknown, self.masks.of_outcome, MOST_STATES)
        if self._otherwise and frozenset() in sets:
            sets = sets - {frozenset()} | {frozenset(self._otherwise)}
        if not exhausted:
            return max(1, len(sets))
        outcomes = [alive & boxes for boxes in self.masks.of_outcome if alive & boxes]
        return 1 + sum(covered(boxes, unknown, MOST_STATES) is not True for boxes in outcomes)


_NOTHING_KNOWN = Open(frozenset(), frozenset())


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


def _common(masks: tuple[int, ...], every: int) -> int:
    for mask in masks:
        every &= mask
    return every
