"""The measure library: causes under three weak points, references, and the measures that answer."""

from __future__ import annotations

from collections.abc import Mapping
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

WORDED_BY = ("cause", "matter", "industry", "unit_kind")
"""What the wording of a measure turns on: the cause and the matter of a finding, and two facts of the case."""


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

    `causes` are those that it is about; none: whatever the measure answers. `when` limits it to the cases that it
    binds (a law on state firms binds only those) and to the matters that it is about.
    """

    node: Literal["citation"] = "citation"
    kind: Literal["reference", "report", "practice", "assumption"]
    ref: str | None = None
    clause: str | None = None
    use: Literal["rely", "refer"] = "refer"
    at: Text | None = None
    causes: tuple[str, ...] = ()
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
    """The wording of a measure for what it names: causes, matters, industries, kinds of units; what it leaves open is any.

    Where it has no criteria, lead or papers of its own, the general ones hold.
    """

    node: Literal["variant"] = "variant"
    industries: tuple[str, ...] = ()
    text: Text
    accept: tuple[Text, ...] = ()
    causes: tuple[str, ...] = ()
    matters: tuple[str, ...] = ()
    unit_kinds: tuple[str, ...] = ()
    lead: Text | None = None
    evidence: tuple[Text, ...] = ()

    @cached_property
    def named(self) -> tuple[tuple[str, frozenset[str]], ...]:
        """The facts that it names, each with the values for which it is written."""
        every = zip(WORDED_BY, (self.causes, self.matters, self.industries, self.unit_kinds), strict=True)
        return tuple((fact, frozenset(values)) for fact, values in every if values)

    @cached_property
    def rank(self) -> tuple[bool, ...]:
        """What it names, the cause first: the greater of two fits more closely."""
        return tuple(bool(v) for v in (self.causes, self.matters, self.industries, self.unit_kinds))

    def fits(self, facts: Mapping[str, object]) -> bool:
        """Whether everything that it names is so; what is not known is not."""
        return all(facts.get(fact) in values for fact, values in self.named)


class Holder(Node):
    """Who leads a measure, and with which papers, in some kinds of units (or industries, where the kind is not known)."""

    node: Literal["holder"] = "holder"
    unit_kinds: tuple[str, ...] = ()
    industries: tuple[str, ...] = ()
    lead: Text
    evidence: tuple[Text, ...] = ()

    def fits(self, facts: Mapping[str, object]) -> bool:
        """Whether it is for the unit of a case."""
        kind = facts.get("unit_kind")
        return kind in self.unit_kinds if kind is not None else facts.get("industry") in self.industries


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
    by_unit: tuple[Holder, ...] = ()

    def wording(self, facts: Mapping[str, object]) -> Variant | None:
        """The variant for a cause, matter, industry and unit kind; None where the general text holds.

        Of those that fit, the one that names the cause, then the matter, then the industry, then the unit kind;
        of two alike, the first.
        """
        return max((v for v in self.variants if v.fits(facts)), key=lambda v: v.rank, default=None)

    def lead_for(self, variant: Variant | None, facts: Mapping[str, object]) -> Text:
        """Who leads: as for the kind of unit, else as the wording says, else as the measure does."""
        holder = self._holder(facts)
        return holder.lead if holder else (variant.lead if variant else None) or self.lead

    def evidence_for(self, variant: Variant | None, facts: Mapping[str, object]) -> tuple[Text, ...]:
        """The papers that show that it was done: of the wording, else of the kind of unit, else of the measure."""
        holder = self._holder(facts)
        return (variant.evidence if variant else ()) or (holder.evidence if holder else ()) or self.evidence

    def _holder(self, facts: Mapping[str, object]) -> Holder | None:
        return next((holder for holder in self.by_unit if holder.fits(facts)), None)

    def names_industry(self, industry: object) -> bool:
        """Whether some wording is written for an industry."""
        return any(industry in v.industries for v in self.variants)


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
        return tuple(m for m in self.measures.values() if m.names_industry(industry))

    def by_layer(self, layer: str) -> tuple[Measure, ...]:
        """The measures meant for a layer. The layer shapes the practice; it never hides a measure."""
        return tuple(m for m in self.measures.values() if layer in m.layers)

    @cached_property
    def edges(self) -> dict[str, tuple[tuple[Measure, Edge], ...]]:
        """For each cause, the measures that name it with the edge that does."""
        pairs_of: dict[str, list[tuple[Measure, Edge]]] = {}
        for measure in self.measures.values():
            for edge in measure.addresses:
                pairs_of.setdefault(edge.cause, []).append((measure, edge))
        return {cause: tuple(pairs) for cause, pairs in pairs_of.items()}
