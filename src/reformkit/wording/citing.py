"""Citations in words, with how far each was checked."""

from __future__ import annotations

from reformkit.model.cited import Cited
from reformkit.text import LABELLED, Text
from reformkit.wording.values import quote

CHECKED = {
    "clause": Text("已读条文", "clause read"),
    "reprint": Text("条文见于转载", "clause read in a reprint"),
    "title": Text("仅核到题名，条文未读", "title only; the clause was not read"),
    "none": Text("未核到", "not found"),
}

_KINDS = {"assumption": Text("假设", "Assumption"), "report": Text("参照课题报告", "The report")}
_PRACTICE = Text("惯例", "Practice")
_USES = {"rely": Text("依据", "Basis: "), "refer": Text("参照", "See: ")}
_CITED = Text("{use}《{title}》{at}（{checked}）{words}", "{use}{title}{at} ({checked}){words}")
_AT = Text("{at}", ", {at}")
_WORDS = Text("：{words}", ": {words}")


def say_cited(cited: Cited) -> Text:
    """A citation with how far it was checked: `参照《……》第三十条（已读条文）：“……”`."""
    citation, reference, clause = cited.citation, cited.reference, cited.clause
    if reference is None:
        return LABELLED.fill(label=_KINDS.get(citation.kind, _PRACTICE), words=citation.at or "")
    title, at, checked, words = reference.title, None, reference.checked, None
    if clause is not None:
        title, at, checked = clause.document or title, clause.at, clause.checked
        words = quote(clause.quote) if clause.quote else clause.gist
    return _CITED.fill(
        use=_USES[citation.use],
        title=title,
        at=_AT.fill(at=at) if at is not None else "",
        checked=CHECKED[checked],
        words=_WORDS.fill(words=words) if words is not None else "",
    )
