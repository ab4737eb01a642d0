"""From an item of reform to what its letters are about: everything that the ledger knows, in words."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from reformkit.model.act import Issue, Suggestion, Term
from reformkit.model.library import Library
from reformkit.model.office import OfficeRecord
from reformkit.model.procedure import RECEIPT, Procedure
from reformkit.model.rulebook import Rulebook
from reformkit.practising.item import ItemState
from reformkit.wording.suggestion import START
from reformkit.writing.about import Demand, Found, LetterAbout

_OPINIONS = {"passed": "同意启动以案促改", "rejected": "不启动以案促改"}
_JUDGED = {True: "达到", False: "未达到"}
_UNITS = {"days": "日", "workdays": "个工作日", "months": "个月"}
START_IN_LETTERS = (START["letter_received"].zh, "收到本文书之日")
"""How a suggestion says from when days count, and how a letter that is itself that paper says it."""
_CRITERIA = "验收："
"""Where a measure's text goes over to its criteria, which a letter gives by themselves."""


def about_item(
    state: ItemState,
    office: OfficeRecord,
    rulebook: Rulebook,
    library: Library | None = None,
    *,
    to: tuple[str, ...] = (),
    suggestions: Iterable[Suggestion] = (),
    reply_by: date | None = None,
    body: str | None = None,
    day: date | None = None,
) -> LetterAbout:
    """What a letter of an item is about, as the item stands.

    `suggestions` are those that the letter makes; without any, those that were made. `body` is the body of the
    office that the answer goes to.
    """
    opened, facts = state.opened, state.facts
    made = tuple(suggestions) or tuple(demand.suggestion for demand in state.demands.values())
    case = None if opened.case is None else str(opened.case["id"])
    gate = next((state.opinions[fact] for fact in ("lead_gate", "coordinator_gate") if fact in state.opinions), None)
    held = office.bodies.get(body or "")
    received = [on for letter in state.letters if not letter.void for on in letter.received.values()]
    return LetterAbout(
        item=state.id,
        office=office.name,
        codes=office.code,
        source=opened.source,
        source_name=opened.matter.get("source_name"),
        case=case,
        unit=opened.unit,
        recipients=to,
        matter=opened.matter.get("matter") or matter_of((one.measure for one in made), library),
        issues=tuple(found(issue, library) for issue in state.issues),
        suggestions=tuple(_demand(one, state, library) for one in made),
        reply_by=reply_by,
        body=None if held is None else held.title.zh,
        contact=None if held is None or held.contact is None else held.contact.zh,
        summary=_words(facts.get("issue")),
        seal=_seal(state, office, rulebook),
        opinion=None if gate is None else _OPINIONS.get(gate),
        layer=_layer(state, rulebook),
        served=tuple(_served(state, rulebook)),
        received_on=min(received, default=None),
        day=day,
    )


def due_said(term: Term | None, start: str | None, procedure: Procedure) -> str | None:
    """A term in words, as it stands in a letter.

    >>> from reformkit.text import Text
    >>> due_said(Term(unit="days", count=60), "receipt", Procedure(id="p", title=Text.same("p"), mark="点", steps={}))
    '自收到本文书之日起60日内'
    """
    if term is None:
        return None
    if start in (None, RECEIPT):
        begun = "收到本文书"
    else:
        step = procedure.steps.get(start or "")
        begun = f"“{step.title.zh}”办结" if step else f"{start}"
    return f"自{begun}之日起{term.count}{_UNITS[term.unit]}内"


def matter_of(ids: Iterable[str | None], library: Library | None) -> str | None:
    """What a letter is about, by the titles of its measures."""
    measures = [library.measures.get(id or "") for id in ids] if library else []
    titles = list(dict.fromkeys(measure.title.zh for measure in measures if measure is not None))
    if not titles:
        return None
    return "、".join(titles[:2]) + ("等事项" if len(titles) > 2 else "")


def found(issue: Issue, library: Library | None) -> Found:
    """A problem as a letter tells it."""
    cause = library.causes.get(issue.cause) if library else None
    direction = library.weak_points[cause.weak_point].label.zh if library and cause else None
    return Found(issue.label, direction, issue.evidence)


def _demand(one: Suggestion, state: ItemState, library: Library | None) -> Demand:
    measure = library.measures.get(one.measure or "") if library else None
    judged = [state.judged.get(criterion.id) for criterion in one.criteria]
    met = None if not judged or None in judged else all(found.met for found in judged if found)
    names = [paper.name for found in judged if found for paper in found.evidence]
    return Demand(
        id=one.id,
        text=_text(one),
        measure=None if measure is None else measure.title.zh,
        responsible=measure.lead.zh if measure else state.opened.responsible_unit,
        due=due_said(one.term, one.start, state.procedure),
        criteria=tuple(criterion.text for criterion in one.criteria),
        evidence=tuple(dict.fromkeys(names)),
        judged=None if met is None else _JUDGED[met],
    )


def _text(one: Suggestion) -> str:
    """What is asked, in a letter that is itself the paper from whose receipt days count."""
    said = one.text.partition(_CRITERIA)[0] if one.criteria else one.text
    return said.replace(*START_IN_LETTERS)


def _layer(state: ItemState, rulebook: Rulebook) -> str | None:
    """The layer in words: that of the item, else what was decided, else what the item's procedure is called."""
    table = rulebook.decisions.get("layer")
    outcome = state.opened.layer or state.decisions.get("layer")
    if table is None or outcome not in table.outcomes:
        return state.procedure.title.zh
    return table.outcomes[outcome].label.zh


def _seal(state: ItemState, office: OfficeRecord, rulebook: Rulebook) -> str | None:
    """Who sealed the last letter that counts: a receipt slip bears the same name."""
    letters = rulebook.letters
    sent = [letter for letter in state.letters if not letter.void]
    kind = letters.kinds.get(sent[-1].issued.letter) if letters and sent else None
    name = letters.names.get(kind.name or "") if letters and kind else None
    return None if name is None else name.seal.zh.format(office=office.name)


def _served(state: ItemState, rulebook: Rulebook) -> Iterable[str]:
    kinds = rulebook.letters.kinds if rulebook.letters else {}
    for letter in state.letters:
        kind = kinds.get(letter.issued.letter)
        if not letter.void:
            yield f"{kind.title.zh if kind else letter.issued.letter}（{letter.issued.number}）"


def _words(value: object) -> str | None:
    return value if isinstance(value, str) and value.strip() else None
