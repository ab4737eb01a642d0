"""A year as data: parts with sentences and tables, each said once, of which text, page, paper and sheet are made."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, TypeAlias

from reformkit.text import Lang, Text, visible
from reformkit.wording.section import numeral

FEW = 5
"""Of fewer than so many the two numbers stand without a percentage (an assumption, as in integrity.yaml)."""

_BOTH = Text("{counts}（{percent}）", "{counts} ({percent})")
_HEAD = Text("{numeral}、{title}", "{number}. {title}")
NONE_OF = Text.same("—")


@dataclass(frozen=True, slots=True)
class PartOf:
    """So many of so many: never one number without the other.

    >>> PartOf(106, 146).said.zh, PartOf(3, 4).said.zh, PartOf(0, 0).said.zh
    ('106/146（72.6%）', '3/4', '—')
    """

    part: int
    whole: int

    @property
    def percent(self) -> str | None:
        """The share as it is printed, rounded half up; None of fewer than `FEW`."""
        if self.whole < FEW:
            return None
        tenths = (2000 * self.part + self.whole) // (2 * self.whole)
        return f"{tenths // 10}.{tenths % 10}%"

    @property
    def counts(self) -> str:
        """Both numbers."""
        return f"{self.part}/{self.whole}"

    @property
    def said(self) -> Text:
        """Both numbers, and the share where there is one."""
        if not self.whole:
            return NONE_OF
        return Text.same(self.counts) if self.percent is None else _BOTH.fill(counts=self.counts, percent=self.percent)


YearCell: TypeAlias = int | PartOf | Text | None


@dataclass(frozen=True, slots=True)
class YearRow:
    """A row of a table: what it is of, and a cell for each head but the first."""

    id: str
    label: Text
    cells: tuple[YearCell, ...]

    def to_dict(self) -> dict[str, Any]:
        """Plain data for JSON."""
        return {"id": self.id, "label": self.label.to_dict(), "cells": [_plain(cell) for cell in self.cells]}


@dataclass(frozen=True, slots=True)
class YearTable:
    """A table; `heads` are those of its label and its cells. `drawn` are the cells that a picture shows, a panel each."""

    id: str
    title: Text
    heads: tuple[Text, ...]
    rows: tuple[YearRow, ...]
    note: Text | None = None
    drawn: tuple[int, ...] = ()

    def __getitem__(self, id: str) -> tuple[YearCell, ...]:
        """The cells of a row by its id. Raises KeyError for one that is not there."""
        for row in self.rows:
            if row.id == id:
                return row.cells
        raise KeyError(f"no row {id!r} in {self.id}; there are: {', '.join(row.id for row in self.rows)}")

    def to_dict(self) -> dict[str, Any]:
        """Plain data for JSON."""
        return {
            "id": self.id,
            "title": self.title.to_dict(),
            "heads": [head.to_dict() for head in self.heads],
            "rows": [row.to_dict() for row in self.rows],
            "note": None if self.note is None else self.note.to_dict(),
        }


@dataclass(frozen=True, slots=True)
class YearPart:
    """A part of a year under a head of its own."""

    id: str
    title: Text
    lines: tuple[Text, ...] = ()
    tables: tuple[YearTable, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """Plain data for JSON."""
        return {
            "id": self.id,
            "title": self.title.to_dict(),
            "lines": [line.to_dict() for line in self.lines],
            "tables": [table.to_dict() for table in self.tables],
        }


def said(cell: YearCell) -> Text:
    """A cell in words; blank where there is nothing to say."""
    if cell is None:
        return Text.same("")
    if isinstance(cell, PartOf):
        return cell.said
    return cell if isinstance(cell, Text) else Text.same(str(cell))


def head_of(number: int, part: YearPart) -> Text:
    """The head of a part with its number."""
    return _HEAD.fill(numeral=numeral(number), number=number, title=part.title)


def rows_of(table: YearTable, lang: Lang) -> Iterator[list[str]]:
    """The heads, then the rows of a table as words."""
    yield [head.say(lang) for head in table.heads]
    for row in table.rows:
        yield [visible(cell.say(lang)) for cell in (row.label, *map(said, row.cells))]


def filled(parts: Iterator[YearPart]) -> tuple[YearPart, ...]:
    """The parts that say something, without tables that have no rows."""
    kept = (YearPart(p.id, p.title, p.lines, tuple(table for table in p.tables if table.rows)) for p in parts)
    return tuple(part for part in kept if part.lines or part.tables)


def _plain(cell: YearCell) -> Any:
    if isinstance(cell, PartOf):
        return {"part": cell.part, "whole": cell.whole}
    return cell.to_dict() if isinstance(cell, Text) else cell
