"""What was decided: each decision of one outcome, why, and the counts that tell; in full, and as the memo says it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from reformkit.assessing.questions import Branch, branches, gate_to_speak, screened, telling_counts
from reformkit.assessing.weighed import Weighed
from reformkit.reporting.case_changes import brief
from reformkit.reporting.memo_measures import say_holder
from reformkit.text import BRACKETED, COMMA, DETAIL, SEMICOLON, Text
from reformkit.wording.decisions import TITLED, say_basis, say_gives, say_outcome, say_place, say_result
from reformkit.wording.values import quote, say_day, say_value

if TYPE_CHECKING:
    from reformkit.deciding.signals import Count
    from reformkit.model.rulebook import DecisionTable

MOST_ANSWERS = 4
"""Answers that are named beside what they lead to; more are the others."""
MOST_CASES = 10
"""Other cases that are named beside a count."""

_STATED = Text("已由人定为“{label}”，以此为准。", "“{label}” was set by a person and takes precedence.")
_TOO_EARLY = Text(
    "研判之日早于规则的施行日（{day}），当日没有施行的规则；按现行规则研判的，研判日期须不早于施行日。",
    "The day of judging is before any rule is in force ({day}); to apply later rules, judge as of that day or later.",
)
_NOT_JUDGED = Text("未作研判", "not judged")
_SOURCE = Text("（{source}）", "({source})")
_GIVES = Text("随结论附带：{gives}。", "With it: {gives}.")

_BRANCHES = Text("{fact}{branches}。", "On {fact}: {branches}.")
_BRANCH = Text("为{values}的，{then}{why}", "where it is {values}, {then}{why}")
_WAY = Text("{then}（{fact}为{values}的）", "{then} (where {fact} is {values})")
_OF_OTHERS = Text("{then}（{fact}为其他的）", "{then} (for any other {fact})")
_WHERE_SO = Text("{then}（有{fact}情形的）", "{then} (where it is so: {fact})")
_WHERE_NOT = Text("{then}（无{fact}情形的）", "{then} (where it is not so: {fact})")
_OPEN_RESULT = Text("{title}：{branches}。", "{title}: {branches}.")
_ADVISED_LATER = Text("待有关事实明确后提出", "to follow once more is known")
_STILL_OPEN = Text("仍不能确定", "still open")
_OR_VALUE = Text("", " or ")

_OF_GATE = {"coordinator_gate": "coordinator", "lead_gate": "lead"}
"""The role that speaks at each gate."""
_REASONS = Text("另有：{reasons}", "also: {reasons}")
_TO_SPEAK = Text(
    "“{gate}”尚未表态{holder}，以上供其参考。",
    "For the {within}{holder}, which has yet to speak.",
)

_COUNT = Text("{label}：{value}{remarks}", "{label}: {value}{remarks}")
_NO_COUNT = Text("{label}：不能计数，本案缺：{facts}", "{label}: cannot be counted; the case lacks {facts}")
_NO_COUNTS = Text(
    "同类案件（{number}项）尚不能计数，本案缺：{facts}",
    "{number} counts of like cases cannot be made; the case lacks {facts}",
)
_BETWEEN = Text("{least}至{most}", "{least} to {most}")
_HANGS_ON = Text("本案怎样计入，尚缺：{facts}", "how this case counts hangs on: {facts}")
_OTHERS = Text("另有：{ids}{more}", "also: {ids}{more}")
_MORE = Text("等", ", …")
_SHARED = Text("共有：{tags}", "in common: {tags}")
_LATER = Text("其中晚于本案的：{ids}{more}", "of these later than this case: {ids}{more}")
_LEFT_OUT = Text("因事实不全未计{number}件", "{number} left out: facts missing")


def decisions(a: Weighed) -> Iterator[Text]:
    """Every decision of one outcome with what belongs under it, then the counts on which something hangs."""
    for name in a.decisions:
        table = a.book.rulebook.decisions[name]
        if table.hit == "collect":
            continue
        yield TITLED.fill(title=table.title, result=say_judged(a, name))
        yield from (DETAIL.fill(words=line) for line in _under(a, name, table))
    for name in telling_counts(a):
        if a.counts[name].value != 0 or a.counts[name].left_out:
            yield DETAIL.fill(words=_count(a, name, a.counts[name]))


def decisions_in_brief(a: Weighed) -> Iterator[Text]:
    """The same without rules, places and sources; the advice for the gates only while one has yet to speak."""
    for name, decision in a.decisions.items():
        table = a.book.rulebook.decisions[name]
        if table.hit == "collect" or (name == a.book.screening and gate_to_speak(a) is None):
            continue
        ways = branches(a, name)
        if name == a.book.screening and any(way.values == (False,) and way.outcome is None for way in ways):
            yield TITLED.fill(title=table.title, result=_ADVISED_LATER)
        elif ways and decision.outcome is None:
            if name == a.book.screening:
                ways = _usual(ways)
            rest = _rest(ways)
            ordered = [way for way in ways if way is not rest] + ([] if rest is None else [rest])
            listed = SEMICOLON.join(_way(a, way, table, is_rest=way is rest) for way in ordered)
            yield _OPEN_RESULT.fill(title=table.title, branches=listed)
        else:
            yield TITLED.fill(title=table.title, result=say_judged(a, name))
        first_day = a.not_yet_in_force(name)
        if first_day is not None:
            yield DETAIL.fill(words=_TOO_EARLY.fill(day=say_day(first_day)))
        elif decision.because is not None and name not in _PLAIN:
            yield DETAIL.fill(words=decision.because)
        if decision.outcome in table.given:
            yield DETAIL.fill(words=_GIVES.fill(gives=say_gives(table.given[decision.outcome])))
        if name in a.stated:
            yield DETAIL.fill(words=_STATED.fill(label=say_outcome(table, a.stated[name])))
    told = [name for name in telling_counts(a) if _is_told(a, name)]
    uncounted = [name for name in told if a.counts[name].value is None]
    for name in told:
        if len(uncounted) < 2 or name not in uncounted:
            yield DETAIL.fill(words=_count(a, name, a.counts[name]))
    if len(uncounted) > 1:
        lacking = dict.fromkeys(fact for name in uncounted for fact in a.counts[name].missing)
        labels = COMMA.join(a.book.rulebook.fields[fact].label for fact in lacking)
        yield DETAIL.fill(words=_NO_COUNTS.fill(number=len(uncounted), facts=labels))


def _is_told(a: Weighed, name: str) -> bool:
    """Whether the memo has a word on a count: other cases are in it, or a decision waits for it."""
    count = a.counts[name]
    return len(count.counted) > 1 or bool(count.later) or bool(count.missing and _waited_for(a, name))


def say_judged(a: Weighed, name: str) -> Text:
    """What was decided; nothing was where no rule was in force that day, whatever holds otherwise."""
    if a.not_yet_in_force(name) is not None and name not in a.stated:
        return _NOT_JUDGED
    return say_result(a.book.rulebook.decisions[name], a.decisions[name])


def _waited_for(a: Weighed, count: str) -> bool:
    """Whether a decision that the memo says hangs on a count; what is only suspected or noticed does not make it worth a line."""
    tables = a.book.rulebook.decisions
    return any(
        decision.status == "undetermined" and count in decision.hanging and tables[name].hit != "collect"
        for name, decision in a.decisions.items()
    )


_PLAIN = ("source",)
"""Decisions that need no reason in the memo."""


def _rest(ways: tuple[Branch, ...]) -> Branch | None:
    """The branch of several whose answers are so many that they are said as the others."""
    long = [way for way in ways if len(way.values) > MOST_ANSWERS]
    return long[0] if len(long) == 1 and len(ways) > 1 else None


def _way(a: Weighed, branch: Branch, table: DecisionTable, *, is_rest: bool = False) -> Text:
    """What an open decision comes to under one answer: `启动（“第一关意见”为“通过”的）`, `启动（无“单位已撤并”情形的）`."""
    field = a.book.fields[branch.fact]
    if field.type == "flag":
        then = _STILL_OPEN if branch.outcome is None else brief(say_outcome(table, branch.outcome))
        return (_WHERE_SO if branch.values[0] else _WHERE_NOT).fill(then=then, fact=quote(field.label))
    values = _OR_VALUE.join(quote(say_value(a.book.fields[branch.fact], value)) for value in branch.values)
    then = _STILL_OPEN if branch.outcome is None else brief(say_outcome(table, branch.outcome))
    if is_rest:
        return _OF_OTHERS.fill(then=then, fact=quote(field.label))
    return _WAY.fill(then=then, fact=quote(field.label), values=values)


def _usual(ways: tuple[Branch, ...]) -> tuple[Branch, ...]:
    """The advice where a circumstance is absent, if that settles it: its presence is the exception, and goes without saying."""
    absent = tuple(branch for branch in ways if branch.values == (False,) and branch.outcome is not None)
    return absent or ways


def _under(a: Weighed, name: str, table: DecisionTable) -> Iterator[Text]:
    """What stands under one decision: its reason, what it hangs on, who set it, on what it rests."""
    decision, first_day = a.decisions[name], a.not_yet_in_force(name)
    if first_day is not None:  # what holds otherwise has a reason too, and it speaks of rules that were asked
        yield _TOO_EARLY.fill(day=say_day(first_day))
    elif decision.because is not None:
        yield decision.because
    if decision.outcome in table.given:
        yield _GIVES.fill(gives=say_gives(table.given[decision.outcome]))
    ways = branches(a, name)
    if ways:
        listed = SEMICOLON.join(_branch(a, branch, table) for branch in ways)
        yield _BRANCHES.fill(fact=quote(a.book.fields[ways[0].fact].label), branches=listed)
    if name == a.book.screening:
        yield from _gates(a)
    if name in a.stated:
        yield _STATED.fill(label=say_outcome(table, a.stated[name]))
    source = [part for part in (say_basis(decision.basis), say_place(decision)) if part]
    if source:
        yield _SOURCE.fill(source=SEMICOLON.join(source))


def _branch(a: Weighed, branch: Branch, table: DecisionTable) -> Text:
    """What an open decision comes to under one answer to the question that tells most."""
    field = a.book.fields[branch.fact]
    title = next((rule.title for rule in table.rules if rule.id == branch.rule), None)
    why = [part for part in (title, branch.rule) if part]
    return _BRANCH.fill(
        values=_OR_VALUE.join(quote(say_value(field, value)) for value in branch.values),
        then=_STILL_OPEN if branch.outcome is None else say_outcome(table, branch.outcome).within(),
        why=BRACKETED.fill(words=SEMICOLON.join(why)) if why else "",
    )


def _gates(a: Weighed) -> Iterator[Text]:
    """Further reasons of the advice, and the gate that it is for."""
    deciding = a.decisions[a.book.screening].rule
    reasons = [rule.title for rule in screened(a) if rule.id != deciding and rule.title is not None]
    if reasons:
        yield _REASONS.fill(reasons=SEMICOLON.join(reasons))
    gate = gate_to_speak(a)
    if gate is not None:
        label = a.book.rulebook.fields[gate].label
        role = a.book.rulebook.roles.get(_OF_GATE[gate])
        holder = "" if role is None else BRACKETED.fill(words=say_holder(role))
        yield _TO_SPEAK.fill(gate=label, within=label.within(), holder=holder)


def _count(a: Weighed, name: str, count: Count) -> Text:
    """A counted signal: its value, the other cases, the causes in common, and what was left out."""
    fields = a.book.rulebook.fields
    label, lacking = fields[name].label, COMMA.join(fields[fact].label for fact in count.missing)
    if count.value is None:
        return _NO_COUNT.fill(label=label, facts=lacking)
    value, remarks = Text.same(str(count.value)), []
    if count.possible:
        value = _BETWEEN.fill(least=count.possible[0], most=count.possible[-1])
        remarks.append(_HANGS_ON.fill(facts=lacking))
    others = [id for id in count.counted if id != a.case.id]
    if others:
        more = _MORE if len(others) > MOST_CASES else ""
        remarks.append(_OTHERS.fill(ids=COMMA.join(others[:MOST_CASES]), more=more))
    if count.later:
        more = _MORE if len(count.later) > MOST_CASES else ""
        remarks.append(_LATER.fill(ids=COMMA.join(count.later[:MOST_CASES]), more=more))
    sharing = a.book.rulebook.signals[name].sharing
    if count.shared and sharing is not None:
        remarks.append(_SHARED.fill(tags=say_value(fields[sharing], frozenset(count.shared))))
    if count.left_out:
        remarks.append(_LEFT_OUT.fill(number=len(count.left_out)))
    tail = BRACKETED.fill(words=SEMICOLON.join(remarks)) if remarks else ""
    return _COUNT.fill(label=label, value=value, remarks=tail)
