"""The measure library: causes under three weak points, references, and the measures that answer."""

from __future__ import annotations

from functools import cached_property
from typing import Literal

from reformkit.model.condition import Condition
from reformkit.model.node import Node
from reformkit.model.period import ALWAYS, Period
from reformkit.text import Text

Checked = Literal["clause", "reprint", "title", "none"]
"""How far a reference was checked: clause read, clause read in a reprint, title only, nothing."""

Start = Literal["letter_received", "decision_announced", "plan_approved"]
"""The day from which a measure's days count."""


class WeakPoint(Node):
    """One of the three directions of analysis, with the category of measures that answers it."""

    node: Literal["weak_point"] = "weak_point"
    id: str
    label: Text
    category: Text | None = None


class Cause(Node):
    """A root cause (症结): why something could happen."""

    node: Literal["cause"] = "cause"
    id: str
    label: Text
    weak_point: str
    note: Text | None = None


class Clause(Node):
    """One clause that was read, with the time in which it may be cited under this number.

    `document` names the text it stands in where a reference joins several that are read together.
    """

    node: Literal["clause"] = "clause"
    id: str
    at: Text
    document: Text | None = None
    quote: str | None = None
    gist: Text | None = None
    checked: Checked
    period: Period = ALWAYS
    since_note: Text | None = None


class Reference(Node):
    """A document that measures and rules cite, and how far it was checked.

    `uncited`: kept on purpose although nothing cites it.
    """

    node: Literal["reference"] = "reference"
    id: str
    title: Text
    issuer: Text | None = None
    history: Text | None = None
    checked: Checked
    note: Text | None = None
    citable: bool = True
    uncited: bool = False
    clauses: dict[str, Clause] = {}


class Citation(Node):
    """A measure's basis: a clause it relies on or refers to, or an assumption of the library.

    `when` limits it to the cases that it binds (a law on state firms binds only those).
    """

    node: Literal["citation"] = "citation"
    kind: Literal["reference", "report", "practice", "assumption"]
    ref: str | None = None
    clause: str | None = None
    use: Literal["rely", "refer"] = "refer"
    at: Text | None = None
    when: Condition | None = None


class Edge(Node):
    """From a cause to a measure: `main` answers the cause itself, `also` touches it.

    A main edge with a condition is main only where that holds, and `also` elsewhere.
    """

    node: Literal["edge"] = "edge"
    cause: str
    role: Literal["main", "also"]
    when: Condition | None = None
    why: Text


class Variant(Node):
    """The wording of a measure for some industries; no criteria of its own means the general ones."""

    node: Literal["variant"] = "variant"
    industries: tuple[str, ...]
    text: Text
    accept: tuple[Text, ...] = ()


class Measure(Node):
    """One of the measures, with everything needed to suggest it and to check that it was done."""

    node: Literal["measure"] = "measure"
    id: str
    title: Text
    weak_point: str
    text: Text
    addresses: tuple[Edge, ...]
    variants: tuple[Variant, ...] = ()
    layers: tuple[str, ...] = ()
    practices: dict[str, Text] = {}
    lead: Text
    due_days: int
    due_from: Start
    accept: tuple[Text, ...]
    evidence: tuple[Text, ...] = ()
    serves: tuple[str, ...] = ()
    basis: tuple[Citation, ...] = ()

    def variant(self, industry: object) -> Variant | None:
        """The wording written for an industry, if there is one."""
        return next((v for v in self.variants if industry in v.industries), None)


class Library(Node):
    """Causes, references and measures, each by id."""

    node: Literal["library"] = "library"
    weak_points: dict[str, WeakPoint]
    causes: dict[str, Cause]
    references: dict[str, Reference]
    measures: dict[str, Measure]

    def by_weak_point(self, weak_point: str) -> tuple[Measure, ...]:
        """The measures of one weak point, in declared order."""
        return tuple(m for m in self.measures.values() if m.weak_point == weak_point)

    def by_cause(self, cause: str) -> tuple[Measure, ...]:
        """The measures that answer or touch a cause; those that are main for it come first."""
        linked = [(e, m) for m, e in self.edges.get(cause, ())]
        roles = {m.id: min((e.role != "main") for e, n in linked if n is m) for _, m in linked}
        return tuple(sorted((self.measures[i] for i in roles), key=lambda m: roles[m.id]))

    def by_industry(self, industry: str) -> tuple[Measure, ...]:
        """The measures that have a wording of their own for an industry."""
        return tuple(m for m in self.measures.values() if m.variant(industry))

    def by_layer(self, layer: str) -> tuple[Measure, ...]:
        """The measures meant for a layer. The layer shapes the practice; it never hides a measure."""
        return tuple(m for m in self.measures.values() if layer in m.layers)

    @cached_property
    def edges(self) -> dict[str, tuple[tuple[Measure, Edge], ...]]:
        """For each cause, the measures that name it with the edge that does."""
        found: dict[str, list[tuple[Measure, Edge]]] = {}
        for measure in self.measures.values():
            for edge in measure.addresses:
                found.setdefault(edge.cause, []).append((measure, edge))
        return {cause: tuple(pairs) for cause, pairs in found.items()}
