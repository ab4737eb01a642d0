"""Causes, measures and questions for many cases at once: what `Assessment` works out for one.

Each different combination of what recommending depends on is worked out once, by an `Assessment` of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from reformkit.assess import GATES, Assessment
from reformkit.deciding.asked import numbered
from reformkit.deciding.columns import DecidedColumn
from reformkit.deciding.counting import CountedColumn
from reformkit.deciding.distinct import distinct
from reformkit.deciding.meaning import Open, PartlyKnown
from reformkit.deciding.signals import Count
from reformkit.model.case import Case, FrozenFacts
from reformkit.model.columns import CaseColumns, FindingColumns, Numbers, Words
from reformkit.text import Lang

if TYPE_CHECKING:
    from reformkit.book import Book

LISTS = (
    "causes_found",
    "causes_suspected",
    "weak_points",
    "measures",
    "measures_also",
    "measures_suspected",
    "uncovered",
)
"""The columns of lists that an assessment adds, in their order; `needs` and `texts` follow where wanted."""


Advised = tuple[tuple[str, ...], ...]
"""What comes of one combination: the lists of `LISTS`."""


class ColumnAssessor:
    """Works out causes, measures and questions for cases that are decided in columns."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self._texts = tuple(name for name, field in book.rulebook.fields.items() if field.type == "text")

    def advise(
        self, columns: CaseColumns, decided: Mapping[str, DecidedColumn], as_of: date | None
    ) -> tuple[Numbers, list[Advised]]:
        """For each case the number of what is advised, in a list."""
        first, inverse = distinct(self._keys(columns, decided))
        assessments = self.assessments(columns.take(first), as_of)
        return inverse, [_advised(assessment) for assessment in assessments]

    def assessments(self, columns: CaseColumns, as_of: date | None) -> Iterable[Assessment]:
        """The cases one by one."""
        ids = [""] * columns.height if columns.ids is None else columns.ids.fill_null("").to_list()
        for i, (case_id, facts) in enumerate(zip(ids, columns.facts(self._texts), strict=True)):
            findings = None if columns.findings is None else columns.findings.of(i)
            case = Case(id=case_id, facts=FrozenFacts(facts), findings=findings)
            opens = {
                name: Open(frozenset(), frozenset(possible[codes[i]]))
                for name, (codes, possible) in columns.opens.items()
                if codes[i]
            }
            known = PartlyKnown(facts, opens) if opens else facts
            decisions = self.book.chain.decide_all(known, as_of)
            yield Assessment(self.book, case, known, decisions, as_of, {}, False)

    def texts(self, columns: CaseColumns, as_of: date | None, lang: Lang) -> list[list[str]]:
        """The suggestions of every case in full."""
        return [[r.say(lang) for r in a.recommendations] for a in self.assessments(columns, as_of)]

    def _keys(self, columns: CaseColumns, decided: Mapping[str, DecidedColumn]) -> Words:
        """What recommending depends on, a row of numbers for each case."""
        parts: list[NDArray[Any]] = [self._found(columns), self._suspected(columns, decided)]
        for name in ("startup", "layer"):
            if name in decided:
                outcomes: dict[tuple[str, ...], int] = {}
                parts.append(
                    decided[name].lookup(lambda v, seen=outcomes: seen.setdefault(v.outcomes, len(seen)))[:, None]
                )
        if columns.findings is not None:
            parts.append(_subjects(columns.findings)[:, None])
        planner = self.book.planner
        asked = {"startup", "layer"} | (set() if planner is None else set(planner.asked))
        for name in sorted(asked & self.book.rulebook.fields.keys()):
            parts.append(numbered(self.book.rulebook.fields[name], columns)[:, None])
        parts += self._behind_suspicion(columns, decided)
        return np.concatenate([part.astype(np.uint64) for part in parts], axis=1)

    def _behind_suspicion(
        self, columns: CaseColumns, decided: Mapping[str, DecidedColumn]
    ) -> Iterable[NDArray[np.intp]]:
        """What the diagnosis tests, of the cases of which it suspects something: the rules that hold give the order."""
        diagnosis = decided.get(self.book.diagnosis)
        if diagnosis is None:
            return
        suspects = diagnosis.lookup(lambda verdict: bool(verdict.outcomes)).astype(np.bool_)
        fields = self.book.rulebook.fields
        for name in sorted(self.book.rulebook.decisions[self.book.diagnosis].facts):
            if name in decided:
                yield np.where(suspects, decided[name].codes, 0)[:, None]
            yield np.where(suspects, numbered(fields[name], columns), 0)[:, None]

    def _found(self, columns: CaseColumns) -> Words:
        """The causes found, as bits."""
        causes = columns.tags.get(self.book.causes_fact)
        names = tuple(self.book.cause_items)
        return np.zeros((columns.height, 1), dtype=np.uint64) if causes is None else causes.bits(names)

    def _suspected(self, columns: CaseColumns, decided: Mapping[str, DecidedColumn]) -> NDArray[np.intp]:
        """The causes that the diagnosis suspects, as a number for each set of them."""
        diagnosis = decided.get(self.book.diagnosis)
        if diagnosis is None:
            return np.zeros((columns.height, 1), dtype=np.intp)
        sets: dict[tuple[str, ...], int] = {}
        numbers: NDArray[np.intp] = diagnosis.lookup(lambda verdict: sets.setdefault(verdict.outcomes, len(sets)))
        return numbers[:, None]

    def needs(
        self,
        columns: CaseColumns,
        decided: Mapping[str, DecidedColumn],
        counts: Mapping[str, CountedColumn],
        as_of: date | None,
    ) -> tuple[Numbers, list[tuple[str, ...]]]:
        """The questions worth asking of each case, as a number into a list."""
        parts = [column.codes for column in decided.values()] + [count.missing for count in counts.values()]
        fields = self.book.rulebook.fields
        parts += [numbered(fields[gate], columns) for gate in GATES if gate in fields]
        keys = np.concatenate(
            (self._keys(columns, decided), *(part[:, None].astype(np.uint64) for part in parts)), axis=1
        )
        first, inverse = distinct(keys)
        found = []
        for row, assessment in zip(first.tolist(), self.assessments(columns.take(first), as_of), strict=True):
            assessment.counts = {n: Count(None, missing=c.lacks[c.missing[row]]) for n, c in counts.items()}
            found.append(tuple(need.fact for need in assessment.needs))
        return inverse, found


def _advised(assessment: Assessment) -> Advised:
    causes = assessment.causes
    return (
        tuple(c.cause for c in causes if c.certainty == "found"),
        tuple(c.cause for c in causes if c.certainty == "suspected"),
        tuple(dict.fromkeys(c.weak_point for c in causes)),
        tuple(r.measure.id for r in assessment.recommendations),
        tuple(r.measure.id for r in assessment.also),
        tuple(r.measure.id for r in assessment.suspected),
        assessment.uncovered,
    )


def _subjects(findings: FindingColumns) -> Numbers:
    """What the findings of each case are about, in their order, as a number."""
    column = findings.causes
    lengths = np.diff(column.starts)
    numbers = column.known.astype(np.intp)
    for place in range(int(lengths.max(initial=0))):
        rows = np.flatnonzero(lengths > place)
        item = np.zeros((len(lengths), 3), dtype=np.uint64)
        item[:, 0] = numbers
        item[rows, 1] = column.flat[column.starts[rows] + place] + 1
        item[rows, 2] = findings.matter[column.starts[rows] + place] + 2
        numbers = distinct(item)[1]
    return numbers


def lists_of(advised: tuple[Numbers, list[Advised]]) -> list[pl.Series]:
    """The columns of lists."""
    codes, found = advised
    made = []
    for place, name in enumerate(LISTS):
        lists: dict[tuple[str, ...], int] = {}
        numbers = np.array([lists.setdefault(one[place], len(lists)) for one in found], dtype=np.intp)
        values = pl.Series(name, [list(items) for items in lists], dtype=pl.List(pl.String))
        made.append(values.gather(pl.Series(numbers[codes])))
    return made
