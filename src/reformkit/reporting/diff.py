"""What differs between two rulebooks, in words: the regions of cases that come out otherwise."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from reformkit.model.period import Period
from reformkit.model.rulebook import DecisionTable
from reformkit.text import BRACKETED, COMMA, SEMICOLON, Text
from reformkit.wording.conditions import ANY_CASE, say_condition
from reformkit.wording.decisions import say_outcome
from reformkit.wording.values import quote, say_period

if TYPE_CHECKING:
    from reformkit.comparing.diff import Diff, NotCompared
    from reformkit.comparing.region import Region

MOST_NAMES = 6
"""Rules that are named in one breath."""

_TITLE = Text.same("{title}{name}")
_BY = Text("原：{before}；现：{after}", "before: {before}; after: {after}")
_UNPROVEN = Text("在限定步数内未能证明有无这样的案件。", "the budget ran out: there may be such cases or none")
_IN_PART = Text("（情形较多，此处只列共同部分）", "(there are many cases; only what they share is said)")

_EXCEPTED = Text("其中符合{rules}的除外", "except where one of these rules holds: {rules}")
_OR_RULES = Text("，或者", "; ")
_UNCHANGED = Text("规则 {rules}", "{rules}")
_EITHER_WAY = Text("规则 {rules}（原条件或者现条件）", "{rules} (as it was or as it is)")
_AS_IT_WAS, _AS_IT_IS = Text("原规则 {rules}", "{rules} (as it was)"), Text("现规则 {rules}", "{rules} (as it is)")
_MANY_RULES = Text("{rules}等{number}条", "{rules} and {more} more")

_GIVES, _GIVES_NOT = Text("提出{outcome}", "gives {outcome}"), Text("不提出{outcome}", "does not give {outcome}")
_RULE = Text("规则 {id}{title}", "rule {id}{title}")
_RULE_TITLE = Text("{title}", " {title}")
_CONFLICT = Text("规则 {rules} 相互冲突", "rules {rules} conflict")
_OTHERWISE, _NO_RULE = Text("无规则符合，按“其余”", "no rule holds: otherwise"), Text("无规则符合", "no rule holds")

_NOT_COMPARED = Text("{title}{name}：{reason}。", "{title}{name}: {reason}.")
_REASONS = {
    "added": Text("只有新的规则册有这项决策", "only the new rulebook has this decision"),
    "removed": Text("新的规则册没有这项决策了", "the new rulebook no longer has this decision"),
    "collects": Text(
        "取用方式由或改为“汇总”，结论不是一类，不能逐案比较",
        "only one of them collects: the results are of different kinds",
    ),
    "facts": Text(
        "用到的“{names}”在两个规则册中类型不同或者没有共同的取值，不能比较",
        "it tests {names}; the two rulebooks have no value of it in common",
    ),
    "budget": Text(
        "改动牵涉的规则过多，以下规则未能逐一比完：{names}",
        "too much to compare in full; of these rules not every pair was looked at: {names}",
    ),
    "boxes": Text("规则 {names} 的任选情形过多，不能比较", "rule {names} has too many alternatives"),
}
_ALWAYS = Text("任何时间", "always")


@dataclass(frozen=True, slots=True)
class RegionInWords:
    """A region in words: from what to what, by which rules, for which cases, with which exceptions and when."""

    region: Region
    before: Text
    after: Text
    by: Text
    where: tuple[Text, ...]
    excepted: Text | None = None
    days: Text | None = None


def say_regions(diff: Diff, most: int | None = None) -> Iterator[tuple[Text, list[RegionInWords]]]:
    """The title of each decision that comes out otherwise for some case, with its regions, or the first `most` of them."""
    for name in dict.fromkeys(region.decision for region in diff.regions):
        old, new = diff.old.decisions[name], diff.new.decisions[name]
        title = _TITLE.fill(title=new.title, name=BRACKETED.fill(words=name))
        same = _same_rules(old, new)
        yield (
            title,
            [_region(region, diff, same) for region in islice((r for r in diff.regions if r.decision == name), most)],
        )


def _same_rules(old: DecisionTable, new: DecisionTable) -> set[str]:
    """The rules of both whose condition one of the old ones has."""
    before = {rule.when for rule in old.rules}
    return {rule.id for rule in old.rules} & {rule.id for rule in new.rules if rule.when in before}


def _region(region: Region, diff: Diff, same: set[str]) -> RegionInWords:
    old, new = diff.old.decisions[region.decision], diff.new.decisions[region.decision]
    before, after = _result(old, region.before, region), _result(new, region.after, region)
    by = _BY.fill(
        before=_who(old, region.before, region.rule_before, region),
        after=_who(new, region.after, region.rule_after, region),
    )
    if not region.proven:
        return RegionInWords(region, before, after, by, (_UNPROVEN,))
    fields = {**diff.old.fields, **diff.new.fields}
    items = getattr(region.condition, "items", (region.condition,))
    where = [say_condition(item, fields) for item in items] or [ANY_CASE]
    if not region.exact:
        where.append(_IN_PART)
    days = say_days(region.days) if region.days else None
    return RegionInWords(region, before, after, by, tuple(where), _excepted(region, same), days)


def _excepted(region: Region, same: set[str]) -> Text | None:
    """Which rules take cases away: those of both rulebooks by their ids, others with the side that they are on."""
    before, after = region.except_before, region.except_after
    both = [id for id in before if id in after]
    kinds = (
        (_UNCHANGED, [id for id in both if id in same]),
        (_EITHER_WAY, [id for id in both if id not in same]),
        (_AS_IT_WAS, [id for id in before if id not in after]),
        (_AS_IT_IS, [id for id in after if id not in before]),
    )
    parts = [words.fill(rules=_named(ids)) for words, ids in kinds if ids]
    return _EXCEPTED.fill(rules=_OR_RULES.join(parts)) if parts else None


def _named(ids: Sequence[str]) -> Text:
    named, more = COMMA.join(ids[:MOST_NAMES]), len(ids) - MOST_NAMES
    return _MANY_RULES.fill(rules=named, number=len(ids), more=more) if more > 0 else named


def _result(table: DecisionTable, result: str, region: Region) -> Text:
    if region.outcome is None:
        return say_outcome(table, result)
    words = _GIVES_NOT if result == "absent" else _GIVES
    return words.fill(outcome=quote(say_outcome(table, region.outcome)))


def _who(table: DecisionTable, result: str, rule: str | None, region: Region) -> Text:
    """Which rule gives a result, by id and title; or that none does."""
    if rule is not None:
        title = next((r.title for r in table.rules if r.id == rule), None)
        return _RULE.fill(id=rule, title=_RULE_TITLE.fill(title=quote(title)) if title else "")
    if result == "conflict":
        return _CONFLICT.fill(rules=COMMA.join(region.conflicting))
    return _OTHERWISE if table.otherwise is not None and result != "absent" else _NO_RULE


def say_not_compared(item: NotCompared, diff: Diff) -> Text:
    """Why a decision could not be compared."""
    table = diff.new.decisions.get(item.decision) or diff.old.decisions[item.decision]
    reason = _REASONS[item.reason]
    if reason.blanks:
        fields = diff.new.fields
        reason = reason.fill(names=COMMA.join(fields[n].label if n in fields else n for n in item.names))
    return _NOT_COMPARED.fill(title=table.title, name=BRACKETED.fill(words=item.decision), reason=reason)


def say_days(periods: Iterable[Period]) -> Text:
    """Spans of time: `自2022年1月1日起`, `自2022年1月1日起，至2024年1月1日前`; a span without bounds is any time.

    >>> from datetime import date
    >>> say_days([Period(), Period(since=date(2022, 1, 1))]).zh
    '任何时间；自2022年1月1日起'
    """
    return SEMICOLON.join(say_period(period) or _ALWAYS for period in periods)
