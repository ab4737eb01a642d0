"""A procedure in words, apart from any item: for which items it is, and its steps in order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from reformkit.model.basis import Basis
from reformkit.model.procedure import OPENED, RECEIPT, Due, Limit, Need, OnRejected, Procedure, Step
from reformkit.model.rulebook import Rulebook
from reformkit.text import COMMA, NONE, Text
from reformkit.wording.decisions import say_basis
from reformkit.wording.section import Section
from reformkit.wording.values import quote

NEEDS: dict[Need, Text] = {
    "reason": Text("理由", "a reason"),
    "suspected_cause": Text("疑似症结", "a suspected cause"),
    "found_cause": Text("认定的症结", "a cause that was found"),
    "suggestion": Text("促改建议", "a suggestion"),
    "reply_by": Text("回复期限", "a day for the reply"),
    "judgement_each_criterion": Text("每条验收标准的判定", "a judgement of each criterion"),
    "evidence_each_criterion": Text("每条验收标准的佐证", "evidence for each criterion"),
    "joined_items": Text("并入的事项或者案件", "items or cases that it joins"),
    "paper": Text("书面材料", "a paper"),
}
"""What a step may call for before it can be done."""

_LENGTH = {
    "days": Text("{count}日", "{count} days"),
    "workdays": Text("{count}个工作日", "{count} workdays"),
    "months": Text("{count}个月", "{count} months"),
}
_FROM = Text("自{start}起{length}", "{length} from {start}")
_SAME_DAY = Text("{start}当日", "on the day of {start}")
_SAME = Text("与{step}相同", "as of {step}")
_BEFORE = Text("不晚于{fact}", "before {fact}")
_EACH = Text("{due}，每条建议各自到期", "{due}; each suggestion has its own")
_STARTS = {OPENED: Text("立项", "the opening"), RECEIPT: Text("签收", "the receipt")}

_WHOLE, _FOR = Text("适用和通例", "For which items, and what holds throughout"), Text("适用：{words}", "For: {words}")
_MARK = Text("事项编号字样：{mark}", "Word in an item's number: {mark}")
_HEAD = Text("{number}. {title}", "{number}. {title}")
_OPTIONAL = Text("可以不办", "May be left out")
_ROLE, _OR = Text("谁办：{roles}", "Who: {roles}"), Text("或者", " or ")
_TO = Text("发给：{role}", "Sent to: {role}")
_AFTER = Text("须先办结：{steps}", "Done before it: {steps}")
_FIRST = Text("立项后即可办", "Open from the start")
_NEEDED = Text("须具备：{needs}", "Calls for: {needs}")
_PAPERS = Text("材料：{papers}", "Papers: {papers}")
_LETTERS = Text("文书：{letters}", "Letters: {letters}")
_DUE = Text("期限：{due}", "Due: {due}")
_EACH_UNIT = Text("每个单位各自办理", "Each unit does its own")
_RESULTS = Text("在此逐条报送整改结果", "Results are reported here, one by one")
_APART = Text("不得由承担{roles}的机构办理", "Not by a body that holds {roles}")
_REJECTED = Text(
    "不通过：{when}事项{end}；须具备：{needs}", "Where rejected: {when}the item is {end}; calls for: {needs}"
)
_IF_STARTUP = Text("{title}随之为{outcomes}的，", "if {title} then comes out as {outcomes}, ")
_FAILED = Text(
    "不合格：退回{step}，再给{term}，至多{times}次，其后报组织领导",
    "Where failed: back to {step} for {term}, {times} times at most, then to the leaders",
)
_ENDS = Text("办结后事项{end}", "With it the item is {end}")
_BASIS = Text("依据：{words}", "Basis: {words}")
_ELSEWHERE = Text("他处做法（不采用）：{at}", "Elsewhere (not used): {at}")
_REVIEW = Text("{fact}确定后复核：{decisions}", "Compared afresh after {fact}: {decisions}")
_EXTEND = Text("延期：由{role}批准{most}；须具备：{needs}", "Extension: by {role}{most}; calls for: {needs}")
_MOST = Text("，至多{times}次、每次不超过{days}日", ", at most {times} times by {days} days")
_SUSPEND = Text("中止：由{role}决定；须具备：{needs}", "Suspension: by {role}; calls for: {needs}")


def sections(procedure: Procedure, rulebook: Rulebook, states: Mapping[str, Text]) -> Iterator[Section]:
    """Everything that a rulebook says of a procedure; `states` says what an item's ends are called."""
    yield Section(_WHOLE, list(_throughout(procedure, rulebook)))
    for number, step in enumerate(procedure.steps.values(), 1):
        head = _HEAD.fill(number=number, title=step.title)
        yield Section(head, list(_of_step(step, procedure, rulebook, states)))


def say_due(due: Due, procedure: Procedure, rulebook: Rulebook) -> Text:
    """Until when a step is to be done."""
    if due.same is not None:
        return _SAME.fill(step=_named(due.same, procedure, rulebook))
    if due.term is None or due.start is None:
        return _BEFORE.fill(fact=_named(due.before or "", procedure, rulebook))
    start = _named(due.start, procedure, rulebook)
    length = _LENGTH[due.term.unit].fill(count=due.term.count)
    said = _FROM.fill(start=start, length=length) if due.term.count else _SAME_DAY.fill(start=start)
    return _EACH.fill(due=said) if due.each_suggestion else said


def _throughout(procedure: Procedure, rulebook: Rulebook) -> Iterator[Text]:
    if procedure.source is not None:
        yield _FOR.fill(words=rulebook.fields["source"].values[procedure.source].label)
    if procedure.opened_as is not None:
        yield _FOR.fill(words=rulebook.decisions["layer"].outcomes[procedure.opened_as].label)
    yield _MARK.fill(mark=procedure.mark)
    yield from _basis(procedure.basis)
    if procedure.review is not None:
        titles = [rulebook.decisions[name].title for name in procedure.review.asks]
        fact = _named(procedure.review.when, procedure, rulebook)
        yield _REVIEW.fill(fact=fact, decisions=COMMA.join(titles))
    if rulebook.procedures is not None:
        extend, suspend = rulebook.procedures.extend, rulebook.procedures.suspend
        most = Text.same("")
        if extend.times is not None and extend.at_most is not None:
            most = _MOST.fill(times=extend.times, days=extend.at_most)
        yield _EXTEND.fill(role=_role(extend.role, procedure, rulebook), most=most, needs=_needs(extend))
        yield _SUSPEND.fill(role=_role(suspend.role, procedure, rulebook), needs=_needs(suspend))


def _of_step(step: Step, procedure: Procedure, rulebook: Rulebook, states: Mapping[str, Text]) -> Iterator[Text]:
    def roles(ids: Sequence[str]) -> Text:
        return COMMA.join(_role(id, procedure, rulebook) for id in ids)

    if step.optional:
        yield _OPTIONAL
    yield _ROLE.fill(roles=roles(step.roles))
    if step.to is not None:
        yield _TO.fill(role=_role(step.to, procedure, rulebook))
    before = [procedure.steps[name].title for name in step.after]
    yield _AFTER.fill(steps=COMMA.join(before)) if before else _FIRST
    if step.needs:
        yield _NEEDED.fill(needs=COMMA.join(NEEDS[need] for need in step.needs))
    if step.papers and rulebook.procedures is not None:
        yield _PAPERS.fill(papers=COMMA.join(rulebook.procedures.papers[paper] for paper in step.papers))
    if step.letters:
        yield _LETTERS.fill(letters=COMMA.join(_letter(id, rulebook) for id in step.letters))
    if step.due is not None:
        yield _DUE.fill(due=say_due(step.due, procedure, rulebook))
    if step.each_unit:
        yield _EACH_UNIT
    if step.results:
        yield _RESULTS
    if step.apart_from:
        yield _APART.fill(roles=quote(roles(step.apart_from)))
    if step.on_rejected is not None:
        yield _rejected(step.on_rejected, rulebook, states)
    if step.on_failed is not None:
        failed = step.on_failed
        term = _LENGTH[failed.term.unit].fill(count=failed.term.count)
        yield _FAILED.fill(step=_named(failed.back_to, procedure, rulebook), term=term, times=failed.times)
    if step.end is not None:
        yield _ENDS.fill(end=states[step.end])
    yield from _basis(step.basis)
    for other in step.elsewhere:
        yield _ELSEWHERE.fill(at=other.at)


def _basis(basis: Basis | None) -> Iterator[Text]:
    said = say_basis(basis)
    if said is not None:
        yield _BASIS.fill(words=said)


def _rejected(rejected: OnRejected, rulebook: Rulebook, states: Mapping[str, Text]) -> Text:
    when = Text.same("")
    if rejected.if_startup:
        startup = rulebook.decisions["startup"]
        outcomes = _OR.join(startup.outcomes[outcome].label for outcome in rejected.if_startup)
        when = _IF_STARTUP.fill(title=quote(startup.title), outcomes=outcomes)
    return _REJECTED.fill(when=when, end=states[rejected.end], needs=_needs(rejected))


def _needs(of: Limit | OnRejected) -> Text:
    return COMMA.join(NEEDS[need] for need in of.needs) if of.needs else NONE


def _role(id: str, procedure: Procedure, rulebook: Rulebook) -> Text:
    return procedure.roles.get(id) or rulebook.role_labels.get(id) or Text.same(id)


def _letter(id: str, rulebook: Rulebook) -> Text:
    """A kind of letter, or a set of them, by its title."""
    letters = rulebook.letters
    if letters is not None and id in letters.kinds:
        return letters.kinds[id].title
    return letters.sets[id].title if letters is not None and id in letters.sets else Text.same(id)


def _named(name: str, procedure: Procedure, rulebook: Rulebook) -> Text:
    """A step by its title, a fact by its label, as quoted."""
    if name in procedure.steps:
        return quote(procedure.steps[name].title)
    if name in _STARTS:
        return quote(_STARTS[name])
    return quote(rulebook.fields[name].label if name in rulebook.fields else name)
