"""The causes, in the memo: by weak point, each with its evidence or with what is to be verified."""

from __future__ import annotations

from collections.abc import Iterator

from reformkit.assessing.causes import AssessedCause
from reformkit.assessing.weighed import Weighed
from reformkit.text import BRACKETED, DETAIL, SEMICOLON, Text
from reformkit.wording.values import numbered

_POINT = Text("{point}：", "{point}:")
_CAUSE = Text.same("{label}{why}")
_FOUND = Text("已查明", "found")
_TO_VERIFY = Text("待核实：{reasons}", "to be verified: {reasons}")
_NO_MEASURE = Text("措施库中没有对应“{label}”的主措施", "The library has no main measure for “{label}”")


def causes(a: Weighed) -> Iterator[Text]:
    """The causes under their weak points, then those for which the library has no measure."""
    labels, points = a.book.cause_items, a.book.weak_point_labels
    for point in dict.fromkeys([*points, *(cause.weak_point for cause in a.causes)]):
        own = [cause for cause in a.causes if cause.weak_point == point]
        if own:
            yield _POINT.fill(point=points.get(point, point))
        for cause in own:
            why = BRACKETED.fill(words=_why(cause))
            yield DETAIL.fill(words=_CAUSE.fill(label=labels[cause.cause].label, why=why))
    for cause_id in a.uncovered:
        yield _NO_MEASURE.fill(label=labels[cause_id].label if cause_id in labels else cause_id)


def _why(cause: AssessedCause) -> Text:
    if cause.certainty == "found":
        evidence = [finding.evidence.strip("。") for finding in cause.findings if finding.evidence]
        return SEMICOLON.join(evidence) if evidence else _FOUND
    return _TO_VERIFY.fill(reasons=numbered([reason.each(_unstopped) for reason in cause.because]))


def _unstopped(words: str) -> str:
    return words.rstrip("。. ")
