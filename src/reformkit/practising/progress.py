"""How far an item has come: which steps are done, which are open, and the state that it is shown in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from reformkit.model.procedure import Step
from reformkit.practising.item import ItemState, SentLetter
from reformkit.practising.states import State
from reformkit.practising.units import is_among


def done_on(standing: ItemState, step: Step) -> date | None:
    """The day on which a step was done, None if it is not: of what each unit does, the day of the last of them."""
    if step.doing == "receipt":
        return _received_on(standing, step)
    if step.each_unit:
        days = standing.unit_days.get(step.id, {})
        units = standing.units
        return max(days[unit] for unit in units) if all(unit in days for unit in units) else None
    return standing.days.get(step.id)


def letters_for(standing: ItemState, receipt: Step) -> list[SentLetter]:
    """The letters, not void, of the steps that a receipt waits for."""
    return [letter for letter in standing.letters if not letter.void and letter.issued.step in receipt.after]


def _received_on(standing: ItemState, step: Step) -> date | None:
    letters = letters_for(standing, step)
    if not letters or any(letter.unreceived for letter in letters):
        return None
    return max(day for letter in letters for day in letter.received.values())


def received_by(standing: ItemState, unit: str | None = None) -> date | None:
    """The first day on which a letter was received by a unit (None: by any of the item's units)."""
    units = (unit,) if unit is not None else standing.units
    sent = (letter for letter in standing.letters if not letter.void)
    days = [day for letter in sent for whose, day in letter.received.items() if is_among(whose, units)]
    return min(days, default=None)


def is_done(standing: ItemState, step: Step) -> bool:
    """Whether a step is done."""
    return done_on(standing, step) is not None


def is_open(standing: ItemState, step: Step) -> bool:
    """Whether a step may be done now: the item goes on, the step is not done, and what it waits for is."""
    return standing.ended is None and not is_done(standing, step) and not waits_for(standing, step)


def open_steps(standing: ItemState) -> list[Step]:
    """The steps that may be done now, in the order of the procedure."""
    return [step for step in standing.procedure.steps.values() if is_open(standing, step)]


def waits_for(standing: ItemState, step: Step) -> list[Step]:
    """The steps that are to be done first; one that is optional is passed over to those that it waits for."""
    return list(_waiting(standing, step.after, set()))


def _waiting(standing: ItemState, after: Iterable[str], seen: set[str]) -> Iterable[Step]:
    for name in after:
        before = standing.procedure.steps[name]
        if name in seen or is_done(standing, before):
            continue
        seen.add(name)
        if before.optional:
            yield from _waiting(standing, before.after, seen)
        else:
            yield before


def state(standing: ItemState, opened: Sequence[Step] | None = None) -> State:
    """The state that an item is shown in: the first that holds. `opened`: its open steps, where they are known already."""
    if standing.ended is not None:
        return State(standing.ended)
    if standing.suspended:
        return State.suspended
    if standing.escalated is not None:
        return State.escalated
    steps = standing.procedure.steps.values()
    accepting = [step for step in steps if step.doing == "acceptance"]
    if accepting and all(is_done(standing, step) for step in accepting):
        visits = [step for step in steps if step.doing == "visit"]
        return State.accepted if all(is_done(standing, step) for step in visits) else State.revisiting
    opened = open_steps(standing) if opened is None else opened
    if any(step.doing == "acceptance" for step in opened):
        return State.awaiting_acceptance
    if any(letter.unreceived for step in steps if step.doing == "receipt" for letter in letters_for(standing, step)):
        return State.sent
    if received_by(standing) is not None or any(step.results for step in opened):
        return State.rectifying
    sending = any(step.doing == "issue" and not step.optional for step in opened)
    return State.to_send if sending else State.studying
