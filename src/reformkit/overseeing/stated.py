"""The table in which an office states its indicators, by region, unit, industry or year: from CSV or a workbook."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Protocol

from reformkit.intake.csv_rows import csv_rows
from reformkit.intake.lines import open_lines
from reformkit.intake.personal import names_person
from reformkit.intake.totals import is_total
from reformkit.model.case import Unread
from reformkit.model.integrity import Group, Indicator, IntegrityRules
from reformkit.parsing.report import Report
from reformkit.problem import Place, TableError
from reformkit.reading import keywords
from reformkit.reading.as_written import heading, number_said
from reformkit.reading.keys import key_of
from reformkit.reading.words import Words
from reformkit.text import Text
from reformkit.workbook.reading import first_sheet

ENDINGS = (".csv", ".xlsx")

_CODE = ("代码", "code")
_SAMPLE = Text("{title}样本数", "{title} sample")


class _Row(Protocol):
    @property
    def cells(self) -> Sequence[str]: ...

    def place(self, index: int = 0) -> Place: ...


@dataclass(frozen=True, slots=True)
class StatedColumn:
    """A column of numbers: an indicator, a part of one, or how many people were asked."""

    id: str
    title: Text
    indicator: Indicator
    of_sample: bool = False


@dataclass(frozen=True, slots=True)
class StatedRow:
    """What an office states of one region, unit, industry or year. `values` are by the id of the column."""

    name: str
    code: str | None
    values: Mapping[str, Decimal] = field(default_factory=dict)


def stated_columns(rules: IntegrityRules) -> tuple[StatedColumn, ...]:
    """Every column that a table may have, in the order of the rulebook."""
    return tuple(column for indicator in rules.indicators.values() for column in _columns_of(indicator))


def _columns_of(indicator: Indicator) -> Iterator[StatedColumn]:
    if indicator.parts:
        for id, title in indicator.parts.items():
            yield StatedColumn(f"{indicator.id}.{id}", title, indicator)
    else:
        yield StatedColumn(indicator.id, indicator.title, indicator)
    if indicator.sample:
        yield StatedColumn(f"{indicator.id}.sample", _SAMPLE.fill(title=indicator.title), indicator, True)


def read_stated(path: str | os.PathLike[str], rules: IntegrityRules, by: Group) -> tuple[StatedRow, ...]:
    """The rows of a table, in its order. Raises `TableError` with everything in it that cannot be taken."""
    report = Report()
    rows = tuple(_rows(_table(os.fspath(path), report), rules, by, report))
    problems = report.problems()
    if report.errors:
        raise TableError(problems)
    return rows


def _table(path: str, report: Report) -> list[_Row]:
    match Path(path).suffix.lower():
        case ".xlsx":
            return list(first_sheet(path, report))
        case ".csv":
            lines = open_lines(path, report, also_gb18030=True)
            return [] if lines is None else [row for row in csv_rows(lines, report) if not isinstance(row, Unread)]
        case ending:
            report.add("RK552", Place(path), ending=ending or "—", known=", ".join(ENDINGS))
            return []


def _rows(table: list[_Row], rules: IntegrityRules, by: Group, report: Report) -> Iterator[StatedRow]:
    if not table:
        return
    header, *rows = table
    columns = _header(header, rules, by, report)
    if columns is None:
        return
    first: dict[str, Place] = {}
    for row in rows:
        said = [cell.strip() for cell in row.cells]
        name, code = (next((said[i] for i in _at(columns, key) if i < len(said)), "") for key in ("name", "code"))
        if is_total(next(filter(None, said), "")):
            continue
        if not name:
            report.add("RK555", row.place())
        elif key_of(name) in first:
            report.add("RK556", row.place(), name=name, first=first[key_of(name)].line)
        else:
            first[key_of(name)] = row.place()
            yield StatedRow(key_of(name), code or None, dict(_values(row, said, columns, report)))


def _at(columns: Sequence[str | StatedColumn | None], key: str) -> Iterator[int]:
    return (i for i, column in enumerate(columns) if column == key)


def _header(row: _Row, rules: IntegrityRules, by: Group, report: Report) -> list[str | StatedColumn | None] | None:
    """What each column holds: `name`, `code`, an indicator, None where it is not read."""
    own = stated_columns(rules)
    known: dict[str, str | StatedColumn] = {_plain(word): "name" for word in (by, keywords.GROUPS[by])}
    known |= {_plain(word): "code" for word in _CODE}
    known |= {_plain(word): column for column in own for word in (column.id, column.title.zh, column.title.en)}
    words = Words({column.id: column.title.zh for column in own})
    columns: list[str | StatedColumn | None] = []
    for index, cell in enumerate(row.cells):
        column = known.get(_plain(cell))
        if column is not None and column in columns:
            report.add("RK557", row.place(index), heading=cell.strip())
        elif column is None and cell.strip() and not names_person(cell):
            report.add("RK554", row.place(index), heading=cell.strip(), hint=words.hint(cell.strip()))
        columns.append(column)
    if "name" not in columns:
        report.add("RK553", row.place(), heading=keywords.GROUPS[by])
        return None
    return columns


def _plain(cell: str) -> str:
    return heading(cell).casefold()


def _values(
    row: _Row, said: Sequence[str], columns: Iterable[str | StatedColumn | None], report: Report
) -> Iterator[tuple[str, Decimal]]:
    found: dict[str, Decimal] = {}
    for index, column in enumerate(columns):
        if not isinstance(column, StatedColumn) or index >= len(said) or not said[index]:
            continue
        number = _number(said[index], column)
        if number is None:
            wanted = "RK559" if column.indicator.is_percentage and not column.of_sample else "RK558"
            report.add(wanted, row.place(index), word=said[index], title=column.title)
        else:
            found[column.id] = number
    for column in columns:
        if isinstance(column, StatedColumn) and column.indicator.sample and not column.of_sample:
            sample = f"{column.indicator.id}.sample"
            if column.id in found and not found.get(sample):
                report.add("RK560", row.place(), title=column.title, heading=_SAMPLE.fill(title=column.indicator.title))
    yield from found.items()


def _number(word: str, column: StatedColumn) -> Decimal | None:
    """A whole number from 0 on; of a percentage any from 0 to 100, with or without its sign."""
    percent = column.indicator.is_percentage and not column.of_sample
    number = number_said(word.removesuffix("%").removesuffix("％") if percent else word)
    if number is None or number < 0:
        return None
    if percent:
        return number if number <= 100 else None
    return number if number == number.to_integral_value() else None
