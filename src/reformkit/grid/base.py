"""What a workbook of rules remembers of the rulebook as it was when it was exported: every cell, and whose they are.

It travels as lines of text on a hidden sheet; a digest shows whether someone has changed them.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from reformkit.grid.plan import Row, SheetPlan
from reformkit.text import LANGS, Lang

FORMAT = 1
HIDDEN = "_reformkit"
"""The title of the hidden sheet."""

_PIECE = 30_000  # characters; a cell holds 32,767


class BaseRecord(NamedTuple):
    """A record as it was exported, with the keys that were fixed in it."""

    id: str
    rows: tuple[Row, ...]
    fixed: frozenset[str]


class BaseSheet(NamedTuple):
    """A sheet as it was exported: its title, and of each column the key with its heading."""

    of: str
    title: str
    listed: bool
    headings: dict[str, str]
    records: dict[str, BaseRecord]


class Base(NamedTuple):
    """A rulebook as it was exported, by what each sheet holds."""

    rulebook: str
    lang: Lang
    digest: str
    sheets: dict[str, BaseSheet]


class NoBase(Exception):
    """The hidden sheet is not as it was written."""


def base_lines(
    plans: Iterable[tuple[SheetPlan, str, dict[str, str]]], rulebook: str, digest: str, lang: Lang
) -> list[list[str]]:
    """The cells of the hidden sheet, row by row; each plan with the title of its sheet and its headings by key."""
    said: list[Any] = [{"format": FORMAT, "rulebook": rulebook, "digest": digest, "lang": lang}]
    for plan, title, headings in plans:
        said.append({"of": plan.of, "title": title, "listed": plan.listed, "headings": headings})
        said += [[record.id, [dict(row) for row in record.rows], sorted(record.fixed)] for record in plan.records]
    lines = [json.dumps(item, ensure_ascii=False, separators=(",", ":"), sort_keys=True) for item in said]
    rows = [[line[at : at + _PIECE] for at in range(0, len(line), _PIECE)] for line in lines]
    return [[_digest(lines)], *rows]


def read_base(rows: Sequence[Sequence[str]]) -> Base:
    """A rulebook as it was exported, from the cells of the hidden sheet. Raises `NoBase`."""
    lines = ["".join(row) for row in rows if any(row)]
    if len(lines) < 2 or lines[0] != _digest(lines[1:]):
        raise NoBase
    try:
        head, *items = map(json.loads, lines[1:])
        if head["format"] != FORMAT or head["lang"] not in LANGS:
            raise NoBase
        sheets = {sheet.of: sheet for sheet in _sheets(items)}
        return Base(head["rulebook"], head["lang"], head["digest"], sheets)
    except (ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError):
        raise NoBase from None


def _sheets(items: Iterable[Any]) -> Iterator[BaseSheet]:
    sheet: BaseSheet | None = None
    for item in items:
        if isinstance(item, dict):
            if sheet is not None:
                yield sheet
            sheet = BaseSheet(str(item["of"]), str(item["title"]), bool(item["listed"]), dict(item["headings"]), {})
        elif sheet is None:
            raise NoBase
        else:
            id, rows, fixed = item
            sheet.records[id] = BaseRecord(id, tuple(dict(row) for row in rows), frozenset(fixed))
    if sheet is not None:
        yield sheet


def _digest(lines: Sequence[str]) -> str:
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()
