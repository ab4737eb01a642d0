"""An assessment in full (工作底稿): every reason with its rule and place, every source with how far it was checked.

Its long sections stand each in a file of their own: what was decided (`memo_decisions`), the causes (`memo_causes`),
the measures and who does what (`memo_measures`), how each rule fared (`why`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from reformkit.assessing.questions import needs
from reformkit.assessing.weighed import Weighed
from reformkit.model.vocabulary import Field, Value
from reformkit.reporting.asking import ask
from reformkit.reporting.memo_causes import causes, suspects
from reformkit.reporting.memo_decisions import decisions
from reformkit.reporting.memo_measures import recommendations, roles
from reformkit.reporting.why import why
from reformkit.text import LABELLED, SEMICOLON, Text
from reformkit.wording.decisions import say_giving, say_outcome
from reformkit.wording.section import Section, numbered_sections
from reformkit.wording.values import say_day, say_value

_TITLE = Text("工作底稿（{id}）", "Working paper of case {id}")
_RULES = Text("规则经过·{title}", "Rules · {title}")

_QUESTION = Text.same("{number}. {ask}")
_NOT_SETTLED = Text("{title}尚不能确定：{outcomes}", "{title}, not yet settled: {outcomes}")

_SOURCE = Text("{name}{version}，{rules}；摘要 {digest}。", "{name}{version}, {rules}; digest {digest}.")
_AS_OF = Text("按{day}施行的规则", "rules as of {day}")
_NO_DAY = Text("未给日期，按规则册最新的规则", "no date given: the rulebook's latest rules")
NO_HISTORY = Text(
    "未提供其他案件，按其他案件计数的事实不详，有的决策因此可能不能确定。",
    "No other cases were given, so what is counted over them is unknown and decisions may stay open.",
)
_FOR_REFERENCE = Text(
    "以上为规则推得的参考意见，由有权机关决定。",
    "These are results of rules, for reference; the competent authority decides.",
)
_REFORM_FOR_REFERENCE = Text(
    "以上为规则推得的参考意见，是否启动、在哪一层办理由有权机关决定。",
    "These are results of rules, for reference; the competent authority decides.",
)


def title(assessment: Weighed) -> Text:
    """What the paper is headed with."""
    return _TITLE.fill(id=assessment.case.id)


def sections(assessment: Weighed) -> Iterator[Section]:
    """The numbered sections that have something to say; at the end how each rule fared."""
    parts = [(head, part(assessment)) for head, part in _PARTS]
    rules = [(_RULES.fill(title=section.head), iter(section.lines)) for section in why(assessment)]
    yield from numbered_sections([*parts, *rules])


def facts_in_brief(a: Weighed) -> Iterator[Text]:
    """What is stated of the case and says something: not what is denied, nor what is empty; a 0 does say something."""
    for field, value in _stated(a):
        if value is not False and value != frozenset():
            yield LABELLED.fill(label=field.label, words=say_value(field, value))


def facts(a: Weighed) -> Iterator[Text]:
    for field, value in _stated(a):
        yield LABELLED.fill(label=field.label, words=say_value(field, value))


def _stated(a: Weighed) -> Iterator[tuple[Field, Value]]:
    """The facts that the case states; not its causes nor what its findings say, which have a section of their own."""
    for name, field in a.book.rulebook.fields.items():
        gathered = None if field.derived is None else field.derived.findings
        if name in a.case.facts and not (gathered == "cause" or (gathered and a.case.findings)):
            yield field, a.case.facts[name]


def _notices(a: Weighed) -> Iterator[Text]:
    """What the decisions that collect came to, with the reason of each outcome."""
    for name, decision in a.decisions.items():
        table = a.book.rulebook.decisions[name]
        if table.hit != "collect" or suspects(a, name):
            continue
        rules = {rule.id: rule for rule in table.rules}
        for outcome in decision.outcomes:
            label = say_giving(table, outcome)
            rule = next((rules[id] for id in decision.rules if rules[id].then == outcome), None)
            because = decision.because if rule is None else rule.because
            yield label if because is None else LABELLED.fill(label=label, words=because)
        still_open = [say_outcome(table, o) for o in decision.possible if o not in decision.outcomes]
        if still_open:
            yield _NOT_SETTLED.fill(title=table.title, outcomes=SEMICOLON.join(still_open))


def questions(a: Weighed) -> Iterator[Text]:
    for number, need in enumerate(needs(a), 1):
        yield _QUESTION.fill(number=number, ask=ask(a, need))


def _remarks(a: Weighed) -> Iterator[Text]:
    rulebook = a.book.rulebook
    yield _SOURCE.fill(
        name=rulebook.title,
        version=f" {rulebook.version}" if rulebook.version else "",
        rules=_NO_DAY if a.day is None else _AS_OF.fill(day=say_day(a.day)),
        digest=a.digest[:12],
    )
    if not a.has_history and rulebook.signals:
        yield NO_HISTORY
    yield _REFORM_FOR_REFERENCE if "startup" in a.decisions else _FOR_REFERENCE


_PARTS: tuple[tuple[Text, Callable[[Weighed], Iterator[Text]]], ...] = (
    (Text("基本情况", "Facts"), facts),
    (Text("研判意见", "Decisions"), decisions),
    (Text("症结", "Causes"), causes),
    (Text("促改建议", "Recommendations"), recommendations),
    (Text("责任分工", "Who does what"), roles),
    (Text("办理提示", "Notices"), _notices),
    (Text("尚待明确", "Still to be asked"), questions),
    (Text("说明", "Remarks"), _remarks),
)
