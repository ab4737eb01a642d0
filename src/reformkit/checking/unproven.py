"""RK308: what the budget left unproven."""

from __future__ import annotations

from collections.abc import Iterator

from reformkit.checking.ground import ProofGround
from reformkit.checking.listing import some_rules
from reformkit.problem import Problem
from reformkit.text import Text

_WHOLE = Text("决策整体", "the decision as a whole")
_WHOLE_AND_RULES = Text("{whole}、规则{rules}", "{whole}, {rules}")


def left_unproven(ground: ProofGround) -> Iterator[Problem]:
    """One note for a decision about whose rules something was left open, with all of these rules."""
    for name, noted in ground.unproven.items():
        table = ground.rulebook.decisions[name]
        rules = tuple(rule.id for rule in table.rules if rule.id in noted)
        what = some_rules(rules) if rules else _WHOLE
        if rules and None in noted:
            what = _WHOLE_AND_RULES.fill(whole=_WHOLE, rules=what)
        values = {"decision": table.title, "what": what}
        yield Problem("RK308", table.place, values, decision=name, rules=rules)
