"""What a reading of staged texts came to, and what is proven of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from reformkit.book import Book
from reformkit.checking import prove_decision, prove_the_rest
from reformkit.parsing.overlay import Overlay
from reformkit.parsing.source import with_excerpts
from reformkit.problem import Problem

Pause = Callable[[], None]
"""Called between the pieces of a long step; what it raises cuts the step short."""


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

    def proofs(self, decision: str, budget: int | None = None, pause: Pause | None = None) -> list[Problem]:
        """What `check` finds of one decision (3xx), each with a case that shows it; none where there is no book.

        `budget` is the number of states that one proof may take (20,000). `pause` is called after each proof.
        """
        if self.book is None:
            return []
        return self._shown(prove_decision(self.book.rulebook, self.book.chain, decision, budget, pause))

    def other_proofs(self, budget: int | None = None, pause: Pause | None = None) -> list[Problem]:
        """What `check` finds beside decisions: of signals, and of the library (4xx)."""
        book = self.book
        if book is None:
            return []
        return self._shown(prove_the_rest(book.rulebook, book.chain, book.library, budget, pause))

    def _shown(self, problems: list[Problem]) -> list[Problem]:
        return [self.naming.said(problem) for problem in with_excerpts(problems, self.overlay)]
