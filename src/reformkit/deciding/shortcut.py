"""The fastest way to one decision: straight from a dict of Python facts that nobody has checked."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from operator import itemgetter
from typing import Any

from reformkit.deciding.table import MOST_REMEMBERED, CompiledTable, Lookup
from reformkit.model.decision import Decider, Decision
from reformkit.model.scale import fits
from reformkit.model.vocabulary import Field

Shortcut = Callable[[object], Decision | None]


def shortcut(name: str, table: CompiledTable, decider: Decider, fields: Mapping[str, Field]) -> Shortcut:
    """A function from facts to a decision, written for one table.

    It answers where the facts are just the tested ones, all known and plainly right: exact types (in
    Python True equals 1 and 1.0 equals 1) and known values. Otherwise it gives None, and the facts must be
    checked first.
    """
    alive = {fact: _Alive(lookup, len(table.facts)) for fact, lookup in table.lookups.items()}
    learn = _Learner(alive, fields)
    scope: dict[str, Any] = {
        "Decision": Decision,
        "new": object.__new__,
        "decider": decider,
        "none": {},
        "Decimal": Decimal,
        "learn": learn,
    }
    scope |= {"settle": table.settle, "plain": table.plain}
    scope["get"] = itemgetter(*table.facts) if table.facts else None
    terms = []
    for i, fact in enumerate(table.facts):
        field, accepts = fields[fact], alive[fact]
        known = {word: accepts(word) for word in field.values} if field.type == "choice" else {}
        scope[f"_{i}"] = learn.known[fact] = known
        match field.type:
            case "flag":
                scope[f"_{i}t"], scope[f"_{i}f"] = accepts(True), accepts(False)
                terms.append(f"(_{i}t if v{i} is True else _{i}f if v{i} is False else none[v{i}])")
            case "count" | "number":
                kind = "int" if field.type == "count" else "Decimal"
                terms.append(f"(_{i}[v{i}] if type(v{i}) is {kind} else none[v{i}])")
            case _:
                terms.append(f"_{i}[v{i}]")
    boxes = " & ".join(terms) or str(table.masks.every)
    values = ", ".join(f"v{i}" for i in range(len(terms)))
    if len(terms) == 1:  # itemgetter of one name gives the value itself
        values = "v0"
    source = (
        "def decide(facts):\n"
        f"    if type(facts) is not dict or len(facts) != {len(terms)}: return None\n"
        "    try:\n"
        f"        {f'{values} = get(facts)' if terms else 'pass'}\n"
        f"        answer = {f'plain[({boxes}).bit_length()]' if table.hit == 'first' else f'settle({boxes})'}\n"
        "    except (KeyError, TypeError):\n"
        "        return decide(facts) if learn(facts) else None\n"
        "    decision = new(Decision)  # as Decision(answer, ...) does, without the call\n"
        "    decision._answer = answer\n"
        f"    decision._asked = (decider, {name!r}, facts.copy(), None, 'compiled')\n"
        "    return decision\n"
    )
    exec(source, scope)  # nothing in it but quoted names
    decide: Shortcut = scope["decide"]
    return decide


class _Alive:
    """The boxes that accept a known value, without the bits that say what is known."""

    def __init__(self, lookup: Lookup[int], shift: int) -> None:
        self._lookup = lookup
        self._shift = shift

    def __call__(self, value: Any) -> int:
        return self._lookup[value] >> self._shift


class _Learner:
    """Enters counts, numbers and dates that a shortcut has not met; says whether it learned anything."""

    def __init__(self, alive: Mapping[str, _Alive], fields: Mapping[str, Field]) -> None:
        self._alive = alive
        self._fields = fields
        self.known: dict[str, dict[Any, int]] = {}

    def __call__(self, facts: Mapping[str, Any]) -> bool:
        learned = False
        for fact, known in self.known.items():
            field = self._fields[fact]
            value: Any = facts.get(fact)
            if not _plain(field, value) or value in known:
                continue
            if field.lowest <= value and (field.highest is None or value <= field.highest):
                if len(known) >= MOST_REMEMBERED:
                    known.clear()
                known[value] = self._alive[fact](value)
                learned = True
        return learned


def _plain(field: Field, value: object) -> bool:
    match field.type:
        case "count":
            return type(value) is int
        case "number":
            return type(value) is Decimal and field.places is not None and fits(value, field.places)
        case "date":
            return type(value) is date
    return False
