"""What two rulebooks say differently of how items are carried out: procedures, their steps, and what holds in all."""

from __future__ import annotations

from collections.abc import Iterator

from reformkit.comparing.things import pairs, things
from reformkit.model.difference import Difference
from reformkit.model.procedure import Procedures
from reformkit.text import Text

_LIMITS = {
    "extend": Text("延期", "extension"),
    "suspend": Text("中止", "suspension"),
    "dispatch": Text("月调度", "monthly dispatch"),
}


def procedure_changes(old: Procedures | None, new: Procedures | None) -> Iterator[Difference]:
    """Each procedure that came or went, each attribute and step that differs; nothing where either has none."""
    if old is None or new is None:
        return
    for name, one, other in pairs(old.procedures, new.procedures):
        yield from things("procedure", name, one, other)
        if one is not None and other is not None:
            for id, step, same in pairs(one.steps, other.steps):
                yield from things("step", f"{name}.{id}", step, same)
    for name, label in _LIMITS.items():
        before, after = getattr(old, name), getattr(new, name)
        if before != after:
            yield Difference("procedure", name, label, "value", before, after, place=(after or before).place)
