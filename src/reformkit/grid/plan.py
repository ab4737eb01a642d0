"""A table as a workbook holds it: columns, records of one or several rows, and every cell as a text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from reformkit.problem import Place
from reformkit.text import Text

ColumnKind = Literal["id", "words", "test", "choice", "date", "number", "mark", "fixed"]
"""What a column holds; of `test` columns the key is a fact, of `mark` ones an outcome, and `fixed` ones cannot be changed."""

Row = Mapping[str, str]
"""The cells of a row that are not blank, by the key of the column."""


@dataclass(frozen=True, slots=True)
class PlanColumn:
    """A column. `note` says what is asked, `options` what may be picked, `many` whether several may."""

    key: str
    label: Text
    kind: ColumnKind
    width: int
    note: Text | None = None
    options: tuple[Text, ...] = ()
    many: bool = False


@dataclass(frozen=True, slots=True)
class PlanRecord:
    """A rule, a value of a parameter, a cause, a measure: its rows, and what of it is fixed.

    `place` is where it stands in YAML, `fixed` the keys of cells that only YAML can change.
    """

    id: str
    rows: tuple[Row, ...]
    place: Place
    fixed: frozenset[str] = frozenset()
    doubtful: bool = False
    """Whether it rests on an assumption."""


@dataclass(frozen=True, slots=True)
class SheetPlan:
    """A sheet: `of` is what it holds (`decision:startup`, `matrix:diagnosis`, `parameters`, `causes`, `measures`).

    `listed`: the tests of a rule stand in one cell, a line a fact, under the key `when`. `ordered`: the order of the
    records is part of the meaning. `may_grow`: rows may be added.
    """

    of: str
    title: Text
    said: Text
    columns: tuple[PlanColumn, ...]
    records: tuple[PlanRecord, ...]
    listed: bool = False
    ordered: bool = False
    may_grow: bool = False
    labels: Mapping[str, Text] = field(default_factory=dict)
    """The label of every fact that a list may name."""

    @property
    def by_id(self) -> dict[str, PlanRecord]:
        """The records by their ids."""
        return {record.id: record for record in self.records}
