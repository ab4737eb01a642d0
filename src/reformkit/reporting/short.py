"""An assessment on one page (送阅版), for whoever decides and has a minute: at most 600 characters beside the title."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

from reformkit.assessing.questions import gate_to_speak, needs
from reformkit.assessing.weighed import NO_LAYER, Weighed
from reformkit.reporting.asking import ask
from reformkit.reporting.case_changes import brief
from reformkit.reporting.memo import of_reform
from reformkit.reporting.memo_decisions import say_judged
from reformkit.reporting.memo_measures import say_other
from reformkit.text import COMMA, Text
from reformkit.wording.decisions import say_outcome
from reformkit.wording.section import Section
from reformkit.wording.values import quote, say_day, say_value

if TYPE_CHECKING:
    from reformkit.advising.recommend import Recommendation

MOST_CHARACTERS = 600
"""Characters of the Chinese text, its heads among them and its title not."""

MOST_CAUSES, MOST_MEASURES, MOST_TO_VERIFY = 4, 4, 3
_LENGTHS = (
    *((80, 60, True), (60, 40, True), (45, 30, True)),
    *((45, 30, False), (30, 20, False), (20, 12, False), (12, 0, False)),
)
"""How many characters the case's issue and each piece of evidence may have, the longest that fit; and whether the measures
beyond the first are named by title, not by number."""

_TITLE = Text("送阅件（{id}）", "Brief on case {id}")
_OF_REFORM = Text("以案促改送阅件（{id}）", "Brief on case {id}")
_CASE, _ADVICE, _CAUSES = Text("案情", "The case"), Text("研判意见", "Advice"), Text("症结", "Causes")
_MEASURES, _ASKED, _VERIFY = (
    Text("主要措施", "Main measures"),
    Text("请审定", "For decision"),
    Text("待核实", "To verify"),
)

_OF_CASE = Text("{unit}{issue}。", "{unit}{issue}.")
_ISSUE, _SANCTIONED = Text("：{issue}", ": {issue}"), Text("{day}作出处分决定", "sanctioned on {day}")
_NO_UNIT = Text("案发单位待填", "unit to be filled in")
_TO_FILL_IN = Text("{label}待填", "{label} to be filled in")
_STARTS = Text("{title}：{result}。{because}", "{title}: {result}. {because}")
_TOO_EARLY = Text(
    "研判之日早于规则施行日（{day}），当日没有施行的规则；按现行规则研判的，另定研判日期。",
    "The day of judging is before any rule is in force ({day}); to apply later rules, choose a later day.",
)
_SET = Text("已由人定，以此为准。", "It was set by a person and takes precedence.")
_CAUSE = Text("{number}. {label}{evidence}", "{number}. {label}{evidence}")
_EVIDENCE = Text("：{evidence}", ": {evidence}")
_MORE = Text("另有{number}项：{labels}。", "{number} more: {labels}.")
_NONE_FOUND = Text("尚未查明；疑似{labels}等症结，待核实。", "None found yet; suspected: {labels}, to be verified.")
_NOTHING_FOUND = Text("尚未查明。", "None found yet.")
_MEASURE = Text("{number}. {title}（{lead}，{days}日）", "{number}. {title} ({lead}, {days} days)")
_POSSIBLE = Text("{asked}明确后，另选用：{titles}。", "Once {asked} is known, one or more of: {titles}.")
_WAIT = Text("症结核实后再定。", "To be settled once the causes are verified.")
_GATE = Text("{gate}：请{role}表态。", "{gate}: the {role} is asked to speak.")
_START = Text(
    "是否同意启动，按“{layer}”办理并发出文书。", "Whether to start reform as a {layer}, and to issue the letters."
)
_START_OPEN = Text("是否同意启动；促改层次待定。", "Whether to start reform; the layer is open.")
_START_WITHOUT_LAYER = Text("是否同意启动，并发出文书。", "Whether to start reform, and to issue the letters.")
_AFTER_GATE = Text("待其表态后，再定是否启动。", "Whether to start follows from its word.")
_DISCRETION = Text("请研究决定是否启动。", "Whether to start is for the office to decide.")
_DISCRETION_LAYER = Text("决定启动的，建议按“{layer}”办理。", "If it starts, as a {layer}.")
_A_PERSON = Text("规则未能定是否启动，请裁定。", "The rules do not settle whether to start; a person must decide.")
_NOT = Text("是否同意“{label}”的意见。", "Whether to agree to “{label}”.")
_FIRST = Text("先核实下列事项，再定是否启动。", "First verify what follows, then decide whether to start.")
_IS_IT = Text("是否存在“{label}”？", "Is there: {label}?")
_NO_EVIDENCE = Text("“{label}”的证据是什么？", "What is the evidence for: {label}?")
_NUMBERED = Text.same("{number}. {words}")


def title(a: Weighed) -> Text:
    """What the page is headed with."""
    return (_OF_REFORM if of_reform(a) else _TITLE).fill(id=a.case.id)


def sections(a: Weighed) -> Iterator[Section]:
    """The page with as much of issue and evidence as fits on it; the measures beyond the first by title if that leaves room."""
    for issue, evidence, titles in _LENGTHS:
        page = list(_page(a, issue, evidence, titles))
        if characters(page) <= MOST_CHARACTERS:
            break
    yield from page


def characters(page: Sequence[Section]) -> int:
    """How many characters the sections have in Chinese, blanks apart."""
    return sum(len(re.sub(r"\s", "", words.zh)) for section in page for words in (section.head, *section.lines))


def _page(a: Weighed, issue: int, evidence: int, titles: bool) -> Iterator[Section]:
    parts = (
        (_CASE, in_a_sentence(a, issue)),
        (_ADVICE, _advice(a)),
        (_CAUSES, _causes(a, evidence)),
        (_MEASURES, _measures(a, titles)),
        (_ASKED, _asked(a)),
        (_VERIFY, _to_verify(a)),
    )
    for head, part in parts:
        lines = list(part)
        if lines:
            yield Section(head, lines)


def in_a_sentence(a: Weighed, longest: int) -> Iterator[Text]:
    """The case in a sentence."""
    facts, fields = a.case.facts, a.book.rulebook.fields
    said: list[Text] = []
    if facts.get("issue"):
        said.append(Text.same(_cut(str(facts["issue"]), longest)))
    elif facts.get("behaviours"):
        said.append(say_value(fields["behaviours"], facts["behaviours"]).each(lambda words: _cut(words, longest)))
    elif evidence := next((finding.evidence for finding in a.case.findings or () if finding.evidence), None):
        said.append(Text.same(_cut(evidence.strip("。"), longest)))
    if isinstance(day := facts.get("decided_on"), date):  # a rulebook's own fact of that name may be of another type
        said.append(_SANCTIONED.fill(day=say_day(day)))
    issue = _ISSUE.fill(issue=_BETWEEN.join(said)) if said else ""
    if facts.get("unit"):
        yield _OF_CASE.fill(unit=str(facts["unit"]), issue=issue)
    elif of_reform(a):
        yield _OF_CASE.fill(unit=_NO_UNIT, issue=issue)
    elif "unit" in fields:
        yield _OF_CASE.fill(unit=_TO_FILL_IN.fill(label=fields["unit"].label), issue=issue)
    elif said:
        yield _OF_CASE.fill(unit=_BETWEEN.join(said), issue="")


def _advice(a: Weighed) -> Iterator[Text]:
    """Start and layer, each with one reason; in a rulebook that decides neither, all that it decides."""
    tables = a.book.rulebook.decisions
    names: list[str] = [name for name in ("startup", "layer") if name in a.decisions]
    for name in names or [name for name in a.decisions if tables[name].hit != "collect"]:
        decision, table = a.decisions[name], tables[name]
        if name == "layer" and a.not_started:
            continue
        because = decision.because.each(_first_sentence) if decision.because and decision.outcome else ""
        result, first_day = brief(say_judged(a, name)), a.not_yet_in_force(name)
        if name in a.stated:
            result, because = brief(say_outcome(table, a.stated[name])), _SET
        elif first_day is not None:
            because = _TOO_EARLY.fill(day=say_day(first_day))
        yield _STARTS.fill(title=table.title, result=result, because=because)


def _causes(a: Weighed, longest: int) -> Iterator[Text]:
    """The first causes with their evidence, the rest by name; where none was found, what is suspected.

    Nothing in a rulebook that knows no causes.
    """
    if not a.book.cause_items:
        return
    labels = {cause.cause: a.book.cause_items[cause.cause].label for cause in a.causes}
    found = [cause for cause in a.causes if cause.certainty == "found"]
    for number, cause in enumerate(found[:MOST_CAUSES], 1):
        evidence = "；".join(f.evidence.strip("。") for f in cause.findings if f.evidence)
        said = _EVIDENCE.fill(evidence=_cut(evidence, longest)) if evidence and longest else ""
        yield _CAUSE.fill(number=number, label=labels[cause.cause], evidence=said)
    if len(found) > MOST_CAUSES:
        rest = [labels[cause.cause] for cause in found[MOST_CAUSES:]]
        yield _MORE.fill(number=len(rest), labels=COMMA.join(rest))
    if not found and not a.not_started:
        suspected = [labels[cause.cause] for cause in a.causes[:MOST_TO_VERIFY]]
        yield _NONE_FOUND.fill(labels=_SIDE_BY_SIDE.join(map(quote, suspected))) if suspected else _NOTHING_FOUND


def _measures(a: Weighed, titles: bool) -> Iterator[Text]:
    """The main measures a line each, the rest by title or number; those that hang on something unknown apart."""
    if a.withheld is not None:
        yield a.withheld
        return
    settled = [r for r in a.recommendations if r.certain]
    possible = [r for r in a.recommendations if not r.certain]
    for number, r in enumerate(settled[:MOST_MEASURES], 1):
        title = Text.same("{title}{to}").fill(title=r.measure.title, to=say_other(r))
        yield _MEASURE.fill(number=number, title=title, lead=r.lead, days=r.measure.due_days)
    rest = settled[MOST_MEASURES:]
    if rest:
        yield _MORE.fill(number=len(rest), labels=_named(rest, titles))
    if possible:
        asked = dict.fromkeys(fact for r in possible for fact in r.hangs_on)
        labels = [quote(a.book.fields[fact].label) for fact in asked]
        yield _POSSIBLE.fill(asked=_SIDE_BY_SIDE.join(labels), titles=_named(possible, titles))
    if not a.recommendations and a.suspected:
        yield _WAIT


def _named(measures: Sequence[Recommendation], titles: bool) -> Text:
    return COMMA.join([r.measure.title if titles else Text.same(r.measure.id) for r in measures])


def _asked(a: Weighed) -> Iterator[Text]:
    """What is asked of the leader."""
    if "startup" not in a.decisions:
        return
    outcome, gate = a.settled("startup"), gate_to_speak(a)
    hangs_on_gate = gate is not None and {need.fact for need in a.decisions["startup"].needs} == {gate}
    if outcome is None and a.decisions["startup"].status != "undetermined":
        yield _A_PERSON
    elif outcome is None and not hangs_on_gate:
        yield _FIRST
    elif outcome == _LEFT_TO_PEOPLE:
        yield _DISCRETION
        layer = a.settled("layer") if "layer" in a.decisions else None
        if layer not in (None, NO_LAYER):
            yield _DISCRETION_LAYER.fill(layer=brief(say_outcome(a.book.rulebook.decisions["layer"], layer)).within())
    elif outcome is not None and a.not_started:
        yield _NOT.fill(label=say_outcome(a.book.rulebook.decisions["startup"], outcome))
    elif outcome is not None:
        layer = a.settled("layer") if "layer" in a.decisions else None
        table = a.book.rulebook.decisions.get("layer")
        if table is None or layer == NO_LAYER:
            yield _START_WITHOUT_LAYER
        elif layer is None:
            yield _START_OPEN
        else:
            yield _START.fill(layer=brief(say_outcome(table, layer)).within())
    if gate is not None and not a.not_started:
        role = a.book.rulebook.roles.get(_SPEAKS[gate])
        if role is not None:
            yield _GATE.fill(gate=a.book.rulebook.fields[gate].label, role=role.label)
        if outcome is None and hangs_on_gate:
            yield _AFTER_GATE


_LEFT_TO_PEOPLE = "discretion"
"""The outcome of `startup` that leaves the start to the office."""

_SPEAKS = {"coordinator_gate": "coordinator", "lead_gate": "lead"}
"""The role that speaks at each gate."""


def _to_verify(a: Weighed) -> Iterator[Text]:
    """Three things to verify: what is asked first, causes without evidence, then causes that are suspected."""
    gate = gate_to_speak(a)
    asked = [ask(a, need) for need in needs(a) if need.fact != gate]
    labels = {cause.cause: a.book.cause_items[cause.cause].label for cause in a.causes}
    found = [cause for cause in a.causes if cause.certainty == "found"]
    bare = [_NO_EVIDENCE.fill(label=labels[c.cause]) for c in found if not any(f.evidence for f in c.findings)]
    suspected = [_IS_IT.fill(label=labels[c.cause]) for c in a.causes if c.certainty == "suspected"]
    if a.not_started:
        bare = suspected = []
    for number, words in enumerate([*asked, *bare, *suspected][:MOST_TO_VERIFY], 1):
        yield _NUMBERED.fill(number=number, words=words)


_BETWEEN = Text("，", ", ")
_SIDE_BY_SIDE = Text("", ", ")


def _cut(words: str, longest: int) -> str:
    """A text without its full stop, and no longer than it may be."""
    words = words.strip().rstrip("。.")
    return words if len(words) <= longest else f"{words[: max(0, longest - 1)]}…"


def _first_sentence(words: str) -> str:
    """A text as far as its first full stop.

    >>> _first_sentence("属个别性问题。建议按“点”办理。"), _first_sentence("It is one. More.")
    ('属个别性问题。', 'It is one.')
    """
    match = re.match(r".*?(?:。|\.(?= |$))", words)
    return match[0] if match else words
