"""From what a letter is about to what its placeholders say: standing words with their blanks filled, and the law.

A blank of the wording that is not known makes the whole sentence unknown: it is asked for, never left half said.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from reformkit.model.cited import Cited
from reformkit.model.letter import LetterKind, Letters
from reformkit.model.library import Citation, Library
from reformkit.text import Text
from reformkit.writing.about import Demand, Found, LetterAbout

_BLANK = re.compile(r"\{(\w+)\}")
_USES = {"rely": "依据", "refer": "参照"}
_OF_DISPATCH: dict[str, Any] = dict.fromkeys(("dispatched_on", "next_dispatch", "counts", "rows", "anchor"))
_SAYS_WHEN = "之日起"
_PARTY = re.compile("党|纪委|纪律检查委员会|委员会$")

_ENDS = ("。", "！", "？", "；", "：", "”", "）", ".", "!", "?")
"""Marks with which words may end a paragraph."""


def said_of(
    letters: Letters, kind: LetterKind, about: LetterAbout, library: Library | None, day: date | None
) -> dict[str, Any]:
    """What fills each source of placeholders on a day; None where it is not known."""
    name, blanks = letters.names.get(kind.name or ""), _blanks(letters, kind, about, library, day)
    return {
        "head": _filled(name.head if name else None, blanks),
        "seal": _filled(name.seal, blanks) if name else about.seal,
        "office": about.office,
        "title": kind.title.zh,
        "number": None,
        "subject": _filled(kind.subject, blanks),
        "matter": about.matter,
        "recipient": _recipient(kind, about),
        "copies": about.copies or None,
        "reason": about.reason or _filled(kind.reason, blanks),
        "issues": [_issue(letters, issue) for issue in about.issues],
        "suggestions": [_suggestion(letters, suggestion) for suggestion in about.suggestions],
        "legal_basis": basis_said(cited(kind.legal_basis, library, day)),
        "reply_by": about.reply_by,
        "objection": _filled(kind.objection, blanks),
        "consequences": _filled(kind.consequences, blanks),
        "enclosures": about.enclosures or None,
        "signed_by": about.signed_by,
        "contact": about.contact,
        "body": about.body,
        "issued_on": None,
        "item": about.item,
        "case": about.case,
        "unit": about.unit,
        "summary": _as_sentence(about.summary),
        "opinion": about.opinion,
        "opinion_reason": about.opinion_reason,
        "layer": about.layer,
        "overdue": about.overdue,
        "served": list(about.served),
        "received_on": about.received_on,
        "checked_on": about.checked_on,
        "result": about.result,
        **_OF_DISPATCH,
        **about.more,
    }


def unsaid(letters: Letters, kind: LetterKind, about: LetterAbout) -> frozenset[str]:
    """The blanks of the letter's standing words that nothing is known for (`model.letter.BLANKS`)."""
    name = letters.names.get(kind.name or "")
    wordings = [kind.subject, kind.reason, kind.objection, letters.origins.get(about.source)]
    wordings += [name.head, name.seal] if name else []
    asked = {blank for wording in wordings if wording is not None for blank in _BLANK.findall(wording.zh)}
    return frozenset(blank for blank in asked if _blanks(letters, kind, about, None, None).get(blank) is None)


def _blanks(
    letters: Letters, kind: LetterKind, about: LetterAbout, library: Library | None, day: date | None
) -> dict[str, str | None]:
    """What fills the blanks of the standing words."""
    blanks: dict[str, str | None] = {
        "office": about.office,
        "unit": about.unit,
        "case": about.case,
        "item": about.item,
        "matter": about.matter,
        "title": kind.title.zh,
        "source_name": about.source_name,
        "clauses": clauses_said(cited(kind.consequences_basis, library, day)),
    }
    blanks["origin"] = _filled(letters.origins.get(about.source), blanks)
    return blanks


def cited(citations: Iterable[Citation], library: Library | None, day: date | None) -> tuple[Cited, ...]:
    """What may be cited on a day: clauses in force then; without a day, those that nothing has superseded."""
    found = []
    for citation in citations:
        reference = library.references.get(citation.ref or "") if library else None
        clause = reference.clauses.get(citation.clause or "") if reference else None
        if reference is None or not reference.citable:
            continue
        if clause is None or (clause.period.holds(day) if day else clause.period.until is None):
            found.append(Cited(citation, reference, clause))
    return tuple(found)


def basis_said(basis: Iterable[Cited]) -> str | None:
    """What a letter rests on, in one clause: relied on first, then referred to; None where nothing is in force."""
    by_use: dict[str, dict[str, list[str]]] = {}
    for one in basis:
        titles = by_use.setdefault(one.citation.use, {})
        titles.setdefault(one.reference.title.zh if one.reference else "", []).append(_at(one))
    said = [_use_said(use, by_use[use]) for use in _USES if use in by_use]
    return "，".join(said) or None


def _use_said(use: str, titles: Mapping[str, list[str]]) -> str:
    named = (f"《{title}》{'、'.join(at for at in clauses if at)}" for title, clauses in titles.items())
    return _USES[use] + "和".join(named)


def clauses_said(basis: Iterable[Cited]) -> str | None:
    """The clauses by which something is dealt with."""
    said = [f"《{one.reference.title.zh}》{_at(one)}" for one in basis if one.reference]
    return f"依照{'、'.join(said)}的规定" if said else None


def _at(one: Cited) -> str:
    at = one.citation.at or (one.clause.at if one.clause else None)
    return at.zh if at else ""


def _filled(wording: Text | None, blanks: Mapping[str, str | None]) -> str | None:
    if wording is None or any(blanks.get(blank) is None for blank in _BLANK.findall(wording.zh)):
        return None
    return _BLANK.sub(lambda match: str(blanks[match[1]]), wording.zh)


def _recipient(kind: LetterKind, about: LetterAbout) -> str | None:
    """Whom a letter goes to; a letter to Party organisations does not go to what is none by its name."""
    if not about.recipients or (kind.party and not all(_PARTY.search(name) for name in about.recipients)):
        return None
    return "、".join(about.recipients)


def _issue(letters: Letters, issue: Found) -> dict[str, Any]:
    parts = {
        "cause": issue.cause,
        "direction": issue.direction,
        "finding": None if issue.finding is None else _bare(issue.finding),
    }
    key = "issue" if issue.finding is not None else "issue_bare"
    return {**parts, "finding": issue.finding, "said": _filled(letters.wording.get(key), parts)}


def _suggestion(letters: Letters, one: Demand) -> dict[str, Any]:
    """A suggestion with its whole clause: what is to be done, by whom, and by when, unless its text says that."""
    parts = {"text": _bare(one.text), "responsible": one.responsible, "due": one.due}
    clauses = ["suggestion", "responsible"] + ([] if _SAYS_WHEN in one.text else ["due"])
    said = "".join(_filled(letters.wording.get(key), parts) or "" for key in clauses)
    listed = {"criteria": list(one.criteria), "evidence": list(one.evidence)}
    of_demand = {"id": one.id, "measure": one.measure, "judged": one.judged, **listed}
    return {**parts, "text": one.text, **of_demand, "said": said or None}


def _bare(words: str) -> str:
    """A sentence without the full stop that the wording around it sets."""
    return words.strip().rstrip("。")


def _as_sentence(words: str | None) -> str | None:
    """Words that stand as a paragraph of their own end with a mark, however the case states them.

    >>> _as_sentence("收受承租人财物"), _as_sentence("是否属实？")
    ('收受承租人财物。', '是否属实？')
    """
    said = (words or "").strip()
    return None if not said else said if said.endswith(_ENDS) else f"{said}。"
