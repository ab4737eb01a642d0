"""What another text of its procedure would mean for an open item, before anybody moves it there."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from reformkit.model.item_effect import ItemEffect, TermChange
from reformkit.model.procedure import Procedure, Step
from reformkit.practising.due import due
from reformkit.practising.item import ItemState
from reformkit.practising.progress import is_done, open_steps
from reformkit.practising.workdays import Workdays


def lost_steps(standing: ItemState, newer: Procedure) -> list[Step]:
    """The steps that were done and are not in another text: what hangs on them keeps an item from being moved."""
    steps = standing.procedure.steps.values()
    return [step for step in steps if is_done(standing, step) and step.id not in newer.steps]


def effect(standing: ItemState, newer: Procedure | None, workdays: Workdays, today: date) -> ItemEffect:
    """What would be otherwise for an item under another text of its procedure (None: there is none any more)."""
    id, unit, own = standing.id, standing.opened.unit, standing.procedure
    if newer is None:
        return ItemEffect(id, unit, own.id, dropped=True)
    moved = replace(standing, procedure=newer)
    was = {step.id: step for step in open_steps(standing)}
    now = {step.id: step for step in open_steps(moved)}
    days = {
        step.id: (_day(standing, was.get(step.id), workdays, today), _day(moved, now.get(step.id), workdays, today))
        for step in [*was.values(), *now.values()]
        if step.id in was and step.id in now
    }
    return ItemEffect(
        id,
        unit,
        own.id,
        tuple(step.title for step in lost_steps(standing, newer)),
        tuple(step.title for step in was.values() if step.id not in now),
        tuple(step.title for step in now.values() if step.id not in was),
        tuple(
            TermChange(step, now[step].title, before, after)
            for step, (before, after) in days.items()
            if before != after
        ),
    )


def _day(standing: ItemState, step: Step | None, workdays: Workdays, today: date) -> date | None:
    when = None if step is None else due(standing, step, workdays, today)
    return None if when is None else when.on
