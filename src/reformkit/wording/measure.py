"""A measure of the library in words, apart from any case."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from reformkit.model.cited import Cited
from reformkit.model.library import Library, Measure
from reformkit.model.vocabulary import Field
from reformkit.text import Lang, Text
from reformkit.wording.citing import say_cited
from reformkit.wording.conditions import say_condition
from reformkit.wording.suggestion import START, fill

ROLES = {"main": Text("主措施", "main"), "also": Text("兼及", "also")}
"""Whether a measure answers a cause itself, or only touches it."""

SERVES = {
    "dare_not": Text("不敢腐", "not daring to be corrupt"),
    "cannot": Text("不能腐", "being unable to be corrupt"),
    "will_not": Text("不想腐", "not wanting to be corrupt"),
}


def sections(
    measure: Measure,
    library: Library,
    fields: Mapping[str, Field],
    *,
    layers: Mapping[str, Text],
    basis: Sequence[Cited],
    lang: Lang = "zh",
) -> Iterator[tuple[str, list[str]]]:
    """Everything that the library says of a measure: heads and lines, details indented by two."""
    zh = lang == "zh"

    def filled(text: Text) -> str:
        return fill(text.say(lang), measure, fields, {}, lang)

    def label(field: str, value: str) -> str:
        return fields[field].label_of(value).say(lang) if field in fields else value

    yield Text("内容", "Text").say(lang), [filled(measure.text)]
    yield Text("所答症结", "Causes").say(lang), list(_edges(measure, library, fields, lang))
    if measure.variants:
        lines = []
        for variant in measure.variants:
            lines += [
                ("、" if zh else ", ").join(label("industry", i) for i in variant.industries),
                f"  {filled(variant.text)}",
            ]
            if variant.accept:
                lines.append(f"  {_CRITERIA.say(lang)}" + _joined([filled(a) for a in variant.accept], lang))
        yield Text("分系统的写法", "Wording by sector").say(lang), lines
    practices = [
        f"{layers[k].say(lang) if k in layers else k}{'：' if zh else ': '}{filled(p)}"
        for k, p in measure.practices.items()
    ]
    if practices:
        yield Text("分层次的做法", "Practice by layer").say(lang), practices
    yield Text("验收标准", "Criteria").say(lang), [filled(a) for a in measure.accept]
    if measure.evidence:
        yield Text("佐证材料", "Papers").say(lang), [e.say(lang) for e in measure.evidence]
    yield Text("责任和期限", "Lead and time").say(lang), list(_terms(measure, layers, lang))
    yield Text("依据", "Basis").say(lang), [_cited(c, fields, lang) for c in basis]


_CRITERIA = Text("验收：", "Criteria: ")


def _joined(parts: list[str], lang: Lang) -> str:
    return ("；" if lang == "zh" else "; ").join(part.rstrip("。；.;") for part in parts)


def _edges(measure: Measure, library: Library, fields: Mapping[str, Field], lang: Lang) -> Iterator[str]:
    for edge in measure.addresses:
        label = library.causes[edge.cause].label.say(lang) if edge.cause in library.causes else edge.cause
        role = ROLES[edge.role].say(lang)
        when = "" if edge.when is None else say_condition(edge.when, fields, lang)
        if lang == "zh":
            yield f"{label}（{edge.cause}）：{role}" + (f"，限于{when}" if when else "")
        else:
            yield f"{label} ({edge.cause}): {role}" + (f", where {when}" if when else "")
        yield f"  {edge.why.say(lang)}"


def _terms(measure: Measure, layers: Mapping[str, Text], lang: Lang) -> Iterator[str]:
    zh, comma = lang == "zh", "、" if lang == "zh" else ", "
    start, lead = START[measure.due_from].say(lang), measure.lead.say(lang)
    yield f"牵头：{lead}" if zh else f"Lead: {lead}"
    yield f"期限：自{start}起{measure.due_days}日" if zh else f"Due: {measure.due_days} days from {start}"
    named = comma.join(layers[layer].say(lang) if layer in layers else layer for layer in measure.layers)
    if named:
        yield f"适用层次：{named}" if zh else f"Layers: {named}"
    served = comma.join(SERVES[s].say(lang) if s in SERVES else s for s in measure.serves)
    if served:
        yield f"作用于：{served}" if zh else f"Serves: {served}"


def _cited(cited: Cited, fields: Mapping[str, Field], lang: Lang) -> str:
    said = say_cited(cited, lang)
    if cited.citation.when is None:
        return said
    when = say_condition(cited.citation.when, fields, lang)
    return f"{said}（限于{when}）" if lang == "zh" else f"{said} (where {when})"
