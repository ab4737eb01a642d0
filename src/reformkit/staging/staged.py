"""What a reading of staged texts came to, and what is proven of it."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Protocol

from reformkit.book import Book
from reformkit.checking import look_over, prove_decision, prove_library
from reformkit.deciding.chain import Chain
from reformkit.model.condition import parameters, tests
from reformkit.model.rulebook import DecisionTable, Rulebook
from reformkit.parsing.memory import NOTHING, Memory
from reformkit.parsing.overlay import Overlay
from reformkit.parsing.source import with_excerpts
from reformkit.problem import Problem
from reformkit.staging.apart import Pause, Worker, go_on


class Naming(Protocol):
    """What names the files of problems."""

    def said(self, problem: Problem) -> Problem: ...


@dataclass(frozen=True)
class StagedBook:
    """A rulebook with its staged texts: the book (None where a problem is an error), and the problems of reading."""

    book: Book | None
    problems: tuple[Problem, ...]
    naming: Naming
    overlay: Overlay
    memory: Memory

    def proofs(
        self, decision: str, budget: int | None = None, pause: Pause | None = None, worker: Worker | None = None
    ) -> list[Problem]:
        """What `check` finds of one decision (3xx), each with a case that shows it; none where there is no book.

        `budget` is the number of states that one proof may take (20,000). `pause` is called after each proof. A `worker`
        proves it elsewhere; what was proven before is remembered here. The workbench may read meanwhile.
        """
        book = self.book
        if book is None:
            return []
        rulebook, chain = book.rulebook, book.chain
        facts = sorted(chain.hangs_on(decision) & rulebook.fields.keys())
        things = (
            *(rulebook.decisions[name] for name in (*chain.upstream(decision), decision)),
            *(self.memory.one_of_equals(rulebook.fields[name]) for name in facts),
            *(rulebook.parameters.get(name) for name in _parameters_of(rulebook.decisions[decision])),
        )
        dated = tuple(name for name in chain.dates.facts if name in rulebook.fields)

        def prove() -> list[Problem]:
            if worker is None:
                return prove_decision(rulebook, chain, decision, budget, pause)
            return worker.run(pause or go_on, _proven, rulebook, decision, budget)

        return self._remembered(("proofs", decision, budget, dated), things, prove)

    def other_proofs(self, budget: int | None = None, pause: Pause | None = None) -> list[Problem]:
        """What `check` finds beside decisions: of signals, and of the library (4xx)."""
        book = self.book
        if book is None:
            return []
        rulebook, chain, library = book.rulebook, book.chain, book.library
        found = self._remembered(
            ("library", budget),
            (library, rulebook.vocabulary),
            lambda: prove_library(rulebook, chain, library, budget, pause),
        )
        return sorted([*found, *self._shown(look_over(rulebook, chain, library))], key=lambda problem: problem.place)

    def _remembered(
        self, what: Hashable, things: tuple[object, ...], prove: Callable[[], list[Problem]]
    ) -> list[Problem]:
        """What was proven, or is proven now where something that it hangs on is another thing than before."""
        found = self.memory.find(what, things)
        if found is NOTHING:
            found = prove()
            self.memory.keep(what, things, found)
        return self._shown(found)

    def _shown(self, problems: list[Problem]) -> list[Problem]:
        return [self.naming.said(problem) for problem in with_excerpts(problems, self.overlay)]


def _proven(pause: Pause, rulebook: Rulebook, decision: str, budget: int | None) -> list[Problem]:
    """What is proven of a decision by a process that has nothing of the rulebook but this."""
    return prove_decision(rulebook, Chain(rulebook), decision, budget, pause)


def _parameters_of(table: DecisionTable) -> list[str]:
    """The parameters that the rules of a decision name."""
    every = (test for rule in table.rules for test in tests(rule.when))
    return sorted({parameter.name for test in every for parameter in parameters(test)})
