"""Many cases in columns: what `Case` is for one. Loaded only where frames are worked with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

import numpy as np
import polars as pl
from numpy.typing import NDArray

from reformkit.columns.keys import keyed
from reformkit.model.case import Finding, FoundUnit
from reformkit.model.vocabulary import Facts, FindingPart

Numbers = NDArray[np.intp]
Flags = NDArray[np.bool_]
Words = NDArray[np.uint64]
"""Bit sets of many rows: a row of 64-bit words for each."""


@dataclass(frozen=True)
class TagColumn:
    """A tags fact of many cases: row `i` has the tags `flat[starts[i]:starts[i + 1]]` (numbers into `tags`),
    if it is `known`; a row that is not has none. No row has a tag twice."""

    tags: tuple[str, ...]
    known: Flags
    starts: Numbers
    flat: Numbers

    @classmethod
    def of_rows(cls, tags: Sequence[str], known: Flags, rows: Numbers, flat: Numbers) -> TagColumn:
        """From pairs of a row and a tag, in any order and as often as may be."""
        pairs = np.sort(rows * max(1, len(tags)) + flat)
        pairs = pairs[np.diff(pairs, prepend=-1) > 0]
        rows, flat = np.divmod(pairs, max(1, len(tags)))
        return cls(tuple(tags), known, np.searchsorted(rows, np.arange(len(known) + 1)), flat)

    @cached_property
    def rows(self) -> Numbers:
        """The row of each tag in `flat`."""
        return np.repeat(np.arange(len(self.known)), np.diff(self.starts))

    def take(self, rows: Numbers) -> TagColumn:
        """The column of some rows, in their order."""
        lengths = np.diff(self.starts)[rows]
        starts = np.concatenate(([0], np.cumsum(lengths)))
        places = np.arange(starts[-1]) + np.repeat(self.starts[rows] - starts[:-1], lengths)
        return TagColumn(self.tags, self.known[rows], starts, self.flat[places])

    def mapped(self, to: Mapping[str, str], tags: Sequence[str]) -> TagColumn:
        """Each tag replaced by what it is mapped `to`, one of `tags`; left out where it is mapped to nothing."""
        number = {tag: i for i, tag in enumerate(tags)}
        numbers = np.array([number.get(to.get(tag, ""), -1) for tag in self.tags], dtype=np.intp)
        mapped = numbers[self.flat] if len(self.tags) else self.flat
        kept = mapped >= 0
        return TagColumn.of_rows(tags, self.known, self.rows[kept], mapped[kept])

    def or_else(self, other: TagColumn) -> TagColumn:
        """This column where it is known, elsewhere the other. Both have the same `tags`."""
        extra = ~self.known[other.rows]
        rows = np.concatenate((self.rows, other.rows[extra]))
        flat = np.concatenate((self.flat, other.flat[extra]))
        return TagColumn.of_rows(self.tags, self.known | other.known, rows, flat)

    def bits(self, wanted: Sequence[str]) -> Words:
        """For each row the set of its tags among those wanted, tag `k` at bit `k % 64` of word `k // 64`."""
        count = max(1, -(-len(wanted) // 64))
        words = np.zeros((len(self.known), count), dtype=np.uint64)
        number = {tag: i for i, tag in enumerate(wanted)}
        numbers = np.array([number.get(tag, -1) for tag in self.tags], dtype=np.intp)
        if not len(self.flat):
            return words
        places = numbers[self.flat]
        filled = np.flatnonzero(np.diff(self.starts))
        for word in range(count):
            mine = (places >= 64 * word) & (places < 64 * (word + 1))
            shifts = np.where(mine, places - 64 * word, 0).astype(np.uint64)
            set_bits = np.where(mine, np.uint64(1) << shifts, np.uint64(0))
            words[filled, word] = np.bitwise_or.reduceat(set_bits, self.starts[filled])
        return words

    def sets(self) -> list[frozenset[str] | None]:
        """The sets themselves; None where unknown."""
        ends = self.starts.tolist()
        flat = self.flat.tolist()
        return [
            frozenset(self.tags[t] for t in flat[ends[i] : ends[i + 1]]) if known else None
            for i, known in enumerate(self.known.tolist())
        ]


@dataclass(frozen=True)
class FindingColumns:
    """The findings of many cases: `causes` holds one entry a finding (a cause as often as it is found); `matter`
    (-1: unknown) is a number into `matters`; `evidence` is as it is written; `other` (-1: none) is a number into `others`,
    the units that findings are about beside those of their cases. All of them in the order of the findings."""

    causes: TagColumn
    matters: tuple[str, ...]
    matter: Numbers
    evidence: Sequence[str | None]
    others: tuple[FoundUnit, ...]
    other: Numbers

    def take(self, rows: Numbers) -> FindingColumns:
        """The findings of some rows."""
        places = TagColumn(self.causes.tags, self.causes.known, self.causes.starts, np.arange(len(self.matter)))
        chosen = places.take(rows).flat
        evidence = [self.evidence[i] for i in chosen.tolist()]
        matter, other = self.matter[chosen], self.other[chosen]
        return FindingColumns(self.causes.take(rows), self.matters, matter, evidence, self.others, other)

    def gathered(self, part: FindingPart, stated: TagColumn | None) -> TagColumn:
        """What the findings of each case say of one part, with what is stated (of the same tags).

        It is unknown where a finding leaves it open and nothing is stated.
        """
        tags, flat, known = self.causes.tags, self.causes.flat, self.causes.known
        rows = self.causes.rows
        if part == "matter":
            tags, flat, known = self.matters, self.matter, known.copy()
            known[rows[flat < 0]] = False
            rows, flat = rows[flat >= 0], flat[flat >= 0]
        if stated is not None:
            known = known | stated.known
            rows, flat = np.concatenate((stated.rows, rows)), np.concatenate((stated.flat, flat))
        kept = known[rows]
        return TagColumn.of_rows(tags, known, rows[kept], flat[kept])

    def of(self, row: int) -> tuple[Finding, ...] | None:
        """The findings of one row; None where nothing is said of them."""
        if not self.causes.known[row]:
            return None
        return tuple(
            Finding(
                cause=self.causes.tags[self.causes.flat[i]],
                matter=None if self.matter[i] < 0 else self.matters[self.matter[i]],
                evidence=self.evidence[i],
                **({} if self.other[i] < 0 else self.others[self.other[i]]._asdict()),
            )
            for i in range(self.causes.starts[row], self.causes.starts[row + 1])
        )


@dataclass
class CaseColumns:
    """Checked facts of many cases; a fact that has no column here is unknown of all of them.

    `plain` holds a series for each fact that is not a set of tags (choice: Enum of the field's values, flag:
    Boolean, count: Int64, number: Decimal with its places, date: Date, text: String as written, in NFC), null where unknown. A case whose id is null is
    no other case. `opens`: of a count that is only partly known, for each row the number of what it may be in a
    list (0: nothing is said).
    """

    height: int
    ids: pl.Series | None = None
    plain: dict[str, pl.Series] = field(default_factory=dict)
    tags: dict[str, TagColumn] = field(default_factory=dict)
    findings: FindingColumns | None = None
    opens: dict[str, tuple[Numbers, list[tuple[int, ...]]]] = field(default_factory=dict)
    _words: dict[str, pl.Series] = field(default_factory=dict, repr=False)

    def stating(
        self,
        plain: dict[str, pl.Series],
        tags: dict[str, TagColumn] | None = None,
        opens: dict[str, tuple[Numbers, list[tuple[int, ...]]]] | None = None,
    ) -> CaseColumns:
        """The same cases with other facts; texts stay as they are."""
        return CaseColumns(
            self.height,
            self.ids,
            plain,
            self.tags if tags is None else tags,
            self.findings,
            self.opens if opens is None else opens,
            self._words,
        )

    def take(self, rows: Numbers) -> CaseColumns:
        """The cases of some rows, in their order."""
        return CaseColumns(
            len(rows),
            None if self.ids is None else self.ids.gather(rows),
            {name: series.gather(rows) for name, series in self.plain.items()},
            {name: column.take(rows) for name, column in self.tags.items()},
            None if self.findings is None else self.findings.take(rows),
            {name: (codes[rows], possible) for name, (codes, possible) in self.opens.items()},
        )

    def days(self, names: Sequence[str]) -> pl.Series:
        """A day of each case: of some date facts the first that is known."""
        dated = [self.plain[name] for name in names if name in self.plain]
        days = pl.Series("day", [None], dtype=pl.Date).new_from_index(0, self.height)
        for series in reversed(dated):
            days = series.fill_null(days) if series.null_count() else series
        return days

    def words(self, name: str) -> pl.Series:
        """A text fact as it is compared: in its normal form."""
        if name not in self._words:
            self._words[name] = keyed(self.plain[name])
        return self._words[name]

    def facts(self) -> list[Facts]:
        """The known facts of each row, as `Checker` gives them for a case, texts as they are written."""
        rows: list[Facts] = [{} for _ in range(self.height)]
        for name, series in self.plain.items():
            for facts, value in zip(rows, series.to_list(), strict=True):
                if value is not None:
                    facts[name] = value
        for name, column in self.tags.items():
            for facts, tags in zip(rows, column.sets(), strict=True):
                if tags is not None:
                    facts[name] = tags
        return rows


def day_number(day: date) -> int:
    """A day as frames hold it: days since 1970-01-01."""
    return day.toordinal() - _EPOCH


_EPOCH = date(1970, 1, 1).toordinal()
