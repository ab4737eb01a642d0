"""The causes: by weak point, each with its evidence or with what is to be verified."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reformkit.assessing.causes import AssessedCause
from reformkit.assessing.weighed import Weighed
from reformkit.model.case import Finding
from reformkit.text import BRACKETED, DETAIL, LABELLED, SEMICOLON, Text
from reformkit.wording.values import numbered

_POINT = Text("{point}：", "{point}:")
_SUSPECTED = Text("疑似症结（较直接的列前）：", "Suspected, the most direct first:")
_CAUSE = Text.same("{label}{why}")
_FOUND = Text("已查明", "found")
_TO_VERIFY = Text("待核实：{reasons}", "to be verified: {reasons}")
_AT_UNIT = Text("{evidence}（所涉单位：{unit}）", "{evidence} (at {unit})")
_NO_MEASURE = Text("措施库中没有对应“{label}”的主措施", "The library has no main measure for “{label}”")


MOST_SUSPECTED = 3
"""Suspected causes that the memo names; the working paper has all."""

_MORE = Text("另有{number}项疑似症结未列，见工作底稿。", "{number} more suspected causes are in the working paper.")


def suspects(a: Weighed, decision: str) -> bool:
    """Whether the outcomes of a decision are causes."""
    outcomes = a.book.rulebook.decisions[decision].outcomes
    return bool(outcomes) and outcomes.keys() <= a.book.cause_items.keys()


def shown(a: Weighed) -> list[AssessedCause]:
    """The causes found, and the first of those suspected, in their order."""
    found = [cause for cause in a.causes if cause.certainty == "found"]
    return found + [cause for cause in a.causes if cause.certainty == "suspected"][:MOST_SUSPECTED]


def causes(a: Weighed) -> Iterator[Text]:
    """Every cause under its weak point, then those for which the library has no measure."""
    yield from _listed(a, a.causes)


def causes_shown(a: Weighed) -> Iterator[Text]:
    """The causes that the memo names, and how many more are suspected."""
    named = shown(a)
    yield from _listed(a, named)
    if len(named) < len(a.causes):
        yield _MORE.fill(number=len(a.causes) - len(named))


def _listed(a: Weighed, listed: Sequence[AssessedCause]) -> Iterator[Text]:
    """What was found under its weak points; what is suspected in its own order, the nearest first."""
    points = a.book.weak_point_labels
    found = [cause for cause in listed if cause.certainty == "found"]
    suspected = [cause for cause in listed if cause.certainty == "suspected"]
    for point in dict.fromkeys([*points, *(cause.weak_point for cause in found)]):
        own = [cause for cause in found if cause.weak_point == point]
        if own:
            yield _POINT.fill(point=points.get(point, point))
            yield from (_said(a, cause) for cause in own)
    if suspected:
        yield _SUSPECTED
        yield from (_said(a, cause) for cause in suspected)
    labels = a.book.cause_items
    for cause_id in a.uncovered:
        yield _NO_MEASURE.fill(label=labels[cause_id].label if cause_id in labels else cause_id)


def _said(a: Weighed, cause: AssessedCause) -> Text:
    label, why = a.book.cause_items[cause.cause].label, _why(cause)
    if cause.certainty == "found":  # a label may end with a bracket of its own
        return DETAIL.fill(words=LABELLED.fill(label=label, words=why))
    return DETAIL.fill(words=_CAUSE.fill(label=label, why=BRACKETED.fill(words=why)))


def _why(cause: AssessedCause) -> Text:
    if cause.certainty == "found":
        said = [_found(finding) for finding in cause.findings if finding.evidence or finding.unit]
        return SEMICOLON.join(said) if said else _FOUND
    return _TO_VERIFY.fill(reasons=numbered([reason.each(_unstopped) for reason in cause.because]))


def _found(finding: Finding) -> Text:
    """What shows a cause, with the unit where it is not that of the case."""
    evidence = Text.same(finding.evidence.strip("。")) if finding.evidence else _FOUND
    return evidence if finding.unit is None else _AT_UNIT.fill(evidence=evidence, unit=finding.unit)


def _unstopped(words: str) -> str:
    return words.rstrip("。. ")
