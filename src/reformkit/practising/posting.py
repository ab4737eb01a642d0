"""Letters: issued under a number, received by units, made void."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from reformkit.model import act as acts
from reformkit.model.act import Entry, Exhibit, Suggestion
from reformkit.model.procedure import Step
from reformkit.practising.hand import RESPONSIBLE, Hand, listed
from reformkit.practising.item import SentLetter
from reformkit.practising.progress import is_done
from reformkit.text import Text


def letter_step(hand: Hand, kind: str, allowed: dict[str, tuple[str, ...]], named: str | None) -> Step | None:
    """The step of the procedure under which a kind of letter is issued: the open one first; or None and a problem.

    `allowed` are the kinds that each step of the procedure may issue, sets resolved.
    """
    steps = [s for s in hand.at.procedure.steps.values() if s.doing == "issue" and kind in allowed.get(s.id, ())]
    if named is not None:
        step = hand.step(named)
        if step is not None and step not in steps:
            known = listed(map(Text.same, allowed.get(step.id, ())))
            hand.refuse("RK640", step=step.title, letter=kind, known=known)
            return None
        return step
    if not steps:
        known = listed(Text.same(k) for k in dict.fromkeys(k for kinds in allowed.values() for k in kinds))
        hand.refuse("RK640", step=hand.at.procedure.title, letter=kind, known=known)
        return None
    return next((step for step in steps if not is_done(hand.at, step)), steps[-1])


def check_issue(
    hand: Hand, step: Step, to: Sequence[str], suggestions: Sequence[Suggestion], reply_by: date | None
) -> None:
    """Whether a letter may go out under a step now. Another one may follow until acceptance."""
    hand.check_goes_on()
    hand.act_as(step.roles)
    accepted = any(s.doing == "acceptance" and is_done(hand.at, s) for s in hand.at.procedure.steps.values())
    hand.check_open(step, again=not accepted)
    hand.check_day(step)
    hand.keep_apart(step)
    if not to:
        hand.refuse("RK648")
    if "suggestion" in step.needs and not suggestions:
        hand.refuse("RK634")
    for suggestion in suggestions:
        if not suggestion.criteria:
            hand.refuse("RK635", suggestion=suggestion.id)
    if ("reply_by" in step.needs or reply_by is not None) and (reply_by is None or reply_by <= hand.caller.on):
        hand.refuse("RK636")


def issued(
    hand: Hand,
    step: Step,
    letter: str,
    number: str,
    series: str,
    serial: int,
    to: Sequence[str],
    copies: Sequence[str],
    reply_by: date | None,
    suggestions: Sequence[Suggestion],
    file: Exhibit | None,
) -> Entry:
    """The act of issuing, all being well."""
    return hand.entry(
        acts.Issued(
            step=step.id,
            letter=letter,
            number=number,
            series=series,
            year=hand.caller.on.year,
            serial=serial,
            to=tuple(to),
            copies=tuple(copies),
            reply_by=reply_by,
            suggestions=tuple(suggestions),
            file=file,
        )
    )


def receive(hand: Hand, number: str, unit: str | None) -> Entry:
    """A recipient has received a letter."""
    hand.check_goes_on()
    letter = _letter(hand, number)
    step = hand.at.procedure.steps.get(letter.issued.step) if letter else None
    role = step.to if step is not None and step.to is not None else RESPONSIBLE
    left = letter.unreceived if letter else ()
    hand.act_as([role], unit or (left[0] if left else None))
    whose = _recipient(hand, role, unit, left)
    if letter is None or whose not in left:
        hand.refuse("RK643", number=number, unit=whose)
    elif hand.caller.on < letter.on:
        hand.refuse("RK644", on=str(hand.caller.on), day=str(letter.on))
    hand.check_day()
    receipts = (s for s in hand.at.procedure.steps.values() if s.doing == "receipt" and step and step.id in s.after)
    receipt = next(receipts, None)
    return hand.entry(acts.Received(number=number, unit=whose, step=None if receipt is None else receipt.id))


def _recipient(hand: Hand, role: str, unit: str | None, left: Sequence[str]) -> str:
    """For whom the letter is received: the account's own unit; of bodies the one that is stated, or left."""
    if role != RESPONSIBLE:
        return unit or (left[0] if len(left) == 1 else hand.body)
    own = hand.for_unit or hand.body
    if unit is not None and unit != own:
        hand.refuse("RK627", unit=unit, known=Text.same(own))
    return own


def void(hand: Hand, number: str) -> Entry:
    """A number was issued in error: the letter no longer counts, the number stays used."""
    hand.check_goes_on()
    letter = _letter(hand, number)
    step = hand.at.procedure.steps.get(letter.issued.step) if letter else None
    hand.act_as(step.roles if step else ("lead",))
    hand.check_day()
    hand.need_reason()
    if letter is None:
        hand.refuse(
            "RK645", number=number, why=Text("没有这一文书，或者已经作废", "there is no such letter, or it is void")
        )
    else:
        criteria = {c.id for suggestion in letter.issued.suggestions for c in suggestion.criteria}
        if criteria & hand.at.judged.keys():
            hand.refuse("RK645", number=number, why=Text("其建议已经判定", "what it suggests has been judged"))
        if hand.caller.on < letter.on:
            hand.refuse("RK612", on=str(hand.caller.on), step=Text("发文", "the issue"), day=str(letter.on))
    return hand.entry(acts.Voided(number=number))


def _letter(hand: Hand, number: str) -> SentLetter | None:
    return next((le for le in hand.at.letters if le.issued.number == number and not le.void), None)
