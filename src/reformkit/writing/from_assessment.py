"""From an assessment alone to what a letter is about, where there is no item in a ledger yet.

What an assessment cannot know (the office, the item, to whom it goes) is told by a person, or asked for.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from reformkit.advising.recommend import Recommendation
from reformkit.assessing.weighed import Weighed
from reformkit.model.letter import LetterKind, Letters
from reformkit.model.library import Library
from reformkit.practising.suggesting import issues_of
from reformkit.writing.about import Demand, LetterAbout
from reformkit.writing.from_item import START_IN_LETTERS, found, matter_of
from reformkit.writing.saying import unsaid

_OF_LATER = {
    *("overdue", "served", "received_on", "checked_on", "result"),
    *("dispatched_on", "next_dispatch", "counts", "rows", "anchor"),
}
"""What only an item that is under way can fill."""
_PARTS_OF_LATER = {"judged"}


@dataclass(frozen=True)
class SaidOnce:
    """What a person says of a letter that several of its sentences rest on; None is not known."""

    office: str | None = None
    item: str | None = None
    unit: str | None = None
    matter: str | None = None
    recipient: str | None = None


def about_assessment(weighed: Weighed, said: SaidOnce, day: date | None = None) -> LetterAbout:
    """What a letter of a case is about, as the case was assessed; the suggestions are those for its own unit.

    `day` is the day whose law is cited; without one, what nothing has superseded.
    """
    facts, library = weighed.case.facts, weighed.book.library
    advised = [one for one in weighed.recommendations if one.ground.other is None]
    measures = [one.measure.id for one in advised]
    unit, layer = said.unit or _words(facts.get("unit")), weighed.settled("layer")
    table = weighed.book.rulebook.decisions.get("layer")
    own = [issue for issue in issues_of(weighed) if issue.unit is None]
    return LetterAbout(
        item=said.item,
        office=said.office,
        source=weighed.settled("source") or "case",
        case=weighed.case.id,
        unit=unit,
        recipients=(said.recipient,) if said.recipient else (),
        matter=said.matter or matter_of(measures, library),
        issues=tuple(found(issue, library) for issue in own),
        suggestions=tuple(_demands(advised, library)),
        summary=_words(facts.get("issue")),
        layer=None if table is None or layer not in table.outcomes else table.outcomes[layer].label.zh,
        day=day,
    )


def of_assessments(letters: Letters, used: frozenset[tuple[str, str | None]]) -> bool:
    """Whether a letter can be drafted before there is an item: its template names nothing that only an item has."""
    named = [(letters.placeholders[name], part) for name, part in used if name in letters.placeholders]
    sources = {holder.of for holder, _ in named}
    parts = {holder.parts.get(part) for holder, part in named if part is not None}
    return not (sources & _OF_LATER or parts & _PARTS_OF_LATER)


def asked_once(letters: Letters, kind: LetterKind, about: LetterAbout) -> tuple[str, ...]:
    """What is asked before anything else, as placeholders: what the standing words of the letter need and nobody said."""
    lacking = unsaid(letters, kind, about)
    return tuple(name for name, holder in letters.placeholders.items() if holder.of in lacking)


def _demands(advised: list[Recommendation], library: Library | None) -> Iterator[Demand]:
    said = [(one, clause) for one in advised for clause in one.clauses]
    for number, (one, clause) in enumerate(said, 1):
        start = clause.due.words.zh.replace(*START_IN_LETTERS)
        yield Demand(
            id=str(number),
            text=clause.text.replace(*START_IN_LETTERS),
            measure=one.measure.title.zh,
            responsible=one.measure.lead.zh,
            due=start,
            criteria=clause.criteria,
            evidence=tuple(each.zh for each in clause.evidence),
        )


def _words(value: object) -> str | None:
    return value if isinstance(value, str) and value.strip() else None
