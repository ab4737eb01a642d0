"""RK301: cases that no rule takes, where there is no `otherwise`."""

from __future__ import annotations

from collections.abc import Iterator

from reformkit.checking.ground import ProofGround, on_days
from reformkit.problem import Problem


def gaps(ground: ProofGround) -> Iterator[Problem]:
    """One problem for a decision that leaves cases without a result."""
    for name, stands in ground.stands.items():
        table = ground.rulebook.decisions[name]
        if table.hit == "collect" or table.otherwise is not None:
            continue
        points = {}
        for stand in stands:
            with ground.proving(name):
                point = stand.space.uncovered({}, stand.every, ground.budget)
                if point is not None:
                    points[stand] = point
        if points:
            stand = max(points, key=lambda s: (s.until is None, -len(points[s])))
            shown = ground.shown(stand, points[stand])
            yield Problem(
                "RK301",
                table.place,
                {"decision": table.title, "days": on_days(points, stands)},
                decision=name,
                witness=shown.witness,
                as_of=shown.as_of,
                expect={name: {"status": "decided"}},
            )
