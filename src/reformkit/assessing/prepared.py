"""A rulebook and its library made ready once: what every room below `Book` decides and advises with."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property

from reformkit.advising.ordering import RecommendationOrder
from reformkit.advising.plan import Planner
from reformkit.assessing.shared import Shared
from reformkit.deciding.before_rules import BeforeRules
from reformkit.deciding.chain import Chain
from reformkit.deciding.contradictions import Contradictions
from reformkit.deciding.prepared_signal import prepared_signals
from reformkit.durable.engine import DurableTable
from reformkit.intake.facts import Checker
from reformkit.model.case import Case
from reformkit.model.digest import digest_of, digests, practice_digests
from reformkit.model.first_digest import first_digest
from reformkit.model.library import Library
from reformkit.model.rulebook import Rulebook
from reformkit.model.vocabulary import Choice, Field
from reformkit.problem import Problem
from reformkit.text import Text
from reformkit.wording.decisions import say_titled


class Prepared:
    """A rulebook compiled, with what checks facts, advises measures and names things; `problems` holds its warnings."""

    rulebook: Rulebook
    library: Library | None
    problems: tuple[Problem, ...]
    recommendation_order: RecommendationOrder | None
    """The order that the caller brought; None for that of the library."""

    diagnosis = "diagnosis"
    """The decision whose outcomes are suspected causes."""

    screening = "screening"
    """The decision that advises the gates; it decides nothing."""

    def __init__(
        self,
        rulebook: Rulebook,
        library: Library | None,
        problems: Sequence[Problem],
        order: RecommendationOrder | None = None,
    ) -> None:
        self.rulebook = rulebook
        self.recommendation_order = order
        self.library = library
        self.problems = tuple(problems)
        self.dates = rulebook.vocabulary.dates
        self.contradictions = Contradictions(rulebook)
        self.before_rules = BeforeRules(rulebook)
        self.chain = Chain(rulebook, DurableTable, say_titled)
        self.signals = prepared_signals(rulebook)
        self.checker = Checker(rulebook)
        self.planner = None if library is None else Planner(library, rulebook.vocabulary)
        causes = rulebook.vocabulary.gathered.get("cause")
        self.causes_fact = "causes" if causes is None else causes.name
        tables = {name: rulebook.decisions[name] for name in rulebook.order}
        self.shared = Shared(
            tables, self.fields, self.cause_items, library, diagnosis=self.diagnosis, screening=self.screening
        )

    def take_over(self, before: Prepared) -> None:
        """Take what another book has compiled of what is the same in both: when a rulebook is read again after an edit."""
        self.chain.take_over(before.chain)

    def contradicted(self, cases: Iterable[Case]) -> Iterator[Problem]:
        """The warnings of cases that say what cannot be true together, each at its case's place."""
        for case in cases:
            yield from self.contradictions.found(case.facts, self.dates.judged(case.facts, None), case.place)

    def dated_before_rules(self, cases: Iterable[Case], as_of: date | None) -> Iterator[Problem]:
        """The warnings of cases whose day lies before the rules of a decision, each at its case's place."""
        for case in cases:
            for problem in self.before_rules.of_case(case.facts, as_of, case.place):
                yield replace(problem, case=case.id or None)

    @property
    def cause_items(self) -> Mapping[str, Choice]:
        """The causes that the vocabulary knows, each with its label and weak point, with or without a library."""
        field = self.rulebook.fields.get(self.causes_fact)
        return {} if field is None else field.values

    @cached_property
    def weak_point_labels(self) -> Mapping[str, Text]:
        """What the weak points of causes are called: by the library, else by the fact that is derived from them."""
        if self.library is not None:
            return {point.id: point.label for point in self.library.weak_points.values()}
        grouped = (f for f in self.rulebook.fields.values() if f.derived and f.derived.group_of == self.causes_fact)
        return {item.id: item.label for field in grouped for item in field.values.values()}

    @cached_property
    def fields(self) -> Mapping[str, Field]:
        """Every fact that a rule or a measure may ask for, those of a finding included."""
        return {**self.rulebook.fields, **self.rulebook.vocabulary.finding_fields}

    @cached_property
    def digests(self) -> Mapping[str, str]:
        """The SHA-256 of each part: `rules`, `library`, `procedures`, `letters` and `figures`, those that there are.

        Any edit of what a part means changes its digest, and no other; comments, places and language do not count.
        """
        return {**self.deciding, **practice_digests(self.rulebook)}

    @cached_property
    def deciding(self) -> Mapping[str, str]:
        """The SHA-256 of the parts that an assessment follows from, `rules` and `library`."""
        return digests(self.rulebook, self.library)

    @cached_property
    def digest(self) -> str:
        """The SHA-256 of the parts that decide, together."""
        return digest_of(dict(self.deciding))

    @property
    def order_name(self) -> str | None:
        """The name of the order of recommendations; None for that of the library."""
        return None if self.recommendation_order is None else self.recommendation_order.name

    @cached_property
    def first_digest(self) -> str:
        """The digest that reformkit 0.1 would have made, by which its receipts and journals are known."""
        return first_digest(self.rulebook, self.library)
