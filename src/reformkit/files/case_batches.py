"""Cases of JSON Lines, JSON and YAML in columns: read one by one, laid side by side."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice
from typing import Any

import numpy as np
import polars as pl

from reformkit.files.batches import PART, BadValue, Batch, column_type, joined
from reformkit.files.opening import cases_in
from reformkit.frames.checking import Fault
from reformkit.frames.findings import FINDINGS
from reformkit.model.case import Case, Unread
from reformkit.model.rulebook import Rulebook
from reformkit.parsing.report import Report
from reformkit.problem import CaseError, Place, Problem


class CaseBatches:
    """A file of cases that are read one by one. It may have any fact, so it has a column for each.

    Raises `CaseError` where it cannot be opened.
    """

    keeps_rows = False
    carried: Sequence[str] = ()

    def __init__(self, path: str, rulebook: Rulebook) -> None:
        self.path = path
        self.problems: Sequence[Problem] = ()
        self._report = Report(most=None)
        self._types = {name: column_type(field) for name, field in rulebook.fields.items()}
        self._cases = cases_in(path, rulebook, self._report)
        self._first = list(islice(self._cases, 1))
        if not self._first and self._report.errors:
            raise CaseError(self._report.take())

    @property
    def names(self) -> list[str]:
        """The columns, by canonical names."""
        return ["id", *self._types, "findings"]

    @property
    def share_read(self) -> float:
        """How much of the file has been read, from 0 to 1, as far as that can be said."""
        return self._report.share_read(self.path)

    def nothing(self) -> pl.DataFrame:
        """A frame of no rows, with every column."""
        return pl.DataFrame(schema={"id": pl.String, **self._types, "findings": FINDINGS})

    def batches(self, rows: int, only: list[str] | None = None) -> Iterator[Batch]:
        """Batch after batch of so many cases; a column in which all is unknown is left out."""
        while parts := list(self._parts(rows)):
            batch = joined(parts)
            if only is not None:
                batch.frame = batch.frame.select(name for name in only if name in batch.frame.columns)
            yield batch

    def _parts(self, rows: int) -> Iterator[Batch]:
        """A batch part by part: cases are many objects, columns are not."""
        for start in range(0, rows, PART):
            wanted = min(PART, rows - start)
            met = self._first[:wanted] + list(islice(self._cases, wanted - len(self._first)))
            self._first = []
            bad = [BadValue(problem.fact or "", "", problem) for problem in self._report.take()]
            if not met and not bad:
                return
            cases = [case for case in met if isinstance(case, Case)]
            left_out = [case for case in met if isinstance(case, Unread)]
            lines = np.fromiter((case.place.line for case in cases), dtype=np.int64)
            yield Batch(self._frame(cases), lines, bad, left_out)

    def told(self, fault: Fault, row: int) -> Problem:
        """A fault of a frame at its place."""
        return replace(fault.problem, place=self.place(row))

    def place(self, line: int) -> Place:
        """Where a case begins."""
        return Place(self.path, line)

    def _frame(self, cases: Sequence[Case]) -> pl.DataFrame:
        columns = [pl.Series("id", [case.id for case in cases], dtype=pl.String)]
        for name, kind in self._types.items():
            values = [_plain(case.facts.get(name)) for case in cases]
            if any(value is not None for value in values):
                columns.append(pl.Series(name, values, dtype=kind))
        findings = [None if c.findings is None else [f.model_dump() for f in c.findings] for c in cases]
        if any(said is not None for said in findings):
            columns.append(pl.Series("findings", findings, dtype=FINDINGS))
        return pl.DataFrame(columns)


def _plain(value: Any) -> Any:
    return sorted(value) if isinstance(value, frozenset) else value
