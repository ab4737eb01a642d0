"""Acceptance, criterion by criterion, by two people of two bodies; and the visits afterwards."""

from __future__ import annotations

from collections.abc import Sequence

from reformkit.model import act as acts
from reformkit.model.act import Criterion, Entry
from reformkit.model.procedure import OnFailed, Step
from reformkit.practising.gates import check_papers
from reformkit.practising.hand import Hand, listed
from reformkit.practising.lacks import lacks
from reformkit.practising.nearest import hint
from reformkit.text import Text

_HOLDS = Text("“{by}”承担的是{label}", "`{by}` holds {label}")

_ACCEPTANCE = Text("没有待办的验收", "no acceptance is left to be done")
_VISIT = Text("没有待办的回访", "no visit is left to be made")


def judge(hand: Hand, suggestion: str, criterion: str | int, met: bool) -> Entry:
    """Judge one criterion of a suggestion; one that is met is proven by evidence that is newer than the suggestion."""
    step = _acceptance(hand)
    found = _criterion(hand, suggestion, criterion)
    if found is not None and met:
        if not hand.caller.evidence:
            hand.refuse("RK657", criterion=found.id, text=found.text)
        since = hand.at.demands[suggestion].on
        if hand.caller.evidence and all(exhibit.dated < since for exhibit in hand.caller.evidence):
            hand.refuse("RK658", criterion=found.id, day=str(since))
    return hand.entry(
        None if step is None or found is None else acts.Judged(suggestion=suggestion, criterion=found.id, met=bool(met))
    )


def accept(hand: Hand, countersigned: str | None) -> Entry:
    """Accept the reform: every criterion judged met and proven, by two who hold the two roles of the step."""
    step = _acceptance(hand)
    if step is None:
        return hand.entry(None)
    hand.problems += [problem for problem in lacks(hand.at, step) if problem not in hand.problems]
    for id, criterion in hand.at.criteria.items():
        if id in hand.at.judged and not hand.at.judged[id].met:
            hand.refuse("RK656", criterion=id, text=criterion.text)
    other = _countersigned(hand, step, countersigned)
    return hand.entry(acts.Accepted(step=step.id, countersigned=other, seen=tuple(sorted(hand.at.evidence))))


def fail(hand: Hand) -> list[Entry]:
    """Refuse acceptance: back for a term, and on to the leaders where that has happened before."""
    step = _acceptance(hand)
    hand.need_reason()
    if step is None or step.on_failed is None:
        return [hand.entry(None)]
    end = hand.rules.workdays.after(hand.caller.on, step.on_failed.term)
    back = acts.Failed(step=step.id, back_to=step.on_failed.back_to, due=end.on, provisional=end.provisional)
    return [hand.entry(back), *_escalated(hand, step, step.on_failed, "failed")]


def visit(hand: Hand, ok: bool, papers: Sequence[str], named: str | None) -> list[Entry]:
    """A return visit. One that finds the reform undone sends the item back, and leaves its mark."""
    hand.check_goes_on()
    step = hand.step(named) if named is not None else hand.the_step("visit", _VISIT)
    if step is None:
        return [hand.entry(None)]
    if step.doing != "visit":
        hand.refuse("RK626", what=_VISIT)
    hand.act_as(step.roles)
    hand.check_open(step)
    hand.check_day(step)
    hand.keep_apart(step)
    given = check_papers(hand, step, papers)
    if ok:
        return [hand.entry(acts.Visited(step=step.id, ok=True, papers=given))]
    hand.need_reason()
    failed = step.on_failed
    if failed is None:
        return [hand.entry(acts.Visited(step=step.id, ok=False, papers=given))]
    end = hand.rules.workdays.after(hand.caller.on, failed.term)
    said = acts.Visited(
        step=step.id,
        ok=False,
        back_to=failed.back_to,
        due=end.on,
        provisional=end.provisional,
        mark=failed.mark,
        papers=given,
    )
    return [hand.entry(said), *_escalated(hand, step, failed, "visited")]


def _acceptance(hand: Hand) -> Step | None:
    """The step of acceptance, looked over as for anything that is done on it."""
    hand.check_goes_on()
    step = hand.the_step("acceptance", _ACCEPTANCE)
    if step is not None:
        hand.act_as(step.roles)
        hand.check_open(step)
        hand.check_day(step)
        hand.keep_apart(step)
    return step


def _criterion(hand: Hand, suggestion: str, word: str | int) -> Criterion | None:
    """A criterion by its id, its text, or its number among those of the suggestion, counted from 1."""
    demand = hand.at.demands.get(suggestion)
    if demand is None:
        hand.refuse("RK653", word=suggestion, hint=hint(suggestion, hand.at.demands))
        return None
    criteria = demand.suggestion.criteria
    for number, criterion in enumerate(criteria, 1):
        if word in (criterion.id, criterion.text, number, str(number)):
            return criterion
    known = listed(Text.same(f"{criterion.id} {criterion.text}") for criterion in criteria)
    near = hint(str(word), (c.id for c in criteria))
    hand.refuse("RK654", suggestion=suggestion, word=str(word), hint=near, known=known)
    return None


def _countersigned(hand: Hand, step: Step, by: str | None) -> acts.Countersigned | None:
    """The other of the two who accept: another person of another body, who holds the other role."""
    roles = hand.named(step.roles)
    if by is None:
        hand.refuse("RK659", roles=roles, why=Text("没有写明另一人", "the other one is not named"))
        return None
    one, other = hand.rules.office.accounts.get(hand.caller.by), hand.account(by)
    if one is None or other is None:
        return None
    if one.id == other.id:
        hand.refuse("RK659", roles=roles, why=Text("两处是同一人", "both are the same person"))
        return None
    if hand.body_of(one) == hand.body_of(other):
        hand.refuse("RK659", roles=roles, why=Text("两人属同一机构", "both belong to one body"))
    held = hand.held(other)
    ours = [role for role in step.roles if role in hand.held(one)]
    pairs = [(mine, theirs) for mine in ours for theirs in step.roles if theirs in held and theirs != mine]
    if not pairs:
        label = hand.named(role for role in held if role in step.roles)
        why = _HOLDS.fill(by=by, label=label)
        hand.refuse("RK659", roles=roles, why=why)
        return None
    hand.role, theirs = pairs[0]
    hand.keep_apart(step)
    hand.keep_apart(step, hand.body_of(other), theirs)
    return acts.Countersigned(by=by, body=hand.body_of(other), role=theirs)


def _escalated(hand: Hand, step: Step, failed: OnFailed, after: str) -> list[Entry]:
    """What goes on to the leaders, where it failed more often than may be."""
    count = sum(hand.at.failures.values()) + 1
    if count <= failed.times or hand.at.escalated is not None:
        return []
    return [hand.following(acts.Escalated(after=after))]
