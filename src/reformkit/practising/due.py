"""Until when a step is to be done. Nothing of it is stored: it is reckoned anew whenever it is asked for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from reformkit.model.act import Term
from reformkit.model.procedure import OPENED, RECEIPT, Due, Step
from reformkit.practising.item import ItemState, SentLetter
from reformkit.practising.progress import done_on, letters_for, received_by
from reformkit.practising.workdays import Workdays
from reformkit.text import Text


@dataclass(frozen=True, slots=True)
class DueDay:
    """The day on which a step is due, and the day on which it was due at first, before any more time was given.

    `provisional`: it hangs on days that nobody has published yet.
    """

    on: date
    first: date
    provisional: bool
    because: Text

    def to_dict(self) -> dict[str, Any]:
        """Plain data for JSON."""
        because = {"zh": self.because.zh, "en": self.because.en}
        days = {"on": self.on.isoformat(), "first": self.first.isoformat()}
        return {**days, "provisional": self.provisional, "because": because}


_REWORK = Text("返工期限", "the term for doing it again")
_LETTER = Text("文书写明的回复期限", "the reply date of the letter")
_EXTENDED = Text("经批准延期", "extended")
_FACT = Text("以“{fact}”为限", "by `{fact}`")


def due(standing: ItemState, step: Step, workdays: Workdays, today: date, unit: str | None = None) -> DueDay | None:
    """When a step is due; None where it has no term, or nothing has started it. `unit`: for one of its units."""
    at_first = _at_first(standing, step, workdays, today, unit)
    if at_first is None:
        return None
    on, provisional, because = at_first
    given = standing.extended.get(step.id)
    if given and given[-1].to > on:
        return DueDay(given[-1].to, on, given[-1].provisional, _EXTENDED)
    return DueDay(on, on, provisional, because)


Reckoned = tuple[date, bool, Text]


def _at_first(standing: ItemState, step: Step, workdays: Workdays, today: date, unit: str | None) -> Reckoned | None:
    said = step.due
    if step.id in standing.again:
        on, provisional = standing.again[step.id]
        return on, provisional, _REWORK
    if said is None:
        return None
    if said.same is not None:
        other = due(standing, standing.procedure.steps[said.same], workdays, today, unit)
        return _stated_reply(standing) or (None if other is None else (other.on, other.provisional, other.because))
    if said.before is not None:
        return _fact_day(standing, said.before)
    start = start_of(standing, said, unit)
    own = None if start is None or said.term is None else _reckoned(standing, start, said.term, workdays, today)
    if said.each_suggestion:
        each = [suggestion_due(standing, id, workdays, today) for id in standing.demands]
        ends = [own if end is None else (end.on, end.provisional, end.because) for end in each]
        last = max((end for end in ends if end is not None), key=lambda end: end[0], default=None)
        return own if last is None else (last[0], any(end[1] for end in ends if end), last[2])
    return own


def _stated_reply(standing: ItemState) -> Reckoned | None:
    """The reply date that letters state is a fact, and goes before what is reckoned; of several the last."""
    stated = [letter.issued.reply_by for letter in standing.letters if not letter.void and letter.issued.reply_by]
    return (max(stated), False, _LETTER) if stated else None


def suggestion_due(standing: ItemState, id: str, workdays: Workdays, today: date) -> DueDay | None:
    """When what one suggestion asks for is due; None where nothing has started its term."""
    demand = standing.demands[id]
    suggestion = demand.suggestion
    if suggestion.term is None or suggestion.start is None:
        return None
    own = [letter for letter in standing.letters if letter.issued.number == demand.number]
    if suggestion.start == RECEIPT and own:
        start = _all_received(own[0])
    else:
        start = start_of(standing, Due(term=suggestion.term, start=suggestion.start), None)
    if start is None:
        return None
    on, provisional, because = _reckoned(standing, start, suggestion.term, workdays, today)
    return DueDay(on, on, provisional, because)


def _reckoned(standing: ItemState, start: date, term: Term, workdays: Workdays, today: date) -> Reckoned:
    end = workdays.after(start, term, standing.pauses, today)
    return end.on, end.provisional, end.because


def start_of(standing: ItemState, said: Due, unit: str | None) -> date | None:
    """The day from which a term runs: the opening, a receipt, a step, or a date of the case."""
    if said.start is None:
        return None
    if said.start == OPENED:
        return standing.opened_on
    if said.start == RECEIPT:
        return _receipt_of(standing, unit)
    step = standing.procedure.steps.get(said.start)
    if step is not None:
        if step.each_unit and unit is not None:
            return standing.unit_days.get(step.id, {}).get(unit)
        return done_on(standing, step)
    fact = _fact_day(standing, said.start)
    return None if fact is None else fact[0]


def _receipt_of(standing: ItemState, unit: str | None) -> date | None:
    """A unit's own receipt; of all units the day on which the first letter was in everybody's hands: another letter
    gives no more time for what the first one asks."""
    if unit is not None:
        return received_by(standing, unit)
    receipts = [step for step in standing.procedure.steps.values() if step.doing == "receipt"]
    days = [day for step in receipts for letter in letters_for(standing, step) if (day := _all_received(letter))]
    return min(days, default=None)


def _all_received(letter: SentLetter) -> date | None:
    return None if letter.unreceived or not letter.received else max(letter.received.values())


def _fact_day(standing: ItemState, fact: str) -> Reckoned | None:
    """A date of the case. The announcement of the sanction is a step where the procedure has one."""
    said = standing.facts.get(fact)
    if isinstance(said, str):
        said = date.fromisoformat(said)
    if not isinstance(said, date):
        return None
    return said, False, _FACT.fill(fact=fact)
