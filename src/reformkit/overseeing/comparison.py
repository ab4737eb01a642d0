"""Reform beside the integrity of a place, as the office states it: rows in the order of their codes, never ranked.

A share stands with its two numbers and an interval; one of few items is marked. Nothing is added up to a score, and no
cause is read out of what stands side by side.
"""

from __future__ import annotations

import math
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from reformkit.model.figure import FigureRule
from reformkit.model.integrity import Group, IntegrityRules
from reformkit.overseeing import comparison_sheet
from reformkit.overseeing.figures import Figures
from reformkit.overseeing.stated import StatedColumn, StatedRow, stated_columns
from reformkit.reading.keys import key_of
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
    """What is set side by side. `acts`: how many acts of the ledger it rests on, which its caption says."""

    rules: IntegrityRules
    by: Group
    rows: tuple[ComparisonRow, ...]
    shares: tuple[FigureRule, ...]
    columns: tuple[StatedColumn, ...]
    period: str | None
    acts: int

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
            "caption": {"zh": self.rules.caption.zh, "en": self.rules.caption.en},
            "rows": [row.to_dict() for row in self.rows],
        }


def compare(
    figures: Figures,
    rules: IntegrityRules,
    by: Group,
    stated: Sequence[StatedRow],
    labels: Mapping[str, Text],
    period: str | None,
    acts: int,
) -> Comparison:
    """Figures beside what an office states. `labels` are what the values of a property are called.

    Rows with a code come in its order, then those of the table without one in its own, then those of the ledger only.
    """
    groups = _years(figures, stated) if by == "year" else figures.groups(by)
    named = {key_of(text): id for id, label in labels.items() for text in (label.zh, label.en, id)}
    of_ledger = {named.get(key_of(name), key_of(name)): (name, group) for name, group in groups.items() if name}
    shares = tuple(figures.rules.figures[id] for id in rules.reform)
    rows = []
    order = sorted(stated, key=lambda row: (row.code is None, row.code or ""))
    for row in order:
        id = named.get(key_of(row.name), key_of(row.name))
        group = of_ledger.pop(id)[1] if id in of_ledger else None
        rows.append(
            ComparisonRow(labels.get(id, Text.same(row.name)), row.code, _shares(group, shares, rules.few), row.values)
        )
    for id, (known, group) in sorted(of_ledger.items()):
        rows.append(ComparisonRow(labels.get(id, Text.same(known)), None, _shares(group, shares, rules.few), {}))
    seen = {id for row in rows for id in row.stated}
    columns = tuple(column for column in stated_columns(rules) if column.id in seen)
    return Comparison(rules, by, tuple(rows), shares, columns, period, acts)


def _years(figures: Figures, stated: Sequence[StatedRow]) -> dict[str | None, Figures]:
    return {row.name: figures.during(row.name) for row in stated}


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
