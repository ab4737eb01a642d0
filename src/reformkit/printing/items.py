"""Items of reform on the terminal: lists, one item with its acts, the menu of what can be done."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from reformkit.model.act import Act
from reformkit.printing.paper import Paper
from reformkit.printing.setting import Cell, plain_table
from reformkit.text import Text

if TYPE_CHECKING:
    from reformkit.ledger.item import Item
    from reformkit.practising.item import ItemState
    from reformkit.practising.menu import MenuStep

KINDS = {
    "opened": Text("立项", "opened"),
    "fact": Text("补报事实", "facts told"),
    "opinion": Text("研判意见", "a gate spoke"),
    "done": Text("办结", "done"),
    "issued": Text("发文", "letter issued"),
    "received": Text("签收", "letter received"),
    "result": Text("报送成果", "results"),
    "judged": Text("判定", "judged"),
    "accepted": Text("验收通过", "accepted"),
    "failed": Text("验收不通过", "acceptance failed"),
    "visited": Text("回访", "visited"),
    "extended": Text("延期", "extended"),
    "suspended": Text("中止", "suspended"),
    "resumed": Text("恢复", "resumed"),
    "pressed": Text("督办", "pressed"),
    "escalated": Text("转督办", "escalated"),
    "merged": Text("并入", "merged"),
    "moved": Text("转入流程", "moved"),
    "corrected": Text("更正", "corrected"),
    "voided": Text("文号作废", "letter made void"),
    "ended": Text("终止", "ended"),
}
"""What each kind of act is called."""

_OPINIONS = {"passed": Text("通过", "passed"), "rejected": Text("未通过", "sifted out")}
_HEADS = (Text("事项", "Item"), Text("状态", "State"), Text("责任单位", "Unit"), Text("最近到期", "Next due"))
_MENU = (Text("步骤", "Step"), Text("办理", "By"), Text("期限", "Due"), Text("尚缺", "Lacks"))
_ACTS = (Text("号", "No."), Text("发生日", "Day"), Text("记录", "Act"), Text("经办", "By"), Text("说明", "Detail"))
_NONE = Text("没有事项。", "There are no items.")
_COUNT = Text("共 {count} 项。", "{count} in all.")
NOTHING_TO_DO = Text("现在没有可办的步骤。", "Nothing can be done now.")
_HEAD = Text("{item}（{procedure}）：{state}", "{item} ({procedure}): {state}")
_OVERDUE = Text("{day}，逾期", "{day}, overdue")
_FIRST = Text("{day}（原为{first}）", "{day} (at first {first})")
_PROVISIONAL = Text("{day}（暂定）", "{day} (provisional)")
_WRITTEN = Text("已记第{seq}号：{kind}。事项现为{state}。", "Act {seq}: {kind}. The item is now: {state}.")
_CHANGED = Text("须复核：结论有变（{decision}）", "To be reviewed: a decision has changed ({decision})")
_STRUCK = Text("（已由第{seq}号更正）", "(corrected by act {seq})")
_BLANK, _EMPTY = Text(" ", " "), Text("", "")
_LATE = Text("补录：{reason}", "late: {reason}")


def list_items(items: Sequence[Item], as_of: date | None, console: Paper) -> None:
    """A line an item: its state, its unit, and what is due next."""
    if not items:
        console.say(_NONE)
        return
    table = plain_table(map(console.words, _HEADS))
    for item in items:
        opened = item.standing.opened
        due = [(step.due.on, step) for step in item.menu(as_of=as_of) if step.due and not step.optional]
        soonest = min(due, key=lambda pair: pair[0], default=None)
        said = (
            ""
            if soonest is None
            else f"{console.words(soonest[1].title)} {console.words(due_said(soonest[1]) or _EMPTY)}"
        )
        table.add_row(*map(Cell, (item.id, console.words(item.state(as_of).label), opened.responsible_unit, said)))
    console.print(table)
    console.say(_COUNT.fill(count=len(items)))


def show_item(item: Item, as_of: date | None, console: Paper) -> None:
    """One item: its state, what can be done, what was asked, and every act."""
    standing = item.standing
    show_menu(item, item.menu(as_of=as_of), console)
    for changed in standing.changed:
        console.say(_CHANGED.fill(decision=f"{changed.decision}: {changed.was} → {changed.now}"))
    for suggestion in item.suggestions:
        console.say(f"{suggestion.id}  {suggestion.text}")
        for criterion in suggestion.criteria:
            judged = standing.judged.get(criterion.id)
            mark = " " if judged is None else "√" if judged.met else "×"
            console.say(f"  {mark} {criterion.id}  {criterion.text}")
    table, bodies = plain_table(map(console.words, _ACTS)), item.body_labels
    for act in item.acts:
        said = (
            str(act.seq),
            act.on.isoformat(),
            console.words(KINDS[act.kind]),
            f"{act.by} {console.words(bodies.get(act.body, Text.same(act.body)))}",
            console.words(act_said(act, standing)),
        )
        table.add_row(*map(Cell, said))
    console.print(table)


def show_menu(item: Item, steps: Sequence[MenuStep], console: Paper) -> None:
    """The steps that can be done now, each with who does it, until when, and what it lacks."""
    standing = item.standing
    console.say(_HEAD.fill(item=item.id, procedure=standing.procedure.title, state=item.state().label), "bold")
    if not steps:
        console.say(NOTHING_TO_DO)
        return
    roles = item.role_labels
    table = plain_table(map(console.words, _MENU))
    for step in steps:
        who = "、".join(console.words(roles.get(role, Text.same(role))) for role in step.roles)
        lacks = "；".join(console.words(Text(p.message("zh"), p.message("en"))) for p in step.lacks[:3])
        title = f"{console.words(step.title)}（{step.id}）"
        table.add_row(
            *map(
                Cell,
                (title, who, console.words(due_said(step) or _EMPTY), lacks + ("……" if len(step.lacks) > 3 else "")),
            )
        )
    console.print(table)


def say_written(item: Item, act: Act, console: Paper) -> None:
    """What was written, and where the item stands now."""
    console.say(_WRITTEN.fill(seq=act.seq, kind=KINDS[act.kind], state=item.state().label))
    for changed in item.standing.changed:
        console.say(_CHANGED.fill(decision=f"{changed.decision}: {changed.was} → {changed.now}"))


def due_said(step: MenuStep) -> Text | None:
    """Until when a step is to be done, in words; None where nothing has started its term."""
    due = step.due
    if due is None:
        return None
    day = Text.same(due.on.isoformat())
    if due.on != due.first:
        day = _FIRST.fill(day=day, first=due.first.isoformat())
    if due.provisional:
        day = _PROVISIONAL.fill(day=day)
    return _OVERDUE.fill(day=day) if step.overdue else day


def act_said(act: Act, standing: ItemState) -> Text:
    """What an act did, in words: its step, what was said, by which act it was corrected."""
    data = act.data.model_dump(mode="json", exclude_none=True)
    step = standing.procedure.steps.get(str(data.get("step")))
    parts: list[Text | str] = [] if step is None else [step.title]
    parts += [_OPINIONS[data["opinion"]]] if "opinion" in data else []
    parts += [
        str(data[name])
        for name in ("number", "what", "count", "criterion", "into", "to")
        if name in data and not isinstance(data[name], list)
    ]
    parts += [act.reason] if act.reason else []
    parts += [_LATE.fill(reason=act.late)] if act.late else []
    corrected = standing.corrected.get(act.seq)
    parts += [_STRUCK.fill(seq=corrected)] if corrected is not None else []
    return _BLANK.join(parts)
