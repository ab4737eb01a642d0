"""What was saved of a rule at the desk: when, with which note, and how many cases it changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from reformkit.desk.asking import whole_number
from reformkit.desk.desk import Desk

MOST_SAVES = 20
"""Saves that are shown, the newest first."""


@dataclass(frozen=True)
class RuleSave:
    """A save of a rule as the journal has it; `of` is None where no cases were counted."""

    at: str
    note: str
    changed: int
    of: int | None
    is_undone: bool


def saves_of(desk: Desk, path: str, what: str) -> tuple[RuleSave, ...]:
    """The saves of a rule of a file, the newest first. A journal is a file that people may change: what is odd is left out."""
    found = [save for line in desk.workspace.saves() if (save := _save(line, path, what)) is not None]
    return tuple(found[::-1][:MOST_SAVES])


def _save(line: Mapping[str, Any], path: str, what: str) -> RuleSave | None:
    edits, back, effect = line.get("edits"), line.get("taken back"), line.get("effect")
    is_undone = isinstance(back, list) and what in back and path in _keys(line.get("after"))
    is_edited = isinstance(edits, list) and {"path": path, "what": what} in edits
    if not is_undone and not is_edited:
        return None
    counts = effect if isinstance(effect, dict) else {}
    changed, of = (whole_number(str(counts.get(name, ""))) for name in ("cases", "of"))
    at = str(line.get("at", ""))[:16].replace("T", " ")
    return RuleSave(at, str(line.get("note", ""))[:2_000], changed or 0, of or None, is_undone)


def _keys(some: object) -> set[str]:
    return {str(key) for key in some} if isinstance(some, dict) else set()
