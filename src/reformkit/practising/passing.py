"""An item as it stood at the end of each of many days: its acts are read once, and taken in as the days go by."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise

from reformkit.model.act import Act, Corrected
from reformkit.practising.fold import ProcedureOf, fold, take
from reformkit.practising.item import ItemState


def standings(acts: Sequence[Act], days: Sequence[date], procedures: ProcedureOf) -> Iterator[tuple[date, ItemState]]:
    """Each day with the item as it stood at its end, of all that had happened by then; days before it was opened are
    left out.

    It is one state that goes on from day to day: whoever wants to keep one looks at it before asking for the next.
    """
    goes_back = any(later.on < act.on for act, later in pairwise(acts))
    if goes_back or any(isinstance(act.data, Corrected) for act in acts):
        for day in days:
            told = [act for act in acts if act.on <= day]
            if told and told[0].n == 1:
                yield day, fold(told, procedures)
        return
    state, taken = None, 0
    for day in days:
        while taken < len(acts) and acts[taken].on <= day:
            if state is None:
                state = fold(acts[:1], procedures)
            else:
                take(state, acts[taken], procedures)
            taken += 1
        if state is not None:
            yield day, state
