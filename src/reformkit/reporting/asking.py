"""The questions of a case as they are put: one about a finding says which finding it is about."""

from __future__ import annotations

from reformkit.assessing.weighed import Weighed
from reformkit.model.decision import Need
from reformkit.text import LABELLED, Text
from reformkit.wording.values import quote

_BETWEEN = Text("", ", ")


def ask(a: Weighed, need: Need) -> Text:
    """The question for a fact: `“合同失管”：该项剖析发现涉及哪类事项？` where it is one of a finding."""
    field = a.book.fields.get(need.fact)
    words = need.ask or need.label
    if field is None or not field.of_finding:
        return words
    waiting = dict.fromkeys(
        cause for r in a.recommendations if need.fact in r.hangs_on for cause in r.covers if _lacks(a, cause)
    )
    labels = [quote(a.book.cause_items[cause].label) for cause in waiting]
    return LABELLED.fill(label=_BETWEEN.join(labels), words=words) if labels else words


def _lacks(a: Weighed, cause: str) -> bool:
    """Whether a finding of this cause does not say its matter."""
    return any(finding.cause == cause and finding.matter is None for finding in a.case.findings or ())
