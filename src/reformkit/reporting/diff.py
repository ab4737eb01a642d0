"""What differs between two rulebooks, in words: the regions of cases that come out otherwise."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reformkit.model.period import Period
from reformkit.model.rulebook import DecisionTable
from reformkit.text import Lang, Text
from reformkit.wording.conditions import say_condition
from reformkit.wording.decisions import say_outcome
from reformkit.wording.values import in_brackets, quote, say_period

if TYPE_CHECKING:
    from reformkit.comparing.diff import Diff, NotCompared
    from reformkit.comparing.region import Region

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
        yield f"{table.title.say(lang)}{in_brackets(name, lang)}", said


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


def say_not_compared(item: NotCompared, diff: Diff, lang: Lang = "zh") -> str:
    """Why a decision could not be compared."""
    table = diff.new.decisions.get(item.decision) or diff.old.decisions[item.decision]
    title = f"{table.title.say(lang)}{in_brackets(item.decision, lang)}"
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


def say_days(periods: Iterable[Period], lang: Lang = "zh") -> str:
    """Spans of time: `自2022年1月1日起`, `自2022年1月1日起，至2024年1月1日前`; a span without bounds is any time.

    >>> from datetime import date
    >>> say_days([Period(), Period(since=date(2022, 1, 1))])
    '任何时间；自2022年1月1日起'
    """
    always = "任何时间" if lang == "zh" else "always"
    return ("；" if lang == "zh" else "; ").join(say_period(period, lang) or always for period in periods)
