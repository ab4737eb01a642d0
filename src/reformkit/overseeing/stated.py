"""The table in which an office states its indicators, by region, unit, industry or year: from CSV or a workbook."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from reformkit.intake.no_cases import is_total
from reformkit.intake.personal import names_person
from reformkit.intake.rows import Row
from reformkit.model.integrity import Group, Indicator, IntegrityRules
from reformkit.overseeing.stated_table import open_stated
from reformkit.parsing.report import Report
from reformkit.problem import NOWHERE, Place, Problem, TableError
from reformkit.reading import keywords
from reformkit.reading.as_written import count_said, heading, id_as_text, number_said
from reformkit.reading.keys import key_of
from reformkit.reading.words import Words
from reformkit.text import Text

_CODE = ("代码", "code")
_SAMPLE = Text("{title}样本数", "{title} sample")
_NO_ROW, _NO_INDICATOR = Text("一行数据", "row"), Text("一列指标", "column of an indicator")
_YEAR = re.compile("((?:19|20)[0-9]{2})(?:年度?)?")


@dataclass(frozen=True, slots=True)
class StatedColumn:
    """A column of numbers: an indicator, a part of one, or how many people were asked."""

    id: str
    title: Text
    indicator: Indicator
    of_sample: bool = False

    @property
    def is_percentage(self) -> bool:
        """Whether its numbers are percentages."""
        return self.indicator.is_percentage and not self.of_sample


Head = StatedColumn | str | None
"""What a column holds: an indicator, `name`, `code`, or nothing that is read."""


@dataclass(frozen=True, slots=True)
class StatedRow:
    """What an office states of one region, unit, industry or year. `values` are by the id of the column.

    `id` is what it is compared by: a year, the id of a choice, else the normal form of its name.
    """

    id: str
    name: str
    code: str | None
    values: Mapping[str, Decimal] = field(default_factory=dict)
    place: Place = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class StatedTable:
    """What an office states, in the order of its table; `problems` are what keeps none of it from being used."""

    rows: tuple[StatedRow, ...]
    problems: tuple[Problem, ...] = ()
    place: Place = field(default=NOWHERE, compare=False)


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


def read_stated(
    path: str | os.PathLike[str], rules: IntegrityRules, by: Group, choices: Mapping[str, Text] | None = None
) -> StatedTable:
    """A table as far as it goes. Raises `TableError` with everything in it that cannot be taken.

    `choices` are what the rows may be, where the vocabulary says so (industries).
    """
    report = Report()
    table = _Reader(rules, by, choices or {}, report).read(os.fspath(path))
    problems = tuple(report.problems())
    if table is None or report.errors:
        raise TableError(problems)
    return StatedTable(table.rows, problems, table.place)


class _Reader:
    """Reads one table; what is wrong with it is reported."""

    def __init__(self, rules: IntegrityRules, by: Group, choices: Mapping[str, Text], report: Report) -> None:
        self._rules, self._by, self._report = rules, by, report
        self._by_said = Text(keywords.GROUPS[by], by.replace("_", " "))
        own = stated_columns(rules)
        self._known: dict[str, Head] = {_plain(word): "name" for word in (by, keywords.GROUPS[by])}
        self._known |= {_plain(word): "code" for word in _CODE}
        self._known |= {_plain(word): column for column in own for word in (column.id, *_both(column.title))}
        self._titles = Words({column.id: column.title.zh for column in own})
        self._choices = {key_of(word): id for id, label in choices.items() for word in (*_both(label), id)}
        self._labels = Words({id: label.zh for id, label in choices.items()})

    def read(self, path: str) -> StatedTable | None:
        """The rows of a table, or None where it has none to read."""
        table = open_stated(path, self._heads, self._by_said, self._report)
        columns = None if table is None else self._header(table.header)
        if table is None or columns is None:
            return None
        shown = {index for index, column in enumerate(columns) if not isinstance(column, StatedColumn)}
        rows = tuple(self._rows(table.rows(shown), columns))
        if not rows and not self._report.errors:
            self._report.add("RK826", table.header.place(), lacks=_NO_ROW)
        return StatedTable(rows, (), table.header.place())

    def _heads(self, cells: list[str]) -> bool:
        """Whether cells look like a header: what the rows are, or an indicator, is named in one of several."""
        named = [self._known.get(_plain(cell)) for cell in cells]
        return len(cells) > 1 and any(column is not None and column != "code" for column in named)

    def _header(self, row: Row) -> list[Head] | None:
        """What each column holds: `name`, `code`, an indicator, None where it is not read."""
        cells = list(row.cells)
        while cells and not cells[-1].strip():
            cells.pop()  # commas that a spreadsheet left at the end
        columns: list[Head] = []
        for index, cell in enumerate(cells):
            column, word = self._known.get(_plain(cell)), cell.strip()
            if column is not None and column in columns:
                self._report.add("RK557", row.place(index), heading=word)
            elif not word:
                self._report.add("RK128", row.place(index), number=index + 1)
            elif column is None and names_person(cell):
                self._report.add("RK808", row.place(index), column=word)
            elif column is None:
                self._report.add("RK554", row.place(index), heading=word, hint=self._titles.hint(word))
            columns.append(column)
        if "name" not in columns:
            self._report.add("RK553", row.place(), heading=keywords.GROUPS[self._by])
            return None
        if not any(isinstance(column, StatedColumn) for column in columns) and not self._report.errors:
            self._report.add("RK826", row.place(), lacks=_NO_INDICATOR)
        return columns

    def _rows(self, rows: Iterable[Row], columns: Sequence[Head]) -> Iterator[StatedRow]:
        first: dict[tuple[str, str], Place] = {}
        at = columns.index("name")
        of_code = columns.index("code") if "code" in columns else None
        for row in rows:
            said = [cell.strip() for cell in row.cells]
            total = next(filter(is_total, (next(filter(None, said), ""), *said[at : at + 1])), None)
            if total is not None:
                self._report.add("RK825", row.place(), word=total, line=row.number)
                continue
            if not self._is_whole(row, said, columns):
                continue
            name, code = said[at], "" if of_code is None else said[of_code]
            id = self._id(name, row.place(at)) if at not in row.wrong else None
            values = dict(self._values(row, said, columns))
            code = id_as_text(code) or code
            if id is None:
                continue
            for kind, key, word, index in (("name", id, name, at), ("code", key_of(code), code, of_code)):
                if key and index is not None and (kind, key) in first:
                    self._report.add("RK556", row.place(index), name=word, first=first[kind, key].line)
                first.setdefault((kind, key), row.place())
            yield StatedRow(id, key_of(name), code or None, values, row.place(at))

    def _is_whole(self, row: Row, said: Sequence[str], columns: Sequence[Head]) -> bool:
        """Whether a row has as many cells as the header; of those that are read, each that says nothing certain is told."""
        width = len(columns)
        if len(said) < width or any(said[width:]):
            self._report.add("RK127", row.place(), found=len(said), want=width)
            return False
        for index, (code, values) in row.wrong.items():
            column = columns[index] if index < width else None
            if column is not None:
                fact = column.title if isinstance(column, StatedColumn) else self._by_said
                with self._report.about(heading=fact.zh):
                    self._report.add(code, row.place(index), fact=fact, **values)
        return True

    def _id(self, name: str, place: Place) -> str | None:
        """By what a row is told from others: a year, the id of a choice, else the normal form of its name."""
        if not name:
            self._report.add("RK555", place)
            return None
        if self._by == "year":
            match = _YEAR.fullmatch(key_of(name))
            if match is None:
                self._report.add("RK828", place, word=name)
            return None if match is None else match[1]
        if not self._choices:
            return key_of(name)
        id = self._choices.get(key_of(name))
        if id is None:
            self._report.add("RK829", place, word=name, what=self._by_said, hint=self._labels.hint(key_of(name)))
        return id

    def _values(self, row: Row, said: Sequence[str], columns: Iterable[Head]) -> Iterator[tuple[str, Decimal]]:
        found: dict[str, Decimal] = {}
        for index, column in enumerate(columns):
            if not isinstance(column, StatedColumn) or not said[index] or index in row.wrong:
                continue
            number = _percentage(said[index]) if column.is_percentage else _count(said[index])
            if number is None:
                wanted = "RK559" if column.is_percentage else "RK558"
                self._report.add(wanted, row.place(index), word=said[index], title=column.title)
            elif column.is_percentage and 0 < number <= 1 and said[index][-1] not in "%％":
                hundredfold = f"{(number * 100).normalize():f}"
                self._report.add("RK832", row.place(index), title=column.title, word=said[index], more=hundredfold)
            else:
                found[column.id] = number
        for column in columns:
            if isinstance(column, StatedColumn) and column.indicator.sample and not column.of_sample:
                sample = f"{column.indicator.id}.sample"
                if column.id in found and not found.get(sample):
                    head = _SAMPLE.fill(title=column.indicator.title)
                    self._report.add("RK560", row.place(), title=column.title, heading=head)
        yield from found.items()


def _plain(cell: str) -> str:
    return key_of(heading(cell)).casefold()


def _both(text: Text) -> tuple[str, str]:
    return text.zh, text.en


def _percentage(word: str) -> Decimal | None:
    """A number from 0 to 100, with or without its sign."""
    number = number_said(word.removesuffix("%").removesuffix("％").rstrip())
    return number if number is not None and 0 <= number <= 100 else None


def _count(word: str) -> Decimal | None:
    """A whole number from 0 on, with a measure word or without."""
    count = count_said(word)
    return None if count is None else Decimal(count)
