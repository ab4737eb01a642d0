"""What the acts of one item come to. The acts are all there is: a standing is read off them, and kept nowhere."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from reformkit.model import act as acts
from reformkit.model.act import Act, Opened
from reformkit.model.procedure import Procedure
from reformkit.practising.item import ItemState, Judgement, LateEntry, MadeSuggestion, Reported, SentLetter
from reformkit.practising.states import State
from reformkit.practising.units import spelled
from reformkit.problem import NOWHERE, LedgerError, Problem
from reformkit.text import Text, visible

_DOES_NOT_FIT = Text("与它之前的各条接不上（{error}）", "it does not fit the acts before it ({error})")

ProcedureOf = Callable[[str], Procedure]
"""A procedure by its digest."""


def fold(lines: Iterable[Act], procedures: ProcedureOf) -> ItemState:
    """What the acts of one item come to, in order; what was corrected counts as it should have stood.

    Raises ValueError where the first is not its opening, `LedgerError` where an act does not fit those before it.
    """
    told = list(lines)
    right = {act.data.seq: act for act in told if isinstance(act.data, acts.Corrected)}
    if not told or not isinstance(told[0].data, Opened):
        raise ValueError("an item begins with its opening")
    standing: ItemState | None = None
    for act in told:
        correction = right.get(act.seq)
        try:
            said = act if correction is None else as_corrected(act, correction.data)
            standing = _opened(said, procedures) if standing is None else _taken(standing, said, procedures)
        except _UNFIT as error:
            raise _does_not_fit(act, error) from error
        if correction is not None:
            standing.corrected[act.seq] = correction.seq
    assert standing is not None
    return standing


def as_corrected(act: Act, correction: Any) -> Act:
    """An act as it should have stood. Raises ValueError where that is no act of its kind."""
    fields = dict(correction.data)
    day = fields.pop("on", None)
    data = type(act.data).model_validate(act.data.model_dump() | fields)
    said = act.model_copy(update={"data": data})
    return said if day is None else said.model_copy(update={"on": date.fromisoformat(str(day))})


def _opened(act: Act, procedures: ProcedureOf) -> ItemState:
    data = act.data
    assert isinstance(data, Opened)
    standing = ItemState(act.item, procedures(data.text.sha256), data, act.on)
    if data.case is not None:
        standing.cases[data.case["id"]] = {k: v for k, v in data.case.items() if k != "id"}
    standing.issues, standing.suspected = data.issues, data.suspected
    standing.decisions, standing.settled = dict(data.decisions), dict(data.decisions)
    _note(standing, act)
    return standing


def take(standing: ItemState, act: Act, procedures: ProcedureOf) -> None:
    """One more act of an item, taken into what it stands at. A correction is not: `fold` anew."""
    try:
        _taken(standing, act, procedures)
    except _UNFIT as error:
        raise _does_not_fit(act, error) from error


def _taken(standing: ItemState, act: Act, procedures: ProcedureOf) -> ItemState:
    _note(standing, act)
    _TAKES.get(act.kind, _nothing)(standing, act, act.data, procedures)
    return standing


_UNFIT = (LookupError, ValueError, TypeError)
"""What comes of an act that no guard has let through: a ledger was made by hand, or another program wrote it."""


def _does_not_fit(act: Act, error: Exception) -> LedgerError:
    why = _DOES_NOT_FIT.fill(error=visible(str(error).partition("\n")[0]))
    return LedgerError([Problem("RK542", NOWHERE, {"seq": act.seq, "why": why})])


def _note(standing: ItemState, act: Act) -> None:
    standing.n, standing.seq = act.n, act.seq
    standing.last_on = max(standing.last_on, act.on)
    standing.evidence.update((exhibit.sha256, exhibit) for exhibit in act.evidence)
    standing.acted.add((act.for_whom, act.role))
    if act.late is not None:
        standing.late.append(LateEntry(act.seq, act.kind, act.on, act.late))


def _nothing(standing: ItemState, act: Act, data: Any, procedures: ProcedureOf) -> None:
    """What changes nothing of the state."""


def _fact(standing: ItemState, act: Act, data: acts.Fact, procedures: ProcedureOf) -> None:
    standing.cases.setdefault(data.case, {}).update(data.facts)
    if standing.opened.case is not None and data.case == standing.opened.case["id"]:
        standing.issues, standing.suspected = data.issues, data.suspected
    _decide(standing, act, data.decisions)


def _decide(standing: ItemState, act: Act, decisions: dict[str, str | None]) -> None:
    for name, now in decisions.items():
        if standing.decisions.get(name) != now:
            standing.changed_at[name] = (act.seq, act.on)
    standing.decisions = standing.decisions | decisions


def _opinion(standing: ItemState, act: Act, data: acts.Opinion, procedures: ProcedureOf) -> None:
    standing.opinions[data.fact] = data.opinion
    if standing.opened.case is not None:
        standing.cases[standing.opened.case["id"]][data.fact] = data.opinion
    standing.decisions = standing.decisions | data.decisions
    standing.settled = standing.settled | data.decisions  # a gate has spoken: what follows from it is no surprise
    standing.days[data.step] = act.on
    standing.papers[data.step] = data.papers
    _end(standing, act, data.ended)


def _done(standing: ItemState, act: Act, data: acts.Done, procedures: ProcedureOf) -> None:
    if data.unit is not None:
        unit = spelled(data.unit, standing.units)
        standing.unit_days.setdefault(data.step, {})[unit] = act.on
    else:
        standing.days[data.step] = act.on
    standing.papers[data.step] = tuple(dict.fromkeys((*standing.papers.get(data.step, ()), *data.papers)))
    standing.demands.update((s.id, MadeSuggestion(s, act.on, None)) for s in data.suggestions)
    standing.consent |= data.consent
    _end(standing, act, data.ended)


def _issued(standing: ItemState, act: Act, data: acts.Issued, procedures: ProcedureOf) -> None:
    standing.letters.append(SentLetter(data, act.on, act.seq))
    if data.step is not None:
        standing.days.setdefault(data.step, act.on)
    for suggestion in data.suggestions:  # one that an earlier letter made is the same suggestion
        standing.demands.setdefault(suggestion.id, MadeSuggestion(suggestion, act.on, data.number))


def _received(standing: ItemState, act: Act, data: acts.Received, procedures: ProcedureOf) -> None:
    for letter in standing.letters:
        if letter.issued.number == data.number:
            letter.received[spelled(data.unit, letter.issued.to)] = act.on


def _voided(standing: ItemState, act: Act, data: acts.Voided, procedures: ProcedureOf) -> None:
    """The letter no longer counts: its step is done only by what other letters do, and so with what it suggested."""
    void = next(letter for letter in standing.letters if letter.issued.number == data.number)
    void.void = True
    left = [letter for letter in standing.letters if not letter.void]
    for suggestion in void.issued.suggestions:
        standing.demands.pop(suggestion.id, None)
        for letter in left:
            if suggestion in letter.issued.suggestions:
                made = MadeSuggestion(suggestion, letter.on, letter.issued.number)
                standing.demands.setdefault(suggestion.id, made)
    if void.issued.step is not None:
        standing.days.pop(void.issued.step, None)
        for letter in left:
            if letter.issued.step == void.issued.step:
                standing.days.setdefault(void.issued.step, letter.on)


def _result(standing: ItemState, act: Act, data: acts.Result, procedures: ProcedureOf) -> None:
    said = Reported(data.what, data.count, act.on, act.for_whom, data.suggestion, act.evidence)
    standing.results.append(said)


def _judged(standing: ItemState, act: Act, data: acts.Judged, procedures: ProcedureOf) -> None:
    standing.judged[data.criterion] = Judgement(data.met, act.evidence, act.on, act.body)


def _accepted(standing: ItemState, act: Act, data: acts.Accepted, procedures: ProcedureOf) -> None:
    standing.days[data.step] = act.on
    standing.escalated = None
    if data.countersigned is not None:
        standing.acted.add((data.countersigned.body, data.countersigned.role))


def _failed(standing: ItemState, act: Act, data: acts.Failed, procedures: ProcedureOf) -> None:
    _back(standing, data.step, data.back_to, data.due, data.provisional)


def _visited(standing: ItemState, act: Act, data: acts.Visited, procedures: ProcedureOf) -> None:
    standing.papers[data.step] = data.papers
    if data.ok:
        standing.days[data.step] = act.on
        return
    assert data.back_to is not None and data.due is not None
    _back(standing, data.step, data.back_to, data.due, data.provisional)
    if data.mark is not None:
        standing.marks.append((data.mark, act.on))


def _back(standing: ItemState, step: str, back_to: str, due: date, provisional: bool) -> None:
    """Back to a step, with all that comes after it; what was judged is to be judged again."""
    standing.failures[step] = standing.failures.get(step, 0) + 1
    reopened = standing.procedure.reopened(back_to)
    for name in reopened:
        standing.days.pop(name, None)
        standing.unit_days.pop(name, None)
        standing.again.pop(name, None)
    standing.judged.clear()
    for name in reopened:
        if name == back_to or standing.procedure.steps[name].roles == ("responsible",):
            standing.again[name] = (due, provisional)


def _extended(standing: ItemState, act: Act, data: acts.Extended, procedures: ProcedureOf) -> None:
    standing.extended.setdefault(data.step, []).append(data)


def _suspended(standing: ItemState, act: Act, data: acts.Suspended, procedures: ProcedureOf) -> None:
    standing.pauses.append((act.on, None))


def _resumed(standing: ItemState, act: Act, data: acts.Resumed, procedures: ProcedureOf) -> None:
    if standing.suspended:
        standing.pauses[-1] = (standing.pauses[-1][0], act.on)


def _pressed(standing: ItemState, act: Act, data: acts.Pressed, procedures: ProcedureOf) -> None:
    standing.pressed.append((data.step, act.on))


def _escalated(standing: ItemState, act: Act, data: acts.Escalated, procedures: ProcedureOf) -> None:
    standing.escalated = act.on


def _merged(standing: ItemState, act: Act, data: acts.Merged, procedures: ProcedureOf) -> None:
    standing.into = data.into
    _end(standing, act, "merged")


def _moved(standing: ItemState, act: Act, data: acts.Moved, procedures: ProcedureOf) -> None:
    standing.procedure = procedures(data.text.sha256)
    standing.settled, standing.changed_at = dict(standing.decisions), {}


def _ended(standing: ItemState, act: Act, data: acts.Ended, procedures: ProcedureOf) -> None:
    _end(standing, act, data.state)


def _end(standing: ItemState, act: Act, state: str | None) -> None:
    if state is not None:
        standing.ended, standing.ended_on = State(state), act.on


_TAKES: dict[str, Callable[[ItemState, Act, Any, ProcedureOf], None]] = {
    "fact": _fact,
    "opinion": _opinion,
    "done": _done,
    "issued": _issued,
    "received": _received,
    "voided": _voided,
    "result": _result,
    "judged": _judged,
    "accepted": _accepted,
    "failed": _failed,
    "visited": _visited,
    "extended": _extended,
    "suspended": _suspended,
    "resumed": _resumed,
    "pressed": _pressed,
    "escalated": _escalated,
    "merged": _merged,
    "moved": _moved,
    "ended": _ended,
}
