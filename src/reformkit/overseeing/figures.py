"""Figures over what counts in a ledger: each with what was reported, what of it was accepted, and what came late."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Any

from reformkit.model.figure import DIMENSIONS, Column, Countable, FigureRule, FigureRules, Published
from reformkit.model.letter import Letters
from reformkit.overseeing.counting import Counted, Kind
from reformkit.problem import Problem
from reformkit.text import Text

_PERIOD = re.compile(r"([0-9]{4})(?:-([0-9]{2})|-?Q([1-4]))?")
_OF, _COMMA, _AND = Text("（{which}）", " ({which})"), Text("，", ", "), Text("、", ", ")
_NO_ACT = Text("，没有一条记录", ", no act at all")
_ALONE = Text("；差数等于其中一号：第 {acts} 号", "; the difference is that of one of acts {acts}")
_LAST = Text("，计 {rows} 条，最后是第 {acts} 号", ", from {rows} acts, the last being {acts}")
_COUNTED_AS: dict[Countable | None, Kind] = {
    "items": "opinion",
    "letters": "letter",
    "suggestions": "suggestion",
    "replies": "reply",
    "acceptances": "acceptance",
    "visits": "visit",
    None: "result",
}
_FEW = 8
"""Acts that a problem names."""

Period = tuple[date | None, date | None]
"""First day and the day after the last; None: without limit."""


def period_of(said: str | tuple[date, date] | None) -> Period:
    """A year, a month, a quarter, or first and last day. Raises ValueError for anything else.

    >>> period_of("2022-Q4")
    (datetime.date(2022, 10, 1), datetime.date(2023, 1, 1))
    """
    if said is None:
        return None, None
    if isinstance(said, tuple):
        return said[0], date.fromordinal(said[1].toordinal() + 1)
    match = _PERIOD.fullmatch(said)
    if match is None or (match[2] is not None and not 1 <= int(match[2]) <= 12):
        raise ValueError(f"{said!r} is no period; write 2022, 2022-03 or 2022-Q1")
    year, month = int(match[1]), int(match[2] or 0)
    first, months = (month, 1) if month else (3 * int(match[3]) - 2, 3) if match[3] else (1, 12)
    after = first + months
    return date(year, first, 1), date(year + (after > 12), (after - 1) % 12 + 1, 1)


@dataclass(frozen=True, slots=True)
class Share:
    """One number of another, as people print it.

    >>> str(Share(106, 146, 1)), str(Share(1, 0, 1))
    ('72.6%', '—')
    """

    part: int
    whole: int
    decimals: int

    def __str__(self) -> str:
        if not self.whole:
            return "—"
        scale = 10**self.decimals
        rounded = (2 * self.part * 100 * scale + self.whole) // (2 * self.whole)
        return f"{rounded // scale}.{rounded % scale:0{self.decimals}}%"


@dataclass(frozen=True)
class Figure:
    """One figure over some of what counts. Its values are worked out when they are asked for."""

    rule: FigureRule
    figures: Figures

    @property
    def id(self) -> str:
        return self.rule.id

    @property
    def title(self) -> Text:
        return self.rule.title

    @cached_property
    def value(self) -> int | str | None:
        """What was reported: a number; of a share, as it is printed, None where there is nothing to share."""
        return self._value("reported")

    @cached_property
    def accepted(self) -> int | None:
        """What of it was accepted; None for what is not accepted (cases, letters, suggestions, shares)."""
        return None if self.rule.sum is None else sum(one.amount for one in self.counted("accepted"))

    @property
    def late(self) -> int:
        """What of its value was entered late (补录)."""
        return sum(one.amount for one in self.counted() if one.late)

    def in_column(self, column: Column) -> int | str | None:
        """Its value in a column."""
        return self.accepted if column == "accepted" and self.rule.sum is not None else self.value

    def by(self, **properties: str | Sequence[str]) -> Figure:
        """The same figure of the items with these properties."""
        return self.figures.by(**properties)[self.id]

    def counted(self, column: Column = "reported") -> list[Counted]:
        """What makes it up, in the order of the acts; of a share, what makes up both its parts."""
        return list(self.figures.of(self.rule, column))

    def _value(self, column: Column) -> int | str | None:
        if self.rule.share is None:
            return sum(one.amount for one in self.figures.of(self.rule, column))
        part, whole = (self.figures[name].value for name in self.rule.share)
        assert isinstance(part, int)
        assert isinstance(whole, int)
        return str(Share(part, whole, self.rule.decimals)) if whole else None


@dataclass(frozen=True)
class Figures:
    """The figures of a ledger in a period, of all items or of those with some properties.

    `figures["started"].value`, `figures.by(layer="point")["started"].value`; iterating gives each `Figure`.
    """

    rules: FigureRules
    members: Callable[[str], Sequence[str]]
    """For a letter or a set of letters, the kinds of letters that it stands for."""
    everything: tuple[Counted, ...]
    period: Period = (None, None)
    properties: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def __getitem__(self, id: str) -> Figure:
        return Figure(self.rules.figures[id], self)

    def __iter__(self) -> Iterator[Figure]:
        return (Figure(rule, self) for rule in self.rules.figures.values())

    def __len__(self) -> int:
        return len(self.rules.figures)

    def by(self, **properties: str | Sequence[str]) -> Figures:
        """The figures of the items with these properties. Raises ValueError for what is none.

        `layer` `source` `industry` `region` `township` `department` `unit` `responsible_unit`, each one value or several.
        """
        if unknown := properties.keys() - set(DIMENSIONS):
            raise ValueError(f"no property {sorted(unknown)[0]!r}; there are {', '.join(DIMENSIONS)}")
        said = {name: (value,) if isinstance(value, str) else tuple(value) for name, value in properties.items()}
        return replace(self, properties={**self.properties, **said})

    def during(self, period: str | tuple[date, date] | None) -> Figures:
        """The figures of another period."""
        return replace(self, period=period_of(period))

    def groups(self, name: str) -> dict[str | None, Figures]:
        """The figures told apart by one property, in the order of its values; items without it come last."""
        parts: dict[str | None, list[Counted]] = {}
        for one in self._chosen:
            parts.setdefault(one.subject.by[name], []).append(one)
        rest = parts.pop(None, None)
        groups: dict[str | None, Figures] = {
            value: replace(self.by(**{name: value}), everything=tuple(parts[value]))
            for value in sorted(value for value in parts if value is not None)
        }
        return groups if rest is None else {**groups, None: replace(self, everything=tuple(rest))}

    def to_dict(self) -> dict[str, Any]:
        """Plain data for JSON: for each figure its value, what was accepted, and what came late."""
        return {figure.id: {"value": figure.value, "accepted": figure.accepted, "late": figure.late} for figure in self}

    def of(self, rule: FigureRule, column: Column = "reported") -> Iterator[Counted]:
        """What makes up a figure."""
        for part in rule.share or ():
            yield from self.of(self.rules.figures[part], column)
        if rule.share is not None:
            return
        seen: set[str] = set()
        for one in self._of_kind(rule):
            if self._is_in(one, column):
                if rule.count != "items":
                    yield one
                elif one.subject.id not in seen:
                    seen.add(one.subject.id)
                    yield one

    def _of_kind(self, rule: FigureRule) -> Iterable[Counted]:
        where = rule.where
        found: Iterable[Counted] = self._by_kind.get(_COUNTED_AS[rule.count], ())
        if where.sources:
            found = [one for one in found if one.subject.by["source"] in where.sources]
        if rule.count in ("letters", "replies"):
            kinds = {kind for name in where.letters for kind in self.members(name)}
            found = [one for one in found if one.what in kinds] if kinds else found
        elif rule.count == "items":  # of several opinions at a gate, the last one is the gate's
            opinions = [one for one in found if not one.subject.merged and where.opinion in (None, one.what)]
            found = {(one.subject.id, one.what): one for one in opinions}.values()
        elif rule.count is None:
            return [one for one in found if one.what == rule.sum and one.counts]
        if where.passed is None or rule.count in ("letters", "suggestions"):
            return found
        return [one for one in found if one.passed == where.passed]

    @cached_property
    def _chosen(self) -> tuple[Counted, ...]:
        if not self.properties:
            return self.everything
        wanted = self.properties.items()
        return tuple(one for one in self.everything if all(one.subject.by[name] in values for name, values in wanted))

    @cached_property
    def _by_kind(self) -> dict[Kind, list[Counted]]:
        """What is chosen, told apart once: every figure looks through its own kind only."""
        found: dict[Kind, list[Counted]] = {}
        for one in self._chosen:
            found.setdefault(one.kind, []).append(one)
        return found

    def _is_in(self, one: Counted, column: Column) -> bool:
        day = one.on if column == "reported" else one.accepted_on
        first, after = self.period
        return day is not None and (first is None or first <= day) and (after is None or day < after)

    # --- against what was published --------------------------------------------------------------------

    def check(self, published: Iterable[Published] | None = None) -> list[Problem]:
        """The published numbers that the ledger does not give again, each with the acts that may explain it.

        Without `published` those of the rulebook. A row with a period is held to that period, others to all time.
        """
        problems = []
        for row in self.rules.published if published is None else published:
            figures = self.during(row.period).by(**row.by)
            for id, want in row.values.items():
                figure = figures[id]
                got = figure.in_column(row.column)
                if str(got) != want:
                    values = {"title": figure.title, "by": _said(row.by), "want": want, "got": got}
                    acts = _explaining(figure, row.column, want, got)
                    problems.append(Problem("RK550", row.place, {**values, "acts": acts}))
        return problems


def members_of(letters: Letters | None) -> Callable[[str], Sequence[str]]:
    """What a letter or a set of letters stands for."""
    sets = {} if letters is None else letters.sets
    return lambda name: sets[name].members if name in sets else (name,)


def _said(by: Mapping[str, tuple[str, ...]]) -> Text:
    said = [value for values in by.values() for value in values]
    return _OF.fill(which=_COMMA.join(said)) if said else Text.same("")


def _explaining(figure: Figure, column: Column, want: str, got: int | str | None) -> Text:
    """The acts that account for a difference by themselves, else the last of those that were counted."""
    counted = figure.counted(column)
    more = got - int(want) if isinstance(got, int) and want.isdigit() else 0
    alone = [one.seq for one in counted if more > 0 and one.amount == more]
    acts = dict.fromkeys(alone[-_FEW:] or [one.seq for one in counted][-_FEW:])
    if not acts:
        return _NO_ACT
    numbers = _AND.join(map(str, acts))
    return _ALONE.fill(acts=numbers) if alone else _LAST.fill(rows=len(counted), acts=numbers)
