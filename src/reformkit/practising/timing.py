"""Time: given, stopped, and run out."""

from __future__ import annotations

from datetime import date

from reformkit.model import act as acts
from reformkit.model.act import LONGEST, Entry, Term
from reformkit.practising.due import due
from reformkit.practising.hand import Hand
from reformkit.practising.progress import is_done
from reformkit.text import Text

_EXTENSION, _SUSPENSION = Text("延期", "an extension"), Text("中止", "a suspension")


def extend(hand: Hand, step_id: str, days: object) -> Entry:
    """Give more time for a step: once, before it is due, by the leaders, with a paper. The first due day stays."""
    hand.check_goes_on()
    limit = hand.rules.procedures.extend
    step = hand.step(step_id)
    hand.act_as([limit.role])
    hand.check_day()
    _check_limit(hand, limit.needs, _EXTENSION)
    good = isinstance(days, int) and not isinstance(days, bool)
    most = limit.at_most or LONGEST["days"]
    if not good or not 1 <= int(str(days)) <= most:
        hand.refuse("RK663", days=str(days), most=most)
        good = False
    if step is None:
        return hand.entry(None)
    if is_done(hand.at, step):
        hand.check_open(step)
    given = hand.at.extended.get(step.id, [])
    if limit.times is not None and len(given) >= limit.times:
        hand.refuse("RK662", step=step.title, times=len(given))
    now = due(hand.at, step, hand.rules.workdays, hand.today)
    if now is None:
        hand.refuse("RK660", step=step.title)
        return hand.entry(None)
    if _proven_day(hand) > now.on:
        hand.refuse("RK661", step=step.title, day=str(now.on))
    if not good:
        return hand.entry(None)
    end = hand.rules.workdays.after(now.on, Term(unit="days", count=int(str(days))))
    paper = hand.caller.evidence[0].sha256 if hand.caller.evidence else None
    return hand.entry(
        acts.Extended(
            step=step.id, days=int(str(days)), first=now.first, to=end.on, provisional=end.provisional, paper=paper
        )
    )


def _proven_day(hand: Hand) -> date:
    """The day by which an extension was given: a late entry is believed as far as its papers are dated."""
    if not hand.is_late:
        return hand.caller.on
    return max((exhibit.dated for exhibit in hand.caller.evidence), default=hand.today)


def suspend(hand: Hand) -> Entry:
    """Stop the item's clock. It stays on the month's list."""
    hand.check_goes_on()
    limit = hand.rules.procedures.suspend
    hand.act_as([limit.role])
    hand.check_day()
    _check_limit(hand, limit.needs, _SUSPENSION)
    if limit.times is not None and len(hand.at.pauses) >= limit.times:
        hand.refuse("RK662", step=_SUSPENSION, times=len(hand.at.pauses))
    return hand.entry(acts.Suspended())


def resume(hand: Hand) -> Entry:
    """Let the clock run again."""
    hand.check_goes_on(suspended=True)
    hand.act_as([hand.rules.procedures.suspend.role])
    hand.check_day()
    if not hand.at.suspended:
        hand.refuse("RK664")
    elif hand.caller.on < hand.at.pauses[-1][0]:
        hand.refuse("RK612", on=str(hand.caller.on), step=_SUSPENSION, day=str(hand.at.pauses[-1][0]))
    return hand.entry(acts.Resumed())


def press(hand: Hand, step_id: str) -> Entry:
    """Press for a step that is open."""
    hand.check_goes_on()
    step = hand.step(step_id)
    monthly = hand.rules.procedures.dispatch
    hand.act_as([monthly.role if monthly else "coordinator"])
    hand.check_day()
    if step is not None:
        hand.check_open(step)
    return hand.entry(None if step is None else acts.Pressed(step=step.id))


def escalate(hand: Hand) -> Entry:
    """Pass the item on to the leaders."""
    hand.check_goes_on()
    hand.act_as(["coordinator", "supervisor", "leadership"])
    hand.check_day()
    hand.need_reason()
    return hand.entry(acts.Escalated())


def _check_limit(hand: Hand, needs: tuple[str, ...], what: Text) -> None:
    if "reason" in needs:
        hand.need_reason()
    if "paper" in needs:
        hand.need_paper(what)
