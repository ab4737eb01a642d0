"""Checking the facts of a frame: column by column where the types are right, value by value where they are not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from difflib import get_close_matches
from typing import Any, NamedTuple

import numpy as np
import polars as pl

from reformkit.columns.cases import CaseColumns, FindingColumns, Flags
from reformkit.columns.contradicted import contradicted, dated_before
from reformkit.columns.keys import keyed
from reformkit.deciding.before_rules import BeforeRules
from reformkit.deciding.contradictions import Contradictions
from reformkit.frames.findings import finding_columns, plain_findings, tag_column
from reformkit.frames.given import FRAME, Given
from reformkit.frames.sound import readable
from reformkit.frames.values import TAKE, WORDS, as_python, python_values, replaced
from reformkit.intake.facts import CheckedValue, Checker
from reformkit.intake.identifying import id_problem, no_id
from reformkit.intake.personal import names_person
from reformkit.intake.python_values import ValueFault, id_of, short
from reformkit.intake.spellings import Spellings
from reformkit.model.rulebook import Rulebook
from reformkit.model.vocabulary import Field
from reformkit.parsing.identity import PERHAPS_IDENTITY, masked
from reformkit.parsing.source import forbidden
from reformkit.problem import NOWHERE, CaseError, Place, Problem
from reformkit.reading.keys import AS_IT_IS, MARKS, PLAIN
from reformkit.reading.taking import LONGEST_UNKNOWN, odd
from reformkit.text import Text


class Fault(NamedTuple):
    """What is wrong in one cell, or with a column (no row)."""

    row: int | None
    column: str
    value: str
    problem: Problem


class Before(NamedTuple):
    """What was met in the parts of a whole that came before: how texts were spelt, and how many rows there were."""

    spellings: Spellings
    rows: int


@dataclass
class Checked:
    """The facts of a frame; in rows that are `bad` they are not to be used. `before`: of a part of a whole."""

    columns: CaseColumns
    bad: Flags
    faults: list[Fault] = field(default_factory=list)
    before: Before | None = None

    def add(self, row: int, column: str, value: Any, answer: CheckedValue) -> None:
        """Take down what is to be said of a cell; one that is wrong spoils its row."""
        self.bad[row] |= answer.is_wrong
        self.faults += [Fault(row, column, _shown(value), problem) for problem in answer.problems]

    @property
    def has_errors(self) -> bool:
        """Whether a row, or a whole column, is wrong."""
        of_columns = (fault.problem.severity for fault in self.faults if fault.row is None)
        return bool(self.bad.any()) or "error" in of_columns

    def error(self) -> CaseError:
        """Every fault, each at its row and column (both counted from 1)."""
        return CaseError(fault.problem for fault in self.faults if fault.problem.severity == "error")


class FrameChecker:
    """Takes frames as Python has them: canonical names and values, nulls (and NaN) unknown.

    A choice is a string, categorical or enum; a flag a boolean; a count any integer, or a float that is whole
    (as pandas holds integers with gaps); a number a decimal, any integer, or a float whose shortest form has its places; a date a date, a datetime at midnight or an ISO string; tags a list of
    strings, or one string split at `;` or `；` where `无` is the empty set and blank is unknown; findings a list
    of structs of cause, matter, evidence and the unit of its own. With `contradictions`, rows that say what cannot be are warned of;
    single cases are asked for that when they are assessed.
    """

    def __init__(self, rulebook: Rulebook, checker: Checker, contradictions: bool = True) -> None:
        self._checker = checker
        self._fields = rulebook.fields
        self._matters = rulebook.vocabulary.finding_fields.get("matter")
        self._vocabulary = rulebook.vocabulary
        self._contradictions = Contradictions(rulebook) if contradictions else None
        self._before_rules = BeforeRules(rulebook)
        self._gathered = rulebook.vocabulary.gathered
        self._causes = self._gathered.get("cause")
        self._own = {f"{name}_{end}" for name in rulebook.decisions for end in OUTPUTS}
        self._labels = {f.label.zh: name for name, f in rulebook.fields.items()}

    def wanted(self, name: str) -> bool:
        """Whether a column says something of a case."""
        return name in self._fields or name in ("id", "findings")

    def is_barred(self, name: str) -> bool:
        """Whether a column is never passed on, because it holds who a person is."""
        return not self.wanted(name) and name not in self._labels and names_person(name)

    def check(self, given: Given, before: Before | None = None) -> Checked:
        """The facts of a frame, and every fault; of a frame that is a part of a whole, `before` is what came before."""
        checked = Checked(CaseColumns(given.height), np.zeros(given.height, dtype=np.bool_), before=before)
        columns = checked.columns
        for name, series in given.columns.items():
            if name == "id":
                columns.ids = self._ids(series, checked)
            elif name == "findings":
                columns.findings = self._findings(series, checked)
            else:
                kind = self._fields[name]
                canonical = (self._text if kind.type == "text" else self._column)(kind, series, checked)
                if kind.type == "tags":
                    columns.tags[name] = tag_column(canonical, tuple(kind.values))
                else:
                    columns.plain[name] = canonical
        self._join_findings(columns)
        self._warn_of_contradictions(checked)
        for name in given.names:
            self._note(name, checked)
        order = {name: i + 1 for i, name in enumerate(given.names)}
        checked.faults = [_placed(fault, order, columns.ids) for fault in checked.faults]
        return checked

    # --- one column ------------------------------------------------------------------------------------

    def _column(self, field: Field, series: pl.Series, checked: Checked) -> pl.Series:
        """A column in the type of its fact; what is not plainly right is asked of the checker of single facts."""
        canonical, doubtful = TAKE[field.type](field, series)
        rows = np.flatnonzero(doubtful.to_numpy())
        if not len(rows):
            return canonical
        answers: dict[object, CheckedValue] = {}
        good: list[tuple[int, Any]] = []
        for row, value in zip(rows.tolist(), python_values(series.gather(rows)), strict=True):
            asked = as_python(field, value)
            key = (type(asked), asked if isinstance(asked, str | int | float | date) else repr(asked))
            if key not in answers:
                answers[key] = self._checker.value(field.name, asked)
            answer = answers[key]
            checked.add(row, field.name, value, answer)
            if answer.value is not None:
                good.append((row, sorted(answer.value) if isinstance(answer.value, frozenset) else answer.value))
        canonical = pl.select(pl.when(pl.lit(doubtful)).then(None).otherwise(pl.lit(canonical))).to_series()
        return replaced(canonical, good)

    def _text(self, field: Field, series: pl.Series, checked: Checked) -> pl.Series:
        """A column of texts as they are written; each different one that is not plainly right is asked about once."""
        if not isinstance(series.dtype, WORDS):
            return self._column(field, series, checked)
        given = series.cast(pl.String)
        words = given.str.strip_chars()
        doubtful = ~words.str.contains(PLAIN) | words.str.contains(PERHAPS_IDENTITY) | (words == "")
        doubtful |= words.str.to_lowercase().str.strip_chars(MARKS).is_in(self._checker.no_values)
        doubtful |= ~words.str.contains(r"\p{L}")
        doubtful |= (words.str.len_chars() <= LONGEST_UNKNOWN) & ~words.str.contains(AS_IT_IS)
        answers = {word: self._checker.value(field.name, word) for word in given.filter(doubtful).unique().to_list()}
        noted = [word for word, answer in answers.items() if answer.problems]
        for row in np.flatnonzero(given.is_in(noted).fill_null(False).to_numpy()).tolist() if noted else ():
            checked.add(row, field.name, given[row], answers[given[row]])
        changed = {word: answer.value for word, answer in answers.items() if answer.value != word}
        said = given.replace_strict(changed, default=words, return_dtype=pl.String) if changed else words
        self._spellings(field, said, checked)
        return said

    def _spellings(self, field: Field, words: pl.Series, checked: Checked) -> None:
        """Warn of each text that is compared as one written otherwise before it."""
        before = checked.before or Before(Spellings(), 0)
        if (checked.before is None and keyed(words) is words) or before.spellings.is_full(field.name):
            return
        told = pl.DataFrame({"word": words}).with_row_index("row").drop_nulls("word")
        told = told.unique("word", keep="first", maintain_order=True)
        if checked.before is None:
            told = told.filter(keyed(told["word"]).is_duplicated())
        for row, word in told.iter_rows():
            fault = before.spellings.fault(field.name, word, before.rows + row + 1)
            if fault is not None:
                problem = Problem(fault[0], NOWHERE, {"fact": field.name, **fault[1]}, fact=field.name)
                checked.faults.append(Fault(row, field.name, word, problem))

    def _ids(self, series: pl.Series, checked: Checked) -> pl.Series:
        """Ids as they are written, without blanks at their ends; numbers are ids too, and blank is none."""
        if not isinstance(series.dtype, (*WORDS, pl.Null)) and not series.dtype.is_integer():
            series = self._ids_of_objects(series, checked)
        ids = series.cast(pl.String).str.strip_chars()
        ids = pl.select(pl.when(pl.lit(ids) != "").then(pl.lit(ids))).to_series().alias("id")
        doubtful = ~ids.str.contains(PLAIN) | ids.str.contains(PERHAPS_IDENTITY)
        doubtful |= ids.str.to_lowercase().str.strip_chars(MARKS).is_in(self._checker.no_values)
        for row in np.flatnonzero(doubtful.fill_null(False).to_numpy()).tolist():
            problems = [id_problem(fault, NOWHERE) for fault in odd(ids[row])]
            if masked(ids[row]) != ids[row]:
                problems = [Problem("RK139", NOWHERE, {"fact": "id"}, fact="id")]
            elif (wrong := forbidden(ids[row])) is not None:
                problems = [Problem(wrong[0], NOWHERE, wrong[1], fact="id")]
            elif self._checker.taker.is_no_id(ids[row]):
                problems = [no_id(ids[row], NOWHERE)]
            checked.add(row, "id", ids[row], CheckedValue(None, problems))
        return ids

    def _ids_of_objects(self, series: pl.Series, checked: Checked) -> pl.Series:
        """Ids that are no words and no whole numbers, each as a single case has it; one that says nothing is said."""
        ids: list[str | None] = []
        for row, value in enumerate(python_values(series)):
            try:
                ids.append(id_of(value) or None)
            except ValueFault as fault:
                ids.append(None)
                problem = Problem(fault.code, NOWHERE, {"fact": "id", **fault.values}, fact="id", in_python=True)
                checked.add(row, "id", value, CheckedValue(None, [problem]))
        return pl.Series("id", ids, dtype=pl.String)

    # --- findings --------------------------------------------------------------------------------------

    def _findings(self, series: pl.Series, checked: Checked) -> FindingColumns:
        canonical, doubtful = plain_findings(series, self._causes, self._matters)
        rows = np.flatnonzero(doubtful.to_numpy())
        good: list[tuple[int, Any]] = []
        for row, value in zip(rows.tolist(), series.gather(rows).to_list() if len(rows) else [], strict=True):
            try:
                case = self._checker.case({"findings": value})
            except CaseError as error:
                checked.bad[row] = True
                checked.faults += [Fault(row, "findings", _shown(value), problem) for problem in error.problems]
            else:
                good.append((row, [finding.model_dump() for finding in case.findings or ()]))
        if len(rows):
            canonical = pl.select(pl.when(pl.lit(doubtful)).then(None).otherwise(pl.lit(canonical))).to_series()
            canonical = replaced(canonical, good)
        return finding_columns(canonical, self._causes, self._matters)

    def _join_findings(self, columns: CaseColumns) -> None:
        """What the findings say joins what is stated."""
        findings = columns.findings
        if findings is not None:
            for part, gathered in self._gathered.items():
                columns.tags[gathered.name] = findings.gathered(part, columns.tags.get(gathered.name))

    def _warn_of_contradictions(self, checked: Checked) -> None:
        """Warn of good rows that say what cannot be."""
        if self._contradictions is None:
            return
        columns, assessed = checked.columns, self._vocabulary.dates.assessed
        rows = np.flatnonzero(contradicted(self._vocabulary, columns) & ~checked.bad)
        for row, facts in zip(rows.tolist(), columns.take(rows).facts() if len(rows) else (), strict=True):
            for problem in self._contradictions.found(facts, facts.get(assessed or ""), NOWHERE):
                checked.faults.append(Fault(row, problem.fact or "", "", problem))
        dates = [name for name in self._vocabulary.dates.facts if name in columns.plain]
        for row, day in dated_before(dates, columns, self._before_rules.last) if dates else ():
            if not checked.bad[row]:
                fact = next(name for name in dates if columns.plain[name][row] is not None)
                checked.faults += [Fault(row, fact, "", p) for p in self._before_rules.found(day, NOWHERE, fact)]

    # --- columns that say nothing ----------------------------------------------------------------------

    def _note(self, name: str, checked: Checked) -> None:
        """Note a column that is not used although its name is nearly that of a fact, or that names persons."""
        if self.wanted(name) or name in self._own:
            return
        if self.is_barred(name):
            checked.faults.append(Fault(None, name, "", Problem("RK808", NOWHERE, {"column": name})))
            return
        near = self._labels.get(name) or next(iter(get_close_matches(name, [*self._fields, "findings"], 1, 0.85)), None)
        if near is not None:
            problem = Problem("RK190", NOWHERE, {"column": name, "near": near})
            checked.faults.append(Fault(None, name, "", problem))


OUTPUTS = ("rule", "status", "needs", "stated")
"""The endings of the columns that deciding adds beside that of the outcome."""


def _shown(value: Any) -> str:
    """A value as a problem shows it."""
    try:
        said = str(value.to_list() if isinstance(value, pl.Series) else value)
    except ValueError:  # a number of more digits than Python writes out
        said = short(value)
    said = readable(said)
    return masked(said if len(said) <= 200 else said[:199] + "…")


def _placed(fault: Fault, order: Mapping[str, int], ids: pl.Series | None) -> Fault:
    problem = fault.problem
    case = None if ids is None or fault.row is None else ids[fault.row]
    place = Place(FRAME, 0 if fault.row is None else fault.row + 1, order[fault.column])
    values = {k: Text.same(v) if k == "word" and fault.column == "" else v for k, v in problem.values.items()}
    return fault._replace(problem=replace(problem, place=place, values=values, case=case, content=fault.value or None))
