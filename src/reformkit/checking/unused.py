"""RK403, RK404, RK405: measures that no cause has as its main one, references that nothing cites, missing criteria."""

from __future__ import annotations

from collections.abc import Iterator

from reformkit.advising.mains import Mains
from reformkit.checking.ground import ProofGround
from reformkit.deciding.boxes import TooManyBoxes, cut
from reformkit.deciding.cover import Budget, Space, Unproven
from reformkit.model.rulebook import DecisionTable
from reformkit.model.vocabulary import Field
from reformkit.problem import Problem


def idle_measures(ground: ProofGround) -> Iterator[Problem]:
    """One problem for a measure that is never the main one of a cause, so that it is never recommended."""
    library, vocabulary = ground.library, ground.rulebook.vocabulary
    if library is None:
        return
    fields = {**vocabulary.case_fields, **vocabulary.finding_fields}
    reached: set[str] = set()
    for table in Mains(library, vocabulary).tables.values():
        reached |= _chosen(table.table, fields, ground.budget)
    for measure in library.measures.values():
        if measure.id not in reached:
            yield Problem("RK403", measure.place, {"measure": measure.id, "title": measure.title}, rule=measure.id)


def _chosen(table: DecisionTable, fields: dict[str, Field], budget: Budget) -> set[str]:
    """The measures that a cause's small decision may come to; what cannot be proven counts as chosen."""
    every = {rule.then for rule in table.rules} | ({table.otherwise.then} if table.otherwise else set())
    outcomes: set[str] = set()
    try:
        space = Space(cut(table, fields))
        for bit, (number, box) in enumerate(space.cut.boxes):
            if space.uncovered(box, (1 << bit) - 1, budget) is not None:
                outcomes.add(table.rules[number].then)
        if table.otherwise and space.uncovered({}, space.every, budget) is not None:
            outcomes.add(table.otherwise.then)
    except (Unproven, TooManyBoxes):
        return every
    return outcomes


def uncited_references(ground: ProofGround) -> Iterator[Problem]:
    """One problem for a reference that no measure, letter or other part of the rulebook cites.

    One that is kept uncited on purpose, or is not to be cited, says so itself.
    """
    if ground.library is None:
        return
    cited = {citation.ref for measure in ground.library.measures.values() for citation in measure.basis}
    cited |= {basis.ref for basis in ground.rulebook.bases}
    for kind in ground.rulebook.letters.kinds.values() if ground.rulebook.letters else ():
        cited |= {citation.ref for citation in (*kind.legal_basis, *kind.consequences_basis)}
    for reference in ground.library.references.values():
        if reference.id not in cited and reference.citable and not reference.uncited:
            yield Problem("RK404", reference.place, {"ref": reference.id, "title": reference.title})


def missing_criteria(ground: ProofGround) -> Iterator[Problem]:
    """One problem for a measure without a criterion by which one sees that it was done."""
    for measure in ground.library.measures.values() if ground.library is not None else ():
        if not measure.accept:
            yield Problem("RK405", measure.place, {"measure": measure.id, "title": measure.title}, rule=measure.id)
