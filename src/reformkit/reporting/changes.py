"""What changed in a rulebook and its library beside the outcomes of decisions, in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from reformkit.model.act import Term
from reformkit.model.difference import Difference
from reformkit.model.period import Period
from reformkit.model.procedure import Due
from reformkit.model.rulebook import Basis
from reformkit.reporting.diff import say_days
from reformkit.text import BRACKETED, COMMA, LABELLED, NONE, Text
from reformkit.wording.conditions import say_condition
from reformkit.wording.decisions import say_basis, say_gives, say_outcome
from reformkit.wording.section import Section
from reformkit.wording.values import FLAGS, quote

if TYPE_CHECKING:
    from reformkit.comparing.diff import Diff

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
    "procedure": Text("流程", "Procedures"),
    "step": Text("流程的步骤", "Steps of procedures"),
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
    "enabled": Text("启用", "enabled"),
    "gives": Text("附带", "gives"),
    "rank": Text("结论项次序", "order of the outcomes"),
    "outcome": Text("结论项名称", "label of an outcome"),
    "outcome added": Text("新增结论项", "outcome added"),
    "outcome removed": Text("删去结论项", "outcome removed"),
    "value added": Text("新增取值", "value added"),
    "value removed": Text("删去取值", "value removed"),
    "group": Text("所属方向", "group"),
    "type": Text("类型", "type"),
    "ask": Text("提问", "question"),
    "places": Text("小数位", "decimal places"),
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
    "variants": Text("分情形的写法", "wording by case"),
    "by_unit": Text("分单位的牵头和佐证", "lead and papers by kind of unit"),
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
    "mark": Text("编号中的字", "word in the numbers"),
    "source": Text("来源", "source"),
    "opened_as": Text("层次", "layer"),
    "roles": Text("责任", "who does it"),
    "review": Text("复核", "review"),
    "to": Text("发给", "to whom"),
    "after": Text("之前须办", "what it comes after"),
    "doing": Text("办结方式", "by what it is done"),
    "opinion": Text("表态事项", "what the gate states"),
    "letters": Text("文书", "letters"),
    "results": Text("报送成果", "results are reported"),
    "papers": Text("材料", "papers"),
    "needs": Text("须具备", "what it needs"),
    "apart_from": Text("须回避", "kept apart from"),
    "due": Text("期限", "term"),
    "on_rejected": Text("不通过时", "where it is rejected"),
    "on_failed": Text("不合格时", "where it fails"),
    "optional": Text("可不办", "optional"),
    "end": Text("办结即", "ends the item as"),
    "each_unit": Text("逐单位", "each unit does it"),
}
_LONG, _BEFORE = 60, 10
MOST_RULES = 8
"""Rules that are named as using what changed."""

_NAMED = Text("{id}{label}", "{id} {label}")
_ONE_SIDED = Text("{name}：{aspect}{users}{remark}", "{name}: {aspect}{users}{remark}")
_CHANGED = Text(
    "{name} {aspect}：{before} → {after}{users}{remark}", "{name}, {aspect}: {before} → {after}{users}{remark}"
)
_USED_BY = Text("（用于 {rules}{more}）", " (used by {rules}{more})")
_NOT_LOOKED_AT = Text("；另一规则册不看这项事实", "; the other rulebook does not look at it")
_NOT_TAKEN = Text(
    "；另一规则册不能受理这样的案件，未作比较", "; the other rulebook cannot take such cases, which are not compared"
)
_WITH = Text.same("{name}{remark}")
_EDGE = Text.same("{cause}({role})")
_LENGTH = {
    "days": Text("{count}日", "{count} days"),
    "workdays": Text("{count}个工作日", "{count} workdays"),
    "months": Text("{count}个月", "{count} months"),
}
_FROM, _SAME_AS = Text("自 {start} 起{length}", "{length} from {start}"), Text("同 {step}", "as {step}")
_BY = Text("以 {fact} 为限", "by {fact}")
_ENTRY, _BETWEEN_ENTRIES, _BETWEEN_PARTS = Text.same("{key}：{value}"), Text.same("；"), Text.same("，")


def say_changes(diff: Diff) -> Iterator[Section]:
    """Each kind of thing that changed, with a line for each change."""
    for part, title in PARTS.items():
        lines = [say_change(change, diff) for change in diff.changes if change.part == part]
        if lines:
            yield Section(title, lines)


def say_change(change: Difference, diff: Diff) -> Text:
    """One change in a line: what of what, from what to what, and who uses it."""
    name = Text.same(change.name)
    if change.label is not None and change.label.zh != change.name:
        name = _NAMED.fill(id=change.name, label=quote(change.label))
    more = "…" if len(change.used_by) > MOST_RULES else ""
    words = {
        "name": name,
        "aspect": _ASPECTS.get(change.aspect, Text.same(change.aspect)),
        "users": _USED_BY.fill(rules=COMMA.join(change.used_by[:MOST_RULES]), more=more) if change.used_by else "",
        "remark": _remark(change) or "",
    }
    if change.aspect in ("added", "removed"):
        return _ONE_SIDED.fill(**words)
    before, after = _apart(_value(change.before, change, diff), _value(change.after, change, diff))
    return _CHANGED.fill(before=before, after=after, **words)


def _remark(change: Difference) -> Text | None:
    """What an added or removed fact or value means for the comparison."""
    if change.part != "fact" or not change.aspect.endswith(("added", "removed")):
        return None
    return _NOT_LOOKED_AT if change.aspect in ("added", "removed") else _NOT_TAKEN


def _value(value: Any, change: Difference, diff: Diff) -> Text:
    """One side of a change, as short text."""
    match value:
        case None | ():
            return NONE
        case bool():
            return FLAGS[value]
        case Text():
            return quote(value)
        case Period():
            return say_days([value])
    fields = {**diff.old.fields, **diff.old.vocabulary.fields, **diff.new.fields, **diff.new.vocabulary.fields}
    match change.aspect:
        case "value" if change.part == "parameter":
            return COMMA.join(_with(v, None if p == Period() else say_days([p])) for v, p in value)
        case "main":
            return COMMA.join(_with(m, None if when is None else say_condition(when, fields)) for m, when in value)
        case "addresses":
            return COMMA.join(_EDGE.fill(cause=edge.cause, role=edge.role) for edge in value)
        case "when" | "where" | "share":
            return quote(say_condition(value, fields))
        case "otherwise":
            table = diff.new.decisions[change.name]
            return quote(COMMA.join(say_outcome(table, outcome) for outcome in value.outcomes))
        case "rank":
            return COMMA.join(say_outcome(diff.new.decisions[change.name], outcome) for outcome in value)
        case "gives":
            outcome = say_outcome(diff.new.decisions[change.name], value[""])
            return quote(LABELLED.fill(label=outcome, words=say_gives({k: v for k, v in value.items() if k})))
        case "then" if change.decision is not None:
            return quote(say_outcome(diff.new.decisions[change.decision], value))
        case "within":
            return Text.same(f"{value.length} {value.unit}")
    return _plain(value)


def _with(name: str, remark: Text | None) -> Text:
    return _WITH.fill(name=name, remark="" if remark is None else BRACKETED.fill(words=remark))


def _plain(value: Any) -> Text:
    """Anything that a model holds, as running text."""
    match value:
        case None:
            return Text.same("")
        case Text():
            return value
        case Basis():
            return say_basis(value) or Text.same("")
        case Term():
            return _LENGTH[value.unit].fill(count=value.count)
        case Due():
            return _say_due(value)
        case Mapping():
            return _BETWEEN_ENTRIES.join(_ENTRY.fill(key=str(key), value=_plain(item)) for key, item in value.items())
        case tuple() | list() | frozenset():
            return _BETWEEN_ENTRIES.join(map(_plain, value))
    fields = getattr(type(value), "model_fields", None)
    if fields is None:
        return Text.same(str(value))
    parts = (getattr(value, name) for name in fields if name not in ("place", "node"))
    return _BETWEEN_PARTS.join(_plain(part) for part in parts if part not in (None, (), {}, False))


def _say_due(due: Due) -> Text:
    if due.term is not None and due.start is not None:
        return _FROM.fill(length=_plain(due.term), start=due.start)
    return _SAME_AS.fill(step=due.same) if due.same is not None else _BY.fill(fact=due.before or "")


def _apart(before: Text, after: Text) -> tuple[Text, Text]:
    """Two texts cut to where they differ, if they are long."""
    zh, en = _cut_apart(before.zh, after.zh), _cut_apart(before.en, after.en)
    return Text(zh[0], en[0]), Text(zh[1], en[1])


def _cut_apart(before: str, after: str) -> tuple[str, str]:
    """The same in one language.

    >>> _cut_apart("x" * 90 + "甲", "x" * 90 + "乙")
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
