"""What an assessment leaves behind: a receipt to make it again from, and its record as plain data."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from reformkit.assessing.weighed import Weighed
from reformkit.model.decision import Need
from reformkit.model.receipt import FORMAT, Came, CountedSignal, Receipt, UsedRulebook
from reformkit.version import __version__


def receipt(a: Weighed) -> dict[str, Any]:
    """What is needed to make an assessment again and see whether it still holds, as plain data."""
    book = a.book.rulebook
    receipt = Receipt(
        format=FORMAT,
        reformkit=__version__,
        case=a.case.to_dict(),
        as_of=a.as_of,
        letter_on=a.letter_on,
        day=a.day,
        history=a.has_history,
        signals={
            name: CountedSignal(
                value=c.value,
                counted=c.counted,
                left_out=c.left_out,
                missing=c.missing,
                possible=c.possible,
                later=c.later,
            )
            for name, c in a.counts.items()
        },
        rulebook=UsedRulebook(name=book.name, version=book.version, sha256=a.digest, digests=dict(a.book.digests)),
        outcomes={
            name: Came(
                status=d.status,
                outcome=d.outcome,
                outcomes=d.outcomes,
                possible=d.possible,
                rule=d.rule,
                rules=d.rules,
            )
            for name, d in a.decisions.items()
        },
        measures=tuple(r.measure.id for r in a.recommendations),
    )
    return receipt.model_dump(mode="json")


def record(a: Weighed, needs: Sequence[Need]) -> dict[str, Any]:
    """An assessment as plain data for JSON, with the questions that it leaves open and the receipt."""
    return {
        "id": a.case.id,
        "decisions": {name: decision.to_dict() for name, decision in a.decisions.items()},
        "weak_points": list(dict.fromkeys(c.weak_point for c in a.causes)),
        "causes": [
            {
                "cause": c.cause,
                "weak_point": c.weak_point,
                "certainty": c.certainty,
                "findings": [f.model_dump(exclude_none=True) for f in c.findings],
                "rules": list(c.rules),
            }
            for c in a.causes
        ],
        "recommendations": [r.to_dict() for r in a.recommendations],
        "also": [r.to_dict() for r in a.also],
        "suspected": [r.to_dict() for r in a.suspected],
        "uncovered": list(a.uncovered),
        "stated": a.stated,
        "problems": [problem.to_dict() for problem in a.problems],
        "needs": [{"fact": n.fact, "ask": None if n.ask is None else {"zh": n.ask.zh, "en": n.ask.en}} for n in needs],
        "receipt": receipt(a),
    }
