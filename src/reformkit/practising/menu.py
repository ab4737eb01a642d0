"""What can be done on an item now: each open step with who does it, until when, and what it still lacks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from reformkit.model.procedure import Step
from reformkit.practising.due import DueDay, due
from reformkit.practising.item import ItemState
from reformkit.practising.lacks import lacks
from reformkit.practising.progress import open_steps
from reformkit.practising.workdays import Workdays
from reformkit.problem import NOWHERE, Problem
from reformkit.text import Text


@dataclass(frozen=True, slots=True)
class MenuStep:
    """An open step. `units` are those of whom each has still to do it; `overdue`: its due day has passed."""

    id: str
    title: Text
    roles: tuple[str, ...]
    doing: str
    due: DueDay | None
    overdue: bool
    lacks: tuple[Problem, ...]
    optional: bool
    papers: tuple[str, ...]
    units: tuple[str, ...]

    @property
    def role(self) -> str:
        """The role that does it; of two the first."""
        return self.roles[0]

    def to_dict(self) -> dict[str, Any]:
        """Plain data for JSON."""
        return {
            "id": self.id,
            "title": {"zh": self.title.zh, "en": self.title.en},
            "roles": list(self.roles),
            "doing": self.doing,
            "due": None if self.due is None else self.due.to_dict(),
            "overdue": self.overdue,
            "lacks": [problem.to_dict() for problem in self.lacks],
            "optional": self.optional,
            "papers": list(self.papers),
            "units": list(self.units),
        }


def menu(standing: ItemState, workdays: Workdays, today: date, role: str | None = None) -> list[MenuStep]:
    """The open steps of an item, in the order of its procedure; with `role`, those that it does."""
    return [
        _menu_step(standing, step, workdays, today)
        for step in open_steps(standing)
        if role is None or role in step.roles
    ]


def _menu_step(standing: ItemState, step: Step, workdays: Workdays, today: date) -> MenuStep:
    when = due(standing, step, workdays, today)
    stops = [Problem("RK621", NOWHERE)] if standing.suspended else []
    done = standing.unit_days.get(step.id, {})
    return MenuStep(
        id=step.id,
        title=step.title,
        roles=step.roles,
        doing=step.doing,
        due=when,
        overdue=is_overdue(standing, step, when, today),
        lacks=(*stops, *lacks(standing, step)),
        optional=step.optional,
        papers=step.papers,
        units=tuple(unit for unit in standing.units if unit not in done) if step.each_unit else (),
    )


def is_overdue(standing: ItemState, step: Step, when: DueDay | None, today: date) -> bool:
    """Whether the due day of an open step has passed.

    What may be left out is never overdue, and the clock of a suspended item stands still.
    """
    return when is not None and when.on < today and not step.optional and not standing.suspended
