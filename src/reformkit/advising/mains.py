"""The main measure of each cause: a small decision of its own, by matter, industry or behaviour."""

from __future__ import annotations

from dataclasses import dataclass

from reformkit.deciding.boxes import cut
from reformkit.deciding.masks import stack
from reformkit.deciding.table import CompiledTable
from reformkit.model.condition import tests
from reformkit.model.library import Edge, Library, Measure
from reformkit.model.rulebook import DecisionTable, Otherwise, Rule
from reformkit.model.vocabulary import Choice, Facts, Field, Vocabulary


@dataclass(frozen=True, slots=True)
class Main:
    """The main measures that a cause may have, and the facts that would settle which.

    One measure and no `hangs_on`: it is settled. `none` says that for some values there is none at all.
    """

    measures: tuple[str, ...]
    hangs_on: tuple[str, ...] = ()
    none: bool = False


class Mains:
    """The choice of the main measure for every cause of a library."""

    def __init__(self, library: Library, vocabulary: Vocabulary) -> None:
        fields = {**vocabulary.case_fields, **vocabulary.finding_fields}
        self.tables = {cause: _table(cause, pairs, fields) for cause, pairs in library.edges.items()}
        self.facts = frozenset(
            test.fact
            for measure in library.measures.values()
            for edge in measure.addresses
            if edge.when is not None
            for test in tests(edge.when)
        )
        """The facts that some edge asks for."""

    def of(self, cause: str, facts: Facts) -> Main:
        """The main measure of a cause, given the facts of the case and of the finding (its matter)."""
        table = self.tables.get(cause)
        if table is None:
            return Main((), none=True)
        answer = table.decide(facts)
        possible = answer.settlement.possible
        measures = tuple(m for m in table.outcomes if m in possible)
        if answer.status == "undetermined":
            return Main(measures, tuple(fact for fact, _ in table.needs(facts, {})), "uncovered" in possible)
        return Main(measures, (), not measures)


def _table(cause: str, pairs: tuple[tuple[Measure, Edge], ...], fields: dict[str, Field]) -> CompiledTable:
    """Conditional mains in declared order, the first that holds; the unconditional one otherwise."""
    mains = [(measure, edge) for measure, edge in pairs if edge.role == "main"]
    default = next((measure.id for measure, edge in mains if edge.when is None), None)
    table = DecisionTable(
        id=cause,
        title=pairs[0][0].title,
        hit="first",
        outcomes={measure.id: Choice(id=measure.id, label=measure.title) for measure, _ in mains},
        rules=tuple(
            Rule(id=f"{measure.id}-{i}", when=edge.when, then=measure.id, place=edge.place)
            for i, (measure, edge) in enumerate(mains)
            if edge.when is not None
        ),
        otherwise=None if default is None else Otherwise(then=default),
    )
    return CompiledTable(stack(cut(table, fields)))
