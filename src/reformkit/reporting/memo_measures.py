"""The measures: each in full, with why, lead, day and basis; then who holds which role; and both as the memo says them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from reformkit.advising.ground import UNNAMED_UNIT
from reformkit.assessing.weighed import NO_LAYER, Weighed
from reformkit.reporting.memo_causes import shown
from reformkit.text import BRACKETED, COMMA, DETAIL, LABELLED, SEMICOLON, Text
from reformkit.wording.citing import say_cited
from reformkit.wording.suggestion import START
from reformkit.wording.values import either, numbered, quote

if TYPE_CHECKING:
    from reformkit.advising.recommend import Recommendation
    from reformkit.model.rulebook import Role

_NO_LAYER = Text("不分层，以下按“点”提出。", "There is no layer; the measures below assume a point.")
_OPEN_LAYER = Text(
    "未定促改层次，以下按“点”提出。",
    "The layer is not settled; the measures below assume a point.",
)
_NOTHING_YET = Text(
    "症结尚未查明，暂不提出措施建议。", "No cause has been found yet, so no measure is suggested for now."
)
_ALSO = Text(
    "可一并考虑（触及同一症结，但不能代替上列措施）：",
    "Also worth considering (they touch the same causes, but do not replace the above):",
)
_ONCE_VERIFIED = Text(
    "疑似症结核实后可用的措施（待核实）：", "Once the suspected causes are verified (to be verified):"
)
_BY_MATTER = Text(
    "同一症结列有多项措施的，核实后按所涉事项选用。",
    "Where a cause has several measures, the matter it is about decides once verified.",
)
_MEASURE = Text("{id} {title}：{causes}{several}", "{id} {title}: {causes}{several}")
_SEVERAL = Text("，可兼及{number}项症结", "; touches {number} causes at once")

_HEAD = Text.same("{number}. {id} {title}{to}{open}")
_OPEN = Text("可能，尚待明确", "possible; not yet settled")
_WHY = Text("理由：{reasons}", "Why: {reasons}")
_LEAD = Text("牵头：{lead}；期限：自{start}起{days}日", "Lead: {lead}; due: {days} days from {start}")
_PAPERS = Text("佐证：{papers}", "Papers: {papers}")

_NAMED = Text("{number}. {title}（{id}）{to}{open}", "{number}. {title} ({id}){to}{open}")
_TO_OTHER = Text("：对{unit}", ", for {unit}")
_ACCEPTED = Text("验收：{criteria}", "Accepted when: {criteria}")
_LED = Text("牵头：{lead}", "Lead: {lead}")
_WHO = Text("整改主体：{unit}{responsible}", "Carried out by: {unit}{responsible}")
_SEEN_TO = Text("；督促：{responsible}", "; seen to by: {responsible}")
_BY_UNIT = Text("{unit}", "{unit}")
_CARRIED_OUT = {
    "village": Text("{unit}党组织、村民委员会", "the Party organization and villagers' committee of {unit}"),
    "community": Text("{unit}党组织、居民委员会", "the Party organization and residents' committee of {unit}"),
}
_OTHER = Text("{unit}：落实上列{titles}中针对本单位问题的建议", "{unit}: what is suggested to it under {titles}")
_SIDE_BY_SIDE = Text("", ", ")
_ROLE = Text.same("{holder}{duty}")
_ROLES_ASSUMED = Text(
    "以上由哪个机构承担系假设，按本机关实际改写。",
    "Which office holds which role is an assumption, to be rewritten as it is here.",
)


def recommendations(a: Weighed) -> Iterator[Text]:
    """What is recommended, what is offered beside it, and what waits for causes to be verified."""
    if a.withheld is not None:
        yield a.withheld
        return
    yield from _opening(a)
    for number, recommendation in enumerate(a.recommendations, 1):
        yield from _in_full(number, recommendation)
    if a.also:
        yield _ALSO
        for r in a.also:
            several = _SEVERAL.fill(number=len(r.covers)) if len(r.covers) > 1 else ""
            yield DETAIL.fill(words=_in_brief(r, several))
    if a.suspected:
        yield from _waiting(a.suspected)


def recommendations_in_brief(a: Weighed) -> Iterator[Text]:
    """The measures without their sources, each with its term once; what waits for causes to be verified by name."""
    if a.withheld is not None:
        yield a.withheld
        return
    yield from _opening(a)
    for number, r in enumerate(a.recommendations, 1):
        still_open = "" if r.certain else BRACKETED.fill(words=_OPEN)
        yield _NAMED.fill(number=number, title=r.measure.title, id=r.measure.id, open=still_open, to=say_other(r))
        for clause in r.clauses:
            yield DETAIL.fill(words=clause.words)
            yield DETAIL.fill(words=_ACCEPTED.fill(criteria=numbered(clause.wanted)))
        yield DETAIL.fill(words=_WHY.fill(reasons=r.reasons))
        yield DETAIL.fill(words=_LED.fill(lead=r.lead))
        if r.evidence:
            yield DETAIL.fill(words=_PAPERS.fill(papers=SEMICOLON.join(r.evidence)))
    shown_causes = {cause.cause for cause in shown(a)}
    waiting = [r for r in a.suspected if shown_causes & set(r.covers)]
    if waiting:
        yield from _waiting(waiting)


def say_other(r: Recommendation) -> Text | str:
    """For whom a recommendation is where that is not the unit of the case: `：对某旗丁镇人民政府`."""
    return "" if r.ground.other is None else _TO_OTHER.fill(unit=r.ground.other.unit or UNNAMED_UNIT)


def _opening(a: Weighed) -> Iterator[Text]:
    """For which layer the measures are meant where none is settled; or that there are none yet."""
    if not a.recommendations and a.suspected:
        yield _NOTHING_YET
    elif a.recommendations and a.as_for_a_point:
        yield _NO_LAYER if a.settled("layer") == NO_LAYER else _OPEN_LAYER


def _waiting(suspected: Sequence[Recommendation]) -> Iterator[Text]:
    """The measures of suspected causes, a line each."""
    yield _ONCE_VERIFIED
    yield from (DETAIL.fill(words=_in_brief(r)) for r in suspected)
    causes = [cause for r in suspected for cause in r.covers]
    if len(set(causes)) < len(causes):
        yield DETAIL.fill(words=_BY_MATTER)


def duties(a: Weighed) -> Iterator[Text]:
    """Who carries the reform out and who sees to it, by name as far as known; then the other roles."""
    if not a.recommendations or not a.book.rulebook.roles:
        return
    unit, responsible = a.case.facts.get("unit"), a.case.facts.get("responsible_unit")
    if unit is not None:
        compared = a.case.compared
        is_own = compared.get("responsible_unit") in (None, compared.get("unit"))
        by = _CARRIED_OUT.get(str(a.facts.get("unit_kind")), _BY_UNIT).fill(unit=str(unit))
        yield _WHO.fill(
            unit=by,
            responsible="" if is_own else _SEEN_TO.fill(responsible=str(responsible)),
        )
    for other in dict.fromkeys(r.ground.other for r in a.recommendations):
        if other is not None:
            of_it = [quote(r.measure.title) for r in a.recommendations if r.ground.other == other]
            yield _OTHER.fill(unit=other.unit or UNNAMED_UNIT, titles=_SIDE_BY_SIDE.join(of_it))
    yield from _roles([role for role in _roles_of(a) if role.id != "responsible" or unit is None])


def _roles_of(a: Weighed) -> list[Role]:
    """The roles as reform of this source has them."""
    source = a.settled("source") if "source" in a.decisions else None
    return [role for each in a.book.rulebook.roles.values() if (role := each.of(source)) is not None]


def _in_brief(r: Recommendation, several: Text | str = "") -> Text:
    causes = COMMA.join(r.ground.library.causes[cause].label for cause in r.covers)
    return _MEASURE.fill(id=r.measure.id, title=r.measure.title, causes=causes, several=several)


def _in_full(number: int, r: Recommendation) -> Iterator[Text]:
    still_open = "" if r.certain else BRACKETED.fill(words=_OPEN)
    yield _HEAD.fill(number=number, id=r.measure.id, title=r.measure.title, to=say_other(r), open=still_open)
    yield from (DETAIL.fill(words=line) for line in _under(r))


def _under(r: Recommendation) -> Iterator[Text]:
    """What stands under one recommendation."""
    yield r.words
    yield _WHY.fill(reasons=r.reasons)
    yield _LEAD.fill(lead=r.lead, start=START[r.measure.due_from], days=r.measure.due_days)
    if r.evidence:
        yield _PAPERS.fill(papers=SEMICOLON.join(r.evidence))
    yield from map(say_cited, r.basis)


def roles(a: Weighed) -> Iterator[Text]:
    """Who holds which role, where measures are suggested."""
    if a.recommendations:
        yield from _roles(_roles_of(a))


def _roles(named: Sequence[Role]) -> Iterator[Text]:
    for role in named:
        if role.duty and not role.held_by:
            yield LABELLED.fill(label=role.label, words=role.duty)
            continue
        yield _ROLE.fill(holder=say_holder(role), duty=BRACKETED.fill(words=role.duty) if role.duty else "")
    if any(role.held_by and role.basis is not None and role.basis.kind == "assumption" for role in named):
        yield _ROLES_ASSUMED


def say_holder(role: Role) -> Text:
    """A role and who holds it: `促改统筹部门：案件监督管理室或者党风政风监督室`."""
    return LABELLED.fill(label=role.label, words=either(role.held_by)) if role.held_by else role.label
