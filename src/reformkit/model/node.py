"""The base of every model that was read from a file."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from reformkit.problem import NOWHERE, Place


class Node(BaseModel):
    """A frozen model with the place it was read from; equality ignores the place."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)

    place: Place = Field(default=NOWHERE, exclude=True, repr=False)

    # INVARIANT: two nodes are equal when all they say is equal, wherever they stand.
    def __eq__(self, other: object) -> bool:
        return self._said() == other._said() if type(self) is type(other) else NotImplemented

    def __hash__(self) -> int:
        return hash((type(self), *map(_hashable, self._said())))

    def _said(self) -> list[Any]:
        return [getattr(self, name) for name in type(self).model_fields if name != "place"]


def _hashable(value: Any) -> Any:
    return tuple(value.items()) if isinstance(value, dict) else value
