"""What a book answers for frames: many cases in, the same rows with decisions, causes and measures out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, NamedTuple

import numpy as np
import polars as pl
from numpy.typing import NDArray

from reformkit.assessing.prepared import Prepared
from reformkit.columns.at_once import at_once
from reformkit.columns.cases import CaseColumns, Numbers
from reformkit.columns.chain import ColumnChain, DecidedColumn
from reformkit.columns.counting import COUNTED, ColumnCounter, CountedColumn, SignalTally
from reformkit.columns.deriving import derive
from reformkit.frames.advice import LISTS, ColumnAssessor, columns_of
from reformkit.frames.checking import Checked, FrameChecker
from reformkit.frames.given import Given, Schema, Work, adding, given, instead
from reformkit.frames.gives import given_columns, given_values
from reformkit.frames.identifying import check_ids, mark_left_out, mark_without_id
from reformkit.frames.problem_rows import PROBLEM_COLUMNS, problem_rows
from reformkit.frames.request import FrameRequest
from reformkit.problem import CaseError

HISTORY = "<history>"
"""What stands for the path where a problem lies in the frame over which signals are counted."""


class _Wants(NamedTuple):
    """What is wanted of an assessment beside decisions, causes and measures."""

    signals: bool
    needs: bool
    counted: bool
    texts: bool

    @classmethod
    def of(cls, asked: FrameRequest, history: object) -> _Wants:
        """Without a history there is nothing that signals count over."""
        signals = history is not None
        return cls(signals, asked.needs, asked.counted and signals, asked.texts)


class Told(NamedTuple):
    """What was counted for the good rows of a part: the signals, and which of these rows were counted at all."""

    tallies: Mapping[str, SignalTally]
    rows: Numbers


class Frames:
    """A book's answers for frames."""

    def __init__(self, book: Prepared) -> None:
        self.book = book
        self.rulebook = book.rulebook
        self.chain = ColumnChain(book.chain)
        self.checker = FrameChecker(book.rulebook, book.checker)
        self.assessor = ColumnAssessor(book)

    def check(self, frame: Any, history: Any = None) -> Any:
        """A frame of everything that is wrong with a frame; with a history, also with the ids by which it is counted."""
        others = None if history is None or is_self(history) else self._history(history, "mark")

        def work(held: Given) -> pl.DataFrame:
            return problem_rows(self._checked(held, "mark", history is not None, others).faults)

        return instead(frame, work, PROBLEM_COLUMNS, self.checker.wanted)

    def decide(self, decision: str, frame: Any, as_of: date | None, needs: bool, on_problem: str) -> Any:
        """A frame with the columns of one decision."""
        work = self.deciding(decision, as_of, needs, on_problem)

        def schema(before: Schema) -> Schema:
            return self._stated_schema((decision,), before) | self._schema(decision, needs)

        return adding(frame, work, schema, self.checker.wanted, barred=self.checker.is_barred)

    def deciding(self, decision: str, as_of: date | None, needs: bool, on_problem: str) -> Work:
        """What makes the columns of one decision from the columns of a frame.

        Raises KeyError for a decision that the rulebook does not have.
        """
        if decision not in self.rulebook.decisions:
            raise KeyError(f"no decision {decision!r}; there are: {', '.join(self.rulebook.decisions)}")

        def work(held: Given) -> pl.DataFrame:
            checked = self._checked(held, on_problem)
            good, columns = good_rows(checked)
            decided = self.chain.decide(columns, (decision,), as_of, needs)
            said = self._decision_columns(decision, decided)
            if needs:
                said.append(self._needs_column(decision, decided, columns, as_of))
            made = scattered(said, good, held.height, (decision,))
            return pl.DataFrame(self._stated((decision,), held) + made)

        return work

    def assess(self, frame: Any, history: Any, asked: FrameRequest) -> Any:
        """A frame with every decision, causes, measures and questions, and what signals counted."""
        wants = _Wants.of(asked, history)
        work = self.assessing(history, asked)

        def schema(before: Schema) -> Schema:
            new = self._assessed_schema(wants)
            return self._stated_schema(new, before) | new

        row_by_row = history is None or not is_self(history)
        return adding(frame, work, schema, self.checker.wanted, row_by_row, self.checker.is_barred)

    def assessing(self, history: Any, asked: FrameRequest, told: Told | None = None) -> Work:
        """What makes the columns of an assessment from the columns of a frame.

        `told`: what was counted elsewhere (in a cluster) for its good rows.
        """
        others = None if history is None or is_self(history) else self._history(history, asked.on_problem)
        wants = _Wants.of(asked, history)

        def work(held: Given) -> pl.DataFrame:
            checked = self._checked(held, asked.on_problem, wants.signals, others, told)
            good, columns = good_rows(checked)
            tallies = self._tallies(columns, others, asked.as_of, wants) if told is None else told.tallies
            made = self._assessed(columns, tallies, asked, wants)
            spread = scattered(made, good, held.height, tuple(self.rulebook.decisions))
            return pl.DataFrame(self._stated([series.name for series in made], held) + spread)

        return work

    def _history(self, history: Any, on_problem: str) -> CaseColumns:
        try:
            return good_rows(self._checked(given(history, self.checker.wanted), on_problem, is_counted=True))[1]
        except CaseError as error:
            raise CaseError(replace(p, place=replace(p.place, path=HISTORY)) for p in error.problems) from None

    def _assessed_schema(self, wants: _Wants) -> dict[str, Any]:
        lists = pl.List(pl.String)
        new: dict[str, Any] = {}
        for name in self.rulebook.order:
            new |= self._schema(name, False)
        for name in self.rulebook.signals if wants.signals else ():
            new |= {name: pl.Int64} | {f"{name}_{end}": lists for end in COUNTED if wants.counted}
        new |= dict.fromkeys(LISTS, lists)
        return new | dict.fromkeys([*["needs"] * wants.needs, *["texts"] * wants.texts], lists)

    def _tallies(
        self, columns: CaseColumns, others: CaseColumns | None, as_of: date | None, wants: _Wants
    ) -> Mapping[str, SignalTally]:
        """The signals of each case, counted over the others, or over the cases themselves."""
        if not wants.signals:
            return {}
        derived = derive(self.rulebook.vocabulary, columns, as_of)
        past = derived if others is None else derive(self.rulebook.vocabulary, others, as_of)
        counter = ColumnCounter(self.rulebook, past)
        counts = counter.count(derived, counter.own(derived, itself=others is None))
        ids = (counter.history.ids, columns.ids) if wants.counted else None
        return at_once(lambda counting: counting.tally(ids), counts)

    def _assessed(
        self, columns: CaseColumns, tallies: Mapping[str, SignalTally], asked: FrameRequest, wants: _Wants
    ) -> list[pl.Series]:
        """The columns of an assessment of each case."""
        evidence: list[pl.Series] = []
        for name, tally in tallies.items():
            evidence.append(_evidence(name, tally.column, columns.plain.get(name)))
            if tally.ids is not None:
                evidence += [ids.alias(f"{name}_{end}") for ids, end in zip(tally.ids, COUNTED, strict=True)]
        counts = {name: tally.column for name, tally in tallies.items()}
        columns = _with_signals(columns, counts)
        decided = self.chain.decide(columns, self.rulebook.order, asked.as_of, wants.needs)
        made = [series for name in decided for series in self._decision_columns(name, decided)] + evidence
        made += columns_of(self.assessor.advise(columns, decided, counts, asked.as_of, wants.needs, asked.letter_on))
        if wants.texts:
            texts = self.assessor.texts(columns, asked.as_of, asked.letter_on, asked.lang)
            made.append(pl.Series("texts", texts, dtype=pl.List(pl.String)))
        return made

    def _checked(
        self,
        given: Given,
        on_problem: str,
        is_counted: bool = False,
        others: CaseColumns | None = None,
        told: Told | None = None,
    ) -> Checked:
        """The facts of a frame; where they are counted, or counted over others, with their ids checked too."""
        if on_problem not in ("mark", "raise"):
            raise ValueError(f"on_problem must be mark or raise, not {on_problem!r}")
        checked = self.checker.check(given)
        if told is not None:
            mark_without_id(checked)
            mark_left_out(checked, told.rows)
        elif is_counted:
            check_ids(checked, others)
        if on_problem == "raise" and checked.has_errors:
            raise checked.error()
        return checked

    def _stated_schema(self, new: Iterable[str], before: Schema) -> dict[str, Any]:
        return {f"{name}_stated": before[name] for name in new if name in before and self.checker.wanted(name)}

    def _stated(self, new: Iterable[str], given: Given) -> list[pl.Series]:
        """The facts that the frame states under the name of a new column, under a name of their own."""
        return [given.columns[name].alias(f"{name}_stated") for name in new if name in given.columns]

    # --- columns of a decision -------------------------------------------------------------------------

    def _schema(self, decision: str, needs: bool) -> dict[str, Any]:
        table = self.rulebook.decisions[decision]
        return {
            decision: pl.List(pl.String) if table.hit == "collect" else pl.String,
            f"{decision}_rule": pl.String,
            f"{decision}_status": pl.String,
            **given_columns(table),
            **({f"{decision}_needs": pl.List(pl.String)} if needs else {}),
        }

    def _decision_columns(self, decision: str, decided: dict[str, DecidedColumn]) -> list[pl.Series]:
        """Outcome, rule and status of a decision for each good row, and what comes with the outcome."""
        column, kinds = decided[decision], self._schema(decision, False)
        collects = kinds[decision] != pl.String
        outcomes: list[Any] = [
            list(v.outcomes) if collects else v.outcomes[0] if v.outcomes else None for v in column.verdicts
        ]
        said = [outcomes, [v.rule for v in column.verdicts], [v.status for v in column.verdicts]]
        said += given_values(self.rulebook.decisions[decision], column.verdicts)
        return [looked_up(name, values, kinds[name], column.codes) for name, values in zip(kinds, said, strict=True)]

    def _needs_column(
        self, decision: str, decided: dict[str, DecidedColumn], columns: CaseColumns, as_of: date | None
    ) -> pl.Series:
        """What is worth asking for a decision, for each good row."""
        codes, wants = self.chain.needs(decision, decided, columns, as_of)
        return looked_up(f"{decision}_needs", [list(w) for w in wants], pl.List(pl.String), codes)


def good_rows(checked: Checked) -> tuple[Numbers | None, CaseColumns]:
    """The rows that can be used (None: all of them), and their facts."""
    if not checked.bad.any():
        return None, checked.columns
    good = np.flatnonzero(~checked.bad)
    return good, checked.columns.take(good)


def looked_up(name: str, values: Sequence[Any], kind: Any, codes: NDArray[Any]) -> pl.Series:
    """A column of values by number."""
    return pl.Series(name, values, dtype=kind).gather(pl.Series(codes))


def is_self(history: Any) -> bool:
    if isinstance(history, str) and history != "self":
        raise ValueError(f'history is a frame or "self", not {history!r}')
    return isinstance(history, str)


def _with_signals(columns: CaseColumns, counts: Mapping[str, CountedColumn]) -> CaseColumns:
    """The facts with the counted signals; what is stated wins."""
    plain, opens = dict(columns.plain), {}
    for name, column in counts.items():
        told = column.known & (column.open == 0)
        value = pl.select(pl.when(pl.Series(told)).then(pl.Series(column.value))).to_series()
        stated = plain.get(name)
        plain[name] = value if stated is None else stated.fill_null(value)
        if len(column.possible) > 1:
            unstated = True if stated is None else stated.is_null().to_numpy()
            opens[name] = (np.where(unstated, column.open, 0), column.possible)
    return columns.stating(plain, opens=opens)


def _evidence(name: str, column: CountedColumn, stated: pl.Series | None) -> pl.Series:
    """The value of a signal: as stated, else as counted (without the case itself where that is open)."""
    value = pl.select(pl.when(pl.Series(column.known)).then(pl.Series(column.value))).to_series().alias(name)
    return value if stated is None else stated.fill_null(value)


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
