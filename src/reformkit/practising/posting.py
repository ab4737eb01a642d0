"""Letters: issued under a number, received by units, made void."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from reformkit.keeping.line import Line
from reformkit.model import act as acts
from reformkit.model.act import Entry, Suggestion
from reformkit.model.letter import LetterKind, Letters
from reformkit.model.letter_number import LetterNumber
from reformkit.model.procedure import Step
from reformkit.practising.hand import RESPONSIBLE, Hand, listed
from reformkit.practising.item import SentLetter
from reformkit.practising.progress import is_done
from reformkit.practising.units import is_among, spelled
from reformkit.text import Text


def letter_step(hand: Hand, letters: Letters, kind: str) -> Step | None:
    """The step of the procedure under which a kind of letter is issued: one that is not done goes before one that is.

    None for a letter that no step of any procedure issues, and with a problem for one that only others issue.
    """
    steps = [step for step in hand.at.procedure.steps.values() if kind in kinds_of(step, letters)]
    if steps:
        return next((step for step in steps if not is_done(hand.at, step)), steps[-1])
    everywhere = [s for p in hand.rules.procedures.procedures.values() for s in p.steps.values()]
    if any(kind in kinds_of(step, letters) for step in everywhere):
        own = {k for step in hand.at.procedure.steps.values() for k in kinds_of(step, letters)}
        known = listed(letters.kinds[k].title for k in letters.kinds if k in own)
        title = letters.kinds[kind].title
        hand.refuse("RK640", step=hand.at.procedure.title, letter=title, known=known)
    return None


def kinds_of(step: Step, letters: Letters) -> tuple[str, ...]:
    """The kinds of letter that a step may issue, sets resolved."""
    return tuple(kind for word in step.letters for kind in letters.members(word))


def check_issue(
    hand: Hand,
    step: Step | None,
    kind: LetterKind,
    to: Sequence[str],
    suggestions: Sequence[Suggestion],
    reply_by: date | None,
) -> None:
    """Whether a letter may go out now. Of the letters of a step another may follow until acceptance."""
    hand.check_goes_on()
    hand.act_as(step.roles if step else kind.sent_by or ("coordinator",))
    if step is not None:
        accepted = any(s.doing == "acceptance" and is_done(hand.at, s) for s in hand.at.procedure.steps.values())
        hand.check_open(step, again=not accepted)
        hand.keep_apart(step)
    hand.check_day(step)
    if not to:
        hand.refuse("RK648")
    if step is not None and "suggestion" in step.needs and not suggestions:
        hand.refuse("RK634")
    for suggestion in suggestions:
        if not suggestion.criteria:
            hand.refuse("RK635", suggestion=suggestion.id)
    wanted = step is not None and "reply_by" in step.needs
    if (wanted or reply_by is not None) and (reply_by is None or reply_by <= hand.caller.on):
        hand.refuse("RK636")


def check_number(hand: Hand, number: LetterNumber, around: tuple[Line | None, Line | None, Line | None]) -> None:
    """Whether a number is free and runs with its date: `around` are the acts with the number before, this and after."""
    before, same, after = around
    if same is not None:
        hand.refuse("RK641", number=str(number), item=same.item)
        return
    on = hand.caller.on.isoformat()
    for line, wrong in (
        (before, before is not None and before.said["on"] > on),
        (after, after is not None and after.said["on"] < on),
    ):
        if line is not None and wrong:
            hand.refuse("RK642", number=str(number), other=line.number, day=line.said["on"])


def receive(hand: Hand, number: str, unit: str | None) -> Entry:
    """A recipient has received a letter."""
    hand.check_goes_on()
    letter = _letter(hand, number)
    step = hand.at.procedure.steps.get(letter.issued.step or "") if letter else None
    role = step.to if step is not None and step.to is not None else RESPONSIBLE
    left = letter.unreceived if letter else ()
    unit = spelled(unit, left) if unit else unit
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
    hand.check_own(unit)
    if unit is not None:
        return unit
    other = left[0] if len(left) == 1 and not hand.is_listed(left[0]) else None
    return spelled(own, left) if is_among(own, left) or other is None else other


def void(hand: Hand, number: str) -> Entry:
    """A number was issued in error: the letter no longer counts, the number stays used."""
    hand.check_goes_on()
    letter = _letter(hand, number)
    step = hand.at.procedure.steps.get(letter.issued.step or "") if letter else None
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
