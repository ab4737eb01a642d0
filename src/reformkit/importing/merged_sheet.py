"""All that one sheet changes: records edited, added, removed, put in another order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from reformkit.grid.plan import PlanRecord, Row, SheetPlan
from reformkit.importing.result import ImportChange
from reformkit.importing.sheet_records import SheetTable
from reformkit.problem import Place


@dataclass
class RecordEdit:
    """What changes of one record: words by key, and its rows where its tests change.

    `rows` are the rows as they will be, with what each cell asks; None: as they are.
    """

    record: PlanRecord
    place: Place
    words: dict[str, str] = field(default_factory=dict)
    rows: list[dict[str, str]] | None = None


@dataclass
class NewRecord:
    """A record that is added behind another (None: before all), with its first row's words and its tests.

    Where it has no id yet, it gets one of the kind of those in `like`, else of its decision's.
    """

    id: str
    after: str | None
    place: Place
    words: dict[str, str]
    rows: list[dict[str, str]]
    like: tuple[str, ...] = ()


@dataclass
class SheetMerge:
    """All that a sheet changes."""

    plan: SheetPlan
    table: SheetTable
    edits: list[RecordEdit] = field(default_factory=list)
    added: list[NewRecord] = field(default_factory=list)
    removed: list[tuple[PlanRecord, Place]] = field(default_factory=list)
    order: list[str] | None = None
    changes: list[ImportChange] = field(default_factory=list)


def draft_id(place: Place) -> str:
    """What a rule without an id is called until it has one; no id that is written looks so."""
    return f"\0{place.line}:{place.column}"


def words_of(rows: Sequence[Row]) -> str:
    """The first words of each row: what it asks, else what it is called."""
    return "\n".join("；".join(words for key, words in row.items() if words and key not in _LONG) for row in rows)


_LONG = frozenset(("because", "at", "kind", "since", "until"))
