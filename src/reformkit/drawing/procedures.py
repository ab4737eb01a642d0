"""A procedure as a diagram: its steps, each right of those that it waits for, coloured by what they are done by."""

from __future__ import annotations

from collections.abc import Mapping

from reformkit.drawing.diagram import Box, Diagram, Link, untangled
from reformkit.model.procedure import Procedure, Step
from reformkit.text import Lang, Text

KINDS = {
    "stated": Text("办结", "Done by saying so"),
    "decision": Text("关口意见", "A gate"),
    "cause": Text("发文", "A letter"),
    "derived": Text("签收", "A receipt"),
    "measure": Text("验收", "Acceptance"),
    "signal": Text("回访", "A visit"),
}
_KIND = {
    "do": "stated",
    "opinion": "decision",
    "issue": "cause",
    "receipt": "derived",
    "acceptance": "measure",
    "visit": "signal",
}
_TERM = {
    "days": Text("{count}日", "{count} days"),
    "workdays": Text("{count}个工作日", "{count} workdays"),
    "months": Text("{count}个月", "{count} months"),
}
_OF = Text("{title}（{role}）", "{title} ({role})")
_DUE = Text("{step}，{term}", "{step}, {term}")


def procedure_diagram(procedure: Procedure, roles: Mapping[str, Text], lang: Lang = "zh") -> Diagram:
    """The steps of a procedure with who does each and its term. Ways back are not drawn: they are no order."""
    columns: dict[str, int] = {}
    for step in procedure.steps.values():
        _column(procedure, step, columns)
    labels = {**roles, **procedure.roles}
    boxes = [
        Box(step.id, _said(step, labels).say(lang), columns[step.id], _KIND[step.doing])
        for step in procedure.steps.values()
    ]
    links = tuple(
        Link(before, step.id, "also" if step.optional else "plain")
        for step in procedure.steps.values()
        for before in step.after
    )
    used = {box.kind for box in boxes}
    kinds = {kind: said.say(lang) for kind, said in KINDS.items() if kind in used}
    return Diagram(procedure.title.say(lang), untangled(boxes, links), links, kinds, {})


def _column(procedure: Procedure, step: Step, columns: dict[str, int]) -> int:
    if step.id not in columns:
        before = [_column(procedure, procedure.steps[name], columns) for name in step.after]
        columns[step.id] = max(before, default=0) + 1
    return columns[step.id]


def _said(step: Step, labels: Mapping[str, Text]) -> Text:
    named = [labels.get(role, Text.same(role)) for role in step.roles]
    role = Text("、".join(label.zh for label in named), ", ".join(label.en for label in named))
    said = _OF.fill(title=step.title, role=role)
    if step.due is None or step.due.term is None:
        return said
    return _DUE.fill(step=said, term=_TERM[step.due.term.unit].fill(count=step.due.term.count))
