"""Why cases in columns were sifted out at the first gate: each different state is asked once, of a single case."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from datetime import date
from functools import reduce

import numpy as np
import polars as pl

from reformkit.assessing.prepared import Prepared
from reformkit.assessing.questions import screened
from reformkit.assessing.tally import ADVISED, FIRST_GATE, SIFTED, Tally
from reformkit.deciding.in_force import turning_days
from reformkit.frames.advice import ColumnAssessor
from reformkit.frames.checking import FrameChecker
from reformkit.frames.given import given
from reformkit.model.vocabulary import FINDINGS

_BETWEEN, _UNKNOWN = "\x1f", "\x00"


class Screening:
    """Counts what `Tally.add` counts of the advice for the first gate, without a history.

    The advice of a case hangs on the facts that its rules test, or that what they test is made of, and on which rules
    are in force; cases that are alike in these have the same reasons.
    """

    def __init__(self, book: Prepared, as_of: date | None) -> None:
        self._book = book
        self._as_of = as_of
        self._checker = FrameChecker(book.rulebook, book.checker)
        self._assessor = ColumnAssessor(book)
        self._facts, self._days = self._behind(book.screening)
        self._reasons: dict[str, tuple[str, ...]] = {}

    def add(self, tally: Tally, scope: pl.DataFrame) -> None:
        """Count the cases that are in scope of starting."""
        name = self._book.screening
        if name not in self._book.rulebook.decisions or FIRST_GATE[0] not in scope.columns:
            return
        gate = scope.get_column(FIRST_GATE[0]).cast(pl.String)
        advised = (scope.get_column(name) == ADVISED).fill_null(False)
        tally.against += int(((gate == FIRST_GATE[1]) & advised).sum())
        rejected = scope.filter(gate == SIFTED[1])
        tally.sifted += rejected.height
        advice = rejected.get_column(name).fill_null(rejected.get_column(f"{name}_status"))
        others = advice.filter(advice != ADVISED)
        tally.reasons.update(dict(others.value_counts().iter_rows()))
        self._count_reasons(tally.reasons, rejected.filter(advice == ADVISED))

    def _count_reasons(self, counts: Counter[str], frame: pl.DataFrame) -> None:
        """Count the reasons of cases that it was advised to sift out."""
        facts = self._as_given(frame)
        states = self._states(facts)
        first = states.is_first_distinct() & ~states.is_in(list(self._reasons))
        if first.any():
            columns = self._checker.check(given(facts.filter(first), self._checker.wanted)).columns
            assessments = self._assessor.assessments(columns, self._as_of)
            for state, assessment in zip(states.filter(first).to_list(), assessments, strict=True):
                self._reasons[state] = tuple(rule.id for rule in screened(assessment)) or (ADVISED,)
        for state, number in states.value_counts().iter_rows():
            for reason in self._reasons[state]:
                counts[reason] += number

    def _as_given(self, frame: pl.DataFrame) -> pl.DataFrame:
        """The facts as they were given: without what was decided, and with what was stated under its own name."""
        made = frame.columns[frame.columns.index(self._book.rulebook.order[0]) :]
        stated = {f"{name}_stated": name for name in made if f"{name}_stated" in frame.columns}
        kept = [name for name in frame.columns if name not in made and name != "id"]
        return frame.select(kept).rename(stated)

    def _states(self, facts: pl.DataFrame) -> pl.Series:
        """For each case what its advice hangs on, as a text."""
        parts = [_text(facts.get_column(name)) for name in sorted(self._facts) if name in facts.columns]
        parts.append(self._spans(facts))
        return facts.select(pl.concat_str([pl.lit(part) for part in parts], separator=_BETWEEN)).to_series()

    def _spans(self, facts: pl.DataFrame) -> pl.Series:
        """For each case the number of the span between turning days in which its day lies."""
        dates = [facts.get_column(name).cast(pl.Date) for name in self._book.chain.dates.facts if name in facts.columns]
        spans = np.full(facts.height, len(self._days))
        if self._as_of is not None or not dates:
            return pl.Series(spans).cast(pl.String)
        day = reduce(pl.Series.fill_null, dates)
        number = {d: bisect_right(self._days, d) for d in day.drop_nulls().unique().to_list()}
        return day.replace_strict(number, default=len(self._days), return_dtype=pl.Int64).cast(pl.String)

    def _behind(self, decision: str) -> tuple[set[str], tuple[date, ...]]:
        """The facts that a decision hangs on, and the days on which its rules change."""
        rulebook = self._book.rulebook
        facts: set[str] = set()
        days: set[date] = set()
        open_ = [decision]
        while open_:
            name = open_.pop()
            if name in facts or (name not in rulebook.fields and name not in rulebook.decisions):
                continue
            facts.add(name)
            if name in rulebook.decisions:
                days.update(turning_days(rulebook.decisions[name]))
                open_ += rulebook.decisions[name].facts
            derived = None if name not in rulebook.fields else rulebook.fields[name].derived
            if derived is not None:
                open_ += [] if derived.source is None else [derived.source]
                facts |= {FINDINGS} if derived.findings else set()
        return facts, tuple(sorted(days))


def _text(column: pl.Series) -> pl.Series:
    """Values as texts that are the same where the values are."""
    if isinstance(column.dtype, pl.List):
        if isinstance(column.dtype.inner, pl.Struct):
            column = column.list.eval(pl.element().struct.field("cause"))
        column = column.cast(pl.List(pl.String)).list.sort().list.join(";")
    return column.cast(pl.String).fill_null(_UNKNOWN)
