"""What differs between two rulebooks, in words: regions, other changes, stored cases."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from reformkit.model.difference import Difference
from reformkit.model.period import Period
from reformkit.model.rulebook import Basis, DecisionTable, Rulebook
from reformkit.text import Lang, Text
from reformkit.wording.conditions import say_condition
from reformkit.wording.decisions import say_basis, say_outcome
from reformkit.wording.values import quote, say_day

if TYPE_CHECKING:
    from reformkit.proving.diff import Diff, NotCompared
    from reformkit.proving.region import Region

MOST_NAMES = 6
"""Rules that are named in one breath."""


@dataclass(frozen=True, slots=True)
class RegionSaid:
    """A region in words: from what to what, by which rules, for which cases, with which exceptions and when."""

    before: str
    after: str
    by: str
    where: tuple[str, ...]
    excepted: str
    days: str
    region: Region


def say_regions(diff: Diff, lang: Lang = "zh") -> Iterator[tuple[str, list[RegionSaid]]]:
    """The title of each decision that comes out otherwise for some case, with its regions."""
    for name in dict.fromkeys(region.decision for region in diff.regions):
        table = diff.new.decisions[name]
        said = [_region(region, diff, lang) for region in diff.regions if region.decision == name]
        yield f"{table.title.say(lang)}{_bracket(name, lang)}", said


def _region(region: Region, diff: Diff, lang: Lang) -> RegionSaid:
    zh = lang == "zh"
    old, new = diff.old.decisions[region.decision], diff.new.decisions[region.decision]
    before, after = (_result(table, said, region, lang) for table, said in ((old, region.before), (new, region.after)))
    pairs = ((old, region.before, region.rule_before), (new, region.after, region.rule_after))
    who = [_who(table, said, rule, region, lang) for table, said, rule in pairs]
    by = f"原：{who[0]}；现：{who[1]}" if zh else f"before: {who[0]}; after: {who[1]}"
    if not region.proven:
        where = (
            "在限定步数内未能证明有无这样的案件。" if zh else "the budget ran out: there may be such cases or none",
        )
        return RegionSaid(before, after, by, where, "", "", region)
    fields = {**diff.old.fields, **diff.new.fields}
    items = getattr(region.condition, "items", (region.condition,))
    conditions = [say_condition(item, fields, lang) for item in items] or ["任何情形" if zh else "any case"]
    excepted = _excepted(region, old, new, lang)
    if not region.exact:
        conditions.append(
            "（情形较多，此处只列共同部分）" if zh else "(there are many cases; only what they share is said)"
        )
    return RegionSaid(before, after, by, tuple(conditions), excepted, say_days(region.days, lang), region)


def _excepted(region: Region, old: DecisionTable, new: DecisionTable, lang: Lang) -> str:
    """Which rules take cases away: those of both rulebooks by their ids, others with the side that they are on."""
    zh = lang == "zh"
    comma = "、" if zh else ", "
    before, after = region.except_before, region.except_after
    same = {rule.id for rule in old.rules} & {r.id for r in new.rules if any(r.when == o.when for o in old.rules)}
    kinds = (
        ([n for n in before if n in after and n in same], Text("规则 {}", "{}")),
        (
            [n for n in before if n in after and n not in same],
            Text("规则 {}（原条件或者现条件）", "{} (as it was or as it is)"),
        ),
        ([n for n in before if n not in after], Text("原规则 {}", "{} (as it was)")),
        ([n for n in after if n not in before], Text("现规则 {}", "{} (as it is)")),
    )
    parts = []
    for names, words in kinds:
        if names:
            more = (
                (f"等{len(names)}条" if zh else f" and {len(names) - MOST_NAMES} more")
                if len(names) > MOST_NAMES
                else ""
            )
            parts.append(words.say(lang).format(comma.join(names[:MOST_NAMES]) + more))
    if not parts:
        return ""
    return (
        f"其中符合{'，或者'.join(parts)}的除外" if zh else f"except where one of these rules holds: {'; '.join(parts)}"
    )


def _result(table: DecisionTable, said: str, region: Region, lang: Lang) -> str:
    if region.outcome is not None:
        label = quote(say_outcome(table, region.outcome, lang))
        gives = (
            Text(f"提出{label}", f"gives {label}")
            if said != "absent"
            else Text(f"不提出{label}", f"does not give {label}")
        )
        return gives.say(lang)
    return say_outcome(table, said, lang)


def _who(table: DecisionTable, said: str, rule: str | None, region: Region, lang: Lang) -> str:
    """Which rule gives a result, by id and title; or that none does."""
    zh = lang == "zh"
    if rule is not None:
        title = next((r.title for r in table.rules if r.id == rule), None)
        return (
            f"规则 {rule}{quote(title.zh) if title else ''}"
            if zh
            else f"rule {rule}{f' “{title.en}”' if title else ''}"
        )
    if said == "conflict":
        rules = ("、" if zh else ", ").join(region.conflicting)
        return f"规则 {rules} 相互冲突" if zh else f"rules {rules} conflict"
    if table.otherwise is not None and said != "absent":
        return "无规则符合，按“其余”" if zh else "no rule holds: otherwise"
    return "无规则符合" if zh else "no rule holds"


def say_days(periods: Iterable[Period], lang: Lang = "zh") -> str:
    """Spans of time: `2022年1月1日起`, `2022年1月1日起、2024年1月1日前`; empty for always."""
    return ("；" if lang == "zh" else "; ").join(_days(period, lang) for period in periods)


def _days(period: Period, lang: Lang) -> str:
    zh = lang == "zh"
    since, until = period.since and say_day(period.since, lang), period.until and say_day(period.until, lang)
    if since and until:
        return f"{since}起至{until}前" if zh else f"from {since} until {until}"
    if since:
        return f"{since}起" if zh else f"from {since}"
    return (f"{until}前" if zh else f"until {until}") if until else ("任何时间" if zh else "always")


def say_not_compared(item: NotCompared, diff: Diff, lang: Lang = "zh") -> str:
    """Why a decision could not be compared."""
    table = diff.new.decisions.get(item.decision) or diff.old.decisions[item.decision]
    title = f"{table.title.say(lang)}{_bracket(item.decision, lang)}"
    names = ("、" if lang == "zh" else ", ").join(
        field.label.say(lang) if (field := diff.new.fields.get(name)) else name for name in item.names
    )
    reasons = {
        "added": Text("只有新的规则册有这项决策", "only the new rulebook has this decision"),
        "removed": Text("新的规则册没有这项决策了", "the new rulebook no longer has this decision"),
        "collects": Text(
            "取用方式由或改为“汇总”，结论不是一类，不能逐案比较",
            "only one of them collects: the results are of different kinds",
        ),
        "facts": Text(
            f"用到的“{names}”在两个规则册中类型不同或者没有共同的取值，不能比较",
            f"it tests {names}, of which the two rulebooks have no value in common",
        ),
        "budget": Text(
            f"改动牵涉的规则过多，以下规则未能逐一比完：{names}",
            f"too much to compare in full; of these rules not every pair was looked at: {names}",
        ),
        "boxes": Text(f"规则 {names} 的任选情形过多，不能比较", f"rule {names} has too many alternatives"),
    }
    return f"{title}：{reasons[item.reason].zh}。" if lang == "zh" else f"{title}: {reasons[item.reason].en}."


# --- what is no outcome --------------------------------------------------------------------------------

PARTS = {
    "rule": Text("规则", "Rules"),
    "parameter": Text("参数", "Parameters"),
    "signal": Text("计数", "Signals"),
    "decision": Text("决策", "Decisions"),
    "fact": Text("词表", "Vocabulary"),
    "cause": Text("症结与主措施", "Causes and their main measures"),
    "measure": Text("措施", "Measures"),
    "reference": Text("参考文件", "References"),
    "document": Text("规则册所依文件", "Documents"),
    "rulebook": Text("规则册", "Rulebook"),
}
"""The kinds of change, in the order in which they are told."""

_ASPECTS = {
    "added": Text("新增", "added"),
    "removed": Text("删去", "removed"),
    "when": Text("条件", "condition"),
    "then": Text("结论", "outcome"),
    "period": Text("施行期间", "time in force"),
    "title": Text("标题", "title"),
    "because": Text("理由", "reason"),
    "basis": Text("依据", "basis"),
    "value": Text("取值", "value"),
    "label": Text("名称", "label"),
    "order": Text("规则次序", "order of the rules"),
    "hit": Text("取用方式", "hit policy"),
    "otherwise": Text("其余", "otherwise"),
    "outcome": Text("结论项名称", "label of an outcome"),
    "outcome added": Text("新增结论项", "outcome added"),
    "outcome removed": Text("删去结论项", "outcome removed"),
    "value added": Text("新增取值", "value added"),
    "value removed": Text("删去取值", "value removed"),
    "group": Text("所属方向", "group"),
    "type": Text("类型", "type"),
    "ask": Text("提问", "question"),
    "min": Text("最小", "least"),
    "max": Text("最大", "greatest"),
    "personal": Text("个人信息", "personal data"),
    "derived": Text("推得方式", "how it is derived"),
    "of_finding": Text("属剖析发现", "of a finding"),
    "distinct": Text("计数对象", "what is counted"),
    "share": Text("占比条件", "share"),
    "same": Text("须相同的事实", "facts to agree"),
    "within": Text("期间", "window"),
    "sharing": Text("须共有的标签", "tags to share"),
    "where": Text("限于", "restriction"),
    "weak_point": Text("方向", "weak point"),
    "note": Text("说明", "note"),
    "main": Text("主措施", "main measure"),
    "addresses": Text("所答症结", "causes answered"),
    "text": Text("措施内容", "wording"),
    "variants": Text("分系统的写法", "wording by industry"),
    "practices": Text("分层次的做法", "practice by layer"),
    "layers": Text("适用层次", "layers"),
    "lead": Text("牵头单位", "lead"),
    "due_days": Text("期限（日）", "days"),
    "due_from": Text("期限起算", "from which day"),
    "accept": Text("验收标准", "criteria"),
    "evidence": Text("佐证材料", "evidence"),
    "serves": Text("所服务的“三不”", "which of the three"),
    "issuer": Text("制发机关", "issuer"),
    "history": Text("沿革", "history"),
    "checked": Text("核对程度", "how far it was checked"),
    "citable": Text("可否引用", "citable"),
    "uncited": Text("没有引用也保留", "kept uncited"),
    "clauses": Text("条款", "clauses"),
    "version": Text("版本", "version"),
    "authority": Text("机关", "authority"),
    "name": Text("名", "name"),
}
_LONG, _BEFORE = 60, 10


def say_changes(diff: Diff, lang: Lang = "zh") -> Iterator[tuple[str, list[str]]]:
    """Each kind of thing that changed, with a line for each change."""
    for part, title in PARTS.items():
        lines = [say_change(change, diff, lang) for change in diff.changes if change.part == part]
        if lines:
            yield title.say(lang), lines


def say_change(change: Difference, diff: Diff, lang: Lang = "zh") -> str:
    """One change in a line: what of what, from what to what, and who uses it."""
    zh = lang == "zh"
    label = "" if change.label is None else change.label.say(lang)
    name = f"{change.name}{quote(label) if zh else f' “{label}”'}" if label and label != change.name else change.name
    aspect = _ASPECTS.get(change.aspect, Text.same(change.aspect)).say(lang)
    if change.aspect in ("added", "removed"):
        said = f"{name}：{aspect}" if zh else f"{name}: {aspect}"
    else:
        before, after = _apart(*(_value(side, change, diff, lang) for side in (change.before, change.after)))
        arrow = f"{before} → {after}"
        said = f"{name} {aspect}：{arrow}" if zh else f"{name}, {aspect}: {arrow}"
    if change.used_by:
        rules = ("、" if zh else ", ").join(change.used_by[:8]) + ("…" if len(change.used_by) > 8 else "")
        said += f"（用于 {rules}）" if zh else f" (used by {rules})"
    return said + _remark(change, lang)


def _remark(change: Difference, lang: Lang) -> str:
    """What an added or removed fact or value means for the comparison."""
    added, removed = change.aspect.endswith("added"), change.aspect.endswith("removed")
    if change.part != "fact" or not (added or removed):
        return ""
    if change.aspect in ("added", "removed"):
        return "；另一规则册不看这项事实" if lang == "zh" else "; the other rulebook does not look at it"
    return (
        "；另一规则册不能受理这样的案件，未作比较"
        if lang == "zh"
        else "; the other rulebook cannot take such cases, which are not compared"
    )


def _value(value: Any, change: Difference, diff: Diff, lang: Lang) -> str:
    """One side of a change, as short text."""
    zh = lang == "zh"
    comma = "、" if zh else ", "
    fields = {**diff.old.fields, **diff.old.vocabulary.fields, **diff.new.fields, **diff.new.vocabulary.fields}
    if value is None or value == ():
        return "无" if zh else "none"
    if isinstance(value, bool):
        return ("是" if value else "否") if zh else ("yes" if value else "no")
    if isinstance(value, Text):
        return quote(value.say(lang))
    if isinstance(value, Period):
        return _days(value, lang)
    match change.aspect:
        case "value" if change.part == "parameter":
            return comma.join(f"{v}{'' if p == Period() else _in_brackets(_days(p, lang), lang)}" for v, p in value)
        case "main":
            said = (f"{m}{'' if w is None else _in_brackets(say_condition(w, fields, lang), lang)}" for m, w in value)
            return comma.join(said)
        case "addresses":
            return comma.join(f"{edge.cause}({edge.role})" for edge in value)
        case "when" | "where" | "share":
            return quote(say_condition(value, fields, lang))
        case "otherwise":
            return quote(say_outcome(diff.new.decisions[change.name], value.then, lang))
        case "then" if change.decision is not None:
            return quote(say_outcome(diff.new.decisions[change.decision], value, lang))
        case "within":
            return f"{value.length} {value.unit}"
    return _plain(value, lang)


def _plain(value: Any, lang: Lang) -> str:
    """Anything that a model holds, as running text."""
    if isinstance(value, Text):
        return value.say(lang)
    if isinstance(value, Basis):
        return say_basis(value, {}, lang)
    if isinstance(value, Mapping):
        return "；".join(f"{key}：{_plain(item, lang)}" for key, item in value.items())
    if isinstance(value, tuple | list | frozenset):
        return "；".join(_plain(item, lang) for item in value)
    fields = getattr(type(value), "model_fields", None)
    if fields is not None:
        parts = (getattr(value, name) for name in fields if name != "place")
        return "，".join(_plain(part, lang) for part in parts if part not in (None, (), {}, False))
    return "" if value is None else str(value)


def _apart(before: str, after: str) -> tuple[str, str]:
    """Two texts cut to where they differ, if they are long.

    >>> _apart("x" * 90 + "甲", "x" * 90 + "乙")
    ('…xxxxxxxxxx甲', '…xxxxxxxxxx乙')
    """
    if max(len(before), len(after)) <= _LONG:
        return before, after
    same = next(
        (i for i, (a, b) in enumerate(zip(before, after, strict=False)) if a != b), min(len(before), len(after))
    )
    start = max(0, same - _BEFORE)

    def cut(text: str) -> str:
        part = text[start : start + _LONG]
        return "…" * (start > 0) + part + "…" * (start + _LONG < len(text))

    return cut(before), cut(after)


def _bracket(name: str, lang: Lang) -> str:
    return f"（{name}）" if lang == "zh" else f" ({name})"


def _in_brackets(text: str, lang: Lang) -> str:
    return f"（{text}）" if lang == "zh" else f" ({text})"


# --- stored cases --------------------------------------------------------------------------------------


def say_came(book: Rulebook, decision: str, result: Iterable[str], lang: Lang = "zh") -> str:
    """A result as stored cases are told of: the outcomes, or the status."""
    table = book.decisions[decision]
    statuses = {"undetermined": Text("尚不能确定", "undetermined")}
    said = [statuses[r].say(lang) if r in statuses else _brief(say_outcome(table, r, lang)) for r in result]
    return ("、" if lang == "zh" else ", ").join(said) or ("无" if lang == "zh" else "none")


def _brief(label: str) -> str:
    return label.partition("（")[0].partition(" (")[0]


def say_rates(diff: Diff, lang: Lang = "zh") -> str:
    """The start rate before and after, as the report counts it: of the cases studied at the first gate."""
    assert diff.cases is not None
    before, after = (
        f"{t.passed}/{t.judged}{'＝' if lang == 'zh' else ' = '}{100 * t.passed / t.judged:.1f}%" if t.judged else "—"
        for t in (diff.cases.before, diff.cases.after)
    )
    if lang == "zh":
        return f"促改率：原 {before}，现 {after}（第一关研判的案件中确定启动的；只作展示，不作目标，不排名）。"
    return f"Start rate: {before} before, {after} after (of the cases studied at the first gate; shown only, not a target, not a ranking)."
