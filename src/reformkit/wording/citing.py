"""Citations in words, with how far each was checked."""

from __future__ import annotations

from reformkit.model.cited import Cited
from reformkit.text import Lang, Text
from reformkit.wording.values import quote

CHECKED = {
    "clause": Text("已读条文", "clause read"),
    "reprint": Text("条文见于转载", "clause read in a reprint"),
    "title": Text("仅核到题名，条文未读", "title only; the clause was not read"),
    "none": Text("未核到", "not found"),
}


def say_cited(cited: Cited, lang: Lang) -> str:
    """A citation with how far it was checked: `参照《……》第三十条（已读条文）：“……”`."""
    citation, reference, clause = cited.citation, cited.reference, cited.clause
    zh = lang == "zh"
    if reference is None:
        at = citation.at.say(lang) if citation.at else ""
        kind = {"assumption": Text("假设", "Assumption"), "report": Text("参照课题报告", "The report")}.get(
            citation.kind, Text("惯例", "Practice")
        )
        return f"{kind.say(lang)}：{at}" if zh else f"{kind.en}: {at}"
    use = {"rely": Text("依据", "Basis: "), "refer": Text("参照", "See: ")}[citation.use]
    title = (clause.document if clause and clause.document else reference.title).say(lang)
    at = clause.at.say(lang) if clause else ""
    checked = CHECKED[clause.checked if clause else reference.checked].say(lang)
    said = ""
    if clause is not None:
        said = quote(clause.quote) if clause.quote else clause.gist.say(lang) if clause.gist else ""
    if zh:
        return f"{use.zh}《{title}》{at}（{checked}）" + (f"：{said}" if said else "")
    return f"{use.en}{title}{', ' + at if at else ''} ({checked})" + (f": {said}" if said else "")
