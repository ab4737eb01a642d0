"""What units report to have done."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from reformkit.model import act as acts
from reformkit.model.act import Entry
from reformkit.practising.hand import Hand
from reformkit.practising.nearest import hint, named, words_of
from reformkit.practising.progress import is_open
from reformkit.text import Text

_REPORTING = Text("现在不在整改阶段，不能报送成果", "the item is not being rectified, so no results can be reported")


def result(hand: Hand, what: str, count: object, suggestion: str | None, unit: str | None) -> Entry:
    """A unit reports a number of things that it has done, with evidence."""
    hand.check_goes_on()
    steps = [s for s in hand.at.procedure.steps.values() if s.results and _open_for_unit(hand, s.id)]
    hand.act_as(["responsible"], unit)
    if not steps:
        hand.refuse("RK626", what=_REPORTING)
    hand.check_day(steps[0] if steps else None)
    if isinstance(count, bool) or not isinstance(count, int) or count < 1:
        hand.refuse("RK651", word=str(count))
    if not hand.caller.evidence:
        hand.refuse("RK650")
    said = result_of(hand, {"what": what, "count": count, "suggestion": suggestion})
    made = hand.at.demands.get(suggestion or "")
    since = hand.at.opened_on if made is None else made.on
    if hand.caller.evidence and all(exhibit.dated < since for exhibit in hand.caller.evidence):
        hand.refuse("RK658", criterion=what if suggestion is None else suggestion, day=str(since))
    return hand.entry(None if hand.problems else acts.Result.model_validate(said))


def result_of(hand: Hand, said: Mapping[str, Any]) -> dict[str, Any]:
    """What is said of a result, or what of it is corrected: its kind by the id, its suggestion one that was made."""
    own = dict(said)
    if isinstance(what := own.get("what"), str):
        own["what"] = _kind_of(hand, what)
    suggestion = own.get("suggestion")
    if suggestion is not None and suggestion not in hand.at.demands:
        hand.refuse("RK653", word=str(suggestion), hint=hint(str(suggestion), hand.at.demands))
    return own


def _kind_of(hand: Hand, what: str) -> str:
    """The kind of a result by its id or by what its figure is called: one that no figure sums would never be counted."""
    kinds = hand.rules.results
    words = words_of(kinds)
    found = words.find(what)
    if found is None and kinds:
        hand.refuse("RK649", word=what, hint=words.hint(what), known=named(kinds))
    return found or what


def _open_for_unit(hand: Hand, step: str) -> bool:
    return is_open(hand.at, hand.at.procedure.steps[step])
