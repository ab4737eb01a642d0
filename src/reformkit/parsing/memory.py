"""What was made of things that have not changed since: so that a rulebook is read again at the cost of its edit."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

from reformkit.parsing.tree import Mapping, Scalar, Sequence

MOST_KEPT = 400_000
"""Things that are kept; past it the memory starts afresh. The bundled rulebook has some 50,000."""

NOTHING: Any = object()
"""What is found where nothing was kept."""


class Memory:
    """What was made of some things, found again by these: the same objects, not such as look the same.

    Nothing that goes in or comes out is changed by anyone. Nodes of trees that say the same at the same place are one,
    so that what was made of a rule is found again although its file is another one now.
    """

    # INVARIANT: the things are held as long as their numbers stand in a key, so that no other object has one of these.

    def __init__(self) -> None:
        self._kept: dict[Hashable, tuple[Any, tuple[object, ...]]] = {}
        self._equals: dict[Any, Any] = {}
        self._nodes: dict[Hashable, Scalar | Sequence | Mapping] = {}

    def find(self, what: Hashable, things: tuple[object, ...]) -> Any:
        """What was kept; `NOTHING` where nothing was."""
        found = self._kept.get((what, *map(id, things)))
        return NOTHING if found is None else found[0]

    def keep(self, what: Hashable, things: tuple[object, ...], made: Any) -> None:
        """Keep what was made of some things."""
        if len(self._kept) + len(self._nodes) > MOST_KEPT:
            self._kept.clear()
            self._nodes.clear()
            self._equals.clear()
        self._kept[(what, *map(id, things))] = made, things

    def one_of_equals(self, thing: Any) -> Any:
        """The first of all equal things that were met. Equal models may stand at different places."""
        found = self.find("equals", (thing,))
        if found is NOTHING:
            found = self._equals.setdefault(thing, thing)
            self.keep("equals", (thing,), found)
        return found

    def one(self, node: Scalar | Sequence | Mapping) -> Scalar | Sequence | Mapping:
        """The node that was read before and says the same at the same place, else this one; its parts are such ones."""
        place = node.place
        key: Hashable
        match node:
            case Scalar(text=text, quoted=quoted):
                key = (text, quoted, place)
            case Sequence(items=items, faulty=False):
                key = (place, *map(id, items))
            case Mapping(pairs=pairs, faulty=False):
                key = (place, None, *[id(part) for pair in pairs for part in pair])
            case _:
                return node
        return self._nodes.setdefault(key, node)
