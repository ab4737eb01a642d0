"""Why a decision came out as it did, rule by rule, and what would change it: in words."""

from __future__ import annotations

from collections.abc import Iterator

from reformkit.assessing.weighed import Weighed
from reformkit.model.condition import tests
from reformkit.model.decision import Decision, Flip, RuleTrace, Verdict
from reformkit.model.rulebook import Rule
from reformkit.text import COMMA, DETAIL, Text
from reformkit.wording.decisions import RESERVED, say_outcome
from reformkit.wording.section import Section
from reformkit.wording.values import say_test, say_value

MARKS: dict[Verdict, str] = {"holds": "√", "fails": "×", "open": "？"}
"""Marks that are read without colour, and that GBK has."""

VERDICTS: dict[Verdict, Text] = {
    "holds": Text("符合", "holds"),
    "fails": Text("不符合", "does not hold"),
    "open": Text("尚不能确定", "open"),
}
MOST_FLIPS = 10

_RULE = Text("{mark} {id}{title}：{verdict}", "{mark} {id}{title}: {verdict}")
_TITLE = Text.same(" {title}")
_TEST = Text("{mark} {label}：{observed}（要求：{wanted}）", "{mark} {label}: {observed} (wanted: {wanted})")
_DECIDES = Text("据此得出结论。", "This rule decides.")
_PASSED_OVER = Text("其余 {number} 条规则不符合。", "The other {number} rules do not hold.")
_NONE_HOLDS = Text("{number} 条规则都不符合。", "None of the {number} rules holds.")

_FLIP = Text("若{changes}，则：{then}。", "If {changes}, then: {then}.")
_CHANGE = Text("“{label}”由“{before}”改为“{after}”", "“{label}” were “{after}” instead of “{before}”")
_BETWEEN_CHANGES = Text("，", " and ")


def why(assessment: Weighed) -> Iterator[Section]:
    """For each decision: its title, and how every rule fared, with what was observed and what was wanted.

    Of a decision that collects, the rules that do not hold are only counted: there are many.
    """
    for name, decision in assessment.decisions.items():
        table = assessment.book.chain.in_force(name, assessment.day)
        rules = {rule.id: rule for rule in table.rules}
        lines: list[Text] = []
        passed_over = 0
        for entry in decision.trace:
            if table.hit == "collect" and entry.verdict == "fails":
                passed_over += 1
                continue
            lines += say_rule(assessment, rules[entry.rule], entry)
            if entry.rule == decision.rule:
                lines.append(DETAIL.fill(words=_DECIDES))
        if passed_over:
            lines.append((_PASSED_OVER if lines else _NONE_HOLDS).fill(number=passed_over))
        lines += say_flips(assessment, name)
        yield Section(table.title, lines)


def say_flips(a: Weighed, name: str) -> list[Text]:
    """The smallest changes that would change a decision; of one that collects none, for each outcome has its own."""
    if a.book.rulebook.decisions[name].hit == "collect":
        return []
    return [say_flip(a, a.decisions[name], flip) for flip in a.decisions[name].flips()[:MOST_FLIPS]]


def say_rule(a: Weighed, rule: Rule, entry: RuleTrace) -> Iterator[Text]:
    """One rule and the tests that make it hold, fail or stay open (all of them where none does so alone)."""
    title = "" if rule.title is None else _TITLE.fill(title=rule.title)
    yield _RULE.fill(mark=MARKS[entry.verdict], id=entry.rule, title=title, verdict=VERDICTS[entry.verdict])
    alike = any(traced.verdict == entry.verdict for traced in entry.tests)
    for test, traced in zip(tests(rule.when), entry.tests, strict=True):
        if alike and traced.verdict != entry.verdict:
            continue
        field = a.book.rulebook.fields[test.fact]
        line = _TEST.fill(
            mark=MARKS[traced.verdict],
            label=field.label,
            observed=say_value(field, traced.observed),
            wanted=say_test(field, test),
        )
        yield DETAIL.fill(words=line)


def say_flip(a: Weighed, decision: Decision, flip: Flip) -> Text:
    """What would change a decision: `若“第一关意见”由“通过”改为“未通过”，则：不启动。`"""
    fields, table = a.book.rulebook.fields, a.book.rulebook.decisions[decision.decision]
    state = a.book.chain.derive(a.facts, a.as_of)
    changes = [
        _CHANGE.fill(
            label=fields[fact].label,
            before=say_value(fields[fact], state.get(fact)),
            after=say_value(fields[fact], value),
        )
        for fact, value in flip.changes.items()
    ]
    then = RESERVED.get(flip.status) or COMMA.join(say_outcome(table, outcome) for outcome in flip.outcomes)
    return _FLIP.fill(changes=_BETWEEN_CHANGES.join(changes), then=then)
