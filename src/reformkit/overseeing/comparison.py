"""Reform beside the integrity of a place, as the office states it: rows in the order of their codes, never ranked.

A share stands with its two numbers and an interval; one of few items is marked. Nothing is added up to a score, and no
cause is read out of what stands side by side.
"""

from __future__ import annotations

import math
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple
from unicodedata import normalize

from reformkit.model.figure import FigureRule
from reformkit.model.integrity import Group, IntegrityRules
from reformkit.overseeing import comparison_sheet
from reformkit.overseeing.figures import Figures
from reformkit.overseeing.stated import StatedColumn, StatedRow, StatedTable, stated_columns
from reformkit.problem import Problem
from reformkit.reading import keywords
from reformkit.reading.keys import key_of
from reformkit.reading.words import Words
from reformkit.text import Lang, Text

_Z = 1.959963984540054
"""The normal quantile of 95 %."""


@dataclass(frozen=True, slots=True)
class ComparedShare:
    """A share as it is compared: `part` of `whole`, from `low` to `high` with 95 % (Wilson); `few`: of too few items."""

    part: int
    whole: int
    few: bool

    @property
    def value(self) -> float | None:
        """The share from 0 to 1; None of nothing."""
        return self.part / self.whole if self.whole else None

    @property
    def interval(self) -> tuple[float, float] | None:
        """Lowest and highest share that go with the numbers; None of nothing.

        >>> low, high = ComparedShare(3, 4, True).interval
        >>> round(low, 3), round(high, 3)
        (0.301, 0.954)
        """
        if not self.whole:
            return None
        n, p = self.whole, self.part / self.whole
        middle, spread = p + _Z**2 / (2 * n), _Z * math.sqrt(p * (1 - p) / n + _Z**2 / (4 * n**2))
        return max(0.0, (middle - spread) / (1 + _Z**2 / n)), min(1.0, (middle + spread) / (1 + _Z**2 / n))

    def to_dict(self) -> dict[str, Any]:
        """Plain data for JSON."""
        interval = None if self.interval is None else [round(bound, 4) for bound in self.interval]
        return {"part": self.part, "whole": self.whole, "interval": interval, "few": self.few}


@dataclass(frozen=True, slots=True)
class ComparisonRow:
    """A region, unit, industry or year: the shares of reform by figure, and what the office states by column."""

    name: Text
    code: str | None
    shares: Mapping[str, ComparedShare]
    stated: Mapping[str, Decimal]

    def to_dict(self) -> dict[str, Any]:
        """Plain data for JSON."""
        return {
            "name": {"zh": self.name.zh, "en": self.name.en},
            "code": self.code,
            "shares": {id: share.to_dict() for id, share in self.shares.items()},
            "stated": {id: str(number) for id, number in self.stated.items()},
        }


@dataclass(frozen=True, slots=True)
class Comparison:
    """What is set side by side. `acts`: how many acts of the ledger it rests on, which its caption says.

    `unnamed`: how many items of the ledger do not say to which row they belong; `problems`: what looks odd about the
    office's table, though it could be used.
    """

    rules: IntegrityRules
    by: Group
    rows: tuple[ComparisonRow, ...]
    shares: tuple[FigureRule, ...]
    columns: tuple[StatedColumn, ...]
    period: str | None
    acts: int
    unnamed: int = 0
    problems: tuple[Problem, ...] = ()

    def save(self, path: str | os.PathLike[str], lang: Lang = "zh") -> Path:
        """Write it to a .svg, .png, .xlsx, .html or .json. Raises ValueError for another ending.

        Raises `MissingExtra` where the picture needs the extra `pictures`, or the workbook `excel`.
        """
        return comparison_sheet.save(self, path, lang)

    def to_dict(self) -> dict[str, Any]:
        """Plain data for JSON."""
        return {
            "by": self.by,
            "period": self.period,
            "acts": self.acts,
            "unnamed": self.unnamed,
            "problems": [problem.to_dict() for problem in self.problems],
            "caption": {"zh": self.rules.caption.zh, "en": self.rules.caption.en},
            "rows": [row.to_dict() for row in self.rows],
        }


def compare(
    figures: Figures,
    rules: IntegrityRules,
    by: Group,
    stated: StatedTable,
    labels: Mapping[str, Text],
    period: str | None,
    acts: int,
) -> Comparison:
    """Figures beside what an office states. `labels` are what the values of a property are called.

    Rows with a code come in its order, then those of the table without one in its own, then those of the ledger only.
    """
    shares = tuple(figures.rules.figures[id] for id in rules.reform)
    groups = _of_years(figures, stated, shares) if by == "year" else _of_property(figures, by, labels)
    left = {id: named for id, named in groups.items() if id}
    problems = list(stated.problems)
    rows = []
    for row in sorted(stated.rows, key=_order):
        group = left.pop(row.id, None)
        if group is None and not row.values:
            problems.append(Problem("RK827", row.place, {"word": row.name}))
            continue
        name = labels.get(row.id, Text.same(row.id if by == "year" else row.name))
        found = None if group is None else group.figures
        problems += _exceeded(row, name, found, rules, by)
        rows.append(ComparisonRow(name, row.code, _shares(found, shares, rules.few), row.values))
    problems += _unmatched(stated, groups, left, by)
    for id, rest in sorted(left.items()):
        name = labels.get(id, Text.same(rest.name))
        rows.append(ComparisonRow(name, None, _shares(rest.figures, shares, rules.few), {}))
    seen = {id for row in rows for id in row.stated}
    columns = tuple(column for column in stated_columns(rules) if column.id in seen)
    unnamed = len({one.subject.id for rule in shares for one in groups[""].figures.of(rule)}) if "" in groups else 0
    return Comparison(rules, by, tuple(rows), shares, columns, period, acts, unnamed, tuple(problems))


class _Group(NamedTuple):
    """What the ledger has of a row: its name as it stands there, and its figures."""

    name: str
    figures: Figures


def _of_property(figures: Figures, by: str, labels: Mapping[str, Text]) -> dict[str, _Group]:
    """What the ledger has by the id or normal form of each name; of items without one under the empty text."""
    named = {key_of(text): id for id, label in labels.items() for text in (label.zh, label.en, id)}
    groups = figures.groups(by)
    alike: dict[str, list[str]] = {}
    for name in groups:
        if name is not None:
            alike.setdefault(named.get(key_of(name), key_of(name)), []).append(name)
    found = {
        id: _Group(names[0], groups[names[0]] if len(names) == 1 else figures.by(**{by: names}))
        for id, names in alike.items()
    }
    return found if None not in groups else {**found, "": _Group("", groups[None])}


def _of_years(figures: Figures, stated: StatedTable, shares: Sequence[FigureRule]) -> dict[str, _Group]:
    """The years of the table, and those in which the ledger has anything to share."""
    known = {str(one.on.year) for rule in shares for one in figures.of(rule)}
    return {year: _Group(year, figures.during(year)) for year in sorted(known | {row.id for row in stated.rows})}


def _order(row: StatedRow) -> tuple[bool, list[tuple[bool, int, str]]]:
    """Codes in their order, numbers in them as numbers; what has none comes behind."""
    parts = re.findall("[0-9]+|[^0-9]+", normalize("NFKC", row.code or ""))
    return row.code is None, [(not part.isdecimal(), int(part) if part.isdecimal() else 0, part) for part in parts]


def _unmatched(
    stated: StatedTable, groups: Mapping[str, _Group], left: Mapping[str, _Group], by: Group
) -> Iterator[Problem]:
    """Rows that may be written otherwise than in the ledger: one that is nearly another, or all of them."""
    known = {id: group.name for id, group in groups.items() if id}
    others = Words({group.name: group.name for group in left.values()})
    unknown = [row for row in stated.rows if row.id not in known and row.values]
    near = [row for row in unknown if others.is_near(row.name)]
    for row in near:
        yield Problem("RK830", row.place, {"word": row.name, "hint": others.hint(row.name)})
    if known and not near and not any(row.id in known for row in stated.rows):
        said = Text(keywords.GROUPS[by], by.replace("_", " "))
        yield Problem("RK831", stated.place, {"by": said, "known": Words({n: n for n in known.values()}).known})


def _exceeded(
    row: StatedRow, name: Text, figures: Figures | None, rules: IntegrityRules, by: Group
) -> Iterator[Problem]:
    """Indicators of which less is stated than the ledger counts of what they cover."""
    for indicator in rules.indicators.values():
        if figures is None or indicator.covers is None:
            continue
        columns = [f"{indicator.id}.{part}" for part in indicator.parts] or [indicator.id]
        stated = [row.values[column] for column in columns if column in row.values]
        counted = figures[indicator.covers].value
        if len(stated) == len(columns) and isinstance(counted, int) and sum(stated) < counted:
            values = {
                "name": name,
                "title": indicator.title,
                "stated": f"{sum(stated):f}",
                "figure": figures.rules.figures[indicator.covers].title,
                "counted": counted,
                "by": Text(keywords.GROUPS[by], by.replace("_", " ")),
            }
            yield Problem("RK835", row.place, values)


def _shares(figures: Figures | None, shares: Sequence[FigureRule], few: int) -> dict[str, ComparedShare]:
    """The shares of a group; of one that the ledger does not know, none of nothing."""
    found = {}
    for rule in shares:
        assert rule.share is not None
        part, whole = (0 if figures is None else figures[id].value for id in rule.share)
        assert isinstance(part, int)
        assert isinstance(whole, int)
        found[rule.id] = ComparedShare(part, whole, whole < few)
    return found
