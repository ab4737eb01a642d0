"""The boxes of a table as masks: for each variable and cell, one integer with a bit for each box.

The boxes that hold of a case are the AND of its cells' masks. The first box of the first rule
has the highest bit, so that the first rule that holds is a number's bit length.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from reformkit.deciding.boxes import Cut
from reformkit.deciding.cells import Variable, bits
from reformkit.model.rulebook import DecisionTable


@dataclass(frozen=True, slots=True)
class Masks:
    """The compiled table.

    `masks[v][c]`: the boxes that accept cell `c` of variable `v`. `free[v]`: those that do not test `v`.
    `rule_of[b]`, `outcome_of[b]`: the number of the rule and of the outcome of the box at bit `b`.
    `of_rule[r]`, `of_outcome[o]`: the boxes of a rule, of an outcome.
    """

    table: DecisionTable
    variables: tuple[Variable, ...]
    masks: tuple[tuple[int, ...], ...]
    free: tuple[int, ...]
    every: int
    rule_of: tuple[int, ...]
    outcome_of: tuple[int, ...]
    of_rule: tuple[int, ...]
    of_outcome: tuple[int, ...]


def stack(cells: Cut) -> Masks:
    """The masks of a table's boxes."""
    table, count = cells.table, len(cells.boxes)
    every = (1 << count) - 1
    tested = [[0] * len(v.samples) for v in cells.variables]
    free = [every] * len(cells.variables)
    numbers = {outcome: i for i, outcome in enumerate(table.outcomes)}
    rule_of, outcome_of = [0] * count, [0] * count
    for place, (rule, box) in enumerate(cells.boxes):
        bit = count - 1 - place
        rule_of[bit], outcome_of[bit] = rule, numbers[table.rules[rule].then]
        for variable, accepted in box.items():
            free[variable] ^= 1 << bit
            for cell in bits(accepted):
                tested[variable][cell] |= 1 << bit
    return Masks(
        table=table,
        variables=cells.variables,
        masks=tuple(tuple(mask | free[v] for mask in row) for v, row in enumerate(tested)),
        free=tuple(free),
        every=every,
        rule_of=tuple(rule_of),
        outcome_of=tuple(outcome_of),
        of_rule=_gather(rule_of, len(table.rules)),
        of_outcome=_gather(outcome_of, len(table.outcomes)),
    )


def _gather(labels: Iterable[int], count: int) -> tuple[int, ...]:
    gathered = [0] * count
    for bit, label in enumerate(labels):
        gathered[label] |= 1 << bit
    return tuple(gathered)
