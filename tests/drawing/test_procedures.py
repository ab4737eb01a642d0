"""A procedure is drawn whole, each step right of those that it waits for."""

from __future__ import annotations

import pytest

import reformkit
from reformkit.drawing.diagram import laid
from reformkit.drawing.procedures import procedure_diagram
from reformkit.loading import bundled

PROCEDURES = {
    (rules.parent.name, id): (book, procedure)
    for rules in sorted((bundled("rules")).glob("*/rulebook.yaml"))
    if (book := reformkit.load(rules.parent)).rulebook.procedures is not None
    for id, procedure in book.rulebook.procedures.procedures.items()
}


@pytest.mark.parametrize("which", PROCEDURES, ids="-".join)
def test_each_step_stands_right_of_those_that_it_waits_for(which: tuple[str, str]) -> None:
    book, procedure = PROCEDURES[which]
    diagram = procedure_diagram(procedure, book.rulebook.role_labels)
    columns = {box.id: box.column for box in diagram.boxes}
    assert columns.keys() == procedure.steps.keys()
    assert {(link.start, link.end) for link in diagram.links} == {
        (before, step.id) for step in procedure.steps.values() for before in step.after
    }
    assert all(columns[link.start] < columns[link.end] for link in diagram.links)
    assert laid(diagram, 30).boxes.keys() >= procedure.steps.keys()


def test_there_are_six_procedures_and_henan_has_five_steps() -> None:
    assert [id for book, id in PROCEDURES if book == "jiuyuan"] == [
        "point", "line", "area", "special", "feedback", "inspection",
    ]  # fmt: skip
    _, henan = PROCEDURES["henan", "henan"]
    assert [step.title.zh for step in henan.steps.values()] == [
        "选用典型案例", "进行警示教育", "查摆剖析", "整改问题", "建章立制",
    ]  # fmt: skip
    assert all(step.basis is not None for _, procedure in PROCEDURES.values() for step in procedure.steps.values())
    assert all(step.due is None for step in henan.steps.values())  # the report gives no days
