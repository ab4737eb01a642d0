"""The base of every model that was read from a file."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from pydantic import BaseModel, ConfigDict, Field

from reformkit.problem import NOWHERE, Place


class Node(BaseModel):
    """A frozen model with the place it was read from; equality ignores the place, and whatever is left out of dumps.

    Every kind of node has a field `node`, a literal that says which it is, so that dumps tell them apart.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)

    place: Place = Field(default=NOWHERE, exclude=True, repr=False)

    # INVARIANT: two nodes are equal when all they say is equal, wherever they stand.
    def __eq__(self, other: object) -> bool:
        return self._said() == other._said() if type(self) is type(other) else NotImplemented

    def __hash__(self) -> int:
        return hash((type(self), *map(_hashable, self._said())))

    def plain(self) -> dict[str, Any]:
        """Plain data for JSON that people read: without places, kinds, and what is not said."""
        return dict(_without_kinds(self.model_dump(mode="json", exclude_none=True)))

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:
        """A copy with other values, without what was worked out from the old ones and kept at hand."""
        copy = super().model_copy(update=update, deep=deep)
        for name in copy.__dict__.keys() - type(self).model_fields.keys():
            del copy.__dict__[name]
        return copy

    def _said(self) -> list[Any]:
        return [getattr(self, name) for name, field in type(self).model_fields.items() if not field.exclude]


def _without_kinds(said: Any) -> Any:
    if isinstance(said, dict):
        return {name: _without_kinds(part) for name, part in said.items() if name != "node"}
    return [_without_kinds(part) for part in said] if isinstance(said, list) else said


def _hashable(value: Any) -> Any:
    return tuple(value.items()) if isinstance(value, dict) else value
