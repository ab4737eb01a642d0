"""What an assessment leaves behind: a receipt to make it again from."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from reformkit.assessing.weighed import Weighed
from reformkit.deciding.signals import Count
from reformkit.model.decision import Decision
from reformkit.model.mould import Mould, plain_data
from reformkit.model.receipt import FORMAT
from reformkit.version import __version__

Own = Callable[[Callable[[Weighed], Any]], Any]
"""Gives what a case alone has of its record: its value, or a `Hole` that finds it."""


def receipt(a: Weighed) -> dict[str, Any]:
    """What is needed to make an assessment again and see whether it still holds, as plain data: a `Receipt`."""
    data: dict[str, Any] = plain_data(receipt_tree(a))
    return data


def receipt_tree(a: Weighed, own: Own | None = None) -> dict[str, Any]:
    """The receipt as a tree for `plain_data` and `json_text`; `own` puts there what the case alone has."""
    if own is None:
        own = lambda of: of(a)  # noqa: E731
    return {
        "format": FORMAT,
        "reformkit": __version__,
        "case": own(lambda a: a.case.to_dict()),
        "as_of": own(lambda a: _day(a.as_of)),
        "letter_on": own(lambda a: _day(a.letter_on)),
        "day": own(lambda a: _day(a.day)),
        "history": a.has_history,
        "signals": own(lambda a: {name: _signal(count) for name, count in a.counts.items()}),
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
