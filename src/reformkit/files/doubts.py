"""Warnings of what a case says as a whole, for cases in columns: what cannot be so together, a day before the rules."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

import numpy as np
from numpy.typing import NDArray

from reformkit.assessing.prepared import Prepared
from reformkit.files.batches import BadValue, Batch, Batches
from reformkit.frames.checking import Fault, FrameChecker
from reformkit.frames.given import given
from reformkit.model.condition import tests
from reformkit.model.vocabulary import FINDINGS
from reformkit.parsing.identity import masked
from reformkit.problem import Place, Problem
from reformkit.problem_codes.contradictions import CONTRADICTIONS

_FIRST_LINE = 2
"""Of the cases of a file; tables have a line of headings before it."""


class Doubts:
    """Looks over the columns that some check of the vocabulary reads, or that date a case, and no others."""

    def __init__(self, book: Prepared, checker: FrameChecker) -> None:
        self._book = book
        self._checker = checker
        vocabulary = book.rulebook.vocabulary
        read = {*vocabulary.dates.facts, *(f.derived.days_since for f in vocabulary.derived if f.derived)}
        for check in vocabulary.checks:
            read |= {*(check.before or ()), *(name for name, _, _ in check.years)}
            read |= set() if check.never is None else {test.fact for test in tests(check.never)}
        self._names = sorted(vocabulary.behind(name for name in read if name is not None) - {FINDINGS})

    def found(self, file: Batches, batch: Batch, good: NDArray[np.bool_], as_of: date | None) -> Iterator[BadValue]:
        """The warnings of the good rows of a batch. Files that keep their rows are looked over whole elsewhere."""
        if as_of is not None and batch.frame.height and int(batch.lines[0]) <= _FIRST_LINE:
            yield from (BadValue("", "", p) for p in self._book.before_rules.found(as_of, Place(file.path)))
        names = [name for name in self._names if name in batch.frame.columns]
        if file.keeps_rows or not names:
            return
        checked = self._checker.check(given(batch.frame.select(names), self._checker.wanted))
        of_good = [fault for fault in checked.faults if fault.row is not None and good[fault.row]]
        kept = [f for f in of_good if f.problem.code in CONTRADICTIONS and fits(f.problem, as_of)]
        yield from placed(kept, file, batch)


def fits(problem: Problem, as_of: date | None) -> bool:
    """Whether a warning holds under the day that is asked about; of that day itself it is said once."""
    return as_of is None or problem.code != "RK817"


def placed(faults: Sequence[Fault], file: Batches, batch: Batch) -> list[BadValue]:
    """The faults of rows at their places in a file."""
    return [
        BadValue(f.column, masked(f.value), file.told(f, int(batch.lines[f.row]))) for f in faults if f.row is not None
    ]
