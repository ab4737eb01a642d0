"""Which measures answer the causes of a case, in which order, and which they beat."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from reformkit.advising.mains import Mains
from reformkit.model.library import Edge, Library, Measure
from reformkit.model.vocabulary import Facts, Vocabulary

Subject = tuple[str, str | None]
"""A cause and the matter it is about (None: unknown)."""

MOST_REMEMBERED = 20_000


@dataclass(frozen=True, slots=True)
class Beaten:
    """A measure that also touches a cause, and why it is not the one that answers it."""

    measure: Measure
    edge: Edge


@dataclass(frozen=True, slots=True)
class PlannedMeasure:
    """One measure of a plan.

    `covers`: the causes that it answers (for `also`, touches). `edges`: why, one for each. `open`: those of
    the causes for which it may be the main measure, or not, as the facts in `hangs_on` turn out. `beat`:
    what touches the same causes.
    """

    measure: Measure
    role: Literal["main", "also"]
    covers: tuple[str, ...]
    edges: tuple[Edge, ...]
    subjects: tuple[Subject, ...]
    open: tuple[str, ...] = ()
    hangs_on: tuple[str, ...] = ()
    beat: tuple[Beaten, ...] = ()

    @property
    def certain(self) -> bool:
        """Whether it is the main measure of some cause, whatever is still unknown."""
        return len(self.open) < len(self.covers)


@dataclass(frozen=True, slots=True)
class Plan:
    """The main measures of some causes, those that also touch them, and the causes without any."""

    mains: tuple[PlannedMeasure, ...] = ()
    also: tuple[PlannedMeasure, ...] = ()
    uncovered: tuple[str, ...] = ()


@dataclass(slots=True)
class _Gathered:
    subjects: list[Subject] = field(default_factory=list)
    settled: dict[str, None] = field(default_factory=dict)
    hangs_on: dict[str, None] = field(default_factory=dict)


class Planner:
    """Plans over one library; equal questions are answered once."""

    def __init__(self, library: Library, vocabulary: Vocabulary) -> None:
        self.library = library
        self.mains = Mains(library, vocabulary)
        self.asked = tuple(sorted(self.mains.facts - {"matter"} | {"industry"}))
        """The facts of a case on which its plan depends."""
        self._remembered: dict[object, Plan] = {}

    def plan(self, causes: frozenset[str], found: tuple[Subject, ...], facts: Facts, layer: str | None) -> Plan:
        """The measures for some causes, of which those `found` have a matter: mains by most causes
        answered, then those that name the industry, then the layer, then by id."""
        key = (causes, found, layer, *[facts.get(name) for name in self.asked])
        plan = self._remembered.get(key)
        if plan is None:
            if len(self._remembered) >= MOST_REMEMBERED:
                self._remembered.clear()
            without = sorted(causes - {cause for cause, _ in found})
            subjects = (*dict.fromkeys(found), *((cause, None) for cause in without))
            plan = self._remembered[key] = self._plan(subjects, facts, layer)
        return plan

    def _plan(self, subjects: tuple[Subject, ...], facts: Facts, layer: str | None) -> Plan:
        gathered: dict[str, _Gathered] = {}
        uncovered: dict[str, None] = {}
        for cause, matter in subjects:
            main = self.mains.of(cause, facts if matter is None else {**facts, "matter": matter})
            if main.none:
                uncovered[cause] = None
            for measure_id in main.measures:
                entry = gathered.setdefault(measure_id, _Gathered())
                entry.subjects.append((cause, matter))
                entry.hangs_on.update(dict.fromkeys(main.hangs_on))
                if not main.hangs_on:
                    entry.settled[cause] = None
        mains = [self._choice(found, "main", entry, gathered) for found, entry in gathered.items()]
        touching: dict[str, _Gathered] = {}
        for cause, matter in subjects:
            for measure, _ in self.library.edges.get(cause, ()):
                if measure.id not in gathered:
                    entry = touching.setdefault(measure.id, _Gathered())
                    entry.settled[cause] = None
                    if (cause, matter) not in entry.subjects:
                        entry.subjects.append((cause, matter))
        also = [self._choice(found, "also", entry, {}) for found, entry in touching.items()]
        return Plan(self._ordered(mains, facts, layer), self._ordered(also, facts, layer), tuple(uncovered))

    def _choice(
        self, measure_id: str, role: Literal["main", "also"], entry: _Gathered, chosen: dict[str, _Gathered]
    ) -> PlannedMeasure:
        measure = self.library.measures[measure_id]
        covers = tuple(dict.fromkeys(cause for cause, _ in entry.subjects))
        edges = tuple(_edge(measure, cause, role) for cause in covers)
        rivals = {
            other.id: Beaten(other, _edge(other, cause, "also"))
            for cause in covers
            for other, _ in self.library.edges.get(cause, ())
            if other.id != measure_id and other.id not in chosen
        }
        return PlannedMeasure(
            measure,
            role,
            covers,
            edges,
            tuple(entry.subjects),
            tuple(cause for cause in covers if cause not in entry.settled),
            tuple(entry.hangs_on),
            tuple(rivals.values()) if role == "main" else (),
        )

    @staticmethod
    def _ordered(choices: list[PlannedMeasure], facts: Facts, layer: str | None) -> tuple[PlannedMeasure, ...]:
        industry = facts.get("industry")
        return tuple(
            sorted(
                choices,
                key=lambda c: (
                    not c.certain,
                    len(c.open) - len(c.covers),
                    not c.measure.names_industry(industry),
                    layer not in c.measure.layers,
                    c.measure.id,
                ),
            )
        )


def _edge(measure: Measure, cause: str, role: str) -> Edge:
    """The edge of a measure to a cause, the one of the wanted role first."""
    edges = [edge for edge in measure.addresses if edge.cause == cause]
    return min(edges, key=lambda edge: edge.role != role)
