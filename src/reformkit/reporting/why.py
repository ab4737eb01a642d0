"""Why a decision came out as it did, rule by rule, and what would change it: in words."""

from __future__ import annotations

from collections.abc import Iterator

from reformkit.assessing.weighed import Weighed
from reformkit.model.condition import tests
from reformkit.model.decision import Decision, Flip, RuleTrace, Verdict
from reformkit.model.rulebook import Rule
from reformkit.text import Lang, Text
from reformkit.wording.decisions import RESERVED, say_outcome
from reformkit.wording.values import say_test, say_value

MARKS: dict[Verdict, str] = {"holds": "√", "fails": "×", "open": "？"}
"""Marks that are read without colour, and that GBK has."""

VERDICTS: dict[Verdict, Text] = {
    "holds": Text("符合", "holds"),
    "fails": Text("不符合", "does not hold"),
    "open": Text("尚不能确定", "open"),
}
MOST_FLIPS = 10


def why(assessment: Weighed, lang: Lang = "zh") -> Iterator[tuple[str, list[str]]]:
    """For each decision: its title, and how every rule fared, with what was observed and what was wanted.

    Of a decision that collects, the rules that do not hold are only counted: there are many.
    """
    for name, decision in assessment.decisions.items():
        table = assessment.book.chain.in_force(name, assessment.day)
        rules = {rule.id: rule for rule in table.rules}
        lines: list[str] = []
        passed_over = 0
        for entry in decision.trace:
            if table.hit == "collect" and entry.verdict == "fails":
                passed_over += 1
                continue
            lines += say_rule(assessment, rules[entry.rule], entry, lang)
            if entry.rule == decision.rule:
                lines.append("  据此得出结论。" if lang == "zh" else "  This rule decides.")
        if passed_over:
            lines.append(
                f"其余 {passed_over} 条规则不符合。" if lang == "zh" else f"The other {passed_over} rules do not hold."
            )
        if table.hit != "collect":
            lines += [say_flip(assessment, decision, flip, lang) for flip in decision.flips()[:MOST_FLIPS]]
        yield table.title.say(lang), lines


def say_rule(a: Weighed, rule: Rule, entry: RuleTrace, lang: Lang) -> Iterator[str]:
    """One rule and the tests that make it hold, fail or stay open (all of them where none does so alone)."""
    title = "" if rule.title is None else f" {rule.title.say(lang)}"
    verdict = VERDICTS[entry.verdict].say(lang)
    yield f"{MARKS[entry.verdict]} {entry.rule}{title}{'：' if lang == 'zh' else ': '}{verdict}"
    alike = any(traced.verdict == entry.verdict for traced in entry.tests)
    for test, traced in zip(tests(rule.when), entry.tests, strict=True):
        if alike and traced.verdict != entry.verdict:
            continue
        field = a.book.rulebook.fields[test.fact]
        label, observed = field.label.say(lang), say_value(field, traced.observed, lang)
        wanted, mark = say_test(field, test, lang), MARKS[traced.verdict]
        yield (
            f"  {mark} {label}：{observed}（要求：{wanted}）"
            if lang == "zh"
            else f"  {mark} {label}: {observed} (wanted: {wanted})"
        )


def say_flip(a: Weighed, decision: Decision, flip: Flip, lang: Lang = "zh") -> str:
    """What would change a decision: `若“第一关意见”由“通过”改为“未通过”，则：不启动。`"""
    fields, table = a.book.rulebook.fields, a.book.rulebook.decisions[decision.decision]
    zh = lang == "zh"
    state = a.book.chain.derive(a.facts, a.as_of)
    changes = []
    for fact, value in flip.changes.items():
        field = fields[fact]
        before, after = (say_value(field, v, lang) for v in (state.get(fact), value))
        label = field.label.say(lang)
        changes.append(
            f"“{label}”由“{before}”改为“{after}”" if zh else f"“{label}” were “{after}” instead of “{before}”"
        )
    if flip.status in RESERVED:
        then = RESERVED[flip.status].say(lang)
    else:
        then = ("、" if zh else ", ").join(say_outcome(table, o, lang) for o in flip.outcomes)
    joined = ("，" if zh else " and ").join(changes)
    return f"若{joined}，则：{then}。" if zh else f"If {joined}, then: {then}."
