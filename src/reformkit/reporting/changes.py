"""What changed in a rulebook and its library beside the outcomes of decisions, in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from reformkit.model.difference import Difference
from reformkit.model.period import Period
from reformkit.model.rulebook import Basis
from reformkit.reporting.diff import say_days
from reformkit.text import Lang, Text
from reformkit.wording.conditions import say_condition
from reformkit.wording.decisions import say_basis, say_outcome
from reformkit.wording.values import in_brackets, quote

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
        return say_days([value], lang)
    match change.aspect:
        case "value" if change.part == "parameter":
            return comma.join(f"{v}{'' if p == Period() else in_brackets(say_days([p], lang), lang)}" for v, p in value)
        case "main":
            said = (f"{m}{'' if w is None else in_brackets(say_condition(w, fields, lang), lang)}" for m, w in value)
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
        parts = (getattr(value, name) for name in fields if name not in ("place", "node"))
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
