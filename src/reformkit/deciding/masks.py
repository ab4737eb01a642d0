"""The boxes of a table as masks: for each variable and cell, one integer with a bit for each box.

The boxes that hold of a case are the AND of its cells' masks. The first box of the first rule
has the highest bit, so that the first rule that holds is a number's bit length.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from reformkit.deciding.boxes import Box, Cut
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
    table = cells.table
    numbers = {outcome: i for i, outcome in enumerate(table.outcomes)}
    upwards = cells.boxes[::-1]
    rule_of = [rule for rule, _ in upwards]
    outcome_of = [numbers[table.rules[rule].then] for rule in rule_of]
    masks, free = accepting([box for _, box in upwards], cells.variables)
    return Masks(
        table=table,
        variables=cells.variables,
        masks=masks,
        free=free,
        every=(1 << len(upwards)) - 1,
        rule_of=tuple(rule_of),
        outcome_of=tuple(outcome_of),
        of_rule=_gather(rule_of, len(table.rules)),
        of_outcome=_gather(outcome_of, len(table.outcomes)),
    )


def accepting(
    boxes: Sequence[Box], variables: Sequence[Variable]
) -> tuple[tuple[tuple[int, ...], ...], tuple[int, ...]]:
    """For each variable and cell the boxes that accept it, and for each variable those that do not test it;
    the box at place `i` is bit `i`."""
    tested = [[0] * len(v.samples) for v in variables]
    free = [(1 << len(boxes)) - 1] * len(variables)
    for bit, box in enumerate(boxes):
        for variable, accepted in box.items():
            free[variable] ^= 1 << bit
            for cell in bits(accepted):
                tested[variable][cell] |= 1 << bit
    return tuple(tuple(mask | free[v] for mask in row) for v, row in enumerate(tested)), tuple(free)


def _gather(labels: Iterable[int], count: int) -> tuple[int, ...]:
    gathered = [0] * count
    for bit, label in enumerate(labels):
        gathered[label] |= 1 << bit
    return tuple(gathered)
