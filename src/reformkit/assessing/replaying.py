"""A receipt made again: whether the rules have changed, and, apart from that, whether its conclusions still stand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import ValidationError

from reformkit.assessing.assessor import Assessor
from reformkit.assessing.history import CaseCounts
from reformkit.assessing.receipts import receipt as receipt_of
from reformkit.deciding.signals import Count
from reformkit.intake.given import check_receipt
from reformkit.model.case import Case
from reformkit.model.receipt import Receipt
from reformkit.model.vocabulary import FINDINGS
from reformkit.problem import CaseError, Problem

MEASURES = "measures"
"""What the measures are called among the conclusions."""


class Replay(list[str]):
    """What no longer holds of a receipt: `digest`, `facts`, `day`, the names of decisions, `measures`; empty if all holds.

    `retired`: what its case states and the rulebook no longer knows, as problems; it was left out, and is unknown now.
    `parts`: the parts of the rulebook that have changed (`rules`, `library`; of a receipt of reformkit 0.1, which
    does not tell them apart, `rulebook`). `conclusions`: the decisions that come out otherwise, and `measures`.
    `stood`: those that come out as they did. `reasons`: the decisions among these that other rules give now.
    `is_reordered`: the book has another order of recommendations than the receipt; then that order is no conclusion.
    `before` and `now`: the receipt, and that of the case assessed again.
    """

    def __init__(self, before: Receipt, now: Receipt, is_same_rulebook: bool, retired: Sequence[Problem] = ()) -> None:
        self.retired = tuple(retired)
        self.before = before
        self.now = now
        self.parts = () if is_same_rulebook else _changed_parts(before, now)
        decisions = {**before.outcomes, **now.outcomes}
        came = {name: (before.outcomes.get(name), now.outcomes.get(name)) for name in decisions}
        otherwise = [n for n, (was, is_) in came.items() if was is None or is_ is None or was.result != is_.result]
        self.is_reordered = before.order != now.order
        measures = [sorted(r.measures) if self.is_reordered else list(r.measures) for r in (before, now)]
        if measures[0] != measures[1]:
            otherwise.append(MEASURES)
        self.conclusions = tuple(otherwise)
        self.stood = tuple(name for name in (*came, MEASURES) if name not in otherwise)
        self.reasons = tuple(
            name
            for name in self.stood
            if before.format > 1 and name in came and _rules(before, name) != _rules(now, name)
        )
        self.has_moved = before.day != now.day
        facts = ["facts"] * bool(self.retired)
        super().__init__([*["digest"] * bool(self.parts), *facts, *["day"] * self.has_moved, *self.conclusions])


def replay(book: Assessor[Any], said: Mapping[str, Any]) -> Replay:
    """A receipt made again with a rulebook.

    What it states and the rulebook no longer knows is told (`retired`). Raises `CaseError` where its facts cannot be
    taken for another reason, ValueError where it is not a receipt.
    """
    check_receipt(said)
    try:
        before = Receipt.model_validate(dict(said))
    except ValidationError as error:
        faults = "; ".join(f"{'.'.join(map(str, fault['loc']))}: {fault['msg'].lower()}" for fault in error.errors())
        raise ValueError(f"this is not a receipt: {faults}") from None
    except (TypeError, ValueError) as error:
        raise ValueError(f"this is not a receipt: {error}") from None
    signals = {n: c for n, c in before.signals.items() if n in book.rulebook.signals}
    counts = {n: Count(c.value, possible=c.possible) for n, c in signals.items()}
    case, retired = _still_stated(book, before.case)
    now = Receipt.model_validate(receipt_of(book.weigh(case, CaseCounts.of(counts), before.as_of, before.letter_on)))
    digest = now.rulebook.sha256 if before.format > 1 else book.first_digest
    used = (now.rulebook.name, now.rulebook.version, digest)
    is_same = used == (before.rulebook.name, before.rulebook.version, before.rulebook.sha256)
    return Replay(before, now, is_same, retired)


_RETIRED = ("RK129", "RK130", "RK131", "RK132", "RK133", "RK134", "RK135", "RK136", "RK178", "RK179")
"""What is said of a name, a value or a type that the rulebook does not know, any more or yet."""


def _still_stated(book: Assessor[Any], stated: Mapping[str, Any]) -> tuple[Case, list[Problem]]:
    """The case of a receipt without what the rulebook no longer knows, and what that was.

    Raises `CaseError` where something else is wrong with it.
    """
    try:
        return book.checker.case(stated), []
    except CaseError as error:
        retired = [problem for problem in error.problems if problem.code in _RETIRED and problem.fact != "id"]
        gone = {str(problem.fact) for problem in retired}
        gone |= {FINDINGS} if gone & {"cause", "matter", FINDINGS} else set()
        if not retired or len(retired) < sum(problem.severity == "error" for problem in error.problems):
            raise
    return book.checker.case({name: value for name, value in stated.items() if name not in gone}), retired


def _changed_parts(before: Receipt, now: Receipt) -> tuple[str, ...]:
    was, is_ = before.rulebook.digests, now.rulebook.digests
    return tuple(name for name in {**was, **is_} if was and was.get(name) != is_.get(name)) or ("rulebook",)


def _rules(receipt: Receipt, name: str) -> tuple[str | None, tuple[str, ...]]:
    came = receipt.outcomes[name]
    return came.rule, came.rules
