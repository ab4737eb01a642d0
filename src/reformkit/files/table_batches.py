"""Tables of any size (CSV, workbooks) in columns: each different text of a column is read once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import islice
from typing import Any

import numpy as np
import polars as pl

from reformkit.files.batches import PART, BadValue, Batch, column_type, joined
from reformkit.files.opening import open_table
from reformkit.frames.checking import Fault
from reformkit.frames.findings import FINDINGS
from reformkit.intake.cases import case_lexicon
from reformkit.intake.rows import Row
from reformkit.intake.spellings import Spellings
from reformkit.intake.tables import MOST_CACHED, RowReader, carried_of
from reformkit.model.case import Unread
from reformkit.model.rulebook import Rulebook
from reformkit.model.vocabulary import Field
from reformkit.parsing.identity import masked
from reformkit.parsing.report import Report, content_of, stop_if_damaged
from reformkit.parsing.tree import Scalar
from reformkit.problem import NOWHERE, CaseError, Place, Problem
from reformkit.text import Text

Read = Callable[[Scalar, Report], Any]


class TableBatches:
    """A table of cases that is open. Raises `CaseError` where it has no rows to read.

    A case means what it means to `read_cases`: cells are read by the same reader, and only what is the same for
    all cells of one text is done once. A case that cannot be taken is left out.
    """

    keeps_rows = False

    def __init__(self, path: str, rulebook: Rulebook) -> None:
        self.path = path
        self._report = Report(most=None)
        lexicon = case_lexicon(rulebook, self._report)
        table = open_table(path, lexicon, self._report, rulebook)
        self.problems: Sequence[Problem] = self._report.take()
        if table is None:
            raise CaseError(self.problems)
        self._table = table
        self._left_findings = table.findings
        self._has_findings = table.findings is not None
        self._spellings = Spellings()
        self._reader = reader = RowReader(table, lexicon, self._report)
        self._columns = [_Column("id", pl.String(), reader.id, reader.read_id, 0)]
        self._columns += [_column(reader, index, field) for index, field in reader.facts]
        self._columns += [_Column(name, pl.String(), index, _as_it_stands) for index, name in reader.carried]

    @property
    def names(self) -> list[str]:
        """The columns that are used, by canonical names."""
        return [*(column.name for column in self._columns), *(["findings"] if self._has_findings else [])]

    @property
    def carried(self) -> Sequence[str]:
        """The columns that are no facts and go through to the output."""
        return carried_of(self._table.columns)

    @property
    def share_read(self) -> float:
        """How much of the file has been read, from 0 to 1, as far as that can be said."""
        return self._report.share_read(self.path)

    def nothing(self) -> pl.DataFrame:
        """A frame of no rows, with the columns of every batch."""
        types = {column.name: column.type for column in self._columns}
        return pl.DataFrame(schema=types | ({"findings": FINDINGS} if self._has_findings else {}))

    def batches(self, rows: int, only: list[str] | None = None) -> Iterator[Batch]:
        """Batch after batch of so many rows, of all columns or `only` some."""
        while parts := list(self._parts(rows)):
            batch = joined(parts)
            if only is not None:
                batch.frame = batch.frame.select(only)
            yield batch

    def _parts(self, rows: int) -> Iterator[Batch]:
        """A batch part by part: rows are many objects, columns are not."""
        for start in range(0, rows, PART):
            met = list(islice(self._table.rows, min(PART, rows - start)))
            problems = self._report.take()
            stop_if_damaged(problems)
            if not met:
                problems += self._ended()
            unread = [BadValue("", "", problem) for problem in problems]
            if not met and not unread:
                return
            part = self._batch(met)
            part.bad[:0] = unread
            yield part

    def _ended(self) -> list[Problem]:
        """What is wrong with findings of no case, the first time that there are no more rows."""
        findings, self._left_findings = self._left_findings, None
        if findings is not None:
            findings.end()
        return self._report.take()

    def told(self, fault: Fault, row: int) -> Problem:
        """A fault of a frame at its place."""
        return replace(fault.problem, place=self.place(row))

    def place(self, line: int) -> Place:
        """Where a row begins."""
        return Place(self.path, line, 1, self._table.sheet)

    def _batch(self, met: Sequence[Row | Unread]) -> Batch:
        unread = [row for row in met if isinstance(row, Unread)]
        rows: list[Row] = []
        for one in (row for row in met if not isinstance(row, Unread)):
            if self._reader.is_usable(one):
                rows.append(one)
            else:
                self._reader.findings(one)
                unread.append(self._reader.unread(one))
        said = [self._reader.findings(row) for row in rows] if self._has_findings else []
        bad = [BadValue(problem.fact or "", "", problem) for problem in self._report.take()]
        cells = list(zip(*(row.cells for row in rows), strict=False)) or [()] * self._reader.width
        wrong = np.zeros(len(rows), dtype=np.bool_)
        wrong[[at for at, (_, is_whole) in enumerate(said) if not is_whole]] = True
        series = []
        for column in self._columns:
            values, problems_by_row = column.read(cells[column.index])
            series.append(values)
            bad += self._respelt(column, values, rows) if column.is_text else ()
            for row, problems in problems_by_row:
                wrong[row] |= any(problem.severity == "error" for problem in problems)
                told = self._told(rows[row], column.index)
                value = masked(cells[column.index][row].strip())
                bad += [BadValue(column.name, value, told(problem)) for problem in problems]
        if self._has_findings:
            listed = [None if of is None else [finding.model_dump() for finding in of] for of, _ in said]
            series.append(pl.Series("findings", listed, dtype=FINDINGS))
        frame, lines = pl.DataFrame(series), np.fromiter((row.number for row in rows), dtype=np.int64)
        if wrong.any():
            frame, lines = frame.filter(pl.Series(~wrong)), lines[~wrong]
            unread += [self._reader.unread(rows[row]) for row in np.flatnonzero(wrong).tolist()]
        return Batch(frame, lines, bad, sorted(unread, key=lambda case: case.place))

    def _respelt(self, column: _Column, values: pl.Series, rows: Sequence[Row]) -> Iterator[BadValue]:
        """A warning for each text that was written otherwise on an earlier row."""
        firsts = pl.DataFrame({"word": values}).with_row_index("row").drop_nulls()
        for row, word in firsts.unique("word", keep="first", maintain_order=True).iter_rows():
            fault = self._spellings.fault(column.name, word, rows[row].number)
            if fault is not None:
                code, said = fault
                problem = Problem(code, NOWHERE, {"fact": column.label, **said}, fact=column.name)
                yield BadValue(column.name, word, self._told(rows[row], column.index)(problem))

    def _told(self, row: Row, index: int) -> Callable[[Problem], Problem]:
        """What gives a problem of a cell its place, case, heading and content."""
        about = {name: content_of(said) for name, said in self._reader.about(row, index).items()}
        return partial(replace, place=row.place(index), **about)


class _Column:
    """A column of cells in the type of its fact; up to `most` different cells are remembered."""

    def __init__(
        self,
        name: str,
        type: pl.DataType,
        index: int,
        read: Read,
        most: int = MOST_CACHED,
        label: Text | None = None,
        is_text: bool = False,
    ) -> None:
        self.name = name
        self.label = label
        self.is_text = is_text
        self.type = type
        self.index = index
        self._read = read
        self._most = most
        self._seen: dict[str, Any] = {}
        self._tried = Report()

    def read(self, cells: Sequence[str]) -> tuple[pl.Series, list[tuple[int, list[Problem]]]]:
        """The values of cells (null where there is none), and the cells with problems."""
        distinct = {cell: number for number, cell in enumerate(dict.fromkeys(cells))}
        cells_said = [self._value(cell) for cell in distinct]
        noted = {number: said.problems for number, said in enumerate(cells_said) if isinstance(said, _Noted)}
        plain = [said.value if isinstance(said, _Noted) else said for said in cells_said]
        values = pl.Series(self.name, plain, dtype=self.type)
        if len(distinct) == len(cells):
            return values, list(noted.items())
        numbers = np.fromiter(map(distinct.__getitem__, cells), dtype=np.int64, count=len(cells))
        rows = np.flatnonzero(np.isin(numbers, list(noted))) if noted else ()
        return values.gather(pl.Series(numbers)), [(int(row), noted[int(numbers[row])]) for row in rows]

    def _value(self, cell: str) -> Any:
        said = self._seen.get(cell, self)
        if said is self:
            said = self._read(Scalar(cell.strip(), True, NOWHERE), self._tried)
            if isinstance(said, frozenset):
                said = sorted(said)
            problems = self._tried.take()
            if problems:
                said = _Noted(said, problems)
            if len(self._seen) < self._most:
                self._seen[cell] = said
        return said


class _Noted:
    """What a cell says, and what there is to say of it."""

    def __init__(self, value: Any, problems: list[Problem]) -> None:
        self.value = value
        self.problems = problems


def _as_it_stands(cell: Scalar, report: Report) -> str | None:
    return masked(cell.text) or None


def _column(reader: RowReader, index: int, field: Field) -> _Column:
    value = partial(reader.value, field)

    def read(cell: Scalar, report: Report) -> Any:
        return value(cell, report) if cell.text else None

    return _Column(
        field.name,
        column_type(field),
        index,
        read,
        is_text=field.type == "text",
        label=Text(field.label.zh, field.name),
    )
