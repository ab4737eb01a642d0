"""What an edit does: which decisions may come out otherwise, for which cases, and which fixtures say so.

Each step can be asked for by itself; a `pause` is called between its pieces, and what it raises cuts the step short.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import TypeVar

from reformkit.assessing.weighed import Weighed
from reformkit.book import Book
from reformkit.comparing.case_changes import CaseChanges, case_changes
from reformkit.comparing.changes import library_changes, rulebook_changes
from reformkit.comparing.diff import Diff, diff_of
from reformkit.model.difference import Difference
from reformkit.problem import CaseError, Problem
from reformkit.staging.apart import Pause
from reformkit.testing.fixtures import FixtureReport, FixtureResult, run_fixture
from reformkit.testing.mutation import MutationReport, mutate

T = TypeVar("T")


class Effect:
    """Two books, before and after an edit, and what differs between them.

    >>> from reformkit import load
    >>> Effect(load(), load()).decisions
    ()
    """

    def __init__(self, before: Book, after: Book) -> None:
        self.before = before
        self.after = after

    @cached_property
    def decisions(self) -> tuple[str, ...]:
        """The decisions of the rulebook after that may come out otherwise: those that changed, and those that build on them.

        A decision that only the rulebook after has is one of them.
        """
        old, new = self.before.rulebook, self.after.rulebook
        moved = {name for name, table in new.decisions.items() if old.decisions.get(name) != table}
        moved |= {name for name, field in new.fields.items() if old.fields.get(name) != field}
        moved |= {name for name, signal in new.signals.items() if old.signals.get(name) != signal}
        moved |= set(old.fields.keys() - new.fields.keys())
        if old.vocabulary.dates != new.vocabulary.dates:
            return new.order
        return tuple(name for name in new.order if name in moved or moved & self.after.chain.hangs_on(name))

    @cached_property
    def takes_alike(self) -> bool:
        """Whether both books take the same cases in the same way."""
        return self.before.rulebook.vocabulary == self.after.rulebook.vocabulary

    def changes(self) -> Iterator[Difference]:
        """What differs and is no outcome: texts, parameters, facts, measures."""
        yield from rulebook_changes(self.before.rulebook, self.after.rulebook)
        yield from library_changes(self.before.library, self.after.library)

    def difference(self, decision: str, pause: Pause | None = None) -> Diff:
        """For exactly which cases one decision comes out otherwise: its `regions`, each with an example."""
        return diff_of(self.before.rulebook, self.after.rulebook, (decision,), pause)

    def cases(self, assessed: Sequence[Weighed], pause: Pause | None = None) -> CaseChanges:
        """What becomes of cases, given as the book before assessed them; only what may have changed is decided anew.

        `assessed` are all cases that are counted over, as `[*book.assess_many(cases, cases)]` has them. Those that the
        book after cannot take are left out, and their problems said.
        """
        problems: list[Problem] = []
        changes = case_changes(_each(self._pairs(assessed, problems), pause))
        changes.problems += problems
        return changes

    def fixtures(self, ran: Iterable[FixtureResult], pause: Pause | None = None) -> FixtureReport:
        """Every fixture run with the book after, given as it ran with the one before; those that nothing touches are
        taken as they are."""
        report = FixtureReport()
        for result in _each(ran, pause):
            if not self._touches(result):
                report.results.append(result)
                continue
            try:
                report.results.append(run_fixture(self.after, result.fixture))
            except CaseError as error:
                report.problems.extend(error.problems)
        return report

    def mutants(self, decision: str, ran: FixtureReport, pause: Pause | None = None) -> MutationReport:
        """Which small changes of a decision no fixture would notice; `ran` is what `fixtures` gave."""
        passing = [(result.fixture, result.assessment) for result in ran.results if result.passed]
        return mutate(self.after, passing, decision, pause)

    # --- what is decided anew --------------------------------------------------------------------------

    @cached_property
    def _counts_alike(self) -> bool:
        return self.takes_alike and self.before.rulebook.signals == self.after.rulebook.signals

    @cached_property
    def _advises_alike(self) -> bool:
        return self.before.library == self.after.library

    def _touches(self, result: FixtureResult) -> bool:
        """Whether a fixture may come out otherwise."""
        fixture = result.fixture
        measures = fixture.include is not None or bool(fixture.exclude)
        looked_at = {*fixture.decisions, *(_ADVISING if measures else ())}
        return (
            not self._counts_alike or (measures and not self._advises_alike) or not looked_at.isdisjoint(self.decisions)
        )

    def _pairs(self, assessed: Sequence[Weighed], problems: list[Problem]) -> Iterator[tuple[Weighed, Weighed]]:
        if self._counts_alike:
            yield from ((before, self._again(before)) for before in assessed)
            return
        cases = [before.case for before in assessed]
        counter = self.after.counter(cases, on_problem="mark")
        for before in assessed:
            try:
                yield before, self.after.assess(before.case, counter, before.as_of, before.letter_on)
            except CaseError as error:
                problems += error.problems

    def _again(self, before: Weighed) -> Weighed:
        """A case decided anew as far as it may come out otherwise; the same assessment where it does not."""
        came = {name: self.after.chain.decide(name, before.facts, before.as_of) for name in self.decisions}
        alike = all(name in before.decisions and before.decisions[name].answer == came[name].answer for name in came)
        if alike and self._advises_alike and before.decisions.keys() == self.after.rulebook.decisions.keys():
            return before
        decisions = {name: came[name] if name in came else before.decisions[name] for name in self.after.rulebook.order}
        facts, as_of, counts = before.facts, before.as_of, before.counts
        return self.after.made(before.case, facts, decisions, as_of, counts, before.has_history, before.letter_on)


_ADVISING = ("startup", "layer", "diagnosis")
"""The decisions on which it hangs what is recommended."""


def _each(some: Iterable[T], pause: Pause | None) -> Iterator[T]:
    """Some things one after another, with a pause before each."""
    for one in some:
        if pause is not None:
            pause()
        yield one
