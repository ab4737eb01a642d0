"""What an assessment leaves behind: a receipt to make it again from, and its record as plain data."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from reformkit.assessing.causes import AssessedCause
from reformkit.assessing.weighed import Weighed
from reformkit.deciding.signals import Count
from reformkit.model.decision import Decision, Need, decision_tree
from reformkit.model.mould import Mould, plain_data
from reformkit.model.receipt import FORMAT
from reformkit.text import LANGS, Lang
from reformkit.version import __version__


def receipt(a: Weighed) -> dict[str, Any]:
    """What is needed to make an assessment again and see whether it still holds, as plain data: a `Receipt`."""
    data: dict[str, Any] = plain_data(receipt_tree(a))
    return data


def receipt_tree(a: Weighed) -> dict[str, Any]:
    """The receipt as a tree for `plain_data` and `json_text`."""
    return {
        "format": FORMAT,
        "reformkit": __version__,
        "case": a.case.to_dict(),
        "as_of": _day(a.as_of),
        "letter_on": _day(a.letter_on),
        "day": _day(a.day),
        "history": a.has_history,
        "signals": {name: _signal(count) for name, count in a.counts.items()},
        "rulebook": a.book.shared.moulds.of(a.book.rulebook, a.digest, lambda: _rulebook(a)),
        "outcomes": {name: _came(a, decision) for name, decision in a.decisions.items()},
        "measures": [] if a.advice is None else a.advice.measures,
        "order": a.book.order_name,
    }


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _signal(count: Count) -> dict[str, Any]:
    return {
        "value": count.value,
        "counted": list(count.counted),
        "left_out": list(count.left_out),
        "missing": list(count.missing),
        "possible": list(count.possible),
        "later": list(count.later),
    }


def _rulebook(a: Weighed) -> Mould:
    book = a.book.rulebook
    return Mould({"name": book.name, "version": book.version, "sha256": a.digest, "digests": dict(a.book.deciding)})


def _came(a: Weighed, decision: Decision) -> Mould:
    """What a decision came to, made once for all cases with the same answer."""
    d = decision

    def made() -> Mould:
        gives = d.plain_gives()
        return Mould(
            {
                "status": d.status,
                "outcome": d.outcome,
                "outcomes": list(d.outcomes),
                "possible": list(d.possible),
                "rule": d.rule,
                "rules": list(d.rules),
                **({} if gives is None else {"gives": gives}),  # other rulebooks' receipts say nothing of them
            }
        )

    return a.book.shared.moulds.of(d.answer, _came, made)


def record(
    a: Weighed, needs: Sequence[Need], receipt: dict[str, Any], langs: tuple[Lang, ...] = LANGS
) -> dict[str, Any]:
    """An assessment as a tree for `plain_data` and `json_text`, with the questions that it leaves open and its receipt."""
    return {
        "id": a.case.id,
        "decisions": {name: decision_tree(decision, langs) for name, decision in a.decisions.items()},
        "weak_points": list(dict.fromkeys([c.weak_point for c in a.causes])),
        "causes": [_cause(a, cause) for cause in a.causes],
        "recommendations": [r.tree(langs) for r in a.recommendations],
        "also": [r.tree(langs) for r in a.also],
        "suspected": [r.tree(langs) for r in a.suspected],
        "uncovered": list(a.uncovered),
        "stated": a.stated,
        "problems": [problem.to_dict(langs) for problem in a.problems],
        "needs": [_need(a, need, langs) for need in needs],
        "receipt": receipt,
    }


def _need(a: Weighed, need: Need, langs: tuple[Lang, ...]) -> Mould:
    return a.book.shared.moulds.of(need, langs, lambda: Mould(need.to_dict(langs)))


def _cause(a: Weighed, cause: AssessedCause) -> Mould | dict[str, Any]:
    """A cause; one that is suspected is the same object for all cases alike, so its data are made once."""
    if cause.certainty == "suspected":
        return a.book.shared.moulds.of(cause, None, lambda: Mould(_plain_cause(cause)))
    return _plain_cause(cause)


def _plain_cause(cause: AssessedCause) -> dict[str, Any]:
    return {
        "cause": cause.cause,
        "weak_point": cause.weak_point,
        "certainty": cause.certainty,
        "findings": [finding.to_dict() for finding in cause.findings],
        "rules": list(cause.rules),
    }
