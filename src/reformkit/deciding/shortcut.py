"""The fastest way to one decision: straight from a dict of Python facts that nobody has checked."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from operator import itemgetter
from typing import Any

from reformkit.deciding.table import MOST_REMEMBERED, Lookup, Table
from reformkit.model.decision import Decider, Decision
from reformkit.model.vocabulary import Facts, Field

Shortcut = Callable[[Facts], Decision | None]


def shortcut(name: str, table: Table, decider: Decider, fields: Mapping[str, Field]) -> Shortcut:
    """A function from facts to a decision, written for one table.

    It answers where the facts are just the tested ones, all known and plainly right: exact types (in
    Python True equals 1 and 1.0 equals 1) and known values. Otherwise it gives None, and the facts must be
    checked first.
    """
    learn = _Learner(table.lookups, fields)
    scope: dict[str, Any] = {"Decision": Decision, "decider": decider, "none": {}, "learn": learn}
    scope |= {"settle": table.settle, "plain": table.plain, "get": itemgetter(*table.facts) if table.facts else None}
    terms = []
    for i, (fact, lookup) in enumerate(table.lookups.items()):
        field = fields[fact]
        known = {word: lookup[word] for word in field.values} if field.type == "choice" else {}
        scope[f"_{i}"] = learn.known[fact] = known
        match field.type:
            case "flag":
                scope[f"_{i}t"], scope[f"_{i}f"] = lookup[True], lookup[False]
                terms.append(f"(_{i}t if v{i} is True else _{i}f if v{i} is False else none[v{i}])")
            case "count":
                terms.append(f"(_{i}[v{i}] if type(v{i}) is int else none[v{i}])")
            case _:
                terms.append(f"_{i}[v{i}]")
    state = " & ".join(terms) or str(table.masks.every)
    first = f"plain[(({state}) >> {len(terms)}).bit_length()]"
    values = ", ".join(f"v{i}" for i in range(len(terms)))
    source = (
        "def decide(facts):\n"
        f"    if len(facts) != {len(terms)}: return None\n"
        "    try:\n"
        f"        {f'{values} = get(facts)' if terms else 'pass'}\n"
        f"        answer = {first if table.hit == 'first' else f'settle({state})'}\n"
        "    except (KeyError, TypeError):\n"
        "        return decide(facts) if learn(facts) else None\n"
        f"    return Decision(answer, (decider, {name!r}, facts.copy(), None, 'compiled'))\n"
    )
    exec(source, scope)  # nothing in it but quoted names
    decide: Shortcut = scope["decide"]
    return decide


class _Learner:
    """Enters counts and dates that a shortcut has not met; says whether it learned anything."""

    def __init__(self, lookups: Mapping[str, Lookup], fields: Mapping[str, Field]) -> None:
        self._lookups = lookups
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
                known[value] = self._lookups[fact][value]
                learned = True
        return learned


def _plain(field: Field, value: object) -> bool:
    return type(value) is int if field.type == "count" else field.type == "date" and type(value) is date
