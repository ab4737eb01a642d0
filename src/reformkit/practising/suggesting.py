"""The suggestions that a letter makes to a unit, drawn from what an assessment recommends.

Criteria are copied as they read now: the library may change later, what was asked of the unit does not.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from reformkit.advising.recommend import Recommendation
from reformkit.advising.suggestion import AdvisedSuggestion
from reformkit.assessing.weighed import Weighed
from reformkit.model.act import Criterion, Issue, Suggestion, Term
from reformkit.model.procedure import RECEIPT
from reformkit.practising.item import ItemState
from reformkit.practising.units import is_among

_STEPS = {"letter_received": RECEIPT, "decision_announced": "announce", "plan_approved": "plan"}
"""From where the days of a measure count, as steps of a procedure; the receipt, where it has no such step."""


def proposed(state: ItemState, weighed: Weighed | None, to: Collection[str]) -> tuple[Suggestion, ...]:
    """One suggestion for each wording of a measure that answers a cause found and is not asked for yet, numbered on.

    They are those for the units `to` which the letter goes: another unit that findings are about is written to by
    itself. Where all are asked for already, those: another letter may say the same, and it counts once.
    """
    made = tuple(made.suggestion for made in state.demands.values())
    advised = weighed.recommendations if weighed else ()
    theirs = [r for r in advised if (unit := _unit_of(r)) is not None and is_among(unit, to)]
    own = (
        [] if theirs and not is_among(state.opened.responsible_unit, to) else [r for r in advised if not r.ground.other]
    )
    chosen = [*own, *theirs]
    asked = {(suggestion.measure, suggestion.unit) for suggestion in made}
    new = [(r, clause) for r in chosen if (r.measure.id, _unit_of(r)) not in asked for clause in r.clauses]
    first = _next_number(state)
    units = {_unit_of(r) for r in chosen}
    again = tuple(suggestion for suggestion in made if not chosen or suggestion.unit in units)
    return tuple(_suggestion(state, *one, f"{state.id}-{n}") for n, one in enumerate(new, first)) or again


def _unit_of(r: Recommendation) -> str | None:
    """The unit that a recommendation is for where that is not the unit of the case."""
    return None if r.ground.other is None else r.ground.other.unit


def stated(
    state: ItemState, said: Iterable[tuple[str, Iterable[str]]], days: int | None = None
) -> tuple[Suggestion, ...]:
    """Suggestions in an office's own words: each a text with its criteria; `days` count from the receipt."""
    first = _next_number(state)
    term = None if days is None else Term(unit="days", count=days)
    return tuple(
        Suggestion(
            id=f"{state.id}-{number}",
            text=text,
            term=term,
            start=None if term is None else RECEIPT,
            criteria=numbered(f"{state.id}-{number}", criteria),
        )
        for number, (text, criteria) in enumerate(said, first)
    )


def numbered(suggestion: str, criteria: Iterable[str]) -> tuple[Criterion, ...]:
    """Criteria by number within their suggestion."""
    return tuple(Criterion(id=f"{suggestion}.{n}", text=text) for n, text in enumerate(criteria, 1))


def issues_of(weighed: Weighed) -> tuple[Issue, ...]:
    """The problems that the analysis found, each with its cause, matter and fact."""
    labels = weighed.book.cause_items
    return tuple(
        Issue(
            cause=finding.cause,
            label=labels[finding.cause].label.zh if finding.cause in labels else finding.cause,
            matter=finding.matter,
            evidence=finding.evidence,
            unit=finding.unit,
        )
        for finding in weighed.case.findings or ()
    ) or tuple(
        Issue(cause=cause, label=labels[cause].label.zh if cause in labels else cause)
        for cause in sorted(weighed.found)
    )


def _suggestion(state: ItemState, recommendation: Recommendation, clause: AdvisedSuggestion, id: str) -> Suggestion:
    step = _STEPS[clause.due.start]
    return Suggestion(
        id=id,
        text=clause.text,
        unit=_unit_of(recommendation),
        measure=recommendation.measure.id,
        cause=clause.cause,
        matter=clause.matter,
        issue=None if clause.finding is None else clause.finding.evidence,
        term=Term(unit="days", count=clause.due.days),
        start=step if step in state.procedure.steps else RECEIPT,
        criteria=numbered(id, clause.criteria),
    )


def _next_number(state: ItemState) -> int:
    """The number after the highest that a suggestion of the item ever had: a void one stays used."""
    sent = [s for letter in state.letters for s in letter.issued.suggestions]
    ids = [s.id for s in sent] + list(state.demands)
    return 1 + max((int(id.rsplit("-", 1)[1]) for id in ids), default=0)
