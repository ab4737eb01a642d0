"""Deciding on durable-rules: the boxes of a compiled table as rulesets of its forward-chaining engine.

The engine matches, and nothing else is asked of it: which boxes accept what is known of a case. What is
unknown is settled by the walk that the compiled tables use. docs/adr says why it is built so.
"""

from __future__ import annotations

import json
import weakref
from collections.abc import Iterator, Sequence
from contextlib import suppress
from functools import cache
from itertools import count
from threading import Lock
from types import ModuleType
from typing import Any, NamedTuple

from reformkit.deciding.cells import Variable
from reformkit.deciding.masks import Masks
from reformkit.deciding.meaning import Opens
from reformkit.deciding.table import NOTHING_KNOWN, CompiledTable, Lookup
from reformkit.model.decision import Answer
from reformkit.model.vocabulary import Facts, Value

MOST_RULES = 60
"""Rules of a ruleset, but for the catch-all. The engine's stack holds 64 matches that wait their turn."""

MOST_CONDITIONS = 16
"""Conditions of a rule; a box of more is several rules, which all have to fire."""

MOST_NAMES = 200
"""Different conditions of a ruleset. A message of the engine has at most 254 properties, and it tells their
names apart by a hash of 32 bits only (those used here differ, see the tests)."""

MOST_REMEMBERED = 500
"""Messages whose results a ruleset remembers: many cases send the same, above all while little is known."""

_EVER = "a"
_ENVELOPE = f'{{"sid":"1","id":"1","{_EVER}":1'
_NUMBERS = count()


class EngineMissing(ImportError):
    """durable-rules is asked for and cannot be imported."""


class EngineError(RuntimeError):
    """durable-rules refused a ruleset or a message, or did not finish."""


@cache
def engine() -> ModuleType:
    """durable-rules. Raises `EngineMissing`, in words, where it cannot be imported."""
    try:
        from durable import engine as found
    except ImportError as error:
        raise EngineMissing(
            f'by="durable" needs the package durable-rules, which cannot be imported here ({error}); it exists for '
            'Python up to 3.12 (pip install durable-rules==2.0.28). by="compiled" gives the same answers. / '
            '本机不能载入 durable-rules（Python 3.12 及以下可安装）；请改用 by="compiled"，结论相同。'
        ) from error
    module: ModuleType = found
    return module


def is_there() -> bool:
    """Whether durable-rules can be imported."""
    try:
        engine()
    except EngineMissing:
        return False
    return True


class CellTest(NamedTuple):
    """That a variable is in one of some cells."""

    variable: int
    cells: tuple[int, ...]


class Part(NamedTuple):
    """At most 16 conditions of a box: one rule of the engine. `bit` is its place among the parts."""

    bit: int
    conditions: tuple[CellTest, ...]


class DurableTable:
    """One decision table in force, decided by durable-rules; it answers as the compiled `table` does."""

    def __init__(self, table: CompiledTable) -> None:
        self.table = table
        self.facts = table.facts
        masks = table.masks
        self._every = masks.every
        self._first = table.hit == "first"
        self._always = masks.every & _all(masks.free)
        lowest = self._always.bit_length() if self._first else 0  # the boxes below never come to speak
        parts, self._split = _parts(masks, lowest)
        self._rulesets = [_Ruleset(chunk, masks, table.numbers) for chunk in _packed(parts)]
        self._known = {fact: 1 << bit for bit, fact in enumerate(table.facts)}
        self._testing = {
            fact: masks.every & ~_all([masks.free[i] for i in numbers]) for fact, numbers in table.numbers.items()
        }

    def decide(self, facts: Facts, opens: Opens = NOTHING_KNOWN) -> Answer:
        """What checked facts come to; those that are not there are unknown, those in `opens` partly known."""
        known = self.table.known
        unsure = 0
        for fact, bit in self._known.items():
            if fact not in facts:
                known ^= bit
                unsure |= self._testing[fact]
        alive = self._alive(facts, self._every & ~unsure)
        return self.table.answer(alive << len(self._known) | known, opens)

    def _alive(self, facts: Facts, sure: int) -> int:
        """The boxes that accept what is known. Under `first`, those below one that holds for sure are left out."""
        enough = sure & ~_all_bits(self._split) if self._first else 0
        fired = 0
        for ruleset in self._rulesets:
            fired |= ruleset.fire(facts, enough)
            if fired & enough:
                break
        alive = fired & self._every | self._always
        for box, parts in self._split.items():
            if alive >> box & 1 and fired & parts != parts:
                alive ^= 1 << box
        return alive


def _parts(masks: Masks, lowest: int) -> tuple[list[Part], dict[int, int]]:
    """The rules of the boxes from `lowest` on that test something, first box first, and the parts of each box that has several."""
    parts: list[Part] = []
    split: dict[int, int] = {}
    extra = count(masks.every.bit_length())
    for box in reversed(range(lowest, masks.every.bit_length())):
        conditions = [
            CellTest(v, tuple(cell for cell, mask in enumerate(row) if mask >> box & 1))
            for v, row in enumerate(masks.masks)
            if not masks.free[v] >> box & 1
        ]
        chunks = [tuple(conditions[i : i + MOST_CONDITIONS]) for i in range(0, len(conditions), MOST_CONDITIONS)]
        own = [Part(next(extra) if i else box, chunk) for i, chunk in enumerate(chunks)]
        if len(own) > 1:
            split[box] = sum(1 << part.bit for part in own)
        parts += own
    return parts, split


def _packed(parts: Sequence[Part]) -> Iterator[list[Part]]:
    """The rules in rulesets that the engine can take, in order."""
    chunk: list[Part] = []
    names: set[CellTest] = set()
    for part in parts:
        if len(chunk) == MOST_RULES or (chunk and len(names.union(part.conditions)) > MOST_NAMES):
            yield chunk
            chunk, names = [], set()
        chunk.append(part)
        names.update(part.conditions)
    if chunk:
        yield chunk


class _Ruleset:
    """Some rules of a table in the engine.

    A condition is a property of the message that is there when it is met (or may be: the fact is unknown).
    So a rule is a plain conjunction, however many cells it accepts.
    """

    # INVARIANT: one message at a time, always with the same id and sid, whose state is deleted afterwards.

    def __init__(self, parts: Sequence[Part], masks: Masks, numbers: dict[str, list[int]]) -> None:
        names: dict[CellTest, str] = {}
        rules: dict[str, Any] = {}
        for place, part in enumerate(parts, 1):
            terms = [{names.setdefault(c, f"c{len(names)}"): 1} for c in part.conditions]
            match = terms[0] if len(terms) == 1 else {"$and": terms}
            rules[str(part.bit)] = {"all": [{"m": match}], "pri": place, "run": _never_run}
        rules[_EVER] = {"all": [{"m": {_EVER: 1}}], "pri": len(parts) + 1, "run": _never_run}
        made = engine().Ruleset(f"reformkit-{next(_NUMBERS)}", None, rules)
        self._core: Any = engine().durable_rules_engine
        self._handle: int = made._handle
        self._lock = Lock()
        self._fired: dict[tuple[str, int], int] = {}
        weakref.finalize(self, self._core.delete_ruleset, self._handle)
        asked: dict[int, list[tuple[CellTest, str]]] = {}
        for condition, name in names.items():
            asked.setdefault(condition.variable, []).append((condition, name))
        self._said = {
            fact: Lookup(_Saying([(masks.variables[i], asked[i]) for i in own if i in asked]))
            for fact, own in numbers.items()
            if any(i in asked for i in own)
        }

    def fire(self, facts: Facts, enough: int) -> int:
        """The parts that fire, a bit each. Once one of `enough` has fired the later ones are not asked."""
        message = _ENVELOPE + "".join([said[facts.get(fact)] for fact, said in self._said.items()]) + "}"
        fired = self._fired.get((message, enough))
        if fired is None:
            fired = self._ask(message, enough)
            if len(self._fired) >= MOST_REMEMBERED:
                self._fired.clear()
            if MOST_REMEMBERED:
                self._fired[message, enough] = fired
        return fired

    def _ask(self, message: str, enough: int) -> int:
        """Let the engine match one message; the parts that fire."""
        core, handle = self._core, self._handle
        fired = 0
        with self._lock:
            try:
                _, state = core.assert_fact(handle, message)
                matched = core.start_action_for_state(handle, state)[1]
                while matched:
                    rule = matched[2 : matched.index('"', 2)]
                    if rule == _EVER:
                        return fired
                    fired |= 1 << int(rule)
                    if fired & enough:
                        return fired
                    matched = core.complete_and_start_action(handle, state)
            except core.error as error:
                raise EngineError(f"durable-rules: {error}") from error
            finally:
                with suppress(core.error):  # there is none where the message itself was refused
                    core.delete_state(handle, "1")
        raise EngineError("durable-rules stopped before the rule that always holds")


class _Saying:
    """What a message says of one fact: the conditions that its value meets, all of them where it is unknown."""

    def __init__(self, asked: list[tuple[Variable, list[tuple[CellTest, str]]]]) -> None:
        self._asked = asked

    def __call__(self, value: Value | None) -> str:
        met = []
        for variable, conditions in self._asked:
            cell = int(value is not None) if variable.aspect == "known" else None
            if variable.aspect != "known" and value is not None:
                cell = variable.cell_of(value)
            met += [name for condition, name in conditions if cell is None or cell in condition.cells]
        return "".join(f",{json.dumps(name)}:1" for name in met)


def _never_run(_: object) -> None:
    """The engine wants an action for every rule; which rules fired is read from its results instead."""
    raise AssertionError("no action is ever run")


def _all(numbers: Sequence[int]) -> int:
    both = -1
    for number in numbers:
        both &= number
    return both


def _all_bits(places: dict[int, int]) -> int:
    return sum(1 << place for place in places)
