"""What a book answers for frames: many cases in, the same rows with decisions, causes and measures out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from reformkit.deciding.columns import ColumnChain, DecidedColumn
from reformkit.model.columns import CaseColumns, Numbers
from reformkit.reading.frame_facts import Checked, Fault, FrameChecker
from reformkit.reading.frames import Given, Schema, adding, instead

if TYPE_CHECKING:
    from reformkit.book import Book

_PROBLEMS = {
    "row": pl.Int64,
    "column": pl.String,
    "value": pl.String,
    "code": pl.String,
    "severity": pl.String,
    "message": pl.String,
    "fix": pl.String,
    "message_en": pl.String,
    "fix_en": pl.String,
}


class Frames:
    """A book's answers for frames."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self.rulebook = book.rulebook
        self.chain = ColumnChain(book.chain)
        self.checker = FrameChecker(book.rulebook, book.checker)

    def check(self, frame: Any) -> Any:
        """A frame of everything that is wrong with a frame."""

        def work(given: Given) -> pl.DataFrame:
            return _problems(self.checker.check(given).faults)

        return instead(frame, work, _PROBLEMS, self.checker.wanted)

    def decide(self, decision: str, frame: Any, as_of: date | None, needs: bool, on_problem: str) -> Any:
        """A frame with the columns of one decision."""
        if decision not in self.rulebook.decisions:
            raise KeyError(f"no decision {decision!r}; there are: {', '.join(self.rulebook.decisions)}")

        def schema(before: Schema) -> Schema:
            return self._stated_schema((decision,), before) | self._schema(decision, needs)

        def work(given: Given) -> pl.DataFrame:
            checked = self._checked(given, on_problem)
            good, columns = good_rows(checked)
            decided = self.chain.decide(columns, (decision,), as_of, needs)
            made = scattered(self._decision_columns(decision, decided, needs), good, given.height, (decision,))
            return pl.DataFrame(self._stated((decision,), given) + made)

        return adding(frame, work, schema, self.checker.wanted)

    def _checked(self, given: Given, on_problem: str) -> Checked:
        if on_problem not in ("mark", "raise"):
            raise ValueError(f"on_problem must be mark or raise, not {on_problem!r}")
        checked = self.checker.check(given)
        if on_problem == "raise" and checked.bad.any():
            raise checked.error()
        return checked

    def _stated_schema(self, decisions: Sequence[str], before: Schema) -> dict[str, Any]:
        return {f"{name}_stated": before[name] for name in decisions if name in before}

    def _stated(self, decisions: Sequence[str], given: Given) -> list[pl.Series]:
        """The outcomes that the frame states itself, under a name of their own."""
        return [given.columns[name].alias(f"{name}_stated") for name in decisions if name in given.columns]

    # --- columns of a decision -------------------------------------------------------------------------

    def _schema(self, decision: str, needs: bool) -> dict[str, Any]:
        collects = self.rulebook.decisions[decision].hit == "collect"
        return {
            decision: pl.List(pl.String) if collects else pl.String,
            f"{decision}_rule": pl.String,
            f"{decision}_status": pl.String,
            **({f"{decision}_needs": pl.List(pl.String)} if needs else {}),
        }

    def _decision_columns(self, decision: str, decided: dict[str, DecidedColumn], needs: bool) -> list[pl.Series]:
        """Outcome, rule and status of a decision for each good row, and what is worth asking."""
        column, kinds = decided[decision], self._schema(decision, needs)
        collects = kinds[decision] != pl.String
        outcomes: list[Any] = [
            list(v.outcomes) if collects else v.outcomes[0] if v.outcomes else None for v in column.verdicts
        ]
        said = [outcomes, [v.rule for v in column.verdicts], [v.status for v in column.verdicts]]
        made = [looked_up(name, values, kinds[name], column.codes) for name, values in zip(kinds, said, strict=False)]
        if needs:
            codes, wants = self.chain.needs(decision, decided)
            made.append(looked_up(f"{decision}_needs", [list(w) for w in wants], pl.List(pl.String), codes))
        return made


def good_rows(checked: Checked) -> tuple[Numbers | None, CaseColumns]:
    """The rows that can be used (None: all of them), and their facts."""
    if not checked.bad.any():
        return None, checked.columns
    good = np.flatnonzero(~checked.bad)
    return good, checked.columns.take(good)


def looked_up(name: str, values: Sequence[Any], kind: Any, codes: NDArray[Any]) -> pl.Series:
    """A column of values by number."""
    return pl.Series(name, values, dtype=kind).gather(pl.Series(codes))


def scattered(
    made: Sequence[pl.Series], good: Numbers | None, height: int, decisions: Sequence[str]
) -> list[pl.Series]:
    """Columns of the good rows as columns of all rows: null in a bad one, whose status is `problem`."""
    if good is None:
        return list(made)
    places = np.full(height, len(good))
    places[good] = np.arange(len(good))
    spread, statuses = [], {f"{name}_status" for name in decisions}
    for series in made:
        other = "problem" if series.name in statuses else None
        last = pl.Series(series.name, [other], dtype=series.dtype)
        spread.append(pl.concat([series, last]).gather(places))
    return spread


def _problems(faults: Sequence[Fault]) -> pl.DataFrame:
    """Faults as a frame, in the order of rows and columns."""
    rows = [
        (f.row, f.column, f.value, p.code, p.severity, p.message("zh"), p.fix("zh"), p.message("en"), p.fix("en"))
        for f in sorted(faults, key=lambda fault: fault.problem.place)
        for p in (f.problem,)
    ]
    return pl.DataFrame(rows, schema=_PROBLEMS, orient="row")
