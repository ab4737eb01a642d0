"""Whether the steps of a procedure can be carried out: no rings, an end, terms that something starts, ways back."""

from __future__ import annotations

from collections.abc import Mapping
from graphlib import CycleError, TopologicalSorter

from reformkit.model.procedure import RECEIPT, Due, Step
from reformkit.parsing.report import Report
from reformkit.problem import Place
from reformkit.text import Text

_HAS_NO_TERM = Text("步骤“{at}”没有时限", "the step `{at}` has no term")
_STARTS_LATER = Text("步骤“{start}”不在它之前", "the step `{start}` does not come before it")


def check_shape(procedure: str, place: Place, steps: Mapping[str, Step], report: Report) -> None:
    """Whether the steps can be carried out: no rings, an end, terms that something starts, ways back that lead back."""
    if not _check_rings(steps, report):
        return
    before = {id: _before(id, steps) for id in steps}
    if not any(step.end for step in steps.values()):
        report.add("RK222", place, procedure=procedure)
    receipts = [id for id, step in steps.items() if step.doing == "receipt"]
    for id, step in steps.items():
        if step.due is not None:
            why = _why_unstarted(id, step.due, before, receipts, steps)
            if why is not None:
                report.add("RK223", step.due.place, step=id, why=why)
        if step.doing in ("acceptance", "visit") and "responsible" not in step.apart_from:
            report.add("RK227", step.place, step=id)
        if step.doing == "acceptance" and len(set(step.roles)) != 2:
            report.add("RK232", step.place, step=id)
        if step.on_failed is not None and step.on_failed.back_to not in before[id]:
            report.add("RK231", step.on_failed.place, step=id, word=step.on_failed.back_to)


def _check_rings(steps: Mapping[str, Step], report: Report) -> bool:
    waits = {id: set(step.after) for id, step in steps.items()}
    sound = True
    while waits:
        try:
            TopologicalSorter(waits).prepare()
            return sound
        except CycleError as error:
            ring = error.args[1]
        report.add("RK221", steps[ring[0]].place, ring=" → ".join(reversed(ring)))
        sound = False
        waits = {id: needed - set(ring) for id, needed in waits.items() if id not in ring}
    return sound


def _before(id: str, steps: Mapping[str, Step]) -> set[str]:
    """Every step that is done before one, near or far."""
    earlier, fresh = set[str](), set(steps[id].after)
    while fresh:
        earlier |= fresh
        fresh = {a for step in fresh for a in steps[step].after} - earlier
    return earlier


def _why_unstarted(
    id: str, due: Due, before: Mapping[str, set[str]], receipts: list[str], steps: Mapping[str, Step]
) -> Text | None:
    if due.same is not None:
        seen, at = {id}, due.same
        while at not in seen:
            seen.add(at)
            then = steps[at].due
            if then is None:
                return _HAS_NO_TERM.fill(at=at)
            if then.same is None:
                return None
            at = then.same
        return Text("它和所同的步骤互为依据", "it and the step it is the same as hang on each other")
    if due.start == RECEIPT:
        sent = [step for step, said in steps.items() if said.letters and (step in before[id] or step == id)]
        if not receipts or not sent:
            return Text("之前没有文书可签收", "no letter that could be received comes before it")
        return None
    if due.start in steps and due.start not in before[id]:
        return _STARTS_LATER.fill(start=str(due.start))
    return None
