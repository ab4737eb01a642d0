"""Cases from Parquet files, batch by batch: columns named by ids or labels, values as ids or labels."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import polars as pl
import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.parquet as pq  # type: ignore[import-untyped]

from reformkit.files.assessed_columns import carried_texts
from reformkit.files.batches import Batch
from reformkit.frames.checking import Before, Checked, Fault, FrameChecker
from reformkit.frames.given import given
from reformkit.frames.labels import fields_of_findings, findings_with_ids, with_ids
from reformkit.frames.sound import sound_series
from reformkit.intake.facts import Checker
from reformkit.intake.personal import names_person
from reformkit.intake.python_values import choice_words
from reformkit.intake.spellings import Spellings
from reformkit.model.case import Case, FrozenFacts, Unread
from reformkit.model.rulebook import Rulebook
from reformkit.model.vocabulary import Field
from reformkit.parsing.report import Report
from reformkit.parsing.source import is_there
from reformkit.problem import CaseError, Place, Problem
from reformkit.reading import keywords
from reformkit.reading.as_written import heading
from reformkit.reading.form import quoted
from reformkit.reading.words import Words
from reformkit.text import Text

_UNREADABLE_AFTER = Text("第 {done} 行之后的数据读不出（{words}）", "nothing can be read after row {done} ({words})")

ROWS = 1 << 16
"""Rows of a batch."""

_READ_AT_ONCE = 1 << 20  # bytes of a column; row groups may be large
_CASE, _ID = Text("案件", "a case"), quoted("编号", "id")
_OWN_COLUMNS = Words(keywords.with_chinese(("id", "findings")))


@dataclass(frozen=True)
class ParquetCases:
    """A Parquet file of cases. `names` are its columns, by canonical names where they are facts."""

    path: str
    file: Any
    names: list[str]
    columns: dict[str, Field] = field(default_factory=dict)
    of_findings: dict[str, Field] = field(default_factory=dict)
    progress: dict[str, int] = field(default_factory=dict)
    keeps_rows = True
    problems: Sequence[Problem] = ()
    carried: Sequence[str] = ()
    """Columns that are no facts and go through to tables too; Parquet gets all of them."""

    @property
    def rows(self) -> int:
        """How many rows the file has."""
        return int(self.file.metadata.num_rows)

    def nothing(self) -> pl.DataFrame:
        """A frame of no rows, with the columns of every batch."""
        return self._canonical(pa.Table.from_batches([], schema=self.file.schema_arrow))

    @property
    def share_read(self) -> float:
        """How much of the file has been read, from 0 to 1."""
        return self.progress.get("done", 0) / max(1, self.rows)

    def batches(self, rows: int = ROWS, only: list[str] | None = None) -> Iterator[Batch]:
        """Batch after batch, of all columns or `only` some. Raises `CaseError` where the file is damaged."""
        done = 0
        for frame in self.frames(rows, only):
            yield Batch(frame, np.arange(done + 1, done + frame.height + 1))
            done += frame.height
            self.progress["done"] = done

    def frames(self, rows: int = ROWS, only: list[str] | None = None) -> Iterator[pl.DataFrame]:
        """Frame after frame, of all columns or `only` some; labels are replaced by ids.

        Raises `CaseError` where the file is damaged.
        """
        chosen = None if only is None else [self.file.schema_arrow.names[self.names.index(name)] for name in only]
        done = 0
        try:
            for batch in self.file.iter_batches(batch_size=rows, columns=chosen):
                frame = self._canonical(pa.Table.from_batches([batch]))
                done += frame.height
                yield frame
        except (pa.ArrowException, OSError, pl.exceptions.PolarsError) as error:
            raise CaseError([_damaged(self.path, error, done)]) from error

    def told(self, fault: Fault, row: int) -> Problem:
        """A fault as a reader of the file knows its place and its fact; in Parquet, labels are taken too."""
        problem, field = fault.problem, self.columns.get(fault.column)
        values = dict(problem.values) if field is None else {**problem.values, "fact": Text(field.label.zh, field.name)}
        if field is not None and problem.code == "RK130":
            values["hint"] = choice_words(field).hint(values["word"])
        number = self.names.index(fault.column)
        heading = self.file.schema_arrow.names[number]
        return replace(problem, place=Place(self.path, row, number + 1), values=values, heading=heading)

    def place(self, line: int) -> Place:
        """Where the id of a row stands."""
        return Place(self.path, line, self.names.index("id") + 1 if "id" in self.names else 1)

    def _canonical(self, table: Any) -> pl.DataFrame:
        names = dict(zip(self.file.schema_arrow.names, self.names, strict=True))
        frame = pl.DataFrame([self._sound(names[name], table.column(name)) for name in table.column_names])
        series = [with_ids(frame.get_column(n), self.columns[n]) for n in frame.columns if n in self.columns]
        if "findings" in frame.columns:
            series.append(findings_with_ids(frame.get_column("findings"), self.of_findings))
        return frame.with_columns(series)

    def _sound(self, name: str, column: Any) -> pl.Series:
        place = Place(self.path, 1, self.names.index(name) + 1)
        return sound_series(name, column, place, used=name in self.columns or name in ("id", "findings"))


def open_parquet(path: str | os.PathLike[str], rulebook: Rulebook, report: Report) -> ParquetCases | None:
    """A Parquet file whose columns can be taken, or None and problems."""
    name = os.fspath(path)
    if not is_there(name, report):
        return None
    try:
        file = pq.ParquetFile(name, buffer_size=_READ_AT_ONCE, pre_buffer=False)
    except (pa.ArrowException, OSError, UnicodeDecodeError) as error:
        report.keep(_damaged(name, error, 0))
        return None
    labels = Words({f.name: f.label.zh for f in rulebook.fields.values()})
    names: list[str] = []
    columns: dict[str, Field] = {}
    carried_words, carried = frozenset(map(heading, rulebook.vocabulary.carried)), list[str]()
    errors = report.errors
    for number, column in enumerate(file.schema_arrow, 1):
        canonical = _OWN_COLUMNS.find(column.name) or labels.find(column.name) or column.name
        if canonical in names:
            first = names.index(canonical) + 1
            report.add("RK110", Place(name, 1, number), key=column.name, first=first)
        names.append(canonical)
        fact = rulebook.fields.get(canonical)
        if fact is not None:
            columns[canonical] = fact
        elif names_person(canonical):
            report.add("RK808", Place(name, 1, number), column=column.name)
        elif heading(column.name) in carried_words and _is_plain(column.type):
            carried.append(column.name)
        elif heading(column.name) in carried_words:
            report.add("RK824", Place(name, 1, number), column=column.name, type=str(column.type))
        wrong = _misfit(canonical, fact, column.type)
        if wrong is not None:
            about, want, types = wrong
            report.add("RK192", Place(name, 1, number), fact=about, want=want, word=str(column.type), types=types)
    if report.errors > errors:
        return None
    return ParquetCases(name, file, names, columns, fields_of_findings(rulebook), carried=carried)


def read_parquet(path: str | os.PathLike[str], rulebook: Rulebook, report: Report) -> Iterator[Case | Unread]:
    """The cases of a Parquet file one by one; what is wrong with a faulty row is reported."""
    file = open_parquet(path, rulebook, report)
    if file is None:
        return
    checker = FrameChecker(rulebook, Checker(rulebook), contradictions=False)
    before, spellings = 0, Spellings()
    try:
        for batch in file.frames():
            checked = checker.check(given(batch, checker.wanted), Before(spellings, before))
            for fault in checked.faults:
                if fault.row is not None or not before:
                    report.keep(file.told(fault, before + 1 + (fault.row or 0)))
            carried = {name: carried_texts(batch, name) for name in file.carried}
            yield from _cases(file, checked, before, carried, report)
            before += batch.height
    except CaseError as error:
        for problem in error.problems:
            report.keep(problem)


def lacking_id(place: Place) -> Problem:
    """A row without an id is no case, however the file is read."""
    return Problem("RK121", place, {"what": _CASE, "key": _ID})


def _cases(
    file: ParquetCases, checked: Checked, before: int, carried: Mapping[str, list[str]], report: Report
) -> Iterator[Case | Unread]:
    """The good cases of a batch, and which are not."""
    columns = checked.columns
    said: dict[int, list[Problem]] = {}
    bad_ids = {fault.row for fault in checked.faults if fault.column == "id"}
    for fault in checked.faults:
        if fault.row is not None:
            said.setdefault(fault.row, []).append(file.told(fault, before + 1 + fault.row))
    ids = [None] * columns.height if columns.ids is None else columns.ids.to_list()
    bad = checked.bad.tolist()
    for i, (id, facts) in enumerate(zip(ids, columns.facts(), strict=True)):
        place = Place(file.path, before + i + 1)
        if id is None and i not in bad_ids:
            report.keep(lacking_id(place))
        if id is None or bad[i]:
            yield Unread(place, id or "")
        else:
            findings = None if columns.findings is None else columns.findings.of(i)
            case = Case(id=id, facts=FrozenFacts(facts), findings=findings)
            case._place = place
            case._carried = {name: texts[i] for name, texts in carried.items()}
            case._problems = tuple(said.get(i, ()))
            yield case


_TYPES = {
    "choice": (Text("单选", "a choice"), "string"),
    "flag": (Text("“是否”", "a flag"), "bool"),
    "count": (Text("数目", "a count"), "int64"),
    "number": (Text("数值", "a number"), "decimal128"),
    "date": (Text("日期", "a date"), "date32"),
    "text": (Text("文字", "text"), "string"),
    "tags": (Text("多选", "tags"), "list<string>"),
}


def _misfit(name: str, field: Field | None, kind: Any) -> tuple[Field | Text, Text, str] | None:
    """Of a column whose type cannot be: what it is called, what it holds, and the type that can; else None."""
    if field is not None:
        return None if _fits(field, kind) else (field, *_TYPES[field.type])
    if name == "id" and not (_is_words(kind) or _is_number(kind) or pa.types.is_null(kind)):
        return Text("编号", "id"), Text("编号", "ids"), "string"
    if _is_wide(kind):
        return Text.same(name), Text("其他内容", "other data"), "string"
    return None


def _is_plain(kind: Any) -> bool:
    """Whether a value of an Arrow type is a text, a number, a day or a flag."""
    others = (pa.types.is_boolean, pa.types.is_date, pa.types.is_timestamp, pa.types.is_null)
    return _is_words(kind) or _is_number(kind) or any(is_other(kind) for is_other in others)


def _is_number(kind: Any) -> bool:
    return bool(pa.types.is_integer(kind) or pa.types.is_floating(kind) or pa.types.is_decimal128(kind))


def _is_wide(kind: Any) -> bool:
    """Whether a type has numbers that Polars cannot hold, perhaps within lists or structs."""
    inner = [kind.field(number).type for number in range(kind.num_fields)]
    return bool(pa.types.is_decimal256(kind)) or any(map(_is_wide, inner))


def _fits(field: Field, kind: Any) -> bool:
    """Whether some value of an Arrow type could be one of a fact."""
    words = _is_words(kind)
    if pa.types.is_null(kind):
        return True
    match field.type:
        case "flag":
            return bool(pa.types.is_boolean(kind))
        case "count":
            return bool(pa.types.is_integer(kind) or pa.types.is_floating(kind))
        case "number":
            return words or _is_number(kind)
        case "date":
            # numbers of days are refused row by row, with the day that each means
            return words or bool(pa.types.is_date(kind) or pa.types.is_timestamp(kind) or _is_number(kind))
        case "tags":
            listed = pa.types.is_list(kind) or pa.types.is_large_list(kind) or pa.types.is_fixed_size_list(kind)
            return words or bool(listed and (pa.types.is_null(kind.value_type) or _is_words(kind.value_type)))
    return words


def _is_words(kind: Any) -> bool:
    if pa.types.is_dictionary(kind):
        kind = kind.value_type
    return bool(pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_string_view(kind))


def _damaged(path: str, error: Exception, done: int) -> Problem:
    said = " ".join(str(error).split())[:200]
    if done:
        reason = _UNREADABLE_AFTER.fill(done=done, words=said)
    else:
        reason = Text("读不出内容，可能没有复制完", "nothing can be read, perhaps it was cut off")
    return Problem("RK191", Place(path, done + 1), {"kind": "Parquet", "reason": reason})
