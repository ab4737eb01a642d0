"""Steps that are done by saying so, and the gates, which say whether reform goes on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from reformkit.model import act as acts
from reformkit.model.act import Entry, Issue, Suggestion
from reformkit.model.procedure import Step
from reformkit.practising.hand import Hand, listed
from reformkit.practising.lacks import lacks
from reformkit.practising.nearest import hint
from reformkit.practising.units import spelled
from reformkit.problem import RefusedError
from reformkit.text import Text

OPINIONS = ("passed", "rejected")


@dataclass(frozen=True, slots=True)
class Afresh:
    """What an item's own case comes to with more facts: outcomes by decision, problems found, causes suspected."""

    decisions: dict[str, str | None]
    issues: tuple[Issue, ...] = ()
    suspected: tuple[str, ...] = ()


_WAYS = {
    "issue": Text("以发出文书办结", "it is done by issuing a letter"),
    "receipt": Text("以签收文书办结", "it is done by receiving the letter"),
    "acceptance": Text("以验收通过或者不通过办结", "it is done by accepting, or letting acceptance fail"),
    "visit": Text("以回访办结", "it is done by a visit"),
}
_SPEAKS = Text("意见只用于两关", "an opinion is for a gate")
_PAPER = Text("这一步", "the step")


def do(
    hand: Hand,
    step_id: str,
    opinion: str | None,
    papers: Sequence[str],
    consent: bool,
    unit: str | None,
    suggestions: Sequence[Suggestion],
    afresh: Callable[[str, str], Afresh | None],
) -> Entry:
    """Do a step, or let a gate speak.

    `afresh` says what the item's case comes to where a fact has an opinion; None for an item without a case.
    """
    hand.check_goes_on()
    step = hand.step(step_id)
    if step is None:
        raise RefusedError(hand.problems)
    if step.doing in _WAYS:
        hand.refuse("RK625", step=step.title, way=_WAYS[step.doing])
    hand.act_as(step.roles, unit)
    hand.check_open(step)
    hand.check_day(step)
    hand.keep_apart(step)
    _check_needs(hand, step, suggestions)
    given = check_papers(hand, step, papers)
    if step.doing == "opinion":
        return _opinion(hand, step, opinion, given, afresh)
    if opinion is not None:
        hand.refuse("RK625", step=step.title, way=_SPEAKS)
    whose = _unit(hand, step, unit) if step.each_unit else None
    return hand.entry(
        acts.Done(
            step=step.id, unit=whose, papers=given, suggestions=tuple(suggestions), consent=consent, ended=step.end
        )
    )


def _check_needs(hand: Hand, step: Step, suggestions: Sequence[Suggestion]) -> None:
    hand.problems += [problem for problem in lacks(hand.at, step) if problem not in hand.problems]
    if "reason" in step.needs:
        hand.need_reason()
    if "paper" in step.needs:
        hand.need_paper(_PAPER)
    if "suggestion" in step.needs and not suggestions and step.doing == "do":
        hand.refuse("RK634")
    for suggestion in suggestions:
        if not suggestion.criteria:
            hand.refuse("RK635", suggestion=suggestion.id)


def check_papers(hand: Hand, step: Step, papers: Sequence[str]) -> tuple[str, ...]:
    """The papers of a step that were handed over, by id or title."""
    titles = {id: hand.rules.procedures.papers.get(id, Text.same(id)) for id in step.papers}
    found = []
    for word in papers:
        known = [id for id, title in titles.items() if word in (id, title.zh)]
        if not known:
            near = hint(word, [*titles, *(title.zh for title in titles.values())])
            hand.refuse("RK639", step=step.title, paper=word, hint=near, known=listed(titles.values()))
        found += known
    return tuple(dict.fromkeys(found))


def _opinion(
    hand: Hand,
    step: Step,
    opinion: str | None,
    papers: tuple[str, ...],
    afresh: Callable[[str, str], Afresh | None],
) -> Entry:
    fact = step.opinion
    assert fact is not None
    if opinion not in OPINIONS:
        hand.refuse("RK631", step=step.title)
        return hand.entry(None)
    if opinion == "rejected":
        hand.need_reason()
    found = None if hand.problems else afresh(fact, opinion)
    ended = None
    if opinion == "rejected" and step.on_rejected is not None:
        startup = None if found is None else found.decisions.get("startup")
        stops = not step.on_rejected.if_startup or found is None or startup in step.on_rejected.if_startup
        ended = step.on_rejected.end if stops else None
    decisions = {} if found is None else found.decisions
    said = {"step": step.id, "fact": fact, "opinion": opinion, "papers": papers}
    return hand.entry(acts.Opinion.model_validate({**said, "decisions": decisions, "ended": ended}))


def _unit(hand: Hand, step: Step, unit: str | None) -> str | None:
    """The unit that does its part of a step that every unit does."""
    units = hand.at.units
    whose = spelled(unit or hand.for_unit or hand.body, units)
    hand.check_own(unit)
    if whose not in units:
        hand.refuse("RK627", unit=whose, known=listed(map(Text.same, units)))
    elif (day := hand.at.unit_days.get(step.id, {}).get(whose)) is not None:
        hand.refuse("RK624", step=step.title, day=str(day))
    return whose
