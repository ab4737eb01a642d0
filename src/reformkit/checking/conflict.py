"""RK302: rules that may hold together, where only one may or where they must agree."""

from __future__ import annotations

from collections.abc import Iterator

from reformkit.checking.ground import DatedDecision, ProofGround, on_days
from reformkit.checking.listing import some_rules
from reformkit.deciding.boxes import Box, meet
from reformkit.deciding.cells import bits
from reformkit.problem import Problem
from reformkit.text import Text

_MUST = {
    "unique": Text("只能有一条规则成立", "only one rule may hold"),
    "any": Text("同时成立的规则结论须一致", "rules that hold together must agree"),
}


def conflicts(ground: ProofGround) -> Iterator[Problem]:
    """One problem for a rule that may hold together with earlier ones against the hit policy."""
    for name, table in ground.tables.items():
        if table.hit not in _MUST:
            continue
        order = {rule.id: number for number, rule in enumerate(table.rules)}
        for rule, stands in ground.rules(name):
            clashing: dict[DatedDecision, tuple[str, Box]] = {}
            partners: dict[str, None] = {}
            for stand in stands:
                clashes = list(_clashes(stand, rule.id))
                if clashes:
                    clashing[stand] = min(clashes, key=lambda clash: len(clash[1]))
                    partners.update(dict.fromkeys(partner for partner, _ in clashes))
            if not clashing:
                continue
            earlier = tuple(sorted(partners, key=order.__getitem__))
            stand = max(clashing, key=lambda s: (s.until is None, -len(clashing[s][1])))
            partner, both = clashing[stand]
            shown = ground.shown(stand, stand.space.point_of(both), stand.of_rule[rule.id], stand.of_rule[partner])
            values = {
                "rule": rule.id,
                "partners": some_rules(earlier),
                "decision": table.title,
                "must": _MUST[table.hit],
                "days": on_days(clashing, ground.stands[name]),
            }
            yield Problem(
                "RK302",
                rule.place,
                values,
                decision=name,
                rule=rule.id,
                rules=earlier,
                witness=shown.witness,
                as_of=shown.as_of,
                expect={name: {"status": "decided"}},
            )


def _clashes(stand: DatedDecision, rule: str) -> Iterator[tuple[str, Box]]:
    """The earlier rules that clash with a rule, with where they meet."""
    for bit, box in stand.boxes(rule):
        earlier = stand.space.meeting(box) & ((1 << bit) - 1) & ~stand.group(rule)
        for other in bits(earlier):
            both = meet(box, stand.space.box_of(other))
            if both is not None:
                yield stand.rule_of[other], both
