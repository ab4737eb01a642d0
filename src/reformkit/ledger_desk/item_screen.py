"""One item: where it stands, what can be done with its forms, papers that wait, what was asked, letters, every act."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import uuid4

from reformkit.desk.asking import Ask
from reformkit.ledger.item import Item
from reformkit.ledger_desk.forms import LATE, FormField
from reformkit.ledger_desk.items_screen import item_href
from reformkit.ledger_desk.room import LedgerRoom, WaitingPaper
from reformkit.ledger_desk.verbs import OF_STEPS, VERBS, wants_of_step
from reformkit.practising.menu import MenuStep
from reformkit.printing.items import KINDS, NOTHING_TO_DO, act_said, due_said
from reformkit.problem import Problem
from reformkit.text import COMMA, Text

_WRITTEN = Text("已记第{seq}号：{kind}。", "Act {seq} is written: {kind}.")
_ACTING = Text("以账号 {account} 办理", "Acting as {account}")
_WORDS = {
    "menu": Text("现在可以办的", "What can be done now"),
    "nothing": NOTHING_TO_DO,
    "who": Text("办理", "By"),
    "due": Text("期限", "Due"),
    "lacks": Text("尚缺", "Lacks"),
    "optional": Text("可以不办", "may be left out"),
    "others": Text("其他办理", "Other acts"),
    "papers": Text("待用材料", "Papers that wait"),
    "paper": Text("{name}（{on}）", "{name} ({on})"),
    "hand_in": Text("交材料", "Hand in"),
    "dated": Text("材料日期", "Day that it bears"),
    "take_back": Text("撤下", "Take back"),
    "needs_script": Text("交材料需要浏览器允许脚本。", "Handing in papers needs scripts."),
    "with_papers": Text("随附材料", "With papers"),
    "on": Text("发生日", "Day on which it happened"),
    "late": LATE,
    "do": Text("办理", "Do it"),
    "choose": Text("请选择", "choose"),
    "not_said": Text("不填", "not said"),
    "suggestions": Text("建议和验收标准", "Suggestions and criteria"),
    "letters": Text("文书", "Letters"),
    "draw_up": Text("拟稿", "Draw up"),
    "not_received": Text("未签收：", "not received: "),
    "void": Text("已作废", "void"),
    "file": Text("取文书", "Get the file"),
    "acts": Text("办理记录", "Acts"),
    "refused": Text("没有记录，原因如下：", "Nothing was written. What stands in the way:"),
    "reviews": Text("须复核的结论", "Decisions to be looked at again"),
    "back": Text("全部事项", "All items"),
}
ACT_HEADS = (Text("号", "No."), Text("发生日", "Day"), Text("记录", "Act"), Text("经办", "By"), Text("说明", "Detail"))
_CHANGED = Text("{decision}：{was} → {now}", "{decision}: {was} -> {now}")
_OPEN, _BLANK = Text("未定", "open"), Text.same(" ")


@dataclass(frozen=True)
class ActForm:
    """A form for one verb. `hidden` goes with it unseen; `words` are what was filled in before, by field."""

    verb: str
    title: Text
    hidden: Mapping[str, str]
    wants: tuple[FormField, ...]
    takes_papers: bool
    words: Mapping[str, Sequence[str]]
    is_open: bool


@dataclass(frozen=True)
class LetterLink:
    """A letter that a step may send, and where it is drawn up."""

    title: Text
    href: str


@dataclass(frozen=True)
class StepCard:
    """A step that is open, with the form that does it."""

    id: str
    title: Text
    who: Text
    due: Text | None
    is_overdue: bool
    is_optional: bool
    lacks: tuple[Problem, ...]
    form: ActForm | None
    letters: tuple[LetterLink, ...]
    is_open: bool = False


@dataclass(frozen=True)
class CriterionLine:
    """A criterion, and what was judged of it: None not yet."""

    id: str
    text: str
    met: bool | None


@dataclass(frozen=True)
class SuggestionLine:
    """What was asked of a unit."""

    id: str
    text: str
    criteria: tuple[CriterionLine, ...]


@dataclass(frozen=True)
class LetterLine:
    """A letter that was issued."""

    number: str
    on: date
    to: Text
    unreceived: Text | None
    is_void: bool
    href: str


@dataclass(frozen=True)
class ActLine:
    """An act as it stands in the ledger; `is_struck`: another act has corrected it."""

    seq: int
    on: date
    kind: Text
    by: Text
    detail: Text
    papers: tuple[str, ...]
    is_struck: bool


@dataclass(frozen=True)
class ItemView:
    """The page of an item."""

    id: str
    title: Text
    state: Text
    procedure: Text
    unit: str
    case: str | None
    opened_on: date
    seen: int
    today: date
    acting: Text
    said: Text | None
    faults: tuple[Text, ...]
    problems: tuple[Problem, ...]
    reviews: tuple[Text, ...]
    steps: tuple[StepCard, ...]
    others: tuple[ActForm, ...]
    papers: tuple[WaitingPaper, ...]
    suggestions: tuple[SuggestionLine, ...]
    letters: tuple[LetterLine, ...]
    acts: tuple[ActLine, ...]
    act_heads: tuple[Text, ...]
    words: Mapping[str, Text]
    ids: Mapping[str, str]
    """A fresh id for each form, so that one sent twice is the same act."""


@dataclass(frozen=True)
class Refused:
    """A form that came back: which, its words, and what stood in the way."""

    verb: str
    words: Mapping[str, Sequence[str]]
    problems: tuple[Problem, ...] = ()
    faults: tuple[Text, ...] = ()


def item_view(room: LedgerRoom, ask: Ask, refused: Refused | None = None) -> ItemView:
    """The page of an item; `refused` is a form that was refused."""
    item = room.item(ask.path["item"])
    standing, acts = item.standing, item.acts
    opened, bodies = standing.opened, item.body_labels
    written = ask.of_query("written")
    done = next((act for act in acts if written and str(act.seq) == written), None)
    said = None if done is None else _WRITTEN.fill(seq=done.seq, kind=KINDS[done.kind])
    steps = _with_one_open(tuple(_step_card(item, step, refused) for step in item.menu()))
    others = tuple(_form(verb, {}, VERBS[verb].wants(item), refused) for verb in VERBS if verb != "do")
    return ItemView(
        item.id,
        Text.same(item.id),
        item.state().label,
        standing.procedure.title,
        opened.responsible_unit,
        None if opened.case is None else opened.case["id"],
        standing.opened_on,
        standing.n,
        room.today,
        _ACTING.fill(account=room.account),
        said,
        () if refused is None else refused.faults,
        () if refused is None else refused.problems,
        tuple(
            _CHANGED.fill(decision=one.decision, was=one.was or _OPEN, now=one.now or _OPEN) for one in standing.changed
        ),
        steps,
        others,
        tuple(room.papers.get(item.id, ())),
        tuple(
            SuggestionLine(
                one.id,
                one.text,
                tuple(
                    CriterionLine(c.id, c.text, standing.judged[c.id].met if c.id in standing.judged else None)
                    for c in one.criteria
                ),
            )
            for one in item.suggestions
        ),
        tuple(
            LetterLine(
                sent.issued.number,
                sent.on,
                COMMA.join(sent.issued.to),
                COMMA.join(sent.unreceived) if sent.unreceived else None,
                sent.void,
                f"{item_href(item.id)}/files/{sent.seq}",
            )
            for sent in standing.letters
        ),
        tuple(
            ActLine(
                act.seq,
                act.on,
                KINDS[act.kind],
                _BLANK.join([act.by, bodies.get(act.body, act.body)]),
                act_said(act, standing),
                tuple(paper.name for paper in act.evidence),
                act.seq in standing.corrected,
            )
            for act in reversed(acts)
        ),
        ACT_HEADS,
        _WORDS,
        {form: str(uuid4()) for form in (*(f"step-{card.id}" for card in steps), *(form.verb for form in others))},
    )


def _with_one_open(steps: tuple[StepCard, ...]) -> tuple[StepCard, ...]:
    """The steps with that unfolded which was refused, else the first that is overdue, else that must be done."""
    wanted: tuple[Callable[[StepCard], bool], ...] = (
        lambda step: step.form is not None and step.form.is_open,
        lambda step: step.is_overdue,
        lambda step: not step.is_optional,
        lambda step: True,
    )
    for which in wanted:
        chosen = next((step for step in steps if which(step)), None)
        if chosen is not None:
            return tuple(replace(step, is_open=step is chosen) for step in steps)
    return steps


def _step_card(item: Item, step: MenuStep, refused: Refused | None) -> StepCard:
    roles, verb = item.role_labels, OF_STEPS.get(step.doing)
    form = None
    if verb is not None:
        wants = wants_of_step(item, step.id) if verb == "do" else VERBS[verb].wants(item)
        form = _form(verb, {"step": step.id}, wants, refused)
    letters = item.book.rulebook.letters
    kinds = item.standing.procedure.steps[step.id].letters
    links = () if letters is None else tuple(dict.fromkeys(kind for of in kinds for kind in letters.members(of)))
    return StepCard(
        step.id,
        step.title,
        COMMA.join([roles.get(role, Text.same(role)) for role in step.roles]),
        due_said(step),
        step.overdue,
        step.optional,
        step.lacks,
        form,
        tuple(LetterLink(letters.kinds[kind].title, f"{item_href(item.id)}/letters/{kind}") for kind in links)
        if letters is not None
        else (),
    )


def _form(verb: str, hidden: Mapping[str, str], wants: tuple[FormField, ...], refused: Refused | None) -> ActForm:
    of = VERBS[verb]
    again = (
        refused is not None
        and refused.verb == verb
        and ("step" not in hidden or list(refused.words.get("step", ())) == [hidden["step"]])
    )
    words = refused.words if refused is not None and again else {}
    return ActForm(verb, of.title, hidden, wants, of.takes_papers, words, again)
