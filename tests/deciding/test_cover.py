"""Whether boxes cover a box is what trying every point says."""

from __future__ import annotations

from itertools import product

from hypothesis import assume, given
from hypothesis import strategies as st

from reformkit.deciding.boxes import Box, TooManyBoxes, cut
from reformkit.deciding.cells import bits
from reformkit.deciding.cover import Budget, Space, Unproven
from reformkit.deciding.in_force import in_force, turning_days
from reformkit.deciding.meaning import candidates, holds
from reformkit.model.rulebook import Rulebook
from tests.agreement.rulebooks import a_rulebook

MOST_POINTS = 5_000


@st.composite
def a_space(draw: st.DrawFn) -> tuple[Space, Rulebook]:
    rulebook = draw(a_rulebook())
    table = rulebook.decisions["d0"]
    days = turning_days(table)
    now = in_force(table, draw(st.integers(0, len(days))), days)
    try:
        space = Space(cut(now, rulebook.fields))
    except TooManyBoxes:
        assume(False)
        raise
    points = 1
    for variable in space.variables:
        points *= len(variable.samples)
    assume(points <= MOST_POINTS)
    return space, rulebook


def inside(point: tuple[int, ...], box: Box) -> bool:
    return all(cells >> point[v] & 1 for v, cells in box.items())


@given(st.data())
def test_a_point_is_found_where_there_is_one(data: st.DataObject) -> None:
    space, _ = data.draw(a_space())
    every = range(len(space.cut.boxes))
    box = data.draw(st.sampled_from([{}, *(b for _, b in space.cut.boxes)]))
    by = sum(1 << j for j in every if data.draw(st.booleans()))
    points = list(product(*(range(len(v.samples)) for v in space.variables)))
    left = [p for p in points if inside(p, box) and not any(inside(p, space.box_of(j)) for j in bits(by))]
    found = space.uncovered(box, by)
    assert (found is None) == (not left)
    if found is not None:
        assert box.keys() <= found.keys()
        agreeing = [p for p in points if all(p[v] == cell for v, cell in found.items())]
        assert set(agreeing) <= set(left)
    assert space.meeting(box) == sum(
        1 << j for j in every if any(inside(p, box) and inside(p, space.box_of(j)) for p in points)
    )


@given(st.data())
def test_the_witness_is_a_case_in_which_none_of_the_rules_holds(data: st.DataObject) -> None:
    space, rulebook = data.draw(a_space())
    ruled = [number for number in range(len(space.cut.table.rules)) if data.draw(st.booleans())]
    by = sum(1 << j for j, (rule, _) in enumerate(space.cut.boxes) if rule in ruled)
    found = space.uncovered({}, by)
    if found is None:
        return
    facts = space.witness(found)
    complete = {name: next(iter(field_values)) for name, field_values in _values(rulebook).items()} | facts
    known = facts.keys()
    flags = {space.variables[v].fact: cell for v, cell in found.items() if space.variables[v].aspect == "known"}
    assert all((fact in known) == bool(cell) for fact, cell in flags.items())
    if not any(cell == 0 for cell in flags.values()):
        assert not any(holds(space.cut.table.rules[i].when, complete, known) for i in ruled)


def _values(rulebook: Rulebook) -> dict[str, list[object]]:
    return {name: list(candidates(field, ())) for name, field in rulebook.fields.items()}


@given(a_space())
def test_past_the_budget_nothing_is_said(drawn: tuple[Space, Rulebook]) -> None:
    space, _ = drawn
    try:
        at_once = space.uncovered({}, space.every, Budget(0))
    except Unproven:
        return
    assert at_once == space.uncovered({}, space.every)


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(0, 3_000)), max_size=20))
def test_proofs_share_what_they_may_take_together(proofs: list[tuple[int, int]]) -> None:
    budget = Budget(each=40, together=500)
    for states, boxes in proofs:
        before = budget.next
        budget.spend(states, boxes)
        assert 0 <= budget.next <= before <= 40
    budget.spend(500, 0)
    assert budget.next == 0
