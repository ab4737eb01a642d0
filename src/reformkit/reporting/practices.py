"""The practices of others, in words: what rests on one, and what is offered in place of what the rulebook sets."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reformkit.comparing.practices import Practice
from reformkit.model.procedure import Due
from reformkit.model.rulebook import Rulebook
from reformkit.text import DETAIL, Text
from reformkit.wording.procedure import say_due
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
    procedures = rulebook.procedures
    if due is None or procedures is None:
        return _NO_TERM
    return say_due(due, procedures.procedures[id.partition(".")[0]], rulebook)
