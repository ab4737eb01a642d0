"""Two named things of two rulebooks held against each other: which came, which went, what of each differs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, TypeVar

from reformkit.model.condition import AllOf, AnyOf, Negation, Test
from reformkit.model.difference import Difference, Part
from reformkit.model.node import Node
from reformkit.text import Text
from reformkit.wording.written import as_written

_SAID = {
    "rulebook": ("name", "version", "title", "authority"),
    "document": ("title", "note"),
    "fact": ("type", "label", "ask", "places", "min", "max", "personal", "derived", "of_finding"),
    "parameter": ("label",),
    "signal": ("label", "distinct", "share", "same", "within", "sharing", "where", "basis"),
    "decision": ("title", "hit"),
    "rule": ("when", "then", "period", "title", "because", "basis"),
    "cause": ("label", "weak_point", "note"),
    "reference": ("title", "issuer", "history", "checked", "note", "citable", "uncited", "clauses"),
    "procedure": ("title", "mark", "source", "opened_as", "roles", "review", "basis"),
    "step": (
        "title",
        "roles",
        "to",
        "after",
        "doing",
        "opinion",
        "letters",
        "results",
        "papers",
        "needs",
        "apart_from",
        "due",
        "on_rejected",
        "on_failed",
        "optional",
        "end",
        "each_unit",
        "elsewhere",
        "basis",
    ),
    "measure": (
        "title",
        "weak_point",
        "text",
        "variants",
        "by_unit",
        "practices",
        "layers",
        "lead",
        "due_days",
        "due_from",
        "accept",
        "evidence",
        "serves",
        "basis",
    ),
}
"""The attributes of each kind of thing that are compared, in the order in which they are told."""

T = TypeVar("T")
Uses = Mapping[str, tuple[str, ...]]


def things(part: Part, name: str, old: Any, new: Any, uses: Uses | None = None) -> Iterator[Difference]:
    """One thing of both: added, removed, or every attribute of it that differs."""
    used_by = (uses or {}).get(name, ())
    thing = old if new is None else new
    label = getattr(thing, "title", None) or getattr(thing, "label", None)
    if old is None or new is None:
        aspect = "added" if old is None else "removed"
        yield Difference(part, name, label, aspect, old, new, used_by, place=thing.place)
        return
    yield from attributes(part, name, label, old, new, used_by)


_CONDITIONS = (Test, AllOf, AnyOf, Negation)


def attributes(
    part: Part, name: str, label: Text | None, old: Node, new: Node, used_by: tuple[str, ...] = ()
) -> Iterator[Difference]:
    for attribute in _SAID[part]:
        before, after = getattr(old, attribute), getattr(new, attribute)
        if before != after and not _same_words(before, after):
            yield Difference(part, name, label, attribute, before, after, used_by, place=new.place)


def _same_words(before: object, after: object) -> bool:
    """Whether two conditions are written alike; the values of their parameters are told with the parameters."""
    conditions = isinstance(before, _CONDITIONS) and isinstance(after, _CONDITIONS)
    return conditions and as_written(before) == as_written(after)  # type: ignore[arg-type]


def both(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterable[str]:
    return dict.fromkeys([*new, *old])


def pairs(old: Mapping[str, T], new: Mapping[str, T]) -> Iterator[tuple[str, T | None, T | None]]:
    """Everything that either has, by its name, as it was and as it is."""
    return ((name, old.get(name), new.get(name)) for name in both(old, new))
