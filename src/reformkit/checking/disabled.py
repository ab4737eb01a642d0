"""RK311: rules that are switched off."""

from __future__ import annotations

from collections.abc import Iterator

from reformkit.checking.ground import ProofGround
from reformkit.problem import Problem


def disabled_rules(ground: ProofGround) -> Iterator[Problem]:
    """One note for each rule that says `enabled: false`: nothing else is proven of it."""
    for name, table in ground.tables.items():
        for rule in table.disabled:
            yield Problem("RK311", rule.place, {"rule": rule.id}, decision=name, rule=rule.id)
