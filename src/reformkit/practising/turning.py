"""How items begin and turn: opened, told facts, merged, moved, ended, corrected."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from pydantic import ValidationError

from reformkit.model import act as acts
from reformkit.model.act import Act, Entry
from reformkit.model.office import Account
from reformkit.model.procedure import Procedure
from reformkit.practising.fold import as_corrected
from reformkit.practising.gates import Afresh
from reformkit.practising.hand import Hand, listed
from reformkit.practising.item import ItemState
from reformkit.practising.moving import lost_steps
from reformkit.practising.nearest import hint
from reformkit.practising.rectifying import result_of
from reformkit.practising.units import is_among
from reformkit.text import Text

_NOT_CORRECTABLE = Text("“{zh}”不能更正", "`{en}` cannot be corrected")

OPENERS = ("coordinator", "lead", "handler", "leadership", "supervisor", "acceptance")
TELLERS = ("handler", "lead", "coordinator", "supervisor", "acceptance", "leadership")

CORRECTABLE: dict[str, tuple[str, ...]] = {
    "opened": ("unit", "responsible_unit", "region", "township", "industry", "department", "linked", "matter"),
    "done": ("on", "papers", "consent"),
    "opinion": ("on", "papers"),
    "received": ("on", "unit"),
    "result": ("on", "what", "count", "suggestion"),
    "visited": ("papers",),
}
"""What can be corrected of each kind. What other acts hang on is not: it is voided, failed, judged or moved anew."""

_OPENING = {"unit": Text("案发单位", "unit"), "responsible_unit": Text("责任单位", "responsible unit")}


def check_opening(hand: Hand, facts: Mapping[str, Any], unit: str | None, responsible: str | None) -> None:
    """Whether an item may be opened by this account on this day."""
    account = hand.account(hand.caller.by)
    if account is not None:
        _open_as(hand, account, facts)
    hand.check_day()
    for name, value in (("unit", unit), ("responsible_unit", responsible)):
        if not value:
            hand.refuse("RK672", field=_OPENING[name])


def _open_as(hand: Hand, account: Account, facts: Mapping[str, Any]) -> None:
    held = () if account.unit else hand.rules.office.roles_of_body(account, facts, ())
    hand.body = account.body
    mine = [role for role in OPENERS if role in held]
    if mine:
        hand.role = mine[0]
    else:
        hand.refuse("RK602", want=hand.named(OPENERS[:3]), account=account.id, held=hand.named(held))


def tell(hand: Hand, case: str | None, facts: Mapping[str, Any], afresh: Afresh) -> Entry:
    """Facts of one of the item's cases became known."""
    hand.check_goes_on(suspended=True)
    hand.act_as(TELLERS)
    hand.check_day()
    own = hand.at.opened.case["id"] if hand.at.opened.case else None
    known = [id for id in (own, *hand.at.opened.linked) if id is not None]
    whose = case or own or (known[0] if known else None)
    if whose not in known:
        hand.refuse("RK678", case=whose or "")
        return hand.entry(None)
    assert whose is not None
    return hand.entry(
        acts.Fact(
            case=whose,
            facts=dict(facts),
            decisions=afresh.decisions,
            issues=afresh.issues,
            suspected=afresh.suspected,
        )
    )


def merge_into(hand: Hand, other_id: str, other: ItemState | None) -> Entry:
    """The item goes on as a part of another: one reform for one problem of one unit."""
    hand.check_goes_on()
    hand.act_as(["coordinator", "leadership"])
    hand.check_day()
    hand.need_reason()
    why = _why_not_into(hand.at, other)
    if why is not None:
        hand.refuse("RK673", item=other_id, why=why)
    return hand.entry(acts.Merged(into=other_id))


def _why_not_into(standing: ItemState, other: ItemState | None) -> Text | None:
    if other is None:
        return Text("台账中没有这一事项", "the ledger has no such item")
    if other.id == standing.id:
        return Text("不能并入自身", "it is the same item")
    if other.ended is not None:
        return Text("它已经了结", "it has ended")
    mine = (standing.opened.unit, standing.opened.responsible_unit, *standing.units)
    theirs = (other.opened.unit, other.opened.responsible_unit, *other.units)
    if not any(is_among(unit, theirs) for unit in mine):
        return Text("两项不是同一单位的", "the two are not of one unit")
    return None


def chosen(hand: Hand, word: str) -> Procedure | None:
    """A procedure of the rulebook by id or title, or None and a problem."""
    procedures = hand.rules.procedures.procedures
    for procedure in procedures.values():
        if word in (procedure.id, procedure.title.zh, procedure.mark):
            return procedure
    known = listed(Text(p.title.zh, p.id) for p in procedures.values())
    hand.refuse("RK670", word=word, hint=hint(word, procedures), known=known)
    return None


def move_to(hand: Hand, procedure: Procedure) -> Entry:
    """The item goes on under another procedure, which must have every step that was done."""
    hand.check_goes_on()
    hand.act_as(["coordinator", "lead", "leadership"])
    hand.check_day()
    hand.need_reason()
    lost = lost_steps(hand.at, procedure)
    if lost:
        hand.refuse("RK674", procedure=procedure.title, steps=listed(step.title for step in lost))
    return hand.entry(acts.Moved(procedure=procedure.id, text=kept_text(procedure)))


def kept_text(procedure: Procedure) -> acts.KeptText:
    """The name by which a procedure's text is kept beside the ledger."""
    size = len(procedure.text.encode())
    return acts.KeptText(sha256=procedure.digest, name=f"{procedure.id}.json", bytes=size)


def end(hand: Hand) -> Entry:
    """End the item before its procedure comes to an end."""
    hand.check_goes_on(suspended=True)
    hand.act_as(["leadership", "coordinator"])
    hand.check_day()
    hand.need_reason()
    return hand.entry(acts.Ended())


def correct(hand: Hand, seq: int, data: Mapping[str, Any], told: Sequence[Act]) -> Entry:
    """Say what should have stood in an act; another person than who wrote it does so, and the old line stays."""
    found = next((act for act in told if act.seq == seq), None)
    hand.act_as(TELLERS)
    hand.check_day()
    hand.need_reason()
    if found is None:
        hand.refuse("RK675", item=hand.item, seq=seq)
        return hand.entry(None)
    if found.by == hand.caller.by:
        hand.refuse("RK676", seq=seq, account=found.by)
    may = CORRECTABLE.get(found.kind, ())
    why = _why_uncorrectable(hand, found, data, may)
    if why is not None:
        hand.refuse("RK677", seq=seq, why=why, known=listed(map(Text.same, may)))
    elif found.kind == "result":
        data = result_of(hand, data)
    return hand.entry(acts.Corrected(seq=seq, data={k: _plain(v) for k, v in data.items()}))


def _why_uncorrectable(hand: Hand, found: Act, data: Mapping[str, Any], may: Sequence[str]) -> Text | None:
    other = [name for name in data if name not in may]
    if other or not data:
        names = "、".join(other)
        return _NOT_CORRECTABLE.fill(zh=names, en=", ".join(other)) if other else _NOTHING
    try:
        said = as_corrected(found, acts.Corrected(seq=found.seq, data={k: _plain(v) for k, v in data.items()}))
    except (ValidationError, ValueError):
        return Text("写的值不是这一项可以有的", "the value is none that may stand there")
    if not hand.at.opened_on <= said.on <= max(found.on, hand.today):
        return Text("日期早于立项或者晚于今天", "the day is before the opening or after today")
    return None


_NOTHING = Text("没有写要更正什么", "it says nothing to be corrected")


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else list(value) if isinstance(value, tuple) else value
