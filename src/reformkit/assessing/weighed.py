"""One case with its decisions: what people stated and rules decided, causes, measures."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cached_property

from reformkit.advising.advice import Advice
from reformkit.advising.ground import Ground
from reformkit.advising.recommend import Recommendation
from reformkit.assessing.causes import AssessedCause, found_causes
from reformkit.assessing.prepared import Prepared
from reformkit.deciding.before_rules import first_day
from reformkit.deciding.signals import Count
from reformkit.model.case import Case
from reformkit.model.decision import Decision
from reformkit.model.library import Measure
from reformkit.model.vocabulary import Facts
from reformkit.problem import Problem
from reformkit.text import Text

_WITHHELD = Text("研判意见为“{label}”，不提措施建议。", "The result is “{label}”; no measures are suggested.")

NOT_STARTED = ("no", "stopped")
"""Outcomes of `startup` under which nothing is recommended."""

NO_LAYER = "none"
"""The outcome of `layer` that is no layer."""


class Weighed:
    """A case with its decisions; causes and recommendations are worked out when read.

    `book` is what it was assessed with. What is open and what to ask stands in `questions`, words in `reporting`.
    """

    case: Case
    decisions: dict[str, Decision]
    as_of: date | None
    letter_on: date | None
    counts: Mapping[str, Count]
    has_history: bool

    def __init__(
        self,
        book: Prepared,
        case: Case,
        facts: Facts,
        decisions: dict[str, Decision],
        as_of: date | None,
        counts: Mapping[str, Count],
        has_history: bool,
        letter_on: date | None = None,
    ) -> None:
        self.book = book
        self.case = case
        self.decisions = decisions
        self.as_of = as_of
        self.letter_on = letter_on
        self.counts = counts
        self.has_history = has_history
        self._facts = facts
        self._advice: Advice | None = None  # worked out when first read (cheaper than cached_property)
        self._advised = False

    @property
    def startup(self) -> Decision:
        """Whether reform starts. Raises KeyError where the rulebook does not decide it."""
        return self.decisions["startup"]

    @property
    def layer(self) -> Decision:
        """At which layer. Raises KeyError where the rulebook does not decide it."""
        return self.decisions["layer"]

    @property
    def day(self) -> date | None:
        """The day whose rules applied; None when nothing dates the case."""
        return self.book.dates.in_force(self._facts, self.as_of)

    @property
    def letter_day(self) -> date | None:
        """The day whose law a demand rests on: that of the letter, else that whose rules applied."""
        return self.book.dates.of_letter(self._facts, self.as_of, self.letter_on)

    @property
    def facts(self) -> Facts:
        """The facts of the case with the signals that were counted; what is stated wins."""
        return self._facts

    @property
    def _said(self) -> Facts:
        """The facts with each text as it is written."""
        facts = self.case.facts
        return self._facts if facts.compared is facts else {**self._facts, **facts}

    @property
    def problems(self) -> tuple[Problem, ...]:
        """The warnings of the case: what reading took in another way than it was written, or not at all, what of it
        cannot be true together, and that no rule was asked because its day lies before the rules."""
        book, place = self.book, self.case.place
        contradicting = book.contradictions.found(self._facts, book.dates.judged(self._facts, self.as_of), place)
        return (*self.case.problems, *contradicting, *book.before_rules.of_case(self._facts, self.as_of, place))

    def not_yet_in_force(self, decision: str) -> date | None:
        """The first day with a rule in force, where the case's own day lies before it; else None."""
        table = self.book.rulebook.decisions[decision]
        first = first_day(table)
        return first if self.day is not None and first is not None and self.day < first else None

    @property
    def digest(self) -> str:
        """The SHA-256 of the rulebook and library that gave this."""
        return self.book.digest

    # --- causes and measures ---------------------------------------------------------------------------

    @cached_property
    def causes(self) -> list[AssessedCause]:
        """The causes found, in the vocabulary's order, then those suspected, in the order of their rules."""
        book = self.book
        suspected = book.shared.suspicions.of(self.decisions.get(book.diagnosis), self._suspected)
        return [*found_causes(book.cause_items, self.found, self.case.findings), *suspected]

    @property
    def found(self) -> frozenset[str]:
        """The causes that the analysis of the case found."""
        causes = self._facts.get(self.book.causes_fact)
        return causes if isinstance(causes, frozenset) else frozenset()

    @property
    def _suspected(self) -> frozenset[str]:
        diagnosis = self.decisions.get(self.book.diagnosis)
        return frozenset() if diagnosis is None else frozenset(diagnosis.outcomes) - self.found

    @property
    def withheld(self) -> Text | None:
        """Why nothing is recommended; None when recommending goes on."""
        outcome = self.not_started
        if outcome is None:
            return None
        label = self.book.rulebook.decisions["startup"].outcomes[outcome].label
        return _WITHHELD.fill(label=label)

    @property
    def not_started(self) -> str | None:
        """The outcome of `startup` under which nothing is recommended; None where recommending goes on."""
        outcome = self.settled("startup")
        return outcome if outcome in NOT_STARTED else None

    def settled(self, name: str) -> str | None:
        """The outcome that goes on: the one a person stated, else the one decided."""
        stated: str | None = self._facts.get(name)
        decision = self.decisions.get(name)
        return stated if stated is not None or decision is None else decision.outcome

    @property
    def stated(self) -> dict[str, str]:
        """The outcomes that a person set, whatever the rules say; what builds on them follows these."""
        return {name: self._facts[name] for name in self.decisions if name in self._facts}

    @property
    def _layer(self) -> str | None:
        """The layer that shapes the practice; None where it is undecided or none."""
        layer = self.settled("layer")
        return None if layer == NO_LAYER else layer

    @property
    def as_for_a_point(self) -> bool:
        """Whether the measures are given as for a point because no layer is settled."""
        return "layer" in self.decisions and self._layer is None

    @cached_property
    def ground(self) -> Ground | None:
        """What recommending starts from; None without a library, or where reform does not start."""
        library = self.book.library
        if library is None or self.not_started is not None:
            return None
        layer, findings = self._layer or "point", self.case.findings or ()
        return Ground(library, self.book.fields, self._facts, self._said, findings, layer, self.letter_day)

    @property
    def advice(self) -> Advice | None:
        """What the library advises; None without a library, or where reform does not start."""
        if not self._advised:
            self._advice, self._advised = self._advise(), True
        return self._advice

    def _advise(self) -> Advice | None:
        planner, repeated, ground = self.book.planner, self.book.shared.repeated, self.ground
        if planner is None or repeated is None or ground is None:
            return None
        return Advice(planner, repeated, ground, self.found, self._suspected, self.book.recommendation_order)

    @property
    def recommendations(self) -> tuple[Recommendation, ...]:
        """The measures for the causes found: the one that answers most causes first, or in the order of `Book.with_order`."""
        return () if self.advice is None else self.advice.recommendations

    @property
    def also(self) -> tuple[Recommendation, ...]:
        """Measures that touch the causes found without being the answer to one of them."""
        return () if self.advice is None else self.advice.also

    @property
    def suspected(self) -> tuple[Recommendation, ...]:
        """The measures for causes that are only suspected: 待核实."""
        return () if self.advice is None else self.advice.suspected

    @property
    def uncovered(self) -> tuple[str, ...]:
        """Causes found for which the library has no main measure."""
        return () if self.advice is None else self.advice.uncovered

    def not_recommended(self, measure: str | Measure) -> Text:
        """Why a measure is not recommended (or that it is). Raises KeyError for one the library lacks."""
        library = self.book.library
        if library is None:
            raise KeyError(measure)
        known = library.measures[measure if isinstance(measure, str) else measure.id]
        if self.advice is None:
            assert self.withheld is not None
            return self.withheld
        return self.advice.why_not(known)

    def __repr__(self) -> str:
        results = ", ".join(f"{name}={d.outcome or d.status}" for name, d in self.decisions.items())
        return f"{type(self).__name__}({self.case.id!r}, {results})"
