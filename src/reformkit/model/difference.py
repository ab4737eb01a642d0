"""What differs between two rulebooks and is no outcome of a decision."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from reformkit.problem import NOWHERE, Place
from reformkit.text import Text

Part = Literal[
    "rulebook",
    "document",
    "fact",
    "parameter",
    "signal",
    "decision",
    "rule",
    "cause",
    "reference",
    "measure",
    "procedure",
    "step",
]
Aspect = str
"""`added`, `removed`, or what of it changed: `title`, `value`, `main`, …"""


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that is not as it was.

    `before` and `after` are as the models hold them; None where there was or is nothing. `used_by` are the
    rules that use it.
    """

    part: Part
    name: str
    label: Text | None
    aspect: Aspect
    before: Any = None
    after: Any = None
    used_by: tuple[str, ...] = ()
    decision: str | None = None
    place: Place = NOWHERE
