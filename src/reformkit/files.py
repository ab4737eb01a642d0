"""Files of cases larger than memory: batch after batch through `assess_frame`, in columns from end to end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

import polars as pl
import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.parquet as pq  # type: ignore[import-untyped]

from reformkit.model.condition import tests
from reformkit.model.vocabulary import DATE_FACTS
from reformkit.problem import CaseError, Problem
from reformkit.reading.frame_facts import FrameChecker
from reformkit.reading.frames import arrow_table, given
from reformkit.reading.parquet import ROWS, ParquetCases, open_parquet
from reformkit.reading.report import Report
from reformkit.tally import FIRST_GATE, SCOPE, Tally

if TYPE_CHECKING:
    from reformkit.book import Book


class BadValue(NamedTuple):
    """A value that keeps a row from being assessed: where, in which column, what it says, and what is wrong with it."""

    row: int
    column: str
    value: str
    problem: Problem


@dataclass
class Assessed:
    """A batch that is done: its rows with their assessments, and what is wrong with rows that have none."""

    frame: pl.DataFrame
    bad: list[BadValue] = field(default_factory=list)


class FrameFiles:
    """Parquet files to be assessed in columns, without holding them.

    Raises `CaseError` where a file is damaged or its columns do not fit the facts or each other.
    """

    def __init__(self, book: Book, paths: Sequence[Path]) -> None:
        self.book = book
        self._checker = FrameChecker(book.rulebook, book.checker)
        self.files = [self._open(path) for path in paths]
        self.rows = sum(file.rows for file in self.files)
        self.notes = [note for file in self.files for note in self._notes(file)]

    def assessed(self, history: pl.DataFrame | None, as_of: date | None) -> Iterator[Assessed]:
        """Batch after batch, in the order of the files and rows."""
        rows = ROWS if history is None else max(ROWS, history.height // 4)  # each batch looks the history through
        for file in self.files:
            done = 0
            for batch in file.batches(rows):
                made = self.book.assess_frame(batch, history, as_of)
                yield Assessed(made, self._bad(file, batch, made, done))
                done += batch.height

    def nothing(self, history: pl.DataFrame | None, as_of: date | None) -> pl.DataFrame:
        """What is made of no rows: the columns of every batch."""
        lazy: pl.LazyFrame = self.book.assess_frame(self.files[0].nothing().lazy(), history, as_of)
        return pl.DataFrame(schema=lazy.collect_schema())

    def history(self) -> pl.DataFrame:
        """Of every case what signals read: held in memory."""
        wanted = {"id", *self._read_by_signals()}
        parts = []
        for file in self.files:
            only = [name for name in file.names if name in wanted]
            parts += [self._good(batch) for batch in file.batches(only=only)] if only else []
        return pl.concat(parts, how="diagonal_relaxed") if parts else pl.DataFrame(schema={"id": pl.String})

    def _open(self, path: Path) -> ParquetCases:
        report = Report()
        file = open_parquet(path, self.book.rulebook, report)
        if file is None:
            raise CaseError(report.problems())
        return file

    def _read_by_signals(self) -> set[str]:
        """The facts that some signal reads, with those that they are derived from."""
        read = set(DATE_FACTS)
        for signal in self.book.rulebook.signals.values():
            conditions = [c for c in (signal.where, signal.share) if c is not None]
            read |= {*signal.same, *(test.fact for condition in conditions for test in tests(condition))}
            read |= {name for name in (signal.sharing, signal.distinct) if name is not None}
        fields = self.book.rulebook.fields
        for name in [name for name in fields if name in read]:
            derived = fields[name].derived
            if derived is not None:
                read |= {of for of in (derived.same_year, derived.group_of) if of is not None}
        return read | ({"findings"} if self.book.causes_fact in read else set())

    def _good(self, batch: pl.DataFrame) -> pl.DataFrame:
        """The rows of a batch that can be counted."""
        bad = self._checker.check(given(batch, self._checker.wanted)).bad
        return batch.filter(pl.Series(~bad)) if bad.any() else batch

    def _bad(self, file: ParquetCases, batch: pl.DataFrame, made: pl.DataFrame, done: int) -> list[BadValue]:
        """What is wrong with the rows that could not be assessed."""
        status = made.get_column(f"{self.book.rulebook.order[0]}_status")
        rows = (status == "problem").arg_true().to_list()
        if not rows:
            return []
        found = []
        for fault in self._checker.check(given(batch[rows], self._checker.wanted)).faults:
            if fault.row is not None:
                row = done + rows[fault.row] + 1
                found.append(BadValue(row, fault.column, fault.value, file.told(fault, row)))
        return found

    def _notes(self, file: ParquetCases) -> list[Problem]:
        """Columns that are not used although they are nearly named like a fact."""
        return [
            file.told(fault, 1) for fault in self._checker.check(given(file.nothing(), self._checker.wanted)).faults
        ]


class ParquetOut:
    """A Parquet file that is written batch by batch; whole when the `with` block ends well."""

    def __init__(self, file: BinaryIO, like: pl.DataFrame) -> None:
        self._schema = arrow_table(like).schema
        self._writer = pq.ParquetWriter(file, self._schema, compression="zstd")

    def write(self, frame: pl.DataFrame) -> None:
        """Add the rows of a frame with the columns that were named at first; one that it lacks is null."""
        table = arrow_table(frame)
        columns = [
            table.column(part.name) if part.name in frame.columns else pa.nulls(frame.height, part.type)
            for part in self._schema
        ]
        self._writer.write_table(pa.Table.from_arrays(columns, schema=self._schema))

    def __enter__(self) -> ParquetOut:
        return self

    def __exit__(self, kind: object, *error: object) -> None:
        if kind is not None:
            self._writer.is_open = False  # nothing more is to be written, not even the end
        self._writer.close()


def add(tally: Tally, frame: pl.DataFrame, book: Book) -> None:
    """Count the rows of a batch that were assessed, as `Tally.add` counts one."""
    names = [name for name in book.rulebook.order if f"{name}_status" in frame.columns]
    frame = frame.filter(pl.col(f"{names[0]}_status") != "problem")
    tally.cases += frame.height
    scope = frame if SCOPE[0] not in names else frame.filter(pl.col(SCOPE[0]) == SCOPE[1])
    tally.in_scope += scope.height
    for name in (n for n in ("startup", "layer") if n in names):
        said = scope.get_column(name).fill_null(scope.get_column(f"{name}_status"))
        tally.outcomes.setdefault(name, Counter()).update(_counted(said))
    if FIRST_GATE[0] in scope.columns:
        gate = scope.get_column(FIRST_GATE[0]).drop_nulls().cast(pl.String)
        tally.judged += len(gate)
        tally.passed += int((gate == FIRST_GATE[1]).sum())
    points = {item.id: item.group for item in book.cause_items.values() if item.group is not None}
    for counter, column in ((tally.found, "causes_found"), (tally.suspected, "causes_suspected")):
        pairs = frame.select(pl.int_range(pl.len()).alias("row"), pl.col(column).alias("cause")).explode("cause")
        pairs = pairs.drop_nulls().with_columns(pl.col("cause").replace(points)).unique()
        counter.update(_counted(pairs.get_column("cause")))
    tally.measures.update(_counted(frame.get_column("measures").explode().drop_nulls()))


def _counted(words: pl.Series) -> dict[str, int]:
    return dict(words.value_counts().iter_rows())
