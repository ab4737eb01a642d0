"""What a YAML or JSON text says, each part with its place and none of it interpreted."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from reformkit.problem import Place

MAX_DEPTH = 64
MAX_NODES = 2_000_000

NULLS = frozenset({"", "~", "null", "Null", "NULL"})


@dataclass(slots=True)
class Scalar:
    """One word or text, as written. Its type is given by its position, never by how it looks."""

    text: str
    quoted: bool
    place: Place

    @property
    def is_null(self) -> bool:
        return not self.quoted and self.text in NULLS


@dataclass(slots=True)
class Lost:
    """Something that could not be taken and has been reported; whoever meets it keeps quiet."""

    place: Place


@dataclass(slots=True)
class Sequence:
    """A list. `faulty` says that something inside it, at any depth, has been reported."""

    place: Place
    items: list[Tree] = field(default_factory=list)
    faulty: bool = False


@dataclass(slots=True)
class Mapping:
    """Keys with their values in written order; a key may stand in it twice."""

    place: Place
    pairs: list[tuple[Scalar, Tree]] = field(default_factory=list)
    faulty: bool = False


Tree = Scalar | Sequence | Mapping | Lost


@contextmanager
def collector_at_rest() -> Iterator[None]:
    """A tree is made of many objects and no cycles; looking for some meanwhile would take a third of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
