"""What can be done to an item by a form: for each verb its title, what it asks for, and the call that does it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, TypedDict

from reformkit.ledger.facts_told import facts_told
from reformkit.ledger.item import Item
from reformkit.ledger_desk.forms import Filled, FormFault, FormField, Option
from reformkit.model.act import Act
from reformkit.text import Text


class VerbWords(TypedDict):
    """What every verb takes."""

    by: str
    on: date
    id: str | None
    late: str | None


@dataclass(frozen=True)
class Verb:
    """One thing that can be done. `takes_papers`: papers that were handed in go with it."""

    id: str
    title: Text
    wants: Callable[[Item], tuple[FormField, ...]]
    do: Callable[[Item, Filled, VerbWords], Act]
    takes_papers: bool = False


_BLANK = Text.same(" ")
_NO_PAIR = Text("“{line}”须写成 名称=取值", "`{line}` is to be written as NAME=VALUE")
_REASON = FormField("reason", Text("理由", "Reason"), must=True)
_MAY_REASON = FormField("reason", Text("理由", "Reason"))
_STEP, _NUMBER, _UNIT = Text("步骤", "Step"), Text("文号", "Number of the letter"), Text("单位", "Unit")
_COUNT, _DAYS, _WHAT = Text("数量", "How many"), Text("日数", "Days"), Text("成果", "Result")
_RECIPIENT = Text("签收单位（代为记录的选填）", "Received by (where it is entered for another)")
_OPINION, _OPINIONS = (
    Text("意见", "Opinion"),
    {"passed": Text("通过", "passed"), "rejected": Text("不通过", "sifted out")},
)
_PAPERS, _CONSENT = Text("本步材料", "Papers of the step"), Text("同意编入案例汇编", "It may stand in the casebook")
_CRITERION, _MET = Text("验收标准", "Criterion"), Text("判定", "Judgement")
_MET_OR_NOT = (Option("met", Text("达标", "met")), Option("unmet", Text("未达标", "not met")))
_WITH, _VISIT = Text("共同验收的账号", "Account of the other of the two"), Text("回访情况", "What was found")
_FOUND = (Option("ok", Text("整改到位", "reform holds")), Option("failed", Text("不合格", "undone")))
_FACTS = Text("事实（每行一个：名称=取值）", "Facts (a line each: NAME=VALUE)")
_SEQ, _SHOULD = (
    Text("更正第几号", "Number of the act"),
    Text("应为（每行一个：字段=取值）", "What should have stood (FIELD=VALUE)"),
)
_INTO, _PROCEDURE, _ANSWERS = (
    Text("并入事项", "Into item"),
    Text("流程", "Procedure"),
    Text("所答建议", "Of suggestion"),
)


# --- the steps of the procedure ------------------------------------------------------------------------


def wants_of_step(item: Item, step_id: str) -> tuple[FormField, ...]:
    """What doing a step asks for: the opinion of a gate, papers of the step, for which unit, consent at the end."""
    step = next(one for one in item.menu() if one.id == step_id)
    of_procedure = item.standing.procedure.steps[step_id]
    wanted: list[FormField] = []
    if of_procedure.opinion is not None:
        wanted.append(
            FormField("opinion", _OPINION, "choice", tuple(Option(*pair) for pair in _OPINIONS.items()), True)
        )
        wanted.append(_MAY_REASON)
    if step.units:
        wanted.append(FormField("unit", _UNIT, "choice", tuple(Option(unit, unit) for unit in step.units)))
    if step.papers:
        labels = paper_labels(item)
        papers = tuple(Option(paper, labels.get(paper, paper)) for paper in step.papers)
        wanted.append(FormField("papers", _PAPERS, "choices", papers))
    if of_procedure.end is not None:
        wanted.append(FormField("consent", _CONSENT, "flag"))
    return tuple(wanted)


def paper_labels(item: Item) -> Mapping[str, Text]:
    """What the papers of steps are called."""
    procedures = item.book.rulebook.procedures
    return {} if procedures is None else procedures.papers


def _do(item: Item, form: Filled, said: VerbWords) -> Act:
    return item.do(
        form.one("step"),
        opinion=form.some("opinion"),
        reason=form.some("reason"),
        papers=form.all("papers"),
        evidence=form.evidence,
        unit=form.some("unit"),
        consent=bool(form.one("consent")),
        **said,
    )


# --- what each verb asks for ---------------------------------------------------------------------------


def _letters(item: Item) -> tuple[Option, ...]:
    sent = [letter for letter in item.standing.letters if not letter.void]
    return tuple(Option(letter.issued.number, letter.issued.number) for letter in sent)


def _recipients(item: Item) -> tuple[Option, ...]:
    """Who has not received a letter yet: not units of the item only, a letter goes to whomever it names."""
    left = dict.fromkeys(unit for letter in item.standing.letters for unit in letter.unreceived)
    return tuple(Option(unit, unit) for unit in left)


def _steps(item: Item) -> tuple[Option, ...]:
    return tuple(Option(step.id, step.title) for step in item.menu())


def _units(item: Item) -> tuple[Option, ...]:
    return tuple(Option(unit, unit) for unit in item.standing.units)


def _suggestions(item: Item) -> tuple[Option, ...]:
    return tuple(Option(one.id, f"{one.id} {one.text}") for one in item.suggestions)


def _criteria(item: Item) -> tuple[Option, ...]:
    found = ((one.id, criterion) for one in item.suggestions for criterion in one.criteria)
    return tuple(Option(f"{of}\t{criterion.id}", f"{criterion.id} {criterion.text}") for of, criterion in found)


def _results(item: Item) -> tuple[Option, ...]:
    rules = item.book.rulebook.figures
    return () if rules is None else tuple(Option(*pair) for pair in rules.results.items())


def _accounts(item: Item) -> tuple[Option, ...]:
    bodies, office = item.body_labels, item.office
    own = [account for account in office.accounts.values() if not account.unit]
    return tuple(Option(one.id, _BLANK.join([one.id, bodies[one.body]])) for one in own)


def _judge(item: Item, form: Filled, said: VerbWords) -> Act:
    suggestion, _, criterion = form.one("criterion").partition("\t")
    met = form.one("met") == "met"
    return item.judge(suggestion, criterion, met, evidence=form.evidence, reason=form.some("reason"), **said)


def _tell(item: Item, form: Filled, said: VerbWords) -> Act:
    return item.tell(**said, **facts_told(item, _pairs(form.one("facts"))))


def _correct(item: Item, form: Filled, said: VerbWords) -> Act:
    data = {name: int(word) if word.isascii() and word.isdigit() else word for name, word in _pairs(form.one("should"))}
    return item.correct(form.whole("seq", _SEQ), data, form.one("reason"), **said)


def _extend(item: Item, form: Filled, said: VerbWords) -> Act:
    paper = form.evidence[0] if form.evidence else None
    return item.extend(form.one("step"), form.whole("days", _DAYS), form.one("reason"), paper, **said)


def _result(item: Item, form: Filled, said: VerbWords) -> Act:
    given: dict[str, Any] = {"suggestion": form.some("suggestion"), "unit": form.some("unit")}
    return item.result(form.one("what"), form.whole("count", _COUNT), evidence=form.evidence, **given, **said)


def _pairs(lines: str) -> list[tuple[str, str]]:
    """The pairs of some lines. Raises `FormFault` for a line that is none."""
    found = []
    for line in filter(str.strip, lines.splitlines()):
        name, sign, value = line.replace("＝", "=").partition("=")
        if not sign or not name.strip() or not value.strip():
            raise FormFault(_NO_PAIR.fill(line=line.strip()))
        found.append((name.strip(), value.strip()))
    return found


def _asks(*wanted: FormField) -> Callable[[Item], tuple[FormField, ...]]:
    return lambda item: wanted


def _number(item: Item) -> FormField:
    return FormField("number", _NUMBER, "choice", _letters(item), True)


VERBS: dict[str, Verb] = {
    verb.id: verb
    for verb in (
        Verb("do", Text("办结", "Do"), lambda item: (), _do, True),
        Verb("receive", Text("签收文书", "Letter received"),
             lambda item: (_number(item), FormField("unit", _RECIPIENT, "choice", _recipients(item))),
             lambda item, form, said: item.receive(form.one("number"), unit=form.some("unit"), evidence=form.evidence, **said), True),
        Verb("result", Text("报送成果", "Report results"),
             lambda item: (FormField("what", _WHAT, "choice", _results(item), True), FormField("count", _COUNT, "number", (), True),
                           FormField("suggestion", _ANSWERS, "choice", _suggestions(item)), FormField("unit", _UNIT, "choice", _units(item))),
             _result, True),
        Verb("judge", Text("逐条判定", "Judge a criterion"),
             lambda item: (FormField("criterion", _CRITERION, "choice", _criteria(item), True), FormField("met", _MET, "choice", _MET_OR_NOT, True), _MAY_REASON),
             _judge, True),
        Verb("accept", Text("验收通过", "Accept"), lambda item: (FormField("with", _WITH, "choice", _accounts(item), True),),
             lambda item, form, said: item.accept(countersigned=form.some("with"), **said)),
        Verb("fail", Text("验收不通过", "Refuse acceptance"), _asks(_REASON),
             lambda item, form, said: item.fail(form.one("reason"), **said)),
        Verb("visit", Text("回访", "Return visit"), _asks(FormField("found", _VISIT, "choice", _FOUND, True), _MAY_REASON),
             lambda item, form, said: item.visit(form.one("found") == "ok", reason=form.some("reason"), evidence=form.evidence,
                                                 step=form.some("step"), **said), True),
        Verb("tell", Text("补报事实", "Tell facts"), _asks(FormField("facts", _FACTS, "lines", (), True)), _tell),
        Verb("extend", Text("延期", "Extend"),
             lambda item: (FormField("step", _STEP, "choice", _steps(item), True), FormField("days", _DAYS, "number", (), True), _REASON), _extend, True),
        Verb("press", Text("督办一步", "Press"), lambda item: (FormField("step", _STEP, "choice", _steps(item), True), _MAY_REASON),
             lambda item, form, said: item.press(form.one("step"), reason=form.some("reason"), **said)),
        Verb("escalate", Text("转督办", "Pass on to the leaders"), _asks(_REASON),
             lambda item, form, said: item.escalate(form.one("reason"), **said)),
        Verb("suspend", Text("中止", "Suspend"), _asks(_REASON), lambda item, form, said: item.suspend(form.one("reason"), **said)),
        Verb("resume", Text("恢复", "Resume"), _asks(), lambda item, form, said: item.resume(**said)),
        Verb("void", Text("文书作废", "Make a letter void"), lambda item: (_number(item), _REASON),
             lambda item, form, said: item.void(form.one("number"), form.one("reason"), **said)),
        Verb("merge", Text("并入他项", "Merge"), _asks(FormField("into", _INTO, must=True), _REASON),
             lambda item, form, said: item.merge_into(form.one("into"), form.one("reason"), **said)),
        Verb("move", Text("转入流程", "Move to a procedure"), _asks(FormField("procedure", _PROCEDURE, must=True), _REASON),
             lambda item, form, said: item.move_to(form.one("procedure"), form.one("reason"), **said)),
        Verb("correct", Text("更正记录", "Correct an act"), _asks(FormField("seq", _SEQ, "number", (), True), FormField("should", _SHOULD, "lines", (), True), _REASON), _correct),
        Verb("end", Text("终止", "End"), _asks(_REASON), lambda item, form, said: item.end(form.one("reason"), **said)),
    )
}  # fmt: skip
"""Every verb by its id, in the order in which the page offers them."""

OF_STEPS = {"do": "do", "opinion": "do", "receipt": "receive", "acceptance": "accept", "visit": "visit"}
"""The verb that does a step of each kind; letters are issued on a page of their own."""
