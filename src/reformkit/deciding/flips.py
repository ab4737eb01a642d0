"""What would change a decision, or bring it to a wanted result: the smallest changes of the facts that do."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from itertools import combinations, pairwise, product
from typing import TYPE_CHECKING, Any

from reformkit.deciding.meaning import candidates, operands, signature, with_changes
from reformkit.model.condition import Test, tests
from reformkit.model.decision import Decision, Flip
from reformkit.model.rulebook import Rule
from reformkit.model.vocabulary import Facts, Field, Value

if TYPE_CHECKING:
    from reformkit.deciding.chain import Chain

MOST_TRIED = 20_000
MOST_WAYS = 5
"""Ways to a wanted result that are given."""


def flips(chain: Chain, decision: str, facts: Facts, as_of: date | None) -> list[Flip]:
    """Every change of one known fact that gives another result; where there is none, of two.

    Known facts that a person or a signal gives are changed, and derived ones where they are tested; each
    to one value of every class that the tests in force tell apart, a set of tags by one tag. Only results
    that do not hang on what is unknown count. At most 20,000 changes are tried.
    """
    day = chain.dates.in_force(facts, as_of)
    state = chain.derive(facts, as_of)
    now = chain.decide(decision, facts, as_of)
    changes = {
        fact: others
        for fact, asked in chain.tested(decision, day).items()
        if fact in state and (others := list(_others(chain.fields[fact], asked, state[fact])))
    }
    if as_of is None:  # the case's own date says which rules are in force
        for fact in chain.dates.facts:
            if fact in state and (days := _days_around(chain, decision, state[fact])):
                changes[fact] = list(dict.fromkeys([*changes.get(fact, []), *days]))
    order = [fact for fact in chain.fields if fact in changes]
    for count in (1, 2):
        results: list[Flip] = []
        for tried, changed in enumerate(_combined(order, changes, count)):
            if tried >= MOST_TRIED:
                break
            then = chain.decide(decision, with_changes(facts, changed), as_of)
            if then.status != "undetermined" and (then.status, then.outcomes) != (now.status, now.outcomes):
                results.append(Flip(changed, then.status, then.outcome, then.outcomes))
        if results:
            return results
    return []


def towards(
    chain: Chain, decision: str, facts: Facts, as_of: date | None, wanted: Callable[[Decision], bool]
) -> list[Flip]:
    """The smallest changes (of one fact, else two, else three) after which a decision is as wanted; at most five.

    Unlike `flips`, facts that are not stated may be stated too, and a set of tags is also brought in one step
    to what a rule asks of it. At most 20,000 changes are tried; an empty list says that none of them does it.
    """
    day = chain.dates.in_force(facts, as_of)
    state = chain.derive(facts, as_of)
    rules = chain.in_force(decision, day).rules
    changes: dict[str, list[Value]] = {}
    for fact, asked in chain.tested(decision, day).items():
        field = chain.fields[fact]
        if field.source == "decision" and fact not in state:
            continue  # it follows from the facts that its own decision tests
        others = list(_others(field, asked, state.get(fact)))
        if field.type == "tags":
            others += _adjusted(rules, fact, state.get(fact, frozenset()))
        changes[fact] = list(dict.fromkeys(others))
    order = list(changes)
    results: list[Flip] = []
    tried = 0
    for count in (1, 2, 3):
        for changed in _combined(order, changes, count):
            if tried >= MOST_TRIED or len(results) >= MOST_WAYS:
                return results
            tried += 1
            then = chain.decide(decision, with_changes(facts, changed), as_of)
            if wanted(then):
                results.append(Flip(changed, then.status, then.outcome, then.outcomes))
        if results:
            return results
    return []


def _adjusted(rules: tuple[Rule, ...], fact: str, tags: frozenset[str]) -> Iterator[frozenset[str]]:
    """A set of tags changed as little as need be for all that a rule asks of it at once."""
    for rule in rules:
        asked = [test for test in tests(rule.when) if test.fact == fact]
        wanted = {str(x) for test in asked for x in test.includes_all or ()}
        wanted |= {str(test.includes_any[0]) for test in asked if test.includes_any and not tags & {*test.includes_any}}
        without = {str(x) for test in asked for x in test.includes_none or ()}
        if asked:
            yield (tags | wanted) - without


def _days_around(chain: Chain, decision: str, day: date) -> list[date]:
    """A day in each span of time between which rules change, the nearest of it to the day of the case."""
    turns = chain.turning_days(decision)
    ends = [date.min, *turns, date.max]
    nearest = [
        min(max(day, first), last if last == date.max else last - timedelta(days=1)) for first, last in pairwise(ends)
    ]
    return [other for other in nearest if other != day]


def _combined(order: list[str], changes: dict[str, list[Value]], count: int) -> Iterator[dict[str, Value]]:
    for facts in combinations(order, count):
        for values in product(*(changes[fact] for fact in facts)):
            yield dict(zip(facts, values, strict=True))


def _others(field: Field, asked: list[Test], value: Any) -> Iterator[Any]:
    """A value of every class but the present one (of all, for an unknown fact); the nearest of an ordered one."""
    if field.type == "tags":
        tags = dict.fromkeys(str(x) for test in asked for x in operands(test))
        if value is None:
            yield frozenset()
        yield from ((value or frozenset()) ^ {tag} for tag in tags)
        return
    by_signature: dict[tuple[bool, ...], Any] = {}
    options: list[Any] = list(candidates(field, asked))
    if field.is_ordered and value is not None:
        here = field.ordinal(value)
        options.sort(key=lambda option: abs(field.ordinal(option) - here))
    for option in options:
        by_signature.setdefault(signature(asked, option), option)
    if value is not None:
        by_signature.pop(signature(asked, value), None)
    yield from by_signature.values()
