"""A case on a page: what it comes to at a glance, why, what would change it, what to ask, what to do, who and when."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from reformkit.assessing.questions import gate_to_speak
from reformkit.assessing.weighed import Weighed
from reformkit.model.decision import Decision
from reformkit.model.rulebook import Basis, DecisionTable
from reformkit.problem import Place
from reformkit.reporting import memo
from reformkit.reporting.annex import facts_in_brief, questions
from reformkit.reporting.case_changes import brief
from reformkit.reporting.lengths import PageOfCase
from reformkit.reporting.memo_causes import causes_shown, suspects
from reformkit.reporting.memo_decisions import say_judged
from reformkit.reporting.memo_measures import duties, recommendations_in_brief
from reformkit.reporting.short import in_a_sentence
from reformkit.reporting.why import say_flips, say_rule
from reformkit.text import DETAIL, SEMICOLON, Text
from reformkit.wording.decisions import say_basis, say_outcome, say_rule_at
from reformkit.wording.section import numbered_sections

_LONGEST_ISSUE = 80
_RULE = Text("{title}：{outcome}", "{title}: {outcome}")
_OTHERWISE = Text("没有规则符合，按“其余”处理。", "No rule holds, so what holds otherwise applies.")
_STATED = Text("已由人定为“{label}”，以此为准。", "“{label}” was set by a person and takes precedence.")
_SOURCE = Text("（{source}）", "({source})")
_OF = Text("{title}：", "{title}:")


def case_page(a: Weighed) -> PageOfCase:
    """An assessment as a page of its own."""
    parts = [(head, part(a)) for head, part in _PARTS]
    return PageOfCase(memo.title(a), list(numbered_sections(parts)), results=tuple(_results(a)))


def _results(a: Weighed) -> Iterator[tuple[Text, Text]]:
    """What the decisions of one outcome came to; the advice for the gates only while one has yet to speak."""
    for name in a.decisions:
        table = a.book.rulebook.decisions[name]
        if table.hit != "collect" and (name != a.book.screening or gate_to_speak(a) is not None):
            stated = name in a.stated
            yield table.title, brief(say_outcome(table, a.stated[name]) if stated else say_judged(a, name))


def _case(a: Weighed) -> Iterator[Text]:
    yield from in_a_sentence(a, _LONGEST_ISSUE)


def _why(a: Weighed) -> Iterator[Text]:
    """The rules that hold, each with what it found, its reason, and on what it rests; of suspected causes that is said there."""
    for name, decision in a.decisions.items():
        table = a.book.chain.in_force(name, a.day)
        if suspects(a, name):
            continue
        if name in a.stated:
            yield _OF.fill(title=table.title)
            yield DETAIL.fill(words=_STATED.fill(label=say_outcome(table, a.stated[name])))
        elif decision.rules or decision.because is not None:
            yield from _of_decision(a, table, decision)


def _of_decision(a: Weighed, table: DecisionTable, decision: Decision) -> Iterator[Text]:
    rules = {rule.id: rule for rule in table.rules}
    holding = [rules[id] for id in decision.rules if id in decision.holding and id in rules]
    settled = decision.status == "decided"
    for rule in holding:
        outcome = say_outcome(table, rule.then) if settled else say_judged(a, decision.decision)
        yield _RULE.fill(title=table.title, outcome=outcome)
        entry = decision.trace.of(rule.id)
        yield from (line if number else DETAIL.fill(words=line) for number, line in enumerate(say_rule(a, rule, entry)))
        yield from _grounds(rule.because, rule.basis, rule.id, rule.place)
    if not decision.rules:
        yield _RULE.fill(title=table.title, outcome=say_judged(a, decision.decision))
        yield DETAIL.fill(words=_OTHERWISE)
        yield from _grounds(decision.because, decision.basis, None, decision.place)


def _grounds(because: Text | None, basis: Basis | None, rule: str | None, place: Place) -> Iterator[Text]:
    if because is not None:
        yield DETAIL.fill(words=because)
    source = [part for part in (say_basis(basis), say_rule_at(rule, place)) if part]
    if source:
        yield DETAIL.fill(words=_SOURCE.fill(source=SEMICOLON.join(source)))


def _otherwise(a: Weighed) -> Iterator[Text]:
    """What would change each decision."""
    for name in a.decisions:
        flips = say_flips(a, name)
        if flips:
            yield _OF.fill(title=a.book.rulebook.decisions[name].title)
            yield from (DETAIL.fill(words=flip) for flip in flips)


_PARTS: tuple[tuple[Text, Callable[[Weighed], Iterator[Text]]], ...] = (
    (Text("案情", "The case"), _case),
    (Text("理由", "Why"), _why),
    (Text("怎样会不同", "What would change it"), _otherwise),
    (Text("尚待明确", "Still to be asked"), questions),
    (Text("症结", "Causes"), causes_shown),
    (Text("促改建议", "Recommendations"), recommendations_in_brief),
    (Text("责任分工", "Who does what"), duties),
    (Text("办理提示", "Notices"), memo.notices),
    (Text("所据事实", "Facts"), facts_in_brief),
    (Text("说明", "Remarks"), memo.remarks),
)
