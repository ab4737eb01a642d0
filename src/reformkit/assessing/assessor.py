"""Assessing: a case goes in; whether reform starts, at which layer, why, and with which measures, comes out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Generic, Literal

from typing_extensions import TypeVar

from reformkit.advising.ordering import RecommendationOrder
from reformkit.assessing.history import CaseCounter, CaseCounts, CasesGiven, LiveCaseCounter, hang_on_the_day
from reformkit.assessing.prepared import Prepared
from reformkit.assessing.weighed import Weighed
from reformkit.deciding.signals import Count
from reformkit.intake.given import given_statement
from reformkit.model.case import Case
from reformkit.model.decision import Decision
from reformkit.model.library import Library
from reformkit.model.rulebook import Rulebook
from reformkit.model.vocabulary import Facts
from reformkit.problem import CaseError, Problem

W_co = TypeVar("W_co", bound=Weighed, default=Weighed, covariant=True)
"""What an assessment is held in: `Weighed` for the rooms below, `Assessment` for people."""

Statement = Case | Mapping[str, Any]
"""A case, or what is stated of one."""

History = Iterable[Statement] | CaseCounter
"""The cases that signals count over, or what counts over them."""

OnProblem = Literal["mark", "raise"]
"""Whether what is wrong with one case or row stands in its place, or stops the call."""


class Assessor(Prepared, Generic[W_co]):
    """A rulebook made ready that assesses cases; `kind` is the class of its assessments."""

    def __init__(
        self,
        kind: type[W_co],
        rulebook: Rulebook,
        library: Library | None,
        problems: Sequence[Problem],
        order: RecommendationOrder | None = None,
    ) -> None:
        super().__init__(rulebook, library, problems, order)
        self._kind = kind

    def assess(
        self,
        case: Statement,
        history: History | None = None,
        as_of: date | None = None,
        letter_on: date | None = None,
    ) -> W_co:
        """Every decision for one case; `history` are the cases that signals count over, unknown without it.

        Raises `CaseError` for facts that cannot be taken.
        """
        counter = self._counter_of(history, as_of)
        return self.counted(self.checker.case(case), counter, as_of, letter_on)

    def each_assessed(
        self,
        cases: Iterable[Statement],
        history: History | None = None,
        as_of: date | None = None,
        letter_on: date | None = None,
    ) -> Iterator[W_co | CaseError]:
        """`assess` for one case after another, with the history prepared once; what is wrong with one, in its place.

        With a history, each case has an id of its own; else it is wrong, as in a history.
        """
        counter = self._counter_of(history, as_of)
        given = CasesGiven(self.checker, "<cases>")
        for number, case in enumerate(cases, 1):
            try:
                checked = given.checked(case, number) if counter is None else given.take(case, number)
                assessed = self.counted(checked, counter, as_of, letter_on)
            except CaseError as error:
                yield error
            else:
                yield assessed

    def assess_many(
        self,
        cases: Iterable[Statement],
        history: History | None = None,
        as_of: date | None = None,
        letter_on: date | None = None,
    ) -> Iterator[W_co]:
        """`each_assessed`; raises the first `CaseError`."""
        for assessed in self.each_assessed(map(given_statement, cases), history, as_of, letter_on):
            if isinstance(assessed, CaseError):
                raise assessed
            yield assessed

    def counter(
        self, history: Iterable[Statement], as_of: date | None = None, on_problem: OnProblem = "raise"
    ) -> CaseCounter:
        """A history prepared once, to count the rulebook's signals over: for `assess` and `assess_many`.

        Raises `CaseError` with every fault of every case, each named by its number and id: one without an id, or with
        the id of another, is one. With `on_problem="mark"` such cases are left out, and `problems` says why.
        """
        given = CasesGiven(self.checker, "<history>")
        cases, problems = given.take_all(map(given_statement, history) if on_problem == "raise" else history)
        if problems and on_problem == "raise":
            raise CaseError(problems)
        return CaseCounter(self, cases, as_of, given.ids, problems)

    def _counter_of(self, history: History | None, as_of: date | None) -> CaseCounter | None:
        if isinstance(history, CaseCounter):
            history.check_made_with(self)
            return history.on(as_of)
        return None if history is None else self.counter(history, as_of)

    def live_counter(self) -> LiveCaseCounter | None:
        """What counts the signals over cases that come one at a time; None where they hang on the day of judging."""
        return None if hang_on_the_day(self.signals) else LiveCaseCounter(self)

    def counted(
        self,
        case: Case,
        counter: CaseCounter | LiveCaseCounter | None,
        as_of: date | None,
        letter_on: date | None = None,
    ) -> W_co:
        """A checked case assessed, its signals counted first."""
        return self.weigh(case, None if counter is None else counter.counted(case, as_of), as_of, letter_on)

    def weigh(self, case: Case, counted: CaseCounts | None, as_of: date | None, letter_on: date | None = None) -> W_co:
        """A checked case assessed with signals that are counted; None where there is no history."""
        facts: Facts = case.compared if counted is None else counted.facts.beside(case.compared)
        decisions = self.chain.decide_all(facts, as_of)
        counts = {} if counted is None else counted.counts
        return self.made(case, facts, decisions, as_of, counts, counted is not None, letter_on)

    def made(
        self,
        case: Case,
        facts: Facts,
        decisions: dict[str, Decision],
        as_of: date | None,
        counts: Mapping[str, Count],
        has_history: bool,
        letter_on: date | None = None,
    ) -> W_co:
        """An assessment of decisions that are taken already."""
        return self._kind(self, case, facts, decisions, as_of, counts, has_history, letter_on)
