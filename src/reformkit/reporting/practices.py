"""The practices of others, in words: what rests on one, and what is offered in place of what the rulebook sets."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reformkit.comparing.practices import Practice
from reformkit.model.procedure import OPENED, Due
from reformkit.model.rulebook import Rulebook
from reformkit.text import DETAIL, Text
from reformkit.wording.section import Section

_KINDS = {
    "rule": Text("规则", "Rules"),
    "parameter": Text("参数", "Parameters"),
    "signal": Text("计数信号", "Signals"),
    "step": Text("流程环节", "Steps of procedures"),
    "letter": Text("文书", "Letters"),
    "measure": Text("措施", "Measures"),
}
_NAMED = Text.same("{id} {label}")
_USED = Text("已采用：{at}", "Used: {at}")
_CITED = Text("附于措施，供参考：{at}", "Cited beside the measure, for reference: {at}")
_OFFERED = Text("供比照，默认不用：{at}", "Offered, not used: {at}")
_TERM = Text(
    "期限可设为{offered}，现为{present}：改 procedure.yaml 中 {id} 的 due",
    "Its term may be set to {offered}; at present {present}: change `due` of {id} in procedure.yaml",
)
_NO_TERM = Text("未设", "none")
_LENGTH = {
    "days": Text("{count}日", "{count} days"),
    "workdays": Text("{count}个工作日", "{count} workdays"),
    "months": Text("{count}个月", "{count} months"),
}
_FROM = Text("自“{start}”起{length}", "{length} from “{start}”")
_SAME = Text("与“{step}”相同", "as of “{step}”")
_BEFORE = Text("不晚于“{fact}”", "before “{fact}”")
_OPENING = Text("立项", "the opening")


def sections(entries: Sequence[Practice], rulebook: Rulebook) -> Iterator[Section]:
    """Every practice, by kind: where it was seen, and what of it can be set."""
    for kind, head in _KINDS.items():
        own = [entry for entry in entries if entry.kind == kind]
        lines: list[Text] = []
        for entry in own:
            lines.append(_NAMED.fill(id=entry.id, label=entry.label))
            state = _CITED if kind == "measure" else _USED if entry.used else _OFFERED
            lines.append(DETAIL.fill(words=state.fill(at=entry.at)))
            if entry.offered is not None:
                offered, present = (_say_due(due, entry.id, rulebook) for due in (entry.offered, entry.present))
                lines.append(DETAIL.fill(words=_TERM.fill(offered=offered, present=present, id=entry.id)))
        if lines:
            yield Section(head, lines)


def _say_due(due: Due | None, id: str, rulebook: Rulebook) -> Text:
    if due is None:
        return _NO_TERM
    if due.same is not None:
        return _SAME.fill(step=_named(due.same, id, rulebook))
    if due.term is None or due.start is None:
        return _BEFORE.fill(fact=_named(due.before or "", id, rulebook))
    length = _LENGTH[due.term.unit].fill(count=due.term.count)
    return _FROM.fill(start=_named(due.start, id, rulebook), length=length)


def _named(name: str, id: str, rulebook: Rulebook) -> Text:
    """A step of the same procedure by its title, a fact by its label."""
    if name == OPENED:
        return _OPENING
    steps = rulebook.procedures.procedures[id.partition(".")[0]].steps if rulebook.procedures else {}
    if name in steps:
        return steps[name].title
    return rulebook.fields[name].label if name in rulebook.fields else Text.same(name)
