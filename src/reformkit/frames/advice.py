"""Causes, measures and questions for many cases at once: what `Assessment` works out for one.

Each different combination of what recommending depends on is worked out once, by an `Assessment` of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

import numpy as np
import polars as pl
from numpy.typing import NDArray

from reformkit.assessing import questions
from reformkit.assessing.prepared import Prepared
from reformkit.assessing.questions import GATES
from reformkit.assessing.weighed import Weighed
from reformkit.columns.asking import numbered
from reformkit.columns.cases import CaseColumns, FindingColumns, Numbers
from reformkit.columns.chain import DecidedColumn
from reformkit.columns.counting import CountedColumn
from reformkit.columns.deriving import days_known, derive
from reformkit.columns.distinct import distinct, distinct_in
from reformkit.deciding.meaning import Open, PartlyKnown
from reformkit.deciding.signals import Count
from reformkit.model.case import Case, FrozenFacts
from reformkit.model.vocabulary import Field
from reformkit.text import Lang

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


Lists = tuple[tuple[str, ...], ...]
"""What comes of one combination: the lists of `LISTS`."""


class Advised(NamedTuple):
    """What is advised for many cases: for each the number of its combination, from which come `lists` and `needs`."""

    codes: Numbers
    lists: list[Lists]
    needs: list[tuple[str, ...]] | None


class ColumnAssessor:
    """Works out causes, measures and questions for cases that are decided in columns."""

    def __init__(self, book: Prepared) -> None:
        self.book = book
        self._fields = book.rulebook.fields

    def advise(
        self,
        columns: CaseColumns,
        decided: Mapping[str, DecidedColumn],
        counts: Mapping[str, CountedColumn],
        as_of: date | None,
        needs: bool,
        letter_on: date | None = None,
    ) -> Advised:
        """What is advised for each case; `needs`: the questions worth asking too."""
        derived = derive(self.book.rulebook.vocabulary, columns, as_of)
        parts = self._ground(derived, decided)
        if needs:
            parts += [column.codes for column in decided.values()] + [count.missing for count in counts.values()]
            parts += [_numbers(self._fields[gate], derived) for gate in GATES if gate in self._fields]
            parts += list(days_known(self.book.rulebook.vocabulary, derived))
        first, codes = distinct_in(parts) if self.book.recommendation_order is None else _each(columns.height)
        lists, asked = [], []
        missing = [{n: Count(None, missing=c.lacks[c.missing[row]]) for n, c in counts.items()} for row in first]
        cases = columns.take(first)
        for assessment in self.assessments(cases, as_of, letter_on, missing if needs else None):
            lists.append(_lists_of(assessment))
            if needs:
                asked.append(tuple(need.fact for need in questions.needs(assessment)))
        return Advised(codes, lists, asked if needs else None)

    def assessments(
        self,
        columns: CaseColumns,
        as_of: date | None,
        letter_on: date | None = None,
        counts: Sequence[Mapping[str, Count]] | None = None,
    ) -> Iterable[Weighed]:
        """The cases one by one; `counts`: what is known of the signals of each."""
        ids = [""] * columns.height if columns.ids is None else columns.ids.fill_null("").to_list()
        for i, (case_id, stated) in enumerate(zip(ids, columns.facts(), strict=True)):
            findings = None if columns.findings is None else columns.findings.of(i)
            case = Case(id=case_id, facts=FrozenFacts(stated, self.book.checker.compared(stated)), findings=findings)
            facts = case.compared
            opens = {
                name: Open(frozenset(), frozenset(possible[codes[i]]))
                for name, (codes, possible) in columns.opens.items()
                if codes[i]
            }
            known = PartlyKnown(facts, opens) if opens else facts
            decisions = self.book.chain.decide_all(known, as_of)
            yield Weighed(self.book, case, known, decisions, as_of, counts[i] if counts else {}, False, letter_on)

    def texts(self, columns: CaseColumns, as_of: date | None, letter_on: date | None, lang: Lang) -> list[list[str]]:
        """The suggestions of every case in full."""
        return [[r.say(lang) for r in a.recommendations] for a in self.assessments(columns, as_of, letter_on)]

    def _ground(self, columns: CaseColumns, decided: Mapping[str, DecidedColumn]) -> list[NDArray[Any]]:
        """What recommending depends on, as columns of numbers; the cases come with derived facts."""
        parts: list[NDArray[Any]] = [self._found(columns)]
        for name in (self.book.diagnosis, "startup", "layer"):
            if name in decided:
                outcomes: dict[tuple[str, ...], int] = {}
                parts.append(decided[name].lookup(lambda v, seen=outcomes: seen.setdefault(v.outcomes, len(seen))))
        if columns.findings is not None:
            parts.append(_subjects(columns.findings))
            if columns.findings.others and "unit" in self._fields:  # a finding may name the unit of its own case
                parts.append(np.where(_about_others(columns.findings), _numbers(self._fields["unit"], columns), 0))
        planner = self.book.planner
        asked = {"startup", "layer"} | (set() if planner is None else set(planner.asked))
        parts += [_numbers(self._fields[name], columns) for name in sorted(asked & self._fields.keys())]
        return parts + list(self._behind_suspicion(columns, decided))

    def _behind_suspicion(
        self, columns: CaseColumns, decided: Mapping[str, DecidedColumn]
    ) -> Iterable[NDArray[np.intp]]:
        """What the diagnosis tests, and its table in force, of the cases of which it suspects something: the order
        of the causes is that of the rules that hold."""
        diagnosis = decided.get(self.book.diagnosis)
        if diagnosis is None:
            return
        suspects = diagnosis.lookup(lambda verdict: bool(verdict.outcomes)).astype(np.bool_)
        yield np.where(suspects, diagnosis.codes, 0)
        for name in sorted(self.book.rulebook.decisions[self.book.diagnosis].facts):
            if name in decided:
                yield np.where(suspects, decided[name].codes, 0)
            yield np.where(suspects, _numbers(self._fields[name], columns), 0)

    def _found(self, columns: CaseColumns) -> Numbers:
        """The causes found, as a number for each set of them."""
        causes = columns.tags.get(self.book.causes_fact)
        if causes is None:
            return np.zeros(columns.height, dtype=np.intp)
        return distinct(causes.bits(tuple(self.book.cause_items)))[1]


def _each(height: int) -> tuple[Numbers, Numbers]:
    """Every case by itself: an order that a caller brings may hang on anything that a recommendation says."""
    return np.arange(height), np.arange(height)


def _numbers(field: Field, columns: CaseColumns) -> Numbers:
    """What is known of a fact, wholly or in part, as numbers that are equal where it is."""
    numbers = numbered(field, columns)
    if field.name not in columns.opens:
        return numbers
    return distinct_in([numbers, columns.opens[field.name][0]])[1]


def _lists_of(assessment: Weighed) -> Lists:
    causes = assessment.causes
    return (
        tuple(c.cause for c in causes if c.certainty == "found"),
        tuple(c.cause for c in causes if c.certainty == "suspected"),
        tuple(dict.fromkeys(c.weak_point for c in causes)),
        tuple(dict.fromkeys(r.measure.id for r in assessment.recommendations)),
        tuple(dict.fromkeys(r.measure.id for r in assessment.also)),
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
        item = np.zeros((len(lengths), 4), dtype=np.uint64)
        item[:, 0] = numbers
        item[rows, 1] = column.flat[column.starts[rows] + place] + 1
        item[rows, 2] = findings.matter[column.starts[rows] + place] + 2
        item[rows, 3] = findings.other[column.starts[rows] + place] + 1
        numbers = distinct(item)[1]
    return numbers


def _about_others(findings: FindingColumns) -> NDArray[np.bool_]:
    """The cases with a finding that names a unit."""
    named = np.zeros(len(findings.causes.known), dtype=np.bool_)
    named[findings.causes.rows[findings.other >= 0]] = True
    return named


def columns_of(advised: Advised) -> list[pl.Series]:
    """The columns of lists, and `needs` where they were asked for."""
    every = [(name, [lists[place] for lists in advised.lists]) for place, name in enumerate(LISTS)]
    return [_column(name, lists, advised.codes) for name, lists in every] + (
        [] if advised.needs is None else [_column("needs", advised.needs, advised.codes)]
    )


def _column(name: str, lists: Sequence[tuple[str, ...]], codes: Numbers) -> pl.Series:
    different: dict[tuple[str, ...], int] = {}
    numbers = np.array([different.setdefault(one, len(different)) for one in lists], dtype=np.intp)
    values = pl.Series(name, [list(items) for items in different], dtype=pl.List(pl.String))
    return values.gather(pl.Series(numbers[codes]))
