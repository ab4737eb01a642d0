"""An assessment as a study memo (研判意见) that an official could paste."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from reformkit.assessing.questions import branches, gate_to_speak, needs, screened, telling_counts
from reformkit.assessing.weighed import Weighed
from reformkit.text import Lang, Text
from reformkit.wording.citing import say_cited
from reformkit.wording.decisions import say_basis, say_outcome, say_place, say_result
from reformkit.wording.suggestion import START
from reformkit.wording.values import either, lower, numbered, quote, say_day, say_value

if TYPE_CHECKING:
    from reformkit.advising.recommend import Recommendation
    from reformkit.deciding.signals import Count
    from reformkit.model.rulebook import Role

_NUMERALS = "一二三四五六七八九十"


def memo(assessment: Weighed, lang: Lang = "zh") -> str:
    """The whole assessment as plain text: facts, decisions, causes, measures, open questions."""
    lines = [title(assessment, lang)]
    for head, body in sections(assessment, lang):
        lines += ["", head, *body]
    return "\n".join(lines) + "\n"


def title(assessment: Weighed, lang: Lang = "zh") -> str:
    """What the memo is headed with."""
    case = assessment.case.id
    kind = "以案促改研判意见" if "startup" in assessment.decisions else "研判意见"
    return f"{kind}（{case}）" if lang == "zh" else f"Weighed of case {case}"


def sections(assessment: Weighed, lang: Lang = "zh") -> Iterator[tuple[str, list[str]]]:
    """The numbered sections of the memo that have something to say: head and lines, details indented by two."""
    parts = {
        _facts: Text("基本情况", "Facts"),
        _decisions: Text("研判意见", "Decisions"),
        _causes: Text("症结", "Causes"),
        _recommendations: Text("促改建议", "Recommendations"),
        _roles: Text("责任分工", "Who does what"),
        _notices: Text("办理提示", "Notices"),
        _questions: Text("尚待明确", "Still to be asked"),
        _remarks: Text("说明", "Remarks"),
    }
    number = 0
    for part, head in parts.items():
        body = list(part(assessment, lang))
        if body:
            mark = f"{_NUMERALS[number]}、" if lang == "zh" else f"{number + 1}. "
            yield mark + head.say(lang), body
            number += 1


def _facts(a: Weighed, lang: Lang) -> Iterator[str]:
    fields = a.book.rulebook.fields
    for name, field in fields.items():
        if name in a.case.facts and not (field.derived and field.derived.findings):
            colon = "：" if lang == "zh" else ": "
            yield f"{field.label.say(lang)}{colon}{say_value(field, a.case.facts[name], lang)}"


def _decisions(a: Weighed, lang: Lang) -> Iterator[str]:
    rulebook = a.book.rulebook
    for name, decision in a.decisions.items():
        table = rulebook.decisions[name]
        if table.hit == "collect":
            continue
        if lang == "zh":
            yield f"{table.title.zh}：{say_result(table, decision, lang)}。"
        else:
            yield f"{table.title.en}: {say_result(table, decision, lang)}."
        if decision.because is not None:
            yield f"  {decision.because.say(lang)}"
        yield from _branches(a, name, lang)
        if name == a.book.screening:
            yield from _gates(a, lang)
        if name in a.stated:
            label = say_outcome(table, a.stated[name], lang)
            yield f"  已由人定为“{label}”，以此为准。" if lang == "zh" else f"  A person has set “{label}”; that goes."
        first_day = a.not_yet_in_force(name)
        if first_day is not None:
            yield (
                f"  案件日期早于规则的施行日（{say_day(first_day)}），当日没有施行的规则；按现行规则研判的，须给出研判日期。"
                if lang == "zh"
                else f"  The case is dated before any rule is in force ({first_day}); give a date (as of) to apply later rules."
            )
        basis = say_basis(decision.basis, rulebook.documents, lang)
        source = "；".join(p for p in (basis, say_place(decision)) if p)
        if source:
            yield f"  （{source}）" if lang == "zh" else f"  ({source.replace('；', '; ')})"
    for name in telling_counts(a):
        if a.counts[name].value != 0 or a.counts[name].left_out:
            yield _count(a, name, a.counts[name], lang)


def _branches(a: Weighed, name: str, lang: Lang) -> Iterator[str]:
    """What an open decision comes to under each answer to the question that tells most."""
    open_ways = branches(a, name)
    if not open_ways:
        return
    zh, table = lang == "zh", a.book.rulebook.decisions[name]
    field, titles = a.book.fields[open_ways[0].fact], {rule.id: rule.title for rule in table.rules}
    said = []
    for branch in open_ways:
        values = [quote(say_value(field, value, lang)) for value in branch.values]
        where = f"为{''.join(values)}的" if zh else f"where it is {' or '.join(values)}"
        then = (
            ("仍不能确定" if zh else "still open")
            if branch.outcome is None
            else say_outcome(table, branch.outcome, lang)
        )
        title = titles.get(branch.rule or "")
        why = "；".join(filter(None, (title.say(lang) if title else "", branch.rule or "")))
        tail = "" if not why else f"（{why}）" if zh else f" ({why.replace('；', '; ')})"
        said.append(f"{where}，{then}{tail}" if zh else f"{where}, {lower(then)}{tail}")
    label = quote(field.label.say(lang))
    yield f"  {label}{'；'.join(said)}。" if zh else f"  On {label}: {'; '.join(said)}."


_OF_GATE = {"coordinator_gate": "coordinator", "lead_gate": "lead"}
"""The role that speaks at each gate."""


def say_holder(role: Role | None, lang: Lang) -> str:
    """A role and who holds it: `促改统筹部门：案件监督管理室或者党风政风监督室`; empty for no role."""
    if role is None:
        return ""
    offices = either([office.say(lang) for office in role.held_by], lang)
    said = role.label.say(lang)
    return said if not offices else f"{said}：{offices}" if lang == "zh" else f"{said}: {offices}"


def _gates(a: Weighed, lang: Lang) -> Iterator[str]:
    """Further reasons of the advice, and the gate that it is for."""
    zh, fields, deciding = lang == "zh", a.book.rulebook.fields, a.decisions[a.book.screening].rule
    more = [rule.title.say(lang) for rule in screened(a) if rule.id != deciding and rule.title is not None]
    if more:
        yield f"  另有：{'；'.join(more)}" if zh else f"  also: {'; '.join(more)}"
    gate = gate_to_speak(a)
    if gate is not None:
        label, holder = fields[gate].label.say(lang), say_holder(a.book.rulebook.roles.get(_OF_GATE[gate]), lang)
        if zh:
            yield f"  “{label}”尚未表态{f'（{holder}）' if holder else ''}，以上供其参考。"
        else:
            yield f"  For the {lower(label)}{f' ({holder})' if holder else ''}, which has yet to speak."


def _count(a: Weighed, name: str, count: Count, lang: Lang) -> str:
    """A counted signal: its value, the other cases, the causes in common, and what was left out."""
    zh, fields = lang == "zh", a.book.rulebook.fields
    comma, label = "、" if zh else ", ", fields[name].label.say(lang)
    if count.value is None:
        lacks = comma.join(fields[fact].label.say(lang) for fact in count.missing)
        return (
            f"  {label}：不能计数，本案缺：{lacks}" if zh else f"  {label}: cannot be counted; the case lacks {lacks}"
        )
    others = [i for i in count.counted if i != a.case.id]
    said, value = [], str(count.value)
    if count.possible:
        value = f"{count.possible[0]}至{count.possible[-1]}" if zh else f"{count.possible[0]} to {count.possible[-1]}"
        lacks = comma.join(fields[fact].label.say(lang) for fact in count.missing)
        said.append(f"本案怎样计入，尚缺：{lacks}" if zh else f"how this case counts hangs on: {lacks}")
    if others:
        shown = comma.join(others[:10]) + (("等" if zh else ", …") if len(others) > 10 else "")
        said.append(f"另有：{shown}" if zh else f"also: {shown}")
    sharing = a.book.rulebook.signals[name].sharing
    if count.shared and sharing is not None:
        tags = say_value(fields[sharing], frozenset(count.shared), lang)
        said.append(f"共有：{tags}" if zh else f"in common: {tags}")
    if count.left_out:
        left = len(count.left_out)
        said.append(f"因事实不全未计{left}件" if zh else f"{left} left out: facts missing")
    tail = "" if not said else f"（{'；'.join(said)}）" if zh else f" ({'; '.join(said)})"
    return f"  {label}：{value}{tail}" if zh else f"  {label}: {value}{tail}"


def _causes(a: Weighed, lang: Lang) -> Iterator[str]:
    zh, items = lang == "zh", a.book.cause_items
    points = {name: label.say(lang) for name, label in a.book.weak_point_labels.items()}
    for point in dict.fromkeys([*points, *(c.weak_point for c in a.causes)]):
        mine = [c for c in a.causes if c.weak_point == point]
        if mine:
            yield points.get(point, point) + ("：" if zh else ":")
        for cause in mine:
            label = items[cause.cause].label.say(lang)
            if cause.certainty == "found":
                said = [f.evidence.strip("。") for f in cause.findings if f.evidence]
                evidence = ("；" if zh else "; ").join(said)
                tail = (
                    (f"（{evidence}）" if zh else f" ({evidence})")
                    if evidence
                    else ("（已查明）" if zh else " (found)")
                )
            else:
                reasons = numbered([why.say(lang).rstrip("。. ") for why in cause.because], lang)
                tail = f"（待核实：{reasons}）" if zh else f" (to be verified: {reasons})"
            yield f"  {label}{tail}"
    for cause_id in a.uncovered:
        label = items[cause_id].label.say(lang) if cause_id in items else cause_id
        yield f"  措施库中没有对应“{label}”的主措施" if zh else f"  The library has no main measure for “{label}”"


def _recommendations(a: Weighed, lang: Lang) -> Iterator[str]:
    zh = lang == "zh"
    if a.withheld is not None:
        yield a.withheld.say(lang)
        return
    if a.as_for_a_point and (a.recommendations or a.suspected):
        none = a.layer.outcome == "none"
        if zh:
            yield "不分层，以下按“点”提出。" if none else "未定促改层次，以下按“点”提出。"
        else:
            yield f"{'There is no layer' if none else 'No layer is settled'}; the following is given as for a point."
    for number, recommendation in enumerate(a.recommendations, 1):
        yield from _recommendation(number, recommendation, lang)
    if a.also:
        yield (
            "可一并考虑（触及同一症结，但不能代替上列措施）："
            if zh
            else "Also worth considering (they touch the same causes, but do not replace the above):"
        )
        for also in a.also:
            labels = [also.ground.library.causes[c].label.say(lang) for c in also.covers]
            several = (
                (f"，可兼及{len(labels)}项症结" if zh else f"; touches {len(labels)} causes at once")
                if len(labels) > 1
                else ""
            )
            title = also.measure.title.say(lang)
            yield (
                f"  {also.measure.id} {title}：{'、'.join(labels)}{several}"
                if zh
                else f"  {also.measure.id} {title}: {', '.join(labels)}{several}"
            )
    if a.suspected:
        yield (
            "疑似症结核实后可用的措施（待核实）：" if zh else "Once the suspected causes are verified (to be verified):"
        )
        for r in a.suspected:
            labels = [r.ground.library.causes[c].label.say(lang) for c in r.covers]
            title = r.measure.title.say(lang)
            yield (
                f"  {r.measure.id} {title}：{'、'.join(labels)}"
                if zh
                else f"  {r.measure.id} {title}: {', '.join(labels)}"
            )


def _recommendation(number: int, r: Recommendation, lang: Lang) -> Iterator[str]:
    zh = lang == "zh"
    open_ = "" if r.certain else ("（可能，尚待明确）" if zh else " (possible; not yet settled)")
    yield f"{number}. {r.measure.id} {r.measure.title.say(lang)}{open_}"
    yield f"  {r.say(lang)}"
    yield ("  理由：" if zh else "  Why: ") + r.say_why(lang)
    lead = r.measure.lead.say(lang)
    start = START[r.measure.due_from].say(lang)
    yield (
        f"  牵头：{lead}；期限：自{start}起{r.measure.due_days}日"
        if zh
        else f"  Lead: {lead}; due: {r.measure.due_days} days from {start}"
    )
    if r.measure.evidence:
        papers = ("；" if zh else "; ").join(e.say(lang) for e in r.measure.evidence)
        yield ("  佐证：" if zh else "  Papers: ") + papers
    for cited in r.basis:
        yield "  " + say_cited(cited, lang)


def _roles(a: Weighed, lang: Lang) -> Iterator[str]:
    """Who holds which role, where measures are suggested."""
    roles = a.book.rulebook.roles.values()
    if not a.recommendations or not roles:
        return
    for role in roles:
        duty = role.duty.say(lang) if role.duty else ""
        yield say_holder(role, lang) + (f"（{duty}）" if duty and lang == "zh" else f" ({duty})" if duty else "")
    if any(role.held_by and role.basis is not None and role.basis.kind == "assumption" for role in roles):
        yield (
            "以上由哪个机构承担系假设，按本机关实际改写。"
            if lang == "zh"
            else "Which office holds which role is an assumption, to be rewritten as it is here."
        )


def _notices(a: Weighed, lang: Lang) -> Iterator[str]:
    rulebook = a.book.rulebook
    for name, decision in a.decisions.items():
        table = rulebook.decisions[name]
        if table.hit != "collect" or name == a.book.diagnosis:
            continue
        rules = {rule.id: rule for rule in table.rules}
        open_ = [o for o in decision.possible if o not in decision.outcomes]
        for outcome in decision.outcomes:
            rule = next((rules[r] for r in decision.rules if rules[r].then == outcome), None)
            because = "" if rule is None or rule.because is None else rule.because.say(lang)
            colon = "：" if lang == "zh" else ": "
            yield f"{say_outcome(table, outcome, lang)}{colon}{because}".rstrip("：: ")
        if open_:
            labels = [say_outcome(table, outcome, lang) for outcome in open_]
            title = table.title.say(lang)
            yield (
                f"{title}尚不能确定：{'；'.join(labels)}"
                if lang == "zh"
                else f"{title}, not yet settled: {'; '.join(labels)}"
            )


def _questions(a: Weighed, lang: Lang) -> Iterator[str]:
    fields = a.book.fields
    for number, need in enumerate(needs(a), 1):
        field = fields[need.fact]
        ask = need.ask.say(lang) if need.ask else field.label.say(lang)
        yield f"{number}. {ask}"


def _remarks(a: Weighed, lang: Lang) -> Iterator[str]:
    zh = lang == "zh"
    book = a.book.rulebook
    version = f" {book.version}" if book.version else ""
    if a.day is not None:
        on = f"按{say_day(a.day)}施行的规则" if zh else f"rules as of {a.day.isoformat()}"
    else:
        on = "未给日期，按规则册的最后状态" if zh else "no date given: the rulebook's last state"
    name = book.title.say(lang)
    yield f"{name}{version}，{on}；摘要 {a.digest[:12]}。" if zh else f"{name}{version}, {on}; digest {a.digest[:12]}."
    if not a.has_history and book.signals:
        yield (
            "未提供其他案件，按其他案件计数的事实不详，有的决策因此可能不能确定。"
            if zh
            else "No other cases were given, so what is counted over them is unknown and decisions may stay open."
        )
    yield (
        f"以上为规则推得的参考意见，{'是否启动、在哪一层办理' if 'startup' in a.decisions else ''}由有权机关决定。"
        if zh
        else "These are results of rules, for reference; the competent authority decides."
    )
