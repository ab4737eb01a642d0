"""What a session is told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from reformkit.model.case import plain
from reformkit.problem import NOWHERE, Place

Kind = Literal["tell", "retract", "forget"]


@dataclass(frozen=True, slots=True)
class Telling:
    """What was told of a case, retracted from it, or that it was forgotten.

    `facts` holds what was told by name (findings among them); what was retracted stands as None. `on` is the
    day on which it became known, as told; nothing hangs on it. `number` counts the tellings of a session from 1.
    Raises ValueError for one that tells and takes back at once: what it tells would be lost.
    """

    kind: Kind
    case: str
    facts: Mapping[str, Any]
    on: date | None = None
    number: int = 0
    place: Place = field(default=NOWHERE, compare=False)

    def __post_init__(self) -> None:
        if self.kind == "forget" and self.facts:
            raise ValueError("a telling that forgets a case holds no facts")
        if self.kind == "retract" and any(value is not None for value in self.facts.values()):
            raise ValueError("a telling that retracts holds names, each with None")

    def to_dict(self) -> dict[str, Any]:
        """Plain data for JSON, each value as a case file holds it."""
        said: dict[str, Any] = {"n": self.number, self.kind: self.case}
        if self.kind == "tell":
            said["facts"] = {name: value if name == "findings" else plain(value) for name, value in self.facts.items()}
        elif self.kind == "retract":
            said["facts"] = list(self.facts)
        if self.on is not None:
            said["on"] = self.on.isoformat()
        return said
