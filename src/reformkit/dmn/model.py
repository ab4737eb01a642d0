"""A model of decision tables as it was read: what is named, with its type, and the rows, each at its place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from reformkit.dmn.feel import Constant, UnaryTests
from reformkit.problem import Place

DmnType = Literal["string", "number", "boolean", "date"]
HitPolicy = Literal["UNIQUE", "ANY", "FIRST", "PRIORITY", "COLLECT", "RULE ORDER", "OUTPUT ORDER"]

OWN = "urn:reformkit:dmn"
"""The namespace of what reformkit adds to a model that it writes, so that it reads it again as it was."""


@dataclass(frozen=True, slots=True)
class Typed:
    """What a value may be: its type, and what it is allowed, as a cell says it (None: anything of the type)."""

    type: DmnType
    allowed: UnaryTests | None = None


@dataclass(frozen=True, slots=True)
class DmnInput:
    """Something that is given: of input data, or a decision that another one asks. `own` is what reformkit noted of it."""

    name: str
    typed: Typed
    place: Place
    own: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class DmnOutput:
    """A column of what a table gives; `order` are its values by priority."""

    name: str
    order: tuple[Constant, ...]
    default: Constant
    has_default: bool
    place: Place


@dataclass(frozen=True, slots=True)
class DmnRow:
    """A row: for each input its tests (None asks nothing), for each output its value; `title` and `because` as far as said."""

    id: str
    cells: tuple[UnaryTests | None, ...]
    cell_places: tuple[Place, ...]
    values: tuple[Constant, ...]
    title: str
    because: str
    place: Place


@dataclass(frozen=True, slots=True)
class DmnTable:
    """A decision: its table. `asks` are the names that its columns test, of inputs or of other decisions."""

    name: str
    hit: HitPolicy
    aggregation: str
    asks: tuple[str, ...]
    asked_types: tuple[str | None, ...]
    outputs: tuple[DmnOutput, ...]
    rows: tuple[DmnRow, ...]
    place: Place
    own: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class DmnModel:
    """Everything of a file that decides."""

    name: str
    inputs: dict[str, DmnInput]
    tables: dict[str, DmnTable]
    place: Place
