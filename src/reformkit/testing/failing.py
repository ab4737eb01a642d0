"""Why a fixture fails, in words: what was expected, what fired instead, and the change that would mend it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from reformkit.assessing.weighed import Weighed
from reformkit.deciding.flips import towards
from reformkit.intake.fixtures import Wanted
from reformkit.model.decision import Decision, Flip
from reformkit.reading import keywords
from reformkit.reporting.why import say_flip, say_rule
from reformkit.testing.fixtures import Failure, FixtureResult, otherwise_than
from reformkit.text import COMMA, DETAIL, NONE, Text
from reformkit.wording.decisions import say_outcome, say_place
from reformkit.wording.values import quote

MOST_RULES = 3
"""Rules that would have given what was expected, and whose failing tests are told."""
MOST_NAMED = 8
"""Rules that are named where many hold or may hold."""

_PARTS = {
    "status": Text("状态", "status"),
    "outcome": Text("结论", "outcome"),
    "outcomes": Text("结论", "outcomes"),
    "possible": Text("可能的结论", "possible outcomes"),
    "needs": Text("须问", "questions"),
    "rule": Text("规则", "rule"),
    "rules": Text("规则", "rules"),
    "include": Text("应提的措施", "measures to recommend"),
    "exclude": Text("不应提的措施", "measures not to recommend"),
    "gives": Text("附带", "what comes with it"),
}


_STATUSES = {status: Text(zh, status) for status, zh in keywords.STATUSES.items()}

_DIFFERENCE = Text(
    "{title}的{part}：预期{expected}，实际{found}", "{title}, {part}: expected {expected}, found {found}"
)
_OF_MEASURES = Text("{part}：预期{expected}，实际{found}", "{part}: expected {expected}, found {found}")
_NOT_IN_FORCE = Text("{id} 在研判日期没有施行", "{id} is not in force on the day")
_WAYS = Text("要得出预期结果，最小的改动：", "the smallest changes that would give what is expected:")
_NO_WAY = Text(
    "试改三项以内的事实，得不出预期结果；请核对预期，或者修改规则。",
    "no change of up to three facts that was tried gives what is expected; look at it again, or at the rules.",
)
_DECIDED_BY = Text("实际依据：{by}", "decided by: {by}")
_OTHERWISE = Text("“其余” · {place}", "otherwise · {place}")
_HOLDING = Text("成立或者可能成立的规则：{rules}{more}", "rules that hold or may hold: {rules}{more}")
_MORE = Text("等 {number} 条", " and {more} more")
_NONE_HOLDS = Text("没有规则成立", "no rule holds")
_NOT_KNOWN = Text("尚未知道：{facts}", "not known: {facts}")
_NO_LIBRARY = Text("没有措施库", "there is no measure library")
_MEASURE = Text.same("{id} {title}")


def tell(result: FixtureResult) -> Iterator[Text]:
    """The lines that tell a failing fixture; details are indented under what they belong to."""
    by_decision: dict[str, list[Failure]] = {}
    for failure in result.failures:
        by_decision.setdefault(failure.what.split(".")[0], []).append(failure)
    for name, failures in by_decision.items():
        for failure in failures:
            yield _difference(result.assessment, failure)
        details = _of_measures(result) if name == "measures" else _of_decision(result, name)
        yield from (DETAIL.fill(words=line) for line in details)


def _difference(a: Weighed, failure: Failure) -> Text:
    name, part = failure.what.split(".")
    sides = {
        "part": _PARTS[part],
        "expected": _labelled(a, name, part, failure.expected),
        "found": _labelled(a, name, part, failure.found),
    }
    if name == "measures":
        return _OF_MEASURES.fill(**sides)
    return _DIFFERENCE.fill(title=quote(a.book.rulebook.decisions[name].title), **sides)


def _labelled(a: Weighed, name: str, part: str, words: str) -> Text:
    """Ids as their labels, each in quotation marks."""
    table = a.book.rulebook.decisions.get(name)
    labels: list[Text | str] = []
    for word in words.split(", ") if words and words != "None" else ():
        if table is not None and part in ("outcome", "outcomes", "possible"):
            labels.append(quote(say_outcome(table, word)))
        elif part == "status":
            labels.append(quote(_STATUSES[word]))
        elif part == "needs":
            labels.append(quote(a.book.fields[word].label))
        else:
            labels.append(word)
    return COMMA.join(labels) if labels else NONE


def _of_decision(result: FixtureResult, name: str) -> Iterator[Text]:
    a = result.assessment
    decision, wanted = a.decisions[name], result.fixture.decisions[name]
    rules = {rule.id: rule for rule in a.book.chain.in_force(name, a.day).rules}
    yield from _what_fired(a, decision)
    trace = {entry.rule: entry for entry in decision.trace}
    for id in _rules_wanted(a, decision, wanted)[:MOST_RULES]:
        if id in rules:
            yield from say_rule(a, rules[id], trace[id])
        else:
            yield _NOT_IN_FORCE.fill(id=id)
    ways = mending(result, name)
    yield _WAYS if ways else _NO_WAY
    yield from (DETAIL.fill(words=say_flip(a, decision, way)) for way in ways)


def _what_fired(a: Weighed, decision: Decision) -> Iterator[Text]:
    """The rule that gave the result instead, or those that did in some completions."""
    table = a.book.rulebook.decisions[decision.decision]
    if decision.status == "decided" and table.hit != "collect":
        place = say_place(decision)
        yield _DECIDED_BY.fill(by=place if decision.rule else _OTHERWISE.fill(place=place))
        if decision.because is not None:
            yield DETAIL.fill(words=decision.because)
        return
    if decision.rules:
        number, more = len(decision.rules), len(decision.rules) - MOST_NAMED
        yield _HOLDING.fill(
            rules=COMMA.join(decision.rules[:MOST_NAMED]), more=_MORE.fill(number=number, more=more) if more > 0 else ""
        )
    else:
        yield _NONE_HOLDS
    if decision.needs:
        yield _NOT_KNOWN.fill(facts=COMMA.join(a.book.fields[need.fact].label for need in decision.needs))


def _rules_wanted(a: Weighed, decision: Decision, wanted: Wanted) -> Sequence[str]:
    """The rules that give what is expected; the one that is named, or those of the outcomes that are lacking."""
    if wanted.rule is not None and wanted.rule != decision.rule:
        return [wanted.rule]
    if named := {*(wanted.rules or ()), *([wanted.holding] if wanted.holding else [])} - set(decision.rules):
        return sorted(named)
    outcomes = {wanted.outcome} if wanted.outcome is not None else set(wanted.outcomes or ())
    lacking = outcomes - set(decision.outcomes)
    return [rule.id for rule in a.book.rulebook.decisions[decision.decision].rules if rule.then in lacking]


def mending(result: FixtureResult, decision: str) -> list[Flip]:
    """The smallest changes of facts after which a decision comes out as the fixture expects.

    Where an outcome or a rule is expected, what stays possible and what is asked are left aside.
    """
    a, wanted = result.assessment, result.fixture.decisions[decision]
    if any(part is not None for part in (wanted.outcome, wanted.outcomes, wanted.rule, wanted.holding, wanted.rules)):
        wanted = replace(wanted, possible=None, needs=None)
    return towards(
        a.book.chain,
        decision,
        a.facts,
        a.as_of,
        lambda then: not any(True for _ in otherwise_than(wanted, then)),
    )


def _of_measures(result: FixtureResult) -> Iterator[Text]:
    a, fixture = result.assessment, result.fixture
    recommended = {r.measure.id: r for r in a.recommendations}
    if a.book.library is None:
        yield _NO_LIBRARY
        return
    for id in fixture.include or ():
        if id not in recommended:
            yield _MEASURE.fill(id=id, title=a.book.library.measures[id].title)
            yield DETAIL.fill(words=a.not_recommended(id))
    wrong = fixture.exclude if fixture.include != () else tuple(recommended)
    for id in wrong:
        if id in recommended:
            yield _MEASURE.fill(id=id, title=recommended[id].measure.title)
            yield DETAIL.fill(words=recommended[id].reasons)
