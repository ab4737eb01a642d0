"""RK401, RK402: causes that have no main measure for some cases, or more than one."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import Any

from reformkit.advising.mains import Mains
from reformkit.checking.ground import ProofGround
from reformkit.checking.listing import some_rules
from reformkit.deciding.boxes import TooManyBoxes, cut, meet
from reformkit.deciding.cover import Point, Space, Unproven
from reformkit.model.library import Cause
from reformkit.model.rulebook import DecisionTable
from reformkit.model.vocabulary import Field
from reformkit.problem import Problem
from reformkit.text import COMMA, Text

_KNOWN = Text("{label}为“{labels}”", "`{name}` is `{values}`")
_SUCH_AS, _BETWEEN = Text("（例如{facts}）", " (such as where {facts})"), Text("、", " and ")


def unanswered_causes(ground: ProofGround) -> Iterator[Problem]:
    """One problem for a cause that has no main measure, at least in some cases."""
    for cause, table, space in _choices(ground):
        if table is None or space is None:
            yield _problem("RK401", cause, {"cause": cause.label, "cases": Text("", "")}, {})
        elif table.otherwise is None:
            try:
                point = space.uncovered({}, space.every, ground.budget)
            except Unproven:
                continue
            if point is not None:
                cases = said_point(space, point, _fields(ground))
                yield _problem("RK401", cause, {"cause": cause.label, "cases": cases}, space.witness(point))


def ambiguous_causes(ground: ProofGround) -> Iterator[Problem]:
    """One problem for two measures that are both main for one cause in some case: the order of files decides."""
    for cause, table, space in _choices(ground):
        if table is None or space is None:
            continue
        for one, other in combinations(space.cut.boxes, 2):
            first, second = table.rules[one[0]], table.rules[other[0]]
            both = meet(one[1], other[1])
            if first.then != second.then and both is not None:
                point = space.point_of(both)
                values = {
                    "cause": cause.label,
                    "measures": some_rules([first.then, second.then]),
                    "cases": said_point(space, point, _fields(ground)),
                }
                yield _problem("RK402", cause, values, space.witness(point), (first.then, second.then))
                break


def _problem(
    code: str, cause: Cause, values: dict[str, Any], facts: dict[str, Any], rules: tuple[str, ...] = ()
) -> Problem:
    plain = {name: sorted(value) if isinstance(value, frozenset) else value for name, value in facts.items()}
    finding: dict[str, Any] = {"cause": cause.id}
    if "matter" in plain:
        finding["matter"] = plain.pop("matter")
    return Problem(code, cause.place, values, rules=rules, witness={**plain, "findings": [finding]})


def _fields(ground: ProofGround) -> dict[str, Field]:
    vocabulary = ground.rulebook.vocabulary
    return {**vocabulary.case_fields, **vocabulary.finding_fields}


def _choices(ground: ProofGround) -> Iterator[tuple[Cause, DecisionTable | None, Space | None]]:
    """Each cause with the small decision that chooses its main measure; None where there is none."""
    if ground.library is None:
        return
    tables = Mains(ground.library, ground.rulebook.vocabulary).tables
    for id, cause in ground.library.causes.items():
        table = tables[id].table if id in tables else None
        if table is None or (not table.rules and table.otherwise is None):
            yield cause, None, None
            continue
        try:
            yield cause, table, Space(cut(table, _fields(ground)))
        except TooManyBoxes:
            continue


def said_point(space: Space, point: Point, fields: dict[str, Field]) -> Text:
    """Where a point lies, in labels, to be added to a message."""
    known = []
    for name, value in space.witness(point).items():
        field = fields[name]
        values = sorted(value) if isinstance(value, frozenset) else [value]
        labels = [field.label_of(each) if isinstance(each, str) else str(each) for each in values]
        known.append(
            _KNOWN.fill(label=field.label, labels=COMMA.join(labels), name=name, values=COMMA.join(map(str, values)))
        )
    return _SUCH_AS.fill(facts=_BETWEEN.join(known)) if known else Text.same("")
