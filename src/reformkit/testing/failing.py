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
from reformkit.text import Lang, Text
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
}


def tell(result: FixtureResult, lang: Lang = "zh") -> Iterator[str]:
    """The lines that tell a failing fixture; details are indented under what they belong to."""
    by_decision: dict[str, list[Failure]] = {}
    for failure in result.failures:
        by_decision.setdefault(failure.what.split(".")[0], []).append(failure)
    for name, failures in by_decision.items():
        for failure in failures:
            yield _difference(result.assessment, failure, lang)
        if name == "measures":
            yield from _of_measures(result, lang)
        else:
            yield from _of_decision(result, name, lang)


def _difference(a: Weighed, failure: Failure, lang: Lang) -> str:
    name, part = failure.what.split(".")
    of = _PARTS[part].say(lang)
    expected, found = (_labelled(a, name, part, words, lang) for words in (failure.expected, failure.found))
    if name == "measures":
        return f"{of}：预期{expected}，实际{found}" if lang == "zh" else f"{of}: expected {expected}, found {found}"
    title = a.book.rulebook.decisions[name].title.say(lang)
    if lang == "zh":
        return f"{quote(title)}的{of}：预期{expected}，实际{found}"
    return f"“{title}”, {of}: expected {expected}, found {found}"


def _labelled(a: Weighed, name: str, part: str, words: str, lang: Lang) -> str:
    """Ids as their labels, each in quotation marks."""
    table = a.book.rulebook.decisions.get(name)
    said = []
    for word in words.split(", ") if words and words != "None" else ():
        if table is not None and part in ("outcome", "outcomes", "possible"):
            said.append(quote(say_outcome(table, word, lang)))
        elif part == "status":
            said.append(quote(keywords.STATUSES[word]) if lang == "zh" else f"“{word}”")
        elif part == "needs":
            said.append(quote(a.book.fields[word].label.say(lang)))
        else:
            said.append(word)
    return ("、" if lang == "zh" else ", ").join(said) or ("无" if lang == "zh" else "none")


def _of_decision(result: FixtureResult, name: str, lang: Lang) -> Iterator[str]:
    a, zh = result.assessment, lang == "zh"
    decision, wanted = a.decisions[name], result.fixture.decisions[name]
    table = a.book.chain.in_force(name, a.day)
    rules = {rule.id: rule for rule in table.rules}
    yield from _what_fired(a, decision, lang)
    trace = {entry.rule: entry for entry in decision.trace}
    for id in _rules_wanted(a, decision, wanted)[:MOST_RULES]:
        if id in rules:
            yield from ("  " + line for line in say_rule(a, rules[id], trace[id], lang))
        else:
            yield f"  {id} 在研判日期没有施行" if zh else f"  {id} is not in force on the day"
    ways = mending(result, name)
    if ways:
        yield "  要得出预期结果，最小的改动：" if zh else "  the smallest changes that would give what is expected:"
        yield from ("    " + say_flip(a, decision, way, lang) for way in ways)
    elif zh:
        yield "  试改三项以内的事实，得不出预期结果；请核对预期，或者修改规则。"
    else:
        yield "  no change of up to three facts that was tried gives what is expected; look at it again, or at the rules."


def _what_fired(a: Weighed, decision: Decision, lang: Lang) -> Iterator[str]:
    """The rule that gave the result instead, or those that did in some completions."""
    zh, titles = lang == "zh", a.book.rulebook.decisions[decision.decision]
    because = decision.because
    if decision.status == "decided" and titles.hit != "collect":
        by = say_place(decision) if decision.rule else ("“其余” · " if zh else "otherwise · ") + say_place(decision)
        yield f"  实际依据：{by}" if zh else f"  decided by: {by}"
        if because is not None:
            yield f"    {because.say(lang)}"
        return
    if decision.rules:
        head = "  成立或者可能成立的规则：" if zh else "  rules that hold or may hold: "
        more = len(decision.rules) - MOST_NAMED
        tail = (f"等 {len(decision.rules)} 条" if zh else f" and {more} more") if more > 0 else ""
        yield head + ("、" if zh else ", ").join(decision.rules[:MOST_NAMED]) + tail
    else:
        yield "  没有规则成立" if zh else "  no rule holds"
    if decision.needs:
        asked = ("、" if zh else ", ").join(a.book.fields[need.fact].label.say(lang) for need in decision.needs)
        yield f"  尚未知道：{asked}" if zh else f"  not known: {asked}"


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


def _of_measures(result: FixtureResult, lang: Lang) -> Iterator[str]:
    a, fixture = result.assessment, result.fixture
    recommended = {r.measure.id: r for r in a.recommendations}
    if a.book.library is None:
        yield "  没有措施库" if lang == "zh" else "  there is no measure library"
        return
    for id in fixture.include or ():
        if id not in recommended:
            yield f"  {id} {a.book.library.measures[id].title.say(lang)}"
            yield f"    {a.not_recommended(id).say(lang)}"
    wrong = fixture.exclude if fixture.include != () else tuple(recommended)
    for id in wrong:
        if id in recommended:
            yield f"  {id} {recommended[id].measure.title.say(lang)}"
            yield f"    {recommended[id].say_why(lang)}"
