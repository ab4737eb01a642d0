"""A measure of the library in words, apart from any case."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from reformkit.model.cited import Cited
from reformkit.model.library import Library, Measure, Variant
from reformkit.model.vocabulary import Field
from reformkit.text import COMMA, DETAIL, LABELLED, SEMICOLON, Text
from reformkit.wording.citing import say_cited
from reformkit.wording.conditions import say_condition
from reformkit.wording.section import Section
from reformkit.wording.suggestion import START, blanks_of, filled

ROLES = {"main": Text("主措施", "main"), "also": Text("兼及", "also")}
"""Whether a measure answers a cause itself, or only touches it."""

SERVES = {
    "dare_not": Text("不敢腐", "not daring to be corrupt"),
    "cannot": Text("不能腐", "being unable to be corrupt"),
    "will_not": Text("不想腐", "not wanting to be corrupt"),
}

_TEXT, _CAUSES = Text("内容", "Text"), Text("所答症结", "Causes")
_VARIANTS, _PRACTICES = Text("分情形的写法", "Wording by case"), Text("分层次的做法", "Practice by layer")
_CRITERIA, _PAPERS = Text("验收标准", "Criteria"), Text("佐证材料", "Papers")
_TERMS, _BASIS = Text("责任和期限", "Lead and time"), Text("依据", "Basis")

_CAUSE = Text("症结", "Cause")
_OF_VARIANT = Text("验收：{criteria}", "Criteria: {criteria}")
_EDGE = Text("{label}（{id}）：{role}{when}", "{label} ({id}): {role}{when}")
_EDGE_WHEN = Text("，限于{condition}", ", where {condition}")
_LEAD = Text("牵头：{lead}", "Lead: {lead}")
_LEAD_OF = Text("牵头（{kinds}）：{lead}", "Lead ({kinds}): {lead}")
_DUE = Text("期限：自{start}起{days}日", "Due: {days} days from {start}")
_LAYERS = Text("适用层次：{layers}", "Layers: {layers}")
_SERVES = Text("作用于：{sides}", "Serves: {sides}")
_CITED_FOR = Text("{cited}；用于：{causes}", "{cited}; for: {causes}")
_CITED_WHEN = Text("{cited}（限于{condition}）", "{cited} (where {condition})")


def sections(
    measure: Measure,
    library: Library,
    fields: Mapping[str, Field],
    *,
    layers: Mapping[str, Text],
    basis: Sequence[Cited],
) -> Iterator[Section]:
    """Everything that the library says of a measure."""

    def said(text: Text) -> Text:
        return filled(text, measure, blanks_of(fields, {}))

    yield Section(_TEXT, [said(measure.text)])
    yield Section(_CAUSES, list(_edges(measure, library, fields)))
    if measure.variants:
        yield Section(_VARIANTS, list(_variants(measure, library, fields)))
    if measure.practices:
        practices = [
            LABELLED.fill(label=layers.get(layer, layer), words=said(practice))
            for layer, practice in measure.practices.items()
        ]
        yield Section(_PRACTICES, practices)
    yield Section(_CRITERIA, [said(criterion) for criterion in measure.accept])
    if measure.evidence:
        yield Section(_PAPERS, list(measure.evidence))
    yield Section(_TERMS, list(_terms(measure, layers, fields)))
    yield Section(_BASIS, [_cited(cited, library, fields) for cited in basis])


def _variants(measure: Measure, library: Library, fields: Mapping[str, Field]) -> Iterator[Text]:
    for variant in measure.variants:
        yield SEMICOLON.join(_named(variant, library, fields))
        yield DETAIL.fill(words=filled(variant.text, measure, blanks_of(fields, {})))
        if variant.accept:
            criteria = [filled(each, measure, blanks_of(fields, {})).each(_unstopped) for each in variant.accept]
            yield DETAIL.fill(words=_OF_VARIANT.fill(criteria=SEMICOLON.join(criteria)))


def _named(variant: Variant, library: Library, fields: Mapping[str, Field]) -> Iterator[Text]:
    """For what a wording is: `事项：采购；所属系统：教育`."""
    for fact, values in variant.named:
        if fact == "cause":
            labels = [library.causes[cause].label for cause in variant.causes]
            yield LABELLED.fill(label=_CAUSE, words=COMMA.join(labels))
        elif fact in fields:
            words = [item.label for name, item in fields[fact].values.items() if name in values]
            yield LABELLED.fill(label=fields[fact].label, words=COMMA.join(words))


def _unstopped(words: str) -> str:
    return words.rstrip("。；.;")


def _edges(measure: Measure, library: Library, fields: Mapping[str, Field]) -> Iterator[Text]:
    for edge in measure.addresses:
        cause = library.causes.get(edge.cause)
        yield _EDGE.fill(
            label=edge.cause if cause is None else cause.label,
            id=edge.cause,
            role=ROLES[edge.role],
            when="" if edge.when is None else _EDGE_WHEN.fill(condition=say_condition(edge.when, fields)),
        )
        yield DETAIL.fill(words=edge.why)


def _terms(measure: Measure, layers: Mapping[str, Text], fields: Mapping[str, Field]) -> Iterator[Text]:
    yield _LEAD.fill(lead=measure.lead)
    for holder in measure.by_unit:
        kinds = [fields["unit_kind"].values[kind].label for kind in holder.unit_kinds if "unit_kind" in fields]
        yield _LEAD_OF.fill(kinds=COMMA.join(kinds), lead=holder.lead)
    yield _DUE.fill(start=START[measure.due_from], days=measure.due_days)
    if measure.layers:
        yield _LAYERS.fill(layers=COMMA.join(layers.get(layer, layer) for layer in measure.layers))
    if measure.serves:
        yield _SERVES.fill(sides=COMMA.join(SERVES.get(side, side) for side in measure.serves))


def _cited(cited: Cited, library: Library, fields: Mapping[str, Field]) -> Text:
    citation = cited.citation
    said = say_cited(cited)
    if citation.when is not None:
        said = _CITED_WHEN.fill(cited=said, condition=say_condition(citation.when, fields, depth=1))
    if citation.causes:
        said = _CITED_FOR.fill(cited=said, causes=COMMA.join(library.causes[cause].label for cause in citation.causes))
    return said
