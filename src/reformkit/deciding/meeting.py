"""Whether a partly known case meets a condition."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import Generic, TypeVar

from reformkit.deciding.meaning import TooManyCompletions, classes, holds, operands
from reformkit.model.condition import Condition, Test, tests
from reformkit.model.vocabulary import Facts, Field

V = TypeVar("V")

MOST_REMEMBERED = 10_000
"""Verdicts that are kept of a condition, or of several together."""


class _Alike:
    """Makes of a case what conditions can tell it from others by: the values of the facts that they test.

    Texts that no test names are all one; of a set of tags only those count that a test names.
    """

    def __init__(self, conditions: Iterable[Condition], fields: Mapping[str, Field]) -> None:
        asked = [test for condition in conditions for test in tests(condition)]
        self._asks = tuple(dict.fromkeys(test.fact for test in asked))
        named = {
            fact: frozenset(word for test in asked if test.fact == fact for word in operands(test))
            for fact in self._asks
            if fields[fact].type in ("text", "tags")
        }
        self._texts = tuple((i, named[f]) for i, f in enumerate(self._asks) if fields[f].type == "text")
        self._tags = tuple((i, named[f]) for i, f in enumerate(self._asks) if fields[f].type == "tags")

    def __call__(self, facts: Facts) -> tuple[object, ...]:
        key: list[object] = [*map(facts.get, self._asks)]
        for place, named in self._texts:
            if key[place] is not None and key[place] not in named:
                key[place] = ...
        for place, named in self._tags:
            tags = key[place]
            if isinstance(tags, frozenset):
                key[place] = tags & named
        return tuple(key)


class Recalled(Generic[V]):
    """What is worked out of cases, remembered by what some conditions can tell them apart by."""

    def __init__(
        self, work_out: Callable[[Facts], V], conditions: Iterable[Condition], fields: Mapping[str, Field]
    ) -> None:
        self._work_out = work_out
        self._alike = _Alike(conditions, fields)
        self._found: dict[tuple[object, ...], V] = {}

    def __call__(self, facts: Facts) -> V:
        key = self._alike(facts)
        try:
            return self._found[key]
        except KeyError:
            pass
        if len(self._found) >= MOST_REMEMBERED:
            self._found.clear()
        found = self._found[key] = self._work_out(facts)
        return found


def meeting(condition: Condition, fields: dict[str, Field]) -> Recalled[bool | None]:
    """Whether cases meet a condition (see `meets`)."""
    return Recalled(partial(meets, condition, fields), [condition], fields)


def meetings(conditions: Sequence[Condition | None], fields: dict[str, Field]) -> Recalled[tuple[bool | None, ...]]:
    """Which of several conditions cases meet, in their order. None stands for no condition: every case meets it."""
    each = [None if condition is None else meeting(condition, fields) for condition in conditions]
    asked = [condition for condition in conditions if condition is not None]
    return Recalled(lambda facts: tuple([True if met is None else met(facts) for met in each]), asked, fields)


def meets(condition: Condition, fields: dict[str, Field], facts: Facts) -> bool | None:
    """Whether a case meets a condition, whatever is unknown of it; None when that hangs on it."""
    asked: dict[str, list[Test]] = {}
    for test in tests(condition):
        if test.tests_value and test.fact not in facts:
            asked.setdefault(test.fact, []).append(test)
    if not asked:
        return holds(condition, facts, facts)
    try:
        verdicts = {holds(condition, {**facts, **c}, facts) for c in _completions(fields, asked)}
    except TooManyCompletions:
        return None
    return verdicts.pop() if len(verdicts) == 1 else None


def _completions(fields: dict[str, Field], asked: dict[str, list[Test]]) -> Iterable[Facts]:
    completions: list[Facts] = [{}]
    for name, its_tests in asked.items():
        values = classes(fields[name], its_tests)
        completions = [{**c, name: value} for c in completions for value in values]
        if len(completions) > 10_000:
            raise TooManyCompletions(name)
    return completions
