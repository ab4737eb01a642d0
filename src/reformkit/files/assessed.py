"""Files of cases of any size and kind: batch after batch through `assess_frame`, in columns from end to end."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

import numpy as np
import polars as pl
from numpy.typing import NDArray

from reformkit.assessing.prepared import Prepared
from reformkit.files.batches import BadValue, Batch, Batches
from reformkit.files.case_batches import CaseBatches
from reformkit.files.doubts import Doubts, fits, placed
from reformkit.files.opening import TABLES
from reformkit.files.parquet import ROWS, lacking_id, open_parquet
from reformkit.files.seen_ids import SeenIds, repeated_id
from reformkit.files.table_batches import TableBatches
from reformkit.frames.answers import Frames
from reformkit.frames.checking import Before, Checked, FrameChecker
from reformkit.frames.given import given
from reformkit.frames.identifying import mark_misspelt
from reformkit.frames.request import FrameRequest
from reformkit.intake.spellings import Spellings
from reformkit.model.case import Unread
from reformkit.model.condition import tests
from reformkit.parsing.identity import masked
from reformkit.parsing.report import Report
from reformkit.problem import CaseError, Place, Problem
from reformkit.text import COMMA, SEMICOLON, Text

_COLUMNS_LACK = Text("缺 {lacks}", "it lacks {lacks}")
_COLUMNS_MORE = Text("多 {more}", "it has {more} more")
_OTHER_TYPE = Text("{name} 是 {found}，那里是 {want}", "{name} is {found} and there {want}")


@dataclass
class Assessed:
    """A batch that is done: its cases with their assessments, and what is wrong with those that have none.

    `rows` is how many cases were met, `unread` which of them are not in the frame.
    """

    frame: pl.DataFrame
    rows: int
    bad: list[BadValue] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)


class FrameFiles:
    """Files of cases to be assessed in columns, without holding them; they can be gone through once.

    Raises `CaseError` where a file is damaged or its columns do not fit the facts.
    """

    def __init__(self, book: Prepared, paths: Sequence[Path]) -> None:
        self.book = book
        self._frames = Frames(book)
        self._checker = FrameChecker(book.rulebook, book.checker)
        self._files = [self._open(path) for path in paths]
        self._sizes = [path.stat().st_size for path in paths]
        self._seen = SeenIds()
        self._doubts = Doubts(book, self._checker)
        self._spellings = [Spellings() for _ in paths]

    @property
    def problems(self) -> list[Problem]:
        """What is wrong with whole files or columns, and columns that are nearly named like a fact."""
        return [problem for file in self._files for problem in (*file.problems, *self._notes(file))]

    @property
    def carried(self) -> list[str]:
        """The columns of tables that are no facts and go through to the output, each once."""
        return list(dict.fromkeys(name for file in self._files for name in file.carried))

    @property
    def share_read(self) -> float:
        """How much of the files has been read, from 0 to 1."""
        read = sum(size * file.share_read for size, file in zip(self._sizes, self._files, strict=True))
        return read / max(1, sum(self._sizes))

    @property
    def ids_looked_for(self) -> int | None:
        """Among how many ids repeated ones were looked for; None: among all."""
        return self._seen.held if self._seen.is_full else None

    def check_columns(self) -> None:
        """Raise `CaseError` where the files do not have the same columns, and one that passes its columns on is
        among them. Tables and lists of cases need not: a fact without a column is unknown."""
        if not any(file.keeps_rows for file in self._files):
            return
        first, *others = self._files
        want = first.nothing().schema
        wrong = [
            Problem("RK193", Place(file.path), {"other": Path(first.path).name, "how": how})
            for file in others
            if (how := _difference(want, file.nothing().schema)) is not None
        ]
        if wrong:
            raise CaseError(wrong)

    def assessed(self, history: pl.DataFrame | None, as_of: date | None) -> Iterator[Assessed]:
        """Batch after batch, in the order of the files and rows."""
        most = ROWS if history is None else max(ROWS, history.height // 4)  # each batch looks the history through
        asked = FrameRequest(as_of)
        for number, file in enumerate(self._files):
            for batch in file.batches(most):
                frame: pl.DataFrame = self._frames.assess(batch.frame, history, asked)
                good, faults = self._looked_over(number, batch, frame, history, as_of)
                faults = [*self._doubts.found(self._files[number], batch, good, as_of), *faults]
                again = self._repeated(number, batch, good)
                bad = [*batch.bad, *faults, *again.values()]
                bad.sort(key=lambda bad: bad.problem.place)
                good[list(again)] = False
                unread = sorted([*batch.unread, *_marked(file, batch, ~good)], key=lambda case: case.place)
                rows = batch.frame.height + len(batch.unread)
                yield Assessed(self._without(frame, ~good & _is_good(frame, self.book), file), rows, bad, unread)

    def nothing(self, history: pl.DataFrame | None, as_of: date | None) -> pl.DataFrame:
        """What is made of no cases: the columns of every batch."""
        before = pl.concat([file.nothing() for file in self._files], how="diagonal")
        lazy: pl.LazyFrame = self._frames.assess(before.lazy(), history, FrameRequest(as_of))
        return pl.DataFrame(schema=lazy.collect_schema())

    def history(self) -> tuple[pl.DataFrame, list[BadValue]]:
        """Of every good case what signals read, held in memory, and what is wrong with the others."""
        wanted = {"id", *self._read_by_signals()}
        parts, bad = [], []
        for number, file in enumerate(self._files):
            only = [name for name in file.names if name in wanted]
            for batch in file.batches(ROWS, only) if only else ():
                checked = self._checked(number, batch)
                nameless = _nameless(file, batch, checked)
                good = ~checked.bad
                good[list(nameless)] = False
                again = self._repeated(number, batch, good)
                bad += [*batch.bad, *placed(checked.faults, file, batch), *nameless.values(), *again.values()]
                good[list(again)] = False
                parts.append(batch.frame if good.all() else batch.frame.filter(pl.Series(good)))
        whole = pl.concat(parts, how="diagonal_relaxed") if parts else pl.DataFrame(schema={"id": pl.String})
        return whole, bad

    def _open(self, path: Path) -> Batches:
        rulebook, suffix = self.book.rulebook, path.suffix.lower()
        if suffix in TABLES:
            return TableBatches(str(path), rulebook)
        if suffix != ".parquet":
            return CaseBatches(str(path), rulebook)
        report = Report()
        file = open_parquet(path, rulebook, report)
        if file is None:
            raise CaseError(report.problems())
        return replace(file, problems=report.problems())

    def _read_by_signals(self) -> set[str]:
        """The facts that some signal reads, with those that they are derived from."""
        read = set(self.book.rulebook.vocabulary.dates.case)
        for signal in self.book.rulebook.signals.values():
            conditions = [c for c in (signal.where, signal.share) if c is not None]
            read |= {*signal.same, *(test.fact for condition in conditions for test in tests(condition))}
            read |= {name for name in (signal.sharing, signal.distinct) if name is not None}
        return set(self.book.rulebook.vocabulary.behind(read))

    def _repeated(self, number: int, batch: Batch, good: NDArray[np.bool_]) -> dict[int, BadValue]:
        """The good cases of a batch whose id an earlier one has."""
        if "id" not in batch.frame.columns:
            return {}
        file, rows = self._files[number], np.flatnonzero(good)
        ids = batch.frame.get_column("id").cast(pl.String).gather(pl.Series(rows))
        bad_values = {}
        for met in self._seen.repeated(ids, batch.lines[rows], number):
            id, row = ids[met.row], int(rows[met.row])
            other = None if met.file == number else self._files[met.file].path
            bad_values[row] = BadValue("id", id, repeated_id(id, file.place(int(batch.lines[row])), met, other))
        return bad_values

    def _looked_over(
        self, number: int, batch: Batch, made: pl.DataFrame, history: pl.DataFrame | None, as_of: date | None
    ) -> tuple[NDArray[np.bool_], list[BadValue]]:
        """Which rows are good but for an id that was met before, and what there is to say of each row.

        What text says has been looked over when it was read.
        """
        file, good = self._files[number], _is_good(made, self.book)
        if good.all() and history is None and not file.keeps_rows:
            return good, []
        checked = self._checked(number, batch)
        if history is not None and "id" in history.columns:
            mark_misspelt(checked, history.get_column("id").cast(pl.String))
        nameless, good = _nameless(file, batch, checked), ~checked.bad
        good[list(nameless)] = False
        faults = [fault for fault in checked.faults if fits(fault.problem, as_of)]
        return good, [*placed(faults, file, batch), *nameless.values()]

    def _checked(self, number: int, batch: Batch) -> Checked:
        """A batch looked over as a part of its file; of text, what is odd has been said where it was read."""
        file = self._files[number]
        before = (
            Before(self._spellings[number], int(batch.lines[0]) - 1) if file.keeps_rows and batch.frame.height else None
        )
        checked = self._checker.check(given(batch.frame, self._checker.wanted), before)
        if not file.keeps_rows:
            checked.faults = [fault for fault in checked.faults if fault.problem.severity == "error"]
        return checked

    def _without(self, made: pl.DataFrame, mask: NDArray[np.bool_], file: Batches) -> pl.DataFrame:
        """The assessments without those of some cases, which stay as problems where the file keeps its rows."""
        if not file.keeps_rows:
            good = ~mask & _is_good(made, self.book)
            return made if good.all() else made.filter(pl.Series(good))
        if not mask.any():
            return made
        new = made.columns[made.columns.index(self.book.rulebook.order[0]) :]
        statuses = {f"{name}_status" for name in self.book.rulebook.order}
        return made.with_columns(
            pl.when(pl.lit(pl.Series(mask)))
            .then(pl.lit("problem" if name in statuses else None))
            .otherwise(pl.col(name))
            .alias(name)
            for name in new
        )

    def _notes(self, file: Batches) -> list[Problem]:
        """Columns that are not used although they are nearly named like a fact."""
        return [file.told(f, 1) for f in self._checker.check(given(file.nothing(), self._checker.wanted)).faults]


def _nameless(file: Batches, batch: Batch, checked: Checked) -> dict[int, BadValue]:
    """The rows without an id of a file that keeps its rows; elsewhere they are left out when they are read."""
    if not file.keeps_rows:
        return {}
    ids = checked.columns.ids
    said = {fault.row for fault in checked.faults if fault.column == "id"}
    rows = range(batch.frame.height) if ids is None else np.flatnonzero(ids.is_null().to_numpy()).tolist()
    return {
        row: BadValue("id", "", lacking_id(Place(file.path, int(batch.lines[row])))) for row in rows if row not in said
    }


def _marked(file: Batches, batch: Batch, mask: NDArray[np.bool_]) -> Iterator[Unread]:
    """Some rows of a batch, as cases that are left out."""
    has_id = "id" in batch.frame.columns
    for row in np.flatnonzero(mask).tolist():
        line = int(batch.lines[row])
        if has_id:
            id = batch.frame.get_column("id")[row]
            yield Unread(file.place(line), "" if id is None else masked(str(id).strip()))
        else:
            yield Unread(Place(file.path, line))


def _is_good(made: pl.DataFrame, book: Prepared) -> NDArray[np.bool_]:
    """Which cases were assessed."""
    is_good: NDArray[np.bool_] = (made.get_column(f"{book.rulebook.order[0]}_status") != "problem").to_numpy()
    return is_good


def _difference(want: pl.Schema, found: pl.Schema) -> Text | None:
    """In what the columns of a file differ from those of another; None: in nothing but their order."""
    lacks = [name for name in want if name not in found]
    more = [name for name in found if name not in want]
    others = [name for name in want if name in found and found[name] != want[name]]
    differences = [
        *([_COLUMNS_LACK.fill(lacks=COMMA.join(lacks))] if lacks else []),
        *([_COLUMNS_MORE.fill(more=COMMA.join(more))] if more else []),
        *(_OTHER_TYPE.fill(name=n, found=str(found[n]), want=str(want[n])) for n in others),
    ]
    return SEMICOLON.join(differences) if differences else None
